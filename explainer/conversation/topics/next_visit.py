"""What another visit would cost: the plan's own row, what the last visit came to, and what is still open. Never a promise."""

from collections.abc import Iterator
from dataclasses import replace

from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.topics.appeal_asked import asks
from explainer.conversation.topics.benefits import cost_says
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.money_deductible import left_of
from explainer.conversation.topics.story import newest_counts, old_counts, payer_of_last
from explainer.episode.days import care_days

_COUNT = "coverage.visits"
_TOPICS = frozenset(
    ("money.owe", "money.copay", "money.coinsurance", "money.billed", "money.differs", "coverage.covered", _COUNT)
)


def with_next_visit(topic: str, build: Builder) -> Builder:
    """The builder of a topic about money, which looks ahead where the question does."""
    return build if topic not in _TOPICS else lambda asked: _built(build, asked)


def _built(build: Builder, asked: Asked) -> Reply:
    talk = Talk.of(asked)
    priced = talk.question.topic != _COUNT or asks(talk, "asks-price")
    if talk.eob is None or not priced or not asks(talk, "asks-next-visit"):
        return build(asked)
    row = cost_says(talk)
    lead = row or (own("money.next-visit.no-figure"),)
    said = (*lead, *_last(talk), *_deductible(talk), own("money.next-visit.ask", payer=payer_of_last(talk)))
    return answer(talk, said, ask_next=("money.deductible", "coverage.visits", "coverage.authorization"))


def _last(talk: Talk) -> Iterator[Statement]:
    """What the newest day of care on the papers came to."""
    if talk.mixed:
        return
    days = care_days(talk.case, talk.person, talk.knowledge)
    amount = days[-1].amount("patient_owes") if days else None
    if amount is not None:
        places = [entry.line.place("patient_owes") for entry in days[-1].entries]
        yield state("money.next-visit.last", places, day=days[-1].day, amount=amount)


def _deductible(talk: Talk) -> Iterator[Statement]:
    """Whether the yearly deductible is still open, where one count of it is printed."""
    counts = newest_counts(talk, "deductible")
    left = left_of(counts[0]) if len(counts) == 1 else None
    if left is not None and (old := old_counts(talk, "deductible")) is not None:
        yield replace(old, key="common.old-deductible")
    elif left is not None:
        key = "money.next-visit.deductible-open" if left else "money.next-visit.deductible-met"
        yield state(key, (counts[0].span,), **({"left": left} if left else {}))
