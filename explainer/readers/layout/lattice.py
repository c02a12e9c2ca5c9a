"""Tables whose cells are all drawn: a cell is what rules enclose, however its words wrap."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from explainer.model.source import Box
from explainer.readers.labels import LabelBook
from explainer.readers.layout.columns import is_anchor
from explainer.readers.layout.headings import Heading, good, joined, said, score
from explainer.readers.layout.lines import line_of, printed_lines
from explainer.readers.layout.rows import joined_body
from explainer.readers.layout.write import Cell, TableRow
from explainer.readers.pages import PageWord

_TOUCH = 2.5
_LONG = 5.0
_BUCKET = 40.0
_COLUMNS, _ROWS = 3, 2
_MOSTLY = 0.6
_OPEN = 8.0
_BESIDE = 60.0
_HEADING_WITHIN = 3
_MOST_RULES = 4_000
_MOST_CELLS = 4_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn table: where it stands and its walls, the words it holds, and its rows with the heading first, if it has one."""

    top: float
    walls: tuple[float, ...]
    words: frozenset[int]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Rules that hang together: the places of its upright and of its level ones, and the upright ones themselves.

    open: places at the edges where no upright rule is drawn, but the level ones end.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Box, ...]
    open: frozenset[float] = frozenset()

    def walls(self, top: float, bottom: float) -> list[int]:
        """The numbers of the upright places that are drawn beside [top, bottom]."""
        middle = (top + bottom) / 2
        beside = [r for r in self.upright if r.top - _TOUCH <= middle <= r.bottom + _TOUCH]
        return [i for i, x in enumerate(self.xs) if x in self.open or any(abs(_across(r) - x) <= _TOUCH for r in beside)]


def _across(rule: Box) -> float:
    return (rule.left + rule.right) / 2


