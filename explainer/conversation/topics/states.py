"""What other papers of the same claim say: a newer state replaces the one spoken of."""

from collections.abc import Iterator

from explainer.case import amount_of_each, total_of
from explainer.checks.copies import Placed, Twin
from explainer.conversation.reply import Statement
from explainer.conversation.topics.asked_lines import paper_of_person
from explainer.conversation.topics.common import Figure, Talk, state
from explainer.model.source import Span

_OF_MONEY = ("money.", "denial.", "appeal.", "bill.", "document.summary", "document.line")


def newer_states(talk: Talk) -> tuple[Statement, ...]:
    """That another paper shows a claim spoken of in a newer state, or in another one of which nobody can tell the age."""
    if talk.paper is None or not talk.question.topic.startswith(_OF_MONEY):
        return ()
    spoken = {id(claim) for claim in talk.claims}
    return tuple(_said(talk, state_) for state_ in _replacing(talk) if id(state_[0].claim) in spoken)


def _replacing(talk: Talk) -> Iterator[tuple[Placed, Placed, str]]:
    """Claims of the paper spoken of with the claim of another paper that replaces it, and how sure that is."""
    twins = talk.case.twins
    for twin in twins.pairs:
        for mine, other in ((twin.first, twin.one), (twin.one, twin.first)):
            if talk.paper is None or mine.document.paper != talk.paper.paper or twin.relation == "copy":
                continue
            if mine.key in twins.unclear or other.key in twins.unclear or twin.relation == "unclear":
                yield mine, other, "unclear"
            elif _is_newer(twin, other) and other.key not in twins.dropped:
                yield mine, other, "newer"


def _is_newer(twin: Twin, other: Placed) -> bool:
    return twin.relation == ("newer" if other is twin.one else "older")


def _said(talk: Talk, found: tuple[Placed, Placed, str]) -> Statement:
    _, other, kind = found
    owed = total_of((other.claim,), "patient_owes")
    key = f"common.paper-{kind}" if owed is not None else f"common.paper-{kind}-bare"
    return state(key, (Span(other.document.paper),), **({"owed": owed} if owed is not None else {}))


def together(talk: Talk, figure: Figure, name: str = "patient_owes") -> tuple[Statement, ...]:
    """What all of the person's papers from the plan come to, where they are more than the one spoken of and none is named."""
    everything = amount_of_each(talk.case, name).get(talk.person)
    alone = talk.named or (talk.paper is not None and talk.paper is not paper_of_person(talk.case, talk.person))
    if alone or everything is None or everything == figure.value:
        return ()
    plans = [Span(d.paper) for d in talk.case.documents if d.by_plan]
    return (state(f"money.together.{name}", plans, amount=everything),)
