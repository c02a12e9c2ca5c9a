"""units.mue and pair.ncci over made-up papers and made-up tables: what is asked, what is explained, what is not looked at."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from checks_build import DAY, KNOWLEDGE, claim, line, paper, raw
from edit_zips import mue_zip, ncci_txt, ncci_zip, zipped

from explainer.checks import run_checks
from explainer.edit_import import Told, import_file
from explainer.explain import finding_text
from explainer.knowledge.base import Knowledge
from explainer.knowledge.edits import load_edits
from explainer.model.document import Document, ServiceLine
from explainer.model.finding import Finding
from explainer.settings import Limits

HOSPITAL_MUE = ("97110 3 3", "97161 1 2", "97140 3 3")
HOSPITAL_NCCI = ("97110 97010 20200101 * 0", "97530 97535 20200101 * 1", "V5000 V5001 20200101 * 0")
GP = ("GP",)
FREE = "90 40 50 0 0 0 0 50 0"
DENIED = "90 90 0 0 0 0 0 0 0"
CHARGED = "90 0 0 90 0 0 0 0 90"


RAW = raw()
RAW["rights"]["medicaid"] = {**RAW["rights"]["employer"], "also": {"en": ["medicaid plan"], "es": ["plan de medicaid"]}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables for offices and clinics of the second quarter of 2026."""
    place = tmp_path_factory.mktemp("tables")
    for zip_ in (mue_zip(place), ncci_zip(place)):
        import_file(zip_, Told(whole=True), KNOWLEDGE, [place / "edits"], Limits(), DAY)
    return place / "edits"


@pytest.fixture(scope="module")
def clinics(folder: Path) -> Knowledge:
    return Knowledge(RAW, edits=load_edits([folder]))


