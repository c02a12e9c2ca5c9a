"""Ruled lines: found, whitened so that they do not disturb the letters, and remembered for the layout."""

from dataclasses import dataclass

import numpy as np

from explainer.readers.ocr.arrays import Floats, Gray, Mask, bridged, long_runs, runs, window_sums

_MOST = 1500
_FAINT = 36  # ruled lines may be much lighter than letters
_LINE, _ALONE, _END = 0.93, 0.4, 0.6


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def _density(gray: Gray, length: int) -> Floats:
    """How much of a level stretch round each pixel is inked: 0 to 1. Faint ink counts as much as black."""
    inked = np.minimum(255 - gray, _FAINT)
    before = length // 2
    sums = window_sums(np.pad(inked, ((0, 0), (before, length - 1 - before))), length, 1)
    return sums.astype(np.float32) / np.float32(_FAINT * length)


def _beside(density: Floats, off: int) -> Floats:
    """The larger of the values so many rows above and below."""
    wide = np.pad(density, ((off, off), (0, 0)))
    return np.maximum(wide[: -2 * off], wide[2 * off :])


def _lines(gray: Gray, length: int, thickest: int) -> Mask:
    """The pixels of level lines: inked all along, with little ink above and below, as the rows of letters have not."""
    if min(gray.shape) <= length:
        return np.zeros(gray.shape, bool)
    density = _density(gray, length)
    seeds = (density >= _LINE) & (density - _beside(density, thickest) >= _ALONE)
    joined = bridged(seeds, 2 * length, 1) | _grown(seeds, length // 2)
    whole = long_runs(joined & (density >= _END), length, 1)
    return whole | (_grown(whole, length // 3) & (gray < 255 - _FAINT))


def _grown(mask: Mask, by: int) -> Mask:
    """Longer by so many pixels at both ends."""
    return window_sums(np.pad(mask, ((0, 0), (by, by))), 2 * by + 1, 1) > 0


def _thicker(mask: Mask) -> Mask:
    """Thicker by one pixel at both sides."""
    wide = np.pad(mask, ((1, 1), (0, 0)))
    return wide[:-2] | wide[1:-1] | wide[2:]


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
    thickest = max(4, letter // 3)
    level = _lines(gray, max(100, 10 * letter), thickest)
    upright = _lines(np.ascontiguousarray(gray.T), max(56, 4 * letter), thickest)
    rules = _joined(level) + [Rule(r.top, r.left, r.bottom, r.right) for r in _joined(upright)]
    white = _thicker(level) | _thicker(upright).T
    return np.where(white, np.uint8(255), gray), rules
