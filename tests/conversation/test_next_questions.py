"""What is offered after an answer can be asked, is answered as what it is, and never says the same again."""

import pytest
from scoring import TODAY, document

from explainer.case import Case, check_case
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LANGS, Lang

PAPERS = [
    (), ("tidewater.txt",), ("redmesa.txt",), ("wren-msn.txt",), ("harborlight.txt",), ("cottonwood-bill.txt",),
    ("prairie.txt", "cottonwood-bill.txt"),
]  # fmt: skip
EVERY = 3


def case_of(names: tuple[str, ...], knowledge: Knowledge) -> Case:
    return check_case(tuple(document(n, i, knowledge) for i, n in enumerate(names, 1)), knowledge, today=TODAY)


def first_example(topic: str, lang: Lang, knowledge: Knowledge) -> str:
    examples = knowledge.topics[topic].examples
    return (examples.en if lang == "en" else examples.es)[0]


@pytest.mark.parametrize("names", PAPERS, ids="+".join)
@pytest.mark.parametrize("lang", LANGS)
def test_three_are_offered_and_each_is_answered(names: tuple[str, ...], lang: Lang, talker: Talker, knowledge: Knowledge) -> None:
    case = case_of(names, knowledge)
    for topic in sorted(knowledge.topics)[PAPERS.index(names) % EVERY :: EVERY]:
        turn = talker.ask(first_example(topic, lang, knowledge), lang, case, Context())
        answer = turn.answer
        if answer.topic == "decline.urgent":
            assert answer.suggestions == ()
            continue
        assert len(set(answer.suggestions)) == 3, (topic, answer.suggestions)
        assert answer.topic not in {one.topic for one in answer.ask_next}
        for one, words in zip(answer.ask_next, answer.suggestions, strict=True):
            came = talker.ask(words, lang, case, turn.context).answer
            assert came.topic == one.topic, (topic, words, came.topic)
            assert came.text != answer.text, (topic, words)


@pytest.mark.parametrize("names", [(), ("ironwood.txt",), ("prairie.txt", "cottonwood-bill.txt")], ids="+".join)
@pytest.mark.parametrize("lang", LANGS)
def test_no_answer_comes_twice_in_a_row(names: tuple[str, ...], lang: Lang, talker: Talker, knowledge: Knowledge) -> None:
    case = case_of(names, knowledge)
    for topic in sorted(knowledge.topics):
        words, context, last = first_example(topic, lang, knowledge), Context(), ""
        for _ in range(3):
            turn = talker.ask(words, lang, case, context)
            assert turn.answer.text != last or turn.answer.topic == "decline.urgent", (topic, turn.answer.text)
            context, last = turn.context, turn.answer.text


def test_what_was_answered_is_not_offered(talker: Talker, knowledge: Knowledge) -> None:
    case, context = case_of(("ironwood.txt",), knowledge), Context()
    answered: list[str] = []
    for words in ("What do I owe?", "Who do I pay?", "Why was line 3 not paid?", "How long do I have to appeal?"):
        turn = talker.ask(words, "en", case, context)
        answered.append(turn.answer.topic)
        assert not set(answered) & {one.topic for one in turn.answer.ask_next}
        context = turn.context


# A paper, the topic, and what is among the questions offered after "What does this paper say in short?".
@pytest.mark.parametrize(
    ("names", "offered"),
    [
        (("redmesa.txt",), "denial.reason"),
        (("prairie.txt", "cottonwood-bill.txt"), "bill.compare"),
        (("cobalt.txt",), "money.owe"),
    ],
)
def test_a_paper_gives_reason_to_ask(names: tuple[str, ...], offered: str, talker: Talker, knowledge: Knowledge) -> None:
    turn = talker.ask("Do you keep my papers?", "en", case_of(names, knowledge), Context())
    assert offered in {one.topic for one in turn.answer.ask_next}
