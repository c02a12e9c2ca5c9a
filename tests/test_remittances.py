"""What is said of an 835: in the summary, in an answer, and on the command line for files of any size."""

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from explainer.case import Case, check_case
from explainer.cli import main
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.explain import case_summary, explain_line, summary
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.readers import Upload, read
from explainer.settings import Limits

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.remittances import Counted, remittance

PAPERS = Path(__file__).parent / "papers" / "x12"


def _case(name: str, knowledge: Knowledge) -> Case:
    paper = PAPERS / f"{name}.835"
    document = read(Upload("p1", paper.name, paper.read_bytes()), knowledge, Limits()).document
    return check_case((document,), knowledge, date(2026, 4, 15))


@pytest.mark.parametrize(
    ("name", "lang", "says", "never"),
    [
        ("no-line-breaks", "en", ["may owe $5.00", "report to the provider", "not a bill"], []),
        ("no-line-breaks", "es", ["puede deber $5.00", "informe del plan al proveedor"], []),
        (
            "two-patients",
            "en",
            ["For ALEX Q SAMPLE:", "may owe $50.00", "For DANA TESTCASE:", "may owe $120.00"],
            ["$170.00"],
        ),
        ("two-patients", "es", ["De ALEX Q SAMPLE:", "puede deber $50.00"], ["$170.00"]),
        ("reversal-and-correction", "en", ["may owe $30.00", "takes back an earlier claim"], ["-$", "$20.00"]),
        ("institutional-no-services", "en", ["$1,632.00", "did not pay one claim"], []),
        ("provider-level", "en", ["may owe $20.00", "The plan paid $80.00"], ["$25.00", "$55.00"]),
        ("contradicted-patient-amount", "en", ["two different amounts", "$50.00 and $0.00"], ["may owe $"]),
        (
            "payer-cut-and-two-amounts",
            "es",
            ["dos cantidades distintas", "$40.00 y $30.00"],
            ["$50.00", "$20.00", "puede deber $40"],
        ),
    ],
)
def test_summary(name: str, lang: Lang, says: list[str], never: list[str], knowledge: Knowledge) -> None:
    text = summary(_case(name, knowledge).documents[0], knowledge, lang)
    assert [part for part in says if part not in text] == []
    assert [part for part in never if part in text] == []


@pytest.mark.parametrize(
    ("name", "question", "lang", "says", "never"),
    [
        ("no-line-breaks", "what do I owe", "en", ["$5.00", "copay"], []),
        ("two-patients", "what do I owe", "en", ["ALEX Q SAMPLE and DANA TESTCASE"], ["$170.00", "$50.00"]),
        ("two-patients", "what does Dana owe?", "en", ["$120.00", "deductible"], ["$50.00", "$170.00"]),
        (
            "reversal-and-correction",
            "what do I owe",
            "en",
            ["$30.00", "copay", "reversal"],
            ["-$", "newer paper", "do not add up"],
        ),
        ("reversal-and-correction", "¿cuánto debo?", "es", ["$30.00", "reversión"], ["-$"]),
        ("claim-and-line-adjustments", "what do I owe", "en", ["$60.00", "$40.00", "$20.00 is your copay"], ["do not add up"]),
        ("contradicted-patient-amount", "what do I owe", "en", ["$50.00 and $0.00", "cannot tell"], ["You may owe"]),
        ("contradicted-patient-amount", "¿cuánto debo?", "es", ["$50.00 y $0.00"], ["Usted puede deber $"]),
        ("payer-cut-and-two-amounts", "what do I owe?", "en", ["$40.00 and $30.00", "$10.00"], ["$50.00"]),
        ("not-collectable", "what do I owe", "en", ["$0.00"], ["surprise"]),
        ("provider-level", "what do I owe", "en", ["$20.00"], ["$25.00"]),
    ],
)
def test_answer(
    name: str, question: str, lang: Lang, says: list[str], never: list[str], knowledge: Knowledge, talker: Talker
) -> None:
    text = talker.ask(question, lang, _case(name, knowledge), Context()).answer.text
    assert [part for part in says if part not in text] == []
    assert [part for part in never if part in text] == []


