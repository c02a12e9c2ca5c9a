"""A picture made ready to be read: flat, straight, upright, without ruled lines, its letters of a good size."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from explainer.readers.ocr.angle import INK, skew
from explainer.readers.ocr.arrays import Gray, as_array, as_picture
from explainer.readers.ocr.flat import flattened, inverted, smoothed, without_borders
from explainer.readers.ocr.letters import letter_height
from explainer.readers.ocr.rules import Rule, without_rules

_LONGEST, _ENOUGH, _LEAST_SCALE = 3400, 2200, 0.6
_STRAIGHT = 0.05
_GOOD, _SMALL, _TALL = 20, 18, 26
_MOST_PIXELS = 14_000_000
_WHITE = 255
_QUARTER = Image.Transpose.ROTATE_90
_LEVEL = 1.2


@dataclass(frozen=True, slots=True)
class Ready:
    """shown: the picture as a person sees it, upright. flat: the same for the engine, `scale` times as large.

    rules: in pixels of `shown`. shrunk: how many pixels of the first picture one of `shown` is.
    """

    shown: Image.Image
    flat: Image.Image
    rules: list[Rule]
    scale: float
    shrunk: float = 1.0
    angle: float = 0.0
    letter: int = 20


def smaller(picture: Image.Image) -> Image.Image:
    """No longer than what is worth reading."""
    longest = max(picture.size)
    if longest <= _LONGEST:
        return picture
    size = [max(1, round(side * _LONGEST / longest)) for side in picture.size]
    return picture.resize((size[0], size[1]), Image.Resampling.BOX, reducing_gap=2.0)


def ready(picture: Image.Image) -> Ready:
    """All that is done before the engine reads. The words may still stand on their heads."""
    shown = smaller(picture)
    shrunk = max(picture.size) / max(shown.size)
    shown = shown.crop(without_borders(as_array(shown)))
    letter = letter_height(flattened(as_array(shown)))
    if letter > _TALL and max(shown.size) > _ENOUGH:
        scale = max(_GOOD / letter, _ENOUGH / max(shown.size), _LEAST_SCALE)
        shown = shown.resize((round(shown.width * scale), round(shown.height * scale)), Image.Resampling.BOX)
        letter, shrunk = round(letter * scale), shrunk / scale
    flat = smoothed(as_array(shown))
    flat = flattened(inverted(flat, letter))
    found = _straight(shown, flat, shrunk)
    if _lines_are_level(found.flat):
        return found
    return _straight(shown.transpose(_QUARTER), as_array(as_picture(flat).transpose(_QUARTER)), shrunk)


def _straight(shown: Image.Image, flat: Gray, shrunk: float) -> Ready:
    """Without its small slant and its ruled lines, and of a good size."""
    angle = skew(flat)
    if abs(angle) >= _STRAIGHT:
        flat = as_array(as_picture(flat).rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE))
        shown = shown.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=_WHITE)
    flat, rules = without_rules(flat, letter_height(flat))
    letter = letter_height(flat)
    plain, scale = _sized(as_picture(flat), letter)
    return Ready(shown, plain, rules, scale, shrunk, angle, round(letter * scale))


def _lines_are_level(flat: Image.Image) -> bool:
    """Words in lines make sharp rows; in a picture that lies on its side they make sharp columns."""
    ink = as_array(flat) < INK
    return _sharpness(ink.sum(axis=1)) >= _LEVEL * _sharpness(ink.sum(axis=0))


def _sharpness(counts: NDArray[np.int64]) -> float:
    return float((np.diff(counts.astype(np.float64)) ** 2).sum())


def _sized(flat: Image.Image, letter: int) -> tuple[Image.Image, float]:
    """Letters of a height that is read well, and how many times larger the picture is for it."""
    if _SMALL <= letter <= _TALL:
        return flat, 1.0
    scale = min(3.0, _GOOD / letter, (_MOST_PIXELS / (flat.width * flat.height)) ** 0.5)
    size = max(1, round(flat.width * scale)), max(1, round(flat.height * scale))
    return flat.resize(size, Image.Resampling.LANCZOS if scale > 1 else Image.Resampling.BOX), scale


def upside_down(found: Ready) -> Ready:
    """The same turned by half."""
    half = Image.Transpose.ROTATE_180
    width, height = found.shown.size
    rules = [Rule(width - r.right, height - r.bottom, width - r.left, height - r.top) for r in found.rules]
    return replace(found, shown=found.shown.transpose(half), flat=found.flat.transpose(half), rules=rules)
