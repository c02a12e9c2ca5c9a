"""A paper's own text with the places marked where lines were read, for the page to show."""

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.model.document import Document, ServiceLine

MOST = 60_000


@dataclass(frozen=True, slots=True)
class Run:
    """Text that is one line's, or nobody's (line None). parts: its words in pieces, each with "unsure", "corrected" or ""."""

    line: int | None
    parts: tuple[tuple[str, str], ...]


def runs(document: Document) -> tuple[Run, ...]:
    """The whole text in order; nothing where it is too long to show. Places that overlap are marked once, for the first line."""
    return tuple(_runs(document)) if len(document.text) <= MOST else ()


def _runs(document: Document) -> Iterator[Run]:
    text, at = document.text, 0
    for line in sorted(document.lines, key=lambda item: item.source.start):
        start, end = max(line.source.start, at), min(line.source.end, len(text))
        if end > start:
            yield Run(None, ((text[at:start], ""),))
            yield Run(line.number, tuple(_parts(text, line, start, end)))
            at = end
    yield Run(None, ((text[at:], ""),))


def _parts(text: str, line: ServiceLine, start: int, end: int) -> Iterator[tuple[str, str]]:
    marked = dict.fromkeys(line.uncertain, "unsure") | dict.fromkeys(line.corrected, "corrected")
    places = [(place.start, place.end, marked[name]) for name, place in line.places.items() if name in marked]
    for left, right, mark in sorted(places):
        if start <= left < right <= end:
            yield text[start:left], ""
            yield text[left:right], mark
            start = right
    yield text[start:end], ""