def test_two_amounts_are_a_question(knowledge: Knowledge) -> None:
    case = _case("payer-cut-and-two-amounts", knowledge)
    (found,) = (f for f in case.all_findings() if f.case == "told-twice")
    assert (found.verdict, found.lines, found.amount) == ("ask", (1,), Decimal("10.00"))
    text = case_summary(case, knowledge, "en")
    assert "I found one thing worth a question" in text
    assert "nothing that needs a question" not in text


@pytest.mark.parametrize(
    ("name", "number", "says", "never"),
    [
        ("payer-cut-and-two-amounts", 1, ["$10.00 stands under PI", "I take neither"], ["discount", "you may owe $"]),
        ("payer-cut-and-two-amounts", 2, ["$10.00 stands under PI", "may owe $10.00"], ["discount"]),
        ("reversal-that-says-nothing", 3, ["$30.00 stands under CR", "may owe $10.00"], ["discount"]),
        ("secondary-payer", 1, ["$175.00 is what another insurer paid or changed before this plan (OA-23)"], ["stands under OA"]),
    ],
)
def test_every_amount_is_in_a_sentence(name: str, number: int, says: list[str], never: list[str], knowledge: Knowledge) -> None:
    document = _case(name, knowledge).documents[0]
    line = document.line(number)
    assert line is not None
    text = explain_line(line, document, knowledge, "en").money_text
    assert [part for part in says if part not in text] == []
    assert [part for part in never if part in text] == []


def test_a_payment_that_differs_names_what_is_no_claims(knowledge: Knowledge) -> None:
    data = (PAPERS / "provider-level.835").read_bytes().replace(b"BPR*I*", b"BPR*I*9")
    document = read(Upload("p1", "x.835", data), knowledge, Limits()).document
    (told,) = (p for p in document.problems if p.code.startswith("x12-payment-differs"))
    assert told.values["claims"] == sum((c.totals.plan_paid or 0 for c in document.claims), Decimal(0))
    assert told.values["claims"] != told.values["added"]
    assert "claims alone come to" in knowledge.say(f"problem.{told.code}", "en", told.values)


def test_a_replaced_code_is_told(knowledge: Knowledge) -> None:
    document = _case("replaced-code", knowledge).documents[0]
    first, second = (explain_line(line, document, knowledge, "en").text for line in document.lines)
    assert "The provider sent code 97124; the plan decided on it as 97140." in first
    assert "The provider sent" not in second


@pytest.mark.parametrize(("name", "verdicts"), [("claim-and-line-adjustments", {"explained"}), ("out-of-balance", {"ask"})])
def test_a_line_that_does_not_add_up_alone(name: str, verdicts: set[str], knowledge: Knowledge) -> None:
    found = [f for f in _case(name, knowledge).all_findings() if f.id == "money.line" and 1 in f.lines]
    assert {f.verdict for f in found} == verdicts


def test_no_note_of_protection_is_taken_for_the_surprise_billing_law(knowledge: Knowledge) -> None:
    assert "network.surprise" not in [f.id for f in _case("not-collectable", knowledge).all_findings()]


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Counted]:
    """More segments than a paper may have on the page."""
    path, counted = tmp_path_factory.mktemp("long") / "long.835", Counted()
    with path.open("wb") as file:
        file.writelines(remittance(1_800, counted))
    assert counted.segments > Limits().x12_segments
    return path, counted


def test_a_long_file_is_listed_claim_by_claim(long_file: tuple[Path, Counted]) -> None:
    path, counted = long_file
    done = CliRunner().invoke(main, ["read", str(path), "--jsonl"])
    document = json.loads(done.stdout)
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 1)
    assert (document["kind"], document["format"], document["payer"]) == ("remittance", "x12-835", "MADE UP HEALTH PLAN")
    assert len(document["claims"]) == counted.claims
    assert [line["line"] for claim in document["claims"] for line in claim["lines"]] == list(range(1, counted.lines + 1))
    assert f"{sum(float(claim['totals']['plan_paid']) for claim in document['claims']):.2f}" == str(counted.paid)
    table = CliRunner().invoke(main, ["read", "-"], input=path.read_bytes())
    assert (table.exit_code, len(table.stdout.splitlines())) == (0, counted.lines + 1)


def test_a_long_file_is_not_explained_but_what_to_try_is_said(long_file: tuple[Path, Counted]) -> None:
    path, _ = long_file
    for words in (["ask", str(path), "what do I owe"], ["explain", str(path)]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 3
        assert "too big" in done.stderr
        assert "explainer read" in done.stderr
