"""How tall the letters of a picture are, so that it can be brought to a size that is read well."""

import numpy as np

from explainer.readers.ocr.angle import INK
from explainer.readers.ocr.arrays import Gray, runs

_STRIP = 0.04
_LEAST, _MOST_SHARE = 5, 0.06
_USUAL = 20


def letter_height(gray: Gray) -> int:
    """The usual height of a printed line's letters in pixels, told strip by strip, as lines may not run across the page."""
    width = max(24, int(gray.shape[1] * _STRIP))
    ink = gray < INK
    heights: list[int] = []
    for left in range(0, gray.shape[1] - width + 1, width):
        rows = ink[:, left : left + width].sum(axis=1) > 1
        heights += [b - a for a, b in runs(rows) if _LEAST <= b - a <= _MOST_SHARE * gray.shape[0]]
    return int(np.median(heights)) if len(heights) >= 8 else _USUAL
