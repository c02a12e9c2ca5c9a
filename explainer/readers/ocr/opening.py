"""Pictures opened safely: the kind told by their first bytes, the size by their header, and only then unpacked."""

import io
import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from explainer.readers.box.extract import Refused

Numbers = Mapping[str, float]

_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"), (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"), (b"BM", "BMP"),
)  # fmt: skip
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
# What Pillow and its plugins raise for files that are not what they say.
BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, OverflowError, struct.error, zlib.error,
    ZeroDivisionError, RuntimeError, MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
_SCREEN = 100  # up to this, dots an inch are those of screens and tell nothing of the paper
# Modes that Pillow turns into gray as a person sees it; anything else goes by way of RGB.
_GRAY = frozenset(("1", "L"))
_DEEP = ("I", "F")


def kind_of(data: bytes) -> str | None:
    """Pillow's name of the kind, or None."""
    if data[4:8] == b"ftyp":
        return "HEIF" if data[8:12] in _HEIF else None
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for magic, kind in _KINDS if data.startswith(magic)), None)


def _plugins(kind: str) -> None:
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)


@contextmanager
def opened(data: bytes, numbers: Numbers) -> Iterator[Image.Image]:
    """The picture with nothing unpacked. Raises Refused: picture-kind, picture-damaged, picture-too-big, picture-too-small."""
    kind = kind_of(data)
    if kind is None:
        raise Refused("picture-kind")
    Image.MAX_IMAGE_PIXELS = int(numbers["picture_pixels"])
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            _plugins(kind)
            picture = Image.open(io.BytesIO(data), formats=[kind])
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Refused("picture-too-big") from error
        except (UnidentifiedImageError, ImportError, *BROKEN) as error:
            raise Refused("picture-damaged") from error
        with picture:
            measured(picture, numbers)
            yield picture


def measured(picture: Image.Image, numbers: Numbers) -> None:
    """Raises Refused where the picture is too big or too small."""
    short, long = sorted(picture.size)
    if long > numbers["picture_side"] or short * long > numbers["picture_pixels"]:
        raise Refused("picture-too-big")
    if short < numbers["picture_least"]:
        raise Refused("picture-too-small")


def frames_of(picture: Image.Image, most: int) -> int:
    """How many pages it has, counted no further than one more than `most`. A moving picture counts as its first frame."""
    if picture.format != "TIFF":
        return 1
    count = 1
    try:
        while count <= most:
            picture.seek(count)
            count += 1
    except BROKEN:
        pass
    return count


def moves(picture: Image.Image) -> bool:
    """Whether it is a picture of several frames that is no paper of several pages. The frames are not counted."""
    if picture.format != "GIF":
        return picture.format != "TIFF" and bool(getattr(picture, "is_animated", False))
    try:
        picture.seek(1)
        picture.seek(0)
    except BROKEN:
        return False
    return True


def unpacked(picture: Image.Image, frame: int, numbers: Numbers) -> Image.Image:
    """The frame in gray on white, upright as its camera says, with nothing else of the file. Raises Refused."""
    try:
        if frame or picture.format == "TIFF":
            picture.seek(frame)
            measured(picture, numbers)
        picture.draft("L", None)
        picture.load()
        return _plain(ImageOps.exif_transpose(picture))
    except BROKEN as error:
        raise Refused("picture-damaged") from error


def _plain(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(_DEEP):
        return _from_deep(picture)
    if picture.mode in _GRAY:
        gray = picture.convert("L")
    elif picture.has_transparency_data:
        solid = picture.convert("RGBA")
        white = Image.new("RGBA", solid.size, (255, 255, 255, 255))
        gray = Image.alpha_composite(white, solid).convert("L")
    else:
        gray = picture.convert("RGB").convert("L") if picture.mode != "RGB" else picture.convert("L")
    return Image.frombytes("L", gray.size, gray.tobytes())


def _from_deep(picture: Image.Image) -> Image.Image:
    """Of more than eight bits: the darkest becomes black, the lightest white."""
    whole = np.asarray(picture.convert("F"))
    low, high = float(whole.min()), float(whole.max())
    return Image.fromarray(np.rint((whole - low) * (255.0 / max(high - low, 1.0))).astype(np.uint8))


def dots_an_inch(picture: Image.Image) -> float | None:
    """What the file says of its dots an inch, where that is believable."""
    said = picture.info.get("dpi")
    try:
        across, down = (float(said[0]), float(said[1])) if said else (0.0, 0.0)
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    return across if _SCREEN < across <= 1200 and abs(across - down) < 2 else None
