"""Pictures beside what was read, corrections, people, and papers that take a while: over plain HTTP, without scripts."""

import contextlib
import io
import logging
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pictured import CANARY, SlowReader

from explainer.conversation.engine import Talker
from explainer.knowledge.base import Knowledge
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.source import Box, PageSize, Span
from explainer.sessions import Kept
from explainer.sessions.embedded import EmbeddedShelf
from explainer.sessions.memory import MemoryShelf
from explainer.settings import Limits, Rates, Settings, Times
from explainer.web import create_app
from explainer.web.jobs import patience as time_for
from explainer.web.sheet import sheets, strips

OFTEN = replace(Settings(), rates=Rates("100000 per minute", "100000 per minute", "100000 per minute"))
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
Send = Callable[..., Any]
PNG = b"\x89PNG\r\n\x1a\n"
UNSURE = '<span class="tag">not read for sure</span>'
PICTURE = "/visit/papers/1/pages/1.png"


@pytest.fixture
def reader(knowledge: Knowledge) -> Iterator[SlowReader]:
    made = SlowReader(knowledge)
    yield made
    made.go_on.set()


@pytest.fixture
def patience() -> float:
    """Seconds a sending waits for its paper: long, save in the tests that look at progress."""
    return 15.0


@pytest.fixture
def app(knowledge: Knowledge, talker: Talker, shelf: MemoryShelf, clock: Any, reader: SlowReader, patience: float) -> Flask:
    few, times = replace(Limits(), readings_at_once=1, readings_waiting=2), replace(Times(), read_patience=patience)
    return create_app(replace(OFTEN, times=times, limits=few), knowledge, shelf, clock, talker, reader)


HELD = pytest.mark.parametrize("patience", [0.05])


def _pdf(*kinds: str) -> dict[str, object]:
    return {"file": [(io.BytesIO(b"%PDF-" + kind.encode()), f"{kind}.pdf") for kind in kinds]}


def _until(client: FlaskClient, state: str) -> dict[str, Any]:
    """Waits until the paper under way has that state."""
    end = time.monotonic() + 10
    while (told := client.get("/visit/reading.json").json)["state"] != state:
        assert time.monotonic() < end, told
        time.sleep(0.02)
    return dict(told)


# Pictures


def test_a_picture_with_a_place_for_each_line_and_back(client: FlaskClient, send: Send) -> None:
    assert send("/visits", _pdf("two-pages")).headers["Location"] == "/visit"
    page = client.get("/visit").text
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert len(ids) == len(re.findall(r' id="([^"]+)"', page)), "an id stands twice"
    targets = re.findall(r'href="#([^"]+)"', page)
    assert {t for t in targets if t.startswith(("line-", "box-"))} >= {"line-1", "line-6", "box-1", "box-6"}
    assert set(targets) <= ids, "a link leads nowhere"
    assert page.count("<img ") == 2
    assert page.count("<image ") == 12, "each line shows its own place, in two rows since it is wide"
    assert "not read for sure" in page


def test_the_picture_is_for_the_owner_alone(client: FlaskClient, send: Send, app: Flask) -> None:
    send("/visits", _pdf("one"))
    picture = client.get(PICTURE)
    assert (picture.status_code, picture.mimetype, picture.data[:8]) == (200, "image/png", PNG)
    assert picture.headers["Cache-Control"] == "no-store"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/es" + PICTURE).data == picture.data
    stranger = app.test_client()
    assert stranger.get(PICTURE).status_code == 410
    stranger.set_cookie("sid", "A" * 64)
    assert stranger.get(PICTURE).status_code == 410
    for address in ("/visit/papers/1/pages/2.png", "/visit/papers/2/pages/1.png", "/visit/papers/0/pages/1.png"):
        assert client.get(address).status_code == 404


