"""Readers: bytes in, a document and what could not be read out."""

from explainer.knowledge.base import Knowledge
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.csv_table import looks_like_csv, read_csv
from explainer.readers.labels import label_book
from explainer.readers.sniff import refuse_other_formats
from explainer.readers.statement import read_statement
from explainer.readers.text import clean
from explainer.settings import Limits

__all__ = ["Reading", "Unreadable", "Upload", "read"]

_TEXT = ("auto", "text", "msn", "bill")


def read(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    """The document of one upload. Raises Unreadable with a code that content has words for."""
    if not upload.data:
        raise Unreadable("empty")
    if len(upload.data) > limits.file:
        raise Unreadable("too-big")
    refuse_other_formats(upload.data, upload.name)
    if upload.format not in (*_TEXT, "csv"):
        raise Unreadable("format-not-yet", format=upload.format)
    text, book = clean(upload.data, limits), label_book(knowledge)
    if upload.format == "csv" or (upload.format == "auto" and looks_like_csv(book, upload.name, text.text)):
        return read_csv(book, upload, text, limits)
    return read_statement(book, upload, text, limits)
