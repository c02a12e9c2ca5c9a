"""Words on a page become printed lines, and lines become runs: words that stand a space apart."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from explainer.model.source import Box
from explainer.readers.atoms import MONEY, sort_of
from explainer.readers.fields import money
from explainer.readers.pages import PRINTED, Page, PageWord
from explainer.readers.text import tidied

_SAME_LINE = 0.3
_RAISED = 0.75
_RECENT = 6
_SPACE, _MOST_SPACE = 0.25, 0.75
WIDE = 0.3  # words of one run stand no more than this, in heights, farther apart than usual
DOLLAR = re.compile(r"[-(]?\$[-(]?")
_PRICE = re.compile(r"[-(]?\$?[-(]?[0-9][0-9,]*\.[0-9]{2}\)?-?")
_DAY = re.compile(r"[0-9]{1,4}[-/.][0-9A-Za-z]{1,3}[-/.][0-9]{2,4}")
_UNTIL = frozenset(("-", "–", "to", "thru", "through", "a", "al", "hasta"))
_FAR_DOLLAR = 9.0
_SPECKS = frozenset(",.'`~|;:_\"‘’“”^°·•!¡=\\/")


@dataclass(frozen=True)
class Run:
    """Words of one line that stand a space apart, as a cell of a table or a part of a sentence."""

    words: tuple[PageWord, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @cached_property
    def sort(self) -> str:
        """What the whole run looks like: an amount, a day, a code ..."""
        return sort_of(self.text)

    @property
    def left(self) -> float:
        return self.words[0].box.left

    @property
    def right(self) -> float:
        return self.words[-1].box.right

    @cached_property
    def top(self) -> float:
        return min(w.box.top for w in self.words)

    @cached_property
    def bottom(self) -> float:
        return max(w.box.bottom for w in self.words)


@dataclass(frozen=True)
class Line:
    """A printed line: its runs from left to right. space: between the words of its page, as a share of their height."""

    runs: tuple[Run, ...]
    space: float = 0.25

    @property
    def left(self) -> float:
        return self.runs[0].left

    @property
    def right(self) -> float:
        return max(r.right for r in self.runs)

    @cached_property
    def middle(self) -> float:
        return median((w.box.top + w.box.bottom) / 2 for r in self.runs for w in r.words)

    @cached_property
    def height(self) -> float:
        return median(w.box.bottom - w.box.top for r in self.runs for w in r.words)

    @cached_property
    def top(self) -> float:
        return min(r.top for r in self.runs)

    @cached_property
    def bottom(self) -> float:
        return max(r.bottom for r in self.runs)

    @cached_property
    def text(self) -> str:
        return "  ".join(r.text for r in self.runs)

    @cached_property
    def amounts(self) -> int:
        """How many amounts it holds."""
        return sum(1 for r in self.runs if r.sort == MONEY)


def usual_space(lines: Iterable[Sequence[PageWord]]) -> float:
    """The space between words, as a share of their height: what most words of the page have between them."""
    gaps = [
        (b.box.left - a.box.right) / (a.box.bottom - a.box.top)
        for line in lines
        for a, b in itertools.pairwise(line)
        if a.box.bottom > a.box.top and 0 < b.box.left - a.box.right < _MOST_SPACE * (a.box.bottom - a.box.top)
    ]
    return median(gaps) if gaps else _SPACE


def clean_words(page: Page) -> tuple[list[PageWord], int]:
    """The page's words by the rules of all text, those printed twice at one place once; and how many marks were taken out."""
    kept: list[PageWord] = []
    marks, seen = 0, set[tuple[str, int, int]]()
    for word in page.words:
        text, hidden = tidied(word.text)
        marks += hidden
        place = (text, round(word.box.left / 2), round(word.box.top / 2))
        if text.strip() and place not in seen and not _speck(text, word):
            seen.add(place)
            kept += [PageWord(part, word.box, word.sure) for part in ["".join(text.split())]]
    return kept, marks


def _speck(text: str, word: PageWord) -> bool:
    """A mark of a picture that is no word: what is left of a ruled line, or dust."""
    return word.sure < PRINTED and all(c in _SPECKS for c in text)


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


