"""What a file is, told from its bytes and never from its name alone, before anything tries to read it."""

import re

_MAGIC = (
    (b"%PDF-", "pdf"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"II*\x00", "image"),
    (b"MM\x00*", "image"), (b"BM", "image"), (b"PK\x03\x04", "ZIP"), (b"PK\x05\x06", "ZIP"), (b"\x1f\x8b", "ZIP"),
    (b"Rar!", "ZIP"), (b"7z\xbc\xaf", "ZIP"), (b"\xd0\xcf\x11\xe0", "Office"), (b"{\\rtf", "RTF"),
)  # fmt: skip
_MARKUP = re.compile(rb"\s*(?:<\?xml|<!--|<!doctype|<html|<svg|<[a-z][a-z0-9:]{0,20}[\s>])", re.I)
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*\{\s*[\"}]|\{\s*\})")
_X12 = re.compile(
    rb"\s*(?:ISA(?:[^A-Za-z0-9\s]|.{20,200}GS.)|GS([^A-Za-z0-9\s])[A-Z]{2}\1|ST([^A-Za-z0-9\s])\d{3}(?:\2|[^A-Za-z0-9]))", re.S
)
# What an archive or an old Office file is, told from the names of its parts, whatever the file is called.
_PARTS = (
    (b"xl/workbook", "xlsx"), (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "xlsx"),
    (b"word/document.xml", "docx"),
)  # fmt: skip
_STREAMS = (("Workbook", "xlsx"), ("EncryptedPackage", "xlsx"), ("WordDocument", "Word"))


def found_format(data: bytes, name: str) -> str:
    """The contract's name of the format ("text" also for CSV), or another name for what nothing here reads."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf")
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1") or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if b"%PDF-" in head:
        return "pdf"
    for magic, format_ in _MAGIC:
        if head.startswith(magic) and (magic != b"BM" or b"\0" in head[:30]):
            return _held(data, format_)
    if _X12.match(head):
        return "x12-835"
    if _MARKUP.match(head):
        return "HTML" if b"html" in head.lower() or b"<table" in head.lower() else "XML"
    return _json_or_text(head, data)


def _json_or_text(head: bytes, data: bytes) -> str:
    """JSON in one byte a letter or in two; a resource says its type anywhere, also at its end."""
    if not _JSON.match(head.lstrip(b"\xff\xfe").replace(b"\0", b"")):
        return "text"
    return "fhir-eob" if b'"resourceType"' in data.replace(b"\0", b"") else "JSON"


def _held(data: bytes, format_: str) -> str:
    if format_ == "ZIP":
        return next((name for part, name in _PARTS if part in data), format_)
    if format_ == "Office":
        return next((name for stream, name in _STREAMS if stream.encode("utf-16-le") in data), format_)
    return format_
