"""What a file is, told from its first bytes and its name, before anything tries to read it."""

import re

from explainer.readers.base import Unreadable

_MAGIC = (
    (b"%PDF-", "PDF"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"), (b"PK\x03\x04", "ZIP"), (b"PK\x05\x06", "ZIP"), (b"\x1f\x8b", "ZIP"), (b"Rar!", "ZIP"),
    (b"7z\xbc\xaf", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "Office"), (b"{\\rtf", "RTF"), (b"ISA", "X12"),
)  # fmt: skip
_MARKUP = re.compile(rb"\s*(?:<\?xml|<!doctype|<html|<svg|<[a-z][a-z0-9:]{0,20}[\s>])", re.I)
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*\{\s*\"|\{\s*\})")
_X12 = re.compile(rb"ISA[^A-Za-z0-9\s]|ISA.{20,200}GS.", re.S)
_NAMED = {"xlsx": "Office", "docx": "Office"}


def other_format(data: bytes, name: str) -> str | None:
    """The name of a format that is neither text nor CSV, or None."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf")
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1") or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if b"%PDF-" in head:
        return "PDF"
    for magic, format_ in _MAGIC:
        if head.startswith(magic) and (format_ != "X12" or _X12.match(head)) and (magic != b"BM" or b"\0" in head[:30]):
            return _NAMED.get(name.rsplit(".", 1)[-1].lower(), format_)
    if _MARKUP.match(head):
        return "HTML" if b"html" in head.lower() or b"<table" in head.lower() else "XML"
    if _JSON.match(head):
        return "FHIR" if b"resourceType" in data[:4096] else "JSON"
    return None


def refuse_other_formats(data: bytes, name: str) -> None:
    """Raises Unreadable("format-not-yet") for a format that is not read as text."""
    found = other_format(data, name)
    if found:
        raise Unreadable("format-not-yet", format=found)
