"""The day of a letter, printed alone on a line of its head."""

from collections.abc import Iterator, Sequence
from datetime import date

from explainer.readers.blocks import Fact
from explainer.readers.fields import dates
from explainer.readers.record import LINE, Record
from explainer.readers.rows import Row

_HEAD_ROWS = 14


def day_of_head(rows: Sequence[Row], events: Sequence[Fact | Record]) -> list[Fact]:
    """The notice's day where no label names one: the only day alone on a line above all services, where each of these has a day
    of its own that is not later."""
    lines = [e for e in events if isinstance(e, Record) and e.kind == LINE]
    facts = [e for e in events if isinstance(e, Fact)]
    served = _served(lines, facts)
    if not lines or not served or any(f.field == "notice_date" for f in facts):
        return []
    labelled = {f.value.start for f in facts if f.field != "section_date"}
    first = min(line.start for line in lines)
    found = [(fact, day) for fact, day in _alone([r for r in rows if r.end < first]) if fact.value.start not in labelled]
    return [fact for fact, day in found if len(found) == 1 and day >= max(served)]


def _served(lines: Sequence[Record], facts: Sequence[Fact]) -> list[date]:
    """The days of all services; none where one of them has no day."""
    whole = any(f.field == "service_date" for f in facts)
    texts = [line.text("service_date") for line in lines if line.text("service_date") or not whole]
    texts += [f.value.text for f in facts if f.field == "service_date"]
    days = [dates.days(text) for text in texts]
    return [day.last or day.first for day in days if day] if all(days) else []


def _alone(above: Sequence[Row]) -> Iterator[tuple[Fact, date]]:
    for row in [r for r in above if not r.blank][:_HEAD_ROWS]:
        day = dates.days(row.single.text) if row.single else None
        if row.single and day and day.last is None:
            yield Fact("notice_date", row.single), day.first
