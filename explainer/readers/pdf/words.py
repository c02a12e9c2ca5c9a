"""The words of a PDF page with their places, as they stand when the page is held upright."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_int, c_uint, create_string_buffer
from dataclasses import dataclass
from typing import Any

import pypdfium2_raw as pdfium

from explainer.model.source import Box

_WORD = re.compile(r"[^\s\x00]+")
_GLUED = re.compile(r"(?<=\.[0-9]{2})(?=\(?-?\$?[0-9]+\.[0-9]{2})|(?<=[0-9])(?=\$)", re.ASCII)
_HYPHENS = ("\x02", "\ufffe")  # how PDFium marks a hyphen at the end of a printed line
_HYPHEN = re.compile("[\x02\ufffe]")
_GRAIN = 100
_SAMPLE = 200
_INVISIBLE = 3
_LEAST_HEIGHT = 2.5
_FEW_LETTERS, _BREAK, _NO_ROOM = 2, 2, 0.08
_ODD = re.compile("[\ue000-\uf8ff\ufffd\uffff\x00\x01\x03-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Ink:
    """A word and how it is drawn. turned: quarter turns against the page. light: how light its colour is, 0 to 255; None where
    it is drawn without ink."""

    text: str
    box: Box
    turned: int
    light: int | None


@dataclass(frozen=True, slots=True)
class Upright:
    """From the page's own coordinates to points from the upper left corner of the page as it is read."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x1, y1 = self.point(left, bottom)
        x2, y2 = self.point(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def holds(self, box: Box) -> bool:
        """Whether the middle of a box lies on the page."""
        return 0 <= (box.left + box.right) / 2 <= self.width and 0 <= (box.top + box.bottom) / 2 <= self.height

    def within(self, box: Box) -> Box:
        """The part of a box that lies on the page."""
        left, top = min(max(box.left, 0), self.width), min(max(box.top, 0), self.height)
        return Box(left, top, max(left, min(box.right, self.width)), max(top, min(box.bottom, self.height)))


def upright(page: Any, turns: int) -> Upright:
    """The page's own turning is in it; `turns` are quarter turns clockwise more."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if turns % 2:
        width, height = height, width
    x, y = c_int(), c_int()

    def device(left: float, top: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page, 0, 0, int(width * _GRAIN), int(height * _GRAIN), turns, left, top, byref(x), byref(y))
        return x.value / _GRAIN, y.value / _GRAIN

    e, f = device(0, 0)
    ax, ay = device(100, 0)
    cx, cy = device(0, 100)
    return Upright((ax - e) / 100, (ay - f) / 100, (cx - e) / 100, (cy - f) / 100, e, f, width, height)


class TextPage:
    """The characters of a page; to be closed."""

    def __init__(self, page: Any) -> None:
        self.handle = pdfium.FPDFText_LoadPage(page)
        self.count = max(0, pdfium.FPDFText_CountChars(self.handle)) if self.handle else 0

    def __enter__(self) -> "TextPage":
        return self

    def __exit__(self, *_: object) -> None:
        if self.handle:
            pdfium.FPDFText_ClosePage(self.handle)

    def text(self, most: int) -> str:
        """One character for each of the page's, in the file's order; at most so many."""
        count = min(self.count, most)
        buffer = create_string_buffer(count * 2 + 2)
        got = pdfium.FPDFText_GetText(self.handle, 0, count, pdfium.cast(buffer, pdfium.POINTER(pdfium.c_ushort)))
        text = buffer.raw[: max(0, got - 1) * 2].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        return "".join(chr(pdfium.FPDFText_GetUnicode(self.handle, i) or 0x20) for i in range(count))


def odd_share(text: str) -> float:
    """The share of characters that are no letters of any script: the file does not say which ones are meant."""
    seen = sum(1 for c in text if not c.isspace())
    return len(_ODD.findall(text)) / seen if seen else 0.0


def inks(page: TextPage, text: str, upright_: Upright) -> Iterator[Ink]:
    """Every word of the page, seen or not."""
    reach = _Reach(page.handle)
    before: Ink | None = None
    letters = behind = 0
    for match in _WORD.finditer(text):
        for start, end in _pieces(text, match.start(), match.end()):
            for ink in _drawn(reach, text, start, end, upright_):
                touching = before is not None and 0 < start - behind <= _BREAK and min(letters, end - start) <= _FEW_LETTERS
                if touching and before is not None and _touch(before, ink) and reach.made_up(behind):
                    before = _as_one(before, ink)
                else:
                    if before is not None:
                        yield before
                    before = ink
                letters, behind = end - start, end
    if before is not None:
        yield before


def _touch(one: Ink, two: Ink) -> bool:
    """Whether a word stands right behind another on its line, without the room of a space."""
    height = one.box.bottom - one.box.top
    level = abs(one.box.bottom - two.box.bottom) <= _NO_ROOM * height
    return level and one.turned == two.turned and abs(two.box.left - one.box.right) <= _NO_ROOM * height


def _as_one(one: Ink, two: Ink) -> Ink:
    """Letters that stand apart in the file and together on the page are one word."""
    a, b = one.box, two.box
    box = Box(min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom))
    return Ink(one.text + two.text, box, one.turned, one.light)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Amounts that touch come apart, and a word that is broken over two lines."""
    cuts = [start + m.start() for m in _GLUED.finditer(text[start:end])]
    cuts += [at + 1 for at in range(start, end - 1) if text[at] in _HYPHENS]
    edges = [start, *sorted(cuts), end]
    yield from itertools.pairwise(edges)


class _Reach:
    """Asks for the places of characters with the same few buffers."""

    def __init__(self, handle: Any) -> None:
        self.handle = handle
        self.loose = pdfium.FS_RECTF()
        self.colour = [c_uint() for _ in range(4)]

    def line(self, index: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top of a character with the room its font gives it."""
        if not pdfium.FPDFText_GetLooseCharBox(self.handle, index, byref(self.loose)):
            return None
        return self.loose.left, self.loose.bottom, self.loose.right, self.loose.top

    def made_up(self, index: int) -> bool:
        """Whether PDFium put a space there that the file does not hold."""
        return bool(pdfium.FPDFText_IsGenerated(self.handle, index) == 1)

    def light(self, index: int) -> int | None:
        """How light its colour is, or None where it has no ink."""
        drawn = pdfium.FPDFText_GetTextObject(self.handle, index)
        if drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE:
            return None
        parts = self.colour
        if not pdfium.FPDFText_GetFillColor(self.handle, index, *(byref(p) for p in parts)):
            return 0
        red, green, blue, solid = (p.value for p in parts)
        return None if solid < 16 else (299 * red + 587 * green + 114 * blue) // 1000

    def turned(self, index: int) -> int:
        """Quarter turns against the page's own coordinates."""
        angle = float(pdfium.FPDFText_GetCharAngle(self.handle, index))
        return round(angle / (math.pi / 2)) % 4 if angle > 0 else 0


def _drawn(reach: _Reach, text: str, start: int, end: int, upright_: Upright) -> Iterator[Ink]:
    first, last = reach.line(start), reach.line(end - 1)
    if first is None or last is None:
        return
    sides = [*first, *last]
    if not all(map(math.isfinite, sides)):
        return
    xs, ys = sides[0::2], sides[1::2]
    box = upright_.box(min(xs), min(ys), max(xs), max(ys))
    yield Ink(_HYPHEN.sub("-", text[start:end]), box, reach.turned(start), reach.light(start))


def turns_of(page: TextPage, text: str) -> int:
    """The quarter turns in which most of the page's letters stand, from a sample."""
    reach = _Reach(page.handle)
    letters = [i for i, c in enumerate(text) if not c.isspace()]
    count = Counter(reach.turned(i) for i in letters[:: max(1, len(letters) // _SAMPLE)])
    return count.most_common(1)[0][0] if count else 0


def is_tiny(word: Ink) -> bool:
    """Too small for anyone to read."""
    return min(word.box.bottom - word.box.top, max(1.0, word.box.right - word.box.left) * 9) < _LEAST_HEIGHT
