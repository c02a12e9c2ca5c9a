"""Families of layouts: each turns claims into a printed paper and says what it prints."""

import csv
import io
import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bench.layouts import frame
from bench.layouts import words as w
from bench.layouts.msn import notice
from bench.layouts.style import Style, style
from bench.layouts.truth import MONEY, Claim, Line, claims

Rows = list[list[str]]
FIELD = {"date": "service_date", "until": "service_end", "words": "description"}


@dataclass
class Paper:
    """A paper, its name, and what it says: claims with lines of printed fields. `hidden` is each line's whole money.

    silent: without headings, so that only what is read wrongly counts.
    """

    name: str
    data: bytes
    truth: list[dict[str, object]]
    silent: bool = False


@dataclass
class Draft:
    """What a family gets: habits, claims, chance."""

    r: random.Random
    s: Style
    claims: list[Claim]
    payer: str
    sectioned: bool = False
    totals: bool = False
    said: list[dict[str, object]] | None = None


def _line_truth(d: Draft, line: Line, silent: bool) -> dict[str, object]:
    cols, out = set(d.s.columns), {"hidden": line.money}
    out["service_date"] = line.day.isoformat()
    if cols & {"code", "words_code"}:
        out |= {"code": line.code, "modifiers": line.modifiers}
    if cols & {"words", "words_code"}:
        out["description"] = line.words
    out |= {"units": str(line.units)} if "units" in cols else {}
    out |= {"remarks": line.remarks} if "remarks" in cols else {}
    shown = [n for n in MONEY if n in cols and (line.money[n] or d.s.empty != "")]
    return out | ({} if silent else {n: str(line.money[n]) for n in shown})


def truth_of(d: Draft, silent: bool = False) -> list[dict[str, object]]:
    """What the paper says. silent: it has no headings, so that its amounts are not asked for."""
    said = []
    for claim in d.claims:
        totals = {n: str(claim.total(n)) for n in MONEY if n in d.s.columns} if d.totals and not silent else {}
        said.append(
            {
                "claim_id": claim.number,
                "patient": claim.patient,
                "provider": claim.provider,
                "processed": claim.processed.isoformat(),
                "totals": totals,
                "lines": [_line_truth(d, line, silent) for line in claim.lines],
            }
        )
    return said


def _table(d: Draft, claim: Claim, lines: list[Line]) -> Rows:
    s = d.s
    return [[s.cell(name, line, n) for name in s.columns] for n, line in enumerate(lines, 1)]


def _total_row(d: Draft, claim: Claim) -> list[str]:
    row = [d.s.amount(n, claim.total(n)) if n in MONEY else "" for n in d.s.columns]
    first = next(i for i, n in enumerate(d.s.columns) if n != "number")
    row[first] = d.s.pick(w.TOTALS)
    return row


def _parts(d: Draft, claim: Claim) -> list[tuple[str | None, list[Line]]]:
    """Services by day under a section line, or all at once."""
    if not d.sectioned:
        return [(None, claim.lines)]
    form, days = d.s.pick(w.SECTION_DAYS), list(dict.fromkeys(line.day for line in claim.lines))
    return [(form.format(d.s.date(day)), [x for x in claim.lines if x.day == day]) for day in days]


def _framed(d: Draft, body: Callable[[Claim], list[str]]) -> str:
    out = frame.opening(d.r, d.s, d.payer)
    state = d.r.getstate()
    for claim in d.claims:
        after = d.r.getstate()
        d.r.setstate(state)
        out += [*frame.claim_head(d.r, d.s, claim), ""]
        d.r.setstate(after)
        out += [*body(claim), ""]
    return "\n".join([*out, *frame.legend(d.r, d.s, d.claims), *frame.closing(d.r, d.s)]) + "\n"


def _spaced(d: Draft, heads: Rows, rows: Rows, right: bool, gap: int) -> list[str]:
    count = len(d.s.columns)
    widths = [max(len(row[i]) for row in [*heads, *rows]) for i in range(count)]

    def put(row: list[str]) -> str:
        cells = [
            t.rjust(widths[i]) if right and d.s.columns[i] in (*MONEY, "units") else t.ljust(widths[i]) for i, t in enumerate(row)
        ]
        return (" " * gap).join(cells).rstrip()

    return [put(row) for row in [*heads, *rows]]


