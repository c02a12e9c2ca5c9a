"""Amounts that a picture shows unclearly: which readings a printed word allows, and the one that its shape alone leaves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from explainer.model.source import Box
from explainer.readers.fields import money
from explainer.readers.pages import PRINTED, Page, PageWord

MENDED = 0.5  # how sure a mended word is at the most: it is always named uncertain
_LETTERS = dict(zip("OoQDlI|iSsBZz", "0000111155822", strict=True))
# Digits that are taken for each other when print is poor.
_ALIKE = {"0": "689", "1": "74", "2": "7", "3": "895", "4": "19", "5": "638", "6": "508", "7": "12", "8": "30695", "9": "084"}
_SHAPE = re.compile(rf"[-(]?\$?[0-9{re.escape(''.join(_LETTERS))},]{{1,9}}[.,][0-9{re.escape(''.join(_LETTERS))}]{{2}}\)?")
_CENTS = re.compile(r"[.,][0-9]{2}")
_DOLLARS = re.compile(r"\$?[0-9][0-9,]*")
_NEAR = 0.6


def by_shape(text: str) -> str | None:
    """The amount that a word can only stand for ("1O5.00", "l05,00"), or None where it is one already, or none, or several.

    A letter that could be a dollar sign as well as a digit at the beginning ("S5.80") leaves two readings.
    """
    if money.PRINTED.fullmatch(text) or not _SHAPE.fullmatch(text):
        return None
    bare = text.strip("-()$")
    digits = sum(c.isdigit() for c in bare)
    dollars = bare[:-3]
    if digits < len(bare) / 2 or not any(map(str.isdigit, dollars)) or (bare[0] in "Ss" and "$" not in text):
        return None
    made = "".join(_LETTERS.get(c, c) for c in text)
    made = f"{made[:-4]}.{made[-3:]}" if made.endswith(")") and made[-4] == "," else made
    made = f"{made[:-3]}.{made[-2:]}" if made[-3:-2] == "," else made
    return made if money.PRINTED.fullmatch(made) else None


def readings(text: str) -> set[Decimal]:
    """What a badly printed amount may be: letters for digits, one digit for one that looks like it, a lost or wrong point, and a
    dollar sign that was taken for a digit."""
    plain = "".join(_LETTERS.get(c, c) for c in text if c not in "$()- ")
    digits = "".join(c for c in plain if c.isdigit())
    if not 3 <= len(digits) <= 8:
        return set()
    bare = [digits, digits[1:]] if "$" not in text and len(digits) > 3 else [digits]
    swapped = [f"{d[:i]}{other}{d[i + 1 :]}" for d in bare[:1] for i, c in enumerate(d) for other in _ALIKE.get(c, "")]
    return {Decimal(d) / 100 for d in (*bare, *swapped)} - {_as_printed(text)}


def _as_printed(text: str) -> Decimal | None:
    return money.amount(text)


def mended_page(page: Page) -> tuple[Page, int]:
    """The page with amounts that their shape alone tells written as such, and how many these are. Printed text stays."""
    words, count = [], 0
    for word in _joined(page.words):
        made = by_shape(word.text) if word.sure < PRINTED else None
        words.append(replace(word, text=made, sure=min(word.sure, MENDED)) if made else word)
        count += made is not None
    return (replace(page, words=tuple(words)), count) if count or len(words) < len(page.words) else (page, 0)


def _joined(words: Sequence[PageWord]) -> Iterator[PageWord]:
    """ "105" and ".00" that stand close together on one line are one word."""
    waiting: PageWord | None = None
    for word in words:
        if waiting is not None and _is_one(waiting, word):
            a, b = waiting.box, word.box
            box = Box(a.left, min(a.top, b.top), b.right, max(a.bottom, b.bottom))
            waiting = PageWord(waiting.text + word.text, box, min(waiting.sure, word.sure, MENDED))
            continue
        if waiting is not None:
            yield waiting
        waiting = word
    if waiting is not None:
        yield waiting


def _is_one(before: PageWord, word: PageWord) -> bool:
    if word.sure >= PRINTED or not (_CENTS.fullmatch(word.text) and _DOLLARS.fullmatch(before.text)):
        return False
    height = word.box.bottom - word.box.top
    gap = word.box.left - before.box.right
    return -height < gap < _NEAR * (before.box.bottom - before.box.top) and abs(before.box.bottom - word.box.bottom) < height
