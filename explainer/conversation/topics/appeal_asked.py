"""What a question about an appeal or about coverage says in particular, and the kind of plan it is about."""

from datetime import date

from explainer.checks.deadlines import plan_of
from explainer.conversation.reply import Cited, Statement, Support
from explainer.conversation.said_cues import says
from explainer.conversation.topics.common import Talk, state
from explainer.conversation.topics.entries import Key, bucket_of, is_refusal, keys_of
from explainer.conversation.topics.help import plan_known
from explainer.conversation.topics.standing import is_unpaid
from explainer.knowledge.base import Fact
from explainer.knowledge.wording import Blank
from explainer.model.document import ServiceLine

EMPLOYER_OR_MARKETPLACE = frozenset(
    {"employer", "employer-self-funded", "employer-insured", "cobra", "government-employer", "church", "marketplace"}
)


def asks(talk: Talk, *names: str) -> bool:
    """Whether the question's words hold a phrase of one of these cues of content. "*" in a phrase: up to three words."""
    return says(talk.question.words, talk.knowledge, *names)


_MEDICARES = ("medicare-original", "medicare-advantage")


def kind_of_plan(talk: Talk) -> str | None:
    """The kind of plan (a key of content/rights): Medicare's own notice or a Medicare Advantage plan's, which the person may call
    Medicare; else what the person said, else the paper's words. What is only thought of holds for the turn."""
    printed = plan_of(talk.eob, talk.knowledge) if talk.eob is not None else None
    if printed in _MEDICARES and not talk.question.slots.supposed:
        return printed
    return plan_known(talk) or printed


def plan_name(talk: Talk, kind: str) -> str:
    """A kind of plan in words: "plan through a job"."""
    rights = talk.knowledge.rights.get(kind)
    return rights.name.in_(talk.lang) if rights else talk.say("common.your-plan")


def stated(talk: Talk, fact: str, day: date) -> Fact | None:
    """A fact's figure for that day; None where none is known."""
    return talk.knowledge.fact_on(fact, day)


def says_fact(talk: Talk, key: str, fact: str, day: date, part: str = "paragraph", /, **more: Blank) -> Statement | None:
    """The sentence `key` with the fact's whole number in the blank `count`; None where the fact gives no figure for the day."""
    found = stated(talk, fact, day)
    if found is None or not isinstance(found.value, int):
        return None
    return state(key, (Cited(found.source, f"fact:{fact}"),), part, count=found.value, **more)


def refused_for(talk: Talk, *buckets: str) -> tuple[tuple[ServiceLine, Key], ...]:
    """The lines in question that were not paid for a reason of these kinds, each with the key that says so."""
    found = []
    for line in talk.lines if talk.eob is not None else ():
        keys = [key for key in keys_of(line) if is_refusal(talk, key) and bucket_of(talk, key) in buckets]
        if keys and is_unpaid(talk, line):
            found.append((line, keys[0]))
    return tuple(found)


def service_day(talk: Talk) -> date:
    """The latest day of service in question, else today: whose yearly figures count."""
    days = [line.service_date for line in talk.lines if line.service_date is not None] if talk.eob is not None else []
    return max(days, default=talk.case.today)


def places_of(talk: Talk) -> tuple[Support, ...]:
    """Where the lines in question stand; the paper itself where it has none."""
    return tuple(line.source for line in talk.lines) or talk.place()
