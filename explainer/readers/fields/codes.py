"""Procedure codes with their modifiers. A number is a code only where a code may stand: never a ZIP code, a phone or an id."""

import re
from dataclasses import dataclass

from explainer.model.codes import code_system

KNOWN_MODIFIERS = frozenset(
    [
        "GP",
        "GO",
        "GN",
        "KX",
        "CQ",
        "CO",
        "22",
        "24",
        "25",
        "26",
        "27",
        "33",
        "50",
        "51",
        "52",
        "53",
        "54",
        "55",
        "57",
        "58",
        "59",
        "62",
        "63",
        "66",
        "73",
        "74",
        "76",
        "77",
        "78",
        "79",
        "80",
        "81",
        "82",
        "90",
        "91",
        "92",
        "93",
        "95",
        "96",
        "97",
        "99",
        "XE",
        "XP",
        "XS",
        "XU",
        "AT",
        "GA",
        "GX",
        "GY",
        "GZ",
        "GT",
        "GQ",
        "GC",
        "GE",
        "GW",
        "GV",
        "G0",
        "LT",
        "RT",
        "TC",
        "CR",
        "FQ",
        "FR",
        "FS",
        "E1",
        "E2",
        "E3",
        "E4",
        "FA",
        "F1",
        "F2",
        "F3",
        "F4",
        "F5",
        "F6",
        "F7",
        "F8",
        "F9",
        "TA",
        "T1",
        "T2",
        "T3",
        "T4",
        "T5",
        "T6",
        "T7",
        "T8",
        "T9",
        "KF",
        "KH",
        "KI",
        "KJ",
        "KR",
        "NU",
        "RR",
        "UE",
        "RA",
        "RB",
        "JW",
        "JZ",
        "QW",
        "QX",
        "QZ",
        "SA",
        "SF",
        "SG",
        "TF",
        "TG",
        "TH",
        "TM",
        "U1",
        "U2",
        "U3",
        "U4",
        "U5",
        "U6",
        "U7",
        "U8",
        "U9",
        "UA",
        "UB",
        "HA",
        "HO",
    ]
)
_CODE = r"(?:[0-9]{5}|[0-9]{4}[A-Z]|[A-Z][0-9]{4})"
_MOD = r"(?:[A-Z][A-Z0-9]|[0-9]{2}|[0-9][A-Z])"
_KNOWN = "(?:" + "|".join(sorted(KNOWN_MODIFIERS)) + ")"
# Behind a slash only what cannot be a count or another code's end.
_AFTER_SLASH = "(?:59|" + "|".join(sorted(m for m in KNOWN_MODIFIERS if not m.isdigit())) + ")"
PRINTED = re.compile(
    rf"(?<![\w$.,/#-])(?P<code>{_CODE})(?P<mods>(?:[A-Z]{{2}}(?![\w])|-{_KNOWN}{{2,4}}(?![\w])|[ ]?/[ ]?{_AFTER_SLASH}(?![\w])|"
    rf"[ ]?[-:][ ]?{_MOD}(?![\w])|[ ]{_KNOWN}(?![\w%/.-]|[ ]?"
    rf"-[ ]?[0-9])|[ ]?,[ ]?{_MOD}(?![\w]))*)(?![\w]|[.,][0-9]|-[0-9])"
)
_SPLIT = re.compile(r"[\s,;:/|.-]+")
_MOD_ALONE = re.compile(_MOD)
_PAIRS = re.compile(r"[A-Z0-9]{2}")


@dataclass(frozen=True, slots=True)
class Printed:
    """A code, its modifiers in printed order, and where it stands in the text it came from."""

    code: str
    modifiers: tuple[str, ...]
    start: int
    end: int


_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD"
    "|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR"
)
_OF_ANOTHER = re.compile(
    r"(?:\b(?i:group|grp|claim|member|policy|subscriber|certificate|id|acct|account|case|ref(?:erence)?|check|chk|ck"
    r"|invoice|receipt|suite|ste|apt|room|p\.?\s?o\.?\s?box|box|zip|zip code|plan code|call|phone|fax|mail to|about(?: \w+)?"
    r"|questions on(?: \w+)?|applies to|grupo|reclamo|p[óo]liza|cuenta|apartado|sobre(?: \w+)?)"
    r"(?: ?(?:no|num|number|n[úu]mero|id|#))?"
    rf"|[A-Z][a-z]+,? (?:{_STATES})|#)[\s.:#]*\Z"
)


def is_other_number(before: str) -> bool:
    """Whether the words straight before a number make it another's: a group's, a claim's, a box's, a ZIP code, one that a
    sentence speaks of."""
    return _OF_ANOTHER.search(before[-60:]) is not None


def search(text: str) -> Printed | None:
    """The first procedure code in the text of a service."""
    for match in PRINTED.finditer(text):
        if code_system(match["code"]):
            return Printed(match["code"], _modifiers_in(match["mods"]), match.start(), match.end())
    return None


def _modifiers_in(text: str) -> tuple[str, ...]:
    parts = [part for part in _SPLIT.split(text.strip()) if part]
    return tuple(pair for part in parts for pair in (_PAIRS.findall(part) if len(part) > 2 else (part,)))


def modifiers(text: str) -> tuple[str, ...]:
    """The modifiers of a cell of their own: "GO,KX", "GP 59", "GPKX"; without anything that is no modifier."""
    found: list[str] = []
    for part in _SPLIT.split(text.strip().upper()):
        if _MOD_ALONE.fullmatch(part):
            found.append(part)
        elif len(part) in (4, 6, 8) and all(p in KNOWN_MODIFIERS for p in _PAIRS.findall(part)):
            found += _PAIRS.findall(part)
    return tuple(found)


def in_column(text: str) -> Printed | None:
    """The code of a cell in a code column, as printed: also a payer's own ("PT"), which has no code system."""
    found = search(text)
    if found:
        return found
    first = text.strip().split(" ")[0].strip(",;") if text.strip() else ""
    upper = text.strip().upper()
    found = search(upper) if first.isascii() and any(c.isdigit() for c in first) else None
    if found:
        return found
    if not first or len(first) > 12 or not first[0].isalnum() or (first != text.strip() and not first[0].isdigit()):
        return None
    at = text.index(first)
    return Printed(first, (), at, at + len(first))
