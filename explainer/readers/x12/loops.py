"""Segments gathered into what they belong to: a claim, a service. Nothing is interpreted yet."""

from collections.abc import Sequence

Segment = list[str]

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


class ClaimLoop(Loop):
    """A claim with its services. late: segments of the claim that stand behind its services, with their ends.

    all, all_ends: every segment from CLP on, with its end. marks: where in `all` each SVC stands, and its number in the file.
    """

    __slots__ = ("all", "all_ends", "late", "marks")

    def __init__(self, head: Segment, number: int, start: int, end: int) -> None:
        super().__init__(head, number, start, end)
        self.all: list[Segment] = []
        self.all_ends: list[int] = []
        self.marks: list[tuple[int, int]] = []
        self.late: list[tuple[Segment, int]] = []

    def close(self, segments: list[Segment], ends: list[int]) -> None:
        """These are all its segments. Those before the first service are the claim's own."""
        self.all, self.all_ends = segments, ends
        own = self.marks[0][0] if self.marks else len(segments)
        self.rest, self.ends, self.end = segments[1:own], ends[1:own], ends[own - 1]

    def line(self, at: int, until: int, number: int) -> Loop:
        """The service whose SVC stands at `at` in `all`, and which goes on until there."""
        start = self.all_ends[at] - size_of(self.all[at])
        rest, ends = self.all[at + 1 : until], self.all_ends[at + 1 : until]
        return Loop(self.all[at], number, start, self.all_ends[until - 1], rest, ends)


def size_of(segment: Segment) -> int:
    """How many characters a segment takes up, without its end."""
    return len("*".join(segment))


def place_of(loop: Loop) -> tuple[int, int]:
    """Where the loop's first segment stands."""
    return loop.start, loop.start + size_of(loop.head)
