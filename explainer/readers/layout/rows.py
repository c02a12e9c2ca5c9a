"""The rows of a table: which printed lines make up each, and what stands in its cells."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from explainer.model.source import Box
from explainer.readers.atoms import CODE, DASH, DATE, MONEY, TEXT, sort_of
from explainer.readers.labels import LabelBook
from explainer.readers.layout.columns import TOTAL_ROW, Start, is_anchor
from explainer.readers.layout.extent import Grid, nearest
from explainer.readers.layout.headings import is_headed, said
from explainer.readers.layout.joined import joined_body
from explainer.readers.layout.lines import Line, Run, by_values
from explainer.readers.layout.write import TableRow
from explainer.readers.pages import PageWord

_FIT = 0.6
_WRAP = 1.8
_BETWEEN = 0.9
_UNEVEN = 0.12
_BESIDE = 0.15
_HALF = 0.5
_NEXT = 3.5
_WIDER = 1.02
_FLUSH = 1.5
_PADDING = 6.0
_SPACE = 0.25
_ENOUGH = 3
_SENTENCE = 1.06
_MOST_WRAPPED = 10


@dataclass(slots=True)
class Rows:
    """Rows as lists of printed lines, and the number of the first line behind the table."""

    found: list[list[Line]] = field(default_factory=list)
    end: int = 0


def fits(line: Line, grid: Grid) -> bool:
    """Whether the cells of a row stand under the columns."""
    return sum(1 for r in line.runs if grid.within(r) is not None) >= _FIT * len(line.runs)


def _may_wrap(line: Line, grid: Grid) -> bool:
    """Whether a line may be more of a row's words: each run within a column of words."""
    for run in line.runs:
        at = grid.within(run)
        if at is None or ": " in run.text or run.text.endswith(":") or (at in grid.money and run.text[:1] != "("):
            return False
    return True


def parted(line: Line, grid: Grid) -> Line:
    """The same line with runs that reach over several columns parted between them, where the words allow."""
    runs = [part for run in line.runs for part in _by_columns(run, line, grid)]
    return Line(tuple(runs), line.space) if len(runs) > len(line.runs) else line


def _by_columns(run: Run, line: Line, grid: Grid) -> list[Run]:
    if len(run.words) < 2 or grid.within(run) is not None:
        return [run]
    at = [nearest(w.box.left, w.box.right, grid.columns) for w in run.words]
    gaps = [b.box.left - a.box.right for a, b in itertools.pairwise(run.words)]
    usual = line.space * line.height * _WIDER
    flush = [
        any(c.isdigit() for c in a.text + b.text)
        and (abs(b.box.left - grid.columns[j].left) <= _FLUSH or abs(a.box.right - grid.columns[i].right) <= _FLUSH)
        for (a, b), (i, j) in zip(itertools.pairwise(run.words), itertools.pairwise(at), strict=True)
    ]
    cuts = [i + 1 for i, gap in enumerate(gaps) if at[i] != at[i + 1] and (line.amounts or gap > usual or flush[i])]
    parts = [Run(run.words[a:b]) for a, b in itertools.pairwise([0, *cuts, len(run.words)])]
    return parts if all(grid.within(part) is not None for part in parts) else [run]


def _words_below(lines: Sequence[Line], first: int, grid: Grid, rules: Sequence[Box]) -> bool:
    """Whether below most rows stands one run of words: the rows' descriptions, which have no column of their own."""
    anchors = below = 0
    column = grid.fields.index("description") if "description" in grid.fields else None
    for line, after in zip(lines[first:], lines[first + 1 :], strict=False):
        if goes_on(line, grid) and not TOTAL_ROW.match(line.text):
            if column is not None and any(grid.within(r) == column for r in line.runs):
                return False
            anchors += 1
            below += _is_below(line, after, rules)
    return anchors >= 2 and below >= _FIT * anchors


def _is_below(line: Line, after: Line, rules: Sequence[Box]) -> bool:
    if TOTAL_ROW.match(after.text) or _ruled(line, after, rules):
        return False
    close = after.middle - line.middle <= _WRAP * max(line.height, after.height)
    return close and len(after.runs) == 1 and after.runs[0].sort == TEXT and ": " not in after.text


def goes_on(line: Line, grid: Grid) -> bool:
    """Whether a line by itself is one more row of a table: its values stand under the columns, and there are enough of them."""
    if not is_anchor(line) or not fits(line, grid):
        return False
    runs = [part for run in line.runs for part in by_values(run)]
    told = any(r.sort in (DATE, CODE) for r in runs[:3]) or TOTAL_ROW.match(line.text) is not None
    return told or sum(1 for r in runs if r.sort in (MONEY, DASH)) >= _HALF * len(grid.money)


