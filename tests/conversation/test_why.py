"""Why an answer came out as it did: words of the question, values and their words, places of the paper, dated facts."""

import math
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from scoring import document, talks

from explainer.case import Case, check_case
from explainer.conversation import classify
from explainer.conversation.answer import Answer
from explainer.conversation.engine import Talker, Turn
from explainer.conversation.masking import featured_by
from explainer.conversation.phrases import phrase_book
from explainer.conversation.question import Context
from explainer.conversation.told_why import why_json, why_lines, why_told
from explainer.corrections import Edit, edited
from explainer.knowledge.base import Knowledge
from explainer.paths import cache_dir, data_dir
from explainer.readers import Upload, read
from explainer.settings import Limits

TODAY = date(2026, 11, 23)
EXAMPLE = data_dir("content") / "examples" / "therapy.txt"


@pytest.fixture(scope="module")
def case(knowledge: Knowledge) -> Case:
    found = read(Upload("p1", "therapy.txt", EXAMPLE.read_bytes()), knowledge, Limits()).document
    return check_case((found,), knowledge, TODAY)


def asked(talker: Talker, case: Case, *questions: str, lang: Any = "en") -> Turn:
    """The last turn of a talk."""
    context = Context()
    for words in questions:
        turn = talker.ask(words, lang, case, context)
        context = turn.context
    return turn


def texts(phrases: Iterable[Any]) -> list[str]:
    return [phrase.text for phrase in phrases]


@pytest.fixture(scope="module")
def every_turn(talker: Talker, knowledge: Knowledge) -> list[tuple[str, Turn, Case]]:
    """Every turn of the talks."""
    out = []
    for talk in talks():
        held = tuple(document(name, i, knowledge) for i, name in enumerate(talk.documents, 1))
        case, context = check_case(held, knowledge, TODAY), Context()
        for wanted in talk.turns:
            turn = talker.ask(wanted["q"], talk.lang, case, context)
            context = turn.context
            out.append((wanted["q"], turn, case))
    return out


def test_what_is_quoted_of_a_question_stands_there(every_turn: list[tuple[str, Turn, Case]]) -> None:
    for words, turn, _ in every_turn:
        why = turn.answer.why
        assert why is not None
        for phrase in (*why.led.words, *why.led.first_words, *(t.words for t in why.took if t.words)):
            assert phrase.text == words[phrase.start : phrase.end] != ""
        for phrases in (why.led.words, why.led.first_words):
            assert all(one.end <= other.start for one, other in pairwise(phrases))


def test_nearly_every_topic_can_name_its_words(every_turn: list[tuple[str, Turn, Case]]) -> None:
    silent = [words for words, turn, _ in every_turn if turn.answer.why and not turn.answer.why.led.words]
    assert len(silent) <= len(every_turn) // 50, silent


def test_what_is_quoted_of_a_paper_stands_there(every_turn: list[tuple[str, Turn, Case]]) -> None:
    for _, turn, case in every_turn:
        papers = {d.paper: d for d in case.documents}
        for place in (p for s in turn.answer.statements for p in s.grounds.places):
            printed = " ".join("".join(c if c.isprintable() else " " for c in papers[place.paper].text).split())
            assert place.quote.rstrip("…") in printed
            assert place.line is None or papers[place.paper].line(place.line) is not None


def test_every_source_of_an_answer_is_a_dated_fact_of_a_statement(every_turn: list[tuple[str, Turn, Case]]) -> None:
    for _, turn, _ in every_turn:
        facts = {fact.source: fact for part in turn.answer.statements for fact in part.grounds.facts}
        assert list(facts) == [source.id for source in turn.answer.sources]
        assert all(fact.checked >= fact.as_of or fact.entry for fact in facts.values())


