"""money.refund, and what was paid already or is asked on a bill against what the paper says may be owed."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from explainer.conversation.reply import Own, Reply, Statement
from explainer.conversation.topics.appeal_asked import asks
from explainer.conversation.topics.bill_alone import own_payments, paid_says
from explainer.conversation.topics.common import Builder, Figure, Talk, answer, not_known, own, state
from explainer.conversation.topics.gate import on_eob

_ZERO = Decimal("0.00")


def told_amount(talk: Talk, *known: Decimal) -> Decimal | None:
    """The dollars named in the question; one that is not already known from the paper first."""
    amounts = talk.question.slots.amounts
    return next((a for a in amounts if a not in known), next(iter(amounts), None))


def remembered(talk: Talk, fact: str) -> Decimal | None:
    """Dollars the person told in an earlier turn."""
    try:
        return Decimal(talk.asked.context.facts[fact])
    except (KeyError, InvalidOperation):
        return None


def paid_before(talk: Talk, owed: Figure) -> tuple[Statement, ...]:
    """What a payment told earlier leaves open of the whole paper's amount."""
    paid = remembered(talk, "paid")
    if paid is None or talk.named:
        return ()
    return (_settled(talk, owed, paid),)


def if_paid(talk: Talk, owed: Figure) -> tuple[Statement, ...]:
    """Dollars named in the question that stand nowhere on the papers: what follows if they were paid, or are asked for."""
    printed = {amount for d in talk.case.documents for line in d.lines for amount in line.amounts.known().values()}
    printed |= {amount for d in talk.case.documents for claim in d.claims for amount in claim.totals.known().values()}
    printed |= {d.amount_due for d in talk.case.documents if d.amount_due is not None}
    told = next((a for a in dict.fromkeys(talk.question.slots.amounts) if a not in printed), None)
    if told is None or talk.named or (asks(talk, "asks-plan-payment") and not asks(talk, "i-paid", "says-billed")):
        return ()
    key = "money.owe.if-paid-more" if told > owed.value else "money.owe.if-paid-less"
    difference = abs(told - owed.value)
    return (state(key, (*owed.support, Own()), told=told, difference=difference, owed=owed.value, provider=talk.provider()),)


def bill_asks_more(talk: Talk, owed: Figure) -> tuple[Statement, ...]:
    """A bill among the papers that asks for more than the paper's amount."""
    bill = talk.bill
    if bill is None or bill.amount_due is None or talk.named or bill.amount_due <= owed.value:
        return ()
    place = bill.places.get("amount_due")
    support = (*owed.support, place) if place is not None else owed.support
    return (state("money.owe.bill-differs", support, due=bill.amount_due, owed=owed.value),)


def _settled(talk: Talk, owed: Figure, paid: Decimal) -> Statement:
    """Paid against owed: what may come back, what may still be open, or that it is even."""
    kind = "back" if paid > owed.value else "open" if paid < owed.value else "even"
    return state(
        f"money.refund.{kind}",
        (*owed.support, Own()),
        paid=paid,
        owed=owed.value,
        difference=abs(paid - owed.value),
        provider=talk.provider(),
    )


def _refund(talk: Talk) -> Reply:
    owed = talk.figure("patient_owes")
    if owed is None:
        return answer(talk, (not_known(talk), own("money.refund.needs-owed")))
    paid = told_amount(talk, owed.value) if talk.question.slots.amounts else remembered(talk, "paid")
    if paid is None and talk.bill is not None and talk.bill.paid_at_visit:
        paid = talk.bill.paid_at_visit
    if paid is None:
        return _how_much(talk, owed)
    settled = _settled(talk, owed, paid)
    who, how = own("money.refund.who", provider=talk.provider(), plan=talk.payer()), _how(talk)
    pointing_back = not talk.question.slots.amounts and talk.asked.context.topic == "money.refund"
    if talk.bill is not None and asks(talk, "asks-own-payments"):
        said: tuple[Statement, ...] = (paid_says(talk, talk.bill, "patient"), settled)
    else:
        after = (who, how) if paid > owed.value else _after(talk, paid, owed)
        said = (who, how, settled) if pointing_back else (settled, *after)
    reply = answer(
        talk, said, ask_next=("money.to-whom", "money.owe"), paid=paid, patient_owes=owed.value, difference=abs(paid - owed.value)
    )
    return replace(reply, remember={**reply.remember, "paid": f"{paid:.2f}"})


def _how(talk: Talk) -> Statement:
    return own("money.refund.how", provider=talk.provider())


def _after(talk: Talk, paid: Decimal, owed: Figure) -> tuple[Statement, ...]:
    if paid == owed.value:
        return (own("money.refund.keep"),)
    return (own("money.refund.check-posted", provider=talk.provider()),)


def _how_much(talk: Talk, owed: Figure) -> Reply:
    ask = state("money.refund.how-much", owed.support, owed=owed.value)
    reply = answer(talk, (ask, own("money.refund.who", provider=talk.provider(), plan=talk.payer())), patient_owes=owed.value)
    return replace(reply, pending="money.refund")


def _refund_without(talk: Talk) -> Reply:
    if talk.bill is not None and asks(talk, "asks-own-payments"):
        return own_payments(talk)
    said = [own("money.refund.general"), own("common.upload")]
    reply = answer(talk, said, ask_next=("money.owe",))
    told = told_amount(talk)
    return replace(reply, remember={"paid": f"{told:.2f}"}) if told is not None else reply


BUILDERS: dict[str, Builder] = {"money.refund": on_eob(_refund, _refund_without)}
