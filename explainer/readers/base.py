"""What readers take and give."""

from collections.abc import Callable
from dataclasses import dataclass, field

from explainer.model.document import Document, Problem, Scalar
from explainer.readers.pages import Picture


@dataclass(frozen=True, slots=True)
class Upload:
    """A paper as it came: bytes, the name it was given (shown, never trusted), and an id for its spans.

    `format`: auto, text, csv, or another of the contract's. `on_progress` is told how many of how many pages are done.
    """

    paper: str
    name: str
    data: bytes
    format: str = "auto"
    on_progress: Callable[[int, int], None] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what could not be read of it. A reader that understood nothing raises Unreadable instead.

    pictures: the pages to show beside it, where the paper has pages.
    """

    document: Document
    problems: tuple[Problem, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Unreadable(Exception):
    """The paper could not be read. `code` is one of content/messages' `read.*` keys; words and what to try hang on it there."""

    def __init__(self, code: str, **values: Scalar) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
