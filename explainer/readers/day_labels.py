"""Which labels of days say nothing by themselves: "Date" behind "Accident" is the accident's day, and no service's."""

import re

from explainer.readers.labels import LabelBook
from explainer.readers.words import FILLERS, words

DAYS = frozenset(("service_date", "service_end", "processed", "notice_date", "due_date"))
# What parts a label from words before it: marks, room, or a value that ends there.
_PARTED = re.compile(r"[:;|,.()=\t]|\s{2,}|\S*\d\S*")
_LOOKED_BACK = 60


def is_bare(book: LabelBook, label: str) -> bool:
    """Whether a label of a day takes its meaning from the words before it."""
    return book.is_("bare-day", label)


def of_something_else(book: LabelBook, field: str, before: str, label: str) -> bool:
    """Whether the words straight before a known label of a day make it another day's: "Referral date", "Next visit"."""
    if field not in DAYS:
        return False
    before = before[-_LOOKED_BACK:]
    start = max((m.end() for m in _PARTED.finditer(before)), default=0)
    said = [w.word for w in words(before[start:]) if w.word not in FILLERS]
    if not said:
        return False
    if book.is_("other-day", said[-1]):
        return True
    return is_bare(book, label) and not book.is_("before-day", said[-1])


def speaks_of_another(book: LabelBook, before: str) -> bool:
    """Whether words before a day tell of a day to come, of a day gone by, or of something else than a service."""
    return any(book.is_("other-day", w.word) for w in words(before))
