"""deadline.appeal: the last day to appeal, from the paper's own words, else from the rule of the plan that the paper names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from explainer.checks.closed import closed
from explainer.checks.denials import denials
from explainer.checks.last_day import Known, LastDay, last_day, later, served_last
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document
from explainer.model.finding import Finding, Value
from explainer.model.source import Span

__all__ = ["check_deadline", "later", "notice_day", "plan_of"]

_UNKNOWN = ("no-plan", "no-date", "no-rule")
# The contract's names of what a finding tells.
_DETAIL = {"days": "days", "count": "days", "notice": "notice", "last_day": "last_day", "latest": "presumed"}


# Kinds that a payer prints as its title; the rules of a job's plan are told by no name.
_PUBLIC = frozenset(("medicare-advantage", "medicaid", "chip", "tricare", "fehb"))
_HEAD, _TITLE = 6, 7


def plan_of(document: Document, knowledge: Knowledge) -> str | None:
    """The kind of plan (a key of content/rights) that the paper itself names, or None. The longest name found counts."""
    if document.kind == "msn":
        return "medicare-original"
    return _named(document.plan_words or "", knowledge) or _named_at_head(document, knowledge)


def _named(words: str, knowledge: Knowledge) -> str | None:
    named = _names_in(words, knowledge)
    return max(named)[1] if named else None


def _names_in(words: str, knowledge: Knowledge) -> list[tuple[int, str]]:
    """The kinds of plan that words name, each with the length of the name."""
    words = words.casefold()
    return [
        (len(name), key)
        for key, plan in knowledge.rights.items()
        for name in plan.also.en
        if len(name) > 3 and (low := name.casefold()) in words and re.search(rf"\b{re.escape(low)}\b", words)
    ]


def _named_at_head(document: Document, knowledge: Knowledge) -> str | None:
    """The public program that the payer's own lines at the head name, as "A Medicare Advantage Plan". None where two are named:
    a sentence there may be about others."""
    if document.kind not in ("eob", "remittance"):
        return None
    head = [line.strip() for line in document.text.split("\n") if line.strip()][:_HEAD]
    titles = [
        line for line in (document.payer or "", *head) if len(line.split()) <= _TITLE and not line.endswith((".", ":", ","))
    ]
    found = {kind for line in titles for _, kind in _names_in(line, knowledge)} & _PUBLIC
    return found.pop() if len(found) == 1 else None


def notice_day(document: Document) -> date | None:
    """The day of the notice, else the earliest day a claim on it was processed."""
    processed = [claim.processed for claim in document.claims if claim.processed]
    return document.notice_date or min(processed, default=None)


def check_deadline(document: Document, knowledge: Knowledge, today: date | None = None) -> Iterator[Finding]:
    """One finding for a paper that prints a time to appeal or has an unpaid line, and whether the last day is past."""
    denied = tuple(d.line.number for d in denials(document, knowledge) if d.case not in ("bundled", "written-off"))
    if document.kind in ("bill", "sbc", "remittance") or (document.appeal is None and not denied):
        return
    plan = plan_of(document, knowledge)
    found = last_day(Known(document.appeal, plan, notice_day(document), served=served_last(document.claims)), knowledge)
    yield _on(_finding(document, denied, found, plan, _spans(document, found)), found.final, today)


def _on(finding: Finding, last: date | None, today: date | None) -> Finding:
    """The finding as it stands today. Counted from a day of receiving that nobody printed, the last day is only perhaps past."""
    if today is None or last is None or last >= today:
        return finding
    perhaps = finding.case.endswith(("-received", "-received-months", "-presumed"))
    key = f"finding.deadline.appeal.{'perhaps-past' if perhaps else 'past'}"
    values = {**finding.values, "more_key": key, "today": today.isoformat()}
    return replace(finding, values=values, detail={**finding.detail, "past": "perhaps" if perhaps else "yes"})


def _spans(document: Document, found: LastDay) -> tuple[Span, ...]:
    """Where the paper says it: its own words of appeals, or the date and the plan that the rule was told by."""
    if not found.facts:
        return (document.appeal.span,) if document.appeal and found.case not in _UNKNOWN else ()
    return tuple(document.places[name] for name in ("notice_date", "plan_words") if name in document.places)


def _finding(document: Document, denied: tuple[int, ...], found: LastDay, plan: str | None, spans: tuple[Span, ...]) -> Finding:
    values = {name: value.isoformat() if isinstance(value, date) else value for name, value in found.values.items()}
    rule: dict[str, Value] = {"plan_key": plan, "fact": found.facts[0].id} if found.facts else {}
    return Finding(
        "deadline.appeal",
        "not-checked" if found.case in _UNKNOWN else "explained",
        found.case,
        document.paper,
        lines=denied,
        values={**values, **rule},
        detail=_detail(values, rule, found),
        sources=tuple(dict.fromkeys(fact.source for fact in found.facts)) or ("eob-explainer",),
        spans=spans,
    )


def _detail(values: Mapping[str, Value], rule: Mapping[str, Value], found: LastDay) -> dict[str, object]:
    """The contract's extra keys; `closed` where the last day is a weekend or a federal holiday."""
    told: dict[str, object] = {_DETAIL[name]: value for name, value in values.items() if name in _DETAIL}
    if "fact" in rule:
        told["fact"] = rule["fact"]
    shut = closed(found.last) if found.last is not None else None
    return {**told, "closed": shut} if shut else told
