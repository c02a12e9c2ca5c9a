"""CAS: why a charge was not paid in full. A group, and up to six times a reason, an amount and a quantity."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from explainer.model.amounts import ZERO
from explainer.model.document import Adjustment
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.loops import Loop, Segment, size_of
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.values import number

_MOST_CODES = 1_000
_adjustment, _span = quick(Adjustment), quick(Span)


class Sums(NamedTuple):
    """What adjustments come to: all of them, what the provider writes off (CO), and the patient's (PR) by its parts."""

    total: Decimal = ZERO
    discount: Decimal = ZERO
    deductible: Decimal = ZERO
    coinsurance: Decimal = ZERO
    copay: Decimal = ZERO
    not_covered: Decimal = ZERO
    owed: Decimal = ZERO


NOTHING = Sums()


class Adjuster:
    """Reads adjustments. codes: every group and reason met, to say later which are unknown."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self.codes: set[tuple[str, str]] = set()

    def of(self, loop: Loop, claim: int) -> tuple[Adjustment, ...]:
        """The adjustments of a claim as a whole."""
        found: list[Adjustment] = []
        for segment, end in zip(loop.rest, loop.ends, strict=True):
            if segment[0] == "CAS":
                self.take(segment, end, found, claim)
        return tuple(found)

    def take(self, segment: Segment, end: int, found: list[Adjustment], claim: int, line: int | None = None) -> None:
        """One CAS, as printed and in order, onto `found`."""
        size, group = len(segment), segment[1] if len(segment) > 1 else ""
        span = _span(self._notes.paper, 1, end - size_of(segment), end)
        for position in range(2, size, 3):
            reason = segment[position]
            amount = number(segment[position + 1]) if position + 1 < size else None
            if amount is None or not reason:
                self._amiss(segment, position, span, (claim, line))
                if not reason:
                    continue
            counted = segment[position + 2] if position + 2 < size else ""
            found.append(_adjustment(group, reason, amount, number(counted) if counted else None, span))
            self.codes.add((group, reason))
        if len(self.codes) > _MOST_CODES:
            self.codes.clear()

    def _amiss(self, segment: Segment, position: int, span: Span, whose: tuple[int, int | None]) -> None:
        """An amount without a reason, or a reason without an amount."""
        place, printed = (span.start, span.end), segment[position + 1] if position + 1 < len(segment) else ""
        if segment[position]:
            self._notes.add("bad-amount", place, *whose, text=printed[:40], field="adjustments")
        elif printed:
            self._notes.add("x12-adjustment", place, *whose, text=f"{segment[1]} {printed}"[:40])


def sums_of(adjustments: Iterable[Adjustment]) -> Sums | None:
    """What the adjustments come to; None where an amount could not be read."""
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
    return Sums(total, discount, deductible, coinsurance, copay, not_covered, owed)
