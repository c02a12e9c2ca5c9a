"""Days as papers print them, in English and Spanish. Month before day, as in the United States, unless the paper proves the other
order; nothing is guessed."""

import re
from dataclasses import dataclass
from datetime import date

from explainer.readers.fields.day_order import is_either, month_and_day
from explainer.readers.words import plain

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january ene enero", "feb february febrero", "mar march marzo", "apr april abr abril", "may mayo", "jun june junio",
         "jul july julio", "aug august ago agosto", "sep sept september septiembre setiembre set", "oct october octubre",
         "nov november noviembre", "dec december dic diciembre"), 1)
    for name in names.split()
}  # fmt: skip
_NAME = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_TO = r"\s{0,2}(?:-|–|—|\bto\b|\bthrough\b|\bthru\b|\bal?\b|\bhasta\b|\band\b)\s{0,2}"
_DAY = (
    r"(?:[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}(?![0-9])|(?:19|20)[0-9]{2}\.[0-9]{2}\.[0-9]{2}(?![0-9.])"
    r"|[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})(?![0-9/])|[0-9]{1,2}-[0-9]{1,2}-(?:[0-9]{4}|[0-9]{2})(?![0-9-])"
    rf"|{_NAME}\s{{0,2}}[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s{{0,2}}(?:de\s)?(?:[0-9]{{4}}|['’][0-9]{{2}})(?![0-9])"
    rf"|[0-9]{{1,2}}(?:\s|-|\sde\s){_NAME},?(?:\s|-|\sde\s|\sdel\s)[0-9]{{4}}(?![0-9])|[0-9]{{1,2}}-{_NAME}-[0-9]{{2}}(?![0-9]))"
)
_YEARLESS = rf"(?:{_NAME}\s{{1,2}}[0-9]{{1,2}}|[0-9]{{1,2}}/[0-9]{{1,2}})"
PRINTED = re.compile(
    rf"(?<![\w/.$-])(?P<one>{_DAY}|{_YEARLESS}(?={_TO}(?:{_DAY}|[0-9]{{1,2}},?\s[0-9]{{4}})))(?:{_TO}(?P<two>{_DAY}|[0-9]{{1,2}},?\s[0-9]{{4}}))?(?![\w/])"
)
_NUMBERS = re.compile(r"[0-9]+")
_WORDS = re.compile(r"[a-z]+")
_TIME = re.compile(
    r"(?<=[0-9])[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?: ?[AP]M)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$", re.I
)
_FIGURES = re.compile(r"(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?P<year>20[0-9]{2}|[0-3][0-9])")
_COMPACT = re.compile(r"(?:19|20)[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Days:
    """A first day and, where a range is printed, its last."""

    first: date
    last: date | None = None


def _made(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000
    if not 1950 <= year <= 2099:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one(text: str) -> date | None:
    text = plain(text)
    numbers = [int(n) for n in _NUMBERS.findall(text)]
    month = next((_MONTHS[w] for w in _WORDS.findall(text) if w in _MONTHS), None)
    if month is not None:
        return _made(numbers[1], month, numbers[0]) if len(numbers) == 2 else None
    if len(numbers) != 3:
        return None
    if len(_NUMBERS.findall(text)[0]) == 4:
        return _made(numbers[0], numbers[1], numbers[2])
    parts = month_and_day(numbers[0], numbers[1])
    return _made(numbers[2], *parts) if parts else None


def from_match(match: re.Match[str]) -> Days | None:
    """The days of a match of PRINTED; None when there is no such day or the range runs backwards."""
    one, two = match["one"], match["two"]
    if two is None:
        first = _one(one)
        return Days(first) if first else None
    last = _one(two)
    if last is None and (months := _WORDS.findall(plain(one))):
        last = _one(f"{months[0]} {two}")
    first = _one(one)
    if first is None and last is not None:
        first = _one(f"{one}/{last.year}" if "/" in one else f"{one}, {last.year}")
    if first is None or last is None or last < first:
        return None
    return Days(first, None if last == first else last)


def days(text: str) -> Days | None:
    """The day or range that a text is, with nothing else in it; a time of day behind it falls away."""
    text = _TIME.sub("", text.strip())
    if len(text) > 60:
        return None
    if _COMPACT.fullmatch(text):
        made = _made(int(text[:4]), int(text[4:6]), int(text[6:]))
        return Days(made) if made else None
    match = PRINTED.fullmatch(plain(text))
    return from_match(match) if match else None


def under_heading(text: str) -> Days | None:
    """The day of a cell that stands under a heading of days: there "021026" and "02102026" are February 10, 2026."""
    match = _FIGURES.fullmatch(text.strip())
    made = _made(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    return Days(made) if made else days(text)


def search(text: str, start: int = 0) -> re.Match[str] | None:
    """The first day or range in a text."""
    return PRINTED.search(plain(text), start)


def problem_of(text: str) -> str:
    """What is wrong with a text that should be a day: there is none such, or the paper's own order is not plain."""
    return "either-date" if is_either(text) else "bad-date"
