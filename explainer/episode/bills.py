"""Bills over time: which one only reminds of what an earlier one asked, and which asks for something new."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from explainer.case import Case
from explainer.checks.copies import first_day
from explainer.model.document import Document
from explainer.model.people import Person

Relation = Literal["first", "reminder", "some-new", "unknown"]


@dataclass(frozen=True, slots=True)
class BillSeen:
    """A bill among others of the same sender. new: the codes and days that no earlier one lists."""

    document: Document
    day: date | None
    due: Decimal | None
    relation: Relation
    new: tuple[tuple[date, str], ...] = ()


def bills_seen(case: Case, person: Person | None) -> tuple[BillSeen, ...]:
    """The bills in order of their own day. Bills of different senders are not compared."""
    bills = [d for d in case.ordered if d.kind == "bill" and _is_of(case, d, person)]
    bills.sort(key=lambda d: bill_day(d) or date.max)
    seen: dict[str, set[tuple[date, str]]] = {}
    return tuple(_seen(bill, seen) for bill in bills)


def bill_day(bill: Document) -> date | None:
    """The day of the bill, else when it is to be paid, else of the care on it."""
    return bill.notice_date or bill.due_date or first_day(bill)


def _is_of(case: Case, bill: Document, person: Person | None) -> bool:
    named = case.people.named_on(bill)
    return person is None or not named or person in named


def _seen(bill: Document, seen: dict[str, set[tuple[date, str]]]) -> BillSeen:
    sender = _sender(bill)
    mine = {line.service for line in bill.lines if line.service}
    before = seen.get(sender)
    new = tuple(sorted(mine - (before or set())))
    if sender:
        seen[sender] = mine | (before or set())
    whole = bool(mine) and all(line.service for line in bill.lines)
    relation: Relation = "first" if before is None else "unknown" if not whole else "some-new" if new else "reminder"
    return BillSeen(bill, bill_day(bill), bill.amount_due, relation, new if relation == "some-new" else ())


def _sender(bill: Document) -> str:
    """Who sent it, in small letters; "" where it does not say."""
    names = [bill.payer, *(claim.provider for claim in bill.claims)]
    return " ".join(next((name for name in names if name), "").casefold().split())
