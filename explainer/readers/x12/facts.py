"""What the segments of a claim say of it as a whole, before it is put together."""

from collections.abc import Iterable
from datetime import date

from explainer.model.document import Note
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.loops import Located, Own, Segment
from explainer.readers.x12.separators import BLANK
from explainer.readers.x12.values import at, days, person

_REMARKS = {"MOA": (3, 4, 5, 6, 7), "MIA": (5, 20, 21, 22, 23)}
_DETAILS = frozenset(("REF", "AMT", "QTY", "DTM"))
_DAYS_TAKEN = frozenset(("232", "233", "573"))
_MOST_DETAILS = 40

_note = quick(Note, "span_page", "span_box", span=Span)


class Facts:
    """Of one claim. details: what has no field of its own, under the name it is printed with."""

    __slots__ = ("_paper", "cas", "details", "first", "last", "member", "patient", "processed", "provider", "remarks")
    patient: str | None
    provider: str | None
    member: str | None
    first: date | None
    last: date | None
    processed: date | None

    def __init__(self, paper: str) -> None:
        self.patient = self.provider = self.member = self.first = self.last = self.processed = None
        self.cas: list[Located] = []
        self.remarks: list[str] = []
        self.details: list[Note] = []
        self._paper = paper

    def take(self, own: Iterable[Own]) -> None:
        """Of these segments, in their order."""
        for segment, start, size in own:
            self._take(segment, start, start + size)

    def take_text(self, text: str, at: int, element: str, end: str) -> None:
        """Of segments that follow one another in a text, each with its end. at: where the first stands."""
        step = len(end)
        for raw in text.split(end)[:-1]:
            stop = at + len(raw)
            self._take(raw.split(element), at, stop)
            at = stop + step

    def _take(self, segment: Segment, start: int, end: int) -> None:
        name, what = segment[0], segment[1] if len(segment) > 1 else ""
        if name in _DETAILS:
            if what in _DAYS_TAKEN and name == "DTM":
                self._days(segment, what)
            elif len(segment) > 2 and (text := segment[2].strip(BLANK)) and len(self.details) < _MOST_DETAILS:
                self.details.append(_note(f"{name} {what}", text, self._paper, start, end))
        elif name == "NM1":
            self._name(segment, what, start, end)
        elif name == "CAS":
            self.cas.append((segment, end))
        elif name in _REMARKS:
            self.remarks += [code for position in _REMARKS[name] if (code := at(segment, position))]

    def _name(self, segment: Segment, what: str, start: int, end: int) -> None:
        name = person(segment)
        if what == "82":
            self.provider = name
        elif what == "QC":
            self.patient, self.member = name, self.member or at(segment, 9) or None
        else:
            self.member = (at(segment, 9) if what == "IL" else "") or self.member
            if name and len(self.details) < _MOST_DETAILS:
                self.details.append(_note(f"NM1 {what}", name, self._paper, start, end))

    def _days(self, segment: Segment, what: str) -> None:
        first, last = days(segment)
        if what == "232":
            self.first, self.last = first, last or self.last
        elif what == "233":
            self.last = first
        else:
            self.processed = first