def test_delete_now_takes_pictures_too(knowledge: Knowledge, talker: Talker, reader: SlowReader, tmp_path: Path) -> None:
    file = tmp_path / "kept" / "visits.sqlite3"
    client = create_app(OFTEN, knowledge, EmbeddedShelf(file), talker=talker, reader=reader).test_client()

    def post(address: str, data: dict[str, object]) -> Any:
        return client.post(address, data={"csrf_token": TOKEN.search(client.get("/").text)[1], **data})  # type: ignore[index]

    post("/visits", _pdf("one"))
    assert client.get(PICTURE).data[:8] == PNG
    kept = b"".join(p.read_bytes() for p in file.parent.iterdir())
    sealed = sqlite3.connect(file).execute("SELECT blob FROM attached").fetchone()[0]
    assert PNG not in kept
    assert b"Ana Sample" not in kept
    assert sealed[50:90] in kept
    post("/visit/delete", {})
    left = b"".join(p.read_bytes() for p in file.parent.iterdir())
    assert not any(sign in left for sign in (PNG, b"Ana Sample", sealed[50:90], sealed[-60:-20]))


def test_one_paper_is_taken_out_with_its_picture(client: FlaskClient, send: Send, shelf: MemoryShelf) -> None:
    send("/visits", _pdf("one", "leo"))
    send("/visit/questions", {"q": "what does Leo owe?"})
    assert len(shelf._attached) == 2
    assert send("/visit/papers/2/remove").status_code == 303
    assert len(shelf._attached) == 1
    page = client.get("/visit").text
    assert page.count('id="paper-') == 1
    assert page.count('<article class="turn"') == 1
    assert send("/visit/papers/2/remove").status_code == 404


def test_pictures_that_do_not_fit_are_left_out(app: Flask, client: FlaskClient, send: Send, shelf: MemoryShelf) -> None:
    desk = app.extensions["explainer"]
    tight = replace(desk.settings, limits=replace(desk.settings.limits, visit_bytes=4_000))
    app.extensions["explainer"] = replace(desk, settings=tight)
    assert send("/visits", _pdf("one")).status_code == 303
    assert shelf._attached == {}
    assert "<img " not in client.get("/visit").text


# Corrections


def test_a_value_is_corrected_and_everything_follows(client: FlaskClient, send: Send) -> None:
    send("/visits", _pdf("one"))
    form = client.get("/visit?fix=1-1").text
    assert 'name="patient_owes" value="40.00"' in form
    sent = send("/visit/papers/1/lines/1", {"do": "save", "patient_owes": "45.00", "units": "3", "billed": "130.00"})
    assert sent.headers["Location"] == "/visit?at=1-1#line-1"
    page = client.get("/visit").text
    assert "you may owe <strong>$65.00</strong>" in page
    assert "set by you" in page
    assert UNSURE not in page
    send("/visit/questions", {"q": "what do I owe for line 1?"})
    assert "$45.00" in client.get("/visit").text.split('id="latest"')[1]
    send("/visit/papers/1/lines/1", {"do": "put-back"})
    back = client.get("/visit").text
    assert "you may owe <strong>$60.00</strong>" in back
    assert UNSURE in back


def test_uncertain_values_are_confirmed(client: FlaskClient, send: Send) -> None:
    send("/visits", _pdf("one"))
    send("/visit/papers/1/lines/1", {"do": "confirm"})
    page = client.get("/visit").text
    assert UNSURE not in page
    assert "you may owe <strong>$60.00</strong>" in page


@pytest.mark.parametrize("base", ["", "/es"])
def test_wrong_values_are_said_at_their_fields_and_change_nothing(client: FlaskClient, send: Send, base: str) -> None:
    send(f"{base}/visits", _pdf("one"))
    answer = send(f"{base}/visit/papers/1/lines/1", {"patient_owes": "forty", "code": "a b", "units": "3"})
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 2
    assert 'name="patient_owes" value="forty"' in answer.text
    assert 'aria-describedby="wrong-code"' in answer.text
    assert 'name="units" value="3"' in answer.text
    assert "$60.00" in client.get(f"{base}/visit").text


