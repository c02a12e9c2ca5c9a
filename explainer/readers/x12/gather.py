"""Batches of segments to claims: which segment belongs to which service, claim and payment."""

from explainer.readers.base import Unreadable
from explainer.readers.x12.cutting import Batch
from explainer.readers.x12.envelope import REMITTANCE, Envelope
from explainer.readers.x12.head import Head
from explainer.readers.x12.loops import OF_CLAIM, OF_LINE, ClaimLoop, Loop, Segment
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.separators import BLANK

_NOTHING: frozenset[str] = frozenset()
_WRAPS = frozenset(("ISA", "GS", "ST"))
_UNWRAPS = frozenset(("SE", "GE", "IEA"))
# They belong to the claim, also where a file puts them behind its services.
_LATE = OF_CLAIM - OF_LINE
Gathered = tuple[ClaimLoop, Head]


class Gatherer:
    """Takes batches one after the other. A claim is given out once the next thing begins.

    number, at: of the last segment. heads: the payments met (kept by who reads; here only the open one).
    """

    def __init__(self, notes: Notes, most_elements: int, most_segments: int | None) -> None:
        self._notes = notes
        self._most_elements, self._most_segments = most_elements, most_segments
        self.envelope = Envelope(notes)
        self.number = self.at = 0
        self.head: Head | None = None
        self.closed: list[Head] = []
        self._claim: ClaimLoop | None = None
        self._loop: Loop | None = None
        self._within = _NOTHING
        self._done: list[Gathered] = []

    def take(self, batch: Batch) -> list[Gathered]:
        """The claims that this batch completes. Raises Unreadable("too-big")."""
        element, most, at, number = batch.separators.element, self._most_elements, batch.at, self.number
        within, loop = self._within, self._loop
        if self._most_segments is not None and number + len(batch.raws) > self._most_segments:
            self._count(batch, self._most_segments - number)
        for raw in batch.raws:
            segment = raw.split(element)
            head = segment[0]
            name = segment[0] = head.strip(BLANK)
            end = at + len(raw)
            if name in within:
                number += 1
                loop.rest.append(segment)  # type: ignore[union-attr]
                loop.starts.append(at + len(head) - len(name))  # type: ignore[union-attr]
                loop.end = end  # type: ignore[union-attr]
                if len(segment) > most:
                    raise Unreadable("too-big")
            elif name:
                number += 1
                self.number, self.at = number, end
                if len(segment) > most:
                    raise Unreadable("too-big")
                self._other(name, segment, at + len(head) - len(name), end)
                within, loop = self._within, self._loop
            at = end + 1
        self.number, self.at = number, at
        done, self._done = self._done, []
        return done

    def _count(self, batch: Batch, most: int) -> None:
        if sum(1 for raw in batch.raws if raw.strip(BLANK)) > most:
            raise Unreadable("too-big")

    def close(self, cut: bool) -> list[Gathered]:
        """The end of the file."""
        self._end_claim()
        self._end_head()
        self.envelope.close(self.number, self.at, cut)
        done, self._done = self._done, []
        return done

    def _other(self, name: str, segment: Segment, start: int, end: int) -> None:
        """A segment that is not one of the open loop's."""
        if name == "SVC" and self._claim is not None:
            self._open(Loop(segment, self.number, start, end), OF_LINE)
        elif name == "CLP" and self.head is not None:
            self._end_claim()
            self._claim = ClaimLoop(segment, self.number, start, end)
            self._open(self._claim, OF_CLAIM)
        elif name in _LATE and self._claim is not None:
            self._claim.rest.append(segment)
            self._claim.starts.append(start)
        elif name in _WRAPS:
            self._end_claim()
            self._end_head()
            self.envelope.start(segment, self.number, start)
            self.head = Head() if self.envelope.kind == REMITTANCE else None
        elif name in _UNWRAPS:
            self._end_claim()
            self._end_head()
            self.envelope.end(segment, self.number, start)
        elif name in ("CLP", "SVC") and self.envelope.kind in (None, REMITTANCE):
            self._notes.add("x12-outside", (start, end), segment=self.number, at=start, text=name)
        elif self.head is not None:
            self._of_head(name, segment, start)

    def _of_head(self, name: str, segment: Segment, start: int) -> None:
        assert self.head is not None
        if name in ("LX", "PLB"):
            self._end_claim()
        if name == "PLB":
            self.head.plb(segment, start, self._notes)
        elif self._claim is None:
            self.head.take(segment, start, self._notes)

    def _open(self, loop: Loop, within: frozenset[str]) -> None:
        if isinstance(self._loop, ClaimLoop) and self._loop is not loop:
            self._loop.head_end = self._loop.end
        if not isinstance(loop, ClaimLoop) and self._claim is not None:
            self._claim.lines.append(loop)
        self._loop, self._within = loop, within

    def _end_claim(self) -> None:
        if self._claim is not None and self.head is not None:
            self._done.append((self._claim, self.head))
        self._claim = self._loop = None
        self._within = _NOTHING

    def _end_head(self) -> None:
        if self.head is not None:
            self.closed.append(self.head)
        self.head = None
