"""The wrappings of an X12 file: ISA, GS and ST, each with an end that repeats its number and counts what is inside."""

from explainer.readers.x12.loops import Segment, size_of
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.values import at

REMITTANCE = "835"
_MOST_KINDS = 20
# The end of a wrapping -> its start, and where in the start its number stands.
_STARTS = {"SE": ("ST", 2), "GE": ("GS", 6), "IEA": ("ISA", 13)}
_ENDS = {start: end for end, (start, _) in _STARTS.items()}


class Envelope:
    """Which wrappings are open. others: kinds of transactions that are not remittances. sets: how many remittances there were."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._open: dict[str, tuple[str, int]] = {}
        self._inside = {"ISA": 0, "GS": 0}
        self.kind: str | None = None
        self.sets = 0
        self.others: dict[str, int] = {}

    def start(self, segment: Segment, number: int, start: int) -> None:
        """ISA, GS or ST. What is still open on its level ended without its end."""
        name = segment[0]
        self._left_open([n for n in ("ST", "GS", "ISA") if n in self._open and _level(n) <= _level(name)], number, start)
        self._open[name] = (at(segment, _STARTS[_ENDS[name]][1]), number)
        if name == "ST":
            self._inside["GS"] += 1
            self._kind(at(segment, 1))
        else:
            self._inside[name] = 0
            if name == "GS":
                self._inside["ISA"] += 1

    def _kind(self, kind: str) -> None:
        self.kind = kind
        if kind == REMITTANCE:
            self.sets += 1
        elif kind in self.others or len(self.others) < _MOST_KINDS:
            self.others[kind] = self.others.get(kind, 0) + 1

    def end(self, segment: Segment, number: int, start: int) -> None:
        """SE, GE or IEA: its count and its number against what was opened."""
        name, place = segment[0], (start, start + size_of(segment))
        opened = self._open.pop(_STARTS[name][0], None)
        if name == "SE":
            self.kind = None
        if opened is None:
            self._notes.add("x12-no-start", place, trailer=name, segment=number, at=start)
            return
        control, first = opened
        counted = number - first + 1 if name == "SE" else self._inside[_STARTS[name][0]]
        if (said := at(segment, 1)) != str(counted) and said.lstrip("0") != str(counted):
            self._notes.add("x12-count", place, trailer=name, said=said[:20], counted=counted, segment=number, at=start)
        if (again := at(segment, 2)) != control:
            self._notes.add("x12-control", place, trailer=name, segment=number, at=start, first=control[:20], second=again[:20])

    def close(self, number: int, at_: int, cut: bool) -> None:
        """The end of the file: whatever is open was cut off."""
        self._left_open([n for n in ("ST", "GS", "ISA") if n in self._open], number, at_)
        if cut and not self._notes.met("x12-cut"):
            self._notes.add("x12-cut", (at_, at_), missing="~", segment=number, at=at_)

    def _left_open(self, names: list[str], number: int, at_: int) -> None:
        if names:
            missing = ", ".join(_ENDS[name] for name in names)
            self._notes.add("x12-cut", (at_, at_), missing=missing, segment=number, at=at_)
        for name in names:
            del self._open[name]
        if "ST" in names:
            self.kind = None


def _level(name: str) -> int:
    return ("ST", "GS", "ISA").index(name)