def test_lines_are_taken_out_put_back_and_added(client: FlaskClient, send: Send) -> None:
    send("/visits", _pdf("one"))
    send("/visit/papers/1/lines/1", {"do": "remove"})
    page = client.get("/visit").text
    assert 'id="line-1"' not in page
    assert "you may owe <strong>$20.00</strong>" in page
    send("/visit/papers/1/lines/1", {"do": "put-back"})
    assert "you may owe <strong>$60.00</strong>" in client.get("/visit").text
    added = send("/visit/papers/1/lines/0", {"code": "97112", "patient_owes": "5", "service_date": "2026-03-12"})
    assert added.headers["Location"] == "/visit?at=1-4#line-4"
    page = client.get("/visit").text
    assert "you may owe <strong>$65.00</strong>" in page
    assert "You added this line" in page
    assert send("/visit/papers/1/lines/0", {"code": " "}).status_code == 422


@pytest.mark.parametrize("address", ["/visit/papers/1/lines/9", "/visit/papers/2/lines/1", "/visit/papers/0/lines/1"])
def test_a_line_that_is_not_there(send: Send, address: str) -> None:
    send("/visits", _pdf("one"))
    assert send(address, {"units": "1"}).status_code == 404


@pytest.mark.parametrize("asked", ["", "1", "1-9", "9-1", "x-y", "1-1-1", "٣-1", "1-" + "9" * 50, "-1-1"])
def test_forms_that_are_not_there_are_not_shown(client: FlaskClient, send: Send, asked: str) -> None:
    send("/visits", _pdf("one"))
    page = client.get("/visit", query_string={"fix": asked})
    assert page.status_code == 200
    assert 'id="fix"' not in page.text


DOCUMENTS = "/api/v1/documents"


def _owes(body: dict[str, Any]) -> list[str | None]:
    return [line["patient_owes"] for claim in body["claims"] for line in claim["lines"]]


def test_the_same_over_the_interface(client: FlaskClient, shelf: MemoryShelf) -> None:
    made = client.post(DOCUMENTS, data=_pdf("one"))
    assert made.status_code == 201
    assert shelf._attached == {}
    address = f"{DOCUMENTS}/{made.json['id']}"
    fixed = client.patch(f"{address}/lines/1", json={"patient_owes": "45.00", "units": 3, "modifiers": ["GP"], "billed": None})
    line = fixed.json["claims"][0]["lines"][0]
    assert fixed.status_code == 200
    assert [line[name] for name in ("patient_owes", "units", "modifiers", "billed")] == ["45.00", 3, ["GP"], None]
    assert set(line["corrected"]) == {"patient_owes", "units", "modifiers", "billed"}
    assert line["uncertain"] == []
    assert "$65.00" in client.post(f"{address}/questions", json={"question": "what do I owe?"}).json["text"]
    assert _owes(client.patch(f"{address}/lines/1", json={"put_back": True}).json) == ["40.00", "0.00", "20.00"]
    assert _owes(client.delete(f"{address}/lines/3").json) == ["40.00", "0.00"]
    more = client.post(f"{address}/lines", json={"code": "97112", "patient_owes": "5"})
    assert (more.status_code, _owes(more.json)) == (201, ["40.00", "0.00", "5.00"])
    assert more.json["claims"][0]["lines"][-1]["source"] is None


@pytest.mark.parametrize("claim", [99, 0, "x", -1, None])
def test_a_missed_line_joins_no_claim_but_the_named_one(client: FlaskClient, claim: object) -> None:
    address = f"{DOCUMENTS}/{client.post(DOCUMENTS, data=_pdf('one')).json['id']}"
    answer = client.post(f"{address}/lines", json={"code": "97112", "claim": claim})
    assert (answer.status_code, set(answer.json["errors"])) == (422, {"claim"})
    assert _owes(client.get(address).json) == ["40.00", "0.00", "20.00"]


def test_one_file_at_a_time_over_the_interface(client: FlaskClient) -> None:
    answer = client.post(DOCUMENTS, data=_pdf("one", "two-pages"))
    assert (answer.status_code, answer.json["code"]) == (422, "one-at-a-time")


@HELD
def test_callers_who_wait_leave_room_for_pages(app: Flask, client: FlaskClient) -> None:
    pool = app.extensions["explainer"].pool
    with contextlib.ExitStack() as callers:
        for _ in range(Limits().callers_waiting):
            callers.enter_context(pool.caller())
        answer = client.post(DOCUMENTS, data=_pdf("one"))
        assert (answer.status_code, answer.json["code"]) == (503, "reading-busy")
        assert int(answer.headers["Retry-After"]) > 0
        assert client.get("/").status_code == 200
    assert client.post(DOCUMENTS, data=_pdf("one")).status_code == 201


