"""Names and days that the notice prints without a label."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from explainer.readers.blocks import Fact
from explainer.readers.fields import dates, money
from explainer.readers.record import LINE, TOTAL, Record
from explainer.readers.rows import Cell, Row

_NO_MORE = r"(?![\w-]|[.,][0-9])"
_CLAIM_ID = re.compile(
    r"total (?:for claim|de la reclamaci[óo]n)\s*(?:#|no\.?|number|n[úu]m\.?)?\s*:?\s*"
    rf"(?P<id>[A-Z0-9][A-Z0-9-]{{4,29}}){_NO_MORE}",
    re.I,
)
# "Total for Claim #11-2": straight behind its mark a number may be short.
_SHORT_ID = re.compile(
    rf"total (?:for claim|de la reclamaci[óo]n) ?#(?P<id>[A-Z]{{0,3}}-?[0-9]{{1,6}}(?:-[0-9]{{1,6}})?){_NO_MORE}", re.I
)
# The number may have wrapped onto the next line, below the amounts.
_WRAPPED_ID = re.compile(r"\s*total for claim\b[^#]{0,400}?\n[^#\n]{0,20}#\s?(?P<id>[A-Z0-9][A-Z0-9-]{4,29})(?![\w-])", re.I)
_MOST_BEHIND = 120
_CLAIM_LINE = re.compile(r"\s*claim number\s*:?\s*[A-Z0-9-]{5,30}\s*", re.I)
_ADDRESS = re.compile(r",\s*(?:[0-9]|P\.?\s?O\.?\s?Box\b|Suite\b).*$|,\s*$", re.I)
_THIS_CLAIM = re.compile(
    r"\s*(?:provider|facility)s? (?:for|with) (?:this claim|claims this period)\s{1,9}(?P<day>\S.{5,40}\S)\s*", re.I
)
_HEAD_ROWS = 8
_TITLE = re.compile(
    r"\bsummary notice\b|\bnot a bill\b|\b(?:resumen|aviso)\b.{0,20}\bmedicare\b|\bno es una factura\b|"
    r"^\W*(?:notice|aviso)\W*$",
    re.I,
)
_NUMBER_LINE = re.compile(r"\s*(?:your |su )?(?:medicare (?:number|no\.?|#|id)|n[úu]mero de medicare)\s*(?::|(?=[X*0-9]))", re.I)
_FULL_NAME = re.compile(r"[A-ZÁÉÍÓÚÑÜ][^\W\d_]*\.?(?: [^\W\d_][^\W\d_]*(?:['-][^\W\d_]+)?[.,]?){1,4}")
_NO_NAME = re.compile(
    r"\b(?:medicare|notice|summary|insurance|services|your|medical|bill|page|claims?|aviso|resumen|seguro|servicios|factura)\b",
    re.I,
)
# Lines of an address stand between the name and the number.
_MOST_ADDRESS = 3


def with_claim_ids(events: Sequence[Fact | Record], text: str) -> list[Fact | Record]:
    """ "Total for Claim #02-10195-592-390" closes a claim and gives its number."""
    return [_closing(e, text) if isinstance(e, Record) and e.kind == TOTAL else e for e in events]


def _closing(record: Record, text: str) -> Record:
    short = _SHORT_ID.search(text, record.start, record.end)
    match = _CLAIM_ID.search(text, record.start, record.end) or _WRAPPED_ID.match(text, record.start, record.end + _MOST_BEHIND)
    match = match if match and sum(c.isdigit() for c in match["id"]) >= 4 else short
    if match is None:
        return record
    cell = Cell(match["id"], match.start("id"), match.end("id"), 0, 0)
    return replace(record, cells={**record.cells, "claim_id": (cell,)})


def heads(rows: Sequence[Row], events: Sequence[Fact | Record]) -> list[Fact]:
    """The provider below a claim's number or below the day of the claim, the person over their number, and the day of the notice
    beside its title."""
    named = {e.field for e in events if isinstance(e, Fact)}
    first = min((e.start for e in events if isinstance(e, Record)), default=0)
    above = [row for row in rows if not row.blank and row.end < first]
    found = [*_below_claim(rows), *_of_this_claim(above)]
    if "patient" not in named:
        found += _over_number(above)
    return found if "notice_date" in named else [*found, *_day_of_notice(above, events)]


def _of_this_claim(above: Sequence[Row]) -> list[Fact]:
    """ "Provider for This Claim  August 18, 2026", and the name on the next line."""
    found = []
    for row, below in pairwise(above):
        match = _THIS_CLAIM.fullmatch(row.text)
        if match and dates.days(match["day"]):
            found.append(Fact("section_date", row.whole.part(match.start("day"), match.end("day"))))
            found.append(Fact("provider", below.whole))
    return found


def _over_number(above: Sequence[Row]) -> list[Fact]:
    """The person's name, alone on a line above "Medicare Number", straight or over an address."""
    at = next((n for n, row in enumerate(above) if _NUMBER_LINE.match(row.text)), 0)
    over = list(above[max(0, at - _MOST_ADDRESS - 1) : at])[::-1]
    while len(over) > 1 and any(c.isdigit() for c in over[0].text):
        over.pop(0)
    cell = over[0].single if over else None
    return [Fact("patient", cell)] if cell and _FULL_NAME.fullmatch(cell.text) and not _NO_NAME.search(cell.text) else []


def _below_claim(rows: Sequence[Row]) -> list[Fact]:
    found = []
    for above, row in pairwise(r for r in rows if not r.blank):
        cell = row.cells[0]
        name = _ADDRESS.sub("", cell.text)
        fits = name[:1].isupper() and 2 < len(name) <= 80 and ":" not in name and not any(c.isdigit() for c in name)
        if _CLAIM_LINE.fullmatch(above.text) and fits and not money.PRINTED.search(row.text):
            found.append(Fact("provider", cell.part(0, len(name))))
    return found


def _day_of_notice(above: Sequence[Row], events: Sequence[Fact | Record]) -> list[Fact]:
    """A day beside the title of the notice, or straight above or below it. Never the day of a service: that stands so above its
    claim, and a last day to appeal that is told from it comes too early or too late."""
    head = above[:_HEAD_ROWS]
    titles = {at for at, row in enumerate(head) if _TITLE.search(row.text)}
    for at, row in enumerate(head):
        cells = row.cells if len(row.cells) <= 2 and titles & {at - 1, at, at + 1} else ()
        cell = next((c for c in cells if c.text and (day := dates.days(c.text)) and day.last is None), None)
        if cell is not None:
            return [] if _of_a_service(cell, events) else [Fact("notice_date", cell)]
    return []


def _of_a_service(cell: Cell, events: Sequence[Fact | Record]) -> bool:
    """Whether it may be the day of a service: one that has no other, or the paper tells of one on that day or a later one."""
    day = dates.days(cell.text)
    own = [e.text("service_date") for e in events if isinstance(e, Record) and e.kind == LINE]
    facts = [e.value for e in events if isinstance(e, Fact) and e.field in ("service_date", "section_date")]
    above = [f.text for f in facts if f.start != cell.start]
    served = [found.last or found.first for found in map(dates.days, [*own, *above]) if found]
    undated = not any(own[:1]) and any(f.start == cell.start for f in facts)
    return day is None or undated or any(day.first <= last for last in served)
