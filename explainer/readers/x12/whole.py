"""A claim that a pattern found whole in the text. Its segments are cut only when they are asked for."""

import re
from collections.abc import Iterator

from explainer.readers.x12.loops import Located, Loop, Segment
from explainer.readers.x12.shapes import Shapes


class WholeClaim:
    """A claim as text. shapes: by which it was found. at: where the text stands in the file that it is a part of.

    head, number, start: as those of a loop.
    """

    __slots__ = ("_match", "at", "head", "number", "shapes", "start")

    def __init__(self, match: re.Match[str], shapes: Shapes, at: int, number: int) -> None:
        self._match, self.shapes, self.at, self.number = match, shapes, at, number
        self.head: Segment = match[1].split(shapes.element)
        self.start = at + match.start()

    @property
    def place(self) -> tuple[int, int]:
        """Where its first segment stands."""
        return self.start, self.at + self._match.end(1) - len(self.shapes.end)

    def own(self) -> Iterator[Located]:
        """The claim's own segments, each with its end."""
        return self._segments(self._match[2], self.at + self._match.start(2))

    def _segments(self, text: str, start: int) -> Iterator[Located]:
        element, close = self.shapes.element, len(self.shapes.end)
        end = start - close
        for raw in text[:-close].split(self.shapes.end) if text else ():
            end += close + len(raw)
            yield raw.split(element), end

    def matches(self) -> Iterator[re.Match[str]]:
        """Each service as a match of its shape."""
        return self.shapes.service.finditer(self._match.string, self._match.start(3), self._match.end())

    def services(self) -> Iterator[Loop]:
        """Each service, segment by segment."""
        before = self._match.start()
        for match in self.matches():
            start = match.start()
            segments, ends = zip(*self._segments(match[0], self.at + start), strict=True)
            number = self.number + match.string.count(self.shapes.end, before, start)
            yield Loop(segments[0], number, self.at + start, ends[-1], segments[1:], ends[1:])
