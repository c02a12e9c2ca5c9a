"""Single elements to values: money, counts, days, names, codes. What is not plainly one gives None; who asked names it."""

from datetime import date
from decimal import Context, Decimal, InvalidOperation

from explainer.readers.x12.separators import BLANK

_NUMBER = "0123456789.-"
# An X12 number has at most 18 digits; a sign and a point come on top.
_LONGEST = 20
# More would not stay in the processor's cache, and to look one up would take longer than to read it.
_REMEMBERED = 2_000
_YEARS = range(1900, 2101)


class _Numbers(dict[str, Decimal | None]):
    """NUMBERS[text]: digits with at most one point and a minus in front; None for anything else, as 1.8E2, NaN or 1,000.

    What was met before is looked up without a call: a file holds the same few thousand amounts again and again.
    """

    def __missing__(self, text: str) -> Decimal | None:
        if text.strip(_NUMBER) or len(text) > _LONGEST:
            return self[plain] if (plain := text.strip(BLANK)) != text else None
        try:
            value = Decimal(text) if text else None
        except InvalidOperation:
            return None
        if len(self) < _REMEMBERED:
            self[text] = value
        return value


NUMBERS = _Numbers()
# The amount that digits, points and a minus sign stand for. Raises InvalidOperation where they are none.
AMOUNT = Context().create_decimal
# CCYYMMDD as it was met -> the day.
DAYS: dict[str, date] = {}


def number(text: str) -> Decimal | None:
    """The number that an element holds, by `NUMBERS`."""
    return NUMBERS[text]


def day(text: str) -> date | None:
    """CCYYMMDD; None for anything else, also for a day that does not exist."""
    found = DAYS.get(text)
    return found if found is not None else _day(text)


def _day(text: str) -> date | None:
    plain = text.strip(BLANK)
    if len(plain) != 8 or not plain.isascii() or not plain.isdigit() or int(plain[:4]) not in _YEARS:
        return None
    try:
        value = date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    except ValueError:
        return None
    if len(DAYS) >= _REMEMBERED:
        DAYS.clear()
    DAYS[text] = value
    return value


def days(segment: list[str]) -> tuple[date | None, date | None]:
    """First and last day of a DTM: one day, or a range in DTM06 (or where older files put it, behind D8 or RD8)."""
    first = DAYS.get(segment[2]) if len(segment) > 2 else None
    if first is not None or (first := day(at(segment, 2))) is not None:
        return first, None
    where = 6 if at(segment, 5) in ("D8", "RD8") else 3 if at(segment, 2) in ("D8", "RD8") else 0
    begin, _, end = (at(segment, where) if where else "").partition("-")
    return day(begin), day(end)


def at(segment: list[str], position: int) -> str:
    """The element at that position without blanks at its ends; "" where the segment ends before it."""
    return segment[position].strip(BLANK) if position < len(segment) else ""


def person(segment: list[str]) -> str | None:
    """The name in an NM1 as a person writes it: first, middle, last, suffix. An organization has only its name."""
    if len(segment) > 7:
        whole = f"{segment[4]} {segment[5]} {segment[3]} {segment[7]}"
    else:
        last, first, middle, _ = (*segment[3:7], "", "", "", "")[:4]
        whole = f"{first} {middle} {last}"
    return " ".join(whole.split()) or None
