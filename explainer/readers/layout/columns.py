"""The columns of a table, told from the cells of its rows and from its heading."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from explainer.model.source import Box
from explainer.readers.atoms import CODE, COUNT, DASH, DATE, MONEY
from explainer.readers.columns import MONEY_COLUMNS
from explainer.readers.labels import LabelBook
from explainer.readers.layout.extent import Extent, Grid, nearest
from explainer.readers.layout.headings import Heading, headings_above, stacks_above, usable
from explainer.readers.layout.lines import DOLLAR, WIDE, Line, Run, by_values, recut
from explainer.readers.pages import PageWord

_VALUES = (MONEY, DASH, COUNT, DATE, CODE)
TOTAL_ROW = re.compile(r"(?i)\s*(?:sub|grand )?total")
_FAR = 8.0
_LEAST = 3
_ABOVE = 3
_MOSTLY = 0.5
_SLACK = 1.5
_BESIDE = 60.0
_LATER = 0.5
_LEFT_OUT = 0.8
_WRAPPED = 4
_HALF = 0.5
_CUTS = ((WIDE, False), (0.12, True), (0.12, False), (0.012, False))


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
    return values >= 2 or (len(line.runs) >= 2 and TOTAL_ROW.match(line.runs[0].text) is not None)


@dataclass(frozen=True, slots=True)
class Region:
    """The lines of a table's rows: those with their values, and others between that may be more of their words."""

    rows: tuple[Line, ...]
    others: tuple[Line, ...]

    def columns(self) -> list[Extent]:
        """The columns, from the row with the most cells on; a cell across several columns makes none. Words between the rows
        make columns only where the rows have none."""
        cells = [[part for run in line.runs for part in by_values(run)] for line in self.rows]
        found = _grown([], [r for runs in sorted(cells, key=lambda runs: -len(runs)) for r in runs])
        more = [r for line in self.others for r in line.runs if all(c.shared(r.left, r.right) <= 0 for c in found)]
        return sorted([*found, *_grown([], more)], key=lambda c: c.left)

    @property
    def words(self) -> list[PageWord]:
        """All words of it."""
        return [w for line in (*self.rows, *self.others) for r in line.runs for w in r.words]


def _grown(found: list[Extent], runs: Iterable[Run]) -> list[Extent]:
    for run in runs:
        over = [i for i, c in enumerate(found) if c.shared(run.left, run.right) > 0]
        if not over:
            found.append(Extent(run.left, run.right))
        elif len(over) == 1:
            found[over[0]] = found[over[0]].with_(run)
    return found


def _region(book: LabelBook, lines: Sequence[Line], first: int) -> Region:
    """The rows that follow closely: they tell where the columns are."""
    rows, others, last = [lines[first]], list[Line](), lines[first]
    waiting: list[Line] = []
    for line in lines[first + 1 :]:
        if line.middle - last.middle > _FAR * max(line.height, last.height) or any(": " in r.text for r in line.runs):
            break
        if not line.amounts and _names_columns(book, line):
            break
        if is_anchor(line):
            rows.append(line)
            others += waiting
            waiting, last = [], line
        else:
            waiting.append(line)
    after = [line for line in waiting[:_WRAPPED] if line.top - last.bottom < line.height * _HALF]
    return Region(tuple(rows), (*others, *after))


def _names_columns(book: LabelBook, line: Line) -> bool:
    """Whether a line holds several labels, as the heading of the next table does."""
    return len({hit.field for hit in book.scan(line.text)}) >= _LEAST


def _between_walls(columns: Sequence[Extent], region: Region, heading: Sequence[Line], rules: Sequence[Box]) -> list[Extent]:
    """Where upright rules are drawn through the table, its columns reach from rule to rule."""
    top, bottom = heading[0].top, region.rows[-1].bottom
    here = sorted(
        {round((r.left + r.right) / 2, 1) for r in rules if r.bottom - r.top > 3 * (r.right - r.left)
         and min(r.bottom, bottom) > max(r.top, top)}
    )  # fmt: skip
    walls = [x for i, x in enumerate(here) if not i or x - here[i - 1] > 2 * _SLACK]
    if len(walls) < 3 or any(w.box.left < x - _SLACK and w.box.right > x + _SLACK for x in walls for w in region.words):
        return list(columns)
    cells = [Extent(a + _SLACK, b - _SLACK) for a, b in itertools.pairwise(walls)]
    outside = [c for c in columns if c.right < walls[0] or c.left > walls[-1]]
    return sorted([*cells, *outside], key=lambda c: c.left) if len(cells) >= _LEAST - 1 else list(columns)


