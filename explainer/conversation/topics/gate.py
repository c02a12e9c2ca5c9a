"""Before a topic answers: is there a paper, whose, and is it the newest?"""

from dataclasses import replace

from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, TalkBuilder, answer, for_person, own, state
from explainer.conversation.topics.entries import term_says
from explainer.conversation.topics.states import newer_states
from explainer.explain import names_of
from explainer.knowledge.wording import listed
from explainer.model.source import Span

_SETTLING = frozenset(
    {"money.owe", "money.to-whom", "money.refund", "bill.compare", "bill.dispute", "bill.two-papers", "bill.not-a-bill"}
)


def on_eob(build: TalkBuilder, without: TalkBuilder) -> Builder:
    """A builder that needs a plan's paper; `without` answers in general, or from a bill alone."""

    def builder(asked: Asked) -> Reply:
        talk = Talk.of(asked)
        if talk.eob is None or not talk.claims:
            return without(talk)
        return which_person(talk) or told(talk, taken_back(talk) or build(talk))

    return builder


def on_any(build: TalkBuilder, without: TalkBuilder) -> Builder:
    """A builder that can speak of any paper, a bill or a benefits summary too."""

    def builder(asked: Asked) -> Reply:
        talk = Talk.of(asked)
        if talk.paper is None:
            return without(talk)
        return which_person(talk) or told(talk, build(talk))

    return builder


def general(talk: Talk, key: str, *terms: str) -> Reply:
    """No paper: the idea in general (the terms' entries, else the sentence `key`), and what to upload for the figure."""
    known = tuple(s for term in terms if (s := term_says(talk, term)))
    idea: tuple[Statement, ...] = known if known and len(known) == len(terms) else (own(key),)
    return answer(talk, (*idea, _please_upload(talk)), ask_next=("document.term", "bill.not-a-bill"))


def _please_upload(talk: Talk) -> Statement:
    return own("common.upload-eob" if talk.paper is not None else "common.upload")


def taken_back(talk: Talk) -> Reply | None:
    """Where the paper undoes an earlier claim, nothing is settled with its minus amounts."""
    owed = talk.figure("patient_owes")
    undone = bool(talk.claims) and all(claim.status == "reversed" for claim in talk.claims)
    if talk.question.topic not in _SETTLING or owed is None or not (owed.value < 0 or (undone and owed.value)):
        return None
    said = state("money.owe.taken-back", owed.support, amount=owed.value, provider=talk.provider())
    return answer(talk, (said,), ask_next=("help.who-to-call", "document.dates"), patient_owes=owed.value)


def told(talk: Talk, reply: Reply) -> Reply:
    """The reply with what must be known first: whom it is about, and that a newer paper shows the claim otherwise."""
    person = for_person(talk) if reply.statements else None
    whose = () if person is None else (person,)
    return replace(reply, statements=(*whose, *newer_states(talk), *reply.statements))


def which_person(talk: Talk) -> Reply | None:
    """A question back where the papers name several people and it is open which one is meant."""
    people = talk.case.people
    if not people.several or talk.person is not None or (talk.named and not talk.mixed):
        return None
    places = tuple(Span(d.paper) for d in talk.case.documents)
    asking = state("common.which-person", places, names=listed(names_of(people, talk.knowledge, talk.lang), talk.lang))
    return Reply(topic=talk.question.topic, statements=(asking,), pending=talk.question.topic)
