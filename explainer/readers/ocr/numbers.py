"""Small tools for pictures as arrays: sums over windows, runs, blocks."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Gray: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float32]


def as_array(picture: Image.Image) -> Gray:
    """Rows of pixels, 0 black."""
    return np.asarray(picture, dtype=np.uint8)


def as_picture(gray: Gray) -> Image.Image:
    """The same as a picture of Pillow's."""
    return Image.fromarray(gray)


def window_sums(values: NDArray[np.generic], size: int, axis: int) -> NDArray[np.int32]:
    """The sum of each window of that many along an axis; shorter by size - 1."""
    sums = np.cumsum(values, axis=axis, dtype=np.int32)
    first = np.take(sums, [size - 1], axis=axis)
    rest = np.take(sums, range(size, sums.shape[axis]), axis=axis) - np.take(sums, range(sums.shape[axis] - size), axis=axis)
    return np.concatenate([first, rest], axis=axis)


def long_runs(mask: Mask, size: int, axis: int) -> Mask:
    """Only the runs of True of at least that length along an axis."""
    if mask.shape[axis] <= size:
        return np.zeros_like(mask)
    starts = window_sums(mask, size, axis) == size
    pad = [(0, 0), (0, 0)]
    pad[axis] = (size - 1, size - 1)
    return window_sums(np.pad(starts, pad), size, axis) > 0


def bridged(mask: Mask, gap: int, axis: int) -> Mask:
    """Gaps of up to that many pixels between Trues of an axis are closed."""
    return ~long_runs(~mask, gap + 1, axis)


def runs(flags: Mask) -> list[tuple[int, int]]:
    """[start, end) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[0::2], edges[1::2], strict=True)]
