"""The page's lines set one below the other with room between them, as cells of a table may stand at heights of their own."""

from dataclasses import dataclass, field, replace
from statistics import median_low

import numpy as np
from PIL import Image

from explainer.readers.ocr.arrays import Mask, as_array, as_picture, bridged, runs
from explainer.readers.ocr.engine import Seen

_INK = 165
_ACROSS, _DOWN = 0.9, 0.15
_SMALL = 0.45
_SAME, _RECENT = 0.6, 12
_SPECK = 3
_MOST_BLOBS = 6_000
_EDGE = 3
_NEAR = 7


@dataclass(frozen=True, slots=True)
class Blob:
    """Ink that hangs together when letters are smeared sideways: words that stand close."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def apart(self, other: "Blob") -> int:
        """How far apart they stand sideways; below nothing where one is over the other."""
        return max(self.left, other.left) - min(self.right, other.right)

    def shared(self, other: "Blob") -> float:
        """How much of the lower one's height both have."""
        both = min(self.bottom, other.bottom) - max(self.top, other.top)
        return both / max(1, min(self.height, other.height))


@dataclass(slots=True)
class Strip:
    """A printed line, and where it was put: `moved` rows further down."""

    blobs: list[Blob] = field(default_factory=list)
    moved: int = 0

    @property
    def top(self) -> int:
        return min(b.top for b in self.blobs)

    @property
    def bottom(self) -> int:
        return max(b.bottom for b in self.blobs)

    def off(self, y: float) -> float:
        """How far a row of the sheet is from where the line was put; below nothing within it."""
        return max(self.top + self.moved - y, y - self.bottom - self.moved)


def blobs_of(ink: Mask, letter: int) -> list[Blob]:
    """The blobs of a page, by their upper edge; specks left out."""
    smeared = bridged(bridged(ink, max(2, int(_DOWN * letter)), 0), max(2, int(_ACROSS * letter)), 1)
    found = [b for b in _components(smeared) if max(b.height, b.right - b.left) > _SPECK]
    return sorted(found, key=lambda b: (b.top, b.left))[:_MOST_BLOBS]


def _components(mask: Mask) -> list[Blob]:
    """The boxes of what hangs together, row by row."""
    boxes: list[list[int]] = []
    owner: list[int] = []

    def find(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    above: list[tuple[int, int, int]] = []
    for y in np.flatnonzero(mask.any(axis=1)):
        if above and boxes[find(above[0][2])][3] < y and all(boxes[find(a[2])][3] < y for a in above):
            above = []
        row: list[tuple[int, int, int]] = []
        at = 0
        for left, right in runs(mask[y]):
            mine = -1
            while at < len(above) and above[at][1] < left:
                at += 1
            over = at
            while over < len(above) and above[over][0] <= right:
                root = find(above[over][2])
                if mine < 0:
                    mine = root
                elif root != mine:
                    _merge(boxes[mine], boxes[root])
                    owner[root] = mine
                over += 1
            if mine < 0:
                mine = len(boxes)
                boxes.append([left, int(y), right, int(y) + 1])
                owner.append(mine)
            else:
                _merge(boxes[mine], [left, int(y), right, int(y) + 1])
            row.append((left, right, mine))
        above = row
    return [Blob(*box) for at, box in enumerate(boxes) if owner[at] == at]


def _merge(box: list[int], other: list[int]) -> None:
    box[0], box[1] = min(box[0], other[0]), min(box[1], other[1])
    box[2], box[3] = max(box[2], other[2]), max(box[3], other[3])


def strips_of(blobs: list[Blob], letter: int) -> list[Strip]:
    """Blobs by printed line, from the top."""
    strips: list[Strip] = []
    for blob in sorted((b for b in blobs if b.height >= _SMALL * letter), key=lambda b: b.middle):
        fits = [(s.shared(blob), strip) for strip in strips[-_RECENT:] if (s := _beside(strip, blob)) is not None]
        best = max(fits, key=lambda fit: fit[0], default=None)
        if best and best[0] >= _SAME:
            best[1].blobs.append(blob)
        else:
            strips.append(Strip([blob]))
    for blob in (b for b in blobs if b.height < _SMALL * letter):
        _add_mark(strips, blob, letter)
    return sorted(strips, key=lambda s: (s.top, s.bottom))


def _beside(strip: Strip, blob: Blob) -> Blob | None:
    """The strip's blob that stands closest to it sideways; None where one stands over or under it."""
    near = min(strip.blobs, key=blob.apart)
    return near if near.apart(blob) > 0 else None


def _add_mark(strips: list[Strip], mark: Blob, letter: int) -> None:
    """Points, dashes and accents go to the line that they stand in or closest to; one far from all is a line of its own."""
    best, least = None, 0.8 * letter
    for strip in strips:
        if strip.top - letter <= mark.middle <= strip.bottom + letter:
            near = min(strip.blobs, key=lambda b: max(0, b.apart(mark)))
            off = max(near.top - mark.middle, mark.middle - near.bottom, 0.0) + 0.02 * max(0, near.apart(mark))
            if off < least:
                best, least = strip, off
    if best:
        best.blobs.append(mark)
    else:
        strips.append(Strip([mark]))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's lines set apart, as a picture, and where each came from."""

    picture: Image.Image
    strips: list[Strip]

    def put_back(self, words: list[Seen]) -> list[Seen]:
        """The words at their places on the page; those of a line get one height, whether or not their letters have tails."""
        lines: dict[int, list[Seen]] = {}
        for w in words:
            middle = (w.top + w.bottom) / 2
            at = min(range(len(self.strips)), key=lambda i: self.strips[i].off(middle))
            moved = self.strips[at].moved
            lines.setdefault(at, []).append(replace(w, top=w.top - moved, bottom=w.bottom - moved))
        return [word for at in sorted(lines) for word in _level(sorted(lines[at], key=lambda w: w.left))]


def spread(flat: Image.Image, letter: int) -> Sheet:
    """The picture with its lines set apart."""
    gray = as_array(flat)
    strips = strips_of(blobs_of(gray < _INK, letter), letter)
    room, at = max(8, letter * 3 // 2), letter
    for strip in strips:
        strip.moved = at - strip.top
        at += strip.bottom - strip.top + room
    page = np.full((at + letter, gray.shape[1]), 255, np.uint8)
    for strip in strips:
        for b in strip.blobs:
            top, left = max(0, b.top - _EDGE), max(0, b.left - _EDGE)
            part = gray[top : b.bottom + _EDGE, left : b.right + _EDGE]
            to = page[top + strip.moved : top + strip.moved + part.shape[0], left : left + part.shape[1]]
            np.minimum(to, part[: to.shape[0], : to.shape[1]], out=to)
    return Sheet(as_picture(page), strips)


def _level(line: list[Seen]) -> list[Seen]:
    """Each word as high and low as most of the words round it, unless its letters are of another size. Dashes go with them."""
    solid = [w for w in line if any(c.isalnum() for c in w.text)] or line
    out: list[Seen] = []
    for word in line:
        near = sorted(solid, key=lambda w: abs(w.left - word.left))[:_NEAR]
        top, bottom = int(median_low(w.top for w in near)), int(median_low(w.bottom for w in near))
        other_size = word in solid and word.bottom - word.top > 1.6 * (bottom - top)
        out.append(word if other_size or bottom <= top else replace(word, top=top, bottom=bottom))
    return out
