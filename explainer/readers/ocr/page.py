"""From a picture to a page of words with places, and the picture upright beside it."""

import time
from collections.abc import Callable, Sequence
from io import BytesIO
from statistics import median

from PIL import Image, ImageFilter

from explainer.model.source import Box, PageSize
from explainer.readers.box.extract import Options
from explainer.readers.ocr.engine import SPANISH, Engine, NoEngine, Seen, TooSlow, engine
from explainer.readers.ocr.language import looks_spanish
from explainer.readers.ocr.look import looked_again
from explainer.readers.ocr.prepare import Ready, ready, upside_down
from explainer.readers.ocr.second import second_engine
from explainer.readers.ocr.strips import Sheet, spread
from explainer.readers.pages import Page, PageWord, Picture

_LONG_SIDE = 792.0  # of a letter page, in points
_POINTS = 72
_DOUBTFUL = 0.6
_SHADES = 16
_ENLARGED = 1.4
_ABOVE, _BELOW = 0.22, 0.28
_DARKER = [max(0, min(255, int((shade - 40) * 1.3))) for shade in range(256)]


def recognise_rows(
    rows: bytes, width: int, height: int, size: PageSize, options: Options
) -> tuple[Page, Picture] | None:  # fmt: skip
    """The same for a page of a PDF, whose size is known. None where the time for the page ran out. Raises NoEngine."""
    picture = Image.frombytes("L", (width, height), rows)
    return recognise(picture, size.number, options, size.width / width)


def recognise(picture: Image.Image, number: int, options: Options, point: float | None) -> tuple[Page, Picture] | None:
    """The page of that number. point: a pixel's size in points, None where unknown. None where its time ran out.

    Raises NoEngine.
    """
    reader, until = engine(), time.monotonic() + options.numbers["ocr_page_seconds"]
    point = point or _LONG_SIDE / max(picture.size)
    found = ready(picture)
    try:
        found, words = _read(reader, found, lambda: until - time.monotonic())
    except TooSlow:
        return None
    return _page(found, words, number, point * found.shrunk, options), _shown(found, number, options)


def _read(reader: Engine, found: Ready, left: Callable[[], float]) -> tuple[Ready, list[Seen]]:
    """The words, with the picture turned so that they stand upright. Raises TooSlow."""
    sheet = spread(found.flat, found.letter)
    if not sheet.strips:
        return found, []
    words = reader.words(_heavier(sheet, found), _some(left))
    if _quality(words) < _DOUBTFUL:
        found, sheet, words = _other_way(reader, found, sheet, words, left)
    if looks_spanish(words) and (spanish := _other_language()) is not None:
        reader = spanish
        words = reader.words(_heavier(sheet, found), _some(left))
    if _quality(words) < _DOUBTFUL and (second := second_engine()) is not None:
        words = max(words, second.words(sheet.picture, _some(left)), key=_quality)
    return found, sheet.put_back(looked_again(reader, sheet.picture, words, left))


def _other_language() -> Engine | None:
    try:
        return engine(SPANISH)
    except NoEngine:
        return None


def _heavier(sheet: Sheet, found: Ready) -> Image.Image:
    """Thin strokes are read better when they are a little thicker; those that were enlarged are thick already."""
    if found.scale >= _ENLARGED:
        return sheet.picture
    return sheet.picture.filter(ImageFilter.GaussianBlur(0.8)).point(_DARKER)


def _some(left: Callable[[], float]) -> float:
    """The seconds that are left. Raises TooSlow where there are none."""
    seconds = left()
    if seconds <= 0:
        raise TooSlow
    return seconds


def _other_way(
    reader: Engine, found: Ready, sheet: Sheet, words: list[Seen], left: Callable[[], float]
) -> tuple[Ready, Sheet, list[Seen]]:
    """Words that stand on their heads are read badly: turned by half they are read well."""
    other = upside_down(found)
    again = spread(other.flat, other.letter)
    read = reader.words(_heavier(again, other), _some(left))
    return (other, again, read) if _quality(read) > _quality(words) else (found, sheet, words)


def _quality(words: Sequence[Seen]) -> float:
    """How sure the engine is of the words that are longer than a mark."""
    sure = [w.sure for w in words if len(w.text) > 2]
    return median(sure) * min(1.0, len(sure) / 5) if sure else 0.0


def _page(found: Ready, words: Sequence[Seen], number: int, point: float, options: Options) -> Page:
    most, chars = int(options.numbers["page_words"]), int(options.numbers["word_chars"])
    size = PageSize(number, found.shown.width * point, found.shown.height * point)
    scale = point / found.scale
    kept = tuple(PageWord(w.text[:chars], _line_box(w, scale, size), w.sure) for w in words[:most])
    rules = tuple(_box(r.left * point, r.top * point, r.right * point, r.bottom * point, size) for r in found.rules)
    return Page(size, kept, rules[: int(options.numbers["page_rules"])], len(words) > most)


def _line_box(w: Seen, scale: float, size: PageSize) -> Box:
    """The box of a word as high as its font makes the line, as the words of a PDF have it: more than its ink."""
    tall = (w.bottom - w.top) * scale
    top, bottom = max(0.0, w.top * scale - _ABOVE * tall), w.bottom * scale + _BELOW * tall
    return _box(w.left * scale, top, w.right * scale, bottom, size)


def _box(left: float, top: float, right: float, bottom: float, size: PageSize) -> Box:
    left, top = min(left, size.width), min(top, size.height)
    return Box(left, top, max(left, min(right, size.width)), max(top, min(bottom, size.height)))


def _shown(found: Ready, number: int, options: Options) -> Picture:
    """The upright picture in sixteen shades, no larger than is worth showing."""
    picture = found.shown
    scale = min(1.0, options.numbers["shown_side"] / max(picture.size))
    if scale < 1:
        picture = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    png = BytesIO()
    picture.quantize(_SHADES, dither=Image.Dither.NONE).save(png, "PNG", compress_level=6)
    return Picture(number, picture.width, picture.height, png.getvalue())
