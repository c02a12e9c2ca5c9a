"""The last day to appeal: the paper's own words, else the rule of the kind of plan. And how long the plan has to answer."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from explainer.checks.deadlines import later, notice_day
from explainer.conversation.reply import Cited, Statement, Support
from explainer.conversation.topics.appeal_asked import asks, kind_of_plan, plan_name, says_fact, stated
from explainer.conversation.topics.common import OWN, Talk, own, state
from explainer.knowledge.base import Fact
from explainer.knowledge.wording import Blank
from explainer.model.document import AppealNotice

# "from the day you get it"; "must be received by us" is about the plan's day, not the person's.
_GOT = re.compile(r"\byou(?:'ve| have)? (?:get|got|recei)|\b(?:after|from|of) recei|^recei|\brecib", re.IGNORECASE)
_DATED = re.compile(r"\bdate|\bnotice|\bletter|\bfecha|\baviso|\bcarta", re.IGNORECASE)
_FROM_RECEIPT = ("appeal.aca-employer.", "appeal.medicare.")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """A sentence about the last day to appeal.

    last: the day counted from the notice; latest: the day counted from when Medicare presumes that it came.

    rule: it comes from the kind of plan, not from the paper. open: the kind of plan is not known.
    """

    key: str
    support: tuple[Support, ...] = OWN
    values: Mapping[str, Blank] = field(default_factory=dict)
    last: date | None = None
    latest: date | None = None
    rule: bool = False
    open: bool = False


def deadline_of(talk: Talk) -> Deadline:
    """What is known of the last day to appeal."""
    return _printed(talk) or _by_rule(talk)


def deadline_statements(talk: Talk) -> list[Statement]:
    """The last day to appeal in one to three statements."""
    return list(deadline_says(talk, deadline_of(talk)))


def deadline_says(talk: Talk, found: Deadline) -> Iterable[Statement]:
    """The day, that the notice's own date comes first, and whether the day is past or on a weekend."""
    yield Statement(found.key, found.support, found.values)
    if found.rule:
        yield own("appeal.deadline.notice-wins")
    final = found.latest or found.last
    if final is not None and final < talk.case.today:
        yield state("appeal.deadline.past", found.support)
    elif found.last is not None and found.last.weekday() >= _SATURDAY:
        yield state("appeal.deadline.weekend", found.support)


def _printed(talk: Talk) -> Deadline | None:
    """The paper's own words."""
    notice = talk.eob.appeal if talk.eob is not None else None
    if notice is None:
        return None
    if notice.last_day is not None:
        return Deadline("appeal.deadline.printed-day", (notice.span,), {"last_day": notice.last_day}, notice.last_day)
    if notice.days is not None:
        return _printed_days(talk, notice, notice.days)
    words = notice.words.strip()
    return Deadline("appeal.deadline.printed-words", (notice.span,), {"words": words}) if words else None


def _printed_days(talk: Talk, notice: AppealNotice, days: int) -> Deadline:
    words = f"{notice.counted_from or ''} {notice.words}".strip()
    got, day, said = bool(_GOT.search(words)), _notice_day(talk), day_got(talk)
    places: tuple[Support, ...] = (notice.span, *_day_places(talk))
    if got and said is not None:
        last = later(said, days, "days")
        return Deadline("appeal.deadline.printed-said", places, {"days": days, "day": said, "last_day": last}, last)
    if day is None or not (got or _DATED.search(words)):
        bare = "appeal.deadline.printed-received-bare" if got else "appeal.deadline.printed-days"
        return Deadline(bare, (notice.span,), {"days": days})
    last = later(day, days, "days")
    key = "appeal.deadline.printed-received" if got else "appeal.deadline.printed-dated"
    return Deadline(key, places, {"days": days, "notice": day, "last_day": last}, last)


def _by_rule(talk: Talk) -> Deadline:
    kind = kind_of_plan(talk)
    # A Medigap policy follows what Medicare decides.
    kind = "medicare-original" if kind == "medigap" else kind
    if kind is None:
        return Deadline("appeal.deadline.depends", open=True)
    rights = talk.knowledge.rights.get(kind)
    day = _notice_day(talk)
    fact = stated(talk, rights.facts["appeal"], day or talk.case.today) if rights and "appeal" in rights.facts else None
    if fact is None or not isinstance(fact.value, int):
        return Deadline("appeal.deadline.no-rule", values={"plan": plan_name(talk, kind)})
    return _counted(talk, kind, fact, fact.value, day)


def _counted(talk: Talk, kind: str, fact: Fact, count: int, day: date | None) -> Deadline:
    cited: tuple[Support, ...] = (Cited(fact.source, f"fact:{fact.id}"),)
    values: dict[str, Blank] = {"plan": plan_name(talk, kind), "count": count}
    by_receipt, said = fact.id.startswith(_FROM_RECEIPT), day_got(talk)
    unit = "-months" if fact.unit == "months" else ""
    if by_receipt and said is not None:
        last = later(said, count, fact.unit)
        return Deadline("appeal.deadline.rule-said", cited, {**values, "day": said, "last_day": last}, last, rule=True)
    key = f"appeal.deadline.rule-{'received' if by_receipt else 'dated'}"
    if day is None:
        return Deadline(f"{key}-bare{unit}", cited, values, rule=True)
    last = later(day, count, fact.unit)
    values |= {"notice": day, "last_day": last}
    places: tuple[Support, ...] = (*cited, *_day_places(talk))
    return _presumed(talk, kind, day, Deadline(key + unit, places, values, last, rule=True))


def _presumed(talk: Talk, kind: str, day: date, found: Deadline) -> Deadline:
    """Original Medicare takes a notice as received some days after its date: then both days are given."""
    presumed = talk.knowledge.rights[kind].facts.get("receipt")
    wait = stated(talk, presumed, day) if presumed else None
    if wait is None or not isinstance(wait.value, int) or found.last is None:
        return found
    latest = later(found.last, wait.value, wait.unit)
    values = {**found.values, "wait": wait.value, "latest": latest}
    return Deadline("appeal.deadline.rule-presumed", found.support, values, found.last, latest, rule=True)


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
    return {"got" if asks(talk, "asks-received") else "notice": named[0].isoformat()} if named else {}


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
    kind = kind_of_plan(talk)
    rights = talk.knowledge.rights.get("medicare-original" if kind == "medigap" else kind or "")
    facts = rights.facts if rights else {}
    day = _notice_day(talk) or talk.case.today
    wanted = [(facts[role], name) for role, name in _DECIDED if role in facts and (not roles or name in roles)]
    return [said for fact, name in wanted if (said := says_fact(talk, f"appeal.decide.{name}", fact, day)) is not None]
