"""document.summary: the paper in three to six sentences."""

from collections.abc import Iterator
from decimal import Decimal

from explainer.conversation.reply import Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, answer, due_of, own, state
from explainer.conversation.topics.entries import why_not_paid
from explainer.conversation.topics.gate import on_any
from explainer.conversation.topics.money_parts import add_up, part_says, parts_of
from explainer.conversation.topics.money_prices import rest
from explainer.conversation.topics.phone_script import visit
from explainer.conversation.topics.standing import unpaid
from explainer.conversation.topics.story import story_says
from explainer.knowledge.wording import Blank

_KINDS = ("eob", "msn", "remittance", "bill", "sbc")


def _summary(asked: Talk) -> Reply:
    talk = asked.whole()
    if talk.eob is None:
        return _other_paper(talk)
    owed, paid = talk.figure("patient_owes"), talk.figure("plan_paid")
    billed = talk.figure("billed")
    said = (_kind(talk), *_money(talk), *_made_of(talk), *_refused(talk), *_bill(talk), *_together(talk), _next(talk))
    refused = unpaid(talk, talk.lines)
    return answer(
        talk,
        said,
        ask_next=("denial.reason", "appeal.how", "money.owe") if refused else ("money.owe", "money.to-whom"),
        patient_owes=owed.value if owed else None,
        plan_paid=paid.value if paid else None,
        billed=billed.value if billed else None,
    )


def _kind(talk: Talk) -> Statement:
    assert talk.paper is not None
    patient = next((c.patient for c in talk.claims if c.patient), None)
    for_whom = talk.tail("document.summary.for", patient=patient) if patient else ""
    kind = talk.paper.kind if talk.paper.kind in _KINDS else "eob"
    return state(
        f"document.summary.{kind}" if talk.lines or kind in ("bill", "sbc") else f"document.summary.{kind}-totals",
        talk.place("patient", "provider", "payer"),
        plan=talk.payer(),
        patient=for_whom,
        count=len(talk.lines),
        visit=_visit(talk),
        provider=talk.provider(),
    )


def _visit(talk: Talk) -> str:
    dated = any(line.service_date for line in talk.lines)
    return talk.tail("document.summary.from", visit=visit(talk)) if dated else ""


def _money(talk: Talk) -> Iterator[Statement]:
    whole = rest(talk, "document.summary.money", "billed", "plan_paid", "patient_owes")
    if whole is not None:
        yield whole
        return
    some = (
        ("billed", "document.summary.billed"),
        ("plan_paid", "document.summary.plan-paid"),
        ("patient_owes", "money.billed.owed"),
    )
    yield from (s for name, key in some if (s := rest(talk, key, name)))


def _made_of(talk: Talk) -> tuple[Statement, ...]:
    """The parts of what may be owed, where they fit; what is not covered is told with its reason."""
    owed, found = talk.figure("patient_owes"), parts_of(talk)
    if owed is None or not owed.value or not add_up(found, owed.value):
        return ()
    return tuple(part_says(talk, part) for part in found if part.kind not in ("not-covered", "after-plan"))


def _refused(talk: Talk) -> Iterator[Statement]:
    """Lines not paid, their reasons, and which of them are not the patient's."""
    refused = unpaid(talk, talk.lines)
    seen: set[tuple[Blank, ...]] = set()
    if not refused:
        return
    if unpaid(talk, refused, "patient", "unclear"):
        yield state("document.summary.refused", (line.source for line in refused), lines=talk.names(refused), plan=talk.payer())
    for line in refused:
        for said in why_not_paid(talk, line):
            if (mark := tuple(said.values.values())) not in seen and len(seen) < 3:
                seen.add(mark)
                yield said
    free = [line for line in unpaid(talk, refused, "bundled", "provider") if line.amounts.patient_owes == 0]
    if free:
        yield state(
            "money.owe.not-yours", (line.place("patient_owes") for line in free), lines=talk.names(free), amount=Decimal("0.00")
        )


def _bill(talk: Talk) -> Iterator[Statement]:
    due, owed = due_of(talk.bill) if talk.bill else None, talk.figure("patient_owes")
    if due and owed and due.value != owed.value:
        yield state("document.summary.bill-differs", (*due.support, *owed.support), asked=due.value, owed=owed.value)


def _together(talk: Talk) -> Iterator[Statement]:
    """What all of the person's papers show together."""
    yield from story_says(talk, "span", "pattern.", "share", "count.", "bill.")


def _next(talk: Talk) -> Statement:
    owed = talk.figure("patient_owes")
    if unpaid(talk, talk.lines, "patient"):
        return own("money.owe.next-appeal")
    if owed is not None and owed.value == 0:
        return own("money.owe.next-nothing", provider=talk.provider())
    return own("document.summary.next-with-bill" if talk.bills else "document.summary.next-bill", provider=talk.provider())


def _other_paper(talk: Talk) -> Reply:
    """A bill or a benefits summary alone."""
    assert talk.paper is not None
    due = due_of(talk.paper) if talk.paper.kind == "bill" else None
    asks = state("document.summary.bill-asks", due.support, amount=due.value) if due else None
    needs = own("common.need-eob") if talk.paper.kind == "bill" else own("document.summary.sbc-use")
    return answer(
        talk, (_kind(talk), asks, needs), ask_next=("bill.not-a-bill", "bill.itemized"), amount_due=due.value if due else None
    )


BUILDERS: dict[str, Builder] = {
    "document.summary": on_any(_summary, lambda talk: answer(talk, (own("document.summary.general"), own("common.upload")))),
}
