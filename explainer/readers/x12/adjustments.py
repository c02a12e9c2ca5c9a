"""CAS: why a charge was not paid in full. A group, and up to six times a reason, an amount and a quantity."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from explainer.model.amounts import ZERO
from explainer.model.document import Adjustment
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.loops import Segment, size_of
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.values import NUMBERS, number

_MOST_CODES = 1_000
_adjustment = quick(Adjustment)
# Where an adjustment counts: the places of sums kept in a list. PR by its reason, with NOT_COVERED for all others.
DISCOUNT, _DEDUCTIBLE, _COINSURANCE, _COPAY, NOT_COVERED, OTHER = range(6)
SHARES = {"1": _DEDUCTIBLE, "2": _COINSURANCE, "3": _COPAY}
# In the order of `Sums`.
Parts = tuple[Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]
Read = tuple[tuple[Adjustment, ...], Parts | None]


class Sums(NamedTuple):
    """What adjustments come to: all of them, what the provider writes off (CO), and the patient's (PR) by its parts."""

    total: Decimal = ZERO
    discount: Decimal = ZERO
    deductible: Decimal = ZERO
    coinsurance: Decimal = ZERO
    copay: Decimal = ZERO
    not_covered: Decimal = ZERO
    owed: Decimal = ZERO


NOTHING: Parts = (ZERO,) * 7


class Adjuster:
    """Reads adjustments. groups, reasons: those that are known; others are kept in `unknown` as printed.

    with_places: each adjustment gets its own place. corrections: how many CAS of group CR were met, which name nobody who pays.
    """

    def __init__(self, notes: Notes, groups: frozenset[str], reasons: frozenset[str], with_places: bool) -> None:
        self._notes, self._with_places = notes, with_places
        self.groups, self.reasons = groups, reasons
        self.unknown: set[str] = set()
        self.corrections = 0

    def read(self, segments: Iterable[tuple[Segment, int]], claim: int, line: int | None = None) -> Read:
        """The adjustments of these CAS, as printed and in order, and what they come to. Each CAS comes with its end.

        One loop does both: it is gone through for every service of a file.
        """
        found: list[Adjustment] = []
        groups, reasons, with_places, complete, span = self.groups, self.reasons, self._with_places, True, None
        sums, total, owed = [ZERO] * 6, ZERO, ZERO
        for segment, end in segments:
            size, group = len(segment), segment[1] if len(segment) > 1 else ""
            self.corrections += group == "CR"
            if with_places:
                span = self._span(segment, end)
            for position in range(3, size, 3):
                reason, amount = segment[position - 1], NUMBERS[segment[position]]
                if amount is None or reason not in reasons or group not in groups:
                    self._amiss(segment, position - 1, end, (claim, line))
                    if not reason:
                        continue
                counted = number(segment[position + 1]) if position + 1 < size and segment[position + 1] else None
                found.append(_adjustment(group, reason, amount, counted, span))
                if amount is None:
                    complete = False
                    continue
                total += amount
                if group == "PR":
                    owed += amount
                    sums[SHARES.get(reason, NOT_COVERED)] += amount
                else:
                    sums[DISCOUNT if group == "CO" else OTHER] += amount
            if size % 3 == 0 and segment[-1]:
                self._amiss(segment, size - 1, end, (claim, line))
                complete = False
                found.append(_adjustment(group, segment[-1], None, None, span))
        discount, deductible, coinsurance, copay, not_covered, _ = sums
        parts = (total, discount, deductible, coinsurance, copay, not_covered, owed)
        return tuple(found), parts if complete else None

    def _span(self, segment: Segment, end: int) -> Span:
        return Span(self._notes.paper, 1, end - size_of(segment), end)

    def _amiss(self, segment: Segment, position: int, end: int, whose: tuple[int, int | None]) -> None:
        """An amount without a reason, a reason without an amount, or a group or reason that is not known."""
        printed = segment[position + 1] if position + 1 < len(segment) else ""
        group, reason, place = segment[1], segment[position], (end - size_of(segment), end)
        if reason and (group not in self.groups or reason not in self.reasons) and len(self.unknown) < _MOST_CODES:
            self.unknown.add(f"{group}-{reason}")
        if reason and number(printed) is None:
            text = printed or f"{group} {reason}"
            self._notes.add("bad-amount", place, *whose, text=text[:40], field="adjustments")
        elif not reason and printed:
            self._notes.add("x12-adjustment", place, *whose, text=f"{group} {printed}"[:40])


def sums_of(adjustments: Iterable[Adjustment]) -> Sums | None:
    """What adjustments that were read already come to; None where an amount could not be read."""
    sums, total, owed = [ZERO] * 6, ZERO, ZERO
    for one in adjustments:
        if (amount := one.amount) is None:
            return None
        total += amount
        if one.group == "PR":
            owed += amount
            sums[SHARES.get(one.reason, NOT_COVERED)] += amount
        else:
            sums[DISCOUNT if one.group == "CO" else OTHER] += amount
    discount, deductible, coinsurance, copay, not_covered, _ = sums
    return Sums(total, discount, deductible, coinsurance, copay, not_covered, owed)