@pytest.mark.parametrize(
    ("line", "body", "status", "code", "fields"),
    [
        ("1", {"patient_owes": "forty"}, 422, "wrong-value", {"patient_owes"}),
        ("1", {"billed": True, "units": {"a": 1}, "description": [1]}, 422, "wrong-value", {"billed", "units", "description"}),
        ("1", {"provider": "x"}, 422, "wrong-value", {"provider"}),
        ("9", {"units": 1}, 404, "no-line", None),
        ("1", ["units"], 400, "bad-json", None),
    ],
)
def test_what_is_refused_over_the_interface(
    client: FlaskClient, line: str, body: object, status: int, code: str, fields: set[str] | None
) -> None:
    address = f"{DOCUMENTS}/{client.post(DOCUMENTS, data=_pdf('one')).json['id']}"
    answer = client.patch(f"{address}/lines/{line}", json=body)
    assert (answer.status_code, answer.mimetype, answer.json["code"]) == (status, "application/problem+json", code)
    assert set(answer.json.get("errors", {})) == (fields or set())
    assert _owes(client.get(address).json) == ["40.00", "0.00", "20.00"]


def test_a_line_of_nobody(client: FlaskClient) -> None:
    assert client.patch(f"{DOCUMENTS}/{'A' * 64}/lines/1", json={"units": 1}).status_code == 404


# People and copies


def test_a_person_is_chosen_and_changed(client: FlaskClient, send: Send) -> None:
    send("/visits", _pdf("family"))
    page = client.get("/visit").text
    assert "about Ana Sample and Leo Sample" in page
    assert "$280.00" not in page, "amounts of two people were added"
    send("/visit/person", {"name": "Leo Sample"})
    chosen = client.get("/visit").text
    assert "For Leo Sample" in chosen
    assert 'id="line-2"' in chosen
    assert 'id="line-1"' not in chosen
    send("/visit/questions", {"q": "what does the plan pay?"})
    assert "This is about Leo Sample" in client.get("/visit").text
    send("/visit/questions", {"q": "and for Ana?"})
    assert "For Ana Sample" in client.get("/visit").text
    send("/visit/person", {"name": "nobody at all"})
    assert "for-whom" not in client.get("/visit").text


def test_a_paper_of_somebody_else_is_hidden_not_gone(client: FlaskClient, send: Send) -> None:
    send("/visits", _pdf("one", "leo"))
    send("/visit/person", {"name": "Leo Sample"})
    page = client.get("/visit").text
    assert page.count('id="paper-') == 1
    assert "One more paper here is about somebody else." in page
    assert client.get("/visit/papers/2/pages/1.png").status_code == 200


def test_a_copy_is_told_and_counted_once(client: FlaskClient, send: Send) -> None:
    send("/visits", _pdf("one", "copy"))
    page = client.get("/visit").text
    assert "another copy of a paper" in page
    assert "Each claim is counted once." in page
    assert "you may owe <strong>$60.00</strong>" in page
    assert "$120.00" not in page


# Papers that take a while


@HELD
def test_progress_then_the_papers(client: FlaskClient, send: Send, reader: SlowReader) -> None:
    sent = send("/visits", _pdf("one held"))
    assert (sent.status_code, sent.headers["Location"]) == (303, "/visit/reading")
    page = client.get("/visit/reading")
    assert "Reading page 2 of 5." in page.text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    assert "Leyendo la página 2 de 5." in client.get("/es/visit/reading").text
    assert client.get("/visit").headers["Location"] == "/visit/reading"
    reader.go_on.set()
    _until(client, "done")
    assert client.get("/visit/reading").headers["Location"] == "/visit"
    assert "$60.00" in client.get("/visit").text
    assert client.get("/visit/reading.json").json["state"] == "done"


