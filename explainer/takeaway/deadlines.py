"""The last days that the checks found on the plan's papers. Nothing is counted here."""

from datetime import date

from explainer.model.finding import Finding
from explainer.takeaway.matter import Matter


def deadlines(matter: Matter) -> tuple[Finding, ...]:
    """What the checks say of the last day to appeal, also where they say that they cannot tell it."""
    papers = {d.paper for d in matter.plans}
    return tuple(f for f in matter.case.all_findings() if f.id == "deadline.appeal" and f.paper in papers)


def last_day(finding: Finding) -> date | None:
    """The safe last day; None where the checks give none."""
    return _day(finding, "last_day")


def counted_from(finding: Finding) -> date | None:
    """The day of the notice that the last day was counted from; None where it was not counted."""
    return _day(finding, "notice")


def _day(finding: Finding, name: str) -> date | None:
    told = finding.values.get(name) if finding.verdict != "not-checked" else None
    return date.fromisoformat(told) if isinstance(told, str) else None
