"""Last days to appeal: printed words first, then the rule of the plan that the paper names."""

from datetime import date
from typing import Any

import pytest
from checks_build import KNOWLEDGE, claim, line, paper

from explainer.checks import run_checks
from explainer.checks.deadlines import later, plan_of
from explainer.explain import finding_text
from explainer.knowledge.base import Knowledge
from explainer.model.document import AppealNotice, Document
from explainer.model.finding import Finding
from explainer.model.source import Span

NOTICE = date(2026, 5, 1)
DENIED = line(1, amounts="124 0 0 124 0 0 0 0 124", remarks=("PR-119",))
SPAN = Span("p1")
SERVED = "of the date of service"


def deadline(document: Document) -> Finding | None:
    return next((f for f in run_checks((document,), KNOWLEDGE)[0][1] if f.id == "deadline.appeal"), None)


@pytest.mark.parametrize(
    ("about", "case", "last_day", "presumed"),
    [
        ({"plan_words": "Evergreen PPO (employer plan)", "notice_date": NOTICE}, "rule-received", "2026-10-28", None),
        ({"kind": "msn", "notice_date": NOTICE}, "rule-presumed", "2026-08-29", "2026-09-03"),
        ({"plan_words": "Medicare Advantage HMO", "notice_date": NOTICE}, "rule-dated", "2026-07-05", None),
        ({"plan_words": "Federal employee plan", "notice_date": date(2026, 8, 31)}, "rule-dated-months", "2027-02-28", None),
        ({"plan_words": "employer plan"}, "no-date", None, None),
        ({"notice_date": NOTICE}, "no-plan", None, None),
        ({"plan_words": "student plan", "notice_date": NOTICE}, "no-rule", None, None),
        ({"plan_words": "employer plan", "notice_date": date(2024, 5, 1)}, "no-rule", None, None),
        (
            {"appeal": AppealNotice(SPAN, last_day=date(2026, 9, 9)), "plan_words": "employer plan"},
            "printed-day",
            "2026-09-09",
            None,
        ),
        (
            {"appeal": AppealNotice(SPAN, days=90, words="90 days from the date you get this notice"), "notice_date": NOTICE},
            "printed-received",
            "2026-07-30",
            None,
        ),
        (
            {"appeal": AppealNotice(SPAN, days=90, counted_from="notice date"), "notice_date": NOTICE},
            "printed-dated",
            "2026-07-30",
            None,
        ),
        ({"appeal": AppealNotice(SPAN, days=90)}, "printed-days", None, None),
        # The bare word "date" tells no start: of the service, of the check, of the letter are three days.
        (
            {"appeal": AppealNotice(SPAN, days=90, words=f"90 days {SERVED}"), "notice_date": NOTICE},
            "printed-service",
            "2026-07-06",
            None,
        ),
        (
            {"appeal": AppealNotice(SPAN, days=90, words="90 days from the date of the check"), "notice_date": NOTICE},
            "printed-other",
            None,
            None,
        ),
        ({"appeal": AppealNotice(SPAN, days=90, counted_from="service")}, "printed-service", "2026-07-06", None),
        ({"appeal": AppealNotice(SPAN, words="60 business days"), "notice_date": NOTICE}, "printed-words", None, None),
    ],
)
def test_last_day(about: dict[str, Any], case: str, last_day: str | None, presumed: str | None) -> None:
    made = deadline(paper(DENIED, **about))
    assert made is not None
    assert (made.case, made.detail.get("last_day"), made.detail.get("presumed")) == (case, last_day, presumed)
    assert (made.verdict == "not-checked") == case.startswith("no-")


