"""Shadows, gray paper and white words on dark made into dark words on white."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from explainer.readers.ocr.arrays import Gray, Mask, as_array, as_picture, bridged, long_runs, window_sums

_BLOCK, _LIGHT = 4, 12
_CLOSE = 7
_DARK = 120
_MOSTLY = 0.62
_SMALLEST_FIELD = 95  # of them, one below the other, make the page's long side
_LEAST_PAPER = 40
_FEW_BLOCKS = 0.0008
_NOISY = 9.0


def lightness(gray: Gray) -> Gray:
    """How light the paper is at each pixel: as the light pixels close by, so that letters vanish and edges of fields stay."""
    rows, columns = gray.shape[0] // _BLOCK, gray.shape[1] // _BLOCK
    blocks = gray[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK).swapaxes(1, 2)
    light = np.partition(blocks.reshape(rows, columns, _BLOCK * _BLOCK), _LIGHT, axis=2)[:, :, _LIGHT]
    small = as_picture(np.ascontiguousarray(light))
    closed = small.filter(ImageFilter.MaxFilter(_CLOSE)).filter(ImageFilter.MinFilter(_CLOSE))
    whole = as_array(closed.resize((columns * _BLOCK, rows * _BLOCK), Image.Resampling.BILINEAR))
    return np.pad(whole, ((0, gray.shape[0] - rows * _BLOCK), (0, gray.shape[1] - columns * _BLOCK)), mode="edge")


def flattened(gray: Gray) -> Gray:
    """The picture as if the paper were white everywhere."""
    paper = np.maximum(lightness(gray), _LEAST_PAPER).astype(np.float32)
    return np.minimum(gray.astype(np.float32) * (255.0 / paper), 255.0).astype(np.uint8)


def inverted(gray: Gray, letter: int) -> Gray:
    """Large dark fields with light words become light with dark words. letter: about the height of letters in pixels."""
    dark = gray < _DARK
    if _black_blocks(dark) < _FEW_BLOCKS:
        return gray
    size = max(max(gray.shape) // _SMALLEST_FIELD, int(letter * 1.3)) | 1
    closed = bridged(bridged(dark, max(2, letter // 3), 1), max(2, letter // 3), 0)
    if min(dark.shape) <= size:
        return gray
    filled = _window(closed, size) == size * size
    seeds = filled & (_window(dark, size) >= _MOSTLY * size * size)
    field = long_runs(_window(np.pad(seeds, size - 1), size) > 0, 4 * size, 1)
    return np.where(field, 255 - gray, gray)


def _black_blocks(dark: Mask) -> float:
    """The share of small blocks that are dark all over, as hardly any are where there are only letters."""
    rows, columns = dark.shape[0] // 8, dark.shape[1] // 8
    return float(dark[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8).all(axis=(1, 3)).mean())


def _window(mask: Mask, size: int) -> NDArray[np.int32]:
    """How many pixels of each square of that size are True."""
    return window_sums(window_sums(mask, size, 0), size, 1)


def noise_of(gray: Gray) -> float:
    """How much neighbouring pixels differ where nothing is printed."""
    across = np.abs(np.diff(gray[::3].astype(np.int16), axis=1))
    return float(np.median(across))


def smoothed(gray: Gray) -> Gray:
    """A little blur where the picture is noisy; else as it is."""
    if noise_of(gray) < _NOISY:
        return gray
    return as_array(as_picture(gray).filter(ImageFilter.GaussianBlur(0.8)))


def without_borders(gray: Gray) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is left when dark strips at the edges (a scanner's lid, a table) are cut off."""
    small = gray[::4, ::4] < _DARK
    rows, columns = small.mean(axis=1) > 0.7, small.mean(axis=0) > 0.7
    top, bottom = _strip(rows), _strip(rows[::-1])
    left, right = _strip(columns), _strip(columns[::-1])
    return left * 4, top * 4, gray.shape[1] - right * 4, gray.shape[0] - bottom * 4


def _strip(flags: NDArray[np.bool_]) -> int:
    """How many at the beginning are dark; nothing where that is a third or more."""
    light = np.flatnonzero(~flags)
    first = int(light[0]) if len(light) else 0
    return first + 1 if 0 < first < len(flags) / 3 else 0
