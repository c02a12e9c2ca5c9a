"""The columns of a table, told from the cells of its rows and from its heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explainer.readers.atoms import CODE, COUNT, DASH, DATE, MONEY
from explainer.readers.labels import LabelBook
from explainer.readers.layout.extent import Extent, Grid
from explainer.readers.layout.headings import Heading, headings_above, stacks_above
from explainer.readers.layout.lines import WIDE, Line, Run, by_amounts, recut
from explainer.readers.pages import PageWord

_VALUES = (MONEY, DASH, COUNT, DATE, CODE)
_TOTAL = re.compile(r"(?i)\s*(?:sub|grand )?total")
_FAR = 8.0
_LEAST = 3
_ABOVE = 3
_MOSTLY = 0.5
_SLACK = 1.5
_BESIDE = 60.0
_LATER = 0.5
_CUTS = (WIDE, 0.12, 0.012)


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
    cells = [[part for run in line.runs for part in by_amounts(run)] for line in anchors]
    for runs in sorted(cells, key=lambda runs: -len(runs)):
        for run in runs:
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
    """The columns, and where a cell of a heading stands over none: that beside it if it has no heading, else one of its own."""
    found = list(columns)
    for line in reversed(heading):
        for run in line.runs:
            if all(c.shared(run.left, run.right) <= 0 for c in found):
                at = _bare_beside(run, found, heading)
                if at is None:
                    found.append(Extent(run.left, run.right))
                else:
                    found[at] = found[at].with_(run)
    return sorted(found, key=lambda c: c.left)


def _bare_beside(run: Run, columns: Sequence[Extent], heading: Sequence[Line]) -> int | None:
    """The closest column to the left or right, where no cell of the heading stands over it."""
    before = [i for i, c in enumerate(columns) if c.right <= run.left]
    after = [i for i, c in enumerate(columns) if c.left >= run.right]
    beside = [*([max(before, key=lambda i: columns[i].right)] if before else [])]
    beside += [min(after, key=lambda i: columns[i].left)] if after else []
    bare = [
        i for i in beside
        if not any(columns[i].shared(r.left, r.right) > 0 for line in heading for r in line.runs)
        and abs(columns[i].shared(run.left, run.right)) < _BESIDE
    ]  # fmt: skip
    return min(bare, key=lambda i: -columns[i].shared(run.left, run.right)) if bare else None


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


def start_at(book: LabelBook, lines: Sequence[Line], first: int) -> Start | None:
    """The table whose first row has its values on that line, or None. The row itself may begin a few lines above."""
    rows = _rows_from(lines, first)
    columns = columns_of(rows)
    best: Start | None = None
    for start in range(first, max(0, first - _ABOVE) - 1, -1):
        if start < first and is_anchor(lines[start]):
            break
        for stack in stacks_above(lines, start):
            for found in _headed(book, stack, columns, rows, start):
                if best is None or found.heading.score > best.heading.score + (_LATER if found.first < best.first else 0):
                    best = found
    return best


def _headed(
    book: LabelBook, stack: Sequence[Line], columns: Sequence[Extent], rows: Sequence[Line], start: int
) -> Iterator[Start]:
    """The ways to read a table with these lines as its heading."""
    tried: list[Sequence[Line]] = []
    for wider in _CUTS:
        lines = [recut(line, wider) for line in stack]
        if lines in tried:
            continue
        tried.append(lines)
        over = _lone_headings(_divided(book, columns, lines, rows), lines)
        if len(over) >= _LEAST:
            for heading in headings_above(book, lines, over):
                yield Start(heading, Grid(tuple(over), heading.fields, _of_money(rows, over)), start)


def _of_money(rows: Sequence[Line], columns: Sequence[Extent]) -> frozenset[int]:
    found = set()
    for at, column in enumerate(columns):
        runs = [r for line in rows for r in line.runs if column.shared(r.left, r.right) > 0]
        if runs and sum(1 for r in runs if r.sort in (MONEY, DASH)) >= _MOSTLY * len(runs):
            found.add(at)
    return frozenset(found)
