"""Stays in a hospital or nursing facility (Part A): one row a stay, with the days used and the money that is not priced by
service."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from explainer.model.document import Accumulator
from explainer.model.source import Span
from explainer.readers.fields import counts, dates
from explainer.readers.record import LINE, TOTAL, Record
from explainer.readers.rows import Cell, Row

KIND = "benefit-days"
STAY = "stay"
_MONEY = r"\$?[0-9][0-9,]{0,9}\.[0-9]{2}"
_GAP = r"[\s|]+"
_KEYS = r"[A-Z]{1,2}(?:\s?,\s?[A-Z]{1,2}){0,5}"
_SUMS = (
    rf"(?P<not_covered>{_MONEY}){_GAP}(?P<plan_paid>{_MONEY}){_GAP}(?P<patient_owes>{_MONEY})"
    rf"(?:{_GAP}(?P<remarks>{_KEYS})(?=[ \t|]*(?:\n|\Z)))?"
)
_STAY = re.compile(
    r"(?P<description>(?:Benefit\sPeriod\sstarting|Per[íi]odo\sde\sbeneficios?\sque\s(?:comienza|comenz[óo])(?:\sel)?)"
    r"\s+[^\n|$]{6,40}?)"
    rf"{_GAP}(?P<days>[0-9]{{1,3}})(?:\s+(?:days?|d[íi]as?))?{_GAP}(?P<approved>Yes|No|S[íi])(?:{_GAP}){_SUMS}",
    re.I,
)
_TOTAL = re.compile(
    rf"Total\s(?:for\sClaim|de\sla\sreclamaci[óo]n)\s*(?:#|n[úu]m\.?)?\s*(?P<claim_id>[A-Z0-9][A-Z0-9-]{{4,29}}){_GAP}{_SUMS}",
    re.I,
)
_HEADING = re.compile(r"(?:Benefit\s+Days|D[íi]as\s+de\s+beneficios?)\b(?!\s+Used\s*:)", re.I)
_OLD_ROW = re.compile(rf"(?<![\w$.,])(?P<days>[0-9]{{1,3}})\sdays?{_GAP}{_MONEY}", re.I)
_SUM_FIELDS = ("not_covered", "plan_paid", "patient_owes")


@dataclass(slots=True)
class Stays:
    """The records of the stays and their totals, the days each used, and the numbers of their lines."""

    records: list[Record] = field(default_factory=list)
    days: list[Accumulator] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def _cell(match: re.Match[str], name: str) -> tuple[Cell, ...]:
    text = match[name]
    return (Cell(" ".join(text.split()), match.start(name), match.end(name), 0, 0),) if text else ()


def _cells(match: re.Match[str], names: Sequence[str]) -> dict[str, tuple[Cell, ...]]:
    return {name: cell for name in names if (cell := _cell(match, name))}


def _days_above(rows: Sequence[Row], start: int) -> tuple[Cell, ...]:
    """The days of the stay: the last line above that is nothing but days."""
    above = (row.whole for row in reversed(rows) if row.end < start and not row.blank)
    day = next((cell for cell in above if len(cell.text) < 60 and dates.days(cell.text)), None)
    return (day,) if day else ()


def _stay(rows: Sequence[Row], match: re.Match[str]) -> Record:
    cells = _cells(match, ("description", "approved", *_SUM_FIELDS, "remarks"))
    return Record(LINE, match.start(), match.end(), cells | {"service_date": _days_above(rows, match.start())}, _SUM_FIELDS)


def _total(match: re.Match[str]) -> Record:
    return Record(TOTAL, match.start(), match.end(), _cells(match, ("claim_id", *_SUM_FIELDS, "remarks")), _SUM_FIELDS)


def _counted(match: re.Match[str], paper: str) -> Accumulator:
    return Accumulator(
        KIND, Span(paper, 1, match.start("days"), match.end("days")), counts.units(match["days"]), applies_to=STAY,
        words=" ".join(match.group().split()),
    )  # fmt: skip


def _headings(rows: Sequence[Row], start: int) -> Iterator[int]:
    """The lines of the heading straight above a stay."""
    for row in reversed([r for r in rows if r.end < start]):
        if row.blank or dates.search(row.text) or "(" in row.text:
            return
        yield row.index
        if _HEADING.search(row.text):
            return


def read_stays(text: str, rows: Sequence[Row], paper: str) -> Stays:
    """All stays of a notice. The order of the amounts is Medicare's own; without its heading nothing is read."""
    found = Stays()
    heading = _HEADING.search(text)
    if heading is None:
        return found
    stays = list(_STAY.finditer(text, heading.end()))
    totals = list(_TOTAL.finditer(text, stays[0].end())) if stays else []
    found.records = [_stay(rows, m) for m in stays] + [_total(m) for m in totals]
    found.days = [_counted(m, paper) for m in stays] or [_counted(m, paper) for m in _OLD_ROW.finditer(text, heading.end())]
    for match in (*stays, *totals):
        found.used.update(r.index for r in rows if r.start < match.end() and match.start() < r.end)
    for match in stays:
        found.used.update(_headings(rows, match.start()))
    return found