def _next(line: Line, above: Line | None, grid: Grid) -> bool:
    """Whether a line that follows closely on a row is the next: then its values need only stand under the columns."""
    if goes_on(line, grid):
        return True
    close = above is not None and line.middle - above.middle < _NEXT * max(line.height, above.height)
    enough = line.amounts >= 2 or len(line.runs) >= _ENOUGH
    return close and is_anchor(line) and enough and all(grid.within(r) is not None for r in line.runs)


def rows_from(book: LabelBook, printed: Sequence[Line], start: Start, anchor: int, rules: Sequence[Box]) -> Rows:
    """The rows of a table from its first printed line on; `anchor` is the line with the values of its first row."""
    grid, first = start.grid, start.first
    lines = [*printed[:first], *(parted(line, grid) for line in printed[first:])]
    rows, waiting, described = Rows([], first), list[Line](), _words_below(lines, first, grid, rules)
    for at in range(first, len(lines)):
        line = lines[at]
        if rows.found and not waiting and _same_row(rows.found[-1], line, grid):
            rows.found[-1].append(line)
            rows.end = at + 1
        elif at == anchor or _next(line, lines[at - 1] if rows.found else None, grid):
            if not _row(book, lines, at, rows, waiting, grid, rules):
                break
            rows.end, waiting = at + 1, []
        elif described and rows.found and not waiting and _is_below(lines[at - 1], line, rules) and is_anchor(lines[at - 1]):
            rows.found[-1].append(line)
            rows.end = at + 1
        elif _may_wrap(line, grid) and len(waiting) < _MOST_WRAPPED:
            waiting.append(line)
        else:
            break
    if not (rows.found and book.is_("total", rows.found[-1][0].runs[0].text.rstrip(":"))):
        _trailing(rows, lines, waiting, grid, rules)
    return rows


def _same_row(row: Sequence[Line], line: Line, grid: Grid) -> bool:
    """Whether a line stands beside the last lines of a row, a little lower, in columns that hold nothing there yet."""
    beside = [part for part in row if line.top < part.bottom - _BESIDE * min(part.height, line.height)]
    taken = {grid.within(r) for part in beside for r in part.runs}
    return bool(beside) and fits(line, grid) and not taken & {grid.within(r) for r in line.runs}


def _row(
    book: LabelBook, lines: Sequence[Line], at: int, rows: Rows, waiting: Sequence[Line], grid: Grid, rules: Sequence[Box]
) -> bool:
    """Opens a row; lines that wait go to the row above or to this one. False where they belong to neither."""
    if not rows.found:
        rows.found.append([*waiting, lines[at]])
        return _close_together(rows.found[-1])
    if not waiting:
        rows.found.append([lines[at]])
        return True
    if is_headed(book, lines, at, grid.columns):
        return False
    chain = [rows.found[-1][-1], *waiting, lines[at]]
    cut = _cut(rows.found[-1], chain, rules, grid)
    above, below = [*rows.found[-1], *chain[1 : cut + 1]], chain[cut + 1 :]
    if not _close_together(above) or not _close_together(below):
        return False
    rows.found[-1] = above
    rows.found.append(below)
    return True


def _close_together(row: Sequence[Line]) -> bool:
    """Whether the lines of a row stand like those of one cell, or beside each other."""
    return all(gap <= _BETWEEN * line.height for gap, line in zip(_gaps(row), row, strict=False))


def _gaps(lines: Sequence[Line]) -> list[float]:
    """The room between each line and all that stands above it."""
    found, reach = [], lines[0].bottom
    for line in lines[1:]:
        found.append(line.top - reach)
        reach = max(reach, line.bottom)
    return found


def _cut(above: Sequence[Line], chain: Sequence[Line], rules: Sequence[Box], grid: Grid) -> int:
    """The number of the gap that parts two rows: where a rule is drawn, where a row's day begins, else the widest."""
    ruled = [i for i, (a, b) in enumerate(itertools.pairwise(chain)) if _ruled(a, b, rules)]
    if ruled:
        return ruled[0]
    gaps = _gaps([*above[:-1], *chain])[len(above) - 1 :]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    if gaps[widest] - min(gaps) > _UNEVEN * chain[0].height:
        return widest
    begun = next((i for i, line in enumerate(chain[1:-1]) if _begins(line, chain[0], chain[-1], grid)), None)
    if begun is not None:
        return begun
    hanging = _sound([*above, *chain[1:-1]], grid) or not (_sound(above, grid) and _sound(chain[1:], grid))
    return len(gaps) - 1 if hanging else 0


