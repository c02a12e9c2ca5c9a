"""Whether somebody may bill for something: what the plan's paper puts on the patient, and what it does not."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from explainer.conversation.reply import Asked, Cited, Reply, Statement
from explainer.conversation.topics.appeal_asked import asks
from explainer.conversation.topics.bill_compare import compare
from explainer.conversation.topics.bill_rows import rows
from explainer.conversation.topics.common import Builder, Figure, Talk, answer, not_known, over_owed, own, state
from explainer.conversation.topics.denial import who_owes
from explainer.conversation.topics.entries import why_not_paid
from explainer.conversation.topics.gate import taken_back, told, which_person
from explainer.conversation.topics.money_parts import above_allowed, above_open, add_up, balance_says, part_says, parts_of
from explainer.conversation.topics.money_prices import network
from explainer.conversation.topics.money_settle import bill_asks_more
from explainer.conversation.topics.standing import is_unpaid, unpaid
from explainer.explain import finding_text
from explainer.model.document import ServiceLine

_TOPICS = frozenset(
    (
        "money.owe", "coverage.surprise", "bill.compare", "bill.not-a-bill", "money.plan-paid", "money.math", "bill.itemized",
        "bill.dispute",
    )
)  # fmt: skip
# Cases with a rule of their own, told by the topic itself.
_SPECIAL = ("asks-emergency", "asks-ambulance", "asks-estimate", "asks-consent")
_WHATS = ("discount", "not_covered", "plan_paid", "allowed", "billed")
_MOST = 3
# Asked for by themselves, unless the words also ask whether "they can do that".
_WRITTEN = ("bill.itemized", "bill.dispute")


def with_may_bill(topic: str, build: Builder) -> Builder:
    """The builder of a topic about paying, which says whose amount it is where the question asks who may be billed."""
    return build if topic not in _TOPICS else lambda asked: _built(build, asked)


def _built(build: Builder, asked: Asked) -> Reply:
    talk = Talk.of(asked)
    if talk.eob is None or not talk.claims or not _asks(talk) or asks(talk, *_SPECIAL) or _compares(talk):
        return build(asked)
    reply = which_person(talk) or told(talk, taken_back(talk) or _on_the_bill(talk) or _may_bill(over_owed(talk)))
    return replace(reply, topic="coverage.surprise") if reply.topic in _WRITTEN else reply


def _on_the_bill(talk: Talk) -> Reply | None:
    """Dollars that a bill among the papers asks for one line: the two papers beside each other on that line."""
    amounts = set(talk.question.slots.amounts)
    found = tuple(row.line for row in rows(talk) if row.billed.amounts.patient_owes in amounts and row.more)
    return compare(replace(talk, lines=found, named=True)) if len(amounts) == 1 and len(found) == 1 else None


def _asks(talk: Talk) -> bool:
    """Whether it is asked who may bill; "can they do that" asks it where the words say that somebody billed."""
    return asks(talk, "may-bill") or (asks(talk, "may-they") and asks(talk, "says-billed"))


def _compares(talk: Talk) -> bool:
    """A bill among the papers, asked about as a whole, is rather compared; what to write to the office is asked for by itself."""
    topic = talk.question.topic
    whole = topic.startswith("bill.") and talk.bill is not None and not talk.named
    return whole or (topic in _WRITTEN and not asks(talk, "may-they"))


def _may_bill(talk: Talk) -> Reply:
    owed = talk.figure("patient_owes")
    if owed is None:
        return answer(talk, (not_known(talk), own("money.owe.ask-plan")), ask_next=("help.who-to-call",))
    whose = _share(talk, owed) if owed.value else _nothing(talk, owed)
    said = (*_figures(talk, owed), *whose, *bill_asks_more(talk, owed))
    return answer(talk, said, ask_next=_next(talk), patient_owes=owed.value)


def _next(talk: Talk) -> tuple[str, ...]:
    return ("denial.reason", "appeal.how", "money.to-whom") if unpaid(talk, talk.lines) else ("bill.compare", "money.to-whom")


def _share(talk: Talk, owed: Figure) -> Iterator[Statement]:
    """Something is put on the patient: how much, why where it was refused, and what is beyond it."""
    scope, doubts = talk.names(talk.lines) if talk.named else talk.say("common.this-paper"), tuple(_doubts(talk))
    split = balance_says(talk, parts_of(talk), owed)
    key = "bill.may.share-doubt" if doubts or split else "bill.may.share"
    yield state(key, owed.support, amount=owed.value, scope=scope, provider=talk.provider())
    yield from doubts
    refused = unpaid(talk, talk.lines, "patient")
    yield from next((why for line in refused if (why := why_not_paid(talk, line))), ())
    if not refused and talk.named:
        found = parts_of(talk)
        yield from (part_says(talk, part) for part in (found if add_up(found, owed.value) else ()))
    yield from (who_owes(talk, line) for line in refused[:_MOST] if {"GA", "GZ"} & set(line.modifiers))
    if refused:
        yield own("bill.may.ask-again", plan=talk.payer())
    free = unpaid(talk, talk.lines, "provider", "bundled")
    yield from (who_owes(talk, line) for line in free[:_MOST])
    yield from split or (_no_more(talk),)


def _doubts(talk: Talk) -> Iterator[Statement]:
    """What the checks say of refused lines whose amount does not fit the reason printed."""
    assert talk.paper is not None
    numbers = {line.number for line in talk.lines}
    for finding in talk.case.findings_of(talk.paper.paper):
        if finding.id == "denial" and finding.verdict == "ask" and numbers & set(finding.lines):
            yield state("common.plain", finding.spans, text=finding_text(finding, talk.knowledge, talk.lang)[0])


def _no_more(talk: Talk) -> Statement:
    """What may be billed beyond it: nothing in network; out of it that depends on the place."""
    if talk.eob is not None and talk.eob.kind == "msn":
        return state("bill.may.no-more-msn", talk.place("kind"), provider=talk.provider())
    kind = network(talk)
    if (beyond := above_open(talk)) is not None:
        places = (*talk.place("network"), *beyond.support, Cited("cms-nsa"))
        return state("bill.may.no-more-out-up-to", places, provider=talk.provider(), plan=talk.payer(), top=beyond.value)
    law = (Cited("cms-nsa"),) if kind == "out" else ()
    return state(f"bill.may.no-more-{kind}", (*talk.place("network"), *law), provider=talk.provider())


def _nothing(talk: Talk, owed: Figure) -> Iterator[Statement]:
    """Nothing is put on the patient: that, and for each refused line why, as far as the paper supports it."""
    scope = talk.names(talk.lines) if talk.named else talk.say("common.this-paper")
    yield state("bill.may.nothing", owed.support, amount=owed.value, scope=scope)
    refused = unpaid(talk, talk.lines)
    for line in refused[:_MOST]:
        yield from why_not_paid(talk, line)
    yield from (who_owes(talk, line) for line in refused[:_MOST])
    yield own("money.owe.next-nothing", provider=talk.provider())


def _figures(talk: Talk, owed: Figure) -> Iterator[Statement]:
    """Dollars in the question that are another of the paper's figures than what is owed: what they are, line by line."""
    for amount in dict.fromkeys(talk.question.slots.amounts):
        if amount == owed.value or any(line.amounts.patient_owes == amount for line in talk.lines):
            continue
        if top := [line for line in talk.lines if above_allowed(line) == amount]:
            yield state("bill.may.is-top", (top[0].source,), amount=amount, line=talk.name(top[0]), plan=talk.payer())
            continue
        on_lines = [(line, name) for line in talk.lines if (name := _is(talk, line, amount)) is not None]
        total = next((name for name in _WHATS if (f := talk.figure(name)) and f.value == amount), None)
        if total is not None and len(talk.lines) > 1:
            places = talk.figure(total)
            yield state(
                "bill.may.is", places.support if places else owed.support, amount=amount, what=talk.say(f"common.field.{total}")
            )
        elif len(on_lines) <= _MOST:
            for line, name in on_lines:
                yield state(
                    "bill.may.is-on",
                    (line.place(name),),
                    amount=amount,
                    what=talk.say(f"common.field.{name}"),
                    line=talk.name(line),
                )


def _is(talk: Talk, line: ServiceLine, amount: Decimal) -> str | None:
    """Which of a line's figures the amount is. Of a refused line the price that was taken off is no discount."""
    names = ("billed", "not_covered") if is_unpaid(talk, line) else _WHATS
    return next((name for name in names if line.amounts.get(name) == amount), None)
