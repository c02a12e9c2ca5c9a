"""Tables that were copied one cell a line: the headings below each other, then the values below each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from explainer.readers.atoms import CODE, DATE, KEY, MONEY, TEXT, Atom, coarse, sort_of
from explainer.readers.columns import PAIRS, Column
from explainer.readers.grid import records_of
from explainer.readers.labels import LabelBook
from explainer.readers.place import cost, misfit
from explainer.readers.record import Record
from explainer.readers.rows import Cell, Row
from explainer.readers.told import Line

_MOST_BLANKS = 1
_LONGEST_VALUE = 80
_MOST_COLUMNS = 30
_MUCH = 5.0
_OF_CLAIM = frozenset(
    ("claim_id", "patient", "provider", "processed", "member_id", "payer", "network", "plan_words", "service_date")
)
_VALUES = re.compile(r"[0-9]{3}|[0-9][-/.][0-9]")
_TELLING = ("code", "description", "service_date")


@dataclass(frozen=True, slots=True)
class _Heads:
    """Headings below each other, and the number of the first line after them."""

    columns: tuple[Column, ...]
    first: int
    after: int


def _head(book: LabelBook, rows: Sequence[Row], at: int, longest: bool) -> tuple[Column, int] | None:
    """The heading that starts at a line: one line, or two or three that together are one (longest: also where the first is
    one)."""
    text, best = "", None
    for used in range(1, 4):
        row = rows[at + used - 1] if at + used - 1 < len(rows) else None
        cell = row.single if row else None
        if cell is None or ":" in cell.text or len(cell.text) > 60 or "$" in cell.text or _VALUES.search(cell.text):
            return best
        text = f"{text} {cell.text}".strip()
        field = book.field_of(text) if used == 1 else book.exactly(text)
        if field and (used == 1 or field not in PAIRS):
            best = Column(field, text, 0, 0), used
            if not longest:
                return best
    return best


def _heads(book: LabelBook, rows: Sequence[Row], at: int, longest: bool) -> _Heads | None:
    columns: list[Column] = []
    here = at
    while here < len(rows):
        found = _head(book, rows, here, longest)
        if found is None or len(columns) > _MOST_COLUMNS:
            break
        columns.append(found[0])
        here += found[1]
    monies = sum(1 for c in columns if c.money)
    enough = 3 <= len(columns) <= _MOST_COLUMNS and monies >= 2 and len({c.field for c in columns if c.money}) == monies
    return _Heads(tuple(columns), at, here) if enough else None


def _labelled(book: LabelBook, cell: Cell, apart: bool) -> bool:
    """A label with its value, or a label alone after an empty line, says something of a claim and is no value of a column."""
    label, colon, _ = cell.text.partition(":")
    return book.field_of(label) in _OF_CLAIM if colon else apart and book.exactly(cell.text) in _OF_CLAIM


def _values(book: LabelBook, rows: Sequence[Row], at: int, first: Row) -> tuple[list[tuple[Row, Atom]], int]:
    """The single values below each other from that line on, and where they end. The heading's first line once more begins
    another table: what stands above it since the last empty line is that table's."""
    found: list[tuple[Row, Atom]] = []
    blanks = since = 0
    while at < len(rows):
        row = rows[at]
        cell = row.single
        if row.blank:
            blanks += 1
            since = len(found)
            if blanks > _MOST_BLANKS:
                break
        elif row.text.strip() == first.text.strip():
            return (found[:since] if since else found), at
        elif cell is None or len(cell.text) > _LONGEST_VALUE or (found and _labelled(book, cell, blanks > 0)):
            break
        else:
            blanks = 0
            found.append((row, Atom(sort_of(cell.text), cell)))
        at += 1
    return found, at


def _is_sum(book: LabelBook, atom: Atom) -> bool:
    return atom.sort == TEXT and book.is_("total", atom.cell.text.rstrip(":"))


def _begins(columns: Sequence[Column], record: list[Atom], atom: Atom) -> bool:
    """Whether a value starts the next record: it fits the first column, and no column that is still to come."""
    if not record:
        return True
    if not any(a.sort == MONEY for a in record):
        return False
    reached = _reached(columns, record)
    later = [c for c in columns[reached + 1 :] if cost(atom, c) <= 4]
    return not later and any(cost(atom, c) <= 6 for c in columns[: reached + 1])


