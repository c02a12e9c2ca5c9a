"""Rows of a spreadsheet to a document: which sheets hold claims, which only repeat or sum them up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from explainer.model.document import Problem
from explainer.readers.assemble import Parts, assemble
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.blocks import Fact
from explainer.readers.box import SheetRows, run
from explainer.readers.cell_table import FIRST_DAY, FIRST_OF_1904, CellTable, facts_among, records_under, tables_in, wide_rows
from explainer.readers.kind import kind_as_asked
from explainer.readers.labels import LabelBook
from explainer.readers.meaning import read_meaning
from explainer.readers.notes import accumulators
from explainer.readers.record import LINE, TOTAL, Record
from explainer.readers.rows import Cell, Row, reaching
from explainer.readers.sheet.shown import DAYS_FROM_1904
from explainer.readers.statement import cleaning_problems
from explainer.readers.text import CleanText, clean
from explainer.settings import Limits

_TELLING = frozenset(("service_date", "code", "description", "claim_id"))
_OF_CLAIM = ("claim_id", "provider", "patient", "processed", "network", "status")
FORMAT = "xlsx"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name, its rows with a place for every cell, and its tables."""

    name: str
    rows: tuple[Row, ...]
    tables: tuple[CellTable, ...]

    @property
    def telling(self) -> bool:
        """Whether a table names services or claims rather than sums only."""
        return any(_TELLING & set(t.heading.fields) for t in self.tables)

    @property
    def coded(self) -> bool:
        return any("code" in t.heading.fields for t in self.tables)


def read_sheet(book: LabelBook, upload: Upload, limits: Limits) -> Reading:
    """The reading of a spreadsheet. Raises Unreadable: sheet-*, csv-no-heading, csv-no-rows, too-big, no-amounts."""
    taken = run("sheet", upload.data, limits)
    text = clean(rendered(taken.sheets).encode(), limits)
    told = tuple(Problem(code, dict(values)) for code, values in taken.problems)
    first = FIRST_OF_1904 if any(p.code == DAYS_FROM_1904 for p in told) else FIRST_DAY
    sheets = list(_sheets(book, text, taken.sheets))
    if not any(s.tables for s in sheets):
        return _as_text(book, upload, text, limits, told)
    return _of_tables(book, upload, text, sheets, told, first)


def rendered(sheets: Sequence[SheetRows]) -> str:
    """The text that places point into: a line a row, a tab between cells, the sheet's name above where there are several."""
    lines = []
    for sheet in sheets:
        lines += [" ".join(sheet.name.split())] if len(sheets) > 1 else []
        lines += ["\t".join(row).rstrip("\t") for row in sheet.rows]
    return "\n".join(lines) + "\n"


def _sheets(book: LabelBook, text: CleanText, sheets: Sequence[SheetRows]) -> Iterator[Sheet]:
    lines, at, index = text.text.split("\n"), 0, 0
    for sheet in sheets:
        if len(sheets) > 1:
            at, index = at + len(lines[index]) + 1, index + 1
        rows = []
        for line in lines[index : index + len(sheet.rows)]:
            rows.append(_row(index, line, at))
            at, index = at + len(line) + 1, index + 1
        rows = reaching(rows)
        yield Sheet(sheet.name, tuple(rows), tuple(tables_in(book, rows)))


def _row(index: int, line: str, start: int) -> Row:
    cells, at = [], 0
    for part in line.split("\t"):
        cells.append(Cell(part, start + at, start + at + len(part), 0, 0))
        at += len(part) + 1
    return Row(index, line, start, tuple(cells) if line.strip() else (), True)


def _as_text(book: LabelBook, upload: Upload, text: CleanText, limits: Limits, told: tuple[Problem, ...]) -> Reading:
    """A sheet without a table of claims may be a paper typed into cells."""
    try:
        reading = read_meaning(book, upload, text, limits, FORMAT)
    except Unreadable as reason:
        raise (Unreadable("csv-no-heading") if reason.code == "not-an-eob" else reason) from reason
    problems = (*told, *reading.problems)
    return replace(reading, document=replace(reading.document, problems=problems), problems=problems)


def _chosen(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Sheet]]:
    """The sheets to be read, and those left out: copies, and sums of what other sheets list."""
    used: list[Sheet] = []
    for sheet in (s for s in sheets if s.tables):
        if not any(_same(sheet, other) for other in used):
            used.append(sheet)
    if any(s.telling for s in used):
        used = [s for s in used if s.telling]
    if any(s.coded for s in used):
        linked = _claim_ids(s for s in used if s.coded)
        used = [s for s in used if s.coded or linked & _claim_ids([s])]
        used.sort(key=lambda s: not s.coded)
    return used, [s for s in sheets if s.tables and s not in used]


def _same(one: Sheet, two: Sheet) -> bool:
    return [r.text for r in one.rows if not r.blank] == [r.text for r in two.rows if not r.blank]


def _claim_ids(sheets: Sequence[Sheet] | Iterator[Sheet]) -> set[str]:
    found = set()
    for table in (t for s in sheets for t in s.tables):
        at = next((i for i, f in enumerate(table.heading.fields) if f == "claim_id"), None)
        found |= {r.cells[at].text for r in table.below if at is not None and at < len(r.cells) and r.cells[at].text}
    return found


def _of_tables(
    book: LabelBook, upload: Upload, text: CleanText, sheets: list[Sheet], told: tuple[Problem, ...], first: date
) -> Reading:
    used, left = _chosen(sheets)
    listed = _claim_ids([s for s in used if s.coded])
    beside = [r for s in sheets if s not in left for r in (() if s.tables else s.rows)]
    events = facts_among(book, beside, ())
    problems = [*told, *(Problem("sheet-not-used", {"name": s.name}) for s in left)]
    group = 0
    for sheet in used:
        for table in sheet.tables:
            group += 1
            records, loose = records_under(book, table, group, first)
            among = [*table.above, *loose]
            beside += among
            problems += wide_rows(table)
            totals = {id(r) for r in records if not sheet.coded and _listed(r, listed)}
            ordered = facts_among(book, among, records)
            events += [e for r in ordered for e in (_as_total(r) if isinstance(r, Record) and id(r) in totals else (r,))]
    if not any(isinstance(e, Record) for e in events):
        raise Unreadable("csv-no-rows")
    above = " ".join(r.text for r in beside)
    named = [f for s in used for t in s.tables for f in t.heading.fields if f]
    kind = kind_as_asked(book, above, named, upload.format) or "eob"
    counts = accumulators([r for r in beside if not r.blank], set(), upload.paper)
    parts = Parts(text.text, kind, events, accumulators=counts, problems=(*cleaning_problems(text), *problems))
    return assemble(book, upload, FORMAT, parts)


def _listed(record: Record, claims: set[str]) -> bool:
    return record.kind == LINE and record.text("claim_id") in claims


def _as_total(record: Record) -> Iterator[Fact | Record]:
    """A row that sums up a claim whose services stand on another sheet."""
    for name in _OF_CLAIM:
        cell = record.cell(name)
        if cell is not None:
            yield Fact(name, cell)
    yield replace(record, kind=TOTAL)
