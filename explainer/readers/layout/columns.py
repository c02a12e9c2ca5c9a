"""The columns of a table, told from the cells of its rows and from its heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from explainer.readers.atoms import CODE, COUNT, DASH, DATE, MONEY
from explainer.readers.labels import LabelBook
from explainer.readers.layout.extent import Extent, Grid
from explainer.readers.layout.headings import Heading, heading_above, usable
from explainer.readers.layout.lines import Line, Run
from explainer.readers.pages import PageWord

_VALUES = (MONEY, DASH, COUNT, DATE, CODE)
_TOTAL = re.compile(r"(?i)\s*(?:sub|grand )?total")
_FAR = 8.0
_LEAST = 3
_ABOVE = 3
_MOSTLY = 0.5
_SLACK = 1.5


@dataclass(frozen=True, slots=True)
class Start:
    """A table that begins: its heading, its columns, and the first line of its first row."""

    heading: Heading
    grid: Grid
    first: int


def is_anchor(line: Line) -> bool:
    """Whether a line holds the values of a row: amounts, or an amount beside a day, a code or a count; no labels."""
    if not line.amounts or any(r.text.endswith(":") or ": " in r.text for r in line.runs):
        return False
    values = sum(1 for r in line.runs if r.sort in _VALUES)
    return values >= 2 or (len(line.runs) >= 2 and _TOTAL.match(line.runs[0].text) is not None)


def columns_of(anchors: Sequence[Line]) -> list[Extent]:
    """The columns of rows, from the row with the most cells on; a cell across several columns makes none."""
    found: list[Extent] = []
    for line in sorted(anchors, key=lambda line: -len(line.runs)):
        for run in line.runs:
            over = [i for i, c in enumerate(found) if c.shared(run.left, run.right) > 0]
            if not over:
                found.append(Extent(run.left, run.right))
            elif len(over) == 1:
                found[over[0]] = found[over[0]].with_(run)
    return sorted(found, key=lambda c: c.left)


def _rows_from(lines: Sequence[Line], first: int) -> list[Line]:
    """The rows that follow closely: they tell where the columns are."""
    found, last = [lines[first]], lines[first]
    for line in lines[first + 1 :]:
        if line.middle - last.middle > _FAR * max(line.height, last.height) or any(": " in r.text for r in line.runs):
            break
        if is_anchor(line):
            found.append(line)
            last = line
    return found


def _lone_headings(columns: Sequence[Extent], heading: Sequence[Line]) -> list[Extent]:
    """The columns, and one for each cell of a heading that stands over nothing."""
    found = list(columns)
    for run in (r for line in heading for r in line.runs):
        if all(c.shared(run.left, run.right) <= 0 for c in found):
            found.append(Extent(run.left, run.right))
    return sorted(found, key=lambda c: c.left)


def _divided(book: LabelBook, columns: Sequence[Extent], heading: Sequence[Line], rows: Sequence[Line]) -> list[Extent]:
    """A column under two known headings is two, where no word of its rows stands across."""
    out: list[Extent] = []
    for column in columns:
        over = [r for line in heading for r in line.runs if column.shared(r.left, r.right) > 0.3 * (r.right - r.left)]
        pairs = [(a, b) for a in over for b in over if a.right < b.left and book.field_of(a.text) and book.field_of(b.text)]
        words = [w for line in rows for r in line.runs for w in r.words if column.shared(w.box.left, w.box.right) > 0]
        cut = next((c for _, b in pairs if (c := _cut(b, words)) is not None), None)
        out += [column] if cut is None else [Extent(column.left, cut[0]), Extent(cut[1], column.right)]
    return out


def _cut(right: Run, words: Sequence[PageWord]) -> tuple[float, float] | None:
    """From where to where no word stands, where the second heading begins."""
    before = [w.box.right for w in words if w.box.left < right.left - _SLACK]
    after = [w.box.left for w in words if w.box.left >= right.left - _SLACK]
    return (max(before), min(after)) if before and after and max(before) < min(after) else None


def _heading_lines(lines: Sequence[Line], first: int) -> list[Line]:
    above: list[Line] = []
    for line in reversed(lines[max(0, first - _ABOVE) : first]):
        if not usable(line):
            break
        above.append(line)
    return above


def start_at(book: LabelBook, lines: Sequence[Line], first: int) -> Start | None:
    """The table whose first row has its values on that line, or None. The row itself may begin a few lines above."""
    rows = _rows_from(lines, first)
    above = _heading_lines(lines, first)
    columns = _lone_headings(_divided(book, columns_of(rows), above, rows), above[:1])
    if len(columns) < _LEAST:
        return None
    best: tuple[Heading, int] | None = None
    for start in range(first, max(0, first - _ABOVE) - 1, -1):
        if start < first and is_anchor(lines[start]):
            break
        heading = heading_above(book, lines, start, columns)
        if heading and (best is None or heading.score > best[0].score + _MOSTLY):
            best = heading, start
    if best is None:
        return None
    return Start(best[0], Grid(tuple(columns), best[0].fields, _of_money(rows, columns)), best[1])


def _of_money(rows: Sequence[Line], columns: Sequence[Extent]) -> frozenset[int]:
    found = set()
    for at, column in enumerate(columns):
        runs = [r for line in rows for r in line.runs if column.shared(r.left, r.right) > 0]
        if runs and sum(1 for r in runs if r.sort in (MONEY, DASH)) >= _MOSTLY * len(runs):
            found.add(at)
    return frozenset(found)
