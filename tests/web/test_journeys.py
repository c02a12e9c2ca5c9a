"""What people do: send a paper, ask, add, switch language, delete; and what goes wrong on the way."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from explainer.sessions.memory import MemoryShelf
from explainer.settings import Settings

Send = Callable[..., Any]
LIMITS = Settings().limits


@pytest.mark.parametrize(("name", "owes"), [("therapy", "$30.00"), ("denial", "$30.00"), ("medicare", "$11.60")])
@pytest.mark.parametrize("base", ["", "/es"])
def test_each_example_says_first_what_may_be_owed(client: FlaskClient, send: Send, name: str, owes: str, base: str) -> None:
    assert send(f"{base}/visits", {"example": name}).headers["Location"] == f"{base}/visit"
    page = client.get(f"{base}/visit").text
    heading = page.split("<h1", 1)[1].split("</h1>", 1)[0]
    assert owes in heading
    assert "Willow Street Physical Therapy" in heading
    assert 'id="line-2"' in page


def test_paste_then_ask_then_follow_up(client: FlaskClient, send: Send, paper: str) -> None:
    assert send("/visits", {"text": paper}).status_code == 303
    assert send("/visit/questions", {"q": "what is line 2?"}).headers["Location"] == "/visit#latest"
    send("/visit/questions", {"q": "how many minutes is that?"})
    page = client.get("/visit").text
    assert page.count('<article class="turn"') == 2
    assert page.count('id="latest"') == 1
    assert "Sample Person" not in page.split("</title>")[0]


def test_a_file_counts_as_a_paper(client: FlaskClient, send: Send, paper: str) -> None:
    assert send("/visits", {"file": (io.BytesIO(paper.encode()), "../../x<b>.txt")}).status_code == 303
    assert "<b>.txt" not in client.get("/visit").text


def test_the_same_visit_in_the_other_language(client: FlaskClient, send: Send, paper: str) -> None:
    send("/visits", {"text": paper})
    english = client.get("/visit").text
    assert 'href="/es/visit"' in english
    assert "podría deber <strong>$30.00</strong>" in client.get("/es/visit").text
    assert 'href="/units?units=3"' in client.get("/es/units?units=3").text


def test_only_the_turn_comes_back_when_asked_for(client: FlaskClient, send: Send, paper: str) -> None:
    send("/visits", {"text": paper})
    part = send("/visit/questions", {"q": "what do I owe?"}, headers={"X-Part": "turn"}).text
    assert part.lstrip().startswith("<article")
    assert "<html" not in part
    assert "$30.00" in part


@pytest.mark.parametrize(
    ("base", "question", "title", "says"),
    [
        ("", "what do I owe for <b>line 2</b>?", "How do you know?", "From “line 2” I took"),
        ("/es", "¿cuánto debo por la <b>línea 2</b>?", "¿Cómo lo sabe?", "De “línea 2” tomé"),
    ],
)
def test_each_answer_says_how_it_was_found(
    client: FlaskClient, send: Send, paper: str, base: str, question: str, title: str, says: str
) -> None:
    send(f"{base}/visits", {"text": paper})
    send(f"{base}/visit/questions", {"q": question})
    turn = client.get(f"{base}/visit").text.split('<article class="turn"', 1)[1]
    told = turn.split(title, 1)[1].split("</details>", 1)[0]
    assert says in told
    assert "$0.00" in told
    assert "<b>" not in told


def test_how_an_answer_was_found_outlives_its_paper(client: FlaskClient, send: Send, paper: str) -> None:
    send("/visits", {"text": paper})
    send("/visit/questions", {"q": "what do I owe?"})
    send("/visit/papers/1/remove", {})
    assert "“$30.00”" in client.get("/visit").text


def test_a_question_without_a_paper_starts_a_visit(client: FlaskClient, send: Send) -> None:
    assert send("/visit/questions", {"q": "what is 97110?"}).status_code == 303
    assert "97110" in client.get("/visit").text


@pytest.mark.parametrize(
    ("form", "status", "says"),
    [
        ({}, 422, "There was no paper to read"),
        ({"text": "   \n"}, 422, "There was no paper to read"),
        ({"text": "hello there, how are you today"}, 422, None),
        ({"text": "x" * (LIMITS.pasted_text + 1)}, 413, "The text is too long"),
        ({"file": (io.BytesIO(b"\x00\x01\x02\xff" * 500), "scan.bin")}, 422, None),
        ({"file": (io.BytesIO(b""), "empty.txt")}, 422, None),
        ({"file": (io.BytesIO(b"a" * (LIMITS.file + 1)), "long.txt")}, 413, None),
    ],
    ids=["nothing", "spaces", "no-eob", "long-text", "binary", "empty-file", "long-file"],
)
def test_bad_papers_change_nothing_and_say_what_to_do(
    client: FlaskClient, send: Send, paper: str, shelf: MemoryShelf, form: dict[str, object], status: int, says: str | None
) -> None:
    first = send("/visits", dict(form, **_again(form)))
    assert first.status_code == status
    assert 'id="trouble"' in first.text
    assert says is None or says in first.text
    assert shelf._rows == {}
    send("/visits", {"text": paper})
    send("/visit/questions", {"q": "what do I owe?"})
    added = send("/visit/documents", dict(form, **_again(form)))
    assert added.status_code == status
    page = client.get("/visit").text
    assert page.count('<article class="turn"') == 1
    assert page.count('id="paper-') == 1


def _again(form: dict[str, object]) -> dict[str, object]:
    """A fresh stream for each sending."""
    return {k: (io.BytesIO(v[0].getvalue()), v[1]) for k, v in form.items() if isinstance(v, tuple)}


def test_one_good_and_one_bad_file_keeps_the_good(client: FlaskClient, send: Send, paper: str) -> None:
    files = [(io.BytesIO(paper.encode()), "good.txt"), (io.BytesIO(b"\x00\xff" * 100), "bad.bin")]
    assert send("/visits", {"file": files}).status_code == 422
    assert client.get("/visit").text.count('id="paper-') == 1


@pytest.mark.parametrize(("question", "status"), [("", 422), ("  ", 422), ("x" * 2001, 413), ("x" * 20_000, 413)])
def test_bad_questions(client: FlaskClient, send: Send, paper: str, question: str, status: int) -> None:
    send("/visits", {"text": paper})
    assert send("/visit/questions", {"q": question}).status_code == status
    assert client.get("/visit").text.count('<article class="turn"') == 0


@pytest.mark.parametrize(
    "question", ["{{7*7}}", "\x00", "😀" * 50, "ignore the rules", "؟ كم", "<script>alert(1)</script>", "%s %d {0}"]
)
def test_odd_questions_get_an_answer(client: FlaskClient, send: Send, question: str) -> None:
    assert send("/visit/questions", {"q": question}).status_code == 303
    page = client.get("/visit").text
    assert "<script>alert" not in page
    assert page.count('<article class="turn"') == 1


def test_words_of_a_paper_are_never_markup(client: FlaskClient, send: Send, paper: str) -> None:
    send("/visits", {"text": paper.replace("Willow Street", "<img src=x onerror=alert(1)>{{7*7}}")})
    page = client.get("/visit").text
    assert "<img" not in page
    assert "{{7*7}} Physical Therapy" in page.split("</h1>")[0]


def test_too_many_papers_are_refused(client: FlaskClient, send: Send, paper: str) -> None:
    files = [(io.BytesIO(paper.encode()), f"{n}.txt") for n in range(LIMITS.documents_per_visit)]
    send("/visits", {"file": files})
    assert send("/visit/documents", {"text": paper}).status_code == 409
    assert client.get("/visit").text.count('id="paper-') == LIMITS.documents_per_visit


def test_delete_now_is_for_good(client: FlaskClient, send: Send, paper: str, shelf: MemoryShelf) -> None:
    send("/visits", {"text": paper})
    old = client.get_cookie("sid")
    answer = send("/visit/delete")
    assert answer.status_code == 200
    assert answer.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert shelf._rows == {}
    assert old is not None
    client.set_cookie("sid", old.value)
    assert client.get("/visit").status_code == 410


@pytest.mark.parametrize(
    ("way", "address"), [("get", "/visit"), ("post", "/visit/questions"), ("post", "/visit/documents"), ("get", "/es/visit")]
)
def test_a_visit_past_its_time(client: FlaskClient, send: Send, paper: str, clock: Any, way: str, address: str) -> None:
    send("/visits", {"text": paper})
    clock.forward(minutes=31)
    answer = client.get(address) if way == "get" else send(address, {"q": "what?", "text": paper})
    assert answer.status_code == 410
    assert "Sample Person" not in answer.text


@pytest.mark.parametrize(
    "address", ["/codes/97110", "/codes/CO-45", "/codes/gp", "/terms/copay", "/terms", "/units?units=3", "/privacy", "/visit"]
)
def test_pages_without_a_paper(client: FlaskClient, address: str) -> None:
    for base in ("", "/es"):
        assert client.get(base + address).status_code in (200, 303)


@pytest.mark.parametrize(
    "address", ["/codes/" + "9" * 5000, "/codes/%00", "/codes/..%2f", "/terms/nothing", "/es/nowhere", "/codes/٣"]
)
def test_nothing_is_there(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("units", ["0", "25", "-1", "x", "３", "1e9", "999999999999"])
def test_units_out_of_range_say_so(client: FlaskClient, units: str) -> None:
    page = client.get("/units", query_string={"units": units})
    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.text


@pytest.mark.parametrize(
    ("name", "heading", "warned"),
    [
        ("no-line-breaks", "$5.00", ""), ("two-patients", "DANA TESTCASE", "more than one person"),
        ("reversal-and-correction", "does not say clearly", ""),
    ],
)  # fmt: skip
def test_a_remittance_is_a_paper(client: FlaskClient, send: Send, name: str, heading: str, warned: str) -> None:
    data = (Path(__file__).parent.parent / "papers" / "x12" / f"{name}.835").read_bytes()
    assert send("/visits", {"file": (io.BytesIO(data), "payment.835")}).status_code == 303
    page = client.get("/visit").text
    first = page.split("<h1", 1)[1].split("</h1>", 1)[0]
    assert heading in first
    assert warned in page
    assert "$170.00" not in first


@pytest.mark.parametrize(
    ("base", "question", "tongue"),
    [
        ("", "¿cuánto tengo que pagar?", "es"), ("", "what do I owe?", "en"), ("", "97110", "en"),
        ("/es", "what do I owe?", "en"), ("/es", "97110", "es"),
    ],
)  # fmt: skip
def test_an_answer_is_in_the_questions_language(
    client: FlaskClient, send: Send, paper: str, base: str, question: str, tongue: str
) -> None:
    send(f"{base}/visits", {"text": paper})
    send(f"{base}/visit/questions", {"q": question})
    assert f'id="latest" lang="{tongue}"' in client.get(f"{base}/visit").text
