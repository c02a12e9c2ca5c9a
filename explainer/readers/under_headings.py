"""Cells that run into the next column: "97530 Ther activity GP,59 1" is cut where its last words stand under headings of
their own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from explainer.readers.atoms import COUNT, KEY, atoms_of, sort_of
from explainer.readers.columns import Column, Heading
from explainer.readers.rows import Cell, Row
from explainer.readers.told import Line

_SORTS = {"units": (COUNT,), "modifiers": (KEY, COUNT), "remarks": (KEY,)}


def recut(heading: Heading, lines: Sequence[Line]) -> list[Line]:
    """The lines of a placed table, with such cells cut."""
    if heading.ruled or not heading.placed:
        return list(lines)
    return [_recut(heading.columns, line, lines) for line in lines]


def _recut(columns: Sequence[Column], line: Line, lines: Sequence[Line]) -> Line:
    row, rows = line.row, [other.row for other in lines if other is not line]
    cells = tuple(part for cell in row.cells for part in _parts(columns, row, cell, rows))
    if row.ruled or len(cells) == len(row.cells):
        return line
    row = replace(row, cells=cells)
    return replace(line, row=row, atoms=tuple(atoms_of(row)))


def _parts(columns: Sequence[Column], row: Row, cell: Cell, rows: Sequence[Row]) -> list[Cell]:
    """The cell, cut from its end as long as its last word belongs to a column of its own, which no other cell of the row has."""
    cuts, end = [len(cell.text)], len(cell.text)
    free = [c for c in columns if c.field in _SORTS and not any(_over(other, c) for other in row.cells if other is not cell)]
    while (at := cell.text.rfind(" ", 0, end)) > 0:
        word = cell.part(at + 1, end)
        home = next((c for c in free if _over(word, c)), None)
        if home is None or not _fits(word, home) or cell.left >= home.left or not _in_line(word, home, rows):
            break
        free.remove(home)
        cuts.insert(0, at + 1)
        end = at
    return list(_pieces(cell, cuts))


def _pieces(cell: Cell, cuts: Sequence[int]) -> Iterator[Cell]:
    if len(cuts) == 1:
        yield cell
        return
    for start, end in pairwise([0, *cuts]):
        yield cell.part(start, end)


def _fits(word: Cell, column: Column) -> bool:
    return sort_of(word.text) in _SORTS[column.field or ""]


def _over(cell: Cell, column: Column) -> bool:
    return cell.left < column.right and column.left < cell.right


def _in_line(word: Cell, column: Column, rows: Sequence[Row]) -> bool:
    """Whether a word begins or ends with its heading, or with a cell of another row under it."""
    if word.left == column.left or word.right == column.right:
        return True
    return any(_over(c, column) and (c.left == word.left or c.right == word.right) for row in rows for c in row.cells)
