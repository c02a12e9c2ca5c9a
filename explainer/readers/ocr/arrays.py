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
    if axis:
        sums[:, size:] -= sums[:, :-size].copy()
        return sums[:, size - 1 :]
    sums[size:] -= sums[:-size].copy()
    return sums[size - 1 :]


def long_runs(mask: Mask, size: int, axis: int) -> Mask:
    """Only the runs of True of at least that length along an axis."""
    if axis == 0:
        return long_runs(mask.T, size, 1).T
    if mask.shape[1] < size:
        return np.zeros_like(mask)
    where = _edges(mask)
    long = where[1::2] - where[0::2] >= size
    change = np.zeros(mask.shape[0] * (mask.shape[1] + 1) + 1, np.int8)
    change[where[0::2][long]] = 1
    change[where[1::2][long]] = -1
    return np.cumsum(change[:-1], dtype=np.int8).reshape(mask.shape[0], -1)[:, :-1].astype(bool)


def _edges(mask: Mask) -> NDArray[np.int64]:
    """Where runs begin and end, in turn, in the rows set one behind the other with a False after each."""
    flat = np.zeros((mask.shape[0], mask.shape[1] + 1), np.int8)
    flat[:, :-1] = mask
    return np.flatnonzero(np.diff(flat.ravel(), prepend=np.int8(0)))


def bridged(mask: Mask, gap: int, axis: int) -> Mask:
    """Gaps of up to that many pixels between Trues of an axis are closed."""
    return ~long_runs(~mask, gap + 1, axis)


def runs(flags: Mask) -> list[tuple[int, int]]:
    """[start, end) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[0::2], edges[1::2], strict=True)]
