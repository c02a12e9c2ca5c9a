"""Many papers as one story: each number in it is on a paper, counts run in order, and nothing is said that papers do not show."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from checks_build import claim, line, money, paper

from explainer.case import check_case
from explainer.episode import Story, episode_json, stories_of, story_of
from explainer.knowledge.base import Knowledge
from explainer.model.document import Accumulator, Document
from explainer.model.source import Span
from explainer.readers import Upload, read
from explainer.settings import Limits

NINE = Path(__file__).parents[1] / "papers" / "episode" / "nine"
TODAY = date(2026, 3, 1)
D = date(2026, 1, 5)


@pytest.fixture(scope="session")
def real() -> Knowledge:
    return Knowledge.load()


def _nine(knowledge: Knowledge) -> tuple[Document, ...]:
    files = sorted(NINE.glob("eob-*.txt"), reverse=True)
    return tuple(read(Upload(f.stem, f.name, f.read_bytes()), knowledge, Limits()).document for f in files)


def test_nine_papers_in_any_order_are_one_story(real: Knowledge) -> None:
    expected = json.loads((NINE / "expected.json").read_text())
    for documents in (_nine(real), _nine(real)[::-1], (*_nine(real), *_copies(real))):
        story = story_of(check_case(documents, real, TODAY), real)
        assert story is not None
        told = {tongue: episode_json(story, real, tongue) for tongue in ("en", "es")}
        assert {tongue: told[tongue]["text"] for tongue in told} == expected["text"]
        assert told["en"]["visits"] == 9
        assert {c["kind"]: (c["course"], len(c["readings"])) for c in told["en"]["counts"]} == {
            "deductible": ("starts-over", 9), "visits": ("starts-over", 9),
        }  # fmt: skip
        assert [row["patient_owes"] for row in told["en"]["days"]] == expected["shares"]


def _copies(knowledge: Knowledge) -> tuple[Document, ...]:
    return tuple(replace(d, paper=f"copy-{d.paper}", file=f"copy-{d.file}") for d in _nine(knowledge)[:3])


def _eob(number: int, *codes: tuple[str, str], owes: str = "20", day: date | None = None, **rest: Any) -> Document:
    """A paper with one visit a week; every line costs 100, the plan allows 60."""
    when = day or D + timedelta(days=7 * (number - 1))
    plan = 60 - int(owes)
    lines = [
        line(n, code, money(f"100 60 {plan} {owes}", "short"), units, service_date=when, modifiers=("GP",))
        for n, (code, units) in enumerate(codes or (("97110", "2"),), 1)
    ]
    made = claim(*lines, claim_id=f"EX-100{number}", patient=rest.pop("patient", None), status=rest.pop("status", "paid"))
    return paper(made, paper=f"p{number}", payer="Sample Plan", notice_date=when + timedelta(days=9), **rest)


def _count(kind: str, used: str, limit: str | None = None) -> tuple[Accumulator, ...]:
    return (Accumulator(kind, Span("p"), Decimal(used), Decimal(limit) if limit else None),)


def _story(knowledge: Knowledge, *documents: Document) -> Story:
    story = story_of(check_case(documents, knowledge, TODAY), knowledge)
    assert story is not None
    return story


def _text(knowledge: Knowledge, *documents: Document) -> str:
    return str(episode_json(_story(knowledge, *documents), knowledge, "en")["text"])


def test_one_paper_or_none_is_no_story(real: Knowledge) -> None:
    for documents in ((), (_eob(1),), (_eob(1), replace(_eob(1), paper="again"))):
        assert story_of(check_case(documents, real, TODAY), real) is None


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (("20", "20", "20"), "Your share was $20.00 each time."),
        (("40", "40", "15"), "Your share was $40.00 a visit up to January 12, 2026, and $15.00 after that."),
        (("40", "10", "15"), "Your share of a visit was between $10.00 and $40.00."),
        (("0", "0", "0"), None),
    ],
)
def test_what_a_visit_came_to(real: Knowledge, shares: tuple[str, ...], said: str | None) -> None:
    text = _text(real, *(_eob(n, owes=share) for n, share in enumerate(shares, 1)))
    assert (said in text) if said else ("Your share" not in text)


@pytest.mark.parametrize(
    ("visits", "has", "lacks"),
    [
        ([("97110", "2")] * 3, ["All of them were 97110, exercises for strength and movement (2 units)."], ["Different"]),
        (
            [("97110", "2"), ("97110", "2"), ("97110", "3")],
            ["Most of them (2 of 3)", "Different: January 19, 2026: 97110 (3 units)."],
            ["wrong."],
        ),
        ([("97110", "2"), ("97112", "1")], ["2 therapy visits"], ["Most", "All of them", "Different"]),
        ([("97110", "1.5"), ("97110", "1.5")], ["All of them were 97110, exercises for strength and movement."], ["1.5"]),
    ],
)
def test_what_most_visits_were(real: Knowledge, visits: list[tuple[str, str]], has: list[str], lacks: list[str]) -> None:
    text = _text(real, *(_eob(n, visit) for n, visit in enumerate(visits, 1)))
    assert all(part in text for part in has)
    assert not any(part in text for part in lacks)


@pytest.mark.parametrize(
    ("kind", "used", "days", "course", "said"),
    [
        ("deductible", ("100", "300"), (0, 7), "runs", "$100.00 of $500.00 was used by January 14, 2026, and $300.00"),
        ("deductible", ("300", "300"), (0, 7), "same", "still on January 21, 2026"),
        ("deductible", ("480", "60"), (-30, 7), "starts-over", "started over with the new year"),
        ("deductible", ("300", "100"), (0, 7), "goes-back", "ask the plan why"),
        ("out-of-pocket", ("100", "300"), (0, 7), "runs", "Out-of-pocket limit: $100.00 of $500.00"),
        ("visits", ("3", "4"), (0, 7), "runs", "the plan counted 3 of 500 by January 14, 2026, and 4"),
    ],
)
def test_how_counts_run(real: Knowledge, kind: str, used: tuple[str, str], days: tuple[int, int], course: str, said: str) -> None:
    papers = [
        _eob(n, day=D + timedelta(days=shift), accumulators=_count(kind, amount, "500"))
        for n, (shift, amount) in enumerate(zip(days, used, strict=True), 1)
    ]
    story = _story(real, *papers[::-1])
    assert [c.course for c in story.counts] == [course]
    assert said in _text(real, *papers)


def test_a_limit_that_changed_is_given_for_neither_day(real: Knowledge) -> None:
    papers = [_eob(n, accumulators=_count("deductible", *pair)) for n, pair in ((1, ("250", "250")), (2, ("314", "500")))]
    text = _text(real, *papers)
    assert "$250.00 was used by" in text
    assert "of $" not in text


@pytest.mark.parametrize(("used", "said"), [("5", "Ask the plan for the dates it counted"), ("1", "may be older"), ("2", None)])
def test_the_plans_count_beside_the_papers(real: Knowledge, used: str, said: str | None) -> None:
    text = _text(real, _eob(1), _eob(2, accumulators=_count("visits", used, "20")))
    assert (said in text) if said else ("the plan counts" not in text)


def _bill(number: int, *visits: int, **rest: Any) -> Document:
    lines = [line(n, "97110", money("20", "owed"), service_date=D + timedelta(days=7 * v)) for n, v in enumerate(visits, 1)]
    made = claim(*lines, claim_id=None)
    return paper(made, paper=f"bill{number}", kind="bill", notice_date=D + timedelta(days=30 * number), **rest)


def test_a_reminder_is_told_from_new_charges(real: Knowledge) -> None:
    story = _story(real, _bill(3, 0, 1, 2), _bill(1, 0, 1), _bill(2, 0, 1))
    assert [b.relation for b in story.bills] == ["first", "reminder", "some-new"]
    assert [day for day, _ in story.bills[2].new] == [D + timedelta(days=14)]
    text = episode_json(story, real, "en")["text"]
    assert "may be a reminder. Do not pay twice." in text
    assert "1 service that no earlier bill lists" in text


def test_a_bill_of_another_sender_or_without_codes_reminds_of_nothing(real: Knowledge) -> None:
    other = replace(_bill(2, 0), claims=tuple(replace(c, provider="Another Clinic") for c in _bill(2, 0).claims))
    bare = replace(_bill(2, 0), claims=(claim(line(1, None, money("20", "owed")), claim_id=None),))
    for second in (other, bare):
        case = check_case((_bill(1, 0), second), real, TODAY)
        assert stories_of(case, real) == ()


def test_people_have_a_story_each(real: Knowledge) -> None:
    papers = [_eob(n, patient=name, owes=owes) for n, name, owes in ((1, "Ana Sample", "10"), (2, "Leo Sample", "15"))]
    papers += [_eob(n, patient=name, owes=owes) for n, name, owes in ((3, "Ana Sample", "10"), (4, "Leo Sample", "15"))]
    case = check_case(tuple(papers), real, TODAY)
    assert story_of(case, real) is None
    texts = {s.person.name: episode_json(s, real, "en")["text"] for s in stories_of(case, real) if s.person}
    assert {name: ("$10.00" in text, "$15.00" in text) for name, text in texts.items()} == {
        "Ana Sample": (True, False), "Leo Sample": (False, True),
    }  # fmt: skip


def test_a_claim_taken_back_is_no_visit(real: Knowledge) -> None:
    story = _story(real, _eob(1), _eob(2), _eob(3, status="reversed"))
    assert [d.day for d in story.days] == [D, D + timedelta(days=7)]


@pytest.mark.parametrize(
    ("allowed", "day", "group", "case", "verdict"),
    [
        ("1000.00", date(2026, 2, 3), "GP", "year-under", "ok"),
        ("1240.00", date(2026, 2, 3), "GP", "year-under", "ok"),
        ("1240.01", date(2026, 2, 3), "GP", "year-over", "explained"),
        ("1240.01", date(2026, 2, 3), "GO", "year-over", "explained"),
        ("1600.00", date(2026, 2, 3), "GN", "year-review", "explained"),
        ("1600.00", date(2031, 2, 3), "GP", "year-unknown", "not-checked"),
        ("1600.00", date(2026, 2, 3), "", None, None),
    ],
)
def test_medicares_yearly_amount(
    real: Knowledge, allowed: str, day: date, group: str, case: str | None, verdict: str | None
) -> None:
    """Two papers with the same allowed amount each: the year's threshold of 2026 is $2,480, the review mark $3,000."""
    papers = [
        paper(
            claim(
                line(1, amounts=money(f"2000 {allowed} 0 {allowed}", "short"), service_date=day + timedelta(days=n),
                     modifiers=(group,) if group else ()),
                claim_id=f"EX-200{n}",
            ),
            paper=f"m{n}", kind="msn", payer="Medicare",
        )
        for n in (1, 2)
    ]  # fmt: skip
    found = [f for f in check_case(tuple(papers), real, TODAY).findings_of("") if f.id == "threshold.kx"]
    assert [(f.case, f.verdict) for f in found] == ([(case, verdict)] if case else [])


def test_another_plans_therapy_has_no_such_amount(real: Knowledge) -> None:
    found = check_case((_eob(1), _eob(2)), real, TODAY).findings_of("")
    assert not [f for f in found if f.id == "threshold.kx"]
