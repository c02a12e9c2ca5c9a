"""A page as a picture in gray: to be shown, to see which words have ink, and for the reader of pictures."""

import struct
import zlib
from ctypes import string_at
from dataclasses import dataclass
from typing import Any

import pypdfium2_raw as pdfium

from explainer.model.source import Box

_POINTS = 72
_SHADES = 16
_HIGH = bytes((shade * (_SHADES - 1) + 127) // 255 << 4 for shade in range(256))
_LOW = bytes((shade * (_SHADES - 1) + 127) // 255 for shade in range(256))
_QUICK = 4
_CONTRAST = 40


@dataclass(frozen=True, slots=True)
class Gray:
    """Rows of one byte a pixel, 0 black; scale: pixels a point."""

    width: int
    height: int
    rows: bytes
    scale: float

    def part(self, box: Box) -> list[bytes]:
        """The rows of pixels under a box."""
        left, right = int(box.left * self.scale), int(box.right * self.scale) + 1
        top, bottom = int(box.top * self.scale), int(box.bottom * self.scale) + 1
        left, right = max(0, left), min(self.width, right)
        return [self.rows[y * self.width + left : y * self.width + right] for y in range(max(0, top), min(self.height, bottom))]

    def shades(self, box: Box) -> tuple[int, int]:
        """The darkest and the lightest shade under a box."""
        rows = [row for row in self.part(box) if row]
        return (min(map(min, rows)), max(map(max, rows))) if rows else (255, 255)

    @property
    def ink(self) -> float:
        """The share of the picture that is dark."""
        dark = self.rows.translate(_IS_DARK)
        return dark.count(1) / max(1, len(dark))


_IS_DARK = bytes(int(shade < 128) for shade in range(256))


def rendered(page: Any, width: float, height: float, turns: int, dpi: float, most_pixels: int) -> Gray | None:
    """The page of that size in points, turned; of fewer dots an inch where it would have more than that many pixels."""
    scale = min(dpi / _POINTS, (most_pixels / (width * height)) ** 0.5)
    across, down = max(1, int(width * scale)), max(1, int(height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        return None
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, turns, pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        whole = string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    rows = whole if stride == across else b"".join(whole[y * stride : y * stride + across] for y in range(down))
    return Gray(across, down, rows, scale)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def as_png(gray: Gray) -> bytes:
    """The picture in sixteen shades, two pixels a byte."""
    width = gray.width + gray.width % 2
    rows = gray.rows
    if gray.width % 2:
        rows = b"".join(rows[y * gray.width : (y + 1) * gray.width] + b"\xff" for y in range(gray.height))
    pairs = int.from_bytes(rows[0::2].translate(_HIGH), "big") | int.from_bytes(rows[1::2].translate(_LOW), "big")
    packed, step = pairs.to_bytes(len(rows) // 2, "big"), width // 2
    lines = b"".join(b"\0" + packed[y * step : (y + 1) * step] for y in range(gray.height))
    head = struct.pack(">IIBBBBB", gray.width, gray.height, 4, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, _QUICK)) + _chunk(b"IEND", b"")


def has_ink(gray: Gray, box: Box, light: int) -> bool:
    """Whether a word can be seen: its box is not all of one shade, and a light word stands on something dark."""
    darkest, lightest = gray.shades(box)
    if lightest - darkest < _CONTRAST:
        return False
    return light < 160 or _mostly(gray, box) < light - _CONTRAST


def _mostly(gray: Gray, box: Box) -> int:
    """The shade that most of the pixels under and just round a box have."""
    pixels = sorted(b"".join(gray.part(box)))
    return pixels[len(pixels) // 2] if pixels else 255
