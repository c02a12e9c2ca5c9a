"""Words of scanned pages put right before the layout, where their shape leaves one reading. Each change is kept, never silent."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from explainer.model.source import Box
from explainer.readers.ocr import shapes
from explainer.readers.pages import PRINTED, Page, PageWord

MENDED = 0.5
_STRAY = 0.8
_SHOULD_HAVE = 3
_JOINS = 0.3
_INNER = re.compile(r"[$(-]{0,2}[0-9,]+")
_CENTS = re.compile(r"[.,][0-9]{2}\)?")
_FRONTLESS = re.compile(r"[-(]?\$?\.[0-9]{2}\)?-?")
_NOUGHT = ".00"
_CODE = re.compile(r"(?:[0-9]{5}|[A-Z][0-9]{4})(?:-[A-Z0-9]{2}){0,4}")
_NOTE = re.compile(r"[A-Z]{1,2}[0-9]{1,3}")
_COUNT = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Change:
    """A word that was read as something else first, and where it stands."""

    page: int
    box: Box
    was: str
    now: str


def is_scanned(page: Page) -> bool:
    """Whether the page's words were read from a picture."""
    return any(w.sure < PRINTED for w in page.words)


def mended(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[Change, ...]]:
    """The pages, the scanned ones put right, and what was changed."""
    out: list[Page] = []
    changes: list[Change] = []
    for page in pages:
        if is_scanned(page):
            words, together = joined(page.size.number, [w for word in page.words if (w := _bare(word))])
            words, found = _put_right(page.size.number, _without_front(words))
            page = replace(page, words=tuple(words))
            changes += [*together, *found]
        out.append(page)
    return tuple(out), tuple(changes)


def _bare(word: PageWord) -> PageWord | None:
    """Without stray marks; None where nothing else was there."""
    text = shapes.without_marks(word.text, word.sure)
    if text == word.text or (not text and word.text == "|" and word.sure >= _STRAY):
        return word
    return replace(word, text=text) if text else None


def joined(number: int, words: Sequence[PageWord]) -> tuple[list[PageWord], list[Change]]:
    """An amount whose cents were read as a word of their own is one word."""
    out, changes = list[PageWord](), list[Change]()
    for word in words:
        if out and _CENTS.fullmatch(word.text) and _INNER.fullmatch(out[-1].text) and _touch(out[-1].box, word.box):
            before = out.pop()
            box = Box(before.box.left, min(before.box.top, word.box.top), word.box.right, max(before.box.bottom, word.box.bottom))
            whole = before.text + "." + word.text[1:]
            changes.append(Change(number, box, f"{before.text} {word.text}", whole))
            word = PageWord(whole, box, min(before.sure, word.sure, MENDED))
        out.append(word)
    return out, changes


def _without_front(words: Sequence[PageWord]) -> list[PageWord]:
    """Cents alone may have lost the dollars before them: such a word is no amount, unless the page prints its noughts so."""
    styled = sum(1 for w in words if w.text == _NOUGHT) >= _SHOULD_HAVE
    return [_doubted(w, styled and w.text == _NOUGHT) if _FRONTLESS.fullmatch(w.text) else w for w in words]


def _doubted(word: PageWord, kept: bool) -> PageWord:
    return replace(word, text=word.text if kept else f"\ufffd{word.text}", sure=min(word.sure, MENDED))


def _touch(left: Box, right: Box) -> bool:
    height = min(left.bottom - left.top, right.bottom - right.top)
    return -1 <= right.left - left.right <= _JOINS * height and abs(left.top - right.top) < height


def _put_right(number: int, words: Sequence[PageWord]) -> tuple[list[PageWord], list[Change]]:
    dollars = with_dollars(words)
    codes, counts, notes = _column_of(words, _CODE, 2), _column_of(words, _COUNT, 2), _column_of(words, _NOTE, 1)
    out, changes = list(words), list[Change]()
    for at, word in enumerate(words):
        now = shapes.amount(word.text, dollars) or shapes.day(word.text) or shapes.key(word.text)
        now = now or (shapes.code(word.text) if codes(word) else None) or (shapes.count(word.text) if counts(word) else None)
        now = now or (shapes.note(word.text) if notes(word) else None)
        if now:
            out[at] = replace(word, text=now, sure=min(word.sure, MENDED))
            changes.append(Change(number, word.box, word.text, now))
    return out, changes


def with_dollars(words: Iterable[PageWord]) -> bool | None:
    """Whether the amounts of a page carry the sign; None where only some do, or there are too few to tell."""
    amounts = [w.text for w in words if shapes.AMOUNT.fullmatch(w.text)]
    signed = sum(1 for t in amounts if "$" in t)
    if len(amounts) < _SHOULD_HAVE or 0 < signed < 0.9 * len(amounts):
        return None
    return signed > 0


def _column_of(words: Sequence[PageWord], shape: re.Pattern[str], least: int) -> Callable[[PageWord], bool]:
    """Whether a word stands right over or under at least so many of that shape."""
    boxes = [w.box for w in words if shape.fullmatch(w.text)]

    def stands(word: PageWord) -> bool:
        near = [b for b in boxes if b is not word.box and abs(b.left - word.box.left) < word.box.bottom - word.box.top]
        rows = [b for b in near if abs(b.top - word.box.top) > 0.8 * (b.bottom - b.top)]
        return len(rows) >= least

    return stands


def rewritten(pages: Sequence[Page], changes: Sequence[Change]) -> tuple[Page, ...]:
    """The pages with these changes made."""
    wanted = {(c.page, c.box): c.now for c in changes}
    return tuple(
        replace(page, words=tuple(
            replace(w, text=wanted[key], sure=min(w.sure, MENDED)) if (key := (page.size.number, w.box)) in wanted else w
            for w in page.words
        ))
        for page in pages
    )  # fmt: skip
