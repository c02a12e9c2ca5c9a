"""CAS: why a charge was not paid in full. A group, and up to six times a reason, an amount and a quantity."""

from collections.abc import Iterable
from decimal import Decimal

from explainer.model.amounts import ZERO
from explainer.model.document import Adjustment
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.loops import Loop, Segment, size_of
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.values import number

# All amounts, CO, PR-1, PR-2, PR-3, other PR.
Sums = tuple[Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]
NOTHING: Sums = (ZERO,) * 6
_MOST_CODES = 1_000

_adjustment, _span = quick(Adjustment), quick(Span)


class Adjuster:
    """Reads the adjustments of a loop. codes: every group and reason met, to say later which are unknown."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self.codes: set[tuple[str, str]] = set()

    def read(self, loop: Loop, claim: int, line: int | None) -> tuple[Adjustment, ...]:
        """The adjustments as printed, in order."""
        found: list[Adjustment] = []
        for segment, start in zip(loop.rest, loop.starts, strict=True):
            if segment[0] == "CAS" and len(segment) > 2:
                self._triplets(segment, start, found, (claim, line))
        return tuple(found)

    def _triplets(self, segment: Segment, start: int, found: list[Adjustment], whose: tuple[int, int | None]) -> None:
        size = len(segment)
        place = (start, start + size_of(segment))
        span, group = _span(self._notes.paper, 1, *place), segment[1]
        for position in range(2, size, 3):
            reason = segment[position].strip()
            printed = segment[position + 1] if position + 1 < size else ""
            if not reason:
                if printed.strip():
                    self._notes.add("x12-adjustment", place, *whose, text=f"{group} {printed}")
                continue
            amount = number(printed)
            if amount is None:
                self._notes.add("bad-amount", place, *whose, text=printed[:40], field="adjustments")
            counted = segment[position + 2] if position + 2 < size else ""
            found.append(_adjustment(group, reason, amount, number(counted) if counted else None, span))
            if len(self.codes) < _MOST_CODES:
                self.codes.add((group, reason))


def sums_of(adjustments: Iterable[Adjustment]) -> Sums | None:
    """What the adjustments come to; None where an amount could not be read."""
    total = written_off = deductible = coinsurance = copay = uncovered = ZERO
    for one in adjustments:
        amount = one.amount
        if amount is None:
            return None
        total += amount
        if one.group == "CO":
            written_off += amount
        elif one.group == "PR":
            if one.reason == "1":
                deductible += amount
            elif one.reason == "2":
                coinsurance += amount
            elif one.reason == "3":
                copay += amount
            else:
                uncovered += amount
    return total, written_off, deductible, coinsurance, copay, uncovered
