"""A real browser against the real program. Without Chromium these tests are skipped here, and fail on the build machine."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pictured import SlowReader
from playwright.sync_api import Page
from werkzeug.serving import make_server

from explainer.conversation.engine import Talker
from explainer.knowledge.base import Knowledge
from explainer.sessions.memory import MemoryShelf
from explainer.settings import Rates, Settings
from explainer.web import create_app

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM.exists() or os.environ.get("CI") == "true":
        return
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason=f"no {CHROMIUM}: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet = ["--disable-component-update", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": [*flags, *quiet]}


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> SlowReader:
    """Reads made-up files with pictures, and waits where a test wants to see how far it is."""
    return SlowReader(knowledge)


@pytest.fixture(scope="session")
def base_url(knowledge: Knowledge, talker: Talker, reader: SlowReader) -> Iterator[str]:
    often = replace(Settings(), rates=Rates("1000 per minute", "1000 per minute", "1000 per minute"))
    app = create_app(often, knowledge, MemoryShelf(), talker=talker, reader=reader)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(5)


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains of: script errors, and everything the content policy refused. None may be left."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []
