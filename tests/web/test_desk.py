"""The desk: many papers as tables and files, kept and deleted like any visit; and how long what is kept is kept."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from explainer.knowledge.base import Knowledge
from explainer.sessions.memory import MemoryShelf
from explainer.settings import Rates, Settings
from explainer.web import create_app

Send = Callable[..., Any]
HOSTILE = "=HYPERLINK(1)"
OFTEN = Rates("100000 per minute", "100000 per minute", "100000 per minute")
SEGMENTS = (
    "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260301*1200*^*00501*000000001*0*P*:",
    "GS*HP*PAYER*CLINIC*20260301*1200*1*X*005010X221A1", "ST*835*0001", "BPR*I*1.00*C*ACH*CCP*01*1*DA*1*1**01*1*DA*2*20260301",
    "TRN*1*12345*1999999999", "N1*PR*EVERGREEN HEALTH PLAN", "N1*PE*WILLOW STREET PT*XX*1234567893", "LX*1",
)  # fmt: skip


def remittance(claims: int) -> bytes:
    """A made-up 835: that many claims, each of another made-up person."""
    out = list(SEGMENTS)
    for n in range(claims):
        out += [
            f"CLP*{n:05d}*1*120.00*64.20*0.00*12*EX{n:07d}*11*1", f"NM1*QC*1*SAMPLE{n}*ANA****MI*W{n:06d}",
            "SVC*HC:97110:GP*120.00*64.20**2", "DTM*472*20260117", "CAS*CO*45*55.80",
        ]  # fmt: skip
    return ("~".join([*out, f"SE*{len(out) - 1}*0001", "GE*1*1", "IEA*1*000000001"]) + "~").encode()


def _files(root: Path, *extra: tuple[bytes, str]) -> dict[str, object]:
    examples = [(p.read_bytes(), p.name) for p in sorted((root / "content" / "examples").glob("*.txt"))]
    return {"file": [(io.BytesIO(data), name) for data, name in (*examples, *extra)]}


def _desk(client: FlaskClient, base: str = "", query: str = "") -> str:
    """The desk's page, after what is still being read is read."""
    for _ in range(400):
        answer = client.get(f"{base}/desk{query}")
        if answer.status_code == 200:
            return answer.text
        client.get(answer.headers["Location"])
    raise AssertionError("never read")


@pytest.mark.parametrize("base", ["", "/es"])
def test_from_many_files_to_tables_and_files(
    client: FlaskClient, send: Send, root: Path, knowledge: Knowledge, base: str
) -> None:
    lang: Any = base.strip("/") or "en"
    two = (root / "tests/papers/x12/two-patients.835").read_bytes()
    send(f"{base}/desk/papers", _files(root, (two, "two.835"), (b"\x00\xff" * 99, f"{HOSTILE}.bin")))
    page = _desk(client, base)
    assert page.count('<table class="days desk-claim"') == 5
    assert "DANA TESTCASE" in page
    assert f"{HOSTILE}.bin" in page
    assert "Cache-Control" in client.get(f"{base}/desk").headers
    csv = client.get(f"{base}/desk/lines.csv")
    assert csv.headers["Content-Disposition"] == 'attachment; filename="lines.csv"'
    assert "00-00000-000-001" in csv.data.decode("utf-8-sig")
    assert f"'{HOSTILE}.bin" in client.get(f"{base}/desk/unread.csv").data.decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{base}/desk/tables.xlsx").data))
    assert book.sheet_names == [knowledge.say(f"batch.sheet.{n}", lang) for n in ("lines", "claims", "questions", "unread")]
    assert client.get(f"{base}/desk/names.csv").status_code == 404


def test_the_tables_follow_a_correction(client: FlaskClient, send: Send, root: Path) -> None:
    send("/desk/papers", {"file": _files(root)["file"][2]})  # type: ignore[index]
    _desk(client)
    assert send("/visit/papers/1/lines/1", {"do": "save", "units": "7"}).status_code == 303
    assert ",7," in client.get("/desk/lines.csv").text


def test_one_patients_page_and_papers(client: FlaskClient, send: Send, root: Path) -> None:
    two = (root / "tests/papers/x12/two-patients.835").read_bytes()
    send("/desk/papers", {"file": (io.BytesIO(two), "two.835")})
    page = _desk(client)
    address = re.findall(r'href="(/visit/handout\?person=\d)"', page)
    assert len(address) == 2
    for link, mine, other in ((address[0], "ALEX Q SAMPLE", "DANA TESTCASE"), (address[1], "DANA TESTCASE", "ALEX Q SAMPLE")):
        text = client.get(link).text
        assert mine in text
        assert other not in text
        assert f"person={link[-1]}" in text.split("handout.pdf")[1][:20]