def _sound(lines: Sequence[Line], grid: Grid) -> bool:
    """Whether lines make a row whose days are days."""
    cells = row_of(grid, lines).cells
    days = [said(c) for c, field in zip(cells, grid.fields, strict=True) if c and field in ("service_date", "service_end")]
    return all(sort_of(day) == DATE for day in days)


def _begins(line: Line, above: Line, below: Line, grid: Grid) -> bool:
    """Whether a line between two rows has the day or code that the row below lacks."""
    here = {grid.within(r) for r in line.runs if r.sort in (DATE, CODE)}
    return any(at is not None and at in _filled(above, grid) and at not in _filled(below, grid) for at in here)


def _filled(line: Line, grid: Grid) -> set[int | None]:
    return {grid.within(r) for r in line.runs}


def _ruled(above: Line, below: Line, rules: Sequence[Box]) -> bool:
    """Whether a level rule lies between two lines."""
    return any(
        r.right - r.left > 3 * (r.bottom - r.top) and above.middle < (r.top + r.bottom) / 2 < below.middle
        and min(r.right, above.right) > max(r.left, above.left)
        for r in rules
    )  # fmt: skip


def _trailing(rows: Rows, lines: Sequence[Line], waiting: Sequence[Line], grid: Grid, rules: Sequence[Box]) -> None:
    """Lines behind the last row that run on from it: close below, in columns that have words above."""
    for line in waiting:
        if not rows.found or lines[rows.end] is not line:
            return
        last = rows.found[-1][-1]
        taken = {grid.within(r) for part in rows.found[-1] for r in part.runs}
        reach = _SENTENCE if TOTAL_ROW.match(rows.found[-1][0].text) else _close(rows)
        close = line.middle - last.middle <= reach * max(line.height, last.height)
        if not close or _ruled(last, line, rules) or any(grid.within(r) not in taken for r in line.runs):
            return
        if not any(_no_room(rows, run, grid) for run in line.runs):
            return
        rows.found[-1].append(line)
        rows.end += 1


def _no_room(rows: Rows, run: Run, grid: Grid) -> bool:
    """Whether the line above in the same column had no room for the first word of this one: so it runs on."""
    at = grid.within(run)
    above = [[r for line in row for r in line.runs if grid.within(r) == at] for row in rows.found]
    wrapped = any(len(runs) > 1 for runs in above[:-1])
    edge = max(r.right for runs in above for r in runs) + _FLUSH
    if not wrapped and at is not None and at + 1 < len(grid.columns):
        edge = max(edge, grid.columns[at + 1].left - _PADDING)
    last, word = above[-1][-1], run.words[0].box
    if last.text[-1:] == "-" and last.text[-2:-1].isalnum():
        return True  # "97164-" above "59", "re-" above "check"
    return last.right + (word.right - word.left) + _SPACE * (word.bottom - word.top) > edge


def _close(rows: Rows) -> float:
    """How far apart, in heights, the lines of a row may stand: as in the rows above, else hardly more than in a sentence."""
    gaps = [(b.middle - a.middle) / max(a.height, b.height) for row in rows.found[:-1] for a, b in itertools.pairwise(row)]
    return max(1.3, max(gaps) * 1.1) if gaps else 1.3


def row_of(grid: Grid, lines: Sequence[Line]) -> TableRow:
    """The cells of a row from its printed lines."""
    cells: list[list[list[PageWord]]] = [[] for _ in grid.columns]
    for line in sorted(lines, key=lambda line: line.middle):
        for column, words in _by_column(grid, line).items():
            cells[column].append(words)
    return TableRow(tuple(joined_body(parts) for parts in cells))


def _by_column(grid: Grid, line: Line) -> dict[int, list[PageWord]]:
    found: dict[int, list[PageWord]] = {}
    lone = line.runs[0] if len(line.runs) == 1 else None
    below = grid.words_column() if lone and lone.sort == TEXT and grid.within(lone) is None else None
    for run in line.runs:
        at = grid.within(run) if below is None else below
        for word in run.words:
            column = nearest(word.box.left, word.box.right, grid.columns) if at is None else at
            found.setdefault(column, []).append(word)
    return found
