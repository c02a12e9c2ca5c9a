"""Pages in reading order: tables row by row, other lines as they are printed, without what every page repeats."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from explainer.model.source import Box, PageSize
from explainer.readers.labels import LabelBook
from explainer.readers.layout.columns import TOTAL_ROW, Start, is_anchor, start_at, start_below
from explainer.readers.layout.headings import said, usable
from explainer.readers.layout.joined import longer
from explainer.readers.layout.lattice import drawn_tables
from explainer.readers.layout.lines import Line, clean_words, line_of, printed_lines, usual_space
from explainer.readers.layout.rows import Rows, goes_on, row_of, rows_from
from explainer.readers.layout.write import Blank, Item, TableRow, Writer
from explainer.readers.pages import Page, PageWord
from explainer.readers.placed import PlacedText

_APART = 1.9
_TAIL = 8
_EDGE = 0.09
_STACKED, _MOST_HEADING = 1.7, 4
_SAME_PLACE = 1.5
_ABOVE_TABLE = 2
_PAGE_NUMBER = re.compile(r"(?i)\W*(?:page|p[áa]gina|pg\.?|p\.)?\s*[0-9]{1,3}\s*(?:(?:of|de|/)\s*[0-9]{1,3})?\W*")
_SAID_PAGE = re.compile(r"(?i)\b(?:page|p[áa]gina)\b|/")


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The text with its places. hidden: how many unseen marks were taken out of it."""

    placed: PlacedText
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class _Done:
    """A page laid out: its size, what is to be written, and how wide a letter is."""

    size: PageSize
    items: list[Item]
    letter: float = 1.0


@dataclass(slots=True)
class _Layout:
    """What goes over from page to page: the last table, the last lines of the page before, and what stands at pages' edges.

    done: the pages laid out so far. headed: a table was found on this page. walls: of the last drawn table.
    hanging: in the last table words hang below the values of their rows.
    """

    book: LabelBook
    done: list[_Done] = field(default_factory=list)
    last: Start | None = None
    headed: bool = False
    hanging: bool = False
    tail: Sequence[Line] = ()
    walls: tuple[float, ...] = ()
    edges: set[tuple[str, int]] = field(default_factory=set)
    hidden: int = 0


def lay_out(pages: Sequence[Page], book: LabelBook) -> LaidOut:
    """Pages of words as one text for the readers of meaning."""
    layout = _Layout(book)
    for page in pages:
        _page(layout, page)
    writer = Writer()
    for done in layout.done:
        writer.page(done.size, done.items, done.letter)
    return LaidOut(writer.done(), layout.hidden)


def _page(layout: _Layout, page: Page) -> None:
    words, hidden = clean_words(page)
    layout.hidden += hidden
    if not words:
        layout.done.append(_Done(page.size, []))
        return
    drawn = drawn_tables(layout.book, words, page.rules, layout.walls)
    layout.walls = drawn[-1].walls if drawn else ()
    taken = frozenset[int]().union(*(table.words for table in drawn))
    lines = _lines(layout, [w for i, w in enumerate(words) if i not in taken], page)
    letter = median((w.box.right - w.box.left) / len(w.text) for w in words)
    layout.headed = False
    items: list[Item] = []
    rest = lines
    for table in drawn:
        items += _items(layout, [line for line in rest if line.middle < table.top], page.rules)
        items += [Blank(), *table.rows, Blank()]
        rest = [line for line in rest if line.middle >= table.top]
    items += _items(layout, rest, page.rules)
    layout.done.append(_Done(page.size, items, max(letter, 0.5)))
    layout.tail = lines[-_TAIL:]


def _lines(layout: _Layout, words: Sequence[PageWord], page: Page) -> list[Line]:
    """The printed lines from the top, without what every page repeats."""
    walls = [r for r in page.rules if r.bottom - r.top > 3 * (r.right - r.left)]
    printed = printed_lines(words)
    space = usual_space(printed)
    lines = sorted((line_of(line, space, walls) for line in printed), key=lambda line: line.middle)
    again = [_repeated(layout, line, page.size) for line in lines]
    return [line for at, line in enumerate(lines) if not again[at] or _on_rows(lines, at)]