def test_people_of_one_name_are_not_opened_together(client: FlaskClient, send: Send, root: Path) -> None:
    two = (root / "tests/papers/x12/two-patients.835").read_text("ascii").replace("DANA", "ALEX").replace("TESTCASE", "SAMPLE")
    send("/desk/papers", {"file": (io.BytesIO(two.encode()), "two.835")})
    page = _desk(client)
    assert page.count("desk-patient") == 2
    assert "handout?person" not in page


@pytest.mark.parametrize("most", [50_000, 300])
def test_a_large_remittance_is_paged_and_its_papers_are_not_kept(
    knowledge: Knowledge, talker: Any, shelf: MemoryShelf, most: int
) -> None:
    limits = replace(Settings().limits, batch_compared=20, x12_segments=most)
    client = create_app(replace(Settings(), limits=limits, rates=OFTEN), knowledge, shelf, talker=talker).test_client()
    token = client.get("/desk").text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "file": (io.BytesIO(remittance(120)), "large.835")}
    client.post("/desk/papers", data=form)
    first = _desk(client)
    pages = -(-120 // limits.batch_page)
    assert first.count('class="days desk-claim"') == limits.batch_page
    assert len(first) < 200_000
    assert f"EX{119:07d}" in _desk(client, query=f"?page={pages}")
    assert f"EX{119:07d}" in _desk(client, query="?page=99999")
    assert client.get("/desk/lines.csv").text.count("\r\n") == 121
    assert "large.835" not in client.get("/visit").text
    client.post("/visit/documents", data={"csrf_token": token, "file": (io.BytesIO(remittance(1)), "later.835")})
    assert "later.835" in _desk(client)
    assert "later.835" in client.get("/desk/unread.csv").text
    assert client.post("/visit/delete", data={"csrf_token": token}).text.count("<li>") >= 4
    assert (shelf._rows, shelf._attached) == ({}, {})


@pytest.mark.parametrize(
    ("form", "status"),
    [({}, 422), ({"file": [(io.BytesIO(b"x"), f"{n}.txt") for n in range(61)]}, 409), ({"text": "x" * (2**20 + 1)}, 413)],
    ids=["nothing", "too-many-files", "long-text"],
)
def test_what_cannot_be_sent_says_so(send: Send, shelf: MemoryShelf, form: dict[str, object], status: int) -> None:
    answer = send("/desk/papers", form)
    assert answer.status_code == status
    assert 'id="trouble"' in answer.text
    assert shelf._rows == {}


def test_without_papers_there_is_nothing_to_save(client: FlaskClient) -> None:
    assert client.get("/desk").status_code == 200
    for address in ("/desk/lines.csv", "/desk/tables.xlsx"):
        assert client.get(address).status_code == 410


def test_until_when_is_said_and_asking_is_no_use(client: FlaskClient, send: Send, paper: str, clock: Any) -> None:
    assert "data-until" not in client.get("/").text
    send("/visits", {"text": paper})
    until = int(client.get("/visit").text.split('data-until="')[1].split('"')[0])
    assert until == int(clock.now.timestamp()) + Settings().times.visit_idle
    clock.forward(minutes=29)
    assert client.get("/visit/until.json").json == {"at": until}
    assert "data-until" in client.get("/terms").text
    assert client.get("/visit/over").status_code == 303
    clock.forward(minutes=2)
    assert client.get("/visit/until.json").json == {"at": 0}
    over = client.get("/visit/over")
    assert over.status_code == 200
    assert over.headers["Clear-Site-Data"] == '"cookies", "storage"'


@pytest.mark.parametrize("address", ["/visit/over", "/desk/lines.csv", "/visit/handout"])
def test_a_link_on_another_site_cannot_end_a_visit(app: Flask, address: str) -> None:
    answer = app.test_client().get(address)
    assert "Clear-Site-Data" not in answer.headers
    assert not any(cookie.startswith("sid=") for cookie in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("base", ["", "/es"])
def test_after_deletion_the_page_says_what_is_gone(send: Send, knowledge: Knowledge, paper: str, base: str) -> None:
    send(f"{base}/visits", {"text": paper})
    send(f"{base}/visit/questions", {"q": "what do I owe?"})
    page = send(f"{base}/visit/delete").text
    lang: Any = base.strip("/") or "en"
    for key in ("papers", "questions"):
        assert knowledge.say(f"web.deleted.{key}", lang, {"count": 1}) in page
    for key in ("tabs", "downloads", "printouts"):
        assert knowledge.say(f"web.deleted.{key}", lang) in page
    assert "Willow" not in page
