"""Lines among labelled values that may be the title of what stands below them."""

from explainer.readers.fields import codes, dates, money
from explainer.readers.labels import LabelBook
from explainer.readers.rows import Row

_LONGEST_TITLE, _LONGEST_CODED = 90, 160


def may_be_title(row: Row) -> bool:
    """A short line of words, or a longer one with a code that is no sentence."""
    text = row.text.strip()
    coded = len(text) <= _LONGEST_CODED and not text.endswith(".") and codes.search(text) is not None
    return len(row.cells) <= 3 and (len(text) <= _LONGEST_TITLE or coded)


def valued_label(row: Row) -> bool:
    """A label that nobody knows, with its value beside it; no code stands in it."""
    text = row.text.strip()
    label, colon, value = text.partition(":")
    cells = [c.text for c in row.cells if c.text]
    beside = len(cells) == 2 or (len(cells) == 3 and money.PRINTED.fullmatch(cells[1]) is not None)
    return (beside or bool(colon and value.strip() and len(label) < 40)) and codes.search(text) is None


def of_section(book: LabelBook, text: str) -> bool:
    """Whether words are those of a paper or a section, or a day: they name no service."""
    return (
        text.endswith((":", "."))
        or text.startswith(("#", "["))
        or book.names("eob", text)
        or book.names("bill", text)
        or dates.days(text) is not None
    )
