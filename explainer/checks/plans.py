"""Claims that tell of one service together: a second plan's after the first one's, and one that replaces an earlier one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from explainer.checks.senders import are_two
from explainer.model.amounts import ZERO
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.numbers import plain_number

Services = tuple[tuple[date, str], ...]
_OPEN = ("reversed", "pending")


def first_plans(claims: Iterable[Claim]) -> frozenset[int]:
    """The ids (of `id`) of claims after which a second plan paid its part of the same services.

    The second plan's claim shows it: line by line it prints as paid by other insurance what the first plan paid. What is left
    to owe is then what the second one says; the two are never added."""
    found = set()
    for group in _by_services(claims):
        for last in group:
            found |= {id(first) for first in group if first is not last and _is_first(first, last)}
    return frozenset(found)


def without_first_plans(documents: Iterable[Document]) -> frozenset[tuple[str, int]]:
    """The places (paper and number from 1) of the claims that `first_plans` finds among all papers."""
    papers = tuple(documents)
    found = first_plans(c for d in papers if d.by_plan for c in d.claims)
    return frozenset((d.paper, n) for d in papers for n, c in enumerate(d.claims, 1) if id(c) in found)


def superseded(claims: Iterable[Claim]) -> frozenset[int]:
    """The ids (of `id`) of claims that another one with the same services names as the earlier one that it replaces."""
    every = tuple(claims)
    if not any(c.replaces for c in every):
        return frozenset()
    return frozenset(
        id(old)
        for group in _by_services(every)
        for new in group
        for old in group
        if old is not new and plain_number(old.claim_id) in map(plain_number, new.replaces) and _of_one(old, new)
    )


def _by_services(claims: Iterable[Claim]) -> list[list[Claim]]:
    groups: dict[Services, list[Claim]] = defaultdict(list)
    for claim in claims:
        if services := _services(claim):
            groups[services].append(claim)
    return [group for group in groups.values() if len(group) > 1]


def _services(claim: Claim) -> Services:
    """Days and codes of all lines, sorted; empty where one is not known."""
    known = [(line.service_date, line.code.upper()) for line in claim.lines if line.service_date and line.code]
    return tuple(sorted(known)) if len(known) == len(claim.lines) else ()


def _of_one(one: Claim, other: Claim) -> bool:
    """Whether no printed name says that the claims are of two people or providers."""
    people = {c.patient.casefold() for c in (one, other) if c.patient}
    return len(people) < 2 and not are_two(one.provider, other.provider)


def _is_first(first: Claim, last: Claim) -> bool:
    days = first.processed, last.processed
    late = days[0] is not None and days[1] is not None and days[0] > days[1]
    if late or not _of_one(first, last) or {first.status, last.status} & set(_OPEN) or _same_number(first, last):
        return False
    pairs = _paired(first, last)
    paid = [(one.amounts.plan_paid, two.amounts.other_paid) for one, two in pairs]
    billed = all(_agree(one.amounts.billed, two.amounts.billed) and _agree(one.units, two.units) for one, two in pairs)
    return billed and all(a is not None and a == (b or ZERO) for a, b in paid) and any(b for _, b in paid)


def _same_number(one: Claim, other: Claim) -> bool:
    return plain_number(one.claim_id) is not None and plain_number(one.claim_id) == plain_number(other.claim_id)


def _paired(one: Claim, other: Claim) -> list[tuple[ServiceLine, ServiceLine]]:
    return list(zip(_in_order(one), _in_order(other), strict=True))


def _in_order(claim: Claim) -> list[ServiceLine]:
    return sorted(claim.lines, key=lambda ln: (ln.service_date or date.min, ln.code or "", ln.amounts.billed or ZERO))


def _agree(one: Decimal | None, other: Decimal | None) -> bool:
    return one is None or other is None or one == other
