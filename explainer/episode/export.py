"""The story as JSON, beside the contract's `case`."""

from typing import Any

from explainer.episode.bills import BillSeen
from explainer.episode.counts import Count, Reading
from explainer.episode.days import CareDay
from explainer.episode.story import Story, Teller
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang

_AMOUNTS = ("billed", "discount", "allowed", "deductible", "copay", "coinsurance", "not_covered", "plan_paid", "patient_owes")


def episode_json(story: Story, knowledge: Knowledge, lang: Lang) -> dict[str, Any]:
    """Text, a row for each day of care, the counts as they ran, and the bills in order."""
    return {
        "person": story.person.name if story.person else None,
        "text": Teller(story, knowledge, lang).text(),
        "visits": len(story.visits),
        "days": [_day(day) for day in story.days],
        "counts": [_count(count) for count in story.counts],
        "bills": [_bill(bill) for bill in story.bills],
    }


def _day(day: CareDay) -> dict[str, Any]:
    amounts = {name: day.amount(name) for name in _AMOUNTS}
    return {
        "day": day.day.isoformat(), "therapy": day.therapy, "refused": day.refused, "providers": list(day.providers),
        "services": [
            {"code": s.code, "words": s.words or None, "units": None if s.units is None else float(s.units)} for s in day.services
        ],
        **{name: None if amount is None else f"{amount:.2f}" for name, amount in amounts.items()},
        "lines": [{"file": e.document.file, "line": e.line.number} for e in day.entries],
    }  # fmt: skip


def _count(count: Count) -> dict[str, Any]:
    readings = [_reading(r, count.kind == "visits") for r in count.readings]
    return {
        "kind": count.kind, "scope": count.scope, "network": count.network, "course": count.course, "readings": readings,
    }  # fmt: skip


def _reading(reading: Reading, plain: bool) -> dict[str, Any]:
    used, limit = (None if v is None else str(v) if plain else f"{v:.2f}" for v in (reading.used, reading.limit))
    return {"day": reading.day.isoformat(), "used": used, "limit": limit}


def _bill(bill: BillSeen) -> dict[str, Any]:
    return {
        "file": bill.document.file, "day": bill.day.isoformat() if bill.day else None,
        "due": None if bill.due is None else f"{bill.due:.2f}", "relation": bill.relation,
        "new": [{"day": day.isoformat(), "code": code} for day, code in bill.new],
    }  # fmt: skip