def _reached(columns: Sequence[Column], record: Sequence[Atom]) -> int:
    at = -1
    for atom in record:
        fits = next((i for i in range(at + 1, len(columns)) if cost(atom, columns[i]) <= 6), None)
        at = fits if fits is not None else at
    return at


def _split(book: LabelBook, columns: Sequence[Column], values: Sequence[tuple[Row, Atom]]) -> list[list[tuple[Row, Atom]]]:
    records: list[list[tuple[Row, Atom]]] = []
    for row, atom in values:
        if not records or _is_sum(book, atom) or _begins(columns, [a for _, a in records[-1]], atom):
            records.append([])
        records[-1].append((row, atom))
    return records


def _line(record: Sequence[tuple[Row, Atom]]) -> Line:
    first, last = record[0][0], record[-1][0]
    text = Cell("", last.start, last.end, 0, 0)
    row = replace(first, cells=tuple(a.cell for _, a in record))
    return Line(row, tuple(a for _, a in record), (("", text),), last.index)


def _whole(columns: Sequence[Column], record: Sequence[tuple[Row, Atom]]) -> bool:
    """A record has amounts, and words, a day or a code unless its columns have none; no sentences."""
    monies = sum(1 for _, a in record if a.sort == MONEY)
    if all(c.money for c in columns):
        return len(record) == len(columns) == monies
    told = any(a.sort in (TEXT, DATE, CODE, KEY) for _, a in record)
    return monies >= 1 and told


def read_stacked(book: LabelBook, rows: Sequence[Row], used: set[int]) -> list[Record]:
    """The records of all stacked tables; their lines are added to `used`."""
    found: list[Record] = []
    at = 0
    while at < len(rows):
        best = _best(book, rows, at) if at not in used and rows[at].single else None
        if best is None:
            at += _MOST_COLUMNS if at not in used and _only_labels(book, rows, at) else 1
            continue
        records, taken, _ = best
        found += [replace(r, group=1000 + at) for r in records]
        used.update(taken)
        at = max(taken) + 1
    return found


def _only_labels(book: LabelBook, rows: Sequence[Row], at: int) -> bool:
    """More headings below each other than any table has columns: no table."""
    return len(rows) > at + _MOST_COLUMNS and all(_head(book, rows, at + n, False) for n in range(_MOST_COLUMNS))


def _best(book: LabelBook, rows: Sequence[Row], at: int) -> tuple[list[Record], set[int], float] | None:
    """The reading of the table that starts at a line; of two ways to tell its headings apart the one that leaves less open."""
    ways = [h for longest in (False, True) if (h := _heads(book, rows, at, longest))]
    read = [r for heads in ways if (r := _under(book, rows, heads))]
    best = read[0] if read else None
    if len(read) == 2 and (_per_record(read[1]) + _MUCH < _per_record(read[0]) or len(read[1][1]) > len(read[0][1]) + 3):
        best = read[1]
    if best is None or (_open(best[0]) > 0.5 * len(best[0]) and not any(r.text(n) for r in best[0] for n in _TELLING)):
        return None
    return best


def _per_record(read: tuple[list[Record], set[int], float]) -> float:
    return read[2] / len(read[0])


def _open(records: Sequence[Record]) -> int:
    return sum(1 for r in records if r.blind)


def _under(book: LabelBook, rows: Sequence[Row], heads: _Heads) -> tuple[list[Record], set[int], float] | None:
    values, _ = _values(book, rows, heads.after, rows[heads.first])
    whole = []
    for record in _split(book, heads.columns, values):
        if not _whole(heads.columns, record):
            break
        whole.append(record)
    lines = [_line(r) for r in whole] or _across(rows, heads)
    if not lines:
        return None
    taken = {row.index for r in whole for row, _ in r} | {line.row.index for line in lines}
    records = records_of(book, heads.columns, lines, False, False)
    return records, taken | set(range(heads.first, heads.after)), misfit([line.atoms for line in lines], heads.columns)


def _across(rows: Sequence[Row], heads: _Heads) -> list[Line]:
    """Headings below each other, but each row of values in one line."""
    lines = []
    for row in rows[heads.after :]:
        if row.blank:
            continue
        atoms = [Atom(sort_of(c.text), c) for c in row.cells if c.text] if row.ruled else coarse(row)
        if sum(1 for a in atoms if a.sort == MONEY) < 0.5 * sum(1 for c in heads.columns if c.money):
            break
        lines.append(Line(row, tuple(atoms)))
    return lines
