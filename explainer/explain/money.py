"""A line's money in words: the paper's own amounts, and who they fall on."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from explainer.case import cancelled
from explainer.checks.marks import bundled, denying, marks
from explainer.checks.protection import protection
from explainer.explain.phrases import Phrase
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import ZERO
from explainer.model.document import Document, ServiceLine


def money_phrases(line: ServiceLine, document: Document, knowledge: Knowledge) -> Iterator[Phrase]:
    """Who pays what on the line, from the paper's own amounts only."""
    claim = document.claim_of(line.number)
    amounts = line.amounts.known()
    if document.kind == "bill":
        yield from _bill_money(amounts)
        return
    if claim and cancelled(claim):
        yield Phrase("explain.money.cancelled", {})
        return
    if (claim and claim.status == "reversed") or amounts.get("billed", ZERO) < 0:
        yield Phrase("explain.money.reversed", {})
        return
    if claim and claim.status == "pending":
        # What the plan and the patient pay is not decided: no amount of theirs is one yet.
        yield Phrase("explain.money.pending", {})
        if "billed" in amounts:
            yield Phrase("explain.money.price", amounts)
        return
    yield from _plan_side(line, amounts, claim.network if claim else None, knowledge)
    kept = protection(document, knowledge)
    yield from _patient_side(amounts, kept is not None and line in kept.lines, claim.two_amounts if claim else None)


def _bill_money(amounts: Mapping[str, Decimal]) -> Iterator[Phrase]:
    if "billed" in amounts:
        yield Phrase("explain.money.price", amounts)
    yield Phrase("explain.money.balance" if "patient_owes" in amounts else "explain.money.balance-unknown", amounts)


def _plan_side(line: ServiceLine, amounts: Mapping[str, Decimal], network: str | None, knowledge: Knowledge) -> Iterator[Phrase]:
    owed = amounts.get("patient_owes")
    if "billed" in amounts:
        yield Phrase("explain.money.price", amounts)
    if bundled(line, knowledge) and not owed:
        yield Phrase("explain.money.bundled", {})
    elif amounts.get("discount", ZERO) < 0:
        yield Phrase("explain.money.counted-more", {"more": -amounts["discount"]})
    elif amounts.get("discount") and not _denied_whole(line, amounts, knowledge):
        yield Phrase(_DISCOUNT.get(network or "", "explain.money.discount"), amounts)
    elif any(m.group == "CO" for m in marks(line)) and owed == 0:
        yield Phrase("explain.money.written-off", {})
    if "plan_paid" in amounts:
        yield Phrase("explain.money.paid" if amounts["plan_paid"] else "explain.money.unpaid", amounts)
    if amounts.get("other_paid"):
        yield Phrase("explain.money.other-paid", amounts)
    yield from _of_other_groups(line, amounts)


def _denied_whole(line: ServiceLine, amounts: Mapping[str, Decimal], knowledge: Knowledge) -> bool:
    """Whether the whole price stands under CO with a reason why it was not paid: that is no discount."""
    whole = amounts["discount"] == amounts.get("billed") and not amounts.get("plan_paid")
    return whole and any(m.group == "CO" for m in denying(line, knowledge))


def _of_other_groups(line: ServiceLine, amounts: Mapping[str, Decimal]) -> Iterator[Phrase]:
    """What stands under PI, OA and CR is in no column: without these sentences the parts would not come to the price."""
    for group in ("PI", "OA", "CR"):
        mine = [m for m in marks(line) if m.group == group and m.amount]
        worth = sum((m.amount or ZERO for m in mine), ZERO)
        before = "-first-insurer" if {m.reason for m in mine} == {"23"} else ""
        if worth and worth != amounts.get("other_paid"):
            yield Phrase(f"explain.money.group-{group.lower()}{before if group == 'OA' else ''}", {"amount": worth})


_DISCOUNT = {"in": "explain.money.discount-in", "out": "explain.money.discount-out"}


def _patient_side(amounts: Mapping[str, Decimal], protected: bool, twice: tuple[Decimal, Decimal] | None) -> Iterator[Phrase]:
    for name in ("deductible", "copay", "coinsurance", "not_covered"):
        if amounts.get(name):
            yield Phrase(f"explain.money.{name.replace('_', '-')}", amounts)
    if protected and amounts.get("patient_owes"):
        yield Phrase("explain.money.protected", amounts)
        return
    if twice is not None and amounts.get("patient_owes") in (None, *twice):
        yield Phrase("explain.money.owes-told-twice", {})
        return
    yield Phrase("explain.money.owes" if "patient_owes" in amounts else "explain.money.owes-unknown", amounts)
