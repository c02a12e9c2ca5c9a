"""Lines and rows taken out of a web page or Word file in the box, put together as a text for the readers of meaning."""

from dataclasses import replace

from explainer.model.document import Problem
from explainer.readers.base import Reading, Upload
from explainer.readers.box import run
from explainer.readers.labels import LabelBook
from explainer.readers.meaning import read_meaning
from explainer.readers.text import clean
from explainer.settings import Limits


def read_taken(book: LabelBook, upload: Upload, limits: Limits, task: str, told: str) -> Reading:
    """The reading of what that task takes out; `told` is the problem that says so. Raises Unreadable, as for any text."""
    taken = run(task, upload.data, limits)
    lines = ["\t".join(row) for sheet in taken.sheets for row in sheet.rows]
    reading = read_meaning(book, upload, clean("\n".join([*lines, ""]).encode(), limits), limits)
    problems = (Problem(told), *(Problem(code, dict(values)) for code, values in taken.problems), *reading.problems)
    return replace(reading, document=replace(reading.document, problems=problems), problems=problems)
