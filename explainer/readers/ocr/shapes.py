"""What a misread word must have been, where its shape leaves one reading: letters like figures, points that are lost."""

import re
from datetime import date

_FIGURES = str.maketrans("OoQDlI|!iSsBZz", "00001111155822")
_SURELY = str.maketrans("OoQlI|!i", "00011111")
_MARKS = "‘’“”'`|_~°·"
_POINTS = re.compile(r"\.[.·°'’,]+|[·°'’,]+\.|(?<=\d)[·°](?=\d\d\)?$)")
_COMMA = re.compile(r"(?<=\d),(?=\d\d\)?$)")
AMOUNT = re.compile(r"[-(]{0,2}\$?-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d\)?-?")
_DASHED = re.compile(r"[-=—–][A-Z0-9]")
_UNSURE = 0.5
_NOTE = re.compile(r"([A-Z]{1,2})([0-9lIiOo]{1,3})")
_LED_BY_S = re.compile(r"([-(]?)[Ss§](?=[0-9OolI|SsB])(.+)")
_DATE = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)")
_CODE = re.compile(r"(?P<code>[0-9OolI|]{5})(?P<rest>(?:-[A-Z0-9]{2}){0,4})")
_KEY = re.compile(r"(\(?)([Cc][Oo0]|[Pp][Rr]|[Oo0][Aa])(-?\d{1,3}[,)]?)")
_HCPCS = re.compile(r"[A-Z]\d{4}")


def without_marks(text: str, sure: float = 1.0) -> str:
    """The word without the small marks that broken lines leave beside it; a dash counts as one before words that are not sure."""
    bare = text.strip(_MARKS)
    if sure < _UNSURE and _DASHED.match(bare) and not AMOUNT.fullmatch(bare):
        bare = bare[1:]
    return bare if any(c.isalnum() or c in "$-–—*" for c in bare) else ""


def amount(text: str, dollars: bool | None) -> str | None:
    """The one amount that a word must be, or None. dollars: whether the page's other amounts have the sign; None: some do."""
    if AMOUNT.fullmatch(text) or sum(c.isdigit() for c in text) < 1 or len(text) > 16:
        return None
    signed = _LED_BY_S.fullmatch(text)
    if signed:
        if dollars is None:
            return None
        text = signed[1] + ("$" if dollars else "5") + signed[2]
    plain = _COMMA.sub(".", _POINTS.sub(".", text.translate(_FIGURES)))
    figures = sum(c.isdigit() for c in text)
    changed = sum(a != b for a, b in zip(text, plain, strict=False))
    told = "$" in plain or (figures >= 2 and changed <= figures)
    return plain if told and AMOUNT.fullmatch(plain) else None


def day(text: str) -> str | None:
    """The one date that a word must be, or None where it is one already or cannot be."""
    plain = text.translate(_FIGURES)
    match = _DATE.fullmatch(plain)
    if plain == text or match is None or sum(c.isdigit() for c in text) < 4:
        return None
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    try:
        date(year, int(match[1]), int(match[3]))
    except ValueError:
        return None
    return plain


def code(text: str) -> str | None:
    """The one procedure code that a word must be where a code stands, or None."""
    match = _CODE.fullmatch(text)
    if match is None or _HCPCS.fullmatch(match["code"]) or sum(c.isdigit() for c in match["code"]) < 3:
        return None
    plain = match["code"].translate(_SURELY)
    return plain + match["rest"] if plain != match["code"] else None


def key(text: str) -> str | None:
    """The reason code that a word must be: its group in capitals, with the letter O, not a nought."""
    match = _KEY.fullmatch(text)
    if match is None:
        return None
    plain = match[1] + match[2].upper().replace("0", "O") + match[3]
    return plain if plain != text else None


def note(text: str) -> str | None:
    """The note key that a word must be where keys stand: "Al" is A1."""
    match = _NOTE.fullmatch(text)
    plain = match[1] + match[2].translate(_SURELY) if match else text
    return plain if plain != text else None


def count(text: str) -> str | None:
    """The one small number that a mark must be where a count stands."""
    return "1" if text in ("l", "I", "|", "i", "!", "]", "[") else None
