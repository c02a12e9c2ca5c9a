"""A picture taken apart inside the box: a page of words for each of its pages, and each page upright to be shown."""

import time
from collections.abc import Mapping

from PIL import Image

from explainer.readers.box.extract import Extract, Options, Refused, Value
from explainer.readers.ocr.engine import NoEngine, engine
from explainer.readers.ocr.opening import dots_an_inch, frames_of, moves, opened, unpacked
from explainer.readers.ocr.page import recognise
from explainer.readers.pages import Page, Picture

_POINTS = 72
_LEAST_INCHES, _MOST_INCHES = 4.0, 18.0


def extract(data: bytes, options: Options) -> Extract:
    """All pages of a picture. Raises Refused: picture-*, ocr-missing."""
    with opened(data, options.numbers) as picture:
        most = int(options.numbers["ocr_pages"])
        count = frames_of(picture, most)
        problems: list[tuple[str, Mapping[str, Value]]] = [("picture-moves", {})] if moves(picture) else []
        problems += [("pages-not-read", {"first": most + 1})] if count > most else []
        _may_read()
        options.slow()
        until = time.monotonic() + options.numbers["ocr_job_seconds"]
        found: list[tuple[Page, Picture]] = []
        for frame in range(min(count, most)):
            options.progress(frame, min(count, most))
            page = _page(picture, frame, options) if time.monotonic() < until else None
            problems.append(("page-scanned" if page else "page-not-read", {"page": frame + 1}))
            found += [page] if page else []
    if not found:
        raise Refused("picture-slow")
    return Extract(tuple(page for page, _ in found), tuple(shown for _, shown in found), (), tuple(problems))


def _may_read() -> None:
    try:
        engine()
    except NoEngine as error:
        raise Refused("ocr-missing") from error


def _page(picture: Image.Image, frame: int, options: Options) -> tuple[Page, Picture] | None:
    gray = unpacked(picture, frame, options.numbers)
    return recognise(gray, frame + 1, options, _point(picture, gray))


def _point(picture: Image.Image, gray: Image.Image) -> float | None:
    """A pixel's size in points, where the file says so and the paper is then of a size that papers have."""
    dots = dots_an_inch(picture)
    if dots is None or not _LEAST_INCHES <= max(gray.size) / dots <= _MOST_INCHES:
        return None
    return _POINTS / dots
