"""Batches of segments to claims: which segment belongs to which service, claim and payment."""

from explainer.readers.base import Unreadable
from explainer.readers.x12.cutting import Batch
from explainer.readers.x12.envelope import REMITTANCE, Envelope
from explainer.readers.x12.head import Head
from explainer.readers.x12.loops import OF_CLAIM, OF_LINE, Loop, Segment, size_of
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.separators import BLANK

_NOTHING: frozenset[str] = frozenset()
_WRAPS = frozenset(("ISA", "GS", "ST"))
_UNWRAPS = frozenset(("SE", "GE", "IEA"))
# They belong to the claim, also where a file puts them behind its services.
_LATE = OF_CLAIM - OF_LINE
Gathered = tuple[Loop, Head]


class Gatherer:
    """Takes batches one after the other. A claim is given out once the next thing begins.

    number, at: how many segments there were, and where the last ends. closed: payments that are complete.
    """

    def __init__(self, notes: Notes, most_elements: int, most_segments: int | None) -> None:
        self._notes = notes
        self._most_elements, self._most_segments = most_elements, most_segments
        self.envelope = Envelope(notes)
        self.number = self.at = 0
        self.closed: list[Head] = []
        self._head: Head | None = None
        self._claim: Loop | None = None
        # What follows is put here, if it is one of these; there is always a loop, so that the quick way needs no test.
        self._loop = Loop([], 0, 0, 0)
        self._within = _NOTHING
        self._done: list[Gathered] = []

    def take(self, batch: Batch) -> list[Gathered]:
        """The claims that this batch completes. Raises Unreadable("too-big")."""
        element, step, at, number = batch.separators.element, batch.step, batch.at, self.number
        most, within, loop = self._most_elements, self._within, self._loop
        if self._most_segments is not None and number + len(batch.raws) > self._most_segments:
            self._count(batch, self._most_segments - number)
        for raw in batch.raws:
            segment = raw.split(element)
            end = at + len(raw)
            if segment[0] in within:
                loop.rest.append(segment)
                loop.ends.append(end)
                number += 1
            else:
                segment[0] = name = segment[0].strip(BLANK)
                self.number = number = number + bool(name)
                if name:
                    self._other(name, segment, end)
                    within, loop = self._within, self._loop
            if end - at > most and len(segment) > most:
                raise Unreadable("too-big")
            at = end + step
        self.number, self.at = number, at - step
        done, self._done = self._done, []
        return done

    def _count(self, batch: Batch, most: int) -> None:
        if sum(1 for raw in batch.raws if raw.strip(BLANK)) > most:
            raise Unreadable("too-big")

    def close(self, cut: bool) -> list[Gathered]:
        """The end of the file."""
        self._end_head()
        self.envelope.close(self.number, self.at, cut)
        done, self._done = self._done, []
        return done

    def _other(self, name: str, segment: Segment, end: int) -> None:
        """A segment that opens or ends something, or stands where none of its name is waited for."""
        if name in self._within:
            self._loop.rest.append(segment)
            self._loop.ends.append(end)
        elif name == "SVC" and self._claim is not None:
            self._open(segment, end, OF_LINE)
        elif name == "CLP" and self._head is not None:
            self._end_claim()
            self._open(segment, end, OF_CLAIM)
        elif name in _LATE and self._claim is not None:
            self._claim.rest.append(segment)
            self._claim.ends.append(end)
        elif name in _WRAPS or name in _UNWRAPS:
            self._wrapping(name, segment, end)
        elif name in ("CLP", "SVC") and self.envelope.kind in (None, REMITTANCE):
            start = end - size_of(segment)
            self._notes.add("x12-outside", (start, end), segment=self.number, at=start, text=name)
        elif self._head is not None:
            self._of_head(self._head, name, segment, end)

    def _open(self, segment: Segment, end: int, within: frozenset[str]) -> None:
        """A claim or a service begins."""
        self._end_loop()
        self._loop = Loop(segment, self.number, end - size_of(segment), end)
        self._within = within
        if within is OF_CLAIM:
            self._claim = self._loop
        elif self._claim is not None:
            self._claim.lines.append(self._loop)

    def _wrapping(self, name: str, segment: Segment, end: int) -> None:
        self._end_head()
        start = end - size_of(segment)
        if name in _UNWRAPS:
            self.envelope.end(segment, self.number, start)
            return
        self.envelope.start(segment, self.number, start)
        self._head = Head() if self.envelope.kind == REMITTANCE else None

    def _of_head(self, head: Head, name: str, segment: Segment, end: int) -> None:
        start = end - size_of(segment)
        if name in ("LX", "PLB"):
            self._end_claim()
        if name == "PLB":
            head.plb(segment, start, self._notes)
        elif self._claim is None:
            head.take(segment, start, self._notes)

    def _end_loop(self) -> None:
        if self._loop.ends:
            self._loop.end = self._loop.ends[-1]

    def _end_claim(self) -> None:
        self._end_loop()
        if self._claim is not None and self._head is not None:
            self._done.append((self._claim, self._head))
        self._claim, self._loop, self._within = None, Loop([], 0, 0, 0), _NOTHING

    def _end_head(self) -> None:
        self._end_claim()
        if self._head is not None:
            self.closed.append(self._head)
        self._head = None