def _along(rule: Box) -> float:
    return (rule.top + rule.bottom) / 2


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """Values that stand close together as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOUCH:
            found.append(value)
    return tuple(found)


def _buckets(rule: Box) -> Iterator[tuple[int, int]]:
    across = range(int((rule.left - _TOUCH) // _BUCKET), int((rule.right + _TOUCH) // _BUCKET) + 1)
    down = range(int((rule.top - _TOUCH) // _BUCKET), int((rule.bottom + _TOUCH) // _BUCKET) + 1)
    return itertools.product(across, down)


def _touch(a: Box, b: Box) -> bool:
    level = a.left - _TOUCH <= b.right and b.left <= a.right + _TOUCH
    return level and a.top - _TOUCH <= b.bottom and b.top <= a.bottom + _TOUCH


def _together(rules: Sequence[Box]) -> list[list[Box]]:
    """The rules in groups that touch each other."""
    near: dict[tuple[int, int], list[int]] = defaultdict(list)
    group = list(range(len(rules)))

    def first(at: int) -> int:
        while group[at] != at:
            group[at] = at = group[group[at]]
        return at

    for at, rule in enumerate(rules):
        for bucket in _buckets(rule):
            for other in near[bucket]:
                if first(other) != first(at) and _touch(rule, rules[other]):
                    group[first(at)] = first(other)
            near[bucket].append(at)
    found: dict[int, list[Box]] = defaultdict(list)
    for at, rule in enumerate(rules):
        found[first(at)].append(rule)
    return list(found.values())


def _frames(rules: Sequence[Box]) -> Iterator[_Frame]:
    long = [r for r in rules if max(r.right - r.left, r.bottom - r.top) >= _LONG]
    for together in _together(long) if len(long) <= _MOST_RULES else ():
        upright = tuple(r for r in together if r.bottom - r.top > r.right - r.left)
        level = [r for r in together if r.bottom - r.top <= r.right - r.left]
        xs, ys = _places(map(_across, upright)), _places(map(_along, level))
        if len(xs) > _COLUMNS and len(ys) > _ROWS and len(xs) * len(ys) <= _MOST_CELLS:
            left, right = _ends(level, xs)
            yield _Frame((*left, *xs, *right), ys, upright, frozenset((*left, *right)))


def _ends(level: Sequence[Box], xs: Sequence[float]) -> tuple[list[float], list[float]]:
    """Where most long level rules begin and end, if that is beyond the outer upright ones."""
    long = [r for r in level if r.right - r.left >= (xs[-1] - xs[0]) * _MOSTLY]
    if not long:
        return [], []
    left, right = median(r.left for r in long), median(r.right for r in long)
    return [left] if xs[0] - left > _OPEN else [], [right] if right - xs[-1] > _OPEN else []


Lines = list[list[PageWord]]


def _row(frame: _Frame, band: tuple[float, float], words: Sequence[PageWord]) -> list[Lines] | None:
    """The printed lines of each column between two level rules; a cell over several columns stands in its first one."""
    walls = frame.walls(*band)
    if len(walls) < 2:
        return None
    cells: list[Lines] = [[] for _ in frame.xs[1:]]
    for left, right in itertools.pairwise(walls):
        inside = [w for w in words if frame.xs[left] <= _across(w.box) < frame.xs[right]]
        cells[left] = printed_lines(inside)
    return cells


def _one_service(cells: Sequence[Lines]) -> bool:
    """Whether a row holds the amounts of one service: no two of its printed lines do in more than one cell."""
    crowded = 0
    for lines in cells:
        crowded += sum(1 for line in lines if is_anchor(line_of(line, 0.25, ()))) > 1
    return crowded < 2


def _heading(book: LabelBook, rows: Sequence[Sequence[Lines]]) -> tuple[int, Heading] | None:
    """The heading among the first rows, and the number of the row it ends with; a row of group names may stand above it."""
    best: tuple[int, Heading] | None = None
    for first, last in ((a, b) for b in range(min(_HEADING_WITHIN, len(rows))) for a in range(b + 1)):
        cells = tuple(joined(book, [line for row in rows[first : last + 1] for line in row[at]]) for at in range(len(rows[0])))
        fields = tuple(book.field_of(said(cell)) if cell else None for cell in cells)
        made = Heading(cells, fields, score(cells, fields), last - first + 1)
        if good(made) and (best is None or made.score > best[1].score):
            best = last, made
    return best


def _body(cells: Sequence[Lines]) -> tuple[Cell, ...]:
    return tuple(joined_body(lines) for lines in cells)


def drawn_tables(book: LabelBook, words: Sequence[PageWord], rules: Sequence[Box], before: Sequence[float] = ()) -> list[Drawn]:
    """The drawn tables of a page, from the top: those with a known heading, and one that goes on between the walls of `before`,
    the last one of an earlier page. A frame that holds several services in one cell is none: only its columns are drawn."""
    found = [table for frame in _frames(rules) if (table := _table(book, frame, words, before)) is not None]
    return sorted(found, key=lambda table: table.top)


def _goes_on_beside(frame: _Frame, others: Sequence[PageWord]) -> bool:
    """Whether words stand close beside most rows: then the table is wider than what is drawn of it."""
    left, right = frame.xs[0], frame.xs[-1]
    near = [w for w in others if left - _BESIDE < w.box.right <= left or right <= w.box.left < right + _BESIDE]
    bands = list(itertools.pairwise(frame.ys))
    beside = sum(1 for top, bottom in bands if any(top <= _along(w.box) < bottom for w in near if any(map(str.isalnum, w.text))))
    return beside > len(bands) / 2


def _goes_on(walls: Sequence[float], before: Sequence[float]) -> bool:
    return len(walls) == len(before) and all(abs(a - b) <= _TOUCH for a, b in zip(walls, before, strict=True))


def _table(book: LabelBook, frame: _Frame, words: Sequence[PageWord], before: Sequence[float]) -> Drawn | None:
    left, right, top, bottom = frame.xs[0], frame.xs[-1], frame.ys[0], frame.ys[-1]
    held = [i for i, w in enumerate(words) if left <= _across(w.box) <= right and top <= _along(w.box) <= bottom]
    taken, rows = set(held), []
    if _goes_on_beside(frame, [w for i, w in enumerate(words) if i not in taken]):
        return None
    for band in itertools.pairwise(frame.ys):
        row = _row(frame, band, [words[i] for i in held if band[0] <= _along(words[i].box) < band[1]])
        if row is not None and any(row):
            rows.append(row)
    headed = _heading(book, rows) if rows else None
    services = rows[headed[0] + 1 :] if headed else rows
    if not services or not (headed or _goes_on(frame.xs, before)) or not all(_one_service(row) for row in services):
        return None
    head: list[TableRow] = []
    if headed:
        last, heading = headed
        head = [*(TableRow(_body(row)) for row in rows[: last + 1 - heading.lines]), TableRow(heading.cells)]
    return Drawn(top, frame.xs, frozenset(held), (*head, *(TableRow(_body(row)) for row in services)))
