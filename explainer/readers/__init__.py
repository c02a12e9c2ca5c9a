"""Readers: bytes in, a document and what could not be read out."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO

from explainer.knowledge.base import Knowledge
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.csv_table import looks_like_csv, read_csv
from explainer.readers.fields import day_order
from explainer.readers.formats import found_format
from explainer.readers.labels import label_book
from explainer.readers.meaning import read_meaning
from explainer.readers.text import clean
from explainer.settings import Limits

if TYPE_CHECKING:
    from explainer.readers.x12 import Stream

__all__ = ["Reading", "Unreadable", "Upload", "open_stream", "read"]

Reader = Callable[[Upload, Knowledge, Limits], Reading]


def _csv_or_text(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    text, book = clean(upload.data, limits), label_book(knowledge).for_one_paper(limits.label_effort)
    if upload.format == "csv" or (upload.format == "auto" and looks_like_csv(book, upload.name, text.text)):
        with day_order.as_in(text.text):
            return read_csv(book, upload, text, limits)
    return read_meaning(book, upload, text, limits)


def _pdf(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    from explainer.readers.pdf.reader import read_pdf

    return read_pdf(upload, knowledge, limits)


def _fhir(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    from explainer.readers.fhir import read_fhir

    return read_fhir(upload, knowledge, limits)


def _sheet(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    from explainer.readers.sheet.read import read_sheet

    return read_sheet(label_book(knowledge), upload, limits)


def _x12(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    from explainer.readers.x12 import read_x12

    return read_x12(upload, knowledge, limits)


def _page(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    from explainer.readers.taken_rows import read_taken

    return read_taken(label_book(knowledge), upload, limits, "html", "web-page")


def _word(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    from explainer.readers.taken_rows import read_taken

    return read_taken(label_book(knowledge), upload, limits, "docx", "word-file")


def _image(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    from explainer.readers.ocr.reader import read_image

    return read_image(upload, knowledge, limits)


# The format a file has, told from its bytes -> its reader. Each loads its libraries only when it is called.
READERS: Mapping[str, Reader] = {
    "text": _csv_or_text, "pdf": _pdf, "image": _image, "x12-835": _x12, "fhir-eob": _fhir, "JSON": _fhir, "xlsx": _sheet,
    "HTML": _page, "docx": _word,
}  # fmt: skip
# What may be asked for by name -> what the bytes must then be. A meaning may come in any medium of words.
_MEANINGS = ("msn", "bill", "sbc")
_ASKED = {
    "text": ("text", "HTML", "docx"), "csv": ("text",), "xlsx": ("xlsx",),
    "pdf": ("pdf",), "image": ("image",), "x12-835": ("x12-835",),
    "fhir-eob": ("fhir-eob",), **dict.fromkeys(_MEANINGS, ("text", "HTML", "docx", "pdf", "image", "xlsx")),
}  # fmt: skip


def read(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    """The document of one upload. Raises Unreadable with a code that content has words for."""
    if not upload.data:
        raise Unreadable("empty")
    if len(upload.data) > limits.file:
        raise Unreadable("too-big")
    found = found_format(upload.data, upload.name)
    reader = READERS.get(found)
    if found == "ZIP":
        raise Unreadable("archive")
    if reader is None:
        raise Unreadable("format-not-yet", format=found)
    if found not in _ASKED.get(upload.format, (found,)):
        raise Unreadable("other-format", asked=upload.format, found=found)
    reading = reader(upload, knowledge, limits)
    if upload.format in _MEANINGS and reading.document.kind != upload.format:
        raise Unreadable("other-format", asked=upload.format, found=reading.document.kind)
    return reading


def open_stream(file: BinaryIO, upload: Upload, knowledge: Knowledge, limits: Limits) -> "Stream | None":
    """A file too big for `read`, where it is of a kind whose claims can be had one after the other (835); else None.

    The upload's data are what was read of the file already.
    """
    if found_format(upload.data, upload.name) != "x12-835" or upload.format not in ("auto", "x12-835"):
        return None
    from explainer.readers.x12 import Stream

    return Stream(file, upload, knowledge, limits)
