"""What an assistant's calls give: the contract's JSON and a plain text, or plain words on what is wrong."""

import base64
from typing import Any

import pytest
from click.testing import CliRunner

from explainer.cli import assisting, main
from explainer.cli.assistant.files import Folders
from explainer.cli.assistant.tools import TOOLS, Desk, Result, call
from explainer.cli.papers import FORMATS
from explainer.conversation.engine import Talker
from explainer.knowledge.base import Knowledge
from explainer.paths import data_dir
from explainer.settings import Limits, Settings

THERAPY = (data_dir("content") / "examples" / "therapy.txt").read_text("utf-8")
DENIAL = (data_dir("content") / "examples" / "denial.txt").read_text("utf-8")
PAPER = {"text": THERAPY, "name": "therapy.txt"}
LIMITS = Settings().limits


@pytest.fixture(scope="module")
def desk(knowledge: Knowledge, talker: Talker) -> Desk:
    return Desk(knowledge, talker, Settings(), Folders(()))


def one(desk: Desk, name: str, **arguments: Any) -> Result:
    return call(name, arguments, desk)


def test_read_lists_each_paper_in_order_with_what_could_not_be_read(desk: Desk) -> None:
    coded = base64.b64encode(DENIAL.encode()).decode()
    papers = [PAPER, {"text": "Dear diary"}, {"base64": f"data:text/plain;base64,{coded}", "name": "denial.txt"}]
    result = one(desk, "read", documents=papers)
    first, second, third = result.data["documents"]
    assert not result.wrong
    assert (first["file"], third["file"]) == ("therapy.txt", "denial.txt")
    assert first["claims"][0]["totals"]["patient_owes"] == "30.00"
    assert second["error"]["code"] == "not-an-eob"
    assert second["error"]["try"] in result.text
    assert "30.00" in result.text


@pytest.mark.parametrize(("lang", "says"), [("en", "$30.00"), ("es", "usted")])
def test_explain_says_each_line_and_the_case(lang: str, says: str, desk: Desk) -> None:
    result = one(desk, "explain", documents=[PAPER], lang=lang)
    line = result.data["documents"][0]["claims"][0]["lines"][0]
    assert line["explanation"]["text"] in result.text
    assert set(result.data["case"]) >= {"summary", "findings"}
    assert says in result.text


def test_ask_answers_in_order_within_one_conversation(desk: Desk) -> None:
    result = one(desk, "ask", documents=[{"text": DENIAL}], questions=["why was it denied?", "by when can I appeal?"])
    assert [a["topic"] for a in result.data["answers"]] == ["denial.reason", "appeal.deadline"]
    assert all(a["text"] in result.text for a in result.data["answers"])
    assert result.data["errors"] == []


@pytest.mark.parametrize(("lang", "title"), [("en", "How do you know?"), ("es", "¿Cómo lo sabe?")])
def test_ask_says_why_where_it_is_asked_to(lang: str, title: str, desk: Desk) -> None:
    told = one(desk, "ask", documents=[PAPER], questions=["30 minutes?"], why=True, lang=lang)
    assert told.data["answers"][0]["why"]["took"][0]["value"] == "30"
    assert title in told.text
    assert "why" not in one(desk, "ask", documents=[PAPER], questions=["30 minutes?"], lang=lang).data["answers"][0]


def test_nothing_of_a_call_is_there_in_the_next(desk: Desk) -> None:
    one(desk, "ask", documents=[PAPER], questions=["What do I owe?"])
    later = one(desk, "ask", questions=["and the second line?"])
    assert "$" not in later.text
    assert later.data["answers"][0]["lines"] == []


def test_no_answer_without_the_paper_that_was_given(desk: Desk) -> None:
    result = one(desk, "ask", documents=[{"text": "Dear diary"}], questions=["What do I owe?"])
    assert result.wrong
    assert result.data["answers"] == []
    assert result.data["errors"][0]["error"]["code"] == "not-an-eob"


def test_an_answer_names_the_paper_it_could_not_use(desk: Desk) -> None:
    result = one(desk, "ask", documents=[PAPER, {"text": "Dear diary"}], questions=["What do I owe?"], lang="es")
    assert not result.wrong
    assert result.data["answers"][0]["lang"] == "es"
    assert result.data["errors"][0]["error"]["message"] in result.text


@pytest.mark.parametrize(("code", "known"), [("97110", True), ("co45", True), ("97Z31", False)])
def test_code_is_known_or_said_not_to_be(code: str, known: bool, desk: Desk) -> None:
    result = one(desk, "code", code=code)
    assert result.data["known"] is known
    assert result.text == result.data["text"]


# Services of a day; what both rules say of them. Minutes of two services of which each rule makes another number of units:
# 7 + 7 make none each and one together, 8 + 8 make one each and one together.
@pytest.mark.parametrize(
    ("services", "wanted"),
    [
        ([{"units": 3}], {"timed_units": 3, "total_minutes": {"min": 38, "max": 52}, "per_code_minutes": {"min": 38, "max": 52}}),
        (
            [{"code": "97110", "units": 2}, {"code": "97140", "units": 1}],
            {"timed_units": 3, "total_minutes": {"min": 38, "max": 52}, "per_code_minutes": {"min": 31, "max": 59}},
        ),
        ([{"code": "97110", "minutes": 7}, {"code": "97140", "minutes": 7}], {"minutes": 14, "made": (1, 0)}),
        ([{"code": "97110", "minutes": 8}, {"code": "97140", "minutes": 8}], {"minutes": 16, "made": (1, 2)}),
        (
            [{"code": "97110", "minutes": 8, "units": 1}, {"code": "97140", "minutes": 8, "units": 1}],
            {"fits": "per-code-only", "made": (1, 2)},
        ),
        (
            [{"code": "97110", "minutes": 33, "units": 2}, {"code": "97140", "minutes": 7, "units": 1}],
            {"fits": "medicare-only", "made": (3, 2)},
        ),
        ([{"minutes": 20, "units": 1}], {"fits": "both", "made": (1, 1)}),
        ([{"minutes": 20, "units": 3}], {"fits": "neither", "made": (1, 1)}),
        ([{"code": "97010", "units": 1}], {"timed_units": None, "minutes": None}),
    ],
)
def test_units_under_both_rules(services: list[dict[str, Any]], wanted: dict[str, Any], desk: Desk) -> None:
    result = one(desk, "units", services=services)
    made = tuple(result.data[rule]["units"] for rule in ("medicare", "per_code") if rule in result.data)
    assert {**result.data, "made": made} | wanted == {**result.data, "made": made}
    assert result.text == result.data["text"] != ""