@HELD
def test_more_papers_while_the_first_ones_stay(client: FlaskClient, send: Send, reader: SlowReader, paper: str) -> None:
    send("/visits", {"text": paper})
    assert send("/visit/documents", _pdf("one held")).headers["Location"] == "/visit/reading"
    assert "Another paper is still being read." in client.get("/visit").text
    assert send("/visit/documents", _pdf("leo")).status_code == 409
    send("/visit/questions", {"q": "what do I owe?"})
    reader.go_on.set()
    _until(client, "done")
    client.get("/visit/reading")
    page = client.get("/visit").text
    assert page.count('id="paper-') == 2
    assert page.count('<article class="turn"') == 1


@pytest.mark.parametrize(("kind", "patience"), [("broken", 15.0), ("broken held", 0.05)])
def test_one_that_cannot_be_read_loses_nothing(
    client: FlaskClient, send: Send, reader: SlowReader, paper: str, kind: str
) -> None:
    send("/visits", {"text": paper})
    before = client.get_cookie("sid")
    for address in ("/visits", "/visit/documents"):
        answer = send(address, _pdf(kind))
        if "held" in kind:
            reader.go_on.set()
            _until(client, "failed")
            answer = client.get("/visit/reading")
            reader.go_on.clear()
        assert answer.status_code == 422
        assert "no amounts could be read" in answer.text
        assert "$30.00" in client.get("/visit").text
        assert client.get_cookie("sid").value == before.value  # type: ignore[union-attr]


def test_with_no_papers_before_a_failure_leads_back_to_the_start(client: FlaskClient, send: Send, shelf: MemoryShelf) -> None:
    answer = send("/visits", _pdf("broken"))
    assert answer.status_code == 422
    assert 'id="own"' in answer.text
    assert shelf._rows == {}
    assert client.get_cookie("sid") is None


def test_one_good_and_one_bad(client: FlaskClient, send: Send) -> None:
    assert send("/visits", _pdf("one", "broken")).status_code == 422
    assert client.get("/visit").text.count('id="paper-') == 1


@HELD
def test_delete_now_while_reading(client: FlaskClient, send: Send, reader: SlowReader, shelf: MemoryShelf, paper: str) -> None:
    send("/visits", {"text": paper})
    send("/visits", _pdf("one held"))
    assert len(shelf._rows) == 2
    send("/visit/delete")
    assert (shelf._rows, shelf._attached) == ({}, {})
    reader.go_on.set()
    time.sleep(0.3)
    assert (shelf._rows, shelf._attached) == ({}, {}), "what was still being read came back"


@HELD
def test_reading_is_stopped(client: FlaskClient, send: Send, reader: SlowReader, paper: str) -> None:
    send("/visits", {"text": paper})
    send("/visits", _pdf("leo held"))
    assert send("/visit/reading/stop").status_code == 303
    reader.go_on.set()
    time.sleep(0.3)
    page = client.get("/visit").text
    assert "$30.00" in page
    assert "Leo" not in page


@HELD
def test_the_line_is_short_and_says_so(app: Flask, reader: SlowReader) -> None:
    """One at a time and two in line, as this test's settings say: the fourth is asked to come again."""
    statuses = []
    for _ in range(4):
        visitor = app.test_client()
        token = TOKEN.search(visitor.get("/").text)[1]  # type: ignore[index]
        answer = visitor.post("/visits", data={"csrf_token": token, **_pdf("one held")})
        statuses.append(answer.status_code)
    assert statuses == [303, 303, 303, 503]
    busy = app.test_client().post(DOCUMENTS, data=_pdf("one"))
    assert (busy.status_code, busy.json["code"]) == (503, "reading-busy")
    assert busy.headers["Retry-After"]
    reader.go_on.set()


@HELD
def test_one_past_its_time_has_failed(app: Flask, client: FlaskClient, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.extensions["explainer"].pool, "_times", replace(Times(), job_deadline=0))
    answer = send("/visits", _pdf("one held"))
    assert answer.status_code == 303
    assert client.get("/visit/reading").status_code == 422


