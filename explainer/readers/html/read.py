"""A saved web page to a document: its text and tables, for the readers of meaning."""

from dataclasses import replace

from explainer.model.document import Problem
from explainer.readers.base import Reading, Upload
from explainer.readers.box import run
from explainer.readers.labels import LabelBook
from explainer.readers.meaning import read_meaning
from explainer.readers.text import clean
from explainer.settings import Limits


def read_page(book: LabelBook, upload: Upload, limits: Limits) -> Reading:
    """The reading of a saved web page, told as such. Raises Unreadable: too-big, binary, and as for any text."""
    taken = run("html", upload.data, limits)
    lines = ["\t".join(row) for sheet in taken.sheets for row in sheet.rows]
    reading = read_meaning(book, upload, clean("\n".join([*lines, ""]).encode(), limits), limits)
    told = (Problem("web-page"), *(Problem(code, dict(values)) for code, values in taken.problems))
    problems = (*told, *reading.problems)
    return replace(reading, document=replace(reading.document, problems=problems), problems=problems)
