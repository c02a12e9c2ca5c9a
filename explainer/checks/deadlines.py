"""deadline.appeal: the last day to appeal, from the paper's own words, else from the rule of the plan that the paper names."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from explainer.checks.denials import denials
from explainer.knowledge.base import Fact, Knowledge
from explainer.model.document import AppealNotice, Document
from explainer.model.finding import Finding, Value, Verdict
from explainer.model.source import Span

_RECEIVED = re.compile(r"recei|recib|get|got|deliver", re.IGNORECASE)
_DATED = re.compile(r"date|notice|letter|fecha|aviso|carta", re.IGNORECASE)
# Rules that count from receiving the notice; the others count from its date.
_FROM_RECEIPT = ("appeal.aca-employer.", "appeal.medicare.")


def plan_of(document: Document, knowledge: Knowledge) -> str | None:
    """The kind of plan (a key of content/rights) that the paper itself names, or None. The longest name found counts."""
    if document.kind == "msn":
        return "medicare-original"
    words = (document.plan_words or "").casefold()
    named = [
        (len(name), key)
        for key, plan in knowledge.rights.items()
        for name in plan.also.en
        if len(name) > 3 and re.search(rf"\b{re.escape(name.casefold())}\b", words)
    ]
    return max(named)[1] if named else None


def notice_day(document: Document) -> date | None:
    """The day of the notice, else the earliest day a claim on it was processed."""
    processed = [claim.processed for claim in document.claims if claim.processed]
    return document.notice_date or min(processed, default=None)


def later(day: date, count: int, unit: str) -> date:
    """That many days or months after a day; a month without such a day ends on its last one."""
    if unit != "months":
        return day + timedelta(days=count)
    months = day.month - 1 + count
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def check_deadline(document: Document, knowledge: Knowledge, today: date | None = None) -> Iterator[Finding]:
    """One finding for a paper that prints a time to appeal or has an unpaid line, and whether the last day is past."""
    denied = tuple(d.line.number for d in denials(document, knowledge) if d.case not in ("bundled", "written-off"))
    if document.kind in ("bill", "sbc", "remittance") or (document.appeal is None and not denied):
        return
    if document.appeal is not None and (document.appeal.last_day or document.appeal.days):
        found = _printed(document, document.appeal, denied, knowledge)
    else:
        found = _by_rule(document, denied, knowledge)
    yield _on(found, today)


def _on(finding: Finding, today: date | None) -> Finding:
    """The finding as it stands today. Counted from a day of receiving that nobody printed, the last day is only perhaps past."""
    last = finding.values.get("presumed") or finding.values.get("last_day")
    if today is None or not isinstance(last, str) or date.fromisoformat(last) >= today:
        return finding
    perhaps = finding.case.endswith(("-received", "-presumed"))
    key = f"finding.deadline.appeal.{'perhaps-past' if perhaps else 'past'}"
    values = {**finding.values, "more_key": key, "today": today.isoformat()}
    return replace(finding, values=values, detail={**finding.detail, "past": "perhaps" if perhaps else "yes"})


def _printed(document: Document, appeal: AppealNotice, denied: tuple[int, ...], knowledge: Knowledge) -> Finding:
    own, spans = ("eob-explainer",), (appeal.span,)
    if appeal.last_day:
        return _finding(document, "printed-day", denied, {"last_day": appeal.last_day.isoformat()}, own, spans)
    day, days = notice_day(document), appeal.days or 0
    # "from the date you get this notice" speaks of receiving it.
    from_words = f"{appeal.counted_from or ''} {appeal.words}"
    received = bool(_RECEIVED.search(from_words))
    if day is None or not (received or _DATED.search(from_words)):
        return _finding(document, "printed-days", denied, {"days": days}, own, spans)
    values: dict[str, Value] = {"days": days, "notice": day.isoformat(), "last_day": later(day, days, "days").isoformat()}
    return _finding(document, "printed-received" if received else "printed-dated", denied, values, own, spans)


def _by_rule(document: Document, denied: tuple[int, ...], knowledge: Knowledge) -> Finding:
    plan, day = plan_of(document, knowledge), notice_day(document)
    facts = knowledge.rights[plan].facts if plan and plan in knowledge.rights else {}
    fact = knowledge.fact_on(facts["appeal"], day) if day and "appeal" in facts else None
    if plan is None or day is None or fact is None or not isinstance(fact.value, int) or fact.sure == "unverified":
        case = "no-plan" if plan is None else "no-date" if day is None else "no-rule"
        return _finding(document, case, denied, {}, ("eob-explainer",), (), "not-checked")
    return _rule(document, denied, plan, fact, fact.value, day, knowledge)


def _rule(
    document: Document, denied: tuple[int, ...], plan: str, fact: Fact, count: int, day: date, knowledge: Knowledge
) -> Finding:
    last = later(day, count, fact.unit)
    values: dict[str, Value] = {
        "days": count,
        "notice": day.isoformat(),
        "last_day": last.isoformat(),
        "plan_key": plan,
        "fact": fact.id,
    }
    presumed = knowledge.rights[plan].facts.get("receipt")
    wait = knowledge.fact_on(presumed, day) if presumed else None
    case = "rule-received" if fact.id.startswith(_FROM_RECEIPT) else "rule-dated"
    if wait is not None and isinstance(wait.value, int):
        values |= {"wait": wait.value, "presumed": later(last, wait.value, wait.unit).isoformat()}
        case = "rule-presumed"
    spans = tuple(span for span in (document.places.get("notice_date"), document.places.get("plan_words")) if span is not None)
    return _finding(document, f"{case}-{fact.unit}" if fact.unit == "months" else case, denied, values, (fact.source,), spans)


def _finding(
    document: Document,
    case: str,
    denied: tuple[int, ...],
    values: dict[str, Value],
    sources: tuple[str, ...],
    spans: tuple[Span, ...],
    verdict: Verdict = "explained",
) -> Finding:
    return Finding(
        "deadline.appeal",
        verdict,
        case,
        document.paper,
        lines=denied,
        values=values,
        detail={k: v for k, v in values.items() if k in ("days", "notice", "last_day", "presumed", "fact")},
        sources=sources,
        spans=spans,
    )
