"""Last days for a calendar: printed or counted, never past, as RFC 5545 wants it, and without the patient's data."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from explainer.case import Case
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import AppealNotice
from explainer.model.source import Span
from explainer.takeaway.calendar import REMIND_DAYS, Event, calendar_file, events
from explainer.takeaway.matter import matters

icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")
Open = Callable[..., Case]


def found(case: Case, knowledge: Knowledge, lang: Lang = "en") -> tuple[Event, ...]:
    return events(matters(case, knowledge, lang))


@pytest.mark.parametrize(
    ("name", "today", "days", "says"),
    [
        ("provider-denial", "2026-11-25", ["appeal 2027-05-01"], "your paper gives 180 days, from November 2, 2026"),
        ("printed-day", "2026-11-25", ["appeal 2027-01-11"], "printed on your paper"),
        ("printed-day", "2027-01-11", ["appeal 2027-01-11"], "wins"),
        ("printed-day", "2027-01-12", [], ""),
        ("medicare", "2026-11-25", ["appeal 2027-02-27"], "rule for your kind of plan"),
        ("two-plans", "2026-11-25", ["appeal 2027-04-12", "appeal 2027-05-16"], "counted"),
        ("bill-above", "2026-05-01", ["due 2026-05-20", "appeal 2026-10-03"], "printed on your paper"),
        ("bill-above", "2026-11-25", [], ""),
        ("paid", "2026-11-25", [], ""),
        ("benefits", "2026-11-25", [], ""),
    ],
)
def test_days_to_come(name: str, today: str, days: list[str], says: str, case: Open, knowledge: Knowledge) -> None:
    got = found(case(name, date.fromisoformat(today)), knowledge)
    assert [f"{event.kind} {event.day}" for event in got] == days
    assert not says or says in got[0].text


@pytest.mark.parametrize("appeal", [None, AppealNotice(Span("p0"), days=60), AppealNotice(Span("p0"), words="You may appeal.")])
def test_an_uncertain_day_is_never_given(appeal: AppealNotice | None, case: Open, knowledge: Knowledge) -> None:
    assert found(case("provider-denial", appeal=appeal), knowledge) == ()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_calendar_reads_it(lang: Lang, case: Open, knowledge: Knowledge) -> None:
    today = date(2026, 5, 1)
    got = found(case("bill-above", today), knowledge, lang)
    read = icalendar.Calendar.from_ical(calendar_file(got, today)).walk("VEVENT")
    assert len(read) == len(got) == 2
    for event, component in zip(got, read, strict=True):
        assert component.decoded("dtstart") == event.day
        assert component.decoded("dtend") == event.day + timedelta(days=1)
        assert (str(component["summary"]), str(component["description"])) == (event.title, event.text)
        alarms = [alarm.decoded("trigger") for alarm in component.walk("VALARM")]
        # At nine in the morning of the day so many days before.
        assert alarms == [
            timedelta(hours=9) - timedelta(days=days) for days in REMIND_DAYS if today <= event.day - timedelta(days=days)
        ]


def test_a_reminder_that_is_past_is_left_out() -> None:
    event = Event("appeal", date(2026, 12, 1), "a", "b")
    assert calendar_file((event,), date(2026, 11, 25)).count("BEGIN:VALARM") == 1


@pytest.mark.parametrize("text", ["a;b,c\\d\ne", "ñ" * 200, "x" * 74 + "é" * 3, "", "emoji 😀" * 30])
def test_texts_are_escaped_and_folded(text: str) -> None:
    file = calendar_file((Event("appeal", date(2027, 1, 1), text, text),), date(2026, 11, 25))
    assert file.endswith("\r\n")
    assert "\n" not in file.replace("\r\n", "")
    assert max(len(line.encode()) for line in file.split("\r\n")) <= 75
    component = icalendar.Calendar.from_ical(file).walk("VEVENT")[0]
    assert str(component["description"]) == text


@pytest.mark.parametrize("name", ["provider-denial", "bill-above", "printed-day"])
def test_it_tells_nothing_of_the_patient(name: str, case: Open, knowledge: Knowledge) -> None:
    opened = case(name, date(2026, 5, 1))
    file = calendar_file(found(opened, knowledge), opened.today).replace("\r\n ", "")
    told: list[Any] = [x for d in opened.documents for c in d.claims for x in (c.patient, c.provider, c.claim_id)]
    told += [x for d in opened.documents for x in (d.member_id, d.payer)]
    told += [x for d in opened.documents for line in d.lines for x in (line.code, line.description)]
    assert [word for word in told if word and word in file] == []
    assert file == calendar_file(found(opened, knowledge), opened.today).replace("\r\n ", "")
