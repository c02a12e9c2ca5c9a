"""The first sentences of a page: of a plan's paper and a bill, what each of them says."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

Send = Callable[..., Any]


@pytest.mark.parametrize(
    ("base", "asks"), [("", "You also sent a bill. It asks for $47.65."), ("/es", "También mandó una factura. Pide $47.65.")]
)
def test_a_bill_beside_the_plans_paper(client: FlaskClient, send: Send, root: Path, base: str, asks: str) -> None:
    files = sorted((root / "tests" / "papers" / "cases" / "faults" / "bill-more-wide-short").glob("*.txt"))
    send(base + "/visits", {"file": [(io.BytesIO(file.read_bytes()), file.name) for file in files]})
    page = client.get(base + "/visit").text
    head = page[page.index("<h1") : page.index("</p>", page.index('<p class="lead">'))]
    assert asks in head
    assert "$40.40" in head
