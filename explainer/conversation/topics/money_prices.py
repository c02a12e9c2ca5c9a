"""money.billed, money.allowed, money.discount, money.plan-paid: the prices and who gave up or paid what."""

from decimal import Decimal

from explainer.conversation.reply import Reply, Statement
from explainer.conversation.topics.bill_alone import plan_payments
from explainer.conversation.topics.common import Builder, Figure, Talk, answer, own, partly, state
from explainer.conversation.topics.entries import why_not_paid
from explainer.conversation.topics.gate import general, on_eob
from explainer.conversation.topics.money_parts import balance_says, part_says, parts_of
from explainer.conversation.topics.money_payee import paid_you
from explainer.conversation.topics.standing import unpaid
from explainer.conversation.topics.states import together
from explainer.model.document import ServiceLine

_CENTS = Decimal("0.05")
_NEXT = ("money.owe", "money.allowed", "money.discount")


def scope(talk: Talk) -> str:
    """What an amount is for: the lines named, else the whole paper."""
    return talk.say("common.for-lines", lines=talk.names(talk.lines)) if talk.named else talk.say("common.for-all")


def missing(talk: Talk, name: str) -> Statement:
    """That the paper does not print this amount (for all the lines asked about), or only for some of its claims."""
    return partly(talk, name) or state("common.not-printed", talk.place(name), what=talk.say(f"common.field.{name}"))


def rest(talk: Talk, key: str, *names: str) -> Statement | None:
    """A sentence that sets several of the paper's amounts beside each other; None where one is not printed."""
    figures = [(name, talk.figure(name)) for name in names]
    known: list[tuple[str, Figure]] = [(name, f) for name, f in figures if f is not None]
    if len(known) < len(names):
        return None
    support = tuple(s for _, f in known for s in f.support)
    return state(key, support, plan=talk.payer(), provider=talk.provider(), **{name: f.value for name, f in known})


def _billed(talk: Talk) -> Reply:
    billed, owed = talk.figure("billed"), talk.figure("patient_owes")
    if billed is None:
        return answer(talk, (missing(talk, "billed"), own("money.billed.meaning")), ask_next=_NEXT)
    direct = state("money.billed.is", billed.support, amount=billed.value, provider=talk.provider(), scope=scope(talk))
    split = rest(talk, "money.billed.split", "discount", "allowed") or rest(talk, "money.billed.allowed", "allowed")
    ends = rest(talk, "money.billed.owed", "patient_owes")
    top = balance_says(talk, parts_of(talk), owed) if owed else ()
    return answer(
        talk, (direct, split, ends, *top), ask_next=_NEXT, billed=billed.value, patient_owes=owed.value if owed else None
    )


def _allowed(talk: Talk) -> Reply:
    allowed = talk.figure("allowed")
    if allowed is None:
        return answer(talk, (missing(talk, "allowed"), own("money.allowed.meaning")), ask_next=_NEXT)
    kind = "msn" if talk.eob is not None and talk.eob.kind == "msn" else network(talk)
    direct = state(
        f"money.allowed.{kind}",
        allowed.support,
        amount=allowed.value,
        plan=talk.payer(),
        provider=talk.provider(),
        scope=scope(talk),
    )
    split = rest(talk, "money.allowed.split", "plan_paid", "patient_owes")
    zero = tuple(line for line in unpaid(talk, talk.lines) if not line.amounts.allowed)
    none = state("money.allowed.none", (line.place("allowed") for line in zero), lines=talk.names(zero)) if zero else None
    more, owed = above_approved(talk), talk.figure("patient_owes")
    top = balance_says(talk, parts_of(talk), owed) if owed else ()
    return answer(talk, (direct, split, *top, more, none), ask_next=("money.owe", "money.discount"), allowed=allowed.value)


def above_approved(talk: Talk) -> Statement | None:
    """Medicare's notice may let a provider that takes no assignment bill more than the approved amount leaves."""
    if talk.eob is None or talk.eob.kind != "msn":
        return None
    above = [line for line in talk.lines if _beyond_approved(line)]
    if not above:
        return None
    return state("money.owe.unassigned", (line.place("patient_owes") for line in above), lines=talk.names(above))


def _beyond_approved(line: ServiceLine) -> bool:
    a = line.amounts
    if not a.allowed or a.plan_paid is None or a.patient_owes is None or line.approved is False or a.not_covered:
        return False
    return a.patient_owes > a.allowed - a.plan_paid + _CENTS


