"""A page's picture with the places that were read from it, for the page to draw."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from explainer.model.document import Document, ServiceLine
from explainer.model.source import Box, Span
from explainer.sessions import Kept

_MARGIN = 2.0
_ROUND = 6.0
_WIDE = 350.0


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle in points. field: "" for the whole line, else the field that stands there; mark: why it is worth a look.

    For a whole line, anchor is its name on the page: "box-2" for line 2, "box-2-3" for what of it stands on page 3 besides; cut
    is where a wide one can be cut in two between its fields, if it can.
    """

    anchor: str
    line: int
    field: str
    mark: str
    x: float
    y: float
    width: float
    height: float
    cut: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its picture's pixels, its size in points, the lines read from it, and places inside them worth a look."""

    page: int
    width: int
    height: int
    points: tuple[float, float]
    lines: tuple[Place, ...]
    fields: tuple[Place, ...]


def sheets(document: Document, pictures: Iterable[Kept]) -> tuple[Sheet, ...]:
    """The pages of a paper whose pictures are kept, in order."""
    return tuple(_sheet(document, kept) for kept in sorted(pictures, key=lambda k: k.page) if kept.paper == document.paper)


def _sheet(document: Document, kept: Kept) -> Sheet:
    size = next((p for p in document.pages if p.number == kept.page), None)
    points = (size.width, size.height) if size else (float(kept.width), float(kept.height))
    lines = tuple(place for line in document.lines for place in _line(line, kept.page))
    fields = tuple(place for line in document.lines for place in _fields(line, kept.page))
    return Sheet(kept.page, kept.width, kept.height, points, lines, fields)


def _anchor(line: ServiceLine, page: int) -> str:
    first = min(span.page for span in (line.source, *line.places.values()) if span.box is not None)
    return f"box-{line.number}" if page == first else f"box-{line.number}-{page}"


def _line(line: ServiceLine, page: int) -> Iterator[Place]:
    """The whole line: its own box, else the one round all of its fields."""
    own = _boxes([line.source], page)
    boxes = own or _boxes(line.places.values(), page)
    if boxes:
        left, top = min(b.left for b in boxes), min(b.top for b in boxes)
        right, bottom = max(b.right for b in boxes), max(b.bottom for b in boxes)
        whole = _place(_anchor(line, page), line.number, "", "", Box(left, top, right, bottom))
        yield replace(whole, cut=_cut(_boxes(line.places.values(), page), left, right))


def _cut(fields: list[Box], left: float, right: float) -> float | None:
    """Just before the field that begins nearest to the middle, where no other field stands across it."""
    if right - left < _WIDE:
        return None
    middle, quarter = (left + right) / 2, (right - left) / 4
    near = sorted((abs(box.left - middle), box.left - _MARGIN) for box in fields if abs(box.left - middle) < quarter)
    return next((round(at, 1) for _, at in near if not any(box.left < at < box.right for box in fields)), None)


def _fields(line: ServiceLine, page: int) -> Iterator[Place]:
    for name, span in line.places.items():
        mark = "corrected" if name in line.corrected else "unsure" if name in line.uncertain else ""
        for box in _boxes([span], page) if mark else ():
            yield _place("", line.number, name, mark, box)


def _boxes(spans: Iterable[Span], page: int) -> list[Box]:
    return [span.box for span in spans if span.box is not None and span.page == page]


def strips(sheet: Sheet, place: Place) -> tuple[tuple[float, float, float, float], ...]:
    """The parts of a page that show a line: x, y, width and height in points, with a little of what is round it.

    A wide line is shown in two rows, so that its words stay large enough to read.
    """
    x, y = max(place.x - _ROUND, 0), max(place.y - _ROUND, 0)
    right, bottom = min(place.x + place.width + _ROUND, sheet.points[0]), min(place.y + place.height + _ROUND, sheet.points[1])
    edges = (x, right) if place.cut is None else (x, place.cut, right)
    return tuple((a, y, round(b - a, 1), round(bottom - y, 1)) for a, b in pairwise(edges))


def _place(anchor: str, line: int, field: str, mark: str, box: Box) -> Place:
    x, y = round(box.left - _MARGIN, 1), round(box.top - _MARGIN, 1)
    return Place(anchor, line, field, mark, x, y, round(box.right + _MARGIN - x, 1), round(box.bottom + _MARGIN - y, 1))
