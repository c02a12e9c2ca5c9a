"""Services of the commonest shape, from their matches, in one go: nearly all of a long file is made of them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from explainer.model.amounts import ZERO, Amounts
from explainer.model.document import Adjustment, Places, ServiceLine
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.balance import Added
from explainer.readers.x12.composite import REVENUE, Composite
from explainer.readers.x12.loops import Segment
from explainer.readers.x12.shapes import Shapes
from explainer.readers.x12.values import AMOUNTS, DAYS, NUMBERS, day
from explainer.readers.x12.whole import WholeClaim

ONE = Decimal(1)
ONE_ASSUMED = ("units",)
DAYS_OF_CLAIM = ("service_date",)
Days = tuple[date | None, date | None]
_NO_PLACES: Places = {}
# What the patient has to pay, by its reason: deductible, coinsurance, copay and anything else.
_SHARES, _UNCOVERED = {"1": 0, "2": 1, "3": 2}, 3
_NO_SHARES = [ZERO] * 4

_line, _adjustment = quick(ServiceLine, source=Span, amounts=Amounts), quick(Adjustment)


class Plain:
    """Reads services whose codes were met before. codes: those, by SVC01. groups, reasons: of adjustments that are known."""

    def __init__(self, paper: str, codes: Mapping[str, Composite], groups: frozenset[str], reasons: frozenset[str]) -> None:
        self._paper, self._codes = paper, codes
        # A service has no reason where an adjustment could have one: that is fine too.
        self._groups: frozenset[str | None] = groups | {None}
        self._reasons: frozenset[str | None] = reasons | {None} if "PR" in groups else frozenset()

    def lines(self, claim: WholeClaim, count: int, of_claim: Days) -> tuple[list[ServiceLine], list[int], Added]:
        """The services of a claim; count: the number of the first. of_claim: the claim's own days.

        Left out are those where anything is not just so: a day that is none, a code or reason not known, a service out of
        balance. The second list has their numbers. Nothing is noted here; who reads them the long way says what is amiss. Last comes
        what the others add up to. Long for a reason: a file has a million services, and each call would cost a tenth.
        """
        made: list[ServiceLine] = []
        odd: list[int] = []
        paper, codes, groups, reasons = self._paper, self._codes, self._groups, self._reasons
        shapes, at, end, close = claim.run.shapes, claim.run.at, claim.head.end(), len(claim.run.shapes.end)
        all_billed = all_paid = all_owed = ZERO
        for number, match in enumerate(claim.matches, count):
            start, end = end, match.end()
            (
                code, charge, payment, revenue, counted, begun, ended,
                group, reason, cut, reason2, cut2, share, part, share2, part2, most, lq,
            ) = match.groups()  # fmt: skip
            known, units, (first, last) = codes.get(code), NUMBERS[counted] if counted else ONE, of_claim
            if begun:
                first, last = DAYS.get(begun) or day(begun), day(ended) if ended else None
            if (
                known is None or units is None or (begun and first is None) or (ended and last is None) or group not in groups
                or reason not in reasons or reason2 not in reasons or share not in reasons or share2 not in reasons
            ):  # fmt: skip
                odd.append(number)
                continue
            adjustments: tuple[Adjustment, ...] = ()
            discount, owed, shares = ZERO, ZERO, _NO_SHARES
            try:
                billed, paid, allowed = AMOUNTS[charge], AMOUNTS[payment], AMOUNTS[most] if most else None
                left = billed
                if group:
                    amount = AMOUNTS[cut]
                    adjustments = (_adjustment(group, reason, amount),)
                    if cut2:
                        more = AMOUNTS[cut2]
                        adjustments += (_adjustment(group, reason2, more),)
                        amount += more
                    left -= amount
                    if group == "CO":
                        discount = amount
                if share:
                    owed, shares = AMOUNTS[part], [ZERO] * 4
                    adjustments += (_adjustment("PR", share, owed),)
                    shares[_SHARES.get(share, _UNCOVERED)] = owed
                    if part2:
                        more = AMOUNTS[part2]
                        adjustments += (_adjustment("PR", share2, more),)
                        shares[_SHARES.get(share2, _UNCOVERED)] += more
                        owed += more
                    left -= owed
            except InvalidOperation:
                left = None
            if left != paid:
                odd.append(number)
                continue
            deductible, coinsurance, copay, uncovered = shares
            made.append(
                _line(
                    number, paper, 1, at + start, at + end - close, None, first, last if last != first else None,
                    known.code, known.system, known.modifiers, known.description, units, None,
                    known.revenue or (revenue if revenue and REVENUE.fullmatch(revenue) else None), None,
                    billed, discount, allowed, uncovered, deductible, copay, coinsurance, paid, None, owed,
                    adjustments, remarks(lq, shapes) if lq else (), None,
                    () if begun and counted else _uncertain(begun, first, counted), _NO_PLACES,
                )
            )  # fmt: skip
            all_billed += billed
            all_paid += paid
            all_owed += owed
        return made, odd, (all_billed, all_paid, all_owed)


def _uncertain(begun: str | None, first: date | None, counted: str | None) -> tuple[str, ...]:
    """A day of the claim and a count of one are not printed for the service itself."""
    return (() if begun or first is None else DAYS_OF_CLAIM) + (() if counted else ONE_ASSUMED)


def remarks(text: str, shapes: Shapes) -> tuple[str, ...]:
    """The remark codes of LQ segments that follow one another."""
    found: tuple[str, ...] = ()
    for raw in text.split(shapes.end)[:-1]:
        found += remark(raw.split(shapes.element))
    return found


def remark(segment: Segment) -> tuple[str, ...]:
    """The remark code of an LQ, if it has one; those of pharmacies are apart from the others."""
    code = segment[2].strip() if len(segment) > 2 else ""
    return (code if segment[1] != "RX" else f"RX {code}",) if code else ()
