"""Headers on every route, refusals that change nothing, and a log without a word of anybody's."""

import io
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from explainer.knowledge.base import Knowledge
from explainer.sessions.memory import MemoryShelf
from explainer.settings import Rates, Settings
from explainer.web import create_app
from explainer.web.bind import TLS_SETTING, NotPrivate, is_loopback
from explainer.web.guard import EMBEDDABLE, HEADERS, HSTS

Send = Callable[..., Any]
CANARY = "Zephyrine Quillfeather"


def _addresses(app: Flask) -> list[tuple[str, str]]:
    values = {
        "code": "97110",
        "term": "copay",
        "ticket": "A" * 64,
        "name": "nothing.css",
        "paper": 1,
        "line": 1,
        "day": 1,
        "number": 1,
        "kind": "appeal",
    }
    adapter = app.url_map.bind("localhost")
    every = [(m, rule) for rule in app.url_map.iter_rules() for m in sorted(rule.methods or ()) if m not in ("HEAD", "OPTIONS")]
    return [(m, adapter.build(rule.endpoint, {a: values[a] for a in rule.arguments}, m)) for m, rule in every]


def test_every_route_carries_the_exact_headers(app: Flask, client: FlaskClient) -> None:
    addresses = [*_addresses(app), ("GET", "/nowhere"), ("PUT", "/"), ("TRACE", "/visit"), ("HEAD", "/"), ("OPTIONS", "/visits")]
    assert len(addresses) > 25
    for method, address in addresses:
        answer = client.open(address, method=method)
        wanted = EMBEDDABLE if "/embed/" in address else HEADERS
        assert {name: answer.headers[name] for name in HEADERS if name in answer.headers} == wanted, address
        assert answer.headers["Cache-Control"] == "no-store", address
        assert "Strict-Transport-Security" not in answer.headers
        assert "ETag" not in answer.headers


def test_only_static_files_with_their_sum_in_the_name_are_cached(app: Flask, client: FlaskClient) -> None:
    for name in ("app.css", "app.js", "favicon.svg", "handout.css", "vendor/uswds.css"):
        answer = client.get(app.extensions["explainer"].assets.url(name))
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert {k: answer.headers.get(k) for k in HEADERS} == HEADERS
    assert client.get("/static/app.css").status_code == 404


def test_an_error_of_ours_keeps_the_headers_and_hides_its_cause(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, send: Send, paper: str
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr("explainer.web.services.read", broken)
    with caplog.at_level(logging.DEBUG):
        answer = send("/visits", {"text": paper})
    assert answer.status_code == 500
    assert {k: answer.headers.get(k) for k in HEADERS} == HEADERS
    assert CANARY not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_no_word_of_a_visit_is_logged(client: FlaskClient, send: Send, paper: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send("/visits", {"text": paper.replace("Sample Person", CANARY)})
        send("/visit/questions", {"q": f"what does {CANARY} owe for {CANARY.upper()}?"})
        client.get(f"/units?units={CANARY}")
        client.get(f"/codes/{CANARY}")
        client.post("/api/v1/documents", json={"text": paper.replace("Sample Person", CANARY)})
    logged = caplog.text.lower()
    assert "route=/visit/questions" in logged
    for part in (*CANARY.lower().split(), "ex-2026-10417", "willow", "127.0.0.1"):
        assert part not in logged


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Content-Encoding": "gzip"}, 415),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 303),
    ],
)
def test_another_sites_page_cannot_act_here(send: Send, shelf: MemoryShelf, headers: dict[str, str], code: int) -> None:
    assert send("/visits", {"example": "therapy"}, headers=headers).status_code == code
    assert len(shelf._rows) == (code == 303)


