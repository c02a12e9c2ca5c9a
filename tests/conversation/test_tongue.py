"""The language of a question is told by its own words; codes, names and single words tell nothing."""

import json

import pytest
from click.testing import CliRunner

from explainer.cli import main
from explainer.conversation.tongue import spoken
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang


@pytest.mark.parametrize(
    ("words", "running", "told"),
    [
        ("¿Cuánto debo?", "en", "es"),
        ("cuanto debo", "en", "es"),
        ("por que no pagaron la linea 2", "en", "es"),
        ("¿Y por qué?", "en", "es"),
        ("explíqueme el renglón 3", "en", "es"),
        ("CUANTO TENGO QUE PAGAR", "en", "es"),
        ("what do I owe?", "es", "en"),
        ("and why was that denied", "es", "en"),
        # Nothing is told by a code, a name, a greeting or one word alone.
        ("97110", "en", "en"),
        ("97110", "es", "es"),
        ("CO-45?", "es", "es"),
        ("¿97110?", "en", "en"),
        ("María de la Cruz", "en", "en"),
        ("maria de la cruz", "en", "en"),
        ("la de abajo", "es", "es"),
        ("De La Cruz", "en", "en"),
        ("does De La Cruz Therapy owe me anything", "en", "en"),
        ("what did Clinica Del Sol bill", "en", "en"),
        ("¿cuánto le debo a The Oaks Clinic?", "es", "es"),
        ("hola", "en", "en"),
        ("ok", "es", "es"),
        ("no", "es", "es"),
        ("copay?", "es", "es"),
        ("what does “no cubierto” mean", "en", "en"),
        ("qué significa «not covered»", "es", "es"),
        ("", "es", "es"),
    ],
)
def test_the_language_of_a_question(words: str, running: Lang, told: Lang, knowledge: Knowledge) -> None:
    assert spoken(words, running, knowledge) == told


@pytest.mark.parametrize(
    ("chosen", "questions", "langs"),
    [
        (None, ["¿Qué significa 97110?", "97140?", "and what does CO-45 mean?"], ["es", "es", "en"]),
        ("en", ["¿Qué significa 97110?"], ["en"]),
        ("es", ["what does 97110 mean?"], ["es"]),
    ],
)
def test_a_chosen_language_wins(chosen: str | None, questions: list[str], langs: list[str]) -> None:
    asked = {"questions": questions, **({"lang": chosen} if chosen else {})}
    done = CliRunner().invoke(main, ["chat", "--jsonl"], input=json.dumps(asked) + "\n")
    assert [answer["lang"] for answer in json.loads(done.stdout)["answers"]] == langs
