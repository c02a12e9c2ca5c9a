"""Questions about everybody on the papers at once ("both of us", "our family"), and whom an answer is about."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from explainer.case import amount_of_each
from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.topics.appeal_asked import asks
from explainer.conversation.topics.common import Builder, Talk, for_person, state
from explainer.explain import MOST_PEOPLE
from explainer.model.people import Person
from explainer.model.source import Span

# By topic, the amount that is told of each person. Words about everybody often sound like something off these topics.
_AMOUNTS = {
    "money.owe": "patient_owes", "money.math": "patient_owes", "money.to-whom": "patient_owes", "money.differs": "patient_owes",
    "document.missing": "patient_owes", "decline.off-topic": "patient_owes", "decline.unclear": "patient_owes",
    "document.summary": "patient_owes", "bill.compare": "patient_owes", "bill.two-papers": "patient_owes",
    "money.plan-paid": "plan_paid", "money.billed": "billed", "money.discount": "discount",
}  # fmt: skip
_OF_NOBODY = ("decline.", "help.", "code.", "document.term", "units.rule")


def with_everyone(topic: str, build: Builder) -> Builder:
    """The builder of a topic, which answers for each person where the words are about all, and else says whom it is about."""

    def builder(asked: Asked) -> Reply:
        talk = Talk.of(asked)
        if not talk.case.people.several:
            return build(asked)
        each = _each(talk, _AMOUNTS[topic]) if topic in _AMOUNTS and asks(talk, "everyone", "one-and-other") else None
        return each or _named(talk, build(asked))

    return builder


def _each(talk: Talk, name: str) -> Reply | None:
    """The amount of each person, and the sum where the words ask for all together. None where somebody's is not known."""
    known = amount_of_each(talk.case, name)
    sums = {person: known.get(person) for person in talk.case.people.persons}
    if len(sums) > MOST_PEOPLE or None in sums.values() or known.get(None):
        return None
    amounts = {person: amount for person, amount in sums.items() if amount is not None}
    said = [state(f"everyone.{name}", _papers(talk), name=p.name, amount=amount) for p, amount in amounts.items()]
    together = _together(talk, amounts, name) if asks(talk, "everyone") else None
    asked = talk.question.topic
    topic = "money.owe" if asked.startswith(("decline.", "bill.", "document.")) else asked
    return Reply(topic, (*((together,) if together else ()), *said), values={name: sum(amounts.values(), Decimal(0))})


def _together(talk: Talk, amounts: Mapping[Person, Decimal], name: str) -> Statement:
    total = sum(amounts.values(), Decimal("0.00"))
    return state(f"everyone.together.{name}", _papers(talk), amount=total, count=len(amounts))


def _papers(talk: Talk) -> tuple[Span, ...]:
    return tuple(Span(d.paper) for d in talk.case.documents if d.by_plan)


def _named(talk: Talk, reply: Reply) -> Reply:
    """The reply, which says first whose paper it speaks of: "her" and "his" tell nobody's name."""
    person = for_person(talk)
    if person is None or reply.pending or reply.topic.startswith(_OF_NOBODY):
        return reply
    printed = any(isinstance(s, Span) for statement in reply.statements for s in statement.support)
    if not printed or any(s.key == person.key for s in reply.statements):
        return reply
    return replace(reply, statements=(person, *reply.statements))
