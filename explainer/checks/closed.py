"""Days on which offices are closed: weekends and the federal holidays, as observed (5 U.S.C. 6103)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

Closed = Literal["weekend", "holiday"]
_SATURDAY, _SUNDAY, _MONDAY, _THURSDAY = 5, 6, 0, 3
# New Year, Juneteenth (since 2021), Independence Day, Veterans Day, Christmas.
_FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
# Martin Luther King, Washington, Labor Day, Columbus Day, Thanksgiving: the nth such weekday of a month.
_NTH = ((1, _MONDAY, 3), (2, _MONDAY, 3), (9, _MONDAY, 1), (10, _MONDAY, 2), (11, _THURSDAY, 4))
_JUNETEENTH, _SINCE = (6, 19), 2021


def closed(day: date) -> Closed | None:
    """Whether that day is a weekend or a federal holiday; None for a day on which offices work."""
    if day.weekday() >= _SATURDAY:
        return "weekend"
    # New Year's Day of the next year is kept on December 31 where it falls on a Saturday.
    return "holiday" if day in {*_holidays(day.year), *_holidays(day.year + 1)} else None


def _holidays(year: int) -> Iterator[date]:
    """The days on which that year's holidays are kept."""
    for month, number in _FIXED:
        if (month, number) != _JUNETEENTH or year >= _SINCE:
            yield _kept(date(year, month, number))
    for month, weekday, nth in _NTH:
        first = date(year, month, 1)
        yield first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, 5, 31)
    yield last - timedelta(days=(last.weekday() - _MONDAY) % 7)


def _kept(day: date) -> date:
    """A holiday on a Saturday is kept the day before, one on a Sunday the day after."""
    moved = {_SATURDAY: -1, _SUNDAY: 1}
    return day + timedelta(days=moved.get(day.weekday(), 0))
