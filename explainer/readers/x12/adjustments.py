"""CAS: why a charge was not paid in full. A group, and up to six times a reason, an amount and a quantity."""

from collections.abc import Container, Iterable
from decimal import Decimal
from typing import NamedTuple

from explainer.model.amounts import ZERO
from explainer.model.document import Adjustment
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.loops import Segment, size_of
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.values import number

_MOST_CODES = 1_000
_adjustment = quick(Adjustment)
# All, CO, PR-1, PR-2, PR-3, other PR, all PR.
Parts = tuple[Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]


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

    with_places: each adjustment gets its own place.
    """

    def __init__(self, notes: Notes, groups: Container[str], reasons: Container[str], with_places: bool) -> None:
        self._notes, self._with_places = notes, with_places
        self._groups, self._reasons = groups, reasons
        self.unknown: set[str] = set()

    def take(self, segment: Segment, end: int, found: list[Adjustment], claim: int, line: int | None = None) -> None:
        """One CAS that ends there, as printed and in order, onto `found`."""
        size, group, reasons = len(segment), segment[1] if len(segment) > 1 else "", self._reasons
        span = self._span(segment, end) if self._with_places else None
        if group not in self._groups:
            self._unknown(group, segment)
        for position in range(2, size, 3):
            reason = segment[position]
            amount = number(segment[position + 1]) if position + 1 < size else None
            if amount is None or reason not in reasons:
                self._amiss(segment, position, end, (claim, line))
                if not reason:
                    continue
            counted = number(segment[position + 2]) if position + 2 < size else None
            found.append(_adjustment(group, reason, amount, counted, span))

    def _span(self, segment: Segment, end: int) -> Span:
        return Span(self._notes.paper, 1, end - size_of(segment), end)

    def _unknown(self, group: str, segment: Segment) -> None:
        if len(self.unknown) < _MOST_CODES:
            self.unknown.update(f"{group}-{reason}" for reason in segment[2::3] if reason)

    def _amiss(self, segment: Segment, position: int, end: int, whose: tuple[int, int | None]) -> None:
        """An amount without a reason, a reason without an amount, or a reason that is not known."""
        place, printed = (end - size_of(segment), end), segment[position + 1] if position + 1 < len(segment) else ""
        if (reason := segment[position]) and reason not in self._reasons and len(self.unknown) < _MOST_CODES:
            self.unknown.add(f"{segment[1]}-{reason}")
        if reason and number(printed) is not None:
            return
        if reason:
            self._notes.add("bad-amount", place, *whose, text=(printed or f"{segment[1]} {reason}")[:40], field="adjustments")
        elif printed:
            self._notes.add("x12-adjustment", place, *whose, text=f"{segment[1]} {printed}"[:40])


def parts_of(adjustments: Iterable[Adjustment]) -> Parts | None:
    """What the adjustments come to, in the order of `Sums`; None where an amount could not be read."""
    total = discount = deductible = coinsurance = copay = not_covered = owed = ZERO
    for one in adjustments:
        amount = one.amount
        if amount is None:
            return None
        total += amount
        group = one.group
        if group == "CO":
            discount += amount
        elif group == "PR":
            owed += amount
            reason = one.reason
            if reason == "2":
                coinsurance += amount
            elif reason == "1":
                deductible += amount
            elif reason == "3":
                copay += amount
            else:
                not_covered += amount
    return total, discount, deductible, coinsurance, copay, not_covered, owed


def sums_of(adjustments: Iterable[Adjustment]) -> Sums | None:
    """What the adjustments come to; None where an amount could not be read."""
    parts = parts_of(adjustments)
    return None if parts is None else Sums(*parts)