def _two_line(heads: list[str]) -> Rows:
    cut = [h.split(" ") for h in heads]
    return [[" ".join(c[: (len(c) + 1) // 2]) for c in cut], [" ".join(c[(len(c) + 1) // 2 :]) for c in cut]]


def _wrapped(d: Draft, rows: Rows) -> Rows:
    at = next((i for i, n in enumerate(d.s.columns) if n in ("words", "words_code")), None)
    out: Rows = []
    width = d.r.randint(13, 22)
    for row in rows:
        out.append(row)
        parts = textwrap.wrap(row[at], width, break_on_hyphens=False) if at is not None else []
        if at is not None and len(parts) > 1:
            row[at] = parts[0]
            out += [["" if i != at else part for i in range(len(row))] for part in parts[1:]]
    return out


def _aligned(d: Draft, two: bool = False, wrap: bool = False, heads: bool = True) -> str:
    right, gap, once = d.r.random() < 0.6, d.r.choice([2, 2, 3, 5]), d.r.random() < 0.12
    ruled = d.r.random() < 0.2

    def body(claim: Claim) -> list[str]:
        out: list[str] = []
        names = [d.s.heads[n] for n in d.s.columns]
        top = (_two_line(names) if two else [names]) if heads else []
        parts = _parts(d, claim)
        for at, (day, lines) in enumerate(parts):
            rows = _table(d, claim, lines)
            if wrap:
                rows = _wrapped(d, rows)
            rows += [_total_row(d, claim)] if d.totals and at == len(parts) - 1 else []
            printed = _spaced(d, top, rows, right, gap)
            if ruled and top:
                printed.insert(len(top), "-" * len(printed[0]))
            if once and top and len(lines) > 2 and not wrap:
                printed[len(top) + 2 : len(top) + 2] = ["", "Page 1 of 2", d.payer, "", *printed[: len(top)]]
            out += ([day] if day else []) + printed + [""]
        return out

    return _framed(d, body)


def _delimited(d: Draft, mark: str, edged: bool) -> str:
    def body(claim: Claim) -> list[str]:
        out: list[str] = []
        parts = _parts(d, claim)
        for at, (day, lines) in enumerate(parts):
            rows = [[d.s.heads[n] for n in d.s.columns], *_table(d, claim, lines)]
            rows += [_total_row(d, claim)] if d.totals and at == len(parts) - 1 else []
            text = [mark.join(row) for row in rows]
            text = [f"| {t} |" for t in text] if edged else text
            if edged and d.s.upper:
                text.insert(1, "|" + "---|" * len(d.s.columns))
            out += ([day] if day else []) + text + [""]
        return out

    return _framed(d, body)


def _stacked(d: Draft, heads: bool) -> str:
    def body(claim: Claim) -> list[str]:
        out = [d.s.heads[n] for n in d.s.columns] if heads else []
        for row in _table(d, claim, claim.lines):
            out += [t or "-" for t in row] if heads else [t for t in row if t]
        return out + ([t for t in _total_row(d, claim) if t] if d.totals else [])

    return _framed(d, body)


def _labelled(d: Draft) -> str:
    r, s = d.r, d.s
    opener = (
        r.choice(["Service {}", "Line {}", "Service {n} of {t}", "Item {}:", "--- Service {} ---", ""])
        if not s.spanish
        else r.choice(["Servicio {}", "Línea {}", ""])
    )
    how = r.choice(
        ["{}: {}", "{}: {}", "{} ..... {}", "{}:    {}", "  {}: {}", "- {}: {}", "{}\n{}", "**{}:** {}", "{:<34}{}", "{:.<34} {}"]
    )
    pairs = r.random() < 0.15 and how in ("{}: {}", "{}:    {}")
    total = s.pick((["Claim totals", "Totals for this claim", "Totals"], ["Totales del reclamo", "Totales"]))

    def block(said: list[tuple[str, str]]) -> list[str]:
        rows = [how.format(k, v) for k, v in said]
        return ["   ".join(rows[i : i + 2]) for i in range(0, len(rows), 2)] if pairs else rows

    def body(claim: Claim) -> list[str]:
        out: list[str] = []
        for n, line in enumerate(claim.lines, 1):
            said = [(s.heads[c], s.cell(c, line, n) or ("-" if how == "{}\n{}" else "")) for c in s.columns if c != "number"]
            said = [(k, v) for k, v in said if v]
            top = opener.replace("{n}", "{}").replace("{t}", str(len(claim.lines))).format(n) if opener else ""
            out += ([top] if top else []) + block(said) + [""]
        sums = [(s.heads[c], s.amount(c, claim.total(c))) for c in s.columns if c in MONEY]
        return out + ([total, *block([(k, v) for k, v in sums if v])] if d.totals else [])

    return _framed(d, body)


def _inline(d: Draft) -> str:
    r, s = d.r, d.s
    mark, colon = r.choice(["; ", ", ", "  ", " | ", " "]), r.choice([" ", ": ", " "])
    units = r.choice(["x{}", "{} units", "units {}", "qty {}"]) if not s.spanish else "{} unidades"

    def one(line: Line) -> str:
        lead = [s.date(line.day), s.code(line), *([s.words(line)] if "words" in s.columns else [])]
        lead += [units.format(line.units)] if "units" in s.columns else []
        money = [f"{s.heads[c].lower()}{colon}{s.amount(c, line.money[c])}" for c in s.columns if c in MONEY]
        notes = (
            [f"{s.heads['remarks'].lower()}{colon}{', '.join(line.remarks)}"] if "remarks" in s.columns and line.remarks else []
        )
        return " ".join(lead) + (mark if mark != ", " else " ") + mark.join([*money, *notes])

    return _framed(d, lambda claim: [one(line) for line in claim.lines])


def _csv(d: Draft) -> bytes:
    r, s, out = d.r, d.s, io.StringIO()
    mark = r.choice([",", ",", ";", "\t"])
    lead = {
        "claim": lambda c: c.number,
        "patient": lambda c: c.patient,
        "provider": lambda c: c.provider,
        "processed": lambda c: s.date(c.processed),
    }
    writer = csv.writer(out, delimiter=mark, quoting=r.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    if r.random() < 0.25:
        writer.writerow([d.payer])
        writer.writerow([s.pick(w.TITLES)])
    writer.writerow([*(s.pick(w.LABELS[k]) for k in lead), *(s.heads[n] for n in s.columns)])
    for claim in d.claims:
        for row in _table(d, claim, claim.lines):
            writer.writerow([*(f(claim) for f in lead.values()), *row])
        if d.totals:
            writer.writerow([lead["claim"](claim), "", "", "", *_total_row(d, claim)])
    mark_bytes = b"\xef\xbb\xbf" if r.random() < 0.3 else b""
    return mark_bytes + out.getvalue().encode()


def _draft(r: random.Random, family: str) -> Draft:
    tabled = family in ("aligned", "tabs", "pipes", "two-line", "wrapped")
    sectioned = tabled and r.random() < 0.12
    s = style(r, sectioned, plain_dates=family in ("collapsed", "inline"))
    if family == "inline":
        s.columns = ["date", "code", *(c for c in s.columns if c in ("words", "units", "remarks") or c in MONEY)]
        s.heads = {c: s.heads.get(c) or s.pick(w.HEADINGS[c]) for c in s.columns}
        s.joint, s.empty = "-", "$0.00"
    if family in ("collapsed", "headless") or (family == "stacked" and s.empty == ""):
        s.empty = "$0.00"
    if family == "collapsed":
        s.money, s.marks = s.money.replace("$ ", "$"), ","
        s.columns = [c for c in s.columns if c not in ("remarks", "modifiers")]
        s.joint = "-"
    keys = r.choice(["group", "glued", "rarc", "payer", "mixed"])
    return Draft(r, s, claims(r, s.spanish, keys), r.choice(w.PAYERS), sectioned, family != "inline" and r.random() < 0.6)


def _notice(d: Draft, old: bool) -> str:
    made = notice(d.r, claims(d.r, False, "payer"), old)
    d.said = made.truth()
    return made.text()


FAMILIES: dict[str, Callable[[Draft], str | bytes]] = {
    "aligned": _aligned,
    "two-line": lambda d: _aligned(d, two=True),
    "wrapped": lambda d: _aligned(d, wrap=True),
    "tabs": lambda d: _delimited(d, "\t", False),
    "pipes": lambda d: _delimited(d, " | ", d.r.random() < 0.6),
    "stacked": lambda d: _stacked(d, True),
    "labelled": _labelled,
    "inline": _inline,
    "csv": _csv,
    "collapsed": lambda d: _collapsed(d),
    "headless": lambda d: _aligned(d, heads=False),
    "stacked-headless": lambda d: _stacked(d, False),
    "msn": lambda d: _notice(d, False),
    "msn-old": lambda d: _notice(d, True),
}


def _collapsed(d: Draft) -> str:
    def body(claim: Claim) -> list[str]:
        rows = [[d.s.heads[n] for n in d.s.columns], *_table(d, claim, claim.lines)]
        rows += [_total_row(d, claim)] if d.totals else []
        return [" ".join(t for t in row if t) for row in rows]

    return _framed(d, body)


def paper(family: str, seed: int) -> Paper:
    """The paper of that family and seed: always the same."""
    d = _draft(random.Random(f"{family}-{seed}"), family)
    text = FAMILIES[family](d)
    data = text if isinstance(text, bytes) else text.encode()
    silent = family.endswith("headless")
    return Paper(f"{family}-{seed}.{'csv' if family == 'csv' else 'txt'}", data, d.said or truth_of(d, silent), silent)


def money_of(line: dict[str, object]) -> dict[str, Decimal]:
    """All the amounts of a line, the unprinted ones too."""
    hidden = line["hidden"]
    assert isinstance(hidden, dict)
    return hidden
