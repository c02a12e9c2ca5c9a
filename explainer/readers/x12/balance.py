"""A claim's own sums: which of its adjustments count, and what does not fit."""

from collections.abc import Sequence
from decimal import Decimal

from explainer.model.amounts import ZERO, Amounts
from explainer.model.document import Adjustment, ServiceLine
from explainer.readers.x12.adjustments import NOTHING, Sums, sums_of
from explainer.readers.x12.notes import Notes

Place = tuple[int, int]


def counted(
    billed: Decimal, paid: Decimal, own: Sequence[Adjustment], of_lines: Sequence[Adjustment]
) -> tuple[Sums | None, bool]:
    """The adjustments that lead from the charge to the payment, and whether some of them are printed twice.

    By the guide those of the claim and those of its lines are added. Some files print the lines' once more for the claim, all
    of them or some, and some give the lines only in part; what balances is what is meant. None: nothing balances.
    """
    sums, lines = sums_of(own), sums_of(of_lines)
    if sums is None or lines is None:
        return None, False
    gap = billed - paid
    together = _added(sums, lines)
    if together[0] == gap:
        return together, False
    once = sums_of((*_not_repeated(own, of_lines), *of_lines))
    return next(((s, True) for s in (once, sums) if s is not None and s[0] == gap), (None, False))


def _added(first: Sums, second: Sums) -> Sums:
    a, b, c, d, e, f = (x + y for x, y in zip(first, second, strict=True))
    return a, b, c, d, e, f


def _not_repeated(own: Sequence[Adjustment], of_lines: Sequence[Adjustment]) -> list[Adjustment]:
    """The claim's adjustments less those that the lines have too, with the same reason and the same sum."""
    sums: dict[tuple[str, str], Decimal] = {}
    for one in of_lines:
        key = (one.group, one.reason)
        sums[key] = sums.get(key, ZERO) + (one.amount or ZERO)
    return [one for one in own if sums.get((one.group, one.reason)) != one.amount]


def totals_of(printed: Amounts, sums: Sums | None, by_lines: bool) -> Amounts:
    """The claim's totals: as printed; with the parts that its adjustments name, where the lines alone do not give them."""
    if sums is None or by_lines:
        return printed
    _, written_off, deductible, coinsurance, copay, uncovered = sums
    owes = printed.patient_owes
    owes = deductible + coinsurance + copay + uncovered if owes is None else owes
    return Amounts(
        printed.billed, written_off, printed.allowed, uncovered, deductible, copay, coinsurance, printed.plan_paid, None, owes
    )


def check_claim(
    notes: Notes, number: int, place: Place, printed: Amounts, own: Sequence[Adjustment], lines: Sequence[ServiceLine]
) -> Sums | None:
    """The adjustments that count. What does not fit is named: charges, payment, what the patient may owe."""
    billed, paid = printed.billed, printed.plan_paid
    if billed is None or paid is None:
        return None
    of_lines = [a for line in lines for a in line.adjustments]
    sums, twice = counted(billed, paid, own, of_lines) if own or of_lines else (NOTHING if billed == paid else None, False)
    if sums is None:
        adjusted = sum((a.amount or ZERO for a in (*own, *of_lines)), ZERO)
        notes.add("x12-out-of-balance", place, number, billed=billed, adjusted=adjusted, paid=paid)
    elif twice:
        notes.add("x12-printed-twice", place, number)
    _check_lines(notes, number, place, billed, lines)
    _check_patient(notes, number, place, printed.patient_owes, sums)
    return sums


def _check_lines(notes: Notes, number: int, place: Place, billed: Decimal, lines: Sequence[ServiceLine]) -> None:
    charges = [line.amounts.billed for line in lines]
    known = [c for c in charges if c is not None]
    if lines and len(known) == len(charges) and (added := sum(known, ZERO)) != billed:
        notes.add("x12-lines-differ", place, number, printed=billed, added=added)
    for line in lines:
        if line.amounts.patient_owes is None or line.uncertain:
            _check_line(notes, number, line)


def _check_line(notes: Notes, number: int, line: ServiceLine) -> None:
    a, sums = line.amounts, sums_of(line.adjustments)
    if a.billed is not None and a.plan_paid is not None and sums is not None and a.billed - sums[0] != a.plan_paid:
        notes.add(
            "x12-line-out-of-balance", (line.source.start, line.source.end), number, line.number,
            billed=a.billed, adjusted=sums[0], paid=a.plan_paid,
        )  # fmt: skip


def _check_patient(notes: Notes, number: int, place: Place, owes: Decimal | None, sums: Sums | None) -> None:
    """CLP05 against the PR amounts, where both are printed and the adjustments are sure."""
    told = sum(sums[2:], ZERO) if sums is not None else owes
    if owes is not None and told is not None and told != owes:
        notes.add("conflicting-amounts", place, number, first=owes, second=told)
