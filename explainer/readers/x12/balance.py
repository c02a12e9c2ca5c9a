"""A claim's own sums: which of its adjustments count, and what does not fit."""

from collections.abc import Container, Sequence
from dataclasses import replace
from decimal import Decimal

from explainer.model.amounts import ZERO, Amounts
from explainer.model.document import Adjustment, ServiceLine
from explainer.readers.x12.adjustments import Sums, sums_of
from explainer.readers.x12.notes import Notes

Place = tuple[int, int]
# Charge, payment and the patient's part.
Added = tuple[Decimal, Decimal, Decimal]


def added_of(lines: Sequence[ServiceLine]) -> Added | None:
    """What lines come to: charge, payment and the patient's part; None where a part of one is not known.

    A line's patient part is only known where the line itself is in balance, so no adjustment need be looked at again.
    """
    billed = paid = owed = ZERO
    for line in lines:
        a = line.amounts
        if a.patient_owes is None or a.billed is None or a.plan_paid is None:
            return None
        billed += a.billed
        paid += a.plan_paid
        owed += a.patient_owes
    return billed, paid, owed


def fits(printed: Amounts, added: Added | None) -> bool:
    """Whether a claim without adjustments of its own is what its lines come to."""
    if added is None or printed.billed is None or printed.plan_paid is None:
        return False
    billed, paid, owed = added
    owes = printed.patient_owes
    return billed == printed.billed and paid == printed.plan_paid and (owes is None or owes == owed)


def check_claim(
    notes: Notes, number: int, place: Place, printed: Amounts, own: Sequence[Adjustment], lines: Sequence[ServiceLine]
) -> Sums | None:
    """The adjustments that count, where they have to be told. What does not fit is named, but for the patient's part."""
    billed, paid = printed.billed, printed.plan_paid
    if billed is None or paid is None:
        return None
    of_lines = [a for line in lines for a in line.adjustments]
    sums = counted(billed - paid, own, of_lines)
    if sums is None:
        adjusted = sum((a.amount or ZERO for a in (*own, *of_lines)), ZERO)
        notes.add("x12-out-of-balance", place, number, billed=billed, adjusted=adjusted, paid=paid)
    _check_charges(notes, number, place, billed, lines)
    if sums is None or not own:
        _check_each(notes, number, lines)
    return sums


def two_amounts(printed: Amounts, sums: Sums | None) -> tuple[Decimal, Decimal] | None:
    """The patient's part as CLP05 and as the PR adjustments give it, where they differ."""
    said = printed.patient_owes
    return None if said is None or sums is None or said == sums.owed else (said, sums.owed)


def counted(gap: Decimal, own: Sequence[Adjustment], of_lines: Sequence[Adjustment]) -> Sums | None:
    """The adjustments that explain the gap between charge and payment; None where nothing does.

    By the guide those of the claim and those of its lines are added. Some files print the lines' once more for the claim, all
    of them or some, and some give the lines only in part; what balances is what is meant.
    """
    if not own and not of_lines:
        return Sums() if gap == ZERO else None
    if (sums := sums_of((*own, *of_lines))) is not None and sums.total == gap:
        return sums
    ways = ((*_not_repeated(own, of_lines), *of_lines), own)
    return next((sums for way in ways if (sums := sums_of(way)) is not None and sums.total == gap), None)


def _not_repeated(own: Sequence[Adjustment], of_lines: Sequence[Adjustment]) -> list[Adjustment]:
    """The claim's adjustments less those that the lines have too, with the same reason and the same sum."""
    sums: dict[tuple[str, str], Decimal] = {}
    for one in of_lines:
        key = (one.group, one.reason)
        sums[key] = sums.get(key, ZERO) + (one.amount or ZERO)
    return [one for one in own if sums.get((one.group, one.reason)) != one.amount]


def silent(line: ServiceLine, of_claim: Container[str], taken_back: bool) -> ServiceLine:
    """The service without what its adjustments do not say. of_claim: the groups of all of the claim's adjustments.

    A correction (CR), or a claim that is taken back, that names no part of the patient's (PR) or none that the provider writes
    off (CO), does not say that there is none.
    """
    groups = {a.group for a in line.adjustments}
    if "CR" not in groups and not taken_back:
        return line
    return replace(line, amounts=without_unsaid(line.amounts, groups if "CR" in groups else of_claim))


def without_unsaid(amounts: Amounts, groups: Container[str]) -> Amounts:
    """The amounts without the parts of the patient's, or the provider's, that no adjustment of that group gives."""
    gone = (() if "PR" in groups else _PATIENTS, () if "CO" in groups else ("discount",))
    return replace(amounts, **{name: None for names in gone for name in names})


def unsettled(line: ServiceLine) -> ServiceLine:
    """A service of a claim whose patient's part is given twice and differently."""
    return replace(line, amounts=replace(line.amounts, patient_owes=None))


_PATIENTS = ("not_covered", "deductible", "copay", "coinsurance", "patient_owes")


def totals_of(printed: Amounts, sums: Sums | None, by_lines: bool) -> Amounts:
    """The claim's totals: as printed; with the parts that its adjustments name, where the lines alone do not give them."""
    if sums is None or by_lines:
        return printed
    owes = sums.owed if printed.patient_owes is None else printed.patient_owes
    return Amounts(
        printed.billed, sums.discount, printed.allowed, sums.not_covered, sums.deductible, sums.copay, sums.coinsurance,
        printed.plan_paid, None, owes,
    )  # fmt: skip


def _check_charges(notes: Notes, number: int, place: Place, billed: Decimal, lines: Sequence[ServiceLine]) -> None:
    charges = [line.amounts.billed for line in lines]
    known = [c for c in charges if c is not None]
    if lines and len(known) == len(charges) and (added := sum(known, ZERO)) != billed:
        notes.add("x12-lines-differ", place, number, printed=billed, added=added)


def _check_each(notes: Notes, number: int, lines: Sequence[ServiceLine]) -> None:
    """Each line's own balance. Where adjustments of the whole claim make it come out, a line alone need not."""
    for line in lines:
        a, sums = line.amounts, sums_of(line.adjustments)
        if a.billed is not None and a.plan_paid is not None and sums is not None and a.billed - sums.total != a.plan_paid:
            notes.add(
                "x12-line-out-of-balance", (line.source.start, line.source.end), number, line.number,
                billed=a.billed, adjusted=sums.total, paid=a.plan_paid,
            )  # fmt: skip
