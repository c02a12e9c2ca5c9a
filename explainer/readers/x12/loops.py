"""Segments gathered into what they belong to: a claim, a service. Nothing is interpreted yet."""

Segment = list[str]

OF_LINE = frozenset(("DTM", "CAS", "REF", "AMT", "QTY", "LQ"))
OF_CLAIM = OF_LINE | {"NM1", "MIA", "MOA", "PER"}


class Loop:
    """A claim's or a service's first segment, those that follow it, and their places in the text.

    number: counts segments through the file from 1. start, end: of the whole loop; a claim's ends where its services start.
    ends: where each segment of `rest` ends. lines: a claim's services. late: segments of the claim behind its services.
    """

    __slots__ = ("end", "ends", "head", "late", "lines", "number", "rest", "start")

    def __init__(self, head: Segment, number: int, start: int, end: int) -> None:
        self.head = head
        self.number = number
        self.start = start
        self.end = end
        self.rest: list[Segment] = []
        self.ends: list[int] = []
        self.lines: list[Loop] = []
        self.late: list[tuple[Segment, int]] = []


def size_of(segment: Segment) -> int:
    """How many characters a segment takes up, without its end."""
    return len("*".join(segment))


def place_of(loop: Loop) -> tuple[int, int]:
    """Where the loop's first segment stands."""
    return loop.start, loop.start + size_of(loop.head)
