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
from explainer.readers.x12.shapes import AN_AMOUNT, Shapes
from explainer.readers.x12.values import AMOUNT, DAYS, NUMBERS
from explainer.readers.x12.whole import WholeClaim

ONE = Decimal(1)
ONE_ASSUMED = ("units",)
DAYS_OF_CLAIM = ("service_date",)
Days = tuple[date | None, date | None]
# Where this reads, no field's own place is kept: one for all.
_NO_PLACES: Places = {}
_REMEMBERED = 5_000
# Where an adjustment counts: the places of sums kept in a list. PR by its reason.
_DISCOUNT, _OTHER, _UNCOVERED = 0, 4, 5
_SHARES = {"1": 1, "2": 2, "3": 3}
_NOTHING = [ZERO] * 6
_NONE = (ZERO, ZERO, ZERO)
# A group and a reason, in which sum they count, and whether it is the patient's.
Kind = tuple[str, str, int, bool]

_adjustment = quick(Adjustment, "span")
_line = quick(
    ServiceLine, "source_page", "source_box", "minutes", "place_of_service", "amounts_other_paid", "approved", "submitted",
    "corrected", source=Span, amounts=Amounts,
)  # fmt: skip


class Plain:
    """Reads services whose codes were met before. codes: those, by SVC01. groups, reasons: of adjustments that are known.

    remarks: gathers the remark codes that are met.
    """

    def __init__(
        self, paper: str, codes: Mapping[str, Composite], groups: frozenset[str], reasons: frozenset[str], remarks: set[str]
    ) -> None:
        self._paper, self._codes, self._groups, self._reasons, self._all_remarks = paper, codes, groups, reasons, remarks
        self._kinds: dict[str, Kind] = {}
        self._remarks: dict[str, tuple[str, ...]] = {}

    def lines(self, claim: WholeClaim, count: int, of_claim: Days) -> tuple[list[ServiceLine], list[int], Added]:
        """The services of a claim; count: the number of the first. of_claim: the claim's own days, the last where it is another.

        Left out are those where anything is not just so: a day or a code not met before, a reason not known, a service out of
        balance. The second list has their numbers. Nothing is noted here; who reads them the long way says what is amiss.
        Last comes what the others add up to. Long for a reason: each call for a service would cost a tenth of all.
        """
        made: list[ServiceLine] = []
        odd: list[int] = []
        paper, codes, kinds, shapes, at = self._paper, self._codes, self._kinds, claim.run.shapes, claim.run.at
        element, end, close, all_billed, all_paid, all_owed = shapes.element, claim.head.end(), len(shapes.end), *_NONE
        for number, match in enumerate(claim.matches, count):
            start, end = end, match.end()
            (
                code, charge, payment, revenue, counted, begun, ended, kind, cut, kind2, cut2, reason3, cut3, cas, most, lq,
            ) = match.groups()  # fmt: skip
            sums = _NOTHING.copy()
            owed = ZERO
            first, last = of_claim
            adjustments: tuple[Adjustment, ...] = ()
            try:
                known = codes[code]
                billed = left = AMOUNT(charge)
                paid = AMOUNT(payment)
                allowed = AMOUNT(most) if most else None
                units = (NUMBERS.get(counted) or AMOUNT(counted)) if counted else ONE
                if begun is not None:
                    first = DAYS[begun]
                    last = DAYS[ended] if ended and ended != begun else None
                if kind:
                    group, reason, place, of_patient = kinds.get(kind) or self._kind(kind, element)
                    sums[place] = amount = AMOUNT(cut)
                    adjustments = (_adjustment(group, reason, amount),)
                    left -= amount
                    if of_patient:
                        owed = amount
                if kind2:
                    group, reason, place, of_patient = kinds.get(kind2) or self._kind(kind2, element)
                    amount = AMOUNT(cut2)
                    sums[place] += amount
                    adjustments += (_adjustment(group, reason, amount),)
                    left -= amount
                    if of_patient:
                        owed += amount
                    if reason3:
                        kind = f"{group}{element}{reason3}"
                        group, reason, place, of_patient = kinds.get(kind) or self._kind(kind, element)
                        amount = AMOUNT(cut3)
                        sums[place] += amount
                        adjustments += (_adjustment(group, reason, amount),)
                        left -= amount
                        if of_patient:
                            owed += amount
                if cas:
                    more, off, of_it = self._more(cas, shapes, sums)
                    adjustments, left, owed = adjustments + more, left - off, owed + of_it
            except (InvalidOperation, KeyError):
                odd.append(number)
                continue
            if left != paid:
                odd.append(number)
                continue
            discount, deductible, coinsurance, copay, _, uncovered = sums
            made.append(
                _line(
                    number, paper, at + start, at + end - close, first, last,
                    known.code, known.system, known.modifiers, known.description, units,
                    known.revenue or (revenue if revenue and REVENUE.fullmatch(revenue) else None),
                    billed, discount, allowed, uncovered, deductible, copay, coinsurance, paid, owed,
                    adjustments, (self._remarks.get(lq) or self._remarked(lq, shapes)) if lq else (),
                    () if begun and counted else _uncertain(begun, first, counted), _NO_PLACES,
                )
            )  # fmt: skip
            all_billed += billed
            all_paid += paid
            all_owed += owed
        return made, odd, (all_billed, all_paid, all_owed)

    def _kind(self, text: str, element: str) -> Kind:
        """What sort of adjustment a group and a reason are. Raises KeyError where one of them is not known, and for a correction,
        which names nobody who pays."""
        group, reason = text.split(element)
        if group not in self._groups or reason not in self._reasons or group == "CR":
            raise KeyError(text)
        place = _SHARES.get(reason, _UNCOVERED) if group == "PR" else _DISCOUNT if group == "CO" else _OTHER
        made = self._kinds[text] = group, reason, place, group == "PR"
        return made

    def _more(self, text: str, shapes: Shapes, sums: list[Decimal]) -> tuple[tuple[Adjustment, ...], Decimal, Decimal]:
        """The adjustments of whole CAS segments, added to `sums`; all of them, and those of the patient.

        Raises KeyError, InvalidOperation.
        """
        found, off, owed = [], ZERO, ZERO
        for raw in text.split(shapes.end)[:-1]:
            _, group, *parts = raw.split(shapes.element)
            if len(parts) < 2 or len(parts) % 3 == 1:
                raise KeyError(raw)
            for reason, printed, quantity in zip(parts[::3], parts[1::3], [*parts[2::3], ""], strict=False):
                kind = f"{group}{shapes.element}{reason}"
                _, _, place, of_patient = self._kinds.get(kind) or self._kind(kind, shapes.element)
                if not AN_AMOUNT.fullmatch(printed):
                    raise KeyError(printed)
                amount = AMOUNT(printed)
                found.append(_adjustment(group, reason, amount, NUMBERS[quantity] if quantity else None))
                sums[place] += amount
                off += amount
                owed += amount if of_patient else ZERO
        return tuple(found), off, owed

    def _remarked(self, text: str, shapes: Shapes) -> tuple[str, ...]:
        """The remark codes of LQ segments that follow one another."""
        found = tuple(code for raw in text.split(shapes.end)[:-1] for code in remark(raw.split(shapes.element)))
        if len(self._all_remarks) < _REMEMBERED:
            self._all_remarks.update(found)
        if len(self._remarks) < _REMEMBERED:
            self._remarks[text] = found
        return found


def _uncertain(begun: str | None, first: date | None, counted: str | None) -> tuple[str, ...]:
    """A day of the claim and a count of one are not printed for the service itself."""
    return (() if begun or first is None else DAYS_OF_CLAIM) + (() if counted else ONE_ASSUMED)


def remark(segment: Segment) -> tuple[str, ...]:
    """The remark code of an LQ, if it has one; those of pharmacies are apart from the others."""
    code = segment[2].strip() if len(segment) > 2 else ""
    return (code if segment[1] != "RX" else f"RX {code}",) if code else ()
