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
from explainer.readers.layout.joined import joined_body
from explainer.readers.layout.lines import line_of, printed_lines
from explainer.readers.layout.write import Cell, TableRow, Word
from explainer.readers.pages import PageWord
from explainer.readers.rows import REACHES

_TOUCH = 2.5
_LONG = 5.0
_BUCKET = 40.0
_COLUMNS, _ROWS = 3, 2
_MOSTLY = 0.6
_OPEN = 8.0
_BESIDE = 60.0
_HEADING_WITHIN = 3
_SAME_HEIGHT = 0.3
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
    """Rules that hang together: the places of its upright and of its level ones, and the rules themselves.

    open: places at the edges where no upright rule is drawn, but the level ones end.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Box, ...]
    level: tuple[Box, ...]
    open: frozenset[float] = frozenset()

    def walls(self, top: float, bottom: float) -> list[int]:
        """The numbers of the upright places that are drawn beside [top, bottom]."""
        middle = (top + bottom) / 2
        beside = [r for r in self.upright if r.top - _TOUCH <= middle <= r.bottom + _TOUCH]
        return [i for i, x in enumerate(self.xs) if x in self.open or any(abs(_across(r) - x) <= _TOUCH for r in beside)]

    def closed(self, y: float, left: float, right: float) -> bool:
        """Whether level rules are drawn at that height along most of [left, right]."""
        here = [r for r in self.level if abs(_along(r) - y) <= _TOUCH]
        drawn = sum(max(0.0, min(r.right, right) - max(r.left, left)) for r in here)
        return drawn >= _MOSTLY * (right - left)


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
            yield _Frame((*left, *xs, *right), ys, upright, tuple(level), frozenset((*left, *right)))


def _ends(level: Sequence[Box], xs: Sequence[float]) -> tuple[list[float], list[float]]:
    """Where most long level rules begin and end, if that is beyond the outer upright ones."""
    long = [r for r in level if r.right - r.left >= (xs[-1] - xs[0]) * _MOSTLY]
    if not long:
        return [], []
    left, right = median(r.left for r in long), median(r.right for r in long)
    return [left] if xs[0] - left > _OPEN else [], [right] if right - xs[-1] > _OPEN else []


Lines = list[list[PageWord]]


@dataclass(slots=True)
class _Band:
    """What stands between two level rules: where its cells' walls are, and the printed lines of each column; a cell over several
    columns stands in its first one. reached: columns whose cell is that of the row above."""

    top: float
    walls: list[int]
    cells: list[Lines]
    reached: frozenset[int] = frozenset()

    def width(self, column: int) -> int | None:
        """Behind how many columns the cell that starts with that one ends; None where none starts there."""
        return next((b - a for a, b in itertools.pairwise(self.walls) if a == column), None)


def _band(frame: _Frame, band: tuple[float, float], words: Sequence[PageWord]) -> _Band | None:
    walls = frame.walls(*band)
    if len(walls) < 2:
        return None
    cells: list[Lines] = [[] for _ in frame.xs[1:]]
    for left, right in itertools.pairwise(walls):
        inside = [w for w in words if frame.xs[left] <= _across(w.box) < frame.xs[right]]
        cells[left] = printed_lines(inside)
    return _Band(band[0], walls, cells)


def _joined_down(frame: _Frame, bands: Sequence[_Band]) -> None:
    """Joins what stands in one cell beside several rows: it is written in the first of them."""
    for column in range(len(frame.xs) - 1):
        at = 0
        while at < len(bands):
            end = at + 1
            while end < len(bands) and _open_between(frame, bands[end - 1], bands[end], column):
                end += 1
            if end - at > 1 and not _each_its_own(bands[at:end], column):
                words = [w for band in bands[at:end] for line in band.cells[column] for w in line]
                bands[at].cells[column] = printed_lines(words)
                for band in bands[at + 1 : end]:
                    band.cells[column], band.reached = [], band.reached | {column}
            at = end


def _open_between(frame: _Frame, above: _Band, below: _Band, column: int) -> bool:
    """Whether the cells of two rows in that column are one: as wide as each other, and no rule between them."""
    width = above.width(column)
    if width is None or width != below.width(column):
        return False
    return not frame.closed(below.top, frame.xs[column], frame.xs[column + width])


def _each_its_own(bands: Sequence[_Band], column: int) -> bool:
    """Whether every row has words of its own in that column, in line with its other words: only the rules are missing."""
    return all(any(_in_line(line, band, column) for line in band.cells[column]) for band in bands)


def _in_line(line: Sequence[PageWord], band: _Band, column: int) -> bool:
    middle, height = _middle(line), max(w.box.bottom - w.box.top for w in line)
    others = [_middle(other) for at, lines in enumerate(band.cells) if at != column for other in lines]
    return any(abs(middle - other) <= _SAME_HEIGHT * height for other in others)


def _middle(line: Sequence[PageWord]) -> float:
    return median(_along(w.box) for w in line)


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


def _services(bands: Sequence[_Band]) -> list[TableRow]:
    """The rows; where a cell of the row above reaches down, a mark says so."""
    made: list[TableRow] = []
    for band in bands:
        cells = list(_body(band.cells))
        for column in band.reached:
            cells[column] = tuple(Word(REACHES, word.on_page) for word in made[-1].cells[column][:1])
        made.append(TableRow(tuple(cells)))
    return made


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
    taken, bands = set(held), []
    if _goes_on_beside(frame, [w for i, w in enumerate(words) if i not in taken]):
        return None
    for band in itertools.pairwise(frame.ys):
        found = _band(frame, band, [words[i] for i in held if band[0] <= _along(words[i].box) < band[1]])
        if found is not None and any(found.cells):
            bands.append(found)
    rows = [band.cells for band in bands]
    headed = _heading(book, rows) if rows else None
    services = bands[headed[0] + 1 :] if headed else bands
    if not services or not (headed or _goes_on(frame.xs, before)) or not all(_one_service(band.cells) for band in services):
        return None
    _joined_down(frame, services)
    head: list[TableRow] = []
    if headed:
        last, heading = headed
        head = [*(TableRow(_body(row)) for row in rows[: last + 1 - heading.lines]), TableRow(heading.cells)]
    return Drawn(top, frame.xs, frozenset(held), (*head, *_services(services)))
