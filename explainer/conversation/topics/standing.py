"""Who carries a line that the plan did not pay, told from the paper alone."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from explainer.checks.denials import excused
from explainer.conversation.topics.common import Talk
from explainer.conversation.topics.entries import is_bundled, is_refusal, keys_of
from explainer.model.amounts import COST_SHARES
from explainer.model.document import ServiceLine

Standing = Literal["paid", "bundled", "provider", "patient", "unclear"]


def shares(line: ServiceLine) -> Decimal:
    """Deductible, copay and coinsurance of a line together; what is not printed counts nothing."""
    return sum((line.amounts.get(name) or Decimal(0) for name in COST_SHARES), Decimal("0.00"))


def is_unpaid(talk: Talk, line: ServiceLine) -> bool:
    """Whether the plan neither paid nor counted the line: not one that went to the deductible."""
    money = line.amounts
    if line.approved is False:
        return True
    if money.plan_paid or money.allowed or shares(line):
        return False
    if money.plan_paid is None and money.not_covered == 0:
        return False
    return money.plan_paid is not None or any(is_refusal(talk, key) for key in keys_of(line))


def standing(talk: Talk, line: ServiceLine) -> Standing:
    """paid; or not paid and: part of another service, the provider's to carry, laid on the patient, or not told."""
    if not is_unpaid(talk, line):
        return "paid"
    owes, keys = line.amounts.patient_owes, keys_of(line)
    if owes:
        return "patient"
    if any(is_bundled(talk, key) for key in keys):
        return "bundled"
    if owes is not None:
        return "provider"
    groups = {key.group for key in keys if is_refusal(talk, key)} - {None}
    return "provider" if groups == {"CO"} else "patient" if groups == {"PR"} else "unclear"


def excuse(talk: Talk, line: ServiceLine) -> str | None:
    """What on the paper supports that the provider may not bill an unpaid line; None where it only shows no share."""
    claim = next((c for c in talk.claims if any(held is line for held in c.lines)), None)
    if claim is None or talk.eob is None:
        return None
    return excused(line, claim, talk.eob, talk.knowledge)


def unpaid(talk: Talk, lines: Iterable[ServiceLine], *kinds: Standing) -> tuple[ServiceLine, ...]:
    """The lines of these standings; without any named, all that were not paid."""
    return tuple(line for line in lines if (s := standing(talk, line)) != "paid" and (not kinds or s in kinds))
