"""bill.compare, bill.two-papers, bill.not-a-bill: two papers for one visit, and which figure counts."""

from dataclasses import replace
from decimal import Decimal

from explainer.conversation.reply import Reply, Statement
from explainer.conversation.topics.bill_alone import paid_by, right_says
from explainer.conversation.topics.bill_rows import bill_figure, focused, rows, rows_say, same_as_on_paper
from explainer.conversation.topics.common import Builder, Figure, Talk, answer, due_of, not_known, own, state
from explainer.conversation.topics.fees import fees_on
from explainer.conversation.topics.gate import on_eob

_NEXT = ("bill.dispute", "bill.itemized", "money.owe")


def compare(asked_of: Talk) -> Reply:
    talk = focused(asked_of)
    owed, asked = talk.figure("patient_owes"), bill_figure(talk)
    if owed is None:
        return answer(talk, (not_known(talk), own("bill.compare.ask-both")), ask_next=_NEXT)
    if asked is None:
        need = state("bill.compare.need-bill", owed.support, owed=owed.value, provider=talk.provider())
        return answer(talk, (need, own("bill.compare.upload-bill")), ask_next=_NEXT, patient_owes=owed.value)
    same = same_as_on_paper(talk, asked.value) if not rows(talk) and asked.value != owed.value else None
    if (fits := _fits_with_payment(talk, asked, owed)) is not None:
        return answer(talk, (fits, own("bill.compare.pay-once", provider=talk.provider())), ask_next=_NEXT, **_both(asked, owed))
    fees = fees_on(talk) if not talk.named and asked.value > owed.value else ()
    said = (_verdict(talk, asked, owed), same, *rows_say(talk), *fees, *_whole(talk), _meanwhile(talk, asked, owed))
    return with_asked(talk, answer(talk, said, ask_next=_NEXT, **_both(asked, owed)), asked)


def _both(asked: Figure, owed: Figure) -> dict[str, Decimal]:
    return {"amount_due": asked.value, "patient_owes": owed.value, "difference": abs(asked.value - owed.value)}


def _fits_with_payment(talk: Talk, asked: Figure, owed: Figure) -> Statement | None:
    """Where what the person paid by the bill is all that the two differ in."""
    paid = paid_by(talk.bill, "patient") if talk.bill is not None and not talk.named else None
    if paid is None or not paid.total or asked.value + paid.total != owed.value:
        return None
    support = (*asked.support, *paid.support, *owed.support)
    return state("bill.compare.same-paid", support, asked=asked.value, owed=owed.value, paid=paid.total)


def with_asked(talk: Talk, reply: Reply, asked: Figure | None) -> Reply:
    """The reply, keeping dollars that the person told of a bill we have not seen."""
    if asked is None or talk.bill is not None:
        return reply
    return replace(reply, remember={**reply.remember, "asked": f"{asked.value:.2f}"})


def _verdict(talk: Talk, asked: Figure, owed: Figure) -> Statement:
    kind = "more" if asked.value > owed.value else "less" if asked.value < owed.value else "same"
    key = f"bill.compare.{kind}-lines" if talk.named else f"bill.compare.{kind}"
    return state(
        key,
        (*asked.support, *owed.support),
        asked=asked.value,
        owed=owed.value,
        difference=abs(asked.value - owed.value),
        lines=talk.names(talk.lines),
    )


def _whole(talk: Talk) -> tuple[Statement, ...]:
    """Asked about some lines: the totals of both papers too."""
    due = due_of(talk.bill) if talk.bill and talk.named else None
    total = [line.amounts.patient_owes for line in talk.paper.lines] if talk.paper else []
    known = [a for a in total if a is not None]
    if due is None or not known or len(known) < len(total):
        return ()
    support = (*due.support, *(line.place("patient_owes") for line in talk.case.lines))
    return (state("bill.compare.in-all", support, asked=due.value, owed=sum(known[1:], known[0])),)


def _meanwhile(talk: Talk, asked: Figure, owed: Figure) -> Statement:
    if asked.value > owed.value and talk.named:
        return own("bill.compare.ask-first", provider=talk.provider())
    if asked.value > owed.value:
        return state("bill.compare.go-by-eob", owed.support, owed=owed.value, provider=talk.provider())
    return own("bill.compare.less-why" if asked.value < owed.value else "bill.compare.pay-once", provider=talk.provider())


def _compare_without(talk: Talk) -> Reply:
    """Only a bill, or nothing."""
    due = due_of(talk.bill) if talk.bill else None
    if due is not None:
        asked = state("money.owe.bill-only", due.support, amount=due.value)
        said = (asked, *(right_says(talk, talk.bill) if talk.bill else ()), own("common.need-eob"))
        return answer(talk, said, ask_next=("bill.itemized", "bill.not-a-bill"), amount_due=due.value)
    return answer(
        talk, (own("bill.compare.general"), own("bill.compare.upload-both")), ask_next=("bill.itemized", "bill.dispute")
    )


def _two_papers(talk: Talk) -> Reply:
    owed, due = talk.figure("patient_owes"), bill_figure(talk)
    first = state("bill.two-papers.why", talk.place("provider", "payer"), plan=talk.payer(), provider=talk.provider())
    both = _verdict(talk, due, owed) if owed and due else None
    only = state("bill.two-papers.go-by", owed.support, owed=owed.value) if owed and not due else None
    return answer(
        talk,
        (first, own("bill.two-papers.once"), both, only),
        ask_next=("bill.compare", "bill.not-a-bill"),
        patient_owes=owed.value if owed else None,
        amount_due=due.value if due else None,
    )


def _not_a_bill(talk: Talk) -> Reply:
    owed, kind = talk.figure("patient_owes"), "msn" if talk.eob is not None and talk.eob.kind == "msn" else "eob"
    first = state(f"bill.not-a-bill.{kind}", talk.place("kind"), plan=talk.payer(), provider=talk.provider())
    if owed is None:
        return answer(talk, (first, own("bill.not-a-bill.wait", provider=talk.provider())), ask_next=("money.owe",))
    key = "bill.not-a-bill.compare" if owed.value else "bill.not-a-bill.nothing"
    due = due_of(talk.bill) if talk.bill else None
    other = state("bill.not-a-bill.other-is", (*due.support, *owed.support), asked=due.value, owed=owed.value) if due else None
    last = state(key, owed.support, owed=owed.value, provider=talk.provider())
    return answer(talk, (first, other, last), ask_next=("money.owe", "money.to-whom"), patient_owes=owed.value)


def _not_a_bill_without(talk: Talk) -> Reply:
    due = due_of(talk.bill) if talk.bill else None
    if due is not None:
        said = (state("bill.not-a-bill.is-bill", due.support, amount=due.value), own("common.need-eob"))
        return answer(talk, said, ask_next=("bill.compare", "bill.itemized"), amount_due=due.value)
    return answer(talk, (own("bill.not-a-bill.general"), own("common.upload")), ask_next=("money.owe", "document.term"))


BUILDERS: dict[str, Builder] = {
    "bill.compare": on_eob(compare, _compare_without),
    "bill.two-papers": on_eob(
        _two_papers,
        lambda talk: answer(talk, (own("bill.two-papers.general"), own("bill.two-papers.once"), own("bill.compare.upload-both"))),
    ),
    "bill.not-a-bill": on_eob(_not_a_bill, _not_a_bill_without),
}