@pytest.fixture(scope="module")
def both(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The same, and the tables for hospitals."""
    place = tmp_path_factory.mktemp("hospital")
    for zip_ in (mue_zip(place, HOSPITAL_MUE, "hospital"), ncci_zip(place, HOSPITAL_NCCI, kind="oph")):
        import_file(zip_, Told(whole=True), KNOWLEDGE, [place / "edits"], Limits(), DAY)
    return Knowledge(RAW, edits=load_edits([folder, place / "edits"]))


def told(check: str, knowledge: Knowledge, *documents: Document) -> list[Finding]:
    return [f for _, found in run_checks(documents, knowledge) for f in found if f.id == check]


def said(check: str, knowledge: Knowledge, *documents: Document) -> list[str]:
    """Every finding as "verdict case lines"."""
    return [f"{f.verdict} {f.case} {','.join(map(str, f.lines))}" for f in told(check, knowledge, *documents)]


def row(
    number: int, code: str, units: str | None = "1", amounts: str = FREE, modifiers: tuple[str, ...] = GP, **rest: object
) -> ServiceLine:
    return line(number, code, amounts, units, modifiers=modifiers, **rest)


MUE: dict[str, tuple[list[str], tuple[Document, ...]]] = {
    "within": (["ok within 1,2"], (paper(row(1, "97110", "6"), row(2, "97161")),)),
    "above a soft limit": (["ask day-soft 1"], (paper(row(1, "97110", "7")),)),
    "above a soft limit on two lines": (["ask day-soft 1,2"], (paper(row(1, "97110", "4"), row(2, "97110", "3")),)),
    "no marks on the paper, two lines": (
        ["not-checked no-marks 1,2"],
        (paper(row(1, "97110", "4", modifiers=()), row(2, "97110", "3", modifiers=())),),
    ),
    "no marks on the paper, one line": (["ask day-soft 1"], (paper(row(1, "97110", "7", modifiers=())),)),
    "above a firm limit": (["ask day-firm 1"], (paper(row(1, "97161", "2")),)),
    "a firm limit is not lifted by a mark": (
        ["ask day-firm 1,2"],
        (paper(row(1, "97161"), row(2, "97161", modifiers=("GP", "59"))),),
    ),
    "above a limit of a line": (["ask line 1"], (paper(row(1, "97032", "5")),)),
    "two lines below a limit of a line": (
        ["ok within 1,2"],
        (paper(row(1, "97032", "4"), row(2, "97032", "3", modifiers=("GP", "76"))),),
    ),
    "another day": (["ok within 1,2"], (paper(row(1, "97110", "4"), row(2, "97110", "4", service_date=date(2026, 4, 8))),)),
    "one above, one within": (["ask day-soft 1", "ok within 2"], (paper(row(1, "97110", "7"), row(2, "97161")),)),
    "the plan refused the line": (["explained plan-caught 1"], (paper(row(1, "97110", "7", DENIED, remarks=("CO-151",))),)),
    "the plan refused the second line": (
        ["explained plan-caught 1,2"],
        (paper(row(1, "97110", "4"), row(2, "97110", "4", DENIED, remarks=("N362",))),),
    ),
    "the plan cut the units": (
        ["explained plan-caught 1"],
        (paper(row(1, "97110", "7", adjustments=("CO-151:20.00",))),),
    ),
    "refused, and charged to the patient": (
        ["ask charged 1,2"],
        (paper(row(1, "97110", "4"), row(2, "97110", "4", CHARGED, remarks=("PR-151",))),),
    ),
    "refused for another reason": (
        ["explained plan-caught 1,2"],
        (paper(row(1, "97110", "4"), row(2, "97110", "4", CHARGED, remarks=("PR-119",))),),
    ),
    "two kinds of therapists": (
        ["not-checked disciplines 1,2"],
        (paper(row(1, "97110", "4"), row(2, "97110", "4", modifiers=("GO",))),),
    ),
    "one kind alone is above": (
        ["ask day-soft 1,2"],
        (paper(row(1, "97110", "7"), row(2, "97110", "1", modifiers=("GO",))),),
    ),
    "no units": (["not-checked no-units 1"], (paper(row(1, "97110", None)),)),
    "no units on one line, above on the other": (["ask day-soft 1,2"], (paper(row(1, "97110", "7"), row(2, "97110", None)),)),
    "no limit in the table": (["not-checked no-limit 1"], (paper(row(1, "97112", "9")),)),
    "a code that Medicare does not pay, at another plan": (["not-checked no-limit 1"], (paper(row(1, "97169")),)),
    "units read with doubt": (["not-checked doubtful 1"], (paper(row(1, "97110", "7", uncertain=("units",))),)),
    "several days on one line": (
        ["not-checked several-days 1"],
        (paper(row(1, "97110", "7", service_end=date(2026, 4, 9))),),
    ),
    "no day": (["not-checked no-day 1"], (paper(row(1, "97110", "7", service_date=None)),)),
    "another quarter": (["not-checked no-table 1"], (paper(row(1, "97110", "7", service_date=date(2026, 7, 1))),)),
    "two quarters, one loaded": (
        ["not-checked no-table 2", "ok within 1"],
        (paper(row(1, "97110"), row(2, "97110", service_date=date(2026, 7, 1))),),
    ),
    "a hospital's claim": (["not-checked no-table 1"], (paper(row(1, "97110", "7", revenue_code="0420")),)),
    "equipment": ([], (paper(row(1, "L3908", "3")),)),
    "a hospital by its name": (
        ["not-checked no-table 1"],
        (paper(claim(row(1, "97110", "7"), provider="Mercy Hospital Therapy")),),
    ),
    "an office": (["ask day-soft 1"], (paper(row(1, "97110", "7", place_of_service="11")),)),
    "Medicaid": (["not-checked medicaid 1"], (paper(row(1, "97110", "7"), plan_words="medicaid plan"),)),
    "reversed": (
        [],
        (paper(claim(row(1, "97110", "-7", "-90 -40 -50 0 0 0 0 -50 0"), status="reversed")),),
    ),
    "billed, taken back, billed anew": (
        ["not-checked reversal 1,3"],
        (
            paper(
                claim(row(1, "97110", "6")),
                claim(row(2, "97110", "-6", "-90 -40 -50 0 0 0 0 -50 0"), status="reversed"),
                claim(row(3, "97110", "4")),
            ),
        ),
    ),
    "pending": ([], (paper(claim(row(1, "97110", "7"), status="pending")),)),
    "two providers": (
        ["ok within 1,2", "not-checked providers 1,2"],
        (paper(claim(row(1, "97110", "4"), provider="One"), claim(row(2, "97110", "4"), provider="Two")),),
    ),
    "providers without names": (
        ["ok within 1,2", "not-checked providers 1,2"],
        (paper(claim(row(1, "97110", "4"), provider=None), claim(row(2, "97110", "4"), provider=None)),),
    ),
    "two claims of one provider": (
        ["ask day-soft 1,2"],
        (paper(claim(row(1, "97110", "4"), claim_id="A1"), claim(row(2, "97110", "4"), claim_id="A2")),),
    ),
    "two people": (
        ["ok within 1,2"],
        (
            paper(
                claim(row(1, "97110", "4"), patient="Ana Made"), claim(row(2, "97110", "4"), patient="Ben Up", claim_id="C2")
            ),
        ),
    ),
    "two papers of one payer": (
        ["ok within 1", "ok within 1", "ask day-soft 1"],
        (
            paper(claim(row(1, "97110", "4"), claim_id="A1000"), payer="One Plan"),
            paper(claim(row(1, "97110", "5"), claim_id="A2000"), payer="One Plan", paper="p2"),
        ),
    ),
    "two papers of two payers": (
        ["ok within 1", "ok within 1"],
        (
            paper(claim(row(1, "97110", "4"), claim_id="A1000"), payer="One Plan"),
            paper(claim(row(1, "97110", "5"), claim_id="A2000"), payer="Other Plan", paper="p2"),
        ),
    ),
    "the same paper twice": (
        ["ok within 1", "ok within 1"],
        (
            paper(claim(row(1, "97110", "4"), claim_id="A1000"), payer="One Plan"),
            paper(claim(row(1, "97110", "4"), claim_id="A1000"), payer="One Plan", paper="p2"),
        ),
    ),
    "a bill": (["ask day-soft 1"], (paper(row(1, "97110", "7"), kind="bill"),)),
    "no therapy": ([], (paper(row(1, "99999", "7", service_date=date(2026, 7, 1))),)),
}  # fmt: skip


@pytest.mark.parametrize(("expected", "documents"), MUE.values(), ids=MUE.keys())
def test_units_of_a_day(clinics: Knowledge, expected: list[str], documents: tuple[Document, ...]) -> None:
    assert said("units.mue", clinics, *documents) == expected


def pair(first: str, second: str, on_first: tuple[str, ...] = GP, on_second: tuple[str, ...] = GP, **rest: object) -> Document:
    return paper(row(1, first, modifiers=on_first), row(2, second, modifiers=on_second), **rest)


def refused(amounts: str, *remarks: str) -> Document:
    return paper(row(1, "97530"), row(2, "97140", amounts=amounts, remarks=remarks))


NCCI: dict[str, tuple[list[str], tuple[Document, ...]]] = {
    "no pair": (["ok none 1,2"], (pair("97110", "97161"),)),
    "one code": ([], (paper(row(1, "97110"), row(2, "97110")),)),
    "a mark is missing": (["ask modifier-missing 1,2"], (pair("97530", "97140"),)),
    "in the other order": (["ask modifier-missing 2,1"], (pair("97140", "97530"),)),
    "59 on the second code": (["explained modifier 1,2"], (pair("97530", "97140", on_second=("59", "GP")),)),
    "59 on the first code": (["explained modifier 1,2"], (pair("97530", "97140", on_first=("GP", "59")),)),
    "XS": (["explained modifier 1,2"], (pair("97530", "97140", on_second=("GP", "XS")),)),
    "two sides": (["explained modifier 1,2"], (pair("97530", "97140", ("GP", "LT"), ("GP", "RT")),)),
    "KX says nothing of it": (["ask modifier-missing 1,2"], (pair("97530", "97140", on_second=("GP", "KX")),)),
    "76 says nothing of it": (["ask modifier-missing 1,2"], (pair("97530", "97140", on_second=("GP", "76")),)),
    "no marks on the paper at all": (["not-checked no-marks 1,2"], (pair("97530", "97140", (), ()),)),
    "marks on another line": (
        ["ask modifier-missing 1,2", "ok none 3"],
        (paper(row(1, "97530", modifiers=()), row(2, "97140", modifiers=()), row(3, "97161")),),
    ),
    "never together": (["ask never 1,2"], (pair("97110", "97010"),)),
    "never together, with 59": (["ask never 1,2"], (pair("97110", "97010", on_second=("59",)),)),
    "never together, without marks": (["ask never 1,2"], (pair("97110", "97010", (), ()),)),
    "deleted": (["ok none 1,2"], (pair("97161", "97140"),)),
    "ended before": (["ok none 1,2"], (pair("97530", "97112"),)),
    "not yet begun": (["ok none 1,2"], (pair("97161", "97150"),)),
    "since before 1996": (["ask modifier-missing 1,2"], (pair("97164", "97530"),)),
    "the plan did not pay the second": (["explained plan-caught 1,2"], (refused(DENIED, "CO-236"),)),
    "the plan did not pay the first": (
        ["explained plan-caught 1,2"],
        (paper(row(1, "97530", amounts=DENIED, remarks=("CO-97",)), row(2, "97140")),),
    ),
    "not paid and charged": (["ask charged 1,2"], (refused(CHARGED, "PR-97"),)),
    "not paid and charged, no reason": (["ask charged 1,2"], (refused(CHARGED),)),
    "not paid for another reason": (["explained plan-caught 1,2"], (refused(CHARGED, "PR-119"),)),
    "different days": (
        [],
        (paper(row(1, "97530"), row(2, "97140", service_date=date(2026, 4, 8))),),
    ),
    "different therapists": (["not-checked disciplines 1,2"], (pair("97530", "97140", ("GO",), ("GP",)),)),
    "read with doubt": (
        ["not-checked doubtful 1,2"],
        (paper(row(1, "97530"), row(2, "97140", uncertain=("modifiers",))),),
    ),
    "two providers": (
        ["not-checked providers 1,2"],
        (paper(claim(row(1, "97530"), provider="One"), claim(row(2, "97140"), provider="Two")),),
    ),
    "two claims of one provider": (
        ["ask modifier-missing 1,2"],
        (paper(claim(row(1, "97530"), claim_id="A1"), claim(row(2, "97140"), claim_id="A2")),),
    ),
    "two people": (
        [],
        (paper(claim(row(1, "97530"), patient="Ana Made"), claim(row(2, "97140"), patient="Ben Up", claim_id="C2")),),
    ),
    "a code beyond the part that is loaded": (
        ["not-checked part-missing 2", "ok none 1,3"],
        (paper(row(1, "97110"), row(2, "V9999"), row(3, "97161")),),
    ),
    "another quarter": (
        ["not-checked no-table 1,2"],
        (paper(row(1, "97530", service_date=date(2026, 7, 1)), row(2, "97140", service_date=date(2026, 7, 1))),),
    ),
    "no day": (
        ["not-checked no-day 1,2"],
        (paper(row(1, "97530", service_date=None), row(2, "97140", service_date=None)),),
    ),
    "a hospital's claim": (
        ["not-checked no-table 1,2"],
        (paper(row(1, "97530", revenue_code="0430"), row(2, "97140", revenue_code="0420")),),
    ),
    "Medicaid": (["not-checked medicaid 1,2"], (pair("97530", "97140", plan_words="medicaid plan"),)),
    "billed, taken back, billed anew": (
        ["not-checked reversal 1,2,4"],
        (
            paper(
                claim(row(1, "97530"), row(2, "97140")),
                claim(row(3, "97140", "-1", "-90 -40 -50 0 0 0 0 -50 0"), status="reversed"),
                claim(row(4, "97140")),
            ),
        ),
    ),
    "two papers of one payer": (
        ["ask modifier-missing 1"],
        (
            paper(claim(row(1, "97530"), claim_id="A1000"), payer="One Plan"),
            paper(claim(row(1, "97140"), claim_id="A2000"), payer="One Plan", paper="p2"),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("expected", "documents"), NCCI.values(), ids=NCCI.keys())
def test_pairs_of_a_day(clinics: Knowledge, expected: list[str], documents: tuple[Document, ...]) -> None:
    assert said("pair.ncci", clinics, *documents) == expected


@pytest.mark.parametrize(
    ("check", "expected", "document"),
    [
        ("units.mue", "ask day-soft 1", paper(row(1, "97110", "7"))),
        ("units.mue", "not-checked setting 1", paper(row(1, "97110", "5"))),
        ("units.mue", "ok within 1", paper(row(1, "97110", "3"))),
        ("units.mue", "ok within 1", paper(row(1, "97110", "5", place_of_service="11"))),
        ("units.mue", "ask day-soft 1", paper(row(1, "97110", "5", revenue_code="0420"))),
        ("units.mue", "not-checked setting 1", paper(claim(row(1, "97110", "5"), provider="Mercy Hospital"))),
        ("pair.ncci", "ask never 1,2", pair("97110", "97010")),
        ("pair.ncci", "not-checked setting 1,2", pair("97530", "97140")),
        ("pair.ncci", "not-checked setting 1,2", pair("97530", "97535")),
    ],
)
def test_who_billed_is_open(both: Knowledge, check: str, expected: str, document: Document) -> None:
    assert said(check, both, document) == [expected]


@pytest.mark.parametrize(
    ("day", "mark", "case"),
    [
        (date(2019, 6, 28), "59", "modifier-missing"),
        (date(2019, 6, 28), "LT", "modifier"),
        (date(2019, 7, 1), "59", "modifier"),
    ],
)
def test_59_on_the_first_code_counts_since_july_2019(tmp_path: Path, day: date, mark: str, case: str) -> None:
    quarter = (day.month - 1) // 3
    zip_ = zipped(tmp_path / f"ccipra-v25{quarter}r0-f1.zip", table__txt=ncci_txt(["97530 97140 20100101 * 1"]))
    import_file(zip_, Told(), KNOWLEDGE, [tmp_path / "edits"], Limits(), DAY)
    known = Knowledge(RAW, edits=load_edits([tmp_path / "edits"]))
    lines = (row(1, "97530", modifiers=(mark,), service_date=day), row(2, "97140", service_date=day))
    assert [f.case for f in told("pair.ncci", known, paper(*lines))] == [case]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "msn"}, "This is Medicare's own rule."),
        ({"payer": "Medicare Part B"}, "This is Medicare's own rule."),
        ({"plan_words": "employer plan"}, "Many plans follow it, but yours need not."),
        ({"payer": "Medicare Helpers Inc"}, "Many plans follow it, but yours need not."),
        ({}, "the paper does not say who billed"),
    ],
)
def test_whose_rule_it_is(clinics: Knowledge, more: dict[str, str], words: str) -> None:
    finding = told("units.mue", clinics, paper(row(1, "97110", "7"), **more))[0]
    assert words in finding_text(finding, clinics, "en")[0]


def test_units_above_the_limit_are_not_the_patient_s_under_medicare(clinics: Knowledge) -> None:
    lines = (row(1, "97110", "4"), row(2, "97110", "4", CHARGED, remarks=("PR-151",)))
    finding = told("units.mue", clinics, paper(*lines, kind="msn"))[0]
    assert finding.amount == Decimal(90)
    assert "cgs-mue" in finding.sources
    text, question = finding_text(finding, clinics, "en")
    assert "normally may not bill you" in text
    assert "$90.00" in question


def test_the_quarter_that_is_missing_is_named(clinics: Knowledge) -> None:
    document = pair("97530", "97140")
    for check in ("units.mue", "pair.ncci"):
        finding = told(check, KNOWLEDGE, document)[0]
        assert finding.detail["quarter"] == "2026Q2"
        assert "offices and clinics, April to June 2026 (2026Q2), is not loaded." in finding_text(finding, KNOWLEDGE, "en")[0]
        assert "abril a junio de 2026 (2026Q2)" in finding_text(finding, KNOWLEDGE, "es")[0]


def test_the_table_behind_a_finding_is_named(clinics: Knowledge) -> None:
    finding = told("pair.ncci", clinics, pair("97530", "97140"))[0]
    assert {k: finding.detail[k] for k in ("column_1", "column_2", "indicator", "quarter", "settings")} == {
        "column_1": "97530", "column_2": "97140", "indicator": 1, "quarter": "2026Q2", "settings": ["practitioner"],
    }  # fmt: skip
    assert len(str(finding.detail["sha256"])) == 64


def every() -> Iterator[Document]:
    for _, documents in (*MUE.values(), *NCCI.values()):
        yield from documents


def test_what_is_told_together_says_each(clinics: Knowledge) -> None:
    finding = told("units.mue", clinics, paper(row(1, "97110", "6"), row(2, "97161")))[0]
    assert finding.detail["quarter"] == "2026Q2"
    assert finding.detail["each"] == [
        {"code": "97110", "units": "6", "limit": 6, "indicator": 3},
        {"code": "97161", "units": "1", "limit": 1, "indicator": 2},
    ]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_case_has_words(clinics: Knowledge, both: Knowledge, lang: str) -> None:
    for document in every():
        for known in (clinics, both, KNOWLEDGE):
            for finding in (*told("units.mue", known, document), *told("pair.ncci", known, document)):
                text, question = finding_text(finding, known, "en" if lang == "en" else "es")
                assert "{" not in text + question
                assert bool(question) == (finding.verdict != "ok")
