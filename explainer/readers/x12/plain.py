"""A service of the commonest shape, in one go: nearly all of a long file is made of them."""

from collections.abc import Container, Mapping

from explainer.model.amounts import ZERO, Amounts
from explainer.model.document import Adjustment, ServiceLine
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.adjustments import DISCOUNT, NOT_COVERED, OTHER, SHARES
from explainer.readers.x12.composite import REVENUE, Composite
from explainer.readers.x12.loops import ClaimLoop, Segment, size_of
from explainer.readers.x12.values import DAYS, NUMBERS

_line, _amounts, _span, _adjustment = quick(ServiceLine), quick(Amounts), quick(Span), quick(Adjustment)


class Plain:
    """Reads services whose codes were met before. codes: those, by SVC01. groups, reasons: of adjustments that are known."""

    def __init__(self, paper: str, codes: Mapping[str, Composite], groups: Container[str], reasons: Container[str]) -> None:
        self._paper, self._codes, self._groups, self._reasons = paper, codes, groups, reasons

    def line(self, loop: ClaimLoop, at: int, until: int, count: int) -> ServiceLine | None:
        """The service whose SVC stands at `at`, and which goes on until there; count: its number in the document.

        None where anything is not just so: no day or not one day, an amount that is no number, a service out of balance,
        a correction that names nobody who pays.
        Nothing is noted here; who reads it the long way says what is amiss. Long for a reason: each call would cost a tenth.
        """
        segments, groups, reasons = loop.all, self._groups, self._reasons
        head = segments[at]
        if not 5 < len(head) < 8:
            return None
        code, billed, paid, units = self._codes.get(head[1]), NUMBERS[head[2]], NUMBERS[head[3]], NUMBERS[head[5]]
        if code is None or billed is None or paid is None or units is None or (len(head) > 6 and head[6]):
            return None
        adjustments, sums, owed, day, allowed = [], [ZERO] * 6, ZERO, None, None
        remarks: tuple[str, ...] = ()
        for segment in segments[at + 1 : until]:
            name = segment[0]
            if name == "CAS":
                size = len(segment)
                if size < 4 or size % 3 == 0 or (group := segment[1]) not in groups or group == "CR":
                    return None
                for position in range(3, size, 3):
                    reason, amount = segment[position - 1], NUMBERS[segment[position]]
                    if amount is None or reason not in reasons:
                        return None
                    counted = NUMBERS[segment[position + 1]] if position + 1 < size else None
                    adjustments.append(_adjustment(group, reason, amount, counted))
                    if group == "PR":
                        owed += amount
                        sums[SHARES.get(reason, NOT_COVERED)] += amount
                    else:
                        sums[DISCOUNT if group == "CO" else OTHER] += amount
            elif name == "DTM":
                if len(segment) != 3 or segment[1] != "472" or (day := DAYS.get(segment[2])) is None:
                    return None
            elif name == "AMT" and allowed is None:
                allowed = NUMBERS[segment[2]] if segment[1:2] == _ALLOWED and len(segment) > 2 else None
            elif name == "LQ":
                remarks += remark(segment)
        discount, deductible, coinsurance, copay, uncovered, other = sums
        if day is None or billed - discount - owed - other != paid:
            return None
        end = loop.all_ends[at]
        return _line(
            count, _span(self._paper, 1, end - size_of(head), loop.all_ends[until - 1]), day, None,
            code.code, code.system, code.modifiers, code.description, units, None,
            code.revenue or (head[4] if head[4] and REVENUE.fullmatch(head[4]) else None), None,
            _amounts(billed, discount, allowed, uncovered, deductible, copay, coinsurance, paid, None, owed),
            tuple(adjustments), remarks,
        )  # fmt: skip


_ALLOWED = ["B6"]


def remark(segment: Segment) -> tuple[str, ...]:
    """The remark code of an LQ, if it has one; those of pharmacies are apart from the others."""
    code = segment[2].strip() if len(segment) > 2 else ""
    return (code if segment[1] != "RX" else f"RX {code}",) if code else ()
