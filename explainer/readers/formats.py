"""What a file is, told from its bytes and never from its name alone, before anything tries to read it."""

import re

_MAGIC = (
    (b"%PDF-", "pdf"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"II*\x00", "image"),
    (b"MM\x00*", "image"), (b"BM", "image"), (b"PK\x03\x04", "ZIP"), (b"PK\x05\x06", "ZIP"), (b"\x1f\x8b", "ZIP"),
    (b"Rar!", "ZIP"), (b"7z\xbc\xaf", "ZIP"), (b"\xd0\xcf\x11\xe0", "Office"), (b"{\\rtf", "RTF"),
)  # fmt: skip
_MARKUP = re.compile(rb"\s*(?:<\?xml|<!doctype|<html|<svg|<[a-z][a-z0-9:]{0,20}[\s>])", re.I)
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*\{\s*\"|\{\s*\})")
_X12 = re.compile(
    rb"\s*(?:ISA(?:[^A-Za-z0-9\s]|.{20,200}GS.)|GS([^A-Za-z0-9\s])[A-Z]{2}\1|ST([^A-Za-z0-9\s])\d{3}(?:\2|[^A-Za-z0-9]))", re.S
)
_NAMED = {"xlsx": "xlsx", "docx": "docx"}


def found_format(data: bytes, name: str) -> str:
    """The contract's name of the format ("text" also for CSV), or another name for what nothing here reads."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf")
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1") or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if b"%PDF-" in head:
        return "pdf"
    for magic, format_ in _MAGIC:
        if head.startswith(magic) and (magic != b"BM" or b"\0" in head[:30]):
            return _NAMED.get(name.rsplit(".", 1)[-1].lower(), format_) if format_ == "ZIP" else format_
    if _X12.match(head):
        return "x12-835"
    if _MARKUP.match(head):
        return "HTML" if b"html" in head.lower() or b"<table" in head.lower() else "XML"
    if _JSON.match(head):
        return "fhir-eob" if b"resourceType" in data[:4096] else "JSON"
    return "text"
