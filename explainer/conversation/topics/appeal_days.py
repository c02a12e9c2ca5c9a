"""The last day to appeal in sentences, and how long the plan has to answer. The count itself is `checks.last_day`'s."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from explainer.checks.closed import closed
from explainer.checks.deadlines import notice_day
from explainer.checks.last_day import Known, LastDay, decider, last_day, served_last
from explainer.conversation.reply import Cited, Statement, Support
from explainer.conversation.topics.appeal_asked import asks, kind_of_plan, plan_name, says_fact
from explainer.conversation.topics.common import OWN, Talk, own, state

_FROM_PAPER = ("printed-received", "printed-dated", "printed-said")


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is known of the last day to appeal, the kind of plan it was told by, and what it rests on."""

    found: LastDay
    kind: str | None
    support: tuple[Support, ...]

    @property
    def open(self) -> bool:
        """Whether the kind of plan is what is missing."""
        return self.found.case == "no-plan"

    def past(self, today: date) -> bool:
        """Whether the last day lies before today."""
        return self.found.final is not None and self.found.final < today

    @property
    def undated(self) -> bool:
        """Whether only the day of the notice is missing."""
        return bool(self.found.facts) and self.found.last is None


def deadline_of(talk: Talk) -> Deadline:
    """What is known of the last day to appeal."""
    notice = talk.eob.appeal if talk.eob is not None else None
    kind = decider(kind_of_plan(talk))
    known = Known(notice, kind, _notice_day(talk), day_got(talk), talk.case.today, served_last(talk.claims if talk.eob else ()))
    found = last_day(known, talk.knowledge)
    return Deadline(found, kind, _support(talk, found))


def _support(talk: Talk, found: LastDay) -> tuple[Support, ...]:
    """The rule and the places that the count rests on."""
    if found.facts:
        cited: tuple[Support, ...] = tuple(Cited(fact.source, f"fact:{fact.id}") for fact in found.facts)
        return (*cited, *_day_places(talk)) if "notice" in found.values else cited
    if not found.case.startswith("printed") or talk.eob is None or talk.eob.appeal is None:
        return OWN
    return (talk.eob.appeal.span, *(_day_places(talk) if found.case in _FROM_PAPER else ()))


def final_day(talk: Talk) -> date:
    """The last day to appeal, to sort papers by; far off where it is not known."""
    found = deadline_of(talk).found
    return found.final or found.last or date.max


def deadline_statements(talk: Talk) -> list[Statement]:
    """The last day to appeal in one to three statements."""
    return list(deadline_says(talk, deadline_of(talk)))


def deadline_says(talk: Talk, deadline: Deadline) -> Iterable[Statement]:
    """The day, that the notice's own date comes first, and whether the day is past or offices are closed on it."""
    found = deadline.found
    named = {"plan": plan_name(talk, deadline.kind)} if deadline.kind and not found.case.startswith("printed") else {}
    yield Statement(_key(talk, deadline), deadline.support, {**found.values, **named})
    if found.facts:
        yield own("appeal.deadline.notice-wins")
    if deadline.past(talk.case.today):
        yield state("appeal.deadline.past", deadline.support)
    elif found.last is not None and found.last < talk.case.today:
        yield state("appeal.deadline.send-now", deadline.support)
    elif found.last is not None and (shut := closed(found.last)):
        yield state(f"appeal.deadline.{shut}", deadline.support)


def _key(talk: Talk, deadline: Deadline) -> str:
    """The sentence that tells the day, a past one without advice to keep it; a kind of plan may have words of its own."""
    key = f"appeal.deadline.{deadline.found.case}"
    last = deadline.found.last
    if last is not None and last < talk.case.today and f"{key}-late" in talk.knowledge.wording:
        return f"{key}-late"
    own_key = f"{key}.{deadline.kind}"
    return own_key if own_key in talk.knowledge.wording else key


def _notice_day(talk: Talk) -> date | None:
    """The day of the notice: the paper's, among the claims in question, else one the person names."""
    if talk.eob is None:
        return day_dated(talk)
    claimed = [claim.processed for claim in talk.claims if claim.processed]
    return talk.eob.notice_date or min(claimed, default=None) or notice_day(talk.eob) or day_dated(talk)


def day_dated(talk: Talk) -> date | None:
    """The date of the notice as the person tells it, now or before."""
    return _told(talk, "notice")


def day_got(talk: Talk) -> date | None:
    """The day the person got the notice, as told now or before."""
    return _told(talk, "got")


def dates_told(talk: Talk) -> dict[str, str]:
    """What to remember of this turn: the day of the notice ("notice"), or the day it came ("got")."""
    served = {line.service_date for line in talk.eob.lines} if talk.eob is not None else set()
    named = [day for day in talk.question.slots.dates if day not in served and day <= talk.case.today]
    before = talk.asked.context.facts
    corrects = "got" in before and "notice" not in before
    return {"got" if corrects or asks(talk, "asks-received") else "notice": named[0].isoformat()} if named else {}


def _told(talk: Talk, name: str) -> date | None:
    now = dates_told(talk)
    day = now.get(name) if now else talk.asked.context.facts.get(name)
    return date.fromisoformat(day) if day else None


def _day_places(talk: Talk) -> tuple[Support, ...]:
    if talk.eob is None:
        return ()
    own_places = (talk.eob.places.get("notice_date"), talk.eob.places.get("plan_words"))
    held = (*own_places, *(claim.places.get("processed") for claim in talk.claims))
    return tuple(place for place in held if place is not None)


_DECIDED = (("decision_before", "before"), ("decision_after", "after"), ("decision_urgent", "urgent"))


def decision_says(talk: Talk, *roles: str) -> list[Statement]:
    """How long the plan has to answer an appeal; without roles, all that is known of it for the kind of plan."""
    rights = talk.knowledge.rights.get(decider(kind_of_plan(talk)) or "")
    facts = rights.facts if rights else {}
    day = _notice_day(talk) or talk.case.today
    wanted = [(facts[role], name) for role, name in _DECIDED if role in facts and (not roles or name in roles)]
    return [said for fact, name in wanted if (said := says_fact(talk, f"appeal.decide.{name}", fact, day)) is not None]
