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

    def __init__(self, head: Segment, number: int, start: int, end: int) -> None:
        self.head = head
        self.number = number
        self.start = start
        self.end = end
        self.rest: Sequence[Segment] = ()
        self.ends: Sequence[int] = ()


class ClaimLoop(Loop):
    """A claim with its services. late: segments of the claim that stand behind its services, with their ends."""

    __slots__ = ("late", "lines")

    def __init__(self, head: Segment, number: int, start: int, end: int) -> None:
        super().__init__(head, number, start, end)
        self.lines: list[Loop] = []
        self.late: list[tuple[Segment, int]] = []


def size_of(segment: Segment) -> int:
    """How many characters a segment takes up, without its end."""
    return len("*".join(segment))


def place_of(loop: Loop) -> tuple[int, int]:
    """Where the loop's first segment stands."""
    return loop.start, loop.start + size_of(loop.head)
