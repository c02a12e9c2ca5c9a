"""What another plan paid for the same services, by its own paper in the case: the second plan's sums lack just that."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from explainer.checks.senders import are_two
from explainer.model.amounts import ZERO
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.people import People

_PLANS = ("eob", "msn")


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """The papers of the case, to look up what another payer's paper says was paid for a line."""

    documents: tuple[Document, ...] = ()
    people: People | None = None

    def paid(self, document: Document, claim: Claim, line: ServiceLine) -> Decimal | None:
        """What one other payer paid before for the person's service of that day and code; None where no paper says it surely."""
        if document.kind not in _PLANS or self.people is None or not (line.code and line.service_date):
            return None
        found = [
            other_line.amounts.plan_paid
            for other in self.documents
            if other.kind in _PLANS and _another_payer(document, other)
            for other_claim in other.claims
            if self._is_one(document, claim, other, other_claim) and _is_first(other, other_claim, document, claim)
            for other_line in other_claim.lines
            if _same_service(line, other_line)
        ]
        return found[0] if len(set(found)) == 1 and found[0] else None

    def paid_in_all(self, document: Document, claim: Claim) -> Decimal | None:
        """The same for all lines of a claim together."""
        return _added(self.paid(document, claim, line) for line in claim.lines)

    def _is_one(self, document: Document, claim: Claim, other: Document, theirs: Claim) -> bool:
        if self.people is None or theirs.status in ("reversed", "pending") or are_two(claim.provider, theirs.provider):
            return False
        return self.people.of(document, claim) == self.people.of(other, theirs)


def _added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount or ZERO for amount in amounts]
    return sum(known, ZERO) or None


def _another_payer(one: Document, other: Document) -> bool:
    return bool(one.payer and other.payer and one.payer.casefold() != other.payer.casefold())


def _is_first(one: Document, claim: Claim, other: Document, theirs: Claim) -> bool:
    """Whether the first paper was not told after the second one: a plan knows only what was paid before."""
    told, later = claim.processed or one.notice_date, theirs.processed or other.notice_date
    return told is None or later is None or told <= later


def _same_service(one: ServiceLine, other: ServiceLine) -> bool:
    """One day and code, and no other count of units or other price."""
    if one.service_date != other.service_date or (one.code or "").upper() != (other.code or "").upper():
        return False
    pairs = ((one.units, other.units), (one.amounts.billed, other.amounts.billed))
    return all(a is None or b is None or a == b for a, b in pairs)