def _lone_headings(columns: Sequence[Extent], stacks: Sequence[Extent]) -> list[Extent]:
    """The columns, and where a cell of the heading stands over none: that beside it if it has no heading, else one of its own."""
    found = list(columns)
    for stack in stacks:
        if all(c.shared(stack.left, stack.right) <= 0 for c in found):
            at = _bare_beside(stack, found, stacks)
            if at is None:
                found.append(stack)
            else:
                found[at] = Extent(min(found[at].left, stack.left), max(found[at].right, stack.right))
    return sorted(found, key=lambda c: c.left)


def _bare_beside(stack: Extent, columns: Sequence[Extent], stacks: Sequence[Extent]) -> int | None:
    """The closest column to the left or right, where no cell of the heading stands over it."""
    before = [i for i, c in enumerate(columns) if c.right <= stack.left]
    after = [i for i, c in enumerate(columns) if c.left >= stack.right]
    beside = [*([max(before, key=lambda i: columns[i].right)] if before else [])]
    beside += [min(after, key=lambda i: columns[i].left)] if after else []
    bare = [i for i in beside if _is_bare(columns[i], stacks) and -columns[i].shared(stack.left, stack.right) < _BESIDE]
    return max(bare, key=lambda i: columns[i].shared(stack.left, stack.right)) if bare else None


def _is_bare(column: Extent, stacks: Sequence[Extent]) -> bool:
    return all(column.shared(s.left, s.right) <= 0 for s in stacks)


def _divided(columns: Sequence[Extent], stacks: Sequence[Extent], words: Sequence[PageWord]) -> list[Extent]:
    """A column under several cells of the heading is as many, where no word of the rows stands across."""
    homes = [nearest(s.left, s.right, columns) for s in stacks]
    for at, column in enumerate(columns):
        pairs = zip(stacks, homes, strict=True)
        over = [s for s, home in pairs if home == at and column.shared(s.left, s.right) > -_BESIDE / 4]
        if len(over) < 2:
            continue
        here = [w for w in words if nearest(w.box.left, w.box.right, columns) == at and not DOLLAR.fullmatch(w.text)]
        cut = next((c for a, b in itertools.pairwise(over) if (c := _cut(a, b, here)) is not None), None)
        if cut is not None:
            parts = [Extent(column.left, cut[0]), Extent(cut[1], column.right)]
            return _divided([*columns[:at], *parts, *columns[at + 1 :]], stacks, words)
    return list(columns)


def _stacks(heading: Sequence[Line]) -> list[Extent]:
    """The cells of a heading that stand above each other, from the narrowest on; one across several is left out."""
    found: list[Extent] = []
    for run in sorted((r for line in heading for r in line.runs), key=lambda r: r.right - r.left):
        over = [i for i, s in enumerate(found) if s.shared(run.left, run.right) > 0]
        if not over:
            found.append(Extent(run.left, run.right))
        elif len(over) == 1:
            found[over[0]] = found[over[0]].with_(run)
    return sorted(found, key=lambda s: s.left)


def _cut(left: Extent, right: Extent, words: Sequence[PageWord]) -> tuple[float, float] | None:
    """The stretch between the middles of two headings where no word stands, with words at both sides of it: where the second
    heading begins or the first one ends, else the widest."""
    found: list[tuple[bool, float, tuple[float, float]]] = []
    spans = sorted((w.box.left, w.box.right) for w in words)
    reach = spans[0][1] if spans else 0.0
    for start, end in spans[1:]:
        if start > max(reach, left.middle) and left.left - _SLACK <= reach < right.middle and start <= right.right + _SLACK:
            aligned = abs(start - right.left) <= _SLACK or abs(reach - left.right) <= _SLACK
            found.append((aligned, start - reach, (reach, start)))
        reach = max(reach, end)
    return max(found)[2] if found else None


