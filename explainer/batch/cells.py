"""Cells that a spreadsheet cannot take for anything but what they are."""

import unicodedata
from datetime import date
from decimal import Decimal

from explainer.batch.tables import Cell, Money

MOST = 32_000
# What a spreadsheet takes for the start of a formula, in its own width and in that of East Asian writing.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
_BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"))


def plain(text: str) -> str:
    """Text on one line: no control signs, none that turn the writing round, and no more than a cell holds."""
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text.translate(_BIDI))
    return " ".join(shown.split(" ")).strip()[:MOST]


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text, also behind spaces or quotation marks."""
    return text.lstrip(" \u00a0\ufeff\u200b'\"").startswith(_FORMULA)


def as_text(cell: Cell) -> str:
    """The cell in a CSV: dates as 2026-03-01, amounts with cents, text that cannot become a formula."""
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return f"{cell.amount:.2f}"
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return str(cell)
    text = plain(cell)
    return f"'{text}" if looks_like_formula(text) else text
