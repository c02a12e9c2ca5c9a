"""The JSON interface keeps the contract."""

import io
from functools import reduce

import pytest
from flask.testing import FlaskClient

from explainer.sessions.memory import MemoryShelf
from explainer.web.problems import STATUS

DOCUMENTS = "/api/v1/documents"


def _create(client: FlaskClient, paper: str) -> dict[str, object]:
    answer = client.post(DOCUMENTS, json={"text": paper})
    assert answer.status_code == 201
    body: dict[str, object] = answer.json
    assert answer.headers["Location"] == f"{DOCUMENTS}/{body['id']}"
    return body


@pytest.mark.parametrize("way", ["json", "form", "file"])
def test_a_document_by_every_way(client: FlaskClient, paper: str, way: str) -> None:
    sent = {
        "json": {"json": {"text": paper}},
        "form": {"data": {"text": paper}},
        "file": {"data": {"file": (io.BytesIO(paper.encode()), "eob.txt")}},
    }[way]
    answer = client.post(DOCUMENTS, **sent)  # type: ignore[arg-type]
    assert answer.status_code == 201
    line = answer.json["claims"][0]["lines"][0]
    assert (line["code"], line["patient_owes"]) == ("97110", "30.00")
    assert answer.json["findings"]
    assert line["explanation"]["text"]


def test_ask_follow_up_read_again_delete(client: FlaskClient, paper: str, shelf: MemoryShelf) -> None:
    address = f"{DOCUMENTS}/{_create(client, paper)['id']}"
    first = client.post(f"{address}/questions", json={"question": "what do I owe?", "lang": "en"})
    assert first.json["topic"] == "money.owe"
    assert set(first.json) == {"topic", "text", "lines", "values", "sources", "suggestions", "lang"}
    told = client.post(f"{address}/questions", json={"question": "what do I owe?", "why": True})
    assert [w["text"] for w in told.json["why"]["words"]] == ["owe"]
    assert client.post(f"{address}/questions", json={"question": "¿por qué?", "lang": "es"}).json["lang"] == "es"
    assert client.get(address).status_code == 200
    assert client.delete(address).status_code == 204
    assert shelf._rows == {}
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "body", "status", "code"),
    [
        ("POST", DOCUMENTS, {"json": {}}, 422, "nothing-sent"),
        ("POST", DOCUMENTS, {"json": {"text": 5}}, 422, "nothing-sent"),
        ("POST", DOCUMENTS, {"json": ["text"]}, 400, "bad-json"),
        ("POST", DOCUMENTS, {"data": b"{", "content_type": "application/json"}, 400, "bad-json"),
        ("POST", DOCUMENTS, {"data": b"[" * 100_000, "content_type": "application/json"}, 400, "bad-json"),
        ("POST", DOCUMENTS, {"data": b"hello", "content_type": "text/plain"}, 415, "wrong-type"),
        ("POST", DOCUMENTS, {}, 422, "nothing-sent"),
        ("POST", f"{DOCUMENTS}/{'A' * 64}/questions", {"json": {"question": "what?"}}, 404, "not-found"),
        ("POST", f"{DOCUMENTS}/{'A' * 64}/questions", {"json": {"question": ""}}, 422, "no-question"),
        ("POST", f"{DOCUMENTS}/{'A' * 64}/questions", {"json": {"question": "x" * 2001}}, 413, "question-too-long"),
        ("POST", f"{DOCUMENTS}/{'A' * 64}/questions", {"json": {"question": "x" * 20_000}}, 413, "question-too-long"),
        ("POST", f"{DOCUMENTS}/{'A' * 64}/questions", {"json": {"question": None}}, 422, "no-question"),
        ("GET", f"{DOCUMENTS}/{'A' * 64}", {}, 404, "not-found"),
        ("GET", f"{DOCUMENTS}/..%2f..", {}, 404, "not-found"),
        ("GET", "/api/v1/codes/zzzzz", {}, 404, "no-code"),
        ("GET", "/api/v1/nothing", {}, 404, "not-found"),
        ("PUT", DOCUMENTS, {}, 405, "wrong-method"),
    ],
)
def test_problems_are_of_the_closed_list(
    client: FlaskClient, method: str, address: str, body: dict[str, object], status: int, code: str
) -> None:
    answer = client.open(address, method=method, **body)  # type: ignore[arg-type]
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["code"] == code
    assert code in STATUS
    assert answer.json["title"]
    assert answer.json["detail"]


def test_a_code(client: FlaskClient) -> None:
    assert client.get("/api/v1/codes/97110").json["family"] == "cpt"
    assert client.get("/api/v1/codes/97110?lang=es").json["name"] != client.get("/api/v1/codes/97110").json["name"]


def test_the_description_names_every_route(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json["paths"]
    given = (("<ticket>", "{id}"), ("<code>", "{code}"), ("<int:line>", "{line}"))
    rules = {reduce(lambda rule, pair: rule.replace(*pair), given, r.rule) for r in client.application.url_map.iter_rules()}
    ours = {r for r in rules if r.startswith("/api/") and not r.endswith("openapi.json")} | {"/healthz", "/readyz"}
    assert set(described) == ours


def test_ready_only_with_a_store(client: FlaskClient, shelf: MemoryShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(shelf, "ready", lambda: False)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("question", "chosen", "lang"),
    [("¿cuánto debo?", None, "es"), ("what do I owe?", None, "en"), ("¿cuánto debo?", "en", "en"), ("97110", None, "en")],
)
def test_a_question_is_answered_in_its_own_language(
    client: FlaskClient, paper: str, question: str, chosen: str | None, lang: str
) -> None:
    address = f"{DOCUMENTS}/{_create(client, paper)['id']}/questions"
    assert client.post(address, json={"question": question, **({"lang": chosen} if chosen else {})}).json["lang"] == lang
