"""A clinic's own name, phone, logo and colours, from a file of theirs. Nothing of it is loaded from elsewhere."""

import os
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from explainer.knowledge.schema import Words
from explainer.settings import OverlayLimits

SETTING = "EXPLAINER_OVERLAY"
_COLOUR = r"^#[0-9a-fA-F]{6}$"
_PHONE = re.compile(r"[0-9+()./ ext-]{7,40}")
# What the colour stands on and what stands on it, as in app.css; and how strong the contrast must be (WCAG 2.2, 1.4.3, AA).
_GROUNDS = {"light": ("#ffffff", "#f5f6f8", "#e8f1f9"), "dark": ("#1b2128", "#12161b", "#1f3145", "#0d1a27")}
ENOUGH = 4.5
_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg"}


class BadOverlay(ValueError):
    """The file cannot be used. key: of the words that say why; values: their blanks."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key, self.values = f"overlay.{key}", values


class _Colours(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    light: Annotated[str, Field(pattern=_COLOUR)]
    dark: Annotated[str, Field(pattern=_COLOUR)]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    name: Annotated[str, Field(min_length=1, max_length=80)]
    phone: str | None = None
    link: str | None = None
    logo: str | None = None
    colours: _Colours | None = None
    greeting: Words | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A logo: its bytes, their kind, and its size in pixels."""

    data: bytes
    kind: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is shown beside the program's own name. style: a style sheet with the colours, None without any."""

    name: str
    phone: str | None = None
    link: str | None = None
    logo: Picture | None = None
    style: bytes | None = None
    greeting: Words | None = None


def load_overlay(limits: OverlayLimits) -> Overlay | None:
    """The overlay that the setting names; None without one. Raises BadOverlay."""
    chosen = os.environ.get(SETTING)
    return overlay_of(Path(chosen), limits) if chosen else None


def overlay_of(path: Path, limits: OverlayLimits) -> Overlay:
    """The overlay of that file, or of overlay.yaml in that folder. Raises BadOverlay."""
    path = path / "overlay.yaml" if path.is_dir() else path
    found = _checked(_read(path, limits.file))
    if found.phone is not None and not _PHONE.fullmatch(found.phone):
        raise BadOverlay("phone")
    if found.greeting is not None and max(len(found.greeting.en), len(found.greeting.es)) > limits.greeting:
        raise BadOverlay("greeting", most=str(limits.greeting))
    logo = _logo(path.parent, found.logo, limits) if found.logo else None
    return Overlay(found.name, found.phone, _link(found.link), logo, _style(found.colours), found.greeting)


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError:
        raise BadOverlay("no-file", file=str(path)) from None
    if len(data) > most:
        raise BadOverlay("too-big", file=path.name)
    return data


def _checked(data: bytes) -> _File:
    try:
        return _File.model_validate(yaml.safe_load(data))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise BadOverlay("not-yaml") from None
    except ValidationError as error:
        places = ", ".join(dict.fromkeys(".".join(map(str, e["loc"])) or "?" for e in error.errors()))
        raise BadOverlay("fields", fields=places) from None


def _link(link: str | None) -> str | None:
    if link is None:
        return None
    try:
        parts = urlsplit(link)
    except ValueError:
        raise BadOverlay("link") from None
    if parts.scheme != "https" or not parts.hostname or parts.username or any(c.isspace() for c in link):
        raise BadOverlay("link")
    return link


def _logo(folder: Path, name: str, limits: OverlayLimits) -> Picture:
    """A PNG or JPEG beside the file, told from its bytes and written anew. An SVG can hold scripts, so none is taken."""
    from PIL import Image, UnidentifiedImageError

    if Path(name).name != name:
        raise BadOverlay("logo-place")
    data = _read(folder / name, limits.logo)
    try:
        with Image.open(BytesIO(data), formats=tuple(_KINDS)) as picture:
            kind, (width, height) = picture.format or "", picture.size
            if max(width, height) > limits.logo_side:
                raise BadOverlay("logo-side", most=str(limits.logo_side))
            out = BytesIO()
            picture.convert("RGBA" if kind == "PNG" else "RGB").save(out, kind)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise BadOverlay("logo-kind") from None
    return Picture(out.getvalue(), _KINDS[kind], width, height)


def _style(colours: _Colours | None) -> bytes | None:
    if colours is None:
        return None
    for scheme, colour in (("light", colours.light), ("dark", colours.dark)):
        for ground in _GROUNDS[scheme]:
            if (found := contrast(colour, ground)) < ENOUGH:
                named = {"colour": colour, "scheme": scheme, "ground": ground}
                raise BadOverlay("contrast", **named, found=f"{found:.1f}", needed=str(ENOUGH))
    light, dark = (f":root{{--link:{c};--strong:{c}}}" for c in (colours.light, colours.dark))
    return f"{light}\n@media (prefers-color-scheme: dark){{{dark}}}\n@media print{{:root{{--link:#000}}}}\n".encode()


def contrast(one: str, other: str) -> float:
    """How strongly two colours differ, from 1 to 21, as WCAG counts it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