def _on_rows(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands close on the rows of a table: it is a part of their heading, however often that is printed."""
    if len(lines[at].runs) < 2 or not usable(lines[at]):
        return False
    for above, below in itertools.islice(itertools.pairwise(lines[at:]), _MOST_HEADING):
        if below.middle - above.middle > _STACKED * max(above.height, below.height):
            return False
        if is_anchor(below):
            return True
        if not usable(below):
            return False
    return False


@dataclass(slots=True)
class _Items:
    """What was laid out of a page, and for each which printed line it is (-1: none)."""

    items: list[Item] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def add(self, item: Item, line: int = -1) -> None:
        self.items.append(item)
        self.lines.append(line)

    def take_back(self, first: int) -> None:
        """Takes back the printed lines from that one on."""
        while self.lines and (self.lines[-1] >= first or (self.lines[-1] < 0 and isinstance(self.items[-1], Blank))):
            self.items.pop()
            self.lines.pop()


def _items(layout: _Layout, lines: Sequence[Line], rules: Sequence[Box]) -> list[Item]:
    out, at = _Items(), 0
    while at < len(lines):
        end = _table(layout, lines, at, rules, out) if is_anchor(lines[at]) else at
        if end > at:
            at = end
            continue
        if at and lines[at].middle - lines[at - 1].middle > _APART * max(lines[at].height, lines[at - 1].height):
            out.add(Blank())
        out.add(lines[at], at)
        at += 1
    return out.items


def _table(layout: _Layout, lines: Sequence[Line], at: int, rules: Sequence[Box], out: _Items) -> int:
    """The rows from line number `at` on, under a heading right above or the last one; the number of the line behind them."""
    start = start_at(layout.book, lines, at, rules)
    if start is None and not layout.headed:
        start = start_below(layout.book, layout.tail, lines, at, rules)
    found = start
    if found is None and layout.last is not None and goes_on(lines[at], layout.last.grid):
        found = replace(layout.last, first=at)
    if found is None:
        return at
    found = _as_before(layout, found)
    rows = rows_from(layout.book, lines, found, at, rules)
    if rows.end <= at:
        return at
    _carry_back(layout, found, rows)
    if start is not None:
        out.take_back(start.first - start.heading.lines)
        for group in start.heading.groups:
            out.add(Line((group,)))
        out.add(TableRow(start.heading.cells))
    layout.last, layout.headed, layout.hanging = found, True, _hanging(rows)
    for row in rows.found:
        out.add(row_of(found.grid, row))
    return rows.end


def _as_before(layout: _Layout, found: Start) -> Start:
    """The table, with the columns of the page before where its heading stands there in the same place: more rows told them."""
    before = layout.last
    if before is None or layout.headed or not _same_heading(before, found):
        return found
    return replace(found, grid=before.grid)


def _same_heading(one: Start, two: Start) -> bool:
    ours, theirs = ([w for cell in start.heading.cells for w in cell] for start in (one, two))
    if [w.text for w in ours] != [w.text for w in theirs] or one.grid.fields != two.grid.fields:
        return False
    return all(abs(a.on_page.box.left - b.on_page.box.left) <= _SAME_PLACE for a, b in zip(ours, theirs, strict=True))


def _hanging(rows: Rows) -> bool:
    """Whether every row but the first begins with the line of its values."""
    return all(is_anchor(row[0]) for row in rows.found[1:])


def _carry_back(layout: _Layout, found: Start, rows: Rows) -> None:
    """Lines above the first values of a page end the last row of the page before, where the table goes on from there and words
    hang below the values in all its other rows."""
    first = rows.found[0]
    at = next((i for i, line in enumerate(first) if is_anchor(line)), 0)
    if not at or not _goes_on_from_before(layout, found) or not _hanging(rows):
        return
    items, more = layout.done[-1].items, row_of(found.grid, first[:at])
    last = next((i for i in range(len(items) - 1, -1, -1) if isinstance(items[i], TableRow)), -1)
    row = items[last] if last >= 0 else None
    if isinstance(row, TableRow) and _may_go_on(layout.book, row, more):
        items[last] = longer(row, more, layout.done[-1].size.number + 1)
        rows.found[0] = first[at:]


def _goes_on_from_before(layout: _Layout, found: Start) -> bool:
    """Whether a table is that of the page before: at the top of its page, with the same columns."""
    before, top = layout.last, found.first - found.heading.lines
    if before is None or layout.headed or not layout.hanging or not layout.done or top > _ABOVE_TABLE:
        return False
    return before.heading.fields == found.heading.fields


def _may_go_on(book: LabelBook, row: TableRow, more: TableRow) -> bool:
    """Whether a row that is no total has words in all cells that more words belong to."""
    first = next((said(cell) for cell in row.cells if cell), "")
    pairs = zip(row.cells, more.cells, strict=True)
    return not book.is_("total", first.rstrip(":")) and not TOTAL_ROW.match(first) and all(a for a, b in pairs if b)


def _repeated(layout: _Layout, line: Line, size: PageSize) -> bool:
    """A page's number, or a line at the edge of a page that an earlier page has too."""
    share = line.middle / size.height
    if _PAGE_NUMBER.fullmatch(line.text) and _SAID_PAGE.search(line.text):
        return True
    if _EDGE < share < 1 - _EDGE or ":" in line.text or line.amounts:
        return False
    key = line.text, round(line.middle / 3)
    seen = key in layout.edges
    layout.edges.add(key)
    return seen
