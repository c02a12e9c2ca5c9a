"""Pages that are pictures: their words come from the reader of pictures, where there is one."""

from collections.abc import Callable

from explainer.model.source import PageSize
from explainer.readers.box.extract import Options
from explainer.readers.pages import Page, Picture
from explainer.readers.pdf.picture import Gray


class NoOcr(Exception):
    """Words cannot be read from pictures here."""


def scanned_words(gray_at: Callable[[float], Gray | None], size: PageSize, options: Options) -> tuple[Page, Picture] | None:
    """The page's words as read from its picture, and that picture upright; None where time ran out. Raises NoOcr."""
    try:
        from explainer.readers.ocr import recognise  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError as error:
        raise NoOcr from error
    gray = gray_at(options.numbers["ocr_dpi"])
    if gray is None:
        return None
    try:
        found: tuple[Page, Picture] | None = recognise(gray.rows, gray.width, gray.height, size, options)
    except ImportError as error:
        raise NoOcr from error
    return found
