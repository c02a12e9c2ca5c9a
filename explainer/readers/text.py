"""Bytes to clean text: one line break, no controls, no marks that show text in another order than it is written."""

import re
import unicodedata
from dataclasses import dataclass

from explainer.readers.base import Unreadable
from explainer.settings import Limits

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ESCAPES = re.compile(r"\x1b(?:\][^\x07\x1b]{0,300}(?:\x07|\x1b\\)?|\[[0-9;?]{0,30}[A-Za-z])")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TURNED_WORD = re.compile(
    "[^\\s\u202a-\u202e\u2066-\u2069]{0,80}(?:[\u202a-\u202e\u2066-\u2069]+[^\\s\u202a-\u202e\u2066-\u2069]{0,80})+"
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb]"
)
_PILED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0]+"
)
_SPACES = {
    ord(c): " " for c in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
}
_DASHES = {ord(c): "-" for c in "\u2010\u2011\u2212"}
_MARKED = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))


@dataclass(frozen=True, slots=True)
class CleanText:
    """The text that spans point into. `hidden`: how many unseen or turning marks were taken out. `doubtful`: bytes not in any
    one encoding were replaced by a mark, or the text was not UTF-8 and read as Windows Latin."""

    text: str
    hidden: int = 0
    doubtful: bool = False


def _mostly_nul(data: bytes) -> str | None:
    head = data[:2000]
    if len(head) >= 4 and head[1::2].count(0) > len(head) * 0.35:
        return "utf-16-le"
    if len(head) >= 4 and head[0::2].count(0) > len(head) * 0.35:
        return "utf-16-be"
    return None


def _junk(text: str) -> bool:
    head = text[:20_000]
    odd = sum(1 for c in head if unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\n\r\t\x0b\x0c\x1b")
    return odd > 4 + len(head) * 0.05


def decode(data: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding had to be guessed. Raises Unreadable("binary")."""
    for encoding, mark in _MARKED:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), False
    wide = _mostly_nul(data)
    if wide:
        return data.decode(wide, "replace"), True
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    high = sum(1 for byte in data[:20_000] if byte >= 0x80)
    if high > 8 + len(data[:20_000]) * 0.2:
        raise Unreadable("binary")
    return text, True


def _without_turning(text: str) -> tuple[str, int]:
    """A number that a mark would show in another order gets a mark of its own, so that it is never taken for an amount."""

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        return _TURNING.sub("\ufffd" if any(c.isdigit() for c in word) else "", word)

    return (_TURNED_WORD.sub(mend, text), len(_TURNING.findall(text))) if _TURNING.search(text) else (text, 0)


def tidied(text: str) -> tuple[str, int]:
    """A text or a single word without unseen marks, in one way of writing letters; and how many marks were taken out."""
    text, turned = _without_turning(text)
    text, unseen = _UNSEEN.subn("", text)
    return unicodedata.normalize("NFC", _PILED.sub(r"\1", text)).translate(_SPACES).translate(_DASHES), turned + unseen


def clean(data: bytes, limits: Limits) -> CleanText:
    """Clean text of a file. Raises Unreadable: empty, binary, too-big."""
    if len(data) > limits.file:
        raise Unreadable("too-big")
    decoded, doubtful = decode(data)
    if not doubtful and _junk(decoded):
        raise Unreadable("binary")
    if len(decoded) > limits.extracted_text:
        raise Unreadable("too-big")
    text, hidden = tidied(_ESCAPES.sub("", _BREAKS.sub("\n", decoded)))
    if len(text) > limits.extracted_text:
        raise Unreadable("too-big")
    if not text.strip():
        raise Unreadable("empty")
    if not any(c.isalnum() for c in text[:200_000]):
        raise Unreadable("empty")
    return CleanText(text, hidden, doubtful)