def start_at(book: LabelBook, lines: Sequence[Line], first: int, rules: Sequence[Box]) -> Start | None:
    """The table whose first row has its values on that line, or None. The row itself may begin a few lines above."""
    region = _region(book, lines, first)
    best: Start | None = None
    for start in range(first, max(0, first - _ABOVE) - 1, -1):
        if start < first and is_anchor(lines[start]):
            break
        for stack in stacks_above(lines, start):
            for found in _headed(book, stack, region, rules, start):
                found = replace(found, heading=_cut_short(found, lines, start - len(stack)))
                if best is None or found.heading.score > best.heading.score + (_LATER if found.first < best.first else 0):
                    best = found
    return best


def _cut_short(found: Start, lines: Sequence[Line], top: int) -> Heading:
    """The heading, thought less of where the line close above it stands over its columns too: half a heading misleads."""
    heading, above = found.heading, lines[top - 1] if top else None
    if above is None or not usable(above) or lines[top].top - above.bottom > _HALF * above.height:
        return heading
    over = [nearest(r.left, r.right, found.grid.columns) for r in above.runs if _over_one(r, found.grid.columns)]
    left_out = len(over) if len(over) > 1 or (over and over[0]) else 0
    return replace(heading, score=heading.score - _LEFT_OUT * left_out)


def _over_one(run: Run, columns: Sequence[Extent]) -> bool:
    return sum(1 for c in columns if c.shared(run.left, run.right) > 0) == 1


def start_below(book: LabelBook, tail: Sequence[Line], lines: Sequence[Line], first: int, rules: Sequence[Box]) -> Start | None:
    """The table whose heading is the last of the page before, and whose first row has its values on that line of this page."""
    region = _region(book, lines, first)
    best: Start | None = None
    for stack in stacks_above(tail, len(tail)):
        for found in _headed(book, stack, region, (), first):
            if best is None or found.heading.score > best.heading.score:
                best = found
    return replace(best, heading=replace(best.heading, lines=0)) if best else None


def _headed(book: LabelBook, stack: Sequence[Line], region: Region, rules: Sequence[Box], start: int) -> Iterator[Start]:
    """The ways to read a table with these lines as its heading."""
    tried: list[object] = []
    found = region.columns()
    for wider, by_page in _CUTS:
        lines = [recut(line, wider, by_page) for line in stack]
        columns, stacks = _between_walls(found, region, lines, rules), _stacks(lines)
        for parted in (columns, _divided(columns, stacks, region.words)) if columns == found else (columns,):
            over = _lone_headings(parted, stacks)
            if len(over) < _LEAST or (lines, over) in tried:
                continue
            tried.append((lines, over))
            for heading in headings_above(book, lines, over):
                grid = Grid(_widened(over, heading), heading.fields, _of_money(region.rows, over, heading.fields))
                yield Start(heading, grid, start)


def _widened(columns: Sequence[Extent], heading: Heading) -> tuple[Extent, ...]:
    """The columns as wide as their headings too, as far as they reach into no other's words."""
    out = []
    for at, (column, cell) in enumerate(zip(columns, heading.cells, strict=True)):
        floor = columns[at - 1].right if at else 0.0
        ceiling = columns[at + 1].left if at + 1 < len(columns) else float("inf")
        left = min([column.left, *(max(w.on_page.box.left, floor) for w in cell)])
        right = max([column.right, *(min(w.on_page.box.right, ceiling) for w in cell)])
        out.append(Extent(left, right))
    return tuple(out)


def _of_money(rows: Sequence[Line], columns: Sequence[Extent], fields: Sequence[str | None]) -> frozenset[int]:
    """The columns of amounts: by their headings, else by what most of their cells are."""
    found = {at for at, field in enumerate(fields) if field in MONEY_COLUMNS}
    for at, column in enumerate(columns):
        runs = [r for line in rows for r in line.runs if column.shared(r.left, r.right) > 0]
        if fields[at] is None and runs and sum(1 for r in runs if r.sort in (MONEY, DASH)) >= _MOSTLY * len(runs):
            found.add(at)
    return frozenset(found)
