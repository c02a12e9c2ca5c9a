"""Whose paper a turn is about, where the papers name several people; and newer papers of one claim."""

from dataclasses import replace
from datetime import date

import pytest
from build import claim, paper
from papers import COPAY, TWO_PEOPLE, row

from explainer.case import Case, check_case
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document

TODAY = date(2026, 5, 1)
WHICH = "Which one do you mean?"
DANA, ROBIN = "This is about Dana Fields.", "This is about Robin Fields."
# A conversation each: what is said, and what the answer must hold.
TALKS = {
    "asked back, then by name": [("what do I owe?", WHICH), ("Robin", ROBIN), ("why?", ROBIN)],
    "the other one": [("what does Dana owe?", DANA), ("and the other one?", ROBIN), ("the other person", DANA)],
    "the other one of nobody yet": [("what do I owe?", WHICH), ("the other one", WHICH)],
    "a son nobody named": [("what does my son owe?", WHICH), ("Robin", ROBIN), ("what did the plan pay for Dana?", DANA),
                           ("and my son's?", ROBIN)],
    "one's own name": [("I am Dana. What do I owe?", DANA), ("and my daughter's?", ROBIN), ("what do I owe for mine?", DANA)],
    "a line tells whose": [("what do I owe for line 2?", ROBIN), ("what did the plan pay?", ROBIN)],
    "spelled otherwise": [("how much does FIELDS, DANA owe", DANA)],
    "by no name that all have": [("what does Fields owe?", WHICH)],
}  # fmt: skip
SPANISH = {
    "preguntar y nombrar": [("¿cuánto debo?", "¿De quién pregunta usted?"), ("de Robin", "Esto es de Robin Fields.")],
    "la otra persona": [("¿cuánto debe Dana?", "Esto es de Dana Fields."), ("¿y la otra persona?", "Esto es de Robin Fields.")],
    "mi hija": [("soy Dana, ¿cuánto debo?", "Esto es de Dana Fields."), ("¿y mi hija?", "Esto es de Robin Fields.")],
}


def _hold(talker: Talker, turns: list[tuple[str, str]], lang: str, case: Case) -> None:
    context = Context()
    for words, expected in turns:
        turn = talker.ask(words, lang, case, context)  # type: ignore[arg-type]
        context = turn.context
        assert expected in turn.answer.text, (words, turn.answer.text)
        assert "$55.00" not in turn.answer.text, "amounts of two people were added"


@pytest.mark.parametrize("name", TALKS)
def test_who_is_meant(talker: Talker, knowledge: Knowledge, name: str) -> None:
    _hold(talker, TALKS[name], "en", check_case((TWO_PEOPLE,), knowledge, TODAY))


@pytest.mark.parametrize("name", SPANISH)
def test_who_is_meant_in_spanish(talker: Talker, knowledge: Knowledge, name: str) -> None:
    _hold(talker, SPANISH[name], "es", check_case((TWO_PEOPLE,), knowledge, TODAY))


def test_a_name_that_is_also_a_word(talker: Talker, knowledge: Knowledge) -> None:
    """A patient called Bill is not every bill."""
    people = tuple(replace(c, patient=n) for c, n in zip(TWO_PEOPLE.claims, ("Bill Fields", "May Fields"), strict=True))
    case = check_case((replace(TWO_PEOPLE, claims=people),), knowledge, TODAY)
    turns = [("may I wait for the bill?", WHICH), ("what will the bill be?", WHICH), ("what does Bill owe?", "about Bill Fields")]
    _hold(talker, turns, "en", case)


def test_father_and_son_of_one_name(talker: Talker, knowledge: Knowledge) -> None:
    """Which of the two is meant is asked for, and either can be named."""
    people = tuple(replace(c, patient=n) for c, n in zip(TWO_PEOPLE.claims, ("Lee Fields", "Lee Fields Jr"), strict=True))
    case = check_case((replace(TWO_PEOPLE, claims=people),), knowledge, TODAY)
    turns = [("what do I owe?", WHICH), ("Lee Fields Jr", "This is about Lee Fields Jr."), ("Lee Fields", "about Lee Fields.")]
    _hold(talker, turns, "en", case)


def test_one_person_is_never_asked_for(talker: Talker, knowledge: Knowledge) -> None:
    other = replace(COPAY, paper="p2", claims=tuple(replace(c, patient="FIELDS, DANA", claim_id="Z-9") for c in COPAY.claims))
    case = check_case((COPAY, other), knowledge, TODAY)
    text = talker.ask("what did the plan pay?", "en", case, Context()).answer.text
    assert WHICH not in text
    assert "This is about" not in text


def _state(amounts: str, day: date | None, name: str) -> Document:
    return paper(claim(row(1, "97110", "EXERCISE", amounts), claim_id="EX-1001", processed=day), name=name)


FIRST = _state("90.00 40.00 50.00 0.00 30.00 0.00 0.00 20.00 30.00", date(2026, 3, 20), "eob")


@pytest.mark.parametrize(
    ("day", "says"),
    [(date(2026, 4, 20), "Go by the newer paper"), (date(2026, 3, 1), None), (None, "ask your plan which one holds")],
)
def test_a_newer_paper_of_the_claim_is_told(talker: Talker, knowledge: Knowledge, day: date | None, says: str | None) -> None:
    second = _state("90.00 40.00 50.00 0.00 0.00 0.00 0.00 50.00 0.00", day, "second")
    text = talker.ask("what do I owe?", "en", check_case((FIRST, second), knowledge, TODAY), Context()).answer.text
    assert (says in text) if says else ("newer" not in text)


def test_papers_of_one_person_are_added_once(talker: Talker, knowledge: Knowledge) -> None:
    copy = replace(FIRST, paper="copy")
    visit = row(1, "97112", "BALANCE", "70.00 20.00 50.00 0.00 25.00 0.00 0.00 25.00 25.00", day="2026-03-12")
    later = paper(claim(visit, claim_id="EX-2002", processed=date(2026, 3, 30)), name="later")
    text = talker.ask("what do I owe?", "en", check_case((FIRST, copy, later), knowledge, TODAY), Context()).answer.text
    assert "$55.00 in all" in text
