"""What is said of FHIR files: an estimate, a cancelled claim and what was already paid are told before any amount."""

from datetime import date
from pathlib import Path

import pytest

from explainer.case import check_case
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.explain import summary
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.readers import Upload, read
from explainer.settings import Limits

FOLDER = Path(__file__).resolve().parent.parent / "papers" / "fhir"


def _document(name: str, knowledge: Knowledge) -> Document:
    return read(Upload("p1", name, (FOLDER / name).read_bytes()), knowledge, Limits()).document


@pytest.mark.parametrize(
    ("name", "lang", "first", "never"),
    [
        ("professional.json", "en", "The paper says you may owe $40.00", "estimate"),
        ("cancelled.json", "en", "This claim was cancelled", "$40.00"),
        ("cancelled.json", "es", "Este reclamo fue cancelado", "$40.00"),
        ("estimate-with-summary.json", "en", "This is only an estimate", "$80.00"),
        ("preauthorization.json", "es", "Esta es la respuesta a una solicitud de aprobación", "factura de $40.00"),
        ("pharmacy-paid-only.json", "en", "The file says that you already paid $12.00", "may owe $"),
        ("basis-no-money.json", "en", "", "$"),
        ("inpatient-header-money.json", "en", "The paper says you may owe $2,260.00", "$26,500.00 to"),
    ],
)
def test_what_is_owed(talker: Talker, knowledge: Knowledge, name: str, lang: Lang, first: str, never: str) -> None:
    document = _document(name, knowledge)
    case = check_case((document,), knowledge, date(2026, 3, 1))
    question = "What do I owe and why?" if lang == "en" else "¿Cuánto debo y por qué?"
    for text in (talker.ask(question, lang, case, Context()).answer.text, summary(document, knowledge, lang)):
        assert never not in text
    assert talker.ask(question, lang, case, Context()).answer.text.startswith(first)


@pytest.mark.parametrize(
    ("name", "first", "never"),
    [
        ("cancelled.json", "This claim was cancelled", "takes back an earlier"),
        ("bundle-two-people.json", "This file holds claims of 2 different people", "estimate"),
        ("basis-no-money.json", "This file lists the services but gives no amounts", "$"),
        ("list-type-last-reversal.json", "", "This claim was cancelled"),
        ("inpatient-header-money.json", "", "I found no services"),
    ],
)
def test_summary(knowledge: Knowledge, name: str, first: str, never: str) -> None:
    text = summary(_document(name, knowledge), knowledge, "en")
    assert text.startswith(first)
    assert never not in text