@pytest.mark.parametrize(
    ("about", "today", "past", "says"),
    [
        ({"appeal": AppealNotice(SPAN, last_day=date(2026, 9, 9))}, date(2026, 9, 9), None, "last day to appeal"),
        ({"appeal": AppealNotice(SPAN, last_day=date(2026, 9, 9))}, date(2026, 9, 10), "yes", "good reason"),
        ({"plan_words": "Federal employee plan", "notice_date": NOTICE}, date(2026, 12, 1), "yes", "good reason"),
        ({"plan_words": "employer plan", "notice_date": NOTICE}, date(2026, 11, 1), "perhaps", "unless the paper reached you"),
        ({"kind": "msn", "notice_date": NOTICE}, date(2026, 9, 2), None, "last day"),
        ({"kind": "msn", "notice_date": NOTICE}, date(2026, 9, 4), "perhaps", "unless the paper reached you"),
        ({"notice_date": NOTICE}, date(2030, 1, 1), None, "what kind of plan"),
    ],
)
def test_a_day_that_is_past_is_told(about: dict[str, Any], today: date, past: str | None, says: str) -> None:
    checked = run_checks((paper(DENIED, **about),), KNOWLEDGE, today)
    made = next(f for f in checked[0][1] if f.id == "deadline.appeal")
    assert made.detail.get("past") == past
    for lang, day in (("en", "Today is"), ("es", "Hoy es")):
        text, question = finding_text(made, KNOWLEDGE, lang)  # type: ignore[arg-type]
        assert (day in text) == (past is not None)
        assert question.endswith("?")
    assert says.lower() in " ".join(finding_text(made, KNOWLEDGE, "en")).lower()


def test_the_processed_date_stands_in_for_the_notice() -> None:
    made = deadline(paper(claim(DENIED, processed=NOTICE), plan_words="employer plan"))
    assert made is not None
    assert made.detail["notice"] == "2026-05-01"


@pytest.mark.parametrize(
    "document",
    [
        paper(line(1), plan_words="employer plan", notice_date=NOTICE),
        paper(line(1, "97010", "25 25 0 0 0 0 0 0 0", remarks=("M15",)), plan_words="employer plan", notice_date=NOTICE),
        paper(DENIED, kind="bill", notice_date=NOTICE),
    ],
)
def test_nothing_to_appeal(document: Document) -> None:
    assert deadline(document) is None


@pytest.mark.parametrize(
    ("words", "plan"),
    [
        ("Medicare Advantage", "medicare-advantage"),
        ("Medicare", "medicare-original"),
        ("employer plan (PPO)", "employer"),
        ("PPO 1500", None),
        ("pre-employer planning", None),
        (None, None),
    ],
)
def test_the_longest_plan_name_counts(words: str | None, plan: str | None) -> None:
    assert plan_of(paper(plan_words=words), KNOWLEDGE) == plan


@pytest.mark.parametrize(
    ("head", "plan"),
    [
        ("GREENLEAF SENIOR (HMO)\nA Medicare Advantage Plan\nEXPLANATION OF BENEFITS", "medicare-advantage"),
        ("Bay State Medicaid Health Plan\nNotice of payment", "medicaid"),
        ("Sample Plan\nIf you have Medicare Advantage, call us first.", None),
        ("Sample Plan\nMedicare Advantage Plan\nMedicaid Plan", None),
        ("Sample Plan\nEXPLANATION OF BENEFITS\nMember\nDana\n1\n2\nMedicaid", None),
    ],
)
def test_a_public_program_is_known_from_the_head_of_the_paper(head: str, plan: str | None, knowledge: Knowledge) -> None:
    assert plan_of(paper(text=head), knowledge) == plan
    assert plan_of(paper(text=head, kind="bill"), knowledge) is None


@pytest.mark.parametrize(
    ("day", "count", "unit", "last"),
    [
        (date(2026, 8, 31), 6, "months", date(2027, 2, 28)),
        (date(2026, 12, 1), 1, "months", date(2027, 1, 1)),
        (date(2026, 12, 31), 1, "days", date(2027, 1, 1)),
    ],
)
def test_later(day: date, count: int, unit: str, last: date) -> None:
    assert later(day, count, unit) == last
