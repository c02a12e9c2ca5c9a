"""Several questions in one turn, what is taken back, and stories before a question."""

import pytest
from scoring import TODAY, document

from explainer.case import check_case
from explainer.conversation.engine import Talker
from explainer.conversation.parts import parts_of
from explainer.conversation.phrases import phrase_book
from explainer.conversation.question import Context
from explainer.conversation.slots import Heard, SlotFinder
from explainer.knowledge.base import Knowledge


@pytest.fixture(scope="module")
def finder(knowledge: Knowledge) -> SlotFinder:
    return SlotFinder(knowledge, phrase_book(knowledge))


def heard(words: str, finder: SlotFinder, knowledge: Knowledge) -> Heard:
    return finder.hear(words, check_case((), knowledge, today=TODAY), Context())


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("What do I owe?", ["What do I owe?"]),
        ("What do I owe? Who do I pay?", ["What do I owe?", "Who do I pay?"]),
        (
            "what is line 3, how many minutes is it and what do I pay",
            ["what is line 3,", "how many minutes is it", "and what do I pay"],
        ),
        ("I was there 40 minutes. Does that fit? And what is GP?", ["I was there 40 minutes. Does that fit?", "And what is GP?"]),
        ("¿Cuánto debo y hasta cuándo puedo apelar?", ["¿Cuánto debo", "y hasta cuándo puedo apelar?"]),
        ("My copay was $40.00 and the paper is blue", ["My copay was $40.00 and the paper is blue"]),
        ("", [""]),
    ],
)
def test_pieces(words: str, pieces: list[str], finder: SlotFinder, knowledge: Knowledge) -> None:
    parts = parts_of(heard(words, finder, knowledge))
    assert [part.of(words).strip() for part in parts] == pieces
    assert all(words[part.start : part.end] == part.of(words)[part.start :] for part in parts)


# What is asked of ironwood.txt in one turn, the topic, and what all must be in the one answer.
@pytest.mark.parametrize(
    ("words", "topic", "said"),
    [
        ("What do I owe, and how long do I have to appeal?", "money.owe", ["$200.00", "180 days"]),
        ("How many visits are left? And who do I call?", "coverage.visits", ["24", "555-0174"]),
        ("What do I owe and is it safe to run?", "money.owe", ["$200.00"]),
        ("What do I owe, and what do I owe?", "money.owe", ["$200.00"]),
        ("My chest hurts badly. What do I owe?", "decline.urgent", ["911"]),
    ],
)
def test_each_is_answered(words: str, topic: str, said: list[str], talker: Talker, knowledge: Knowledge) -> None:
    case = check_case((document("ironwood.txt", 1, knowledge),), knowledge, today=TODAY)
    answer = talker.ask(words, "en", case, Context()).answer
    assert answer.topic == topic
    assert all(text in answer.text for text in said)
    assert answer.text.count("$200.00") <= 2
    why = answer.why
    assert why is not None
    assert all(words[p.start : p.end] == p.text for p in why.led.words)


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("What is 97110, sorry, 97112?", "codes", ("97112",)),
        ("how long is 3 units, I mean 2 units", "units", (2,)),
        ("what is PR-1, no I mean PR-2", "keys", ("PR-2",)),
        ("¿Qué es 97110, perdón, 97530?", "codes", ("97530",)),
        ("Sorry to ask, what are 97110 and 97112?", "codes", ("97110", "97112")),
        ("back to the minutes: what if it was only 30", "minutes", (30,)),
        ("minutes for each of the 2 lines", "minutes", ()),
    ],
)
def test_what_is_taken_back_is_not_named(
    words: str, slot: str, value: tuple[object, ...], finder: SlotFinder, knowledge: Knowledge
) -> None:
    assert getattr(heard(words, finder, knowledge).slots, slot) == value
