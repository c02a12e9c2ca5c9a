"""The application with a store in memory and a clock that a test moves."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from explainer.conversation.engine import Talker
from explainer.knowledge.base import Knowledge
from explainer.paths import data_dir
from explainer.sessions.memory import MemoryShelf
from explainer.settings import Rates, Settings
from explainer.web import create_app

OFTEN = replace(Settings(), rates=Rates("100000 per minute", "100000 per minute", "100000 per minute"))
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class MovedClock:
    """Now, until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def shelf() -> MemoryShelf:
    return MemoryShelf()


@pytest.fixture
def app(knowledge: Knowledge, talker: Talker, shelf: MemoryShelf, clock: MovedClock) -> Flask:
    return create_app(OFTEN, knowledge, shelf, clock, talker)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture
def send(client: FlaskClient) -> Callable[..., object]:
    """Posts a form as a browser would, with the token of the start page."""

    def post(address: str, data: dict[str, object] | None = None, **extra: object) -> object:
        found = TOKEN.search(client.get("/").text)
        assert found is not None
        return client.post(address, data={"csrf_token": found[1], **(data or {})}, **extra)

    return post


@pytest.fixture(scope="session")
def paper() -> str:
    """A made-up paper."""
    return (data_dir("content") / "examples" / "therapy.txt").read_text("utf-8")
