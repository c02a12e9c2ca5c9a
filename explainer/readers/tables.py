"""Tables in text: headings, the rows under them, and what wraps onto the next line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from explainer.readers.atoms import CODE, COUNT, DASH, DATE, MONEY, TEXT, Atom, atoms_of, money_count
from explainer.readers.columns import MONEY_COLUMNS, Column, Heading, heading_at, score
from explainer.readers.fields import codes, dates
from explainer.readers.fields.counts import is_count
from explainer.readers.grid import records_of
from explainer.readers.labels import LabelBook
from explainer.readers.place import misfit
from explainer.readers.record import Record
from explainer.readers.rows import AGAIN, Cell, Row, filled_from_above, unedged
from explainer.readers.told import Line
from explainer.readers.under_headings import recut
from explainer.readers.words import words

_NUMBERS = (MONEY, DASH, COUNT)
_LOOK_AHEAD = 6
_YEARLY = re.compile(
    r"(?:individual |family |annual |your |su )?(?:deductible|out[- ]of[- ]pocket|deducible|gastos de bolsillo)", re.I
)
_CODE_FIRST = re.compile(r"\([A-Z0-9]{5}(?:[-, ][A-Z0-9]{2}){0,4}\)")
_MOST_LEAD = 3
_DAY_WORDS = frozenset(("date", "dates", "dos", "fecha", "fechas"))
_SAMPLE = 4
_TWICE = 50.0
_SERVICE = 3


@dataclass(slots=True)
class Table:
    """A heading and the rows that were read under it. between: bars stand between its cells, but not at its edges."""

    heading: Heading
    between: bool = False
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Tables:
    """All tables of a text. used: the numbers of the lines that are theirs. open: the table that further rows may join."""

    found: list[Table] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    open: Table | None = None


def _labelled(book: LabelBook, row: Row) -> bool:
    """Whether a line is a label with its value rather than a row of a table."""
    for cell in row.cells[:2]:
        label, colon, _ = cell.text.partition(":")
        if colon and len(label) < 50 and book.field_of(label) and not book.is_("total", label):
            return True
    ends = [c for c in row.cells if c.text.endswith(":") and not book.is_("total", c.text.rstrip(":"))]
    return not row.ruled and len(ends) >= 2


def is_data(book: LabelBook, row: Row, atoms: Sequence[Atom], heading: Heading) -> bool:
    """Whether a line is a row of the table under that heading."""
    if (heading.ruled and not row.ruled) or not atoms or len(row.text) > 1200:
        return False
    if heading.placed and len(row.cells) == 1 and len(heading.columns) > 2:
        return False
    numbers = sum(1 for a in atoms if a.sort in _NUMBERS)
    monies = sum(1 for a in atoms if a.sort == MONEY)
    told = any(a.sort in (CODE, DATE) for a in atoms) or (len(row.cells) > 2 and _code_in_words(atoms))
    columns = sum(1 for c in heading.columns if c.money)
    # "$5.00 / $0.00" in a row of services is a deductible and a copay, no count of a year.
    if is_count(row.text) and not (told and monies >= _SERVICE):
        return False
    if monies and not told and book.is_("total", atoms[0].cell.text.rstrip(":")):
        return True
    if not told and _of_a_year(atoms, heading, book):
        return False
    if heading.ruled and told and len(row.cells) >= 0.6 * len(heading.columns):
        return not _labelled(book, row)
    led = told and any(a.sort in (CODE, DATE) for a in atoms[:2]) and monies >= 1
    enough = (
        (led or numbers >= max(1, 0.4 * columns)) and (monies >= 1 or numbers >= 2) and (told or len(atoms) >= min(3, columns))
    )
    return enough and not _labelled(book, row) and not _sentence(row, atoms)


def _code_in_words(atoms: Sequence[Atom]) -> bool:
    return any(a.sort == TEXT and codes.search(a.cell.text) for a in atoms[:3])


def _of_a_year(atoms: Sequence[Atom], heading: Heading, book: LabelBook) -> bool:
    """ "Deductible  $350.00  $1,500.00" below a table of services: a row named for an amount counts a year's amounts."""
    first = next((a.cell.text for a in atoms if a.sort == TEXT), "")
    named = _YEARLY.match(first) is not None or book.exactly(first) in MONEY_COLUMNS
    return named and any(c.field in ("code", "description", "service_date") for c in heading.columns)


