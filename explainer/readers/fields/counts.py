"""How often or how long: units and minutes, in a column of their own or in the words of the service."""

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,3}))?")
_WORDED = re.compile(
    r"([0-9]{1,4}(?:\.[0-9]{1,3})?)\s?(units?|un\.?|unidad(?:es)?|ea|each|x|visits?|svcs?)?|x\s?([0-9]{1,3})", re.I
)
_MINUTES = re.compile(r"([0-9]{1,3})\s?(?:min(?:ute|uto)?s?\.?)", re.I)
_IN_TEXT = re.compile(
    r"[(,;]?\s?(?:(?<!\w)(?:qty|quantity|units?|un|cant(?:idad)?|unidades)\b[.:]?\s?(?P<after>[0-9]{1,3})(?!\s?(?:min|%))(?![\w.%/])"
    r"|(?<![\w.$/])(?P<before>[0-9]{1,3})\s(?:units?|unidad(?:es)?)\b|(?<!\w)[x×]\s?(?P<times>[0-9]{1,2})(?![\w.%/]))\s?[)]?",
    re.I,
)
_LEADING = re.compile(
    r"(?P<count>[0-9]{1,2})\s+(?=[A-Za-zÁÉÍÓÚÑ])(?!(?:views?|or|to|areas?|regions?|min|minutes?|hours?|days?|weeks?|visits?|level|st|nd|rd|th|ft|ml|mg|mcg|of)\b)",
    re.I,
)


_RUNNING = re.compile(
    r"\$[0-9][0-9,]{0,9}(?:\.[0-9]{2})?\s{1,2}(?:met |used |so far |applied |spent |cumplidos? |usados? )?"
    r"(?:out )?(?:of|de|/)\s(?:\w{1,8}\s){0,3}\$[0-9]"
    r"|(?:remaining|left|left to go|limit|restante|l[íi]mite)\s?:?\s{1,3}\$[0-9]|\b(?:year[- ]to[- ]date|ytd|so far this year)\b",
    re.I,
)


# "Your deductible: $750.00  Met: $750.00": a yearly amount beside what is met of it.
_OF_YEAR = re.compile(
    r"(?:deductible|coinsurance|co-?pay(?:ment)?|out[- ]of[- ]pocket|pocket|deducible|coaseguro|desembolso)"
    r"[^$0-9]{0,40}\$[0-9][0-9,.]{0,10}\s{1,20}"
    r"(?:met|used|satisfied|accumulated|to date|cumplido|alcanzado|usado)\s?:?\s{0,6}\$[0-9]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of units and where its words stand in the text of the service."""

    units: Decimal
    start: int
    end: int


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def is_count(text: str) -> bool:
    """Whether a line is a running count ("$350.00 met of $1,500.00", "Remaining: $80.00") and no service."""
    return len(text) < 400 and _RUNNING.search(text) is not None


def is_of_year(text: str) -> bool:
    """Whether a line tells a yearly amount and how much of it is met, which are nothing of a claim."""
    return len(text) < 400 and _OF_YEAR.search(text) is not None


def units(text: str) -> Decimal | None:
    """The units of a cell: "2", "2.00", "2 units", "x2"."""
    match = _WORDED.fullmatch(text.strip())
    number = (match[1] or match[3]) if match else None
    return _whole(Decimal(number)) if number else None


def minutes(text: str) -> int | None:
    """The minutes of a cell: "30", "30 min"."""
    stripped = text.strip()
    match = _MINUTES.fullmatch(stripped) or re.fullmatch(r"([0-9]{1,3})", stripped, re.ASCII)
    return int(match[1]) if match else None


def said_minutes(text: str) -> int | None:
    """Minutes only where the unit is printed with them."""
    match = _MINUTES.fullmatch(text.strip())
    return int(match[1]) if match else None


def in_service(text: str) -> Count | None:
    """Units said with a word in the text of a service: "Qty 2", "x2", "2 units". A length in a name ("20 MIN") is none."""
    match = _IN_TEXT.search(text)
    if match is None:
        return None
    number = match["after"] or match["before"] or match["times"]
    return Count(Decimal(number), match.start(), match.end())


def leading(text: str) -> Count | None:
    """A bare number before the text of a service, as TRICARE and some Medicare papers print the count."""
    match = _LEADING.match(text)
    return Count(Decimal(match["count"]), match.start(), match.end()) if match and 0 < int(match["count"]) < 60 else None
