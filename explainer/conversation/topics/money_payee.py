"""money.to-whom: who gets the money."""

import re

from explainer.conversation.reply import Reply, Statement, Support
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.entries import is_refusal, keys_of
from explainer.conversation.topics.gate import general, on_eob
from explainer.conversation.topics.money_settle import bill_asks_more
from explainer.model.source import Span

_PAID_YOU = re.compile(r"\bmedicare paid you\b", re.I)


def _to_whom(talk: Talk) -> Reply:
    owed = talk.figure("patient_owes")
    if owed is not None and owed.value == 0:
        first = state("money.to-whom.nothing", owed.support, amount=owed.value, provider=talk.provider())
        return answer(talk, (first, own("money.to-whom.if-bill", provider=talk.provider())), patient_owes=owed.value)
    place = talk.place("provider")
    first = state("money.to-whom.provider", place, provider=talk.provider(), plan=talk.payer())
    much = state("money.to-whom.amount", owed.support, amount=owed.value) if owed else None
    paid_you = _plan_paid_member(talk)
    more = bill_asks_more(talk, owed) if owed else ()
    return answer(
        talk,
        (first, paid_you, own("money.to-whom.wait"), much, *more),
        ask_next=("bill.not-a-bill", "money.refund"),
        patient_owes=owed.value if owed else None,
    )


def paid_you(talk: Talk) -> tuple[Support, ...]:
    """Where the paper says that the plan's payment went to the patient: reason 100, or Medicare's column for doctors who do not
    take assignment."""
    lines = [line for line in talk.lines if any(k.reason == "100" and is_refusal(talk, k) for k in keys_of(line))]
    heading = _PAID_YOU.search(talk.eob.text) if talk.eob is not None and talk.eob.kind == "msn" else None
    if heading is not None and talk.eob is not None:
        return (Span(talk.eob.paper, 1, heading.start(), heading.end()),)
    return tuple(line.source for line in lines)


def _plan_paid_member(talk: Talk) -> Statement | None:
    places = paid_you(talk)
    return state("money.to-whom.plan-paid-you", places, provider=talk.provider()) if places else None


BUILDERS: dict[str, Builder] = {"money.to-whom": on_eob(_to_whom, lambda talk: general(talk, "money.to-whom.general"))}