@dataclass
class _Open:
    """A line while it is gathered."""

    words: list[PageWord]

    def near(self, word: PageWord) -> PageWord:
        return min(self.words, key=lambda w: abs(w.box.left - word.box.left))

    def takes(self, word: PageWord) -> float | None:
        """How far the word's middle is from that of its neighbour, where it may stand on the line."""
        other = self.near(word)
        tall, small = sorted((other.box.bottom - other.box.top, word.box.bottom - word.box.top), reverse=True)
        off = abs(_middle(other.box) - _middle(word.box))
        raised = small < _RAISED * tall and off < 0.5 * tall
        return off if off <= _SAME_LINE * small or raised else None


def printed_lines(words: Iterable[PageWord]) -> list[list[PageWord]]:
    """Words by line from the top, each line from the left. Lines may slant a little."""
    lines: list[_Open] = []
    for word in sorted(words, key=lambda w: (_middle(w.box), w.box.left)):
        fits = [(off, line) for line in lines[-_RECENT:] if (off := line.takes(word)) is not None]
        if fits:
            min(fits, key=lambda fit: fit[0])[1].words.append(word)
        else:
            lines.append(_Open([word]))
    return [sorted(line.words, key=lambda w: w.box.left) for line in lines]


def line_of(words: Sequence[PageWord], space: float, walls: Sequence[Box]) -> Line:
    """The runs of a line: parted by wide gaps, by upright rules, and between amounts."""
    middle = median(_middle(w.box) for w in words)
    here = [w for w in walls if w.top <= middle <= w.bottom]
    return Line(_runs(words, space + WIDE, here), space)


def recut(line: Line, wider: float, by_page: bool = False) -> Line:
    """The same line with its runs parted where words stand that much, in heights, wider apart than the closest of them.

    by_page: wider than the words of the page usually do.
    """
    words = [w for run in line.runs for w in run.words]
    gaps = [(b.box.left - a.box.right) / line.height for a, b in itertools.pairwise(words)] if line.height else []
    closest = min((g for g in gaps if g > 0), default=line.space)
    least = line.space if by_page else min(closest, line.space + WIDE)
    runs = [part for run in line.runs for part in _runs(run.words, least + wider, ())]
    return Line(tuple(runs), line.space) if len(runs) > len(line.runs) else line


def _runs(line: Sequence[PageWord], gap: float, walls: Sequence[Box]) -> tuple[Run, ...]:
    runs, words = [], [line[0]]
    for before, word in itertools.pairwise(line):
        if _parted(words, before, word, gap, walls):
            runs.append(Run(tuple(words)))
            words = []
        words.append(word)
    return (*runs, Run(tuple(words)))


def _parted(words: Sequence[PageWord], before: PageWord, word: PageWord, gap: float, walls: Sequence[Box]) -> bool:
    apart = word.box.left - before.box.right
    height = min(before.box.bottom - before.box.top, word.box.bottom - word.box.top)
    if apart > 0 and any(w.left >= before.box.right - 1 and w.right <= word.box.left + 1 for w in walls):
        return True
    if DOLLAR.fullmatch(before.text) and _PRICE.fullmatch(word.text):
        return apart > _FAR_DOLLAR * height
    if apart > gap * height:
        return True
    return bool(_PRICE.fullmatch(word.text) and money.PRINTED.fullmatch(" ".join(w.text for w in words)))


def by_values(run: Run) -> list[Run]:
    """The run parted before and behind each amount in it, and behind a day."""
    parts: list[list[PageWord]] = [[]]
    for word in run.words:
        if parts[-1] and _value_begins(parts[-1][-1].text, word.text):
            parts.append([])
        parts[-1].append(word)
    return [Run(tuple(words)) for words in parts]


def _value_begins(before: str, text: str) -> bool:
    if DOLLAR.fullmatch(before) and _PRICE.fullmatch(text):
        return False
    amount = _PRICE.fullmatch(text) or DOLLAR.fullmatch(text) or _PRICE.fullmatch(before)
    return bool(amount or (_DAY.fullmatch(before) and text.lower() not in _UNTIL))
