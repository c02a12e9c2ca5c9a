"""Whom letters to providers go to: one matter for each provider, so that none reads of another provider's care."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from explainer.model.document import Claim, Document, ServiceLine, plain_key
from explainer.model.finding import Finding
from explainer.takeaway.matter import Matter

_MOST = 8
# Letters that answer a bill; the others ask for what a provider holds, billed or not.
_OF_BILLS = frozenset(("bill", "itemized", "refund", "assistance", "estimate"))


def apart(matter: Matter, kind: str) -> tuple[Matter, ...]:
    """The matter of each provider, those who sent a bill first; the matter as it is where there is one provider at most.

    A letter about a bill goes to those who sent one, if anybody did. What names no provider belongs to the only one.
    """
    names = tuple(dict.fromkeys(name for name in (*map(_biller, matter.bills), *_treating(matter)) if name))
    billed = tuple(name for name in names if name in set(map(_biller, matter.bills)))
    if len(names) < 2:
        return (matter,)
    wanted = billed if billed and kind in _OF_BILLS else names
    return tuple(_of(matter, name) for name in wanted[:_MOST])


def _treating(matter: Matter) -> Iterable[str]:
    """The providers of the plan's claims; not one whose care another name sends the bill for."""
    mine = {id(c) for bill in matter.bills for c in matter.claims if _billed_by(bill, c, matter)}
    return (plain_key(c.provider) for c in matter.claims if c.provider and id(c) not in mine)


def _biller(bill: Document) -> str | None:
    return next((plain_key(c.provider) for c in bill.claims if c.provider), None)


def _billed_by(bill: Document, claim: Claim, matter: Matter) -> bool:
    """Whether a bill under another name is for this claim: the same services on the same days, and no bill of its own name."""
    own = plain_key(claim.provider) if claim.provider else None
    if own == _biller(bill):
        return True
    if own in set(map(_biller, matter.bills)):
        return False
    alone = len(matter.bills) == 1 and len({c.provider for c in matter.claims}) == 1
    return bool(_done(claim.lines) & _done(bill.lines)) or (alone and not _done(bill.lines))


def _done(lines: Iterable[ServiceLine]) -> set[tuple[date, str]]:
    return {line.service for line in lines if line.service}


def _of(matter: Matter, name: str) -> Matter:
    """What of the matter is one provider's."""
    bills = tuple(bill for bill in matter.bills if _biller(bill) == name)
    plans = tuple(_narrowed(document, bills, name, matter) for document in matter.plans)
    mine = replace(matter, bills=bills, plans=tuple(d for d in plans if d.claims))
    return replace(mine, asked=tuple(f for f in matter.asked if _about(f, mine)))


def _narrowed(document: Document, bills: tuple[Document, ...], name: str, matter: Matter) -> Document:
    kept = tuple(
        claim
        for claim in document.claims
        if (claim.provider and plain_key(claim.provider) == name) or any(_billed_by(bill, claim, matter) for bill in bills)
    )
    return replace(document, claims=kept)


def _about(finding: Finding, mine: Matter) -> bool:
    """Whether a finding is about this provider's papers alone."""
    bill = finding.detail.get("bill")
    if bill is not None or finding.paper is None:
        return bill in {b.paper for b in mine.bills}
    if finding.paper in {b.paper for b in mine.bills}:
        return True
    numbers = {line.number for d in mine.plans if d.paper == finding.paper for line in d.lines}
    return bool(finding.lines) and set(finding.lines) <= numbers
