"""The last day to appeal over kinds of plan and days of notice: leap days, ends of months, weekends, holidays, unknown years."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from explainer.checks.closed import closed
from explainer.checks.last_day import Known, LastDay, last_day, rule_on
from explainer.knowledge.base import Knowledge
from explainer.knowledge.load import load_raw
from explainer.model.document import AppealNotice
from explainer.model.source import Span
from explainer.paths import data_dir

KNOWN = Knowledge(load_raw(data_dir("content"), None))
PAPER = Span("p1")
EMPLOYERS = (
    "employer", "employer-self-funded", "employer-insured", "cobra", "government-employer", "church", "marketplace",
)  # fmt: skip
# Kinds of plan without a number of days that any federal rule gives.
WITHOUT = ("va", "student", "workers-comp", "auto", "short-term", "tricare-for-life", "none")


def by_rule(plan: str | None, dated: str | None, got: str | None = None) -> LastDay:
    """What the rule alone tells."""
    day, came = (date.fromisoformat(text) if text else None for text in (dated, got))
    return last_day(Known(None, plan, day, came, date(2026, 11, 25)), KNOWN)


# Every day is counted by hand: 180 days, 120 days and 5 more, 65, 60, 90 and 30 days, 6 months.
DAYS = [
    ("employer", "2026-05-01", "2026-10-28", None),
    ("employer", "2026-12-31", "2027-06-29", None),
    ("employer", "2027-09-02", "2028-02-29", None),
    ("employer", "2028-02-29", "2028-08-27", None),
    ("medicare-original", "2026-05-01", "2026-08-29", "2026-09-03"),
    ("medicare-original", "2027-10-31", "2028-02-28", "2028-03-04"),
    ("medicare-original", "2028-02-29", "2028-06-28", "2028-07-03"),
    ("medicare-original", "2027-12-31", "2028-04-29", "2028-05-04"),
    ("medigap", "2026-05-01", "2026-08-29", "2026-09-03"),
    ("medicare-advantage", "2026-05-01", "2026-07-05", None),
    ("medicare-advantage", "2024-12-31", "2025-03-01", None),
    ("medicare-advantage", "2025-01-01", "2025-03-07", None),
    ("medicare-advantage", "2028-02-29", "2028-05-04", None),
    ("medicare-advantage", "2027-12-31", "2028-03-05", None),
    ("medicaid", "2026-12-31", "2027-03-01", None),
    ("medicaid", "2028-01-01", "2028-03-01", None),
    ("chip", "2027-12-31", "2028-02-29", None),
    ("tricare", "2026-10-31", "2027-01-29", None),
    ("tricare", "2028-02-29", "2028-05-29", None),
    ("fehb", "2026-08-31", "2027-02-28", None),
    ("fehb", "2027-08-31", "2028-02-29", None),
    ("fehb", "2028-02-29", "2028-08-29", None),
    ("fehb", "2026-12-31", "2027-06-30", None),
    ("indian-health", "2028-01-30", "2028-02-29", None),
    ("indian-health", "2026-01-31", "2026-03-02", None),
]


@pytest.mark.parametrize(("plan", "notice", "last", "latest"), DAYS)
def test_the_day_counted_from_the_notice(plan: str, notice: str, last: str, latest: str | None) -> None:
    found = by_rule(plan, notice)
    assert (found.last, found.latest) == (date.fromisoformat(last), date.fromisoformat(latest) if latest else None)
    assert found.final == found.latest or found.final == found.last


@pytest.mark.parametrize("plan", EMPLOYERS)
@pytest.mark.parametrize(("notice", "last"), [("2026-05-01", "2026-10-28"), ("2028-02-29", "2028-08-27")])
def test_plans_under_one_rule_end_on_one_day(plan: str, notice: str, last: str) -> None:
    assert by_rule(plan, notice).last == date.fromisoformat(last)


@pytest.mark.parametrize("plan", WITHOUT)
def test_a_kind_of_plan_without_a_rule_gets_no_day(plan: str) -> None:
    found = by_rule(plan, "2026-05-01")
    assert (found.case, found.values, found.last, found.facts) == ("no-rule", {}, None, ())


def test_every_kind_of_plan_is_in_a_table() -> None:
    told = {*EMPLOYERS, *WITHOUT, *(plan for plan, *_ in DAYS)}
    assert told == set(KNOWN.rights)


@pytest.mark.parametrize(
    ("plan", "notice"),
    [
        ("employer", "2011-12-31"),
        ("medicare-original", "2005-12-31"),
        ("medicare-advantage", "2005-12-31"),
        ("medicaid", "2018-06-30"),
        ("tricare", "2018-12-31"),
        ("fehb", "2014-12-31"),
        ("indian-health", "2002-12-31"),
    ],
)
def test_a_year_without_a_known_figure_gets_none(plan: str, notice: str) -> None:
    found = by_rule(plan, notice)
    assert (found.case, found.values, found.last) == ("no-rule", {}, None)


@pytest.mark.parametrize(
    ("plan", "dated", "got", "case", "last"),
    [
        # The day it came counts where the rule starts with it, and not where the rule starts with the notice's date.
        ("employer", "2026-05-01", "2026-05-09", "rule-said", "2026-11-05"),
        ("employer", None, "2028-02-29", "rule-said", "2028-08-27"),
        ("medicare-original", None, "2026-05-06", "rule-said", "2026-09-03"),
        ("medicare-advantage", "2026-05-01", "2026-05-20", "rule-dated", "2026-07-05"),
        ("medicare-advantage", None, "2026-05-20", "rule-dated-bare", None),
        ("fehb", None, None, "rule-dated-bare-months", None),
        ("employer", None, None, "rule-received-bare", None),
        (None, "2026-05-01", None, "no-plan", None),
    ],
)
def test_the_day_it_came_and_what_is_missing(
    plan: str | None, dated: str | None, got: str | None, case: str, last: str | None
) -> None:
    found = by_rule(plan, dated, got)
    assert (found.case, found.last) == (case, date.fromisoformat(last) if last else None)


@pytest.mark.parametrize("plan", [None, "employer", "medicare-original", "workers-comp"])
@pytest.mark.parametrize(
    ("notice", "case", "last"),
    [
        (AppealNotice(PAPER, last_day=date(2028, 2, 29)), "printed-day", "2028-02-29"),
        (AppealNotice(PAPER, days=60, words="60 days from the date of this letter"), "printed-dated", "2026-06-30"),
        (AppealNotice(PAPER, days=60, words="within 60 days after you receive this"), "printed-received", "2026-06-30"),
        (
            AppealNotice(PAPER, days=60, words="must be received by us within 60 days of the notice date"),
            "printed-dated",
            "2026-06-30",
        ),
        (AppealNotice(PAPER, days=60), "printed-days", None),
        (AppealNotice(PAPER, words="You may appeal."), "printed-words", None),
    ],
)
def test_what_the_notice_prints_goes_before_every_rule(
    plan: str | None, notice: AppealNotice, case: str, last: str | None
) -> None:
    found = last_day(Known(notice, plan, date(2026, 5, 1)), KNOWN)
    assert (found.case, found.last, found.facts) == (case, date.fromisoformat(last) if last else None, ())


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("year", "holidays"),
    [
        # As published for federal workers; days that fall on a weekend are kept on the workday beside it.
        (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
        (2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
        (2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
        (2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"),
    ],
)
def test_federal_holidays(year: int, holidays: str) -> None:
    assert [f"{day:%m-%d}" for day in _days(year) if closed(day) == "holiday"] == holidays.split()


def test_weekends_are_weekends() -> None:
    assert {day.weekday() for day in _days(2028) if closed(day) == "weekend"} == {5, 6}
    assert sum(closed(day) == "weekend" for day in _days(2028)) == 106


def test_a_rule_that_is_only_remembered_gives_no_day() -> None:
    """A value marked unverified never becomes a figure, whatever it says."""
    raw = {family: dict(entries) for family, entries in load_raw(data_dir("content"), None).items()}
    held = {"since": "2025-01-01", "value": 180, "source": "domain-knowledge", "checked": "2026-11-25", "sure": "unverified"}
    raw["fact"]["appeal.aca-employer.internal"] = {**raw["fact"]["appeal.aca-employer.internal"], "values": [held]}
    knowledge = Knowledge(raw)
    assert rule_on("appeal.aca-employer.internal", date(2026, 5, 1), knowledge) is None
    assert last_day(Known(None, "employer", date(2026, 5, 1)), knowledge).case == "no-rule"
