"""A claim that patterns found whole in the text. Its segments are cut only when they are asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, repeat
from operator import add

from explainer.readers.x12.loops import Loop, Own
from explainer.readers.x12.shapes import Shapes


@dataclass(frozen=True, slots=True)
class Run:
    """Where claims that follow one another stand. at: where the text stands in the file that it is a part of.

    begin: where in the text they begin; number: of the segment there. closed: whether the text's end is the end of a claim.
    """

    shapes: Shapes
    text: str
    at: int
    begin: int
    number: int
    closed: bool

    def claim(self, begin: int) -> "WholeClaim | None":
        """The claim that begins there. None where it has anything unusual, or where it is not plain that it ends."""
        head = self.shapes.head.match(self.text, begin)
        if head is None:
            return None
        services: list[re.Match[str]] = []
        at = head.end()
        for match in self.shapes.service.finditer(self.text, at):
            if (end := match.end()) == at:
                break
            services.append(match)
            at = end
        ends = self.text.startswith(self.shapes.after, at) or (self.closed and at == len(self.text))
        return WholeClaim(self, head, services, at) if ends else None


class WholeClaim:
    """A claim as text. head, matches: what the patterns found, of the claim itself and of each of its services.

    stop: where it ends in the text.
    """

    __slots__ = ("head", "matches", "run", "stop")

    def __init__(self, run: Run, head: re.Match[str], matches: list[re.Match[str]], stop: int) -> None:
        self.run, self.head, self.matches, self.stop = run, head, matches, stop

    @property
    def place(self) -> tuple[int, int]:
        """Where its first segment stands."""
        start = self.head.start()
        return self.run.at + start, self.run.at + self.run.text.index(self.run.shapes.end, start)

    def _segments(self, text: str, at: int) -> Iterator[Own]:
        element, end = self.run.shapes.element, self.run.shapes.end
        raws = text.split(end)
        del raws[-1]
        sizes = list(map(len, raws))
        starts = accumulate(map(add, sizes, repeat(len(end))), initial=self.run.at + at)
        return zip([raw.split(element) for raw in raws], starts, sizes, strict=False)

    def services(self) -> Iterator[Loop]:
        """Each service, segment by segment."""
        run = self.run
        for match in self.matches:
            segments, starts, sizes = zip(*self._segments(match[0], match.start()), strict=True)
            ends = [start + size for start, size in zip(starts, sizes, strict=True)]
            number = run.number + run.text.count(run.shapes.end, run.begin, match.start())
            yield Loop(segments[0], number, starts[0], ends[-1], segments[1:], ends[1:])