def network(talk: Talk) -> str:
    """in, out or unknown, for the claims asked about; mixed counts as unknown."""
    networks = {c.network for c in talk.claims}
    return next(iter(networks)) or "unknown" if len(networks) == 1 and networks <= {"in", "out"} else "unknown"


def _discount(talk: Talk) -> Reply:
    off, kind = talk.figure("discount"), network(talk)
    if off is None:
        return _no_discount_column(talk)
    if off.value == 0:
        none = state("money.discount.none", off.support, amount=off.value, scope=scope(talk))
        return answer(talk, (none, rest(talk, "money.billed.owed", "patient_owes")), ask_next=_NEXT, discount=off.value)
    support = (*off.support, *talk.place("network"))
    direct = state(
        f"money.discount.{kind}", support, amount=off.value, provider=talk.provider(), plan=talk.payer(), scope=scope(talk)
    )
    ends = rest(talk, "money.discount.prices", "billed", "allowed") if not unpaid(talk, talk.lines) else None
    return answer(
        talk,
        (direct, ends, _cut_whole(talk), own(f"money.discount.next-{kind}", provider=talk.provider())),
        ask_next=("bill.dispute", "money.owe", "coverage.surprise"),
        discount=off.value,
    )


def _cut_whole(talk: Talk) -> Statement | None:
    """Lines whose whole price was taken off because they were not paid."""
    whole = [
        line
        for line in unpaid(talk, talk.lines, "bundled", "provider")
        if line.amounts.discount and line.amounts.discount == line.amounts.billed
    ]
    if not whole:
        return None
    return state("money.discount.whole", (line.place("discount") for line in whole), lines=talk.names(whole))


def _no_discount_column(talk: Talk) -> Reply:
    """Papers without the column (Medicare's notice): charge against allowed amount."""
    billed, allowed = talk.figure("billed"), talk.figure("allowed")
    said = [missing(talk, "discount")]
    owed, paid = talk.figure("patient_owes"), talk.figure("plan_paid")
    # Where more is owed than the allowed amount leaves, the difference may be in it (a provider outside the network).
    balance = owed and allowed and owed.value > allowed.value - (paid.value if paid else 0) + Decimal("0.05")
    if billed and allowed and billed.value > allowed.value and not balance:
        said.append(
            state(
                "money.discount.difference",
                (*billed.support, *allowed.support),
                billed=billed.value,
                allowed=allowed.value,
                difference=billed.value - allowed.value,
            )
        )
        limit = rest(talk, "money.discount.limit", "patient_owes")
        return answer(talk, (*said, limit), ask_next=_NEXT, difference=billed.value - allowed.value)
    return answer(talk, (*said, own("money.discount.meaning")), ask_next=_NEXT)


def _plan_paid(talk: Talk) -> Reply:
    paid = talk.figure("plan_paid")
    if paid is None:
        return answer(talk, (missing(talk, "plan_paid"), own("money.owe.ask-plan")), ask_next=("help.who-to-call",))
    key = "money.plan-paid.zero" if not paid.value else "money.plan-paid.to-you" if paid_you(talk) else "money.plan-paid.some"
    direct = state(key, paid.support, amount=paid.value, plan=talk.payer(), provider=talk.provider(), scope=scope(talk))
    other = talk.figure("other_paid")
    also = state("money.plan-paid.other", other.support, amount=other.value) if other and other.value else None
    why = tuple(part_says(talk, part) for part in parts_of(talk)) if not paid.value else ()
    zero = unpaid(talk, talk.lines) if not paid.value else ()
    refused = next((said for line in zero if (said := why_not_paid(talk, line))), ())
    ends = rest(talk, "money.plan-paid.left", "allowed", "patient_owes") if paid.value else None
    every: tuple[Statement | None, ...] = (*together(talk, paid, "plan_paid"), direct, also, *why, *refused, ends)
    return answer(talk, every, ask_next=("money.owe", "money.deductible"), plan_paid=paid.value)


def _plan_paid_without(talk: Talk) -> Reply:
    return plan_payments(talk) if talk.bill is not None else general(talk, "money.plan-paid.meaning")


BUILDERS: dict[str, Builder] = {
    "money.billed": on_eob(_billed, lambda talk: general(talk, "money.billed.meaning")),
    "money.allowed": on_eob(_allowed, lambda talk: general(talk, "money.allowed.meaning")),
    "money.discount": on_eob(_discount, lambda talk: general(talk, "money.discount.meaning")),
    "money.plan-paid": on_eob(_plan_paid, _plan_paid_without),
}
