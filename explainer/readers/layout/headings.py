"""The heading of a table: which printed lines above its first row it takes, and the words over each column."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from explainer.readers.atoms import CODE, DATE, MONEY
from explainer.readers.columns import MONEY_COLUMNS
from explainer.readers.labels import LabelBook
from explainer.readers.layout.extent import Extent, nearest
from explainer.readers.layout.lines import Line, Run
from explainer.readers.layout.write import Cell, Word
from explainer.readers.pages import PageWord

_MOST_LINES = 8
_NEAR = 2.6
_UNKNOWN = 1.2
_AGAIN = 0.8
_MONEY = 0.1
_BARE = 0.6
_NUMBERED = 0.7
_BREAKS = 5
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Heading:
    """The cells over the columns, how good it is, the lines it takes, and those that name groups of columns."""

    cells: tuple[Cell, ...]
    fields: tuple[str | None, ...]
    score: float
    lines: int
    groups: tuple[Run, ...] = ()


def usable(line: Line) -> bool:
    """Whether a line may be part of a heading: it holds no values and no label before a colon."""
    if any(r.sort in (MONEY, DATE) or (r.sort == CODE and r.text[:1].isdigit()) for r in line.runs):
        return False
    return not any(":" in r.text[:-1] or len(r.text) > _LONGEST or (r.text.endswith(".") and len(r.words) > 5) for r in line.runs)


def cell_of(words: Sequence[PageWord], glued: Iterable[int] = (), cut: Iterable[int] = ()) -> Cell:
    """A cell of words; those numbered in `glued` follow the one before without a space, those in `cut` lose their last letter."""
    tight, short = set(glued), set(cut)
    return tuple(Word(w.text[:-1] if i in short else w.text, w, i in tight) for i, w in enumerate(words))


def said(cell: Cell) -> str:
    """The text of a cell."""
    return "".join(("" if w.glued or not i else " ") + w.text for i, w in enumerate(cell))


def joined(book: LabelBook, lines: Sequence[Sequence[PageWord]]) -> Cell:
    """The words over a column. Where a word was broken over two lines ("Coinsuran" "ce"), whichever way is a known heading."""
    words = [w for line in lines for w in line]
    breaks = list(itertools.accumulate(len(line) for line in lines))[:-1][:_BREAKS]
    plain = cell_of(words)
    if not breaks or book.exactly(said(plain)):
        return plain
    ways = [w for n in range(len(breaks) + 1) for w in itertools.combinations(breaks, n)]
    made = [cell_of(words, way, [at - 1 for at in way if words[at - 1].text.endswith("-")]) for way in ways]
    for known in (book.exactly, book.field_of):
        found = next((cell for cell in made if known(said(cell))), None)
        if found is not None:
            return found
    return plain


def _over(run: Run, columns: Sequence[Extent]) -> list[int]:
    """The columns that a run stands over, by a good part of itself or of them."""
    found = []
    for at, column in enumerate(columns):
        shared = column.shared(run.left, run.right)
        if shared > 0.35 * min(run.right - run.left, column.right - column.left):
            found.append(at)
    return found


def _placed(run: Run, columns: Sequence[Extent]) -> list[tuple[int, list[PageWord]]]:
    """The words of a run by column."""
    over = _over(run, columns)
    if len(over) < 2:
        return [(over[0] if over else nearest(run.left, run.right, columns), list(run.words))]
    parts: dict[int, list[PageWord]] = {}
    for word in run.words:
        parts.setdefault(nearest(word.box.left, word.box.right, columns), []).append(word)
    return list(parts.items())


def _made(book: LabelBook, lines: Sequence[Line], columns: Sequence[Extent], groups: bool) -> Heading:
    """groups: names of groups of columns are left out."""
    over: list[list[list[PageWord]]] = [[] for _ in columns]
    left_out: list[Run] = []
    for line in lines:
        for run in line.runs:
            if groups and line is lines[0] and len(_over(run, columns)) > 1:
                left_out.append(run)
                continue
            for at, words in _placed(run, columns):
                over[at].append(words)
    cells = tuple(joined(book, parts) for parts in over)
    fields = tuple(book.field_of(said(cell)) if cell else None for cell in cells)
    return Heading(cells, fields, _score(cells, fields), len(lines), tuple(left_out))


def _score(cells: Sequence[Cell], fields: Sequence[str | None]) -> float:
    """Known headings count for it; unknown, missing and repeated ones, and cells with numbers, against it."""
    known = [f for f in fields if f and f != "ignore"]
    unknown = sum(1 for cell, field in zip(cells, fields, strict=True) if cell and not field)
    bare = sum(1 for cell in cells if not cell)
    numbered = sum(1 for cell in cells if any(c.isdigit() for c in said(cell)))
    monies = sum(1 for f in known if f in MONEY_COLUMNS)
    again = len(known) - len(set(known))
    against = _UNKNOWN * unknown + _BARE * bare + _AGAIN * again + _NUMBERED * numbered
    return len(known) + _MONEY * monies - against


def good(heading: Heading) -> bool:
    """Enough of it is known, and it names money."""
    known = [f for f in heading.fields if f]
    unknown = sum(1 for cell, field in zip(heading.cells, heading.fields, strict=True) if cell and not field)
    return len(known) >= 3 and unknown <= len(known) and any(f in MONEY_COLUMNS for f in known)


def headings_above(book: LabelBook, lines: Sequence[Line], columns: Sequence[Extent]) -> Iterator[Heading]:
    """The ways to read these lines as a heading over the columns."""
    for groups in (False, True) if any(len(_over(r, columns)) > 1 for r in lines[0].runs) else (False,):
        made = _made(book, lines, columns, groups)
        if good(made):
            yield made


def stacks_above(lines: Sequence[Line], first: int) -> Iterator[Sequence[Line]]:
    """The lines right above line number `first` that may be a heading: one, two and more."""
    for count in range(1, min(_MOST_LINES, first) + 1):
        top = lines[first - count]
        if not usable(top):
            return
        if first - count + 1 < len(lines):
            below = lines[first - count + 1]
            if below.middle - top.middle > _NEAR * max(top.height, below.height) * (1 if count > 1 else 2):
                return
        yield lines[first - count : first]


def is_headed(book: LabelBook, lines: Sequence[Line], first: int, columns: Sequence[Extent]) -> bool:
    """Whether a heading over these columns stands right above line number `first`."""
    return any(True for stack in stacks_above(lines, first) for _ in headings_above(book, stack, columns))
