"""Tables whose cells are known (CSV, spreadsheets): the heading, the records under it, and the rows beside them.

One row is a service, or a claim where the paper has no services.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from explainer.model.document import Problem
from explainer.readers.atoms import TEXT, Atom, sort_of
from explainer.readers.blocks import Fact, events_of, walk
from explainer.readers.columns import Heading, column, good, score, with_sole
from explainer.readers.fields import money
from explainer.readers.grid import records_of
from explainer.readers.labels import LabelBook
from explainer.readers.record import LINE, Record
from explainer.readers.rows import Cell, Row, filled_from_above
from explainer.readers.status import printed_status
from explainer.readers.told import Line

HEADING_WITHIN = 20
_DATED = ("service_date", "service_end", "processed")
# Days as spreadsheets count them, from 30 December 1899 or from 1904 on, and the years that are meant.
_SERIAL = re.compile(r"[345][0-9]{4}", re.ASCII)
_YEARS = range(2000, 2050)
FIRST_DAY, FIRST_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class CellTable:
    """A heading, the rows above it and the rows below it that hold something."""

    heading: Heading
    above: tuple[Row, ...]
    below: tuple[Row, ...]


def heading_in(book: LabelBook, rows: Sequence[Row]) -> Heading | None:
    """The first row that names columns, or two of them one above the other where that says more."""
    for at in range(min(len(rows), HEADING_WITHIN)):
        found = heading_at(book, rows, at)
        if found is not None:
            below = heading_at(book, rows, at + 1)
            return below if below and score(below) > score(found) else found
    return None


def heading_at(book: LabelBook, rows: Sequence[Row], at: int) -> Heading | None:
    """The heading that starts in that row: of one row, or of two where the second holds names too."""
    one = _made(book, rows[at : at + 1])
    stacked = len(rows) > at + 1 and not _stands_for_itself(rows[at]) and _names_only(rows[at + 1])
    two = _made(book, rows[at : at + 2]) if stacked else None
    return two if two and (one is None or score(two) > score(one)) else one


def _data(row: Row) -> bool:
    return any(any(c.isdigit() for c in cell.text) for cell in row.cells)


def _stands_for_itself(row: Row) -> bool:
    """ "Claim 1" or "Claim", "77" straight above a heading says whose the table is, and names no columns."""
    filled = [c for c in row.cells if c.text]
    return (len(filled) < 2 and bool(row.cells and row.cells[0].text)) or (len(filled) < 3 and _data(row))


def _names_only(row: Row) -> bool:
    return not row.blank and not _data(row) and sum(1 for c in row.cells if c.text) >= 2


def _made(book: LabelBook, rows: Sequence[Row]) -> Heading | None:
    if not rows or sum(1 for c in rows[-1].cells if c.text) < 2:
        return None
    if any(money.PRINTED.search(c.text) for r in rows for c in r.cells):
        return None
    made = Heading(tuple(with_sole(book, [column(book, c) for c in _joined(rows)])), rows[0].index, rows[-1].index, True, False)
    return made if good(made) else None


def _joined(rows: Sequence[Row]) -> list[Cell]:
    if len(rows) == 1:
        return list(rows[0].cells)
    width = max(len(r.cells) for r in rows)
    stacks = [[r.cells[i] for r in rows if i < len(r.cells)] for i in range(width)]
    return [replace(stack[-1], text=" ".join(c.text for c in stack if c.text)) for stack in stacks]


def tables_in(book: LabelBook, rows: Sequence[Row]) -> Iterator[CellTable]:
    """Each table of a sheet: other names below an empty row end it, and may start the next one."""
    heading = heading_in(book, rows)
    if heading is None:
        return
    above = tuple(r for r in rows if r.index < heading.first)
    rest = [r for r in rows if r.index > heading.last]
    names = [c.heading for c in heading.columns]
    at = next((i for i in range(1, len(rest)) if rest[i - 1].blank and _opens(rest[i], names)), None)
    yield CellTable(heading, above, tuple(r for r in rest[:at] if not r.blank))
    if at is not None:
        yield from tables_in(book, rest[at:])


def _opens(row: Row, names: Sequence[str]) -> bool:
    """Several names and no value, behind an empty row: what follows belongs to other columns."""
    return _names_only(row) and [c.text for c in row.cells] != names[: len(row.cells)]


def records_under(book: LabelBook, table: CellTable, group: int = 1, first: date = FIRST_DAY) -> tuple[list[Record], list[Row]]:
    """The records of a table, and its rows with a label and nothing under the columns. A repeated heading is left out.

    first: the day from which bare numbers of days are counted."""
    columns = table.heading.columns
    names = [c.heading for c in columns]
    serial = _serial_columns(table, first)
    lines: list[Row] = []
    beside: list[Row] = []
    for row in table.below:
        if [c.text for c in row.cells][: len(names)] == names:
            continue
        whole = filled_from_above(row)
        filled = sum(1 for c in whole.cells if c.text)
        (beside if filled <= 2 < len(names) - 1 else lines).append(_with_days(whole, serial, first))
    made = records_of(book, columns, [Line(r, tuple(_atoms(r))) for r in lines], True, False)
    told = {"told": " ".join(f for i in serial if (f := columns[i].field))} if serial else {}
    kept = [r for r in made if r.kind != LINE or _says_something(r)]
    return [replace(r, group=group, extra={**r.extra, **told, **_refused(book, r)}) for r in kept], beside


def facts_among(book: LabelBook, rows: Sequence[Row], records: Sequence[Record]) -> list[Fact | Record]:
    """Records with the labelled values of the rows above and between them, as printed: a name holds for what stands below it."""
    facts = [e for e in events_of(walk(book, rows, set())) if isinstance(e, Fact)]
    return sorted([*facts, *records], key=lambda e: e.value.start if isinstance(e, Fact) else e.start)


def _refused(book: LabelBook, record: Record) -> dict[str, str]:
    status = record.text("status")
    return {"denied": "yes"} if status and printed_status(book, status) == "denied" else {}


def _serial_columns(table: CellTable, first: date) -> list[int]:
    """Columns of days that hold a spreadsheet's count of days in every row."""
    out = []
    for at, named in enumerate(table.heading.columns):
        texts = [r.cells[at].text for r in table.below if at < len(r.cells) and r.cells[at].text]
        if named.field in _DATED and texts and all(_counted(t, first) for t in texts):
            out.append(at)
    return out


def _counted(text: str, first: date) -> date | None:
    """The day of a bare number, or None."""
    day = first + timedelta(int(text)) if _SERIAL.fullmatch(text) else None
    return day if day and day.year in _YEARS else None


def _with_days(row: Row, serial: Sequence[int], first: date) -> Row:
    if not serial:
        return row
    cells = [
        replace(c, text=day.isoformat()) if i in serial and (day := _counted(c.text, first)) else c
        for i, c in enumerate(row.cells)
    ]
    return replace(row, cells=tuple(cells))


def _atoms(row: Row) -> list[Atom]:
    return [Atom(sort_of(c.text) if c.text else TEXT, c) for c in row.cells]


def _says_something(record: Record) -> bool:
    return bool(record.problems) or any(record.text(name) for name in (*record.money, "code", "description"))


def wide_rows(table: CellTable) -> list[Problem]:
    """Rows with more filled cells than the heading has columns: what stands where is not sure."""
    wide = [r for r in table.below if any(c.text for c in r.cells[len(table.heading.columns) :])]
    return [Problem("rows-too-wide", {"count": len(wide)})] if wide else []
