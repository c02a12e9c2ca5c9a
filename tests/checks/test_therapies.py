"""Counts of visits of several therapies: each stands beside lines of its own kind, in the finding and in the story."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from checks_build import claim, line, paper

from explainer.case import check_case
from explainer.checks.therapies import may_be_of, named_in
from explainer.episode import Teller, stories_of
from explainer.episode.counts import counts_of
from explainer.explain import finding_text
from explainer.knowledge.base import Knowledge
from explainer.model.document import Accumulator, Document
from explainer.model.source import Span

TODAY = date(2026, 5, 1)


@pytest.fixture(scope="module")
def real() -> Knowledge:
    return Knowledge.load()


def _count(used: int, words: str, limit: int = 20) -> Accumulator:
    return Accumulator("visits", Span("p1", 1, used, used + 1), Decimal(used), Decimal(limit), words=words)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Physical and occupational therapy visits used: 24 of 30", {"PT", "OT"}),
        ("how many OT visits left", {"OT"}),
        ("do OT and ST count together", {"OT", "SLP"}),
        ("440 Shore st", set()),
        ("¿cuántas visitas de habla quedan?", {"SLP"}),
        ("Terapia física: 9 de 20", {"PT"}),
        ("Chiropractic visits: 20 of 20", {"DC"}),
        ("annual physical exam", set()),
        ("Therapy visits used: 12", set()),
    ],
)
def test_kinds_that_words_name(text: str, kinds: set[str]) -> None:
    assert named_in(text) == kinds


def test_what_names_no_kind_may_be_of_any() -> None:
    assert may_be_of(frozenset(), frozenset({"PT"}))
    assert not may_be_of(frozenset({"OT"}), frozenset({"PT"}))


def _refused_ot(*counts: Accumulator) -> Document:
    refused = line(1, "97530", "144 0 0 144 0 0 0 0 144", modifiers=("GO",), adjustments=("PR-119",))
    return paper(claim(refused, line(2, "92507", modifiers=("GN",))), accumulators=counts)


@pytest.mark.parametrize(
    ("counts", "cases"),
    [
        (("Occupational therapy: 20", "Speech therapy: 4"), {20: ("reached", (1,)), 4: ("left", ())}),
        (("Speech therapy: 4",), {4: ("left", ())}),
        (("Occupational therapy: 4",), {4: ("denied-with-visits-left", (1,))}),
        (("Therapy visits: 4",), {4: ("denied-with-visits-left", (1,))}),
        (("Visits: 20", "Visits: 4"), {20: ("reached", (1,)), 4: ("left", ())}),
    ],
)
def test_a_count_stands_beside_the_lines_of_its_kind(
    counts: tuple[str, ...], cases: dict[int, tuple[str, tuple[int, ...]]], real: Knowledge
) -> None:
    document = _refused_ot(*(_count(int(words.split()[-1]), words) for words in counts))
    found = [f for f in check_case((document,), real, TODAY).all_findings() if f.id == "limit.visits"]
    assert {f.values["used"]: (f.case, f.lines) for f in found} == cases


def test_several_counts_say_which_they_are(real: Knowledge) -> None:
    document = _refused_ot(_count(20, "Occupational therapy: 20 of 20"), _count(4, "Visits: 4 of 20"))
    found = [f for f in check_case((document,), real, TODAY).all_findings() if f.id == "limit.visits"]
    named, unnamed = (finding_text(f, real, "en")[0] for f in found)
    assert "Occupational therapy: 20 of 20" in named
    assert "does not say which therapy" in unnamed


def _on(day: int, member: str | None, *counts: Accumulator) -> Document:
    one = line(1, service_date=date(2026, day, 3))
    spans = tuple(replace(c, span=Span(f"p{day}")) for c in counts)
    return replace(
        paper(claim(one, claim_id=f"C{day}"), accumulators=spans),
        paper=f"p{day}", notice_date=date(2026, day, 20), member_id=member,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("members", "first", "second", "runs"),
    [
        (("A1", "A1"), "Physical therapy", "Physical therapy", 1),
        (("A1", "A1"), "Physical therapy", "Speech therapy", 2),
        (("A1", "B2"), "Physical therapy", "Physical therapy", 2),
        (("A1", None), "Physical therapy", "Physical therapy", 1),
    ],
)
def test_counts_of_other_therapy_or_of_another_plan_are_not_joined(
    members: tuple[str | None, ...], first: str, second: str, runs: int, real: Knowledge
) -> None:
    documents = (_on(2, members[0], _count(3, f"{first}: 3 of 20")), _on(3, members[1], _count(5, f"{second}: 5 of 20")))
    counts = counts_of(check_case(documents, real, TODAY), None)
    assert len(counts) == runs


@pytest.mark.parametrize(
    ("payers", "words", "said"),
    [
        (("Sample Plan", "Sample Plan"), "Physical therapy", ["5 visits (physical therapy); these papers show 2 of that year"]),
        ((None, None), "Visits", ["5 visits; these papers show 2 of that year"]),
        (("Sample Plan", "Other Plan"), "Physical therapy", []),
        (("Sample Plan", None), "Physical therapy", []),
    ],
)
def test_visits_of_two_plans_stand_beside_no_plans_count(
    payers: tuple[str | None, ...], words: str, said: list[str], real: Knowledge
) -> None:
    documents = [
        replace(_on(day, "A1", _count(used, f"{words}: {used} of 20")), payer=payer, notice_date=date(2026, 4, 20 + day))
        for day, used, payer in zip((2, 3), (3, 5), payers, strict=True)
    ]
    (story,) = stories_of(check_case(documents, real, TODAY), real)
    sentences = Teller(story, real, "en").sentences()
    assert [s.partition("the plan counts ")[2].partition(".")[0] for s in sentences if "the plan counts" in s] == said
