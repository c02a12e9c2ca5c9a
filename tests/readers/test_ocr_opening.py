"""Pictures are opened safely: told by their bytes, measured by their headers, and never unpacked beyond the limits."""

import io
import struct
import zlib
from dataclasses import asdict, replace

import pytest
from ocr_pictures import as_bytes
from PIL import Image

from explainer.readers.box.extract import Refused
from explainer.readers.ocr.opening import dots_an_inch, frames_of, kind_of, moves, opened, unpacked
from explainer.settings import BoxLimits

LIMITS = replace(BoxLimits(), picture_pixels=1_000_000, picture_side=2_000)
NUMBERS = asdict(LIMITS)
PLAIN = Image.new("L", (200, 120), 255)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_said(width: int, height: int, before: bytes = b"", body: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + before + chunk(b"IDAT", body or zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


BOMB = zlib.compress(b"a" * 60_000_000, 9)
REFUSED = {
    "too many pixels": (png_said(1500, 1500), "picture-too-big"),
    "far too many pixels": (png_said(60_000, 60_000), "picture-too-big"),
    "too long": (png_said(2_500, 60), "picture-too-big"),
    "too small": (png_said(49, 200), "picture-too-small"),
    "no size": (png_said(0, 0), "picture-damaged"),
    "text that swells": (png_said(80, 80, chunk(b"zTXt", b"Comment\0\0" + BOMB)), "picture-damaged"),
    "colours that swell": (png_said(80, 80, chunk(b"iCCP", b"icc\0\0" + BOMB)), "picture-damaged"),
    "only a beginning": (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", "picture-damaged"),
    "a drawing program's": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "picture-kind"),
    "a drawing in words": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture-kind"),
    "a film": (b"\0\0\0\x18ftypmp42" + b"\0" * 60, "picture-kind"),
    "named like a phone's": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200, "picture-damaged"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_before_it_is_unpacked(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused, opened(data, NUMBERS) as picture:
        unpacked(picture, 0, NUMBERS)
    assert refused.value.code == code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP", "HEIF"])
def test_kinds_that_are_read(kind: str) -> None:
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    with opened(as_bytes(PLAIN.convert("RGB"), kind), NUMBERS) as picture:
        assert unpacked(picture, 0, NUMBERS).size == (200, 120)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_half_a_file_is_refused(kind: str) -> None:
    noise = Image.effect_noise((300, 300), 60)
    data = as_bytes(noise, kind)
    with pytest.raises(Refused, match="picture-damaged"), opened(data[: len(data) // 2], NUMBERS) as picture:
        unpacked(picture, 0, NUMBERS)


def test_upright_as_the_camera_says_and_nothing_else_is_kept() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "ANA EXAMPLE"
    with opened(as_bytes(PLAIN, "JPEG", exif=exif), NUMBERS) as picture:
        gray = unpacked(picture, 0, NUMBERS)
    assert gray.size == (120, 200)
    assert not gray.info
    assert not gray.getexif()


def test_seen_through_is_white() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    with opened(as_bytes(clear), NUMBERS) as picture:
        assert unpacked(picture, 0, NUMBERS).getextrema() == (255, 255)


def test_deep_pictures_keep_their_shades() -> None:
    deep = Image.frombytes("I;16", (100, 100), struct.pack("<H", 500) * 5_000 + struct.pack("<H", 60_000) * 5_000)
    with opened(as_bytes(deep, "PNG"), NUMBERS) as picture:
        assert unpacked(picture, 0, NUMBERS).getextrema() == (0, 255)


def test_pages_are_counted_no_further_than_needed() -> None:
    pages = [PLAIN.copy() for _ in range(6)]
    with opened(as_bytes(PLAIN, "TIFF", save_all=True, append_images=pages), NUMBERS) as picture:
        assert (frames_of(picture, 3), frames_of(picture, 20), moves(picture)) == (4, 7, False)


def test_a_page_beyond_the_limits_within_a_file_is_refused() -> None:
    data = as_bytes(PLAIN, "TIFF", save_all=True, append_images=[Image.new("L", (1500, 1500))])
    with opened(data, NUMBERS) as picture, pytest.raises(Refused, match="picture-too-big"):
        unpacked(picture, 1, NUMBERS)


def test_moving_pictures_are_one_page() -> None:
    frames = [Image.new("L", (100, 100), shade) for shade in (10, 90, 200)]
    with opened(as_bytes(frames[0], "GIF", save_all=True, append_images=frames[1:]), NUMBERS) as picture:
        assert (moves(picture), frames_of(picture, 10)) == (True, 1)
        assert unpacked(picture, 0, NUMBERS).size == (100, 100)


@pytest.mark.parametrize(
    ("said", "dots"), [((200, 200), 200), ((72, 72), None), ((300, 150), None), ((0, 0), None), (None, None)]
)
def test_dots_an_inch_that_are_believed(said: tuple[int, int] | None, dots: float | None) -> None:
    picture = Image.open(io.BytesIO(as_bytes(PLAIN, **({"dpi": said} if said else {}))))
    assert dots_an_inch(picture) == (pytest.approx(dots, abs=1) if dots else None)


def test_kinds_are_told_by_bytes() -> None:
    assert [kind_of(d) for d in (b"RIFF\0\0\0\0WEBP", b"RIFF\0\0\0\0WAVE", b"GIF89a", b"MM\0*", b"")] == [
        "WEBP",
        None,
        "GIF",
        "TIFF",
        None,
    ]
