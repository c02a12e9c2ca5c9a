"""A refused line within an answer about coverage: the reason in short, and whose amount it is."""

from collections.abc import Iterable

from explainer.conversation.reply import Statement
from explainer.conversation.topics.appeal_asked import refused_for
from explainer.conversation.topics.common import Talk, state
from explainer.conversation.topics.entries import Key, note_says
from explainer.conversation.topics.standing import excuse, standing
from explainer.model.document import ServiceLine


def refused_line(talk: Talk, line: ServiceLine, key: Key) -> Statement:
    """The paper's own words for the refusal, else its key."""
    said = note_says(talk, key, line)
    return said or state("coverage.refused-line", (line.source, line.place("remarks")), name=talk.name(line), key=key.printed)


def who_pays(talk: Talk, line: ServiceLine) -> Statement:
    """Whose amount a refused line is, as far as the paper tells."""
    stands, amount = standing(talk, line), line.amounts.patient_owes
    places = (line.place("patient_owes"), line.place("remarks"))
    if stands == "patient" and amount is not None:
        return state("coverage.who.patient-amount", places, amount=amount, name=talk.name(line))
    shown = "-shown" if stands == "provider" and excuse(talk, line) is None else ""
    return state(f"coverage.who.{stands}{shown}", places, name=talk.name(line), provider=talk.provider())


def refusals(talk: Talk, *buckets: str) -> Iterable[Statement]:
    """Up to two lines refused for reasons of these kinds: why, and whose amount."""
    for line, key in refused_for(talk, *buckets)[:2]:
        yield refused_line(talk, line, key)
        yield who_pays(talk, line)
