"""Whether a claim was paid: by its status code, and by its lines where that only says that it was processed."""

from collections.abc import Sequence

from explainer.knowledge.base import Knowledge
from explainer.model.amounts import ZERO, Amounts
from explainer.model.document import Adjustment, ServiceLine

PROCESSED = frozenset(("1", "2", "3", "19", "20", "21"))
FORWARDED = frozenset(("19", "20", "21", "23"))
# Not decided by this plan: pended, received, suspended or under review (004010), not its claim, an estimate before care.
PENDING = frozenset(("5", "10", "13", "15", "16", "17", "23", "25", "27"))
DENIED, REVERSAL, ESTIMATE = "4", "22", "25"
KNOWN = PROCESSED | PENDING | {DENIED, REVERSAL}

_NO_REFUSAL = frozenset(("price-cut", "cost-share", "information", "payment-rule", "protection", "bundled"))
_FIRST_INSURER = "23"


def harmless_reasons(knowledge: Knowledge) -> frozenset[str]:
    """Reasons that explain an amount without refusing the service; so does what the first insurer paid or cut."""
    return frozenset(code for code, entry in knowledge.reasons.items() if entry.bucket in _NO_REFUSAL) | {_FIRST_INSURER}


def status_of(
    code: str, totals: Amounts, own: Sequence[Adjustment], lines: Sequence[ServiceLine], harmless: frozenset[str]
) -> str | None:
    """paid, denied, partly-denied, reversed, pending, or None for a code that is not known."""
    if code == REVERSAL:
        return "reversed"
    if code in PENDING:
        return "pending"
    if code == DENIED and not totals.plan_paid:
        return "denied"
    if code not in KNOWN or totals.plan_paid is None:
        return None
    if not lines:
        return "denied" if _refused(totals, own, harmless) else "paid"
    refused = 0
    for line in lines:
        if not line.amounts.plan_paid and _refused(line.amounts, line.adjustments, harmless):
            refused += 1
    if not refused:
        return "paid"
    return "denied" if refused == len(lines) else "partly-denied"


def _refused(amounts: Amounts, adjustments: Sequence[Adjustment], harmless: frozenset[str]) -> bool:
    """Charged, nothing paid or laid on the patient as a share, and a reason given that refuses."""
    if amounts.plan_paid or not amounts.billed or amounts.billed < 0 or amounts.plan_paid is None:
        return False
    if amounts.deductible or amounts.copay or amounts.coinsurance:
        return False
    return any(a.reason not in harmless and a.amount != ZERO for a in adjustments)
