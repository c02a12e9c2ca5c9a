"""How far a picture is turned: a few degrees, told from its lines of words."""

import numpy as np
from numpy.typing import NDArray

from explainer.readers.ocr.arrays import Floats, Gray

_STEEPEST = 10.0
_LEAST_POINTS, _MOST_POINTS = 400, 40_000
_LARGE = 1200
INK = 150


def skew(gray: Gray) -> float:
    """The degrees, counter-clockwise, that the picture must be turned by to stand straight; 0 where that cannot be told."""
    step = max(1, max(gray.shape) // _LARGE)
    small = gray[: gray.shape[0] // step * step, : gray.shape[1] // step * step]
    small = small.reshape(small.shape[0] // step, step, small.shape[1] // step, step).min(axis=(1, 3))
    rows, columns = np.nonzero(small < INK)
    if len(rows) < _LEAST_POINTS or len(rows) > small.size // 2:
        return 0.0
    every = max(1, len(rows) // _MOST_POINTS)
    y, x = rows[::every].astype(np.float32), columns[::every].astype(np.float32)
    best = _best(y, x, np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5))
    best = _best(y, x, np.arange(best - 0.4, best + 0.41, 0.1))
    return round(_best(y, x, np.arange(best - 0.08, best + 0.09, 0.02)), 2)


def _best(y: Floats, x: Floats, angles: NDArray[np.float64]) -> float:
    """The angle under which the ink lies in the sharpest rows."""
    scores = [_sharpness(y + x * np.float32(np.tan(np.radians(-a)))) for a in angles]
    most = max(scores)
    among = [float(a) for a, s in zip(angles, scores, strict=True) if s >= most * 0.999]
    return min(among, key=abs)


def _sharpness(rows: Floats) -> float:
    counts = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
    return float((np.diff(counts) ** 2).sum())
