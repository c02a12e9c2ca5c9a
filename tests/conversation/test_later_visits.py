"""Questions about a later visit are heard in many wordings."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from explainer.conversation.topics.appeal_asked import asks
from explainer.knowledge.base import Knowledge


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("How much will my next PT visit cost?", True),
        ("What will my next physical therapy appointment cost?", True),
        ("What will I owe if I go 5 more times?", True),
        ("What would 10 more visits cost?", True),
        ("¿Cuánto me va a costar la próxima visita de terapia?", True),
        ("¿Cuánto pagaré por 5 visitas más?", True),
        ("What do I owe for this visit?", False),
        ("What is next, and when I am well again do I need a visit?", False),
        ("¿Cuánto debo por la visita?", False),
    ],
)
def test_a_later_visit(words: str, later: bool, knowledge: Knowledge) -> None:
    talk = SimpleNamespace(knowledge=knowledge, question=SimpleNamespace(words=words))
    assert asks(cast("Any", talk), "asks-next-visit") is later
