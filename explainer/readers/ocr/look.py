"""A second look, closer, at words with figures that the first look was not sure of, and at amounts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image

from explainer.readers.ocr.engine import Engine, Seen, TooSlow

_SURE = 0.9
_MOST = 80
_CLOSER = 2.0
_ROOM = 0.35
_FIGURES = re.compile(r"[0-9]|[$lISO|]")
_AMOUNT = re.compile(r"[-(]?\$?[0-9][0-9,]*\.[0-9]{2}\)?")
_DOLLARS = re.compile(r"[-(]?\$[0-9,.]*")
_DIFFERENT = 0.5
_MUCH = 0.1


def looked_again(reader: Engine, flat: Image.Image, words: Sequence[Seen], left: Callable[[], float]) -> list[Seen]:
    """The words, the doubtful ones as both looks together tell: what both see is surer, what they see differently is not."""
    found = list(words)
    if not reader.quick:
        return found
    doubtful = [i for i, word in enumerate(found) if is_doubtful(word)]
    for at in sorted(doubtful, key=lambda i: found[i].sure)[:_MOST]:
        try:
            if left() <= 1:
                break
            again = _closer(reader, flat, found[at], left())
        except TooSlow:
            break
        if again is not None:
            found[at] = both(found[at], again)
    return found


def is_doubtful(word: Seen) -> bool:
    """Whether a word with figures deserves a second look."""
    if not _FIGURES.search(word.text) or len(word.text) > 24:
        return False
    return word.sure < _SURE or _DOLLARS.fullmatch(word.text) is not None


def _closer(reader: Engine, flat: Image.Image, word: Seen, seconds: float) -> Seen | None:
    room = max(4, int(_ROOM * (word.bottom - word.top)))
    left, top = max(0, word.left - room), max(0, word.top - room)
    part = flat.crop((left, top, min(flat.width, word.right + room), min(flat.height, word.bottom + room)))
    part = part.resize((round(part.width * _CLOSER), round(part.height * _CLOSER)), Image.Resampling.BICUBIC)
    seen = reader.line(part, seconds)
    if not seen:
        return None
    return replace(word, text="".join(s.text for s in seen), sure=min(s.sure for s in seen))


def both(first: Seen, second: Seen) -> Seen:
    """What two looks at one word tell together."""
    if first.text == second.text:
        return replace(first, sure=max(first.sure, second.sure))
    whole = [w for w in (first, second) if _AMOUNT.fullmatch(w.text)]
    if len(whole) == 1 and "$" in first.text + second.text:
        return replace(whole[0], sure=min(whole[0].sure, _DIFFERENT))
    cut = second.text in first.text or second.sure < first.sure + _MUCH
    best = first if cut else second
    return replace(best, sure=min(best.sure, _DIFFERENT))