def _sentence(row: Row, atoms: Sequence[Atom]) -> bool:
    text = sum(len(a.cell.text) for a in atoms if a.sort == TEXT)
    return len(row.cells) <= 2 and text > 40 and sum(1 for a in atoms if a.sort == MONEY) < 3


def _leads_to_data(book: LabelBook, rows: Sequence[Row], heading: Heading, read: "AtomRows") -> bool:
    seen = 0
    for row in rows[heading.last + 1 : heading.last + 12]:
        if row.blank:
            continue
        if is_data(book, whole := filled_from_above(row), read.of(whole), heading):
            return True
        seen += 1
        if seen > _LOOK_AHEAD or (heading_at(book, rows, row.index) and row.index > heading.last + 1):
            return False
    return False


class AtomRows:
    """The values of each line, made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int], list[Atom]] = {}

    def of(self, row: Row) -> list[Atom]:
        if any(c.reach == AGAIN for c in row.cells):
            return atoms_of(row)
        key = row.index, len(row.cells)
        if key not in self._made:
            self._made[key] = atoms_of(row)
        return self._made[key]


def find(book: LabelBook, rows: Sequence[Row]) -> Tables:
    """All tables with a heading."""
    tables, read, at = Tables(), AtomRows(), 0
    while at < len(rows):
        row = rows[at]
        heading = None if row.blank else heading_at(book, rows, at)
        if heading and _only_groups(book, rows, heading):
            tables.used.add(at)
            at += 1
            continue
        if heading and _leads_to_data(book, rows, heading, read):
            tables.open = Table(heading, heading.ruled and rows[heading.first].text.lstrip()[:1] not in ("|", "│"))
            tables.found.append(tables.open)
            tables.used.update(range(heading.first, heading.last + 1))
            at = heading.last + 1
            continue
        if tables.open and not row.blank:
            _join(book, tables, row, read, rows[max(0, at - _MOST_LEAD) : at])
        at += 1
    return tables


def _only_groups(book: LabelBook, rows: Sequence[Row], heading: Heading) -> bool:
    """ "Your responsibility" over "Deductible", "Copay", "You owe": the names of the columns stand on the next line."""
    if heading.first != heading.last or heading.last + 1 >= len(rows) or rows[heading.last + 1].blank:
        return False
    below = heading_at(book, rows, heading.last + 1)
    return below is not None and len(below.columns) > len(heading.columns) and score(below) > score(heading)


def _lead(book: LabelBook, tables: Tables, row: Row, above: Sequence[Row]) -> list[Row]:
    """The lines straight above a row that begin its description: the row's own words go on in the middle of a sentence."""
    found: list[Row] = []
    here = row
    while above and here.index not in tables.used and _goes_on(here):
        before, above = above[-1], above[:-1]
        cell = before.single
        if cell is None or before.index in tables.used or len(cell.text.split()) < 2 or cell.text[-1:] in ".:":
            break
        if money_count(before) or _labelled(book, before) or book.is_("total", cell.text) or dates.search(cell.text):
            break
        found.insert(0, before)
        here = before
    return found


def _goes_on(row: Row) -> bool:
    """Whether a line starts with a small letter or with a code in brackets, as no description does."""
    text = row.whole.text.lstrip("| ")
    return text[:1].islower() or _CODE_FIRST.match(text) is not None


def _join(book: LabelBook, tables: Tables, row: Row, read: AtomRows, rows: Sequence[Row]) -> None:
    table = tables.open
    assert table is not None
    if table.between and row.ruled and len(row.cells) < len(table.heading.columns):
        row = unedged(row)
    row = filled_from_above(row)
    atoms = read.of(row)
    if is_data(book, row, atoms, table.heading):
        lead = _lead(book, tables, row, rows)
        table.lines.append(Line(row, tuple(atoms), lead=tuple(r.whole for r in lead)))
        tables.used.update(r.index for r in (*lead, row))
    elif table.lines and table.lines[-1].last == row.index - 1 and (more := _wrapped(book, row, atoms, table)):
        table.lines[-1] = replace(table.lines[-1], wrapped=(*table.lines[-1].wrapped, *more), last=row.index)
        tables.used.add(row.index)


