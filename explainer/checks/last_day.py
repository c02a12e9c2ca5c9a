"""The last day to appeal: the paper's own words, else the rule of the kind of plan. One count, for findings and for answers."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from explainer.knowledge.base import Fact, Knowledge
from explainer.knowledge.schema import PlanRights
from explainer.model.counted import start_in, start_of
from explainer.model.document import AppealNotice, Claim

# A Medigap policy follows what Medicare decides.
_DECIDES = {"medigap": "medicare-original"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the count starts from. dated: the date of the notice. got: the day the person got it. today: None for none.

    served: the only claim's last day of service.
    """

    notice: AppealNotice | None = None
    plan: str | None = None
    dated: date | None = None
    got: date | None = None
    today: date | None = None
    served: date | None = None


@dataclass(frozen=True, slots=True)
class LastDay:
    """What is known of the last day to appeal.

    case: the sentence that tells it. values: its blanks. last: the day counted from the notice, or the printed one.
    latest: the day counted from when the notice is presumed to have come. facts: the rules it rests on; none where the paper
    itself says it.
    """

    case: str
    values: Mapping[str, int | date | str] = field(default_factory=dict)
    last: date | None = None
    latest: date | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def final(self) -> date | None:
        """The day after which it is late."""
        return self.latest or self.last


def later(day: date, count: int, unit: str) -> date:
    """That many days or months after a day; a month without such a day ends on its last one, which is never too late."""
    if unit != "months":
        return day + timedelta(days=count)
    months = day.month - 1 + count
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_day(known: Known, knowledge: Knowledge) -> LastDay:
    """The last day to appeal, as far as it is known. What the notice prints always goes before the rule."""
    return _printed(known) or _by_rule(known, knowledge)


def decider(plan: str | None) -> str | None:
    """Whose rules an appeal follows: the plan's own, or those of the plan that decides for it."""
    return _DECIDES.get(plan, plan) if plan else None


def rule_on(fact: str | None, day: date, knowledge: Knowledge) -> Fact | None:
    """A count of days or months that a source gives for that day; None where none is known."""
    found = knowledge.fact_on(fact, day) if fact else None
    return found if found is not None and isinstance(found.value, int) else None


def _printed(known: Known) -> LastDay | None:
    notice = known.notice
    if notice is None:
        return None
    if notice.last_day is not None:
        return LastDay("printed-day", {"last_day": notice.last_day}, notice.last_day)
    if notice.days is not None:
        return _printed_days(known, notice, notice.days)
    words = notice.words.strip()
    return LastDay("printed-words", {"words": words}) if words else None


def _printed_days(known: Known, notice: AppealNotice, days: int) -> LastDay:
    """The count of days from the start that the words right behind it tell; no day where they tell none that is known."""
    start = start_of(notice.counted_from or "") or start_in(notice.words, days)
    if start == "receipt" and known.got is not None:
        last = later(known.got, days, "days")
        return LastDay("printed-said", {"days": days, "day": known.got, "last_day": last}, last)
    if start == "service" and known.served is not None:
        last = later(known.served, days, "days")
        return LastDay("printed-service", {"days": days, "served": known.served, "last_day": last}, last)
    if start in ("other", "service"):
        return LastDay("printed-other", {"days": days, "words": notice.words.strip()})
    got = start == "receipt"
    if known.dated is None or start is None:
        return LastDay("printed-received-bare" if got else "printed-days", {"days": days})
    last = later(known.dated, days, "days")
    return LastDay("printed-received" if got else "printed-dated", {"days": days, "notice": known.dated, "last_day": last}, last)


def served_last(claims: Sequence[Claim]) -> date | None:
    """The last day of service of the only claim; None for several claims, or where a line has no day."""
    days = [line.service_date for line in claims[0].lines] if len(claims) == 1 else []
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _by_rule(known: Known, knowledge: Knowledge) -> LastDay:
    plan, day = decider(known.plan), known.dated or known.got or known.today
    if plan is None:
        return LastDay("no-plan")
    rights = knowledge.rights.get(plan)
    if day is None:
        return LastDay("no-date")
    rule = rule_on(rights.facts.get("appeal"), day, knowledge) if rights else None
    return _counted(known, rights, rule, knowledge) if rights and rule else LastDay("no-rule")


def _counted(known: Known, rights: PlanRights, rule: Fact, knowledge: Knowledge) -> LastDay:
    count, months = int(rule.value), "-months" if rule.unit == "months" else ""
    from_receipt = rights.counted_from == "receipt"
    if from_receipt and known.got is not None:
        last = later(known.got, count, rule.unit)
        return LastDay(f"rule-said{months}", {"count": count, "day": known.got, "last_day": last}, last, facts=(rule,))
    case = "rule-received" if from_receipt else "rule-dated"
    if known.dated is None:
        return LastDay(f"{case}-bare{months}", {"count": count}, facts=(rule,))
    last = later(known.dated, count, rule.unit)
    values: dict[str, int | date | str] = {"count": count, "notice": known.dated, "last_day": last}
    found = LastDay(f"{case}{months}", values, last, facts=(rule,))
    return _presumed(found, last, rule_on(rights.facts.get("receipt"), known.dated, knowledge))


def _presumed(found: LastDay, last: date, wait: Fact | None) -> LastDay:
    """Original Medicare takes a notice as received some days after its date: then both days are given."""
    if wait is None:
        return found
    latest = later(last, int(wait.value), wait.unit)
    values = {**found.values, "wait": int(wait.value), "latest": latest}
    return replace(found, case="rule-presumed", values=values, latest=latest, facts=(*found.facts, wait))