# Questions of one talk; by what the last is understood, the words that led there, the topic that the words alone are like.
@pytest.mark.parametrize(
    ("questions", "by", "words", "first"),
    [
        (["What do I owe?"], "examples", ["owe"], None),
        (["¿Cuánto tengo que pagar?"], "examples", ["pagar"], None),
        (["What is GP?"], "points-back", ["What is GP"], None),
        (["What do I owe?", "and the second line?"], "points-back", ["and the second line"], None),
        (["What do I owe?", "why?"], "why", ["why"], None),
        (["why?"], "why-of-nothing", ["why"], None),
        (["How many minutes is line 1?", "where is that written?"], "goes-on", ["where is that written"], None),
        (["I want to kill myself"], "danger", ["kill myself"], None),
        (["My chest hurts and I cannot breathe"], "danger", ["chest", "breathe"], None),
        (["What does code 97Z31 mean?"], "unknown-code", ["97Z31"], None),
        (["Should I stop doing the exercises?"], "sure-words", ["Should I stop doing"], None),
        (["is there a 30.00 on the second page"], "fits", ["30.00"], "document.line"),
    ],
)
def test_words_that_led_to_the_topic(
    questions: list[str], by: str, words: list[str], first: str | None, talker: Talker, case: Case
) -> None:
    why = asked(talker, case, *questions).answer.why
    assert why is not None
    assert (why.led.by, why.led.first) == (by, first)
    assert all(any(word in text for text in texts(why.led.words)) for word in words), texts(why.led.words)


@pytest.mark.parametrize(
    ("questions", "took"),
    [
        (["45 min on 10/06, line 2"], [("minutes", "45", "45 min"), ("dates", "2026-10-06", "10/06"), ("lines", "2", "line 2")]),
        (["what is 97110-gp-59"], [("codes", "97110", "97110"), ("modifiers", "GP", "gp"), ("modifiers", "59", "59")]),
        (["what is 97110"], [("codes", "97110", "97110"), ("lines", "1", "97110")]),
        (["an hour and a half for three units"], [("minutes", "90", "An hour and a half"), ("units", "3", "three units")]),
        (["they want $1,234.50, CO-45"], [("amounts", "1234.50", "$1,234.50"), ("keys", "CO-45", "CO-45")]),
        (["an appeal, my plan is self funded"], [("terms", "appeal", "appeal"), ("plan", "employer-self-funded", "self funded")]),
        (["remark ZX77Q"], [("unknown_codes", "ZX77Q", "ZX77Q")]),
        (["¿Cuántos minutos es la línea 2?"], [("lines", "2", "línea 2")]),
        (["how many units are 20 minutes", "and 37?"], [("minutes", "37", "37")]),
        (["how many minutes is line 2?", "why is it so long?"], [("lines", "2", None)]),
        (["hello"], []),
    ],
)
def test_values_and_the_words_they_were_taken_from(
    questions: list[str], took: list[tuple[str, str, str | None]], talker: Talker, case: Case
) -> None:
    why = asked(talker, case, *questions).answer.why
    assert why is not None
    found = [(t.kind, t.value, t.words.text.casefold() if t.words else None) for t in why.took]
    wanted = [(kind, value, words.casefold() if words else None) for kind, value, words in took]
    assert [t for t in found if t in wanted] == wanted, found
    assert took or not found


def test_what_words_count_for_adds_up_to_what_the_topic_scores(knowledge: Knowledge) -> None:
    """The sharpened scores give the difference between two topics; between two texts, the constant parts fall out."""
    classifier = classify.load(knowledge, cache_dir(), featured_by(phrase_book(knowledge)))

    def both(text: str) -> tuple[float, float]:
        weighed = classifier.weigh(text)
        score = {guess.topic: guess.score for guess in weighed.guesses}
        parts = [sum(classifier.led(weighed, topic)) for topic in ("money.owe", "appeal.how")]
        return math.log(score["money.owe"] / score["appeal.how"]) / 4, parts[0] - parts[1]

    one, other = both("what do I still owe for the 97110 on 3/4?"), both("how can I appeal a denied deductible?")
    assert one[0] - other[0] == pytest.approx(one[1] - other[1], abs=1e-3)
    assert one[0] > other[0]


def test_earlier_talk_counts_only_where_there_was_any(every_turn: list[tuple[str, Turn, Case]]) -> None:
    leaned = {(turn.context.turns > 1, turn.answer.why.led.leaned) for _, turn, _ in every_turn if turn.answer.why}
    assert (True, "talk") in leaned
    assert (False, "talk") not in leaned
    alone = [turn.answer.why for _, turn, case in every_turn if turn.context.turns == 1 and not case.documents]
    assert {why.led.leaned for why in alone if why} == {""}