@pytest.mark.parametrize("lang", ["en", "es"])
def test_units_that_are_no_minutes_are_said_to_be_none(lang: str, desk: Desk) -> None:
    result = one(desk, "units", services=[{"code": "97010", "units": 2}, {"code": "99Z99", "units": 1}], lang=lang)
    assert "97010" in result.text
    assert "99Z99" in result.text
    assert not any(str(minutes) in result.text for minutes in (23, 30, 37))


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("shell", {}, "no-tool"),
        ("read", {}, "arguments"),
        ("read", {"documents": []}, "arguments"),
        ("read", {"documents": "therapy.txt"}, "arguments"),
        ("read", {"documents": [{"text": 5}]}, "arguments"),
        ("read", {"documents": [{"text": THERAPY, "url": "http://example.org"}]}, "arguments"),
        ("read", {"documents": [{"text": THERAPY, "format": "exe"}]}, "arguments"),
        ("read", {"documents": [PAPER] * (LIMITS.documents_per_visit + 1)}, "too-many-documents"),
        ("explain", {"documents": [PAPER], "lang": "fr"}, "arguments"),
        ("ask", {"questions": []}, "arguments"),
        ("ask", {"questions": [None]}, "arguments"),
        ("ask", {"questions": ["  "]}, "no-question"),
        ("ask", {"questions": ["x" * (LIMITS.question_chars + 1)]}, "question-too-long"),
        ("ask", {"questions": ["why?"] * (LIMITS.assistant_questions + 1)}, "too-many-questions"),
        ("code", {"code": "9" * 13}, "arguments"),
        ("code", {"code": ["97110"]}, "arguments"),
        ("units", {"services": [{"units": 0}]}, "arguments"),
        ("units", {"services": [{"units": True}]}, "arguments"),
        ("units", {"services": [{"units": 2.5}]}, "arguments"),
        ("units", {"services": [{"units": 10**30}]}, "arguments"),
        ("units", {"services": [{}]}, "unclear"),
        ("units", {"services": [{"units": 1}, {"minutes": 20}]}, "unclear"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_call_that_cannot_be_done_says_why(name: str, arguments: dict[str, Any], code: str, lang: str, desk: Desk) -> None:
    result = call(name, {"lang": lang, **arguments}, desk)
    assert result.wrong
    assert result.data == {"error": {"code": code, "message": result.text}}
    assert result.text


def test_what_is_wrong_is_named_without_repeating_what_was_sent(desk: Desk) -> None:
    result = one(desk, "read", documents=[{"text": THERAPY, "\x1b[31m" + "k" * 5000: "secret-value"}])
    assert "documents.0" in result.text
    assert "secret-value" not in result.text
    assert "\x1b" not in result.text
    assert len(result.text) < 300


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        ({}, "no-contents"),
        ({"text": THERAPY, "base64": "QQ=="}, "no-contents"),
        ({"base64": "not base64!"}, "bad-base64"),
        ({"base64": "A" * (LIMITS.file * 4 // 3 + 8)}, "too-big"),
        ({"text": "x" * (LIMITS.pasted_text + 1)}, "too-big"),
        ({"base64": base64.b64encode(b"%PDF-1.7\n1 0 obj").decode()}, "pdf-damaged"),
        ({"text": "\ud800"}, "empty"),
        ({"path": "therapy.txt"}, "path-outside"),
    ],
)
def test_a_paper_that_cannot_be_had_says_why(paper: dict[str, Any], code: str, desk: Desk) -> None:
    result = one(desk, "read", documents=[paper])
    assert result.wrong
    assert result.data["documents"][0]["error"]["code"] == code


def test_many_big_papers_are_refused_from_where_they_are_too_much(knowledge: Knowledge, talker: Talker) -> None:
    small = Desk(knowledge, talker, Settings(limits=Limits(visit_bytes=len(THERAPY.encode()) + 10)), Folders(()))
    first, second = one(small, "read", documents=[PAPER, PAPER]).data["documents"]
    assert first["claims"]
    assert second["error"]["code"] == "too-big"


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_schemas_are_whole_and_closed(tool: Any) -> None:
    schema = tool.schema()
    assert "$ref" not in str(schema)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert schema["properties"]["lang"]["enum"] == ["en", "es"]


def test_formats_are_those_of_the_command_line() -> None:
    paper = TOOLS["read"].schema()["properties"]["documents"]["items"]["properties"]
    assert tuple(paper["format"]["enum"]) == FORMATS


@pytest.mark.parametrize(("lang", "says"), [("en", "pip install"), ("es", "no está instalada")])
def test_without_the_library_the_command_says_how_to_get_it(lang: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assisting, "find_spec", lambda _name: None)
    result = CliRunner().invoke(main, ["mcp", "--lang", lang])
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""
