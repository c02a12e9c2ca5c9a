"""Danger to health or life is answered first, whatever else is asked; worry about money is not danger."""

import pytest

from explainer.case import Case
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context

DANGER = [
    ("en", "quick question about line 2 but also my chest hurts and I'm sweating"),
    ("en", "since therapy this morning I can't feel my legs, is that covered"),
    ("en", "i took too many pills because of these bills"),
    ("en", "honestly I want to die, I can't pay this"),
    ("en", "mom passed out after PT and won't wake up what code is that"),
    ("en", "his face is drooping and slurred speech, who do we call about the bill"),
    ("es", "me duele mucho el pecho desde la terapia, ¿qué código es?"),
    ("es", "ya no quiero vivir con estas deudas"),
    ("es", "mi papá se desmayó y no reacciona"),
    ("es", "no puedo respirar bien, ¿a quién llamo?"),
]
HARMLESS = [
    ("en", "I nearly had a heart attack when I saw this bill, what do I owe?"),
    ("en", "this copay is killing me, why is it so high"),
    ("en", "my arm was numb so they did PT, what is 97112"),
    ("en", "the bill took my breath away, how can it be that much"),
    ("es", "casi me da un infarto cuando vi la cuenta, ¿cuánto debo?"),
    ("es", "esta factura me está matando, ¿por qué es tan alta?"),
]


@pytest.mark.parametrize(("lang", "words"), DANGER)
def test_danger_comes_first(lang: str, words: str, talker: Talker) -> None:
    answer = talker.ask(words, "es" if lang == "es" else "en", Case(), Context()).answer
    assert answer.topic == "decline.urgent"
    assert "911" in answer.statements[0].text
    assert answer.suggestions == ()


@pytest.mark.parametrize(("lang", "words"), HARMLESS)
def test_worry_is_not_danger(lang: str, words: str, talker: Talker) -> None:
    assert talker.understood(words, "es" if lang == "es" else "en", Case(), Context()).question.topic != "decline.urgent"
