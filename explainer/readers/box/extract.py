"""What is taken out of a file in the box. Loaded by the child too, so it imports little."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explainer.readers.pages import Page, Picture

Value = str | int


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet's name and its rows of cells as text, as a person sees them."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """Pages of words, pictures of pages, rows of sheets, and what could not be read: codes of content's `problem.*`."""

    pages: tuple[Page, ...] = ()
    pictures: tuple[Picture, ...] = ()
    sheets: tuple[SheetRows, ...] = ()
    problems: tuple[tuple[str, Mapping[str, Value]], ...] = ()


class Refused(Exception):
    """Raised by an extractor inside the box: the file cannot be read. `code` is one of content's `read.*`."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Options:
    """What an extractor is told. numbers: the fields of settings.BoxLimits by name.

    progress(done, total): tells the person which page is at work. slow(): to be called before words are read from pictures;
    waits for its turn and raises the limits; calling it again does nothing.
    """

    numbers: Mapping[str, float]
    progress: Callable[[int, int], None]
    slow: Callable[[], None]


Extractor = Callable[[bytes, Options], Extract]
