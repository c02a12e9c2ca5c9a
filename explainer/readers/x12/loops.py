"""Segments gathered into what they belong to: a claim, a service. Nothing is interpreted yet."""

from collections.abc import Iterator, Sequence
from itertools import chain

Segment = list[str]
# A segment and where it ends.
Located = tuple[Segment, int]
# A segment, where it stands and its size.
Own = tuple[Segment, int, int]

OF_LINE = frozenset(("DTM", "CAS", "REF", "AMT", "QTY", "LQ"))
OF_CLAIM = OF_LINE | {"NM1", "MIA", "MOA", "PER"}


class Loop:
    """A claim's or a service's first segment, those that follow it, and their places in the text.

    number: counts segments through the file from 1. start, end: of the whole loop; a claim's ends where its services start.
    ends: where each segment of `rest` ends.
    """

    __slots__ = ("end", "ends", "head", "number", "rest", "start")

    def __init__(
        self, head: Segment, number: int, start: int, end: int, rest: Sequence[Segment] = (), ends: Sequence[int] = ()
    ) -> None:
        self.head = head
        self.number = number
        self.start = start
        self.end = end
        self.rest = rest
        self.ends = ends

    @property
    def place(self) -> tuple[int, int]:
        """Where its first segment stands."""
        return self.start, self.start + size_of(self.head)


class ClaimLoop(Loop):
    """A claim with its services. late: segments of the claim that stand behind its services, with their ends.

    marks: where each SVC stands among its segments, and its number in the file.
    """

    __slots__ = ("_all", "_all_ends", "late", "marks")

    def __init__(self, head: Segment, number: int, start: int, end: int) -> None:
        super().__init__(head, number, start, end)
        self._all: list[Segment] = []
        self._all_ends: list[int] = []
        self.marks: list[tuple[int, int]] = []
        self.late: list[Located] = []

    def close(self, segments: list[Segment], ends: list[int]) -> None:
        """These are all its segments from CLP on. Those before the first service are the claim's own."""
        self._all, self._all_ends = segments, ends
        own = self.marks[0][0] if self.marks else len(segments)
        self.rest, self.ends, self.end = segments[1:own], ends[1:own], ends[own - 1]

    def own(self) -> Iterator[Own]:
        """The claim's own segments behind its CLP."""
        for segment, end in chain(zip(self.rest, self.ends, strict=True), self.late):
            size = size_of(segment)
            yield segment, end - size, size

    def services(self) -> Iterator[Loop]:
        """Each service, from its SVC to the next."""
        untils = [at for at, _ in self.marks[1:]] + [len(self._all)]
        for (at, number), until in zip(self.marks, untils, strict=False):
            start = self._all_ends[at] - size_of(self._all[at])
            rest, ends = self._all[at + 1 : until], self._all_ends[at + 1 : until]
            yield Loop(self._all[at], number, start, self._all_ends[until - 1], rest, ends)


def size_of(segment: Segment) -> int:
    """How many characters a segment takes up, without its end."""
    return len("*".join(segment))
