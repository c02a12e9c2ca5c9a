"""The same claims as web pages, printed to PDF by Chromium: many portals make their papers so."""

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from bench.layouts import frame
from bench.layouts import words as w
from bench.layouts.papers import Draft, Paper, _draft, _parts, _table, _total_row, truth_of
from bench.layouts.truth import MONEY, Claim, Line

HTML_DESIGNS = ("printed-grid", "printed-plain", "printed-wide", "printed-cards", "printed-broken", "printed-totals-first")
_MOST_UPRIGHT = 10
_OWN_HABITS = HTML_DESIGNS[3:]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_TABLE = "table{border-collapse:collapse;width:100%}"
_STYLES = {
    "printed-grid": f"td,th{{border:1px solid #888;padding:3px}}{_TABLE}",
    "printed-plain": f"td,th{{padding:6px 4px;border-bottom:1px solid #ddd}}tr:nth-child(even){{background:#f2f2f2}}{_TABLE}",
    "printed-wide": "@page{size:letter landscape}td,th{padding:2px 5px;text-align:left}"
    "th{background:#123;color:#fff}table{border-spacing:0}",
    "printed-cards": ".card{border:1px solid #999;margin:10px 0;padding:4px 8px;page-break-inside:avoid}.m{text-align:right}"
    "table{width:60%}",
    "printed-broken": "@page{size:letter landscape}td,th{padding:2px 4px;vertical-align:top}"
    f"tr:nth-child(even){{background:#eee}}{_TABLE}",
    "printed-totals-first": f"td,th{{padding:3px 5px;border-bottom:1px solid #ccc;vertical-align:top}}{_TABLE}",
}
_WIDE = ("date", "code", "words", "units", *MONEY[:7], "plan_paid", "patient_owes")


def browser() -> str | None:
    """Chromium's path, where it is installed."""
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def _page(d: Draft, design: str) -> str:
    r, s = d.r, d.s
    font = r.choice(["Liberation Sans", "DejaVu Sans", "Liberation Serif", "DejaVu Sans Mono"])
    right = r.random() < 0.6
    wide = len(s.columns) > _MOST_UPRIGHT and design == "printed-totals-first"
    css = "@page{size:letter landscape}" if wide else ""
    css += f"body{{font:{r.choice([7, 8, 9])}pt '{font}'}}{_STYLES[design]}" + (".m{text-align:right}" if right else "")
    out = [f"<style>{css}</style>", *(f"<div>{escape(t)}</div>" for t in frame.opening(r, s, d.payer) if t)]
    for number, claim in enumerate(d.claims):
        if design == "printed-broken" and not number:
            # Somewhere here the heading of the first or second table meets the end of the page.
            out.append(f"<div style='height:{r.randint(150, 520)}px'></div>")
        out += ["<br>", *(f"<div style='white-space:pre'>{escape(t)}</div>" for t in frame.claim_head(r, s, claim) if t)]
        if design == "printed-cards":
            out += [card for number, line in enumerate(claim.lines, 1) for card in _card(d, line, number)]
            out += _card_of_sums(d, claim) if d.totals else []
            continue
        parts = _parts(d, claim)
        for at, (day, lines) in enumerate(parts):
            rows = _table(d, claim, lines)
            first = design == "printed-totals-first"
            totals = [_total_row(d, claim)] if d.totals and at == (0 if first else len(parts) - 1) else []
            rows = [*totals, *rows] if first else [*rows, *totals]
            out += [f"<p>{escape(day)}</p>"] if day else []
            out.append("<table><thead><tr>" + "".join(_cell("th", d.s.heads[n], n) for n in s.columns) + "</tr></thead>")
            out += ["<tr>" + "".join(_cell("td", t, n) for t, n in zip(row, s.columns, strict=True)) + "</tr>" for row in rows]
            out.append("</table>")
    return "\n".join([*out, *(f"<div>{escape(t)}</div>" for t in [*frame.legend(r, s, d.claims), *frame.closing(r, s)] if t)])


def _pair(d: Draft, name: str, text: str) -> str:
    return f"<tr><td>{escape(d.s.heads[name])}</td><td class=m>{escape(text)}</td></tr>"


def _card(d: Draft, line: Line, number: int) -> list[str]:
    """A service as a card of its own: its words as a headline, a code and a day below, then its amounts one by one."""
    s = d.s
    said = [(n, t) for n in s.columns if n not in MONEY and n not in ("words", "number") and (t := s.cell(n, line, number))]
    facts = [f"<p>{escape(s.heads[n])}: {escape(t)}</p>" for n, t in said]
    amounts = [_pair(d, n, t) for n in s.columns if n in MONEY and (t := s.cell(n, line, number))]
    return [f"<div class=card><h4>{escape(s.words(line))}</h4>", *facts, "<table>", *amounts, "</table></div>"]


def _card_of_sums(d: Draft, claim: Claim) -> list[str]:
    amounts = [_pair(d, n, t) for n in d.s.columns if n in MONEY and (t := d.s.amount(n, claim.total(n)))]
    return [f"<div class=card><h4>{escape(d.s.pick(w.TOTALS))}</h4><table>", *amounts, "</table></div>"]


def _fitted(d: Draft, design: str) -> Draft:
    """The habits that a design asks for."""
    s = d.s
    if design == "printed-cards":
        s.columns = [c for c in dict.fromkeys(["words", *s.columns]) if c != "until"]
        s.columns = ["code" if c == "words_code" else c for c in s.columns]
        s.codes, d.sectioned = "column", False
    if design == "printed-broken":
        s.columns, s.codes, s.minus, d.sectioned = list(_WIDE), "column", "()", False
    if design == "printed-totals-first":
        s.spanish, s.minus = True, d.r.choice(["()", "-", "none"])
    s.columns = ["date", *s.columns] if "date" not in s.columns and not d.sectioned else s.columns
    again = design == "printed-totals-first"
    s.heads = {c: s.pick(w.HEADINGS[c]) if again or c not in s.heads else s.heads[c] for c in s.columns}
    s.ranges = "one" if "until" not in s.columns and s.ranges == "two" else s.ranges
    return d


def _cell(tag: str, text: str, name: str) -> str:
    return (
        f"<{tag} class=m>{escape(text) if tag == 'th' else escape(text).replace(' ', '&nbsp;')}</{tag}>"
        if name in MONEY
        else f"<{tag}>{escape(text)}</{tag}>"
    )


def printed_papers(design: str, seeds: Sequence[int]) -> Iterator[Paper]:
    """The papers of that design; none where Chromium is missing."""
    program = browser()
    for seed in seeds if program else ():
        d = _draft(random.Random(f"pdf-{design}-{seed}"), "aligned")
        d = _fitted(d, design) if design in _OWN_HABITS else d
        with tempfile.TemporaryDirectory() as folder:
            page, out = Path(folder, "page.html"), Path(folder, "page.pdf")
            page.write_text(_page(d, design), "utf-8")
            subprocess.run(
                [str(program), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                 f"--user-data-dir={folder}/u", f"--print-to-pdf={out}", page.as_uri()],
                check=True, capture_output=True, timeout=60,
            )  # fmt: skip
            yield Paper(f"{design}-{seed}.pdf", out.read_bytes(), truth_of(d))
