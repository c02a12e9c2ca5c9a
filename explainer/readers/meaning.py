"""Which reader of meaning a text is for. Each paper has exactly one; two that claim the same paper are an error naming both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.bluebutton import is_blue_button, is_health_record, read_blue_button, refuse_health_record
from explainer.readers.fields import day_order
from explainer.readers.labels import LabelBook
from explainer.readers.sbc.anchors import is_sbc
from explainer.readers.sbc.read import read_sbc
from explainer.readers.statement import read_statement
from explainer.readers.text import CleanText
from explainer.settings import Limits

Read = Callable[[LabelBook, Upload, CleanText, Limits, str], Reading]


@dataclass(frozen=True, slots=True)
class TextReader:
    """A reader of texts with a form of their own. `claims`: whether a text is its; `read` gets the format it came in last."""

    name: str
    claims: Callable[[str], bool]
    read: Read


# Those with a form of their own; any other text is a statement (EOB, Medicare notice, bill).
SPECIAL: tuple[TextReader, ...] = (
    TextReader("Medicare Blue Button", is_blue_button, read_blue_button),
    TextReader("VA health record", is_health_record, refuse_health_record),
    TextReader("Summary of Benefits", is_sbc, read_sbc),
)


def claimed(text: str, readers: Sequence[TextReader] = SPECIAL) -> TextReader | None:
    """The reader with a form of its own that a text is for, or None. Raises Unreadable("two-readers") naming both."""
    found = [reader for reader in readers if reader.claims(text)]
    if len(found) > 1:
        raise Unreadable("two-readers", first=found[0].name, second=found[1].name)
    return found[0] if found else None


def read_meaning(book: LabelBook, upload: Upload, text: CleanText, limits: Limits, format_: str = "text") -> Reading:
    """The reading of a text that came in that format. Raises Unreadable."""
    reader = claimed(text.text)
    with day_order.as_in(text.text):
        return (reader.read if reader else read_statement)(book, upload, text, limits, format_)
