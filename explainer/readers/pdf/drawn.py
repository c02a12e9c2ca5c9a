"""What is drawn on a PDF page besides words: straight lines, and pictures."""

from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass, field
from typing import Any

import pypdfium2_raw as pdfium

from explainer.model.source import Box
from explainer.readers.pdf.words import Upright

_MOST = 30_000
_DEEPEST = 4
_MOST_SEGMENTS = 4_000
_THIN = 2.5
_SHORTEST = 5.0
_ASLANT = 0.6
_FAINT = 16
_OF_A_BOX = 6

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Drawn:
    """rules: straight lines as thin boxes. pictures: where pictures stand, and how many pixels the largest has."""

    rules: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    pixels: int = 0
    paths: int = 0


def _times(one: Matrix, two: Matrix) -> Matrix:
    """First one, then two."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _matrix(drawn: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, byref(found)):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _bounds(drawn: Any, outer: Matrix) -> tuple[float, float, float, float] | None:
    sides = [c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(drawn, *(byref(side) for side in sides)):
        return None
    left, bottom, right, top = (side.value for side in sides)
    if outer is _SAME:
        return left, bottom, right, top
    xs, ys = zip(*(_moved(x, y, outer) for x in (left, right) for y in (bottom, top)), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _moved(x: float, y: float, by: Matrix) -> tuple[float, float]:
    return by[0] * x + by[2] * y + by[4], by[1] * x + by[3] * y + by[5]


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Every object of the page and of the forms in it, with its sort and the matrix of the forms round it."""
    stack: list[tuple[Any, Matrix, int]] = [
        (pdfium.FPDFPage_GetObject(page, i), _SAME, 0) for i in range(min(_MOST, pdfium.FPDFPage_CountObjects(page)) - 1, -1, -1)
    ]
    seen = 0
    while stack and seen < _MOST:
        drawn, outer, depth = stack.pop()
        seen += 1
        sort = pdfium.FPDFPageObj_GetType(drawn)
        if sort != pdfium.FPDF_PAGEOBJ_FORM:
            yield drawn, sort, outer
        elif depth < _DEEPEST:
            inner = _times(_matrix(drawn), outer)
            count = min(_MOST - len(stack), pdfium.FPDFFormObj_CountObjects(drawn))
            stack += [(pdfium.FPDFFormObj_GetObject(drawn, i), inner, depth + 1) for i in range(count - 1, -1, -1)]


def _painted(path: Any) -> tuple[bool, bool]:
    """Whether it is filled, and whether it is stroked, with a colour that can be seen on white."""
    mode, stroke = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, byref(mode), byref(stroke)):
        return False, False
    return (
        bool(mode.value) and _visible(path, pdfium.FPDFPageObj_GetFillColor),
        bool(stroke.value) and _visible(path, pdfium.FPDFPageObj_GetStrokeColor),
    )


def _visible(path: Any, colour_of: Any) -> bool:
    parts = [c_uint() for _ in range(4)]
    if not colour_of(path, *(byref(p) for p in parts)):
        return True
    red, green, blue, solid = (p.value for p in parts)
    return solid > _FAINT and min(red, green, blue) < 255 - _FAINT // 2


def _segments(path: Any, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a path."""
    x, y = c_float(), c_float()
    start = last = (0.0, 0.0)
    for i in range(min(_MOST_SEGMENTS, pdfium.FPDFPath_CountSegments(path))):
        piece = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(piece, byref(x), byref(y))
        now, sort = _moved(x.value, y.value, matrix), pdfium.FPDFPathSegment_GetType(piece)
        if sort == pdfium.FPDF_SEGMENT_MOVETO:
            start = now
        elif sort == pdfium.FPDF_SEGMENT_LINETO:
            yield (*last, *now)
        last = now
        if pdfium.FPDFPathSegment_GetClose(piece):
            yield (*last, *start)
            last = start


def _straight(left: float, top: float, right: float, bottom: float) -> bool:
    return min(abs(right - left), abs(bottom - top)) <= _ASLANT and max(abs(right - left), abs(bottom - top)) >= _SHORTEST


def _pieces(path: Any, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The bounds of each closed part of a path: several thin bars may be one path."""
    x, y = c_float(), c_float()
    xs: list[float] = []
    ys: list[float] = []
    for i in range(min(_MOST_SEGMENTS, pdfium.FPDFPath_CountSegments(path))):
        piece = pdfium.FPDFPath_GetPathSegment(path, i)
        if xs and pdfium.FPDFPathSegment_GetType(piece) == pdfium.FPDF_SEGMENT_MOVETO:
            yield min(xs), min(ys), max(xs), max(ys)
            xs, ys = [], []
        pdfium.FPDFPathSegment_GetPoint(piece, byref(x), byref(y))
        now = _moved(x.value, y.value, matrix)
        xs.append(now[0])
        ys.append(now[1])
    if xs:
        yield min(xs), min(ys), max(xs), max(ys)


def _thin(left: float, bottom: float, right: float, top: float) -> bool:
    return min(right - left, top - bottom) <= _THIN and max(right - left, top - bottom) >= _SHORTEST


def _rules(path: Any, outer: Matrix, upright: Upright) -> Iterator[Box]:
    bounds = _bounds(path, outer)
    filled, stroked = _painted(path)
    if bounds is None or not (filled or stroked):
        return
    if _thin(*bounds):
        yield upright.box(*bounds)
    elif stroked:
        for x1, y1, x2, y2 in _segments(path, _times(_matrix(path), outer)):
            if _straight(x1, y1, x2, y2):
                yield upright.box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    elif pdfium.FPDFPath_CountSegments(path) > _OF_A_BOX:
        yield from (upright.box(*piece) for piece in _pieces(path, _times(_matrix(path), outer)) if _thin(*piece))


def _picture(drawn: Any, outer: Matrix, upright: Upright, found: Drawn) -> None:
    bounds = _bounds(drawn, outer)
    width, height = c_uint(), c_uint()
    if pdfium.FPDFImageObj_GetImagePixelSize(drawn, byref(width), byref(height)):
        found.pixels = max(found.pixels, width.value * height.value)
    if bounds:
        found.pictures.append(upright.within(upright.box(*bounds)))


def drawn_on(page: Any, upright: Upright, most_rules: int) -> Drawn:
    """Lines and pictures of the page, the lines no more than that many."""
    found = Drawn()
    for drawn, sort, outer in _objects(page):
        if sort == pdfium.FPDF_PAGEOBJ_IMAGE:
            _picture(drawn, outer, upright, found)
        elif sort == pdfium.FPDF_PAGEOBJ_PATH:
            found.paths += 1
            if len(found.rules) < most_rules:
                found.rules += [upright.within(r) for r in _rules(drawn, outer, upright) if upright.holds(r)]
    del found.rules[most_rules:]
    return found
