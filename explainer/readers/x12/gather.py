"""Batches of text to claims: which segment belongs to which service, claim and payment."""

from collections.abc import Iterator
from itertools import accumulate, islice

from explainer.readers.base import Unreadable
from explainer.readers.x12.cutting import Batch
from explainer.readers.x12.envelope import REMITTANCE, Envelope
from explainer.readers.x12.head import Head
from explainer.readers.x12.loops import OF_CLAIM, OF_LINE, ClaimLoop, Segment, size_of
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.separators import BLANK
from explainer.readers.x12.shapes import ShapeBook, Shapes
from explainer.readers.x12.whole import Run, WholeClaim

_NOTHING: frozenset[str] = frozenset()
_WRAPS = frozenset(("ISA", "GS", "ST"))
_UNWRAPS = frozenset(("SE", "GE", "IEA"))
# They belong to the claim, also where a file puts them behind its services.
_LATE = OF_CLAIM - OF_LINE
Gathered = tuple[ClaimLoop | WholeClaim, Head]


class Gatherer:
    """Takes batches one after the other. A claim is given out once the next thing begins; the segments of one that a batch
    leaves open are kept for the next.

    quickly: a claim that stands whole in a batch and has nothing unusual is found by a pattern, not segment by segment.
    number, at: how many segments there were, and where the last ends. closed: payments that are complete.
    """

    def __init__(self, notes: Notes, most_elements: int, most_segments: int | None, quickly: bool) -> None:
        self._notes = notes
        self._book = ShapeBook(most_elements) if quickly else None
        self._most_elements, self._most_segments = most_elements, most_segments
        self.envelope = Envelope(notes)
        self.number = self.at = 0
        self.closed: list[Head] = []
        self._head: Head | None = None
        self._segments: list[Segment] = []
        self._ends: list[int] = []
        self._claim: ClaimLoop | None = None
        self._opened = 0
        self._within = _NOTHING
        self._done: list[Gathered] = []

    def take(self, batch: Batch) -> Iterator[Gathered]:
        """The claims that this batch completes, each as soon as it is found. Raises Unreadable("too-big")."""
        shapes = self._book.shapes(batch.separators, batch.end) if self._book else None
        done, begin = 0, _first_claim(batch.text, shapes) if shapes else -1
        while shapes and begin >= 0:
            yield from self._by_segment(batch, done, begin)
            done = begin
            if (head := self._head) is not None:
                yield from self._ended(len(self._segments))
                run = Run(shapes, batch.text, batch.at, begin, self.number + 1, batch.before_claim)
                while (claim := run.claim(done)) is not None:
                    done = claim.stop
                    yield claim, head
                self.number += batch.text.count(batch.separators.segment, begin, done)
            begin = _next_claim(batch.text, shapes, max(done, begin + 1))
        yield from self._by_segment(batch, done, len(batch.text))

    def _by_segment(self, batch: Batch, start: int, stop: int) -> list[Gathered]:
        """Takes a part of the batch segment by segment, whatever is in it. The claims that it completes."""
        if start == stop:
            return []
        before = len(self._segments)
        self._add(batch, start, stop)
        segments, within, blanks, number = self._segments, self._within, 0, self.number + 1 - before
        for at, segment in enumerate(islice(segments, before, None), before):
            name = segment[0]
            if name in within:
                continue
            if name == "SVC" and self._claim is not None:
                self._claim.marks.append((at - self._opened, number + at - blanks))
                within = self._within = OF_LINE
            else:
                name = segment[0] = name.strip(BLANK)
                if not name:
                    blanks += 1
                elif name not in within:
                    self.number = number + at - blanks
                    self._other(name, at)
                    within = self._within
        self.number = number + len(segments) - 1 - blanks
        self._forget()
        return self._given()

    def _add(self, batch: Batch, start: int, stop: int) -> None:
        """The segments of a part of the batch, behind those that are still open."""
        element, (raws, step) = batch.separators.element, batch.raws(start, stop)
        segments = [raw.split(element) for raw in raws]
        if max(map(len, segments)) > self._most_elements:
            raise Unreadable("too-big")
        if self._most_segments is not None and self.number + sum(1 for s in segments if s != [""]) > self._most_segments:
            raise Unreadable("too-big")
        ends = list(accumulate([len(raw) + step for raw in raws], initial=batch.at + start - step))
        self.at = ends[-1]
        if not raws[-1].strip(BLANK):
            # What stands behind the last end of a segment is no segment, and no part of a service that goes on.
            del segments[-1], ends[-1]
        self._segments += segments
        self._ends += ends[1:]

    def _forget(self) -> None:
        """What is done with is let go; an open claim stays, with its places counted anew."""
        kept = self._opened if self._claim is not None else len(self._segments)
        del self._segments[:kept], self._ends[:kept]
        self._opened -= kept

    def _ended(self, at: int) -> list[Gathered]:
        """The open claim, which ends there."""
        self._end_claim(at)
        self._forget()
        return self._given()

    def _given(self) -> list[Gathered]:
        done, self._done = self._done, []
        return done

    def close(self, cut: bool) -> list[Gathered]:
        """The end of the file."""
        self._end_head(len(self._segments))
        self.envelope.close(self.number, self.at, cut)
        return self._given()

    def _other(self, name: str, at: int) -> None:
        """A segment that opens or ends something, or stands where none of its name is waited for."""
        if name == "SVC" and self._claim is not None:
            self._claim.marks.append((at - self._opened, self.number))
            self._within = OF_LINE
        elif name == "CLP" and self._head is not None:
            self._end_claim(at)
            self._claim = ClaimLoop(self._segments[at], self.number, self._start(at), self._ends[at])
            self._opened, self._within = at, OF_CLAIM
        elif name in _LATE and self._claim is not None:
            self._claim.late.append((self._segments[at], self._ends[at]))
        elif name in _WRAPS or name in _UNWRAPS:
            self._wrapping(name, at)
        elif name in ("CLP", "SVC") and self.envelope.kind in (None, REMITTANCE):
            start = self._start(at)
            self._notes.add("x12-outside", (start, self._ends[at]), segment=self.number, at=start, text=name)
        elif self._head is not None:
            self._of_head(self._head, name, at)

    def _start(self, at: int) -> int:
        return self._ends[at] - size_of(self._segments[at])

    def _wrapping(self, name: str, at: int) -> None:
        self._end_head(at)
        if name in _UNWRAPS:
            self.envelope.end(self._segments[at], self.number, self._start(at))
            return
        self.envelope.start(self._segments[at], self.number, self._start(at))
        self._head = Head() if self.envelope.kind == REMITTANCE else None

    def _of_head(self, head: Head, name: str, at: int) -> None:
        if name in ("LX", "PLB"):
            self._end_claim(at)
        if name == "PLB":
            head.plb(self._segments[at], self._start(at), self._notes)
        elif self._claim is None:
            head.take(self._segments[at], self._start(at), self._notes)

    def _end_claim(self, at: int) -> None:
        if self._claim is not None and self._head is not None:
            self._claim.close(self._segments[self._opened : at], self._ends[self._opened : at])
            self._done.append((self._claim, self._head))
        self._claim, self._within = None, _NOTHING

    def _end_head(self, at: int) -> None:
        self._end_claim(at)
        if self._head is not None:
            self.closed.append(self._head)
        self._head = None


def _first_claim(text: str, shapes: Shapes) -> int:
    return 0 if text.startswith(shapes.first[len(shapes.end) :]) else _next_claim(text, shapes, 0)


def _next_claim(text: str, shapes: Shapes, start: int) -> int:
    """Where the next segment that is a CLP begins, there or later; -1 where there is none."""
    end = len(shapes.end)
    at = text.find(shapes.first, max(start - end, 0))
    return at + end if at >= 0 else -1
