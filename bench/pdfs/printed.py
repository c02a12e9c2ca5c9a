"""The same claims as web pages, printed to PDF by Chromium: many portals make their papers so."""

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from bench.layouts import frame
from bench.layouts.papers import Draft, Paper, _draft, _parts, _table, _total_row, truth_of
from bench.layouts.truth import MONEY

HTML_DESIGNS = ("printed-grid", "printed-plain", "printed-wide")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_TABLE = "table{border-collapse:collapse;width:100%}"
_STYLES = {
    "printed-grid": f"td,th{{border:1px solid #888;padding:3px}}{_TABLE}",
    "printed-plain": f"td,th{{padding:6px 4px;border-bottom:1px solid #ddd}}tr:nth-child(even){{background:#f2f2f2}}{_TABLE}",
    "printed-wide": "@page{size:letter landscape}td,th{padding:2px 5px;text-align:left}"
    "th{background:#123;color:#fff}table{border-spacing:0}",
}


def browser() -> str | None:
    """Chromium's path, where it is installed."""
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def _page(d: Draft, design: str) -> str:
    r, s = d.r, d.s
    font = r.choice(["Liberation Sans", "DejaVu Sans", "Liberation Serif", "DejaVu Sans Mono"])
    right = r.random() < 0.6
    css = f"body{{font:{r.choice([7, 8, 9])}pt '{font}'}}{_STYLES[design]}" + (".m{text-align:right}" if right else "")
    out = [f"<style>{css}</style>", *(f"<div>{escape(t)}</div>" for t in frame.opening(r, s, d.payer) if t)]
    for claim in d.claims:
        out += ["<br>", *(f"<div style='white-space:pre'>{escape(t)}</div>" for t in frame.claim_head(r, s, claim) if t)]
        parts = _parts(d, claim)
        for at, (day, lines) in enumerate(parts):
            rows = _table(d, claim, lines) + ([_total_row(d, claim)] if d.totals and at == len(parts) - 1 else [])
            out += [f"<p>{escape(day)}</p>"] if day else []
            out.append("<table><thead><tr>" + "".join(_cell("th", d.s.heads[n], n) for n in s.columns) + "</tr></thead>")
            out += ["<tr>" + "".join(_cell("td", t, n) for t, n in zip(row, s.columns, strict=True)) + "</tr>" for row in rows]
            out.append("</table>")
    return "\n".join([*out, *(f"<div>{escape(t)}</div>" for t in [*frame.legend(r, s, d.claims), *frame.closing(r, s)] if t)])


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
        with tempfile.TemporaryDirectory() as folder:
            page, out = Path(folder, "page.html"), Path(folder, "page.pdf")
            page.write_text(_page(d, design), "utf-8")
            subprocess.run(
                [str(program), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                 f"--user-data-dir={folder}/u", f"--print-to-pdf={out}", page.as_uri()],
                check=True, capture_output=True, timeout=60,
            )  # fmt: skip
            yield Paper(f"{design}-{seed}.pdf", out.read_bytes(), truth_of(d))
