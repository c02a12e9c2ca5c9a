"""A service of the commonest shape, from its match, in one go: nearly all of a long file is made of them."""

import re
from collections.abc import Container, Mapping
from datetime import date
from decimal import Decimal

from explainer.model.amounts import ZERO, Amounts
from explainer.model.document import Adjustment, ServiceLine
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.composite import REVENUE, Composite
from explainer.readers.x12.loops import Segment
from explainer.readers.x12.shapes import Shapes
from explainer.readers.x12.values import DAYS, NUMBERS, day

ONE = Decimal(1)
ONE_ASSUMED = ("units",)
DAYS_OF_CLAIM = ("service_date",)
Days = tuple[date | None, date | None]

_line, _amounts, _span, _adjustment = quick(ServiceLine), quick(Amounts), quick(Span), quick(Adjustment)


class Plain:
    """Reads services whose codes were met before. codes: those, by SVC01. groups, reasons: of adjustments that are known."""

    def __init__(self, paper: str, codes: Mapping[str, Composite], groups: Container[str], reasons: Container[str]) -> None:
        self._paper, self._codes, self._groups, self._reasons = paper, codes, groups, reasons

    def line(self, match: re.Match[str], shapes: Shapes, at: int, count: int, of_claim: Days) -> ServiceLine | None:
        """The service of that match; at: where the text of the match stands. count: its number in the document.

        None where anything is not just so: a day that is none, a code or reason not known, a service out of balance.
        Nothing is noted here; who reads it the long way says what is amiss. Long for a reason: each call would cost a tenth.
        """
        (
            code, charge, payment, revenue, counted, begun, ended,
            group, reason, cut, quantity, reason2, cut2, share, part, quantity2, share2, part2, most, lq,
        ) = match.groups()  # fmt: skip
        known, units, reasons = self._codes.get(code), NUMBERS[counted] if counted else ONE, self._reasons
        if known is None or units is None:
            return None
        billed, paid = Decimal(charge), Decimal(payment)
        left, discount, owed, deductible, coinsurance, copay, uncovered = billed, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO
        adjustments: tuple[Adjustment, ...] = ()
        if group:
            if reason not in reasons or group not in self._groups:
                return None
            amount = Decimal(cut)
            adjustments = (_adjustment(group, reason, amount, NUMBERS[quantity] if quantity else None),)
            if cut2:
                if reason2 not in reasons:
                    return None
                adjustments += (_adjustment(group, reason2, more := Decimal(cut2)),)
                amount += more
            left -= amount
            if group == "CO":
                discount += amount
        if part:
            if share not in reasons:
                return None
            amount = Decimal(part)
            adjustments += (_adjustment("PR", share, amount, NUMBERS[quantity2] if quantity2 else None),)
            owed += amount
            if share == "2":
                coinsurance = owed
            elif share == "3":
                copay = owed
            elif share == "1":
                deductible = owed
            else:
                uncovered = owed
            if part2:
                if share2 not in reasons:
                    return None
                amount = Decimal(part2)
                adjustments += (_adjustment("PR", share2, amount),)
                owed += amount
                if share2 == "2":
                    coinsurance += amount
                elif share2 == "3":
                    copay += amount
                elif share2 == "1":
                    deductible += amount
                else:
                    uncovered += amount
        if left - owed != paid:
            return None
        first, last = of_claim
        if begun:
            first, last = DAYS.get(begun) or day(begun), day(ended) if ended else None
            if first is None or (ended and last is None):
                return None
        uncertain = () if begun or first is None else DAYS_OF_CLAIM
        start, end = match.span()
        return _line(
            count, _span(self._paper, 1, at + start, at + end - len(shapes.end)), first, last if last != first else None,
            known.code, known.system, known.modifiers, known.description, units, None,
            known.revenue or (revenue if revenue and REVENUE.fullmatch(revenue) else None), None,
            _amounts(
                billed, discount, Decimal(most) if most else None, uncovered, deductible, copay, coinsurance, paid, None, owed
            ),
            adjustments, remarks(lq, shapes) if lq else (), None, uncertain if counted else uncertain + ONE_ASSUMED,
        )  # fmt: skip


def remarks(text: str, shapes: Shapes) -> tuple[str, ...]:
    """The remark codes of LQ segments that follow one another."""
    return tuple(code for raw in text.split(shapes.end)[:-1] for code in remark(raw.split(shapes.element)))


def remark(segment: Segment) -> tuple[str, ...]:
    """The remark code of an LQ, if it has one; those of pharmacies are apart from the others."""
    code = segment[2].strip() if len(segment) > 2 else ""
    return (code if segment[1] != "RX" else f"RX {code}",) if code else ()
