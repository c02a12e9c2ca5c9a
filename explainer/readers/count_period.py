"""The last day of the year that running counts speak of, where a line above them names it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from explainer.model.document import Accumulator
from explainer.readers.atoms import money_count
from explainer.readers.fields import dates
from explainer.readers.rows import Row

_RANGED = re.compile(
    r"(?:plan|benefit|policy|calendar|coverage) (?:year|period)|a[ñn]o (?:del plan|de beneficios|calendario)|"
    r"per[íi]odo (?:del plan|de beneficios)",
    re.I,
)
# A plan's year may end in another month, so that "Plan year 2025" alone does not tell its last day.
_BY_CALENDAR = re.compile(
    r"\s*(?:your )?(?:(?:benefits? summary|calendar year|resumen de beneficios|año calendario)"
    r"\s*(?:for|de|del)?[\s:-]{0,4}(20[0-9]{2})"
    r"|(20[0-9]{2})\s(?:benefits? summary|calendar year))\W{0,3}",
    re.I,
)
_ROWS_ABOVE = 6


def with_periods(rows: Sequence[Row], counts: Sequence[Accumulator]) -> tuple[Accumulator, ...]:
    """The counts, each with the end of the period that is named nearest above it or in its own line."""
    printed = [row for row in rows if not row.blank]
    ends = {row.start: end for row in printed if (end := _end(row))}
    return tuple(_with_end(count, printed, ends) for count in counts) if ends else tuple(counts)


def _with_end(count: Accumulator, printed: Sequence[Row], ends: dict[int, date]) -> Accumulator:
    above = [row for row in printed if row.start <= count.span.start][-_ROWS_ABOVE:]
    end = next((ends[row.start] for row in reversed(above) if row.start in ends), None)
    return replace(count, period_end=end) if end else count


def _end(row: Row) -> date | None:
    """ "Plan year: 01/01/2025 - 12/31/2025", "Benefit summary 2025"."""
    if len(row.text) > 200:
        return None
    year = _BY_CALENDAR.fullmatch(row.text)
    if year:
        return date(int(year[1] or year[2]), 12, 31)
    match = dates.search(row.text) if _RANGED.search(row.text) and not money_count(row) else None
    found = dates.from_match(match) if match else None
    return found.last if found else None
