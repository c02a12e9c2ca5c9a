from collections.abc import Iterator
from pathlib import Path

import pytest
from session_samples import FakeClock

from explainer.sessions import Keeper, Shelf
from explainer.sessions.embedded import EmbeddedShelf
from explainer.sessions.memory import MemoryShelf
from explainer.settings import Times


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "visits.sqlite3"


@pytest.fixture(params=["memory", "embedded"])
def shelf(request: pytest.FixtureRequest, store_file: Path) -> Iterator[Shelf]:
    made: Shelf = MemoryShelf() if request.param == "memory" else EmbeddedShelf(store_file)
    yield made
    made.close()


@pytest.fixture
def keeper(shelf: Shelf, clock: FakeClock) -> Keeper:
    return Keeper(shelf, Times(), clock)
