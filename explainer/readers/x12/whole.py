"""A claim that a pattern found whole in the text. Its segments are cut only when they are asked for."""

import re
from collections.abc import Iterator
from itertools import accumulate

from explainer.readers.x12.loops import ClaimLoop, Loop, Segment
from explainer.readers.x12.shapes import Shapes


class WholeClaim(ClaimLoop):
    """A claim as text. shapes: by which it was found. at: where the text stands in the file that it is a part of."""

    __slots__ = ("_match", "at", "shapes")

    def __init__(self, match: re.Match[str], shapes: Shapes, at: int, number: int) -> None:
        self._match, self.shapes, self.at = match, shapes, at
        start, close = at + match.start(), len(shapes.end)
        head, own, _ = match.groups()
        super().__init__(head[:-close].split(shapes.element), number, start, at + match.end(2) - close)
        self.rest, self.ends = self._cut(own, start + len(head))

    def _cut(self, text: str, start: int) -> tuple[list[Segment], list[int]]:
        """Segments and their ends."""
        raws, element, close = text.split(self.shapes.end), self.shapes.element, len(self.shapes.end)
        del raws[-1]
        ends = list(accumulate([len(raw) + close for raw in raws], initial=start - close))
        return [raw.split(element) for raw in raws], ends[1:]

    def matches(self) -> Iterator[re.Match[str]]:
        """Each service as a match of its shape."""
        return self.shapes.service.finditer(self._match.string, self._match.start(3), self._match.end())

    def service(self, match: re.Match[str]) -> Loop:
        """The same service, segment by segment."""
        start = self.at + match.start()
        segments, ends = self._cut(match[0], start)
        number = self.number + match.string.count(self.shapes.end, self._match.start(), match.start())
        return Loop(segments[0], number, start, ends[-1], segments[1:], ends[1:])

    def services(self) -> Iterator[Loop]:
        """Each service, from its SVC to the next."""
        return map(self.service, self.matches())
