"""Segments gathered into what they belong to: a payment's head, its claims, their services. Nothing is interpreted yet."""

Segment = list[str]

OF_LINE = frozenset(("DTM", "CAS", "REF", "AMT", "QTY", "LQ"))
OF_CLAIM = OF_LINE | {"NM1", "MIA", "MOA", "PER"}


class Loop:
    """A claim or a service: its first segment, those that follow it, and the places of all of them in the text.

    number: counts segments through the file from 1. starts: where each segment of `rest` starts. end: where the last one ends.
    """

    __slots__ = ("end", "head", "number", "rest", "start", "starts")

    def __init__(self, head: Segment, number: int, start: int, end: int) -> None:
        self.head = head
        self.number = number
        self.start = start
        self.end = end
        self.rest: list[Segment] = []
        self.starts: list[int] = []


class ClaimLoop(Loop):
    """CLP and what stands below it. head_end: where its own segments end, and those of its services start."""

    __slots__ = ("head_end", "lines")

    def __init__(self, head: Segment, number: int, start: int, end: int) -> None:
        super().__init__(head, number, start, end)
        self.lines: list[Loop] = []
        self.head_end = end


def size_of(segment: Segment) -> int:
    """How many characters a segment takes up, without its end."""
    return sum(map(len, segment)) + len(segment) - 1


def place_of(loop: Loop) -> tuple[int, int]:
    """Where the loop's first segment stands."""
    return loop.start, loop.start + size_of(loop.head)
