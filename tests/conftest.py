"""What all tests share: the knowledge and the talker are loaded once."""

from pathlib import Path

import pytest

from explainer.conversation.engine import Talker
from explainer.knowledge.base import Knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="session")
def talker(knowledge: Knowledge) -> Talker:
    return Talker(knowledge)


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).resolve().parent.parent
