"""Dollars as papers print them. What is not plainly an amount is refused, never mended."""

import re
from decimal import Decimal

DASHES = frozenset(("-", "--", "---", "–", "—", "$-", "$ -", "-0-"))
_NONE = frozenset(
    [
        "n/a",
        "na",
        "none",
        "denied",
        "pending",
        "included",
        "bundled",
        "see",
        "note",
        "notes",
        "not",
        "available",
        "applicable",
        "nil",
        "varies",
        "denegado",
        "pendiente",
        "ninguno",
        "incluido",
    ]
)
_NOTE = r"(?:\([A-Za-z]?\d{0,2}[a-z]?\)[ ]?)?"
_PERCENT = r"(?:\d{1,3}%[ ]?[=@][ ]?)?"
_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})"
_CENTS = r"\.[0-9]{2}"
# "$1 200.00": a space between thousands. Neither part of it is an amount.
_GROUP = r"[ ][0-9]{3}(?:[ ][0-9]{3})?(?:\.[0-9]{2})?(?![0-9/-])"
_PRICE = rf"(?:[-–]?\$[ ]?[-–]?{_WHOLE}(?:{_CENTS}|(?!{_GROUP}))|[-–]?{_WHOLE}{_CENTS}|[-–]?\$?{_CENTS})"
_BRACKETED = rf"\$[ ]?\({_WHOLE}(?:\.[0-9]{{2}})?\)"
_DOLLAR_OUTSIDE = re.compile(r"(?:USD|(?:US)?\$)[ ]?(?P<bracket>\()?(?=\.?[0-9])")
_TAIL = r"(?:[ ]?\((?:[0-9]{1,3}%|[0-9]{1,2}|[A-Za-z][A-Za-z ]{0,24})\)|[-–](?![\w$])|[ ]CR\b|[*†‡])?"
_ANY = rf"(?:\({_PRICE}\)|{_BRACKETED}|{_PRICE})"
PRINTED = re.compile(
    rf"(?<![\w.,/%$\ufffd+<>-])(?<![0-9][ ]-)(?!(?:(?<=\$[0-9][ ])|(?<=\$[0-9]{{2}}[ ])|(?<=\$[0-9]{{3}}[ ]))[0-9]{{3}}(?![0-9]))"
    rf"(?:{_NOTE}{_PERCENT}(?:USD[ ])?{_ANY}{_TAIL}(?:[ ]?/[ ]?{_PRICE})?)(?!["
    rf"\w%\ufffd$]|[.,][0-9]|-[0-9])"
)
_GROUPED = re.compile(r"(?:-|–)?\$?[ ]?[1-9][0-9]{0,2}(?:[ ][0-9]{3}){1,2}\.[0-9]{2}(?:-|–|[ ]?CR)?")
_AMOUNT = re.compile(
    rf"{_NOTE}{_PERCENT}(?P<open>\()?(?P<minus>[-–]?)[ ]?(?P<usd>(?:US)?\$)?[ ]?(?P<minus2>[-–]?)"
    rf"(?:(?P<whole>{_WHOLE})(?P<cents>\.[0-9]{{1,2}})?|(?P<only>{_CENTS}))"
    r"(?(open)\))(?P<tail>(?:[ ]?\((?:[0-9]{1,3}%|(?P<key>[0-9]{1,2})|[A-Za-z][A-Za-z ]{0,24})\))|-|–|[ ]?CR|[ ]?USD|[*†‡]|"
    r"[ ][A-Za-z][A-Za-z "
    r"]{0,24})?",
    re.ASCII,
)


def is_dash(text: str) -> bool:
    """A mark that papers print for nothing."""
    return text.strip() in DASHES


def is_grouped(text: str) -> bool:
    """Whether a text may be one amount with spaces between its thousands: "1 200.00" is that, or a count and an amount."""
    return _GROUPED.fullmatch(text) is not None


def amount(text: str) -> Decimal | None:
    """The amount of a cell that holds nothing else than it and a note, or None. A bracket or minus makes it negative."""
    stripped = text.strip()
    if not stripped or len(stripped) > 60:
        return None
    match = _AMOUNT.fullmatch(_DOLLAR_OUTSIDE.sub(lambda m: "($" if m["bracket"] else "$", stripped, count=1))
    if match is None or _not_an_amount(match):
        return None
    value = Decimal(match["only"] or match["whole"].replace(",", "") + (match["cents"] or "")).quantize(Decimal("0.01"))
    tail = (match["tail"] or "").strip()
    negative = bool(match["open"] or match["minus"] or match["minus2"] or tail in ("-", "–", "CR"))
    return -value if negative and value else value


def _not_an_amount(match: re.Match[str]) -> bool:
    whole = match["whole"] or ""
    led_by_nought = len(whole) > 1 and whole[0] == "0"
    bare_note = bool(match["open"]) and not match["usd"] and not (match["cents"] or match["only"])
    two_signs = bool(match["minus"] and match["minus2"])
    bare_key = bool(match["key"]) and not match["usd"] and not (match["cents"] or match["only"])
    return led_by_nought or bare_note or bare_key or two_signs


def pair(text: str) -> tuple[Decimal, Decimal] | None:
    """Two amounts of one cell, as in "0.00/20.00"."""
    left, slash, right = text.partition("/")
    first, second = amount(left), amount(right)
    return (first, second) if slash and first is not None and second is not None else None


def says_none(text: str) -> bool:
    """Words that say that there is no amount: "N/A", "Denied", "Pending", "See note"."""
    low = text.strip().strip("*().").lower()
    return low in _NONE or (
        len(low.split()) <= 4 and not any(c in "$0123456789" for c in low) and any(w in _NONE for w in low.split())
    )
