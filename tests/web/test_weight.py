"""A page with its style and script stays small, so that an old phone on a slow line shows it soon."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

Send = Callable[..., Any]
MOST_BYTES = 100_000
PART = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')


def _weight(client: FlaskClient, address: str) -> int:
    """Bytes of the page and of every style and script it names, as they are sent."""
    page = client.get(address)
    assert page.status_code in (200, 404)
    parts = PART.findall(page.text)
    assert len(parts) >= (1 if "/embed/" in address else 3)
    return len(page.data) + sum(len(client.get(part).data) for part in parts)


@pytest.mark.parametrize("base", ["", "/es"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/units?units=3",
        "/codes",
        "/codes/97110",
        "/embed/codes/97110",
        "/desk",
        "/terms",
        "/terms/copay",
        "/privacy",
        "/nowhere",
    ],
)
def test_pages_without_a_paper(client: FlaskClient, base: str, address: str) -> None:
    assert _weight(client, base + address) < MOST_BYTES


@pytest.mark.parametrize("base", ["", "/es"])
@pytest.mark.parametrize("name", ["therapy", "denial", "medicare"])
def test_a_paper_and_a_talk(client: FlaskClient, send: Send, base: str, name: str) -> None:
    send("/visits", {"example": name})
    for question in ("what do I owe?", "what is line 1?", "how do I appeal?", "what is a copay?"):
        send("/visit/questions", {"q": question})
    for address in ("/visit", "/visit?fix=1-1", "/visit/handout?both=1", "/visit/letters/appeal"):
        assert _weight(client, base + address) < MOST_BYTES, address


@pytest.mark.parametrize("address", ["/visit", "/es/visit", "/visit?at=9-0"])
def test_many_papers(client: FlaskClient, send: Send, root: Path, address: str) -> None:
    files = sorted((root / "tests" / "papers" / "episode" / "nine").glob("*.txt"))
    send("/visits", {"file": [(io.BytesIO(file.read_bytes()), file.name) for file in files]})
    assert _weight(client, address) < MOST_BYTES


@pytest.mark.parametrize("base", ["", "/es"])
def test_a_desk(client: FlaskClient, send: Send, root: Path, base: str) -> None:
    files = [*sorted((root / "content" / "examples").glob("*.txt")), root / "tests" / "papers" / "x12" / "two-patients.835"]
    send("/desk/papers", {"file": [(io.BytesIO(file.read_bytes()), file.name) for file in files]})
    assert _weight(client, base + "/desk") < MOST_BYTES
    assert "DANA TESTCASE" in client.get(base + "/desk").text
