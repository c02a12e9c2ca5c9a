"""Numbers in a question: minutes, units, dollars, dates. What a number counts is told by the words beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from explainer.conversation.phrases import Hit
from explainer.conversation.words import Token, plain
from explainer.knowledge.base import Knowledge

_MONTHS = {
    **{m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)},
    **{m: i for i, m in enumerate(["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"], 1)},
}
_DOLLARS = re.compile(r"\$\s?(\d[\d,]{0,12}(?:\.\d{1,2})?)(?![\d,]*\d)")
_CENTS = re.compile(r"(?<![\d.,/$-])(\d[\d,]{0,12}\.\d{2})(?![\d/])")
_NUMERIC_DATE = re.compile(r"(?<![\d.])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NAMED_DATE = re.compile(r"\b([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\b")
_SPANISH_DATE = re.compile(r"\b(\d{1,2}) de ([a-z]{3})[a-z]*(?: (?:de|del) (\d{4}))?\b")


_BARE_DAY = re.compile(r"\b(?:the|on|for) (\d{1,2})(?:st|nd|rd|th)\b|\b(?:el|del) dia (\d{1,2})\b(?! de\b)")


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number of the question, in digits or words, and the tokens [first, end) that say it."""

    value: int
    first: int
    end: int


def numbers(tokens: tuple[Token, ...], hits: tuple[Hit, ...], knowledge: Knowledge) -> tuple[Number, ...]:
    """Whole numbers below 1,000, in digits or words ("forty five"), in order."""
    spelled = [Number(int(knowledge.cues[h.name].value or 0), h.first, h.end) for h in hits if h.name.startswith("number-")]
    digits = [Number(int(t.text), i, i + 1) for i, t in enumerate(tokens) if t.text.isdigit() and len(t.text) <= 3]
    return tuple(sorted((*spelled, *digits), key=lambda n: n.first))


def amounts(text: str) -> tuple[tuple[Decimal, int, int], ...]:
    """Dollar amounts with their places: with a dollar sign, or with cents."""
    low = plain(text)
    found = {m.start(1): (_decimal(m.group(1)), m.start(), m.end()) for p in (_DOLLARS, _CENTS) for m in p.finditer(low)}
    return tuple(found[start] for start in sorted(found))


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "")).quantize(Decimal("0.01"))


def dates(text: str, year: int) -> tuple[tuple[date, int, int], ...]:
    """Days named in the text with their places; a day without a year is of the paper's `year`."""
    low = plain(text)
    found = [d for d in _all_dates(low, year) if d is not None]
    return tuple(sorted(found, key=lambda d: d[1]))


def bare_days(text: str) -> tuple[tuple[int, int, int], ...]:
    """Days of a month that is not named ("on the 13th", "el día 13"), with their places."""
    return tuple((int(m[1] or m[2]), m.start(), m.end()) for m in _BARE_DAY.finditer(plain(text)))


def _all_dates(low: str, year: int) -> Iterator[tuple[date, int, int] | None]:
    for m in _ISO_DATE.finditer(low):
        yield _day(int(m[1]), int(m[2]), int(m[3]), m)
    for m in _NUMERIC_DATE.finditer(low):
        yield _day(_year(m[3], year), int(m[1]), int(m[2]), m)
    for m in _NAMED_DATE.finditer(low):
        yield _day(_year(m[3], year), _MONTHS.get(m[1], 0), int(m[2]), m)
    for m in _SPANISH_DATE.finditer(low):
        yield _day(_year(m[3], year), _MONTHS.get(m[2], 0), int(m[1]), m)


def _year(text: str | None, year: int) -> int:
    return year if not text else int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int, match: re.Match[str]) -> tuple[date, int, int] | None:
    try:
        return date(year, month, day), match.start(), match.end()
    except ValueError:
        return None
