"""What a bill itself says: what was paid on it and by whom, by when it is to be paid, and whether its own figures come out."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from explainer.case import total_of
from explainer.conversation.reply import Reply, Statement, Support
from explainer.conversation.topics.common import Figure, Talk, answer, claim_places, due_of, own, state
from explainer.knowledge.wording import day, listed, money
from explainer.model.document import Document, Receipt
from explainer.model.source import Span

_ZERO = Decimal("0.00")
_NEXT = ("bill.itemized", "bill.dispute")


@dataclass(frozen=True, slots=True)
class Paid:
    """Payments that a bill prints. total: None where it is not sure which of the rows are sums of others."""

    total: Decimal | None
    rows: tuple[Receipt, ...]
    support: tuple[Support, ...]


def paid_by(bill: Document, who: str) -> Paid | None:
    """What the plan or the patient paid by the bill, what was taken off, or what was carried over; None where it prints none."""
    rows = tuple(r for r in bill.receipts if r.by == who)
    printed = _printed(bill, who)
    if not rows:
        return Paid(printed.value, (), printed.support) if printed else None
    dated, loose = [r for r in rows if r.day], [r for r in rows if not r.day]
    parts = _without_sum(rows) if not dated or not loose else tuple(dated)
    total: Decimal | None = _added(parts)
    if (printed is not None and total != printed.value) or (dated and loose and total != _added(loose)):
        total, parts = None, rows
    return Paid(total, parts, tuple(r.span for r in rows))


def _without_sum(rows: tuple[Receipt, ...]) -> tuple[Receipt, ...]:
    """Rows without a day: the last one may be the sum of those above it."""
    *above, last = rows
    return tuple(above) if len(above) > 1 and _added(above) == last.amount else rows


def _added(rows: Iterable[Receipt]) -> Decimal:
    return sum((r.amount for r in rows), _ZERO)


def _printed(bill: Document, who: str) -> Figure | None:
    """A sum that the bill prints, or the columns of its lines where it has no rows of payments."""
    if who == "patient":
        place = bill.places.get("patient_paid") or Span(bill.paper)
        return Figure(bill.paid_at_visit, (place,)) if bill.paid_at_visit is not None else None
    if who in ("before", "unknown"):
        return None
    name = "plan_paid" if who == "plan" else "discount"
    of_claims = [c.totals.get(name) for c in bill.claims]
    if any(r.by == who for r in bill.receipts) and (not of_claims or None in of_claims):
        return None
    value = total_of(bill.claims, name)
    places = tuple(s for c in bill.claims for s in claim_places(c, name))
    return Figure(value, places or (Span(bill.paper),)) if value is not None else None


def paid_says(talk: Talk, bill: Document, who: str) -> Statement:
    """One sentence on what was paid, with each payment and its day."""
    paid = paid_by(bill, who)
    if paid is None:
        return state(f"bill.paid.{who}-none", (Span(bill.paper),))
    each = _each(talk, paid)
    if paid.total is None:
        return state(f"bill.paid.{who}-unclear", paid.support, each=each)
    if len(paid.rows) > 1:
        return state(f"bill.paid.{who}-several", paid.support, amount=paid.total, each=each, count=len(paid.rows))
    when = paid.rows[0].day if paid.rows else None
    return state(f"bill.paid.{who}{'-on' if when else ''}", paid.support, amount=paid.total, **({"day": when} if when else {}))


def _each(talk: Talk, paid: Paid) -> str:
    return listed(tuple(_row(talk, r) for r in paid.rows), talk.lang)


def _row(talk: Talk, receipt: Receipt) -> str:
    amount = money(receipt.amount, talk.lang)
    return f"{amount} ({day(receipt.day, talk.lang)})" if receipt.day else amount


def own_payments(talk: Talk) -> Reply:
    """What the person paid by the bill, and what it still asks for."""
    return _payments(talk, "patient", own("bill.paid.receipts", provider=talk.provider()))


def plan_payments(talk: Talk) -> Reply:
    """What the insurance paid by the bill."""
    return _payments(talk, "plan", own("bill.paid.plan-check"))


def _payments(talk: Talk, who: str, advice: Statement) -> Reply:
    assert talk.bill is not None
    paid, due = paid_by(talk.bill, who), due_of(talk.bill)
    unknown = paid_by(talk.bill, "unknown")
    others = state("bill.paid.unknown", unknown.support, each=_each(talk, unknown)) if unknown else None
    asks = state("bill.paid.left", due.support, due=due.value) if due else None
    figures = {"paid": paid.total if paid else None, "amount_due": due.value if due else None}
    return answer(talk, (paid_says(talk, talk.bill, who), others, asks, advice), ask_next=_NEXT, **figures)


def due_says(bill: Document) -> Statement:
    """By when the bill is to be paid, or that it does not say."""
    if bill.due_date is None:
        return state("bill.due.none", (Span(bill.paper),))
    return state("document.dates.due", (bill.places.get("due_date") or Span(bill.paper),), day=bill.due_date)


def due_amount(bill: Document) -> tuple[Statement, ...]:
    """What the bill asks for."""
    due = due_of(bill)
    return (state("bill.paid.left", due.support, due=due.value),) if due else ()


def right_says(talk: Talk, bill: Document) -> tuple[Statement, ...]:
    """Whether the bill's own figures come out; where they do not, at least the payments that it prints."""
    whole = own_sum(bill)
    if whole is not None and whole.key != "bill.sum.open":
        return (whole,)
    payments = tuple(paid_says(talk, bill, who) for who in ("plan", "patient") if paid_by(bill, who) is not None)
    return (*payments, *((whole,) if whole else ()))


def own_sum(bill: Document) -> Statement | None:
    """Whether charges less what was taken off and paid come to what is asked. Only what comes out is said as a sum."""
    billed, due = total_of(bill.claims, "billed"), due_of(bill)
    found = {who: paid_by(bill, who) for who in ("adjustment", "plan", "patient", "before")}
    if billed is None or due is None or any(paid is not None and paid.total is None for paid in found.values()):
        return None
    off, plan, mine, before = ((paid.total or _ZERO) if paid else _ZERO for paid in found.values())
    support = (*due.support, *(s for paid in found.values() if paid for s in paid.support), Span(bill.paper))
    if billed + before - off - plan - mine != due.value:
        return state("bill.sum.open", support, billed=billed, due=due.value)
    parts = {"billed": billed, "due": due.value, "discount": off, "plan": plan, "paid": mine}
    return state("bill.sum.fits-before", support, **parts, before=before) if before else state("bill.sum.fits", support, **parts)
