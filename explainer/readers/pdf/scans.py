"""Pages that are pictures: their words come from the reader of pictures, where there is one."""

from collections.abc import Callable
from typing import Any

from explainer.model.source import PageSize
from explainer.readers.box.extract import Options
from explainer.readers.pages import Page
from explainer.readers.pdf.picture import Gray


class NoOcr(Exception):
    """Words cannot be read from pictures here."""


def scanned_words(gray_at: Callable[[float], Gray | None], size: PageSize, options: Options) -> Page | None:
    """The page's words as read from its picture, in the page's own points. Raises NoOcr."""
    try:
        from explainer.readers.ocr import recognise  # type: ignore[attr-defined,unused-ignore,import-not-found]
    except ImportError as error:
        raise NoOcr from error
    gray = gray_at(options.numbers["ocr_dpi"])
    if gray is None:
        return None
    found: Any = recognise(gray.rows, gray.width, gray.height, size, options)
    return found if isinstance(found, Page) else None