@HELD
def test_what_is_over_is_forgotten_though_nobody_comes_back(
    app: Flask, send: Send, reader: SlowReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = app.extensions["explainer"].pool
    send("/visits", _pdf("one held"))
    (job,) = pool._by_visit.values()
    pool.sweep()
    assert pool._by_visit, "one under way is not forgotten"
    reader.go_on.set()
    assert job.finished.wait(10)
    monkeypatch.setattr("explainer.web.jobs._REMEMBERED", -1.0)
    pool.sweep()
    assert not pool._by_visit
    assert job.uploads == ()


def test_a_file_has_time_enough_for_its_box_and_many_files_have_an_end() -> None:
    times, box = Times(), Limits().box
    assert time_for(times, 1) > box.wait_ocr + box.wall_ocr + box.wall
    assert time_for(times, 20) == time_for(times, 1000) == times.job_most


def test_an_error_of_ours_is_told_without_its_words(client: FlaskClient, send: Send, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = send("/visits", _pdf("crash"))
    assert answer.status_code == 500
    assert CANARY not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert send("/visits", _pdf("one")).status_code == 303, "the thread goes on"


def test_ready_tells_what_can_be_read(client: FlaskClient) -> None:
    assert client.get("/readyz").json["reads"]["text"] is True


# Many papers


@pytest.mark.parametrize(("tongue", "title"), [("", "Your visits, one after the other"), ("/es", "Sus visitas, una tras otra")])
def test_nine_papers_are_told_as_one_story(client: FlaskClient, send: Send, tongue: str, title: str) -> None:
    folder = Path(__file__).parents[1] / "papers" / "episode" / "nine"
    files = sorted(folder.glob("eob-*.txt"))
    send("/visits", {"file": [(io.BytesIO(f.read_bytes()), f.name) for f in files]})
    page = client.get(f"{tongue}/visit").text
    story = page[page.index('id="story"') : page.index("</section>", page.index('id="story"'))]
    assert title in story
    assert story.count('<tr><th scope="row">') == 9
    assert story.count("$100.00") >= 2
    assert story.count('<rect class="part patient_owes"') == 9


def test_one_paper_is_no_story(client: FlaskClient, send: Send) -> None:
    send("/visits", _pdf("one"))
    assert 'id="story"' not in client.get("/visit").text


def test_minutes_of_a_person_stay_with_their_day(client: FlaskClient, send: Send) -> None:
    """Each of two people has a day: the second keeps its number, and its minutes, when only it is shown."""
    send("/visits", _pdf("family"))
    send("/visit/papers/1/days/2", {"minutes": "5"})
    for name in ("Leo Sample", "Ana Sample"):
        send("/visit/person", {"name": name})
        page = client.get("/visit").text
        shown = set(re.findall(r'id="minutes-(\d+)"', page))
        assert shown
        assert ('value="5"' in page) == ("2" in shown)


@pytest.mark.parametrize(
    ("fields", "cut"),
    [
        ([(50, 90), (150, 190), (310, 340), (500, 540)], 308.0),
        ([(50, 90), (150, 305), (300, 340), (500, 540)], None),
        ([(50, 90), (500, 540)], None),
        ([(50, 90), (150, 190), (310, 340)], None),
    ],
    ids=["before the field in the middle", "another stands across", "none near the middle", "narrow"],
)
def test_a_wide_line_is_cut_between_two_fields(fields: list[tuple[int, int]], cut: float | None) -> None:
    boxes = [Box(left, 100, right, 110) for left, right in fields]
    span = Span("p", 1, 0, 0, Box(boxes[0].left, 100, boxes[-1].right, 110))
    line = ServiceLine(1, span, places={str(n): Span("p", 1, 0, 0, box) for n, box in enumerate(boxes)})
    paper = Document("p", "x.pdf", "pdf", "eob", "", (Claim((line,)),), pages=(PageSize(1, 612, 792),))
    (sheet,) = sheets(paper, [Kept("p", 1, 850, 1100, 9)])
    (place,) = sheet.lines
    assert place.cut == cut
    parts = strips(sheet, place)
    assert len(parts) == (1 if cut is None else 2)
    assert (parts[0][0], parts[-1][0] + parts[-1][2]) == (place.x - 6, place.x + place.width + 6)
