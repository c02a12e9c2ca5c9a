"""Whether a paper prints the day before the month. One order holds for a whole paper."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

MONTH_FIRST, DAY_FIRST, BOTH = "month-first", "day-first", "both"
_MONTHS, _DAYS = 12, 31
# "22-09-26" may begin with its year, so that only a year of four digits or a slash tells the order.
_NUMERIC = re.compile(r"(?<![\w/.$-])([0-9]{1,2})(?:/([0-9]{1,2})/(?:[0-9]{4}|[0-9]{2})|-([0-9]{1,2})-[0-9]{4})(?![\w/]|-[0-9])")
_order: ContextVar[str] = ContextVar("day order", default=MONTH_FIRST)


def order_in(text: str) -> str:
    """DAY_FIRST where a day of the text can only be read so and none the other way; BOTH where each is proved by some;
    else MONTH_FIRST, as in the United States."""
    pairs = {(int(m[1]), int(m[2] or m[3])) for m in _NUMERIC.finditer(text)}
    by_day = any(_MONTHS < one <= _DAYS and 1 <= two <= _MONTHS for one, two in pairs)
    by_month = any(_MONTHS < two <= _DAYS and 1 <= one <= _MONTHS for one, two in pairs)
    return MONTH_FIRST if not by_day else BOTH if by_month else DAY_FIRST


@contextmanager
def as_in(text: str) -> Iterator[None]:
    """While a paper with this text is read, its days have its order."""
    before = _order.set(order_in(text))
    try:
        yield
    finally:
        _order.reset(before)


def month_and_day(one: int, two: int) -> tuple[int, int] | None:
    """The month and the day of two printed numbers; None where the paper uses both orders and these two fit either."""
    order = _order.get()
    if order == BOTH and one != two and max(one, two) <= _MONTHS:
        return None
    turned = order == DAY_FIRST or (order == BOTH and one > _MONTHS)
    return (two, one) if turned else (one, two)


def is_either(text: str) -> bool:
    """Whether a day of the text fits both orders on a paper that uses both."""
    found = _NUMERIC.search(text)
    return found is not None and month_and_day(int(found[1]), int(found[2] or found[3])) is None