def _wrapped(book: LabelBook, row: Row, atoms: Sequence[Atom], table: Table) -> list[tuple[str, Cell]]:
    """The words of a description (or keys of remarks) that run on from the line above, with their fields."""
    heading = table.heading
    if any(a.sort in (MONEY, DATE) for a in atoms) or _labelled(book, row) or row.ruled != heading.ruled:
        return []
    out = []
    for at, cell in enumerate(row.cells):
        if not cell.text:
            continue
        under = heading.columns[at] if heading.ruled and at < len(heading.columns) else _above(heading, cell)
        if cell.left == 0 and not heading.ruled and not _broken_off(table, cell) and not _CODE_FIRST.fullmatch(cell.text):
            return []
        if under is None or under.field not in ("description", "remarks", "code", "provider"):
            return []
        apart = under.field == "code" and any(c.field == "description" for c in heading.columns)
        out.append(("description" if apart else under.field, cell))
    return out


def _above(heading: Heading, cell: Cell) -> Column | None:
    near = [c for c in heading.columns if abs(c.left - cell.left) <= 3]
    return min(near, key=lambda c: abs(c.left - cell.left)) if near and heading.placed else None


def _broken_off(table: Table, cell: Cell) -> bool:
    """Whether words at the left edge run on: the line above had no room for their first word."""
    after = min((c.left for c in table.heading.columns if c.left > 0), default=0)
    if cell.right >= after or len(table.heading.columns) < 3:
        return False
    firsts = [line.row.cells[0].text for line in table.lines if line.row.cells and line.row.cells[0].left == 0]
    above = [c.text for _, c in table.lines[-1].wrapped] or firsts[-1:]
    widest = max([len(cell.text), *(len(text) for text in firsts)], default=0)
    return bool(above) and len(above[-1]) + 1 + len(cell.text.split(" ")[0]) > widest


def _repeats(columns: Sequence[Column]) -> int:
    """What speaks against a cut: amounts named twice, and none that is billed."""
    monies = [c.field for c in columns if c.money]
    return len(monies) - len(set(monies)) + ("billed" not in monies)


def _best_cut(table: Table) -> Heading:
    """Of the ways to cut a heading the one that the rows fit best."""
    heading, sample = table.heading, [line.atoms for line in table.lines[:_SAMPLE]]
    if not heading.others or not sample:
        return heading
    best = min((heading.columns, *heading.others), key=lambda columns: misfit(sample, columns) + _TWICE * _repeats(columns))
    return replace(heading, columns=best)


def _dated(table: Table) -> Heading:
    """Under "Provided by / date of service" stand the days, where the provider has lines of their own."""
    columns = [
        c if c.field != "provider" or not _of_days(table, c) else replace(c, field="service_date") for c in table.heading.columns
    ]
    return replace(table.heading, columns=tuple(columns))


def _of_days(table: Table, column: Column) -> bool:
    """Whether a heading that names a day too is the only one that does, and each row begins with one."""
    named = {w.word for w in words(column.heading)} & _DAY_WORDS
    first = table.heading.columns[0] is column and not any(c.field == "service_date" for c in table.heading.columns)
    return bool(named) and first and bool(table.lines) and all(_begins_with_day(line) for line in table.lines)


def _begins_with_day(line: Line) -> bool:
    return line.atoms[0].sort == DATE or not any(a.sort in (CODE, DATE) or codes.search(a.cell.text) for a in line.atoms)


def read_tables(book: LabelBook, rows: Sequence[Row]) -> tuple[list[Record], set[int]]:
    """The records of all tables in printed order, and the lines they take."""
    tables = find(book, rows)
    for table in tables.found:
        table.heading = _best_cut(table)
        table.heading = _dated(table)
        table.lines = recut(table.heading, table.lines)
    records = [
        replace(record, group=number)
        for number, table in enumerate(tables.found, 1)
        for record in records_of(book, table.heading.columns, table.lines, table.heading.ruled, table.heading.placed)
    ]
    return records, tables.used
