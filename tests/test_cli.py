"""The command line keeps the contract: what each command prints, in which shape, and with which exit code."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from explainer.cli import main
from explainer.paths import data_dir

EXAMPLES = data_dir("content") / "examples"
THERAPY, DENIAL = str(EXAMPLES / "therapy.txt"), str(EXAMPLES / "denial.txt")


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=stdin)


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_read_gives_a_document_a_line() -> None:
    result = run("read", THERAPY, DENIAL, "--jsonl")
    assert result.exit_code == 0
    assert [row["file"] for row in rows(result)] == [THERAPY, DENIAL]
    line = rows(result)[0]["claims"][0]["lines"][0]
    assert {"line", "service_date", "code", "modifiers", "units", "billed", "patient_owes", "source", "uncertain"} <= set(line)


def test_read_takes_standard_input() -> None:
    result = run("read", "-", "--jsonl", stdin=Path(THERAPY).read_text("utf-8"))
    assert rows(result)[0]["file"] == "-"
    assert rows(result)[0]["claims"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"Dear diary, it rained today.\n" * 9, "not-an-eob"),
        (b"%PDF-1.7\n1 0 obj", "pdf-damaged"),
        (None, "no-file"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_next_file_goes_on(tmp_path: Path, data: bytes | None, code: str) -> None:
    bad = tmp_path / "bad.txt"
    if data is not None:
        bad.write_bytes(data)
    result = run("read", str(bad), THERAPY, "--jsonl")
    assert result.exit_code == 3
    first, second = rows(result)
    assert first["error"]["code"] == code
    assert first["error"]["message"]
    assert first["error"]["try"]
    assert second["claims"]


def test_explain_adds_words_findings_and_the_case() -> None:
    result = run("explain", THERAPY, "--jsonl")
    document, case = rows(result)
    assert result.exit_code == 0
    words = document["claims"][0]["lines"][0]["explanation"]
    assert set(words) == {"text", "code_meaning", "units_text", "money_text", "sources"}
    assert document["summary"]
    assert {f["verdict"] for f in document["findings"]} <= {"ok", "ask", "explained", "not-checked"}
    assert set(case["case"]) >= {"summary", "findings"}


def test_each_file_can_be_a_case_of_its_own() -> None:
    assert sum("case" in row for row in rows(run("explain", THERAPY, DENIAL, "--jsonl", "--each"))) == 2
    assert sum("case" in row for row in rows(run("explain", THERAPY, DENIAL, "--jsonl"))) == 1


def test_explain_writes_a_page(tmp_path: Path) -> None:
    page = tmp_path / "out.html"
    assert run("explain", THERAPY, "--html", str(page), "--lang", "es").exit_code == 0
    assert '<html lang="es">' in page.read_text("utf-8")


def test_ask_answers_with_the_paper_s_figure() -> None:
    owed = rows(run("read", THERAPY, "--jsonl"))[0]["claims"][0]["totals"]["patient_owes"]
    answer = json.loads(run("ask", THERAPY, "What do I owe?", "--json").stdout)
    assert set(answer) == {"topic", "text", "lines", "values", "sources", "suggestions", "lang"}
    assert answer["topic"] == "money.owe"
    assert f"${owed}" in answer["text"]


def test_ask_says_why_only_when_asked() -> None:
    plain, told = run("ask", THERAPY, "What do I owe?").stdout, run("ask", THERAPY, "What do I owe?", "--why").stdout
    assert told.startswith(plain.rstrip("\n"))
    assert "How do you know?" not in plain
    assert "How do you know?" in told
    why = json.loads(run("ask", THERAPY, "What do I owe?", "--why", "--json").stdout)["why"]
    assert [w["text"] for w in why["words"]] == ["owe"]
    assert why["statements"][0]["places"][0]["file"] == THERAPY


def test_chat_says_why_in_every_answer() -> None:
    asked = json.dumps({"documents": [THERAPY], "questions": ["What do I owe?", "and line 2?"]})
    answers = rows(run("chat", "--jsonl", "--why", stdin=asked))[0]["answers"]
    assert [answer["why"]["topic"] for answer in answers] == ["money.owe", "money.owe"]
    assert "¿Cómo lo sabe?" in run("chat", THERAPY, "--why", "--lang", "es", stdin="¿Cuánto debo?\n").stdout


def test_chat_keeps_to_its_lines_and_remembers() -> None:
    asked = [
        {"documents": [DENIAL], "questions": ["why was it denied?", "by when can I appeal?"], "lang": "en"},
        {"documents": ["nowhere.txt"], "questions": ["what do I owe?"]},
        {"questions": ["¿Qué es 97110?"], "lang": "es"},
    ]
    lines = rows(run("chat", "--jsonl", stdin="\n".join(map(json.dumps, asked))))
    assert [len(line["answers"]) for line in lines] == [2, 1, 1]
    assert [a["topic"] for a in lines[0]["answers"]] == ["denial.reason", "appeal.deadline"]
    assert lines[1]["error"]["code"] == "no-file"
    assert lines[2]["answers"][0]["lang"] == "es"


@pytest.mark.parametrize(
    ("code", "family"), [("97110", "cpt"), ("g0283", "hcpcs"), ("GP", "modifier"), ("co45", "carc"), ("N130", "rarc")]
)
def test_code_says_what_it_means_and_whence(code: str, family: str) -> None:
    found = json.loads(run("code", code, "--json").stdout)
    assert found["family"] == family
    assert found["plain"]
    assert {"id", "title", "as_of"} <= set(found["source"])


def test_a_code_nobody_knows_is_not_guessed() -> None:
    assert json.loads(run("code", "97Z31", "--json").stdout)["known"] is False
    assert run("code", "97Z31").exit_code == 3


def test_knowledge_is_checked_and_counted() -> None:
    assert run("knowledge", "check").exit_code == 0
    counted = json.loads(run("knowledge", "stats", "--json").stdout)
    families = {"cpt", "hcpcs", "modifier", "carc", "rarc", "place", "revenue", "icd10", "term", "topic", "fact"}
    assert families <= set(counted["families"])
    assert {"families", "languages", "reading"} <= set(counted)


def test_wrong_usage_is_two() -> None:
    assert run("read").exit_code == 2
    assert run("read", "--format", "odd", THERAPY).exit_code == 2


@pytest.mark.parametrize(
    ("lang", "says"), [("en", ["WHAT TO ASK"]), ("es", ["QUÉ PREGUNTAR"]), ("both", ["WHAT TO ASK", "QUÉ PREGUNTAR"])]
)
def test_handout_is_text_a_page_or_a_pdf(tmp_path: Path, lang: str, says: list[str]) -> None:
    shown = run("handout", DENIAL, "--lang", lang)
    assert shown.exit_code == 0
    assert all(words in shown.stdout for words in says)
    pdf, page = tmp_path / "a.pdf", tmp_path / "a.html"
    assert run("handout", THERAPY, DENIAL, "--lang", lang, "--pdf", str(pdf), "--html", str(page), "--paper", "a4").exit_code == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert page.read_text("utf-8").count("<h1") == len(says)


@pytest.mark.parametrize(("lang", "greets"), [("en", 1), ("es", 2)])
def test_letter_prints_the_letter_and_its_notes_apart(tmp_path: Path, lang: str, greets: int) -> None:
    done = run("letter", "records", DENIAL, "--lang", lang)
    assert done.exit_code == 0
    assert done.stdout.count("Willow Street Physical Therapy") == greets
    assert "30 " in done.stderr
    assert "30 " not in done.stdout
    page = tmp_path / "letter.html"
    assert run("letter", "records", DENIAL, "--lang", lang, "--html", str(page)).exit_code == 0
    assert page.read_text("utf-8").count("<pre") == greets


def test_calendar_gives_a_last_day_or_says_that_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.cli.takeaway.today", lambda: date(2026, 11, 25))
    assert run("calendar", THERAPY).exit_code == 1
    done = run("calendar", DENIAL)
    assert done.exit_code == 0
    assert done.stdout_bytes.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"DTSTART;VALUE=DATE:20270501\r\n" in done.stdout_bytes


@pytest.mark.parametrize("words", [("handout",), ("letter", "threat", THERAPY), ("handout", THERAPY, "--paper", "foolscap")])
def test_what_to_take_along_must_be_named_right(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_a_summary_of_benefits_is_about_no_visit(root: Path) -> None:
    assert run("handout", str(root / "tests/papers/readers/sbc-tabs.txt")).exit_code == 1


@pytest.mark.parametrize("command", [("handout",), ("letter", "appeal"), ("calendar",)])
def test_nothing_to_take_along_from_what_cannot_be_read(command: tuple[str, ...]) -> None:
    assert run(*command, THERAPY, "nowhere.txt").exit_code == 3
