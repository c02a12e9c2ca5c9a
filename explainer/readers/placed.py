"""Text that knows where on the pages each of its words stands, and the pages' places put into what was read of the text."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from explainer.model.source import Box, PageSize, Span
from explainer.readers.pages import PRINTED

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters [start, end) of the text stand at that box of that page. sure: 0 to 1. mended: read as something else first."""

    start: int
    end: int
    page: int
    box: Box
    sure: float = PRINTED
    mended: bool = False


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text for the readers of meaning, and its pieces in the order of the text."""

    text: str
    pieces: tuple[Piece, ...]
    pages: tuple[PageSize, ...] = ()

    def under(self, start: int, end: int) -> Sequence[Piece]:
        """The pieces that share characters with [start, end)."""
        first = bisect_right(self.pieces, start, key=lambda p: p.end)
        return self.pieces[first : bisect_left(self.pieces, max(end, start + 1), key=lambda p: p.start)]

    def at(self, span: Span) -> Span:
        """The same place with its page and the box round all of its words on that page."""
        found = self.under(span.start, span.end)
        if not found:
            return span
        page = found[0].page
        boxes = [p.box for p in found if p.page == page]
        box = Box(
            min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
        )
        return replace(span, page=page, box=box)

    def sure(self, span: Span) -> float:
        """How sure the least sure word of a place is; 1 where nothing stands."""
        return min((p.sure for p in self.under(span.start, span.end)), default=PRINTED)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def placed(value: T, text: PlacedText) -> T:
    """The same record with every place in it, however deep, on its page."""
    return _placed(value, text)  # type: ignore[no-any-return]


def _placed(value: Any, text: PlacedText) -> Any:
    if isinstance(value, Span):
        return text.at(value)
    if isinstance(value, tuple):
        return tuple(_placed(item, text) for item in value)
    if isinstance(value, Mapping):
        return {name: _placed(item, text) for name, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{name: _placed(getattr(value, name), text) for name in _names(type(value))})
    return value
