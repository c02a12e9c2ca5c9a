"""A second engine for bad photos, where it is installed: slower, larger, and better with them."""

from functools import cache
from typing import Any

from PIL import Image

from explainer.readers.ocr.arrays import as_array
from explainer.readers.ocr.engine import Engine, Seen


@cache
def second_engine() -> Engine | None:
    """RapidOCR (the optional extra `photo`), or None."""
    try:
        from rapidocr import RapidOCR  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    return Rapid(RapidOCR())


class Rapid:
    """Reads whole lines; a line's words share its width by their letters."""

    quick = False

    def __init__(self, reader: Any) -> None:
        self.reader = reader

    def words(self, picture: Image.Image, seconds: float) -> list[Seen]:
        """It cannot be stopped; the box's own limit holds."""
        gray = as_array(picture.convert("RGB"))
        found = self.reader(gray)
        if found.boxes is None:
            return []
        lines = zip(found.boxes, found.txts, found.scores, strict=True)
        return [word for corners, text, sure in lines for word in _parted(corners, text, float(sure))]

    def line(self, picture: Image.Image, seconds: float) -> list[Seen]:
        """The same for one line."""
        return self.words(picture, seconds)


def _parted(corners: Any, text: str, sure: float) -> list[Seen]:
    left, right = (int(f(float(c[0]) for c in corners)) for f in (min, max))
    top, bottom = (int(f(float(c[1]) for c in corners)) for f in (min, max))
    letter, at, found = (right - left) / max(1, len(text)), 0, []
    for word in text.split():
        at = text.index(word, at)
        found.append(Seen(word, int(left + at * letter), top, int(left + (at + len(word)) * letter), bottom, sure))
        at += len(word)
    return found
