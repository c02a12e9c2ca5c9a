"""What happens to a paper on its way to a picture: always the same for the same paper."""

import io
from collections.abc import Callable

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

_POINTS = 72
Change = Callable[[Image.Image, np.random.Generator], Image.Image]


def pages_of(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF as gray pictures."""
    document = pypdfium2.PdfDocument(pdf)
    return [document[i].render(scale=dpi / _POINTS, grayscale=True).to_pil().convert("L") for i in range(len(document))]


def _turned(picture: Image.Image, degrees: float) -> Image.Image:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _noisy(picture: Image.Image, r: np.random.Generator, sigma: float) -> Image.Image:
    rows = np.asarray(picture, float)
    return Image.fromarray(np.clip(rows + r.normal(0, sigma, rows.shape), 0, 255).astype(np.uint8))


def _squeezed(picture: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("L")


def degraded(picture: Image.Image, r: np.random.Generator) -> Image.Image:
    """Slanted by two degrees, blurred, noisy, squeezed."""
    slanted = _turned(picture, float(r.choice([-2.0, 2.0]))).filter(ImageFilter.GaussianBlur(0.8))
    return _squeezed(_noisy(slanted, r, 12), 40)


def shaded(picture: Image.Image, r: np.random.Generator) -> Image.Image:
    """Half in shadow, a little slanted."""
    rows = np.asarray(_turned(picture, float(r.uniform(-1.5, 1.5))), float)
    across = np.linspace(1.0, 0.45, rows.shape[1])[None, :] * np.linspace(1.0, 0.85, rows.shape[0])[:, None]
    return _squeezed(_noisy(Image.fromarray((rows * across).astype(np.uint8)), r, 5), 70)


def photographed(picture: Image.Image, r: np.random.Generator) -> Image.Image:
    """On a dark table, seen from aside, unevenly lit."""
    width, height = picture.size
    wide, tall = int(width * 1.12), int(height * 1.12)
    off = [float(v) for v in r.uniform(0.01, 0.045, 8)]
    corners = [
        (wide * off[0], tall * off[1]), (wide * (1 - off[2]), tall * off[3]), (wide * (1 - off[4]), tall * (1 - off[5])),
        (wide * off[6], tall * (1 - off[7])),
    ]  # fmt: skip
    flat = [(0, 0), (width, 0), (width, height), (0, height)]
    paper = picture.transform(
        (wide, tall), Image.Transform.PERSPECTIVE, _coefficients(corners, flat), Image.Resampling.BICUBIC, fillcolor=45
    )
    light = np.linspace(0.95, 0.65, wide)[None, :] * np.linspace(0.9, 1.0, tall)[:, None]
    rows = (np.asarray(paper, float) * light).astype(np.uint8)
    return _squeezed(_noisy(Image.fromarray(rows).filter(ImageFilter.GaussianBlur(0.7)), r, 6), 75)


def _coefficients(to: list[tuple[float, float]], of: list[tuple[int, int]]) -> list[float]:
    rows, values = [], []
    for (x, y), (u, v) in zip(to, of, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(c) for c in np.linalg.solve(np.array(rows, float), np.array(values, float))]


# name -> dots an inch, and what is done to the page
CONDITIONS: dict[str, tuple[int, Change]] = {
    "as-pdf": (0, lambda p, r: p),  # the file itself: what a picture could give at best
    "clean": (200, lambda p, r: p),
    "degraded": (200, degraded),
    "150-dpi": (150, lambda p, r: p),
    "300-dpi": (300, lambda p, r: p),
    "shadow": (200, shaded),
    "on-its-side": (200, lambda p, r: p.rotate(90, expand=True)),
    "upside-down": (200, lambda p, r: p.rotate(180)),
    "photo": (250, photographed),
}


def pictured(pdf: bytes, condition: str, seed: int) -> tuple[bytes, int]:
    """The paper as a file of pictures, and how many pages it has."""
    dpi, change = CONDITIONS[condition]
    if not dpi:
        return pdf, 1
    pages = [change(page, np.random.default_rng([seed, n])) for n, page in enumerate(pages_of(pdf, dpi))]
    out = io.BytesIO()
    if len(pages) == 1:
        pages[0].save(out, "PNG", compress_level=4)
    else:
        pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="jpeg", quality=92)
    return out.getvalue(), len(pages)
