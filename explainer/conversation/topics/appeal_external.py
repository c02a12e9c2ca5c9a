"""appeal.external: who decides after the plan's last no, and the later levels of Medicare."""

from collections.abc import Iterable
from dataclasses import replace

from explainer.conversation.reply import Cited, Reply, Statement
from explainer.conversation.topics.appeal_asked import EMPLOYER_OR_MARKETPLACE, asks, kind_of_plan, plan_name, says_fact, stated
from explainer.conversation.topics.common import Talk, answer, own, state
from explainer.conversation.topics.help import HELPERS, contact_says
from explainer.knowledge.base import Fact

# Further steps that have days of their own.
_COUNTED = {"tricare": "appeal.tricare.formal-review", "indian-health": "appeal.indian-health.reconsideration"}


def external(talk: Talk) -> Reply:
    """The next step after the plan has said no again, by the kind of plan."""
    kind = kind_of_plan(talk)
    if kind is None:
        said = (*_private(talk, None), own("appeal.external.others"), own("appeal.deadline.ask-plan"))
        return replace(answer(talk, said), pending=talk.question.topic)
    if kind in EMPLOYER_OR_MARKETPLACE:
        return answer(talk, [*_private(talk, kind), *_who(talk, kind)], ask_next=("appeal.letter", "help.who-to-call"))
    return answer(talk, [*_public(talk, kind), *_helper(talk, kind)], ask_next=("appeal.deadline", "help.who-to-call"))


def _private(talk: Talk, kind: str | None) -> Iterable[Statement]:
    """Marketplace and employer plans: the outside reviewer, what for, by when, and that the plan must follow."""
    rule = (Cited("external-review-rule"),)
    yield state("appeal.external.what", rule)
    today = talk.case.today
    by_when = says_fact(talk, "appeal.external.by-when", "appeal.aca-employer.external", today)
    yield by_when or own("appeal.external.read-letter")
    if kind is None:
        return
    yield state("appeal.external.scope", rule)
    if asks(talk, "asks-weekend"):
        yield state("appeal.external.weekend", rule)
    yield from _some(says_fact(talk, "appeal.external.decision", "appeal.aca-employer.external-decision", today))
    if asks(talk, "asks-urgent"):
        yield from _some(says_fact(talk, "appeal.external.urgent", "appeal.aca-employer.external-decision-urgent", today))


def _who(talk: Talk, kind: str) -> Iterable[Statement]:
    yield own("appeal.external.who-self-funded" if kind == "employer-self-funded" else "appeal.external.who")
    if kind == "employer":
        yield own("appeal.external.ask-funding")
    yield from _helper(talk, kind)


def _helper(talk: Talk, kind: str) -> Iterable[Statement]:
    yield from _some(next((found for key in HELPERS.get(kind, ()) if (found := contact_says(talk, key))), None))


def _public(talk: Talk, kind: str) -> Iterable[Statement]:
    """Plans with ways of their own: Medicare's levels, the reviewer a Medicare Advantage plan must turn to, a hearing, OPM."""
    if kind in ("medicare-original", "medigap"):
        yield from _medicare(talk)
    elif kind == "medicare-advantage":
        yield state("appeal.external.advantage", (Cited("ma-reconsideration-cms"),))
        yield own("appeal.external.advantage-then")
    elif kind == "medicaid":
        yield own("appeal.external.medicaid")
        yield from _hearing(talk)
    elif kind == "fehb":
        opm = says_fact(talk, "appeal.external.fehb", "appeal.fehb.opm", talk.case.today)
        yield opm or own("appeal.external.read-letter")
    elif kind == "chip":
        yield own("appeal.external.chip")
    elif kind in _COUNTED:
        counted = says_fact(talk, f"appeal.external.{kind}", _COUNTED[kind], talk.case.today)
        yield counted or own("appeal.external.read-letter")
    else:
        yield own("appeal.external.other", plan=plan_name(talk, kind))


def _hearing(talk: Talk) -> Iterable[Statement]:
    """The time a state may give for a fair hearing."""
    least, most = (stated(talk, f"appeal.medicaid.hearing-{end}", talk.case.today) for end in ("least", "most"))
    if least is not None and most is not None:
        cited = [Cited(fact.source, f"fact:{fact.id}") for fact in (least, most)]
        yield state("appeal.external.medicaid-hearing", cited, least=int(least.value), most=int(most.value))


def _medicare(talk: Talk) -> Iterable[Statement]:
    today = talk.case.today
    yield own("appeal.external.medicare")
    yield from _some(says_fact(talk, "appeal.external.medicare-second", "appeal.medicare.reconsideration", today))
    yield from _some(says_fact(talk, "appeal.external.medicare-decision", "appeal.medicare.reconsideration-decision", today))
    days, least = stated(talk, "appeal.medicare.alj", today), stated(talk, "medicare.aic-alj", today)
    if days is not None and least is not None and isinstance(days.value, int):
        cited = [Cited(fact.source, f"fact:{fact.id}") for fact in (days, least)]
        yield state("appeal.external.medicare-judge", cited, count=days.value, least=_dollars(least), year=str(today.year))


def _dollars(fact: Fact) -> str:
    """A whole amount of dollars, as in "$200"."""
    return f"${fact.value:,}"


def _some(said: Statement | None) -> tuple[Statement, ...]:
    return (said,) if said is not None else ()
