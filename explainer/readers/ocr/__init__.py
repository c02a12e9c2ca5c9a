"""Scans and photos: words read from pictures, in the box. Everything heavy is loaded only there."""

from explainer.model.source import PageSize
from explainer.readers.box.extract import Options
from explainer.readers.pages import Page, Picture


def recognise(rows: bytes, width: int, height: int, size: PageSize, options: Options) -> tuple[Page, Picture] | None:
    """The words of a page that is a picture, rows of one byte a pixel, and the picture upright; None where time ran out.

    Raises ImportError where words cannot be read from pictures here.
    """
    from explainer.readers.ocr.page import recognise_rows

    return recognise_rows(rows, width, height, size, options)
