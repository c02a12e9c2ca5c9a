"""What the visit's page offers to take along, and each download: its kind, its name, that nothing is stored, and whose it is."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from explainer.takeaway.letters import KINDS
from explainer.web.guard import HEADERS

Send = Callable[..., Any]
FILES = {
    "/visit/handout.html": ("text/html", "handout.html"),
    "/visit/handout.pdf": ("application/pdf", "handout.pdf"),
    "/visit/handout.pdf?paper=a4&both=1": ("application/pdf", "handout.pdf"),
    "/visit/letters/appeal/letter.txt": ("text/plain", "letter.txt"),
    "/visit/letters/bill/letter.html": ("text/html", "letter.html"),
    "/visit/deadline.ics": ("text/calendar", "deadline.ics"),
}
PAGES = ("/visit/handout", "/visit/handout?both=1", *(f"/visit/letters/{kind}" for kind in KINDS))


@pytest.mark.parametrize("base", ["", "/es"])
@pytest.mark.parametrize("address", FILES)
def test_a_download_is_never_stored_and_its_name_tells_nothing(client: FlaskClient, send: Send, base: str, address: str) -> None:
    send("/visits", {"example": "denial"})
    answer = client.get(base + address)
    kind, name = FILES[address]
    assert answer.status_code == 200
    assert answer.mimetype == kind
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("base", ["", "/es"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_stands_in_its_language_and_leads_to_the_other(client: FlaskClient, send: Send, base: str, address: str) -> None:
    send("/visits", {"example": "denial"})
    page = client.get(base + address)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert f'<html lang="{"es" if base else "en"}">' in page.text
    assert f'href="{"" if base else "/es"}{address.replace("&", "&amp;")}"' in page.text
    assert "{" not in page.text.split("<main", 1)[1]


@pytest.mark.parametrize("base", ["", "/es"])
def test_the_visit_offers_what_fits(client: FlaskClient, send: Send, base: str) -> None:
    send("/visits", {"example": "denial"})
    offer = client.get(f"{base}/visit").text.split('id="take"', 1)[1].split("<details", 1)[0]
    for address in ("/visit/handout", "/visit/deadline.ics", "/visit/letters/appeal", "/visit/letters/records"):
        assert f'href="{base}{address}"' in offer
    assert f"{base}/visit/letters/refund" not in offer


def test_no_calendar_is_offered_without_a_last_day(client: FlaskClient, send: Send) -> None:
    send("/visits", {"example": "therapy"})
    assert "deadline.ics" not in client.get("/visit").text
    answer = client.get("/visit/deadline.ics")
    assert answer.status_code == 404
    assert "no last day" in answer.text


@pytest.mark.parametrize("address", [*FILES, *PAGES])
def test_only_the_owner_of_a_visit_gets_anything(client: FlaskClient, send: Send, address: str) -> None:
    send("/visits", {"example": "denial"})
    assert client.application.test_client().get(address).status_code == 410


@pytest.mark.parametrize("address", [*FILES, *PAGES])
def test_a_visit_without_a_paper_says_so(client: FlaskClient, send: Send, address: str) -> None:
    send("/visit/questions", {"q": "what is 97110?"})
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is no paper about a visit here yet" in answer.text


@pytest.mark.parametrize("address", ["/visit/letters/threat", "/visit/letters/threat/letter.txt"])
def test_another_kind_of_letter_is_not_found(client: FlaskClient, send: Send, address: str) -> None:
    send("/visits", {"example": "denial"})
    assert client.get(address).status_code == 404


def test_words_of_a_paper_stay_words(client: FlaskClient, send: Send, paper: str) -> None:
    send("/visits", {"text": paper.replace("Willow Street Physical Therapy", "<script>alert(1)</script> & Sons")})
    for address in ("/visit/handout", "/visit/handout.html", "/visit/letters/bill", "/visit/letters/bill/letter.html"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in page


def test_what_the_talk_told_counts_on_the_page(client: FlaskClient, send: Send, paper: str) -> None:
    """A correction of a line is what the page says, and that somebody corrected it."""
    send("/visits", {"text": paper})
    before = client.get("/visit/handout").text
    send("/visit/papers/1/lines/1", {"do": "set", "patient_owes": "25.00"})
    after = client.get("/visit/handout").text
    assert "corrected by the person" not in before
    assert "corrected by the person" in after


def test_each_person_has_a_page_and_the_one_chosen_stands_alone(client: FlaskClient, send: Send, root: Any) -> None:
    text = (root / "tests" / "papers" / "readers" / "two-patients-one-space.txt").read_text("utf-8")
    send("/visits", {"text": text})
    page = client.get("/visit/handout").text
    assert page.count("<article") == 2
    assert "Anna Muster" in page
    send("/visit/person", {"name": "Ben Muster"})
    page = client.get("/visit/handout").text
    assert page.count("<article") == 1
    assert "Anna Muster" not in page
