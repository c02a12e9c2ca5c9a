"""How the child and its parent speak: frames of one letter, a length and so many bytes."""

import json
import struct
from typing import Any

from explainer.readers.box.extract import Extract
from explainer.readers.pages import PRINTED, Page

PROGRESS, WAITING, SLOW, REFUSED, HEADER, PICTURE, FENCE = b"P", b"W", b"S", b"R", b"J", b"B", b"F"
HEAD = struct.Struct(">cI")
COUNTS = struct.Struct(">II")


def frame(kind: bytes, body: bytes = b"") -> bytes:
    """One message."""
    return HEAD.pack(kind, len(body)) + body


def as_json(value: Any) -> bytes:
    """Without spaces; NaN and its like are refused (ValueError)."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")


def packed(extract: Extract) -> list[bytes]:
    """The messages for an extract: everything but the pictures' bytes, then these in order."""
    header = {
        "pages": [_page(page) for page in extract.pages],
        "pictures": [[p.page, p.width, p.height] for p in extract.pictures],
        "sheets": [[sheet.name, sheet.rows] for sheet in extract.sheets],
        "problems": [[code, dict(values)] for code, values in extract.problems],
    }
    return [frame(HEADER, as_json(header)), *(frame(PICTURE, p.png) for p in extract.pictures)]


def _page(page: Page) -> dict[str, Any]:
    size = page.size
    return {
        "size": [size.number, round(size.width, 2), round(size.height, 2)],
        "words": [
            [w.text, round(w.box.left, 2), round(w.box.top, 2), round(w.box.right, 2), round(w.box.bottom, 2),
             *([] if w.sure == PRINTED else [round(w.sure, 3)])]
            for w in page.words
        ],
        "rules": [[round(b.left, 2), round(b.top, 2), round(b.right, 2), round(b.bottom, 2)] for b in page.rules],
        "cut": page.cut,
        "hidden": page.hidden,
    }  # fmt: skip