@pytest.mark.parametrize("token", [None, "", "wrong", "IjAwMDAi.aaaa.bbbb"])
@pytest.mark.parametrize("address", ["/visits", "/visit/questions", "/visit/documents", "/visit/delete", "/es/visits"])
def test_without_the_forms_token_nothing_happens(
    client: FlaskClient, send: Send, shelf: MemoryShelf, token: str | None, address: str
) -> None:
    send("/visits", {"example": "therapy"})
    before = dict(shelf._rows)
    data = {"example": "denial", "q": "what?"} | ({"csrf_token": token} if token is not None else {})
    assert client.post(address, data=data).status_code == 403
    assert shelf._rows == before


def test_another_visitors_token_is_refused(app: Flask, send: Send, client: FlaskClient) -> None:
    other = app.test_client().get("/").text.split('name="csrf_token" value="')[1].split('"')[0]
    client.get("/")
    assert client.post("/visits", data={"csrf_token": other, "example": "therapy"}).status_code == 403


@pytest.mark.parametrize("address", ["/visits", "/api/v1/documents"])
def test_broken_and_endless_bodies(client: FlaskClient, shelf: MemoryShelf, address: str) -> None:
    kind = "multipart/form-data; boundary=x"
    cut = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhello'
    assert client.post(address, data=cut, content_type=kind).status_code == 400
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True, "wsgi.input": io.BytesIO(cut * 9)}
    assert client.post(address, content_type=kind, environ_overrides=chunked).status_code == 411
    long = {"CONTENT_LENGTH": str(Settings().limits.request + 1)}
    assert client.post(address, data=b"", content_type=kind, environ_overrides=long).status_code == 413
    assert shelf._rows == {}


def test_uploads_never_touch_a_disk(send: Send, monkeypatch: pytest.MonkeyPatch, paper: str) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was opened")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(f"tempfile.{name}", refuse)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse)
    assert send("/visits", {"file": (io.BytesIO((paper + " " * 900_000).encode()), "long.txt")}).status_code == 303


@pytest.mark.filterwarnings("ignore:The 'sid' cookie is too large")
@pytest.mark.parametrize("sent", ["", "x", "A" * 64, "A" * 100_000])
def test_a_made_up_cookie_is_never_taken_over(client: FlaskClient, send: Send, sent: str) -> None:
    client.set_cookie("sid", sent)
    send("/visits", {"example": "therapy"})
    given = client.get_cookie("sid")
    assert given is not None
    assert given.value != sent
    assert len(given.value) == 64


def test_the_cookie(client: FlaskClient, send: Send) -> None:
    cookie = next(c for c in send("/visits", {"example": "therapy"}).headers.getlist("Set-Cookie") if c.startswith("sid="))
    assert cookie.endswith("; HttpOnly; Path=/; SameSite=Strict")
    assert "Max-Age" not in cookie
    assert "Domain" not in cookie


def test_behind_tls(knowledge: Knowledge, talker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TLS_SETTING, "1")
    client = create_app(replace(Settings(), host="0.0.0.0"), knowledge, MemoryShelf(), talker=talker).test_client()
    over_tls = {"X-Forwarded-Proto": "https"}
    page = client.get("/", headers=over_tls, base_url="https://localhost")
    assert page.headers["Strict-Transport-Security"] == HSTS
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "example": "therapy"}
    answer = client.post("/visits", data=form, headers=over_tls, base_url="https://localhost")
    cookies = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-sid=")]
    assert len(cookies) == 1
    assert cookies[0].endswith("; Secure; HttpOnly; Path=/; SameSite=Strict")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_an_open_address_is_refused(knowledge: Knowledge, talker: Any, host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(NotPrivate):
        create_app(replace(Settings(), host=host), knowledge, MemoryShelf(), talker=talker)


def test_too_many_requests(knowledge: Knowledge, talker: Any) -> None:
    few = replace(Settings(), rates=Rates("2 per minute", "2 per minute", "2 per minute"))
    client = create_app(few, knowledge, MemoryShelf(), talker=talker).test_client()
    answers = [client.post("/api/v1/documents", json={"text": ""}) for _ in range(3)]
    assert [a.status_code for a in answers] == [422, 422, 429]
    assert answers[2].headers["Retry-After"] == "60"
    assert answers[2].json["code"] == "too-many"


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.put("/visits")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
