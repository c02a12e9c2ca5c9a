"""Ruled lines: found, whitened so that they do not disturb the letters, and remembered for the layout."""

from dataclasses import dataclass

import numpy as np

from explainer.readers.ocr.angle import INK
from explainer.readers.ocr.numbers import Gray, Mask, bridged, long_runs, runs, window_sums

_MOST = 1500


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def _thin(mask: Mask, thickest: int, axis: int) -> Mask:
    """Without what is thicker than that across."""
    return mask & ~long_runs(mask, thickest + 1, axis)


def _lines(ink: Mask, shortest: int, thickest: int, axis: int) -> Mask:
    """The pixels of lines along an axis."""
    whole = long_runs(bridged(ink, 3, axis), shortest, axis)
    return _thin(whole, thickest, 1 - axis)


def _grown(mask: Mask, by: int, axis: int) -> Mask:
    pad = [(0, 0), (0, 0)]
    pad[axis] = (by, by)
    return window_sums(np.pad(mask, pad), 2 * by + 1, axis) > 0


def _joined(mask: Mask) -> list[Rule]:
    """Level lines of a mask: runs of neighbouring rows that overlap are one line."""
    open_: list[list[int]] = []
    done: list[list[int]] = []
    for y in np.flatnonzero(mask.any(axis=1)):
        done += [line for line in open_ if line[3] < y]
        open_ = [line for line in open_ if line[3] >= y]
        for left, right in runs(mask[y]):
            _take(open_, left, right, int(y))
        if len(done) > _MOST:
            break
    return [Rule(*line) for line in (*done, *open_)][:_MOST]


def _take(lines: list[list[int]], left: int, right: int, y: int) -> None:
    over = next((line for line in lines if line[0] < right and left < line[2]), None)
    if over is None:
        lines.append([left, y, right, y + 1])
    else:
        over[0], over[2], over[3] = min(over[0], left), max(over[2], right), y + 1


def without_rules(gray: Gray, letter: int) -> tuple[Gray, list[Rule]]:
    """The picture with its ruled lines whitened, and these. letter: about the height of letters in pixels."""
    ink = gray < INK
    thickest = max(4, letter // 2)
    level = _lines(ink, max(40, 4 * letter), thickest, 1)
    upright = _lines(ink, max(30, 2 * letter + 8), thickest, 0)
    rules = _joined(level) + [Rule(r.top, r.left, r.bottom, r.right) for r in _joined(np.ascontiguousarray(upright.T))]
    white = _grown(level, 1, 0) | _grown(upright, 1, 1)
    return np.where(white, np.uint8(255), gray), rules
