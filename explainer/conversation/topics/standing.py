"""Who carries a line that the plan did not pay, told from the paper alone."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from explainer.checks import denials
from explainer.conversation.topics.common import Talk
from explainer.conversation.topics.entries import is_bundled, is_refusal, keys_of
from explainer.model.amounts import COST_SHARES
from explainer.model.document import Claim, ServiceLine

Standing = Literal["paid", "bundled", "provider", "patient", "unclear"]


def shares(line: ServiceLine) -> Decimal:
    """Deductible, copay and coinsurance of a line together; what is not printed counts nothing."""
    return sum((line.amounts.get(name) or Decimal(0) for name in COST_SHARES), Decimal("0.00"))


def is_unpaid(talk: Talk, line: ServiceLine) -> bool:
    """Whether the line was not paid, as the findings have it: another reason than the patient's own share."""
    claim = _claim_of(talk, line)
    return claim is not None and denials.unpaid(line, claim, talk.knowledge)


def _claim_of(talk: Talk, line: ServiceLine) -> Claim | None:
    held = (talk.claims, talk.paper.claims if talk.paper is not None else ())
    return next((claim for claims in held for claim in claims if any(mine is line for mine in claim.lines)), None)


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
    claim = _claim_of(talk, line)
    if claim is None or talk.eob is None:
        return None
    return denials.excused(line, claim, talk.eob, talk.knowledge)


def unpaid(talk: Talk, lines: Iterable[ServiceLine], *kinds: Standing) -> tuple[ServiceLine, ...]:
    """The lines of these standings; without any named, all that were not paid."""
    return tuple(line for line in lines if (s := standing(talk, line)) != "paid" and (not kinds or s in kinds))
