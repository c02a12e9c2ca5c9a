"""Whole conversations: enough turns come out right, and none does harm."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from scoring import Judged, document, hold, talks

from explainer.conversation.engine import Talker
from explainer.knowledge.base import Knowledge

RIGHT_AT_LEAST = 0.87
LEAST_TALKS = 120


@pytest.fixture(scope="module")
def judged(talker: Talker, knowledge: Knowledge) -> list[Judged]:
    return hold(talker, knowledge)


@pytest.mark.parametrize(
    ("paper", "kind", "lines", "owes"),
    [
        ("tidewater.txt", "eob", 4, "199.00"),
        ("prairie.txt", "eob", 3, "103.40"),
        ("wren-msn.txt", "msn", 3, "20.00"),
        ("redmesa.txt", "eob", 3, "0.00"),
        ("harborlight.txt", "eob", 4, "120.00"),
        ("cobalt.txt", "eob", 3, "45.00"),
        ("ironwood.txt", "eob", 3, "200.00"),
        ("cottonwood-bill.txt", "bill", 3, "121.40"),
    ],
)
def test_the_papers_of_the_talks_are_read(paper: str, kind: str, lines: int, owes: str, knowledge: Knowledge) -> None:
    read = document(paper, 1, knowledge)
    owed = sum((line.amounts.patient_owes or Decimal(0) for line in read.lines), Decimal(0))
    assert (read.kind, len(read.lines), owed) == (kind, lines, Decimal(owes))


def test_the_talks_can_be_judged(knowledge: Knowledge) -> None:
    held = list(talks())
    assert max(Counter(talk.id for talk in held).values()) == 1
    assert len(held) >= LEAST_TALKS
    wanted = Counter(topic for talk in held for turn in talk.turns for topic in turn["topics"])
    assert set(wanted) == set(knowledge.topics), "a topic without talks, or a talk of no topic"
    for talk in held:
        for turn in talk.turns:
            assert set(turn) <= {"q", "topics", "must", "must_not", "lines"}, talk.id
            assert all(re.compile(p) for p in (*turn.get("must", ()), *turn.get("must_not", ()))), talk.id


def test_enough_turns_are_right(judged: list[Judged]) -> None:
    failing = [j for j in judged if j.wrong]
    share = 1 - len(failing) / len(judged)
    assert share >= RIGHT_AT_LEAST, f"{share:.1%} of {len(judged)} turns are right\n" + "\n".join(map(str, failing))


def test_no_turn_does_harm(judged: list[Judged]) -> None:
    harmful = [j for j in judged if j.harmful]
    assert not harmful, "\n" + "\n".join(map(str, harmful))


def test_a_code_does_not_answer_what_plan_it_is(judged: list[Judged]) -> None:
    held = [j for j in judged if j.talk.id == "bug-code-is-no-plan"]
    assert [j.wrong for j in held] == [(), ()], "\n" + "\n".join(map(str, held))


def test_no_mended_fault_comes_back(judged: list[Judged]) -> None:
    failing = [j for j in judged if j.talk.id.startswith("mended-") and j.wrong]
    assert not failing, "\n" + "\n".join(map(str, failing))