def test_a_figure_points_at_its_line_its_field_and_its_words(talker: Talker, case: Case) -> None:
    places = [p for s in asked(talker, case, "What is the copay on line 1?").answer.statements for p in s.grounds.places]
    assert ("p1", 1, 1, "$30.00", "copay", False) in [(p.paper, p.page, p.line, p.quote, p.field, p.corrected) for p in places]


def test_a_corrected_value_is_said_to_be_corrected(talker: Talker, case: Case, knowledge: Knowledge) -> None:
    paper = edited(case.documents[0], [Edit("p1", 1, "set", "patient_owes", "25.00")])
    again = check_case((paper,), knowledge, TODAY)
    answer = asked(talker, again, "What do I owe on line 1?").answer
    marked = [p for s in answer.statements for p in s.grounds.places if p.field == "patient_owes" and p.line == 1]
    assert marked
    assert all(p.corrected and p.quote == "$30.00" for p in marked)
    assert "you corrected" in "\n".join(why_lines(answer, again.documents, knowledge))


def test_a_sum_over_many_lines_shows_its_first_places_and_counts_the_rest(talker: Talker, knowledge: Knowledge) -> None:
    lines = EXAMPLE.read_text("utf-8").split("\n")
    at = next(i for i, line in enumerate(lines) if "97110" in line)
    text = "\n".join([*lines[:at], *(lines[at].replace("10/06", f"10/{day:02}") for day in range(1, 13))])
    long = check_case((read(Upload("p1", "long.txt", text.encode()), knowledge, Limits()).document,), knowledge, TODAY)
    grounds = [s.grounds for s in asked(talker, long, "What do I owe?").answer.statements if s.grounds.places]
    assert all(len(g.places) <= 6 for g in grounds)
    assert max(g.more for g in grounds) == 6


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_topic_and_kind_has_words(lang: Any, knowledge: Knowledge) -> None:
    assert all(knowledge.say(f"why.topic.{topic}", lang) for topic in knowledge.topics)


@pytest.mark.parametrize(
    ("lang", "question", "says"),
    [
        (
            "en",
            "How many minutes is line 2?",
            ["a question about how many minutes", "From “line 2” I took", "page 1, line 2, units: “1”", "November 23, 2026"],
        ),
        (
            "es",
            "¿Cuántos minutos es la línea 2?",
            ["sobre a cuántos minutos", "De “línea 2” tomé", "página 1, línea 2, unidades: “1”", "23 de noviembre de 2026"],
        ),
    ],
)
def test_it_is_told_in_the_language_of_the_answer(
    lang: Any, question: str, says: list[str], talker: Talker, case: Case, knowledge: Knowledge
) -> None:
    told = "\n".join(why_lines(asked(talker, case, question, lang=lang).answer, case.documents, knowledge))
    assert all(text in told for text in says), told


def test_every_turn_can_be_told(every_turn: list[tuple[str, Turn, Case]], knowledge: Knowledge) -> None:
    for _, turn, case in every_turn:
        lines = list(why_lines(turn.answer, case.documents, knowledge))
        assert len(lines) > 1
        assert all(lines)


def test_it_outlives_its_paper_and_an_answer_without_it_is_silent(talker: Talker, case: Case, knowledge: Knowledge) -> None:
    answer = asked(talker, case, "What do I owe?").answer
    told = why_told(answer, (), knowledge)
    assert told is not None
    assert any("$30.00" in item.text for _, items in told.rests for item in items)
    bare = Answer("money.owe", "You may owe $30.00.", "en")
    assert why_told(bare, (), knowledge) is why_json(bare, (), knowledge) is None


@pytest.mark.parametrize(
    "words", ["!?" * 1000, "chest hurts " * 160, "line 2 $5 97110 " * 120, "ﬁ½" * 900, "97110-" + "gp-" * 600]
)
def test_long_and_odd_questions_name_few_words(words: str, talker: Talker, case: Case, knowledge: Knowledge) -> None:
    answer = asked(talker, case, words[:2000]).answer
    found = why_json(answer, case.documents, knowledge)
    assert found is not None
    assert len(found["words"]) <= 5
