"""QMB and reason 209: said where the paper carries the marks, in both languages, and never without them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from checks_build import claim, line, paper

from explainer.case import check_case
from explainer.checks import run_checks
from explainer.checks.protection import protection, said_qmb
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.explain import explain_line, finding_text, summary
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document, ServiceLine
from explainer.readers import Upload, read
from explainer.settings import Limits

KNOWLEDGE = Knowledge.load()
PAPERS = Path(__file__).resolve().parent.parent / "papers" / "msn"
TALKER = Talker(KNOWLEDGE)
D = Decimal
MARKED = "qmb-marked-lines.txt"
SAID = "qmb-part-b.txt"
CLEAN = ("part-b-one-space.txt", "part-b-dashboard.txt", "spanish.txt", "part-a-inpatient.txt")


def opened(name: str) -> Document:
    return read(Upload("p1", name, (PAPERS / name).read_bytes()), KNOWLEDGE, Limits()).document


def answered(name: str, words: str, lang: str = "en") -> str:
    case = check_case((opened(name),), KNOWLEDGE, date(2026, 11, 23))
    return TALKER.ask(words, lang, case, Context()).answer.text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("remarks", "adjusted", "keys", "qmb", "amount"),
    [
        (("N781",), (), ("N781",), True, "40"),
        (("N782",), (), ("N782",), True, "40"),
        (("N783",), (), ("N783",), True, "40"),
        (("OA-209",), (), ("OA-209",), False, "40"),
        (("OA209", "N782"), (), ("OA-209", "N782"), True, "40"),
    ],
)
def test_codes_that_forbid_to_collect(
    remarks: tuple[str, ...], adjusted: tuple[str, ...], keys: tuple[str, ...], qmb: bool, amount: str
) -> None:
    found = protection(paper(line(1, remarks=remarks), kind="remittance"), KNOWLEDGE)
    assert found is not None
    assert (found.keys, found.qmb, found.amount) == (keys, qmb, D(amount))


@pytest.mark.parametrize("remarks", [(), ("PR-2",), ("CO-45",), ("PR-209",), ("N130",), ("MA13",), ("OA-23",)])
def test_other_codes_do_not(remarks: tuple[str, ...]) -> None:
    document = paper(line(1, remarks=remarks), kind="remittance")
    assert protection(document, KNOWLEDGE) is None
    assert not [f for _, found in run_checks((document,), KNOWLEDGE) for f in found if f.id.startswith("protection.")]


@pytest.mark.parametrize("remark", ["MA13", "M27", "MA59", "N782"])
def test_only_its_own_remarks_speak_of_the_law_against_surprise_bills(remark: str) -> None:
    document = paper(line(1, remarks=(remark,)))
    assert not [f for _, found in run_checks((document,), KNOWLEDGE) for f in found if f.id == "network.surprise"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("You are in the Qualified Medicare Beneficiary (QMB) program.", True),
        ("You're enrolled in the QMB program.", True),
        ("This notice contains claims covered by the Qualified Medicare Beneficiary (QMB) program.", True),
        ("Usted está inscrita en el programa QMB.", True),
        ("If you are in the QMB program, show your card.", False),
        ("When you're enrolled in the QMB program, providers may not bill you.", False),
        ("Ask whether you are in the QMB program.", False),
        ("Si usted está en el programa QMB, muestre su tarjeta.", False),
        ("The QMB program helps people with low income.", False),
        ("", False),
    ],
)
def test_what_a_notice_says_of_the_person(words: str, said: bool) -> None:
    assert (said_qmb(paper(line(1), kind="msn", text=f"Medicare Summary Notice. {words}")) is not None) is said


def test_a_remark_of_the_whole_claim_speaks_of_its_covered_services() -> None:
    lines = (line(1, amounts="90 60 48 12", columns="short"), line(2, amounts="25 0 0 25", columns="short", remarks=("PR-96",)))
    found = protection(paper(claim(*lines, remarks=("MA01", "N782")), kind="remittance"), KNOWLEDGE)
    assert found is not None
    assert (found.keys, found.amount, [x.number for x in found.lines]) == (("N782",), D("12"), [1])


def test_a_plans_own_paper_is_not_searched_for_the_program() -> None:
    assert said_qmb(paper(line(1), text="You are in the QMB program.")) is None


def test_what_medicare_did_not_cover_is_not_protected_by_the_programs_name() -> None:
    lines = (line(1, amounts="124 0 0 124", columns="short", approved=False), line(2, amounts="90 60 48 12", columns="short"))
    document = paper(claim(*lines), kind="msn", text="You are in the QMB program.")
    found = protection(document, KNOWLEDGE)
    assert found is not None
    assert ([x.number for x in found.lines], found.amount) == ([2], D("12"))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_marked_paper_in_words(lang: str) -> None:
    document = opened(MARKED)
    finding = next(f for _, found in run_checks((document,), KNOWLEDGE) for f in found if f.id == "protection.qmb")
    assert (finding.verdict, finding.amount, finding.lines) == ("ask", D("20.00"), (1, 2))
    texts = [*finding_text(finding, KNOWLEDGE, lang), summary(document, KNOWLEDGE, lang)]  # type: ignore[arg-type]
    assert all("$20.00" in text for text in texts)
    forbidden = {"en": "may not collect", "es": "no puede cobrár"}[lang]
    assert forbidden in explain_line(document.lines[0], document, KNOWLEDGE, lang).money_text  # type: ignore[arg-type]
    assert forbidden not in explain_line(document.lines[2], document, KNOWLEDGE, lang).money_text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "words", "lang", "says", "never"),
    [
        (MARKED, "What do I owe?", "en", ["may not collect $20.00", "QMB or Medicaid card", "refund", "1-800-633-4227"], []),
        (MARKED, "¿Cuánto debo?", "es", ["no puede cobrarle $20.00", "reembolso", "1-800-633-4227"], []),
        (MARKED, "Who do I pay?", "en", ["may not collect $20.00"], []),
        (SAID, "What do I owe?", "en", ["you are in the QMB program", "$0.00", "refund"], ["ask Orchard"]),
        (SAID, "¿Cuánto debo?", "es", ["está en el programa QMB", "$0.00", "reembolso"], []),
        (CLEAN[0], "What do I owe?", "en", ["$25.20"], ["QMB", "may not collect"]),
        (CLEAN[0], "I have QMB, what do I owe?", "en", ["If you are in the QMB program", "could not find on this paper"], []),
        (CLEAN[0], "Tengo QMB, ¿cuánto debo?", "es", ["Si usted está en el programa QMB"], ["indica que usted está"]),
    ],
)
def test_answers_about_paying(name: str, words: str, lang: str, says: list[str], never: list[str]) -> None:
    text = answered(name, words, lang)
    assert all(part in text for part in says), text
    assert not any(part in text for part in never), text


@pytest.mark.parametrize("name", CLEAN)
def test_nothing_is_said_of_the_program_without_its_marks(name: str) -> None:
    document = opened(name)
    assert protection(document, KNOWLEDGE) is None
    assert "QMB" not in summary(document, KNOWLEDGE, "en")


def test_a_bill_beside_a_marked_paper_is_asked_about() -> None:
    marked = opened(MARKED)
    bill = paper(claim(marked.lines[0], provider=None), paper="b1", kind="bill", amount_due=D("20.00"))
    findings = [f for _, found in run_checks((marked, bill), KNOWLEDGE) for f in found]
    billed = [f for f in findings if f.id == "protection.qmb" and f.case == "billed"]
    assert [f.amount for f in billed] == [D("20.00")]
    assert "$20.00" in finding_text(billed[0], KNOWLEDGE, "en")[0]


@pytest.mark.parametrize(("billed", "asked"), [("Ana Sample", True), ("Ana Sample Jr", False), ("Leo Sample", False)])
def test_another_persons_bill_is_not_the_papers(billed: str, asked: bool) -> None:
    """The protection is of the person whom the plan's paper names."""
    plans = paper(claim(line(1, remarks=("N781",)), patient="Ana Sample"))
    bill = paper(claim(line(1), patient=billed), paper="b1", kind="bill", amount_due=D("20.00"))
    real = [f for name, found in run_checks((plans, bill), KNOWLEDGE) for f in found if not name]
    assert any(f.case == "billed" for f in real) is asked


@pytest.mark.parametrize(
    ("billed", "provider", "asked"),
    [
        (line(1), "Willow Street Physical Therapy, LLC", True),
        (line(1), None, True),
        (line(1, code=None), "WILLOW ST THERAPY", True),
        (line(1, code=None), None, False),
        (line(1, code="97140"), "Willow Street Therapy", False),
        (line(1, service_date=date(2026, 6, 2)), "Willow Street Therapy", False),
        (line(1), "Harbor Dental", False),
    ],
)
def test_a_bill_for_other_services_is_not_the_papers(billed: ServiceLine, provider: str | None, asked: bool) -> None:
    plans = paper(claim(line(1, remarks=("N781",))))
    bill = paper(claim(billed, provider=provider), paper="b1", kind="bill", amount_due=D("20.00"))
    found = [f for name, found in run_checks((plans, bill), KNOWLEDGE) for f in found if not name]
    assert any(f.case == "billed" for f in found) is asked
