"""Papers as tables: patients kept apart, sums only where they add up, and cells that no spreadsheet runs."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from explainer.batch import NAMES, Batch, Gap, Tables, TooManyRows, compared, csv_pieces, one_by_one, xlsx_file
from explainer.batch.cells import as_text, looks_like_formula, plain
from explainer.batch.tables import Money
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LANGS
from explainer.model.amounts import Amounts
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.source import Span
from explainer.readers import Unreadable, Upload, read
from explainer.settings import Limits

TODAY = date(2026, 11, 25)
MOST = Limits().workbook_lines
HOSTILE = "=cmd|' /C calc'!A0"


def _amounts(billed: str = "100.00", paid: str = "60.00", owes: str = "40.00") -> Amounts:
    return Amounts(billed=Decimal(billed), plan_paid=Decimal(paid), patient_owes=Decimal(owes))


def _claim(number: int = 1, patient: str | None = "Ana Sample", totals: Amounts | None = None, **extra: object) -> Claim:
    line = ServiceLine(
        number, Span("p", 1, number, number + 1), service_date=date(2026, 3, 4 + number), code="97110", modifiers=("GP",),
        description="Exercise", units=Decimal(2), amounts=_amounts(),
    )  # fmt: skip
    made = Claim((line,), f"00{number}", patient, "Willow Street", status="paid", totals=totals or Amounts())
    return replace(made, **extra)  # type: ignore[arg-type]


def _paper(name: str, *claims: Claim, **extra: object) -> Document:
    return replace(Document(name, f"{name}.txt", "text", "eob", "", claims, payer="Evergreen"), **extra)  # type: ignore[arg-type]


def _rows(batch: Batch, knowledge: Knowledge, name: str = "lines") -> list[list[str]]:
    data = b"".join(csv_pieces(Tables(batch, knowledge, "en").table(name)))  # type: ignore[arg-type]
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("papers", "patients"),
    [
        ([("Ana Sample", None), ("Ana Sample", None)], [("Ana Sample", 2)]),
        ([("Ana Sample", None), ("SAMPLE, ANA", None)], [("SAMPLE, ANA", 2)]),
        ([("Ana Sample", None), ("Ben Sample", None)], [("Ana Sample", 1), ("Ben Sample", 1)]),
        ([("Ana Sample", "W1"), ("Ana Sample", "W2")], [("Ana Sample", 1), ("Ana Sample", 1)]),
        ([("Ana Sample", "W1"), ("Ana Sample", "w-1")], [("Ana Sample", 2)]),
        ([("Ana Sample", "W1"), ("Ana Sample", "W2"), ("Ana Sample", None)], [("Ana Sample", 1)] * 3),
        ([(None, None), (None, None)], [(None, 1), (None, 1)]),
        ([("Ana Sample", "W1"), (None, None)], [("Ana Sample", 1), (None, 1)]),
    ],
)
def test_two_patients_are_never_mixed(
    knowledge: Knowledge, papers: list[tuple[str | None, str | None]], patients: list[tuple[str | None, int]]
) -> None:
    made = tuple(_paper(f"p{n}", _claim(n, who), member_id=member) for n, (who, member) in enumerate(papers, 1))
    found = compared(made, (), knowledge, TODAY).patients
    assert [(p.name, p.claims) for p in found] == patients
    parts = [(replace(p, claims=()), p.claims) for p in made]
    assert [(p.name, p.claims) for p in one_by_one(parts, (), knowledge, TODAY, 10).patients] == patients


def test_one_remittance_with_two_people_of_one_name(knowledge: Knowledge, root: Path) -> None:
    text = (root / "tests/papers/x12/two-patients.835").read_text("ascii")
    parts = text.replace("DANA", "ALEX").replace("TESTCASE", "SAMPLE")
    document = read(Upload("p1", "a.835", parts.encode()), knowledge, Limits()).document
    members = {claim.member_id for claim in document.claims}
    assert len(members) == 2
    assert [p.claims for p in compared((document,), (), knowledge, TODAY).patients] == [1, 1]


@pytest.mark.parametrize(
    ("claims", "owes", "differs"),
    [
        ([_claim(1), _claim(2)], Decimal("80.00"), ()),
        ([_claim(1), _claim(2, totals=Amounts(patient_owes=Decimal("41.00")))], None, ("patient_owes",)),
        ([_claim(1), _claim(2, status="pending")], None, ()),
        ([_claim(1), _claim(2, claim_id="001")], None, ()),
        ([_claim(1), _claim(2, two_amounts=(Decimal(1), Decimal(2)))], None, ("patient_owes",)),
    ],
    ids=["adds-up", "differs", "open", "told-twice", "two-amounts"],
)
def test_sums_only_where_they_add_up(
    knowledge: Knowledge, claims: list[Claim], owes: Decimal | None, differs: tuple[str, ...]
) -> None:
    batch = one_by_one([(_paper("p1"), claims)], (), knowledge, TODAY, 10)
    assert batch.patients[0].totals.patient_owes == owes
    assert batch.rows[-1].differs == differs


def test_a_bill_is_not_added_to_what_the_plan_says(knowledge: Knowledge) -> None:
    papers = (_paper("p1", _claim(1)), _paper("p2", _claim(2), kind="bill"), _paper("p3", _claim(3)))
    assert compared(papers, (), knowledge, TODAY).patients[0].totals.billed == Decimal("200.00")


def test_one_service_told_by_two_plans_is_not_added(knowledge: Knowledge) -> None:
    papers = (_paper("p1", _claim(1)), _paper("p2", _claim(1, claim_id="L-2"), payer="Lakeshore"))
    assert compared(papers, (), knowledge, TODAY).patients[0].totals == Amounts()
    parts = [(replace(p, claims=()), p.claims) for p in papers]
    assert one_by_one(parts, (), knowledge, TODAY, 10).patients[0].totals == Amounts()


def test_a_copy_counts_once(knowledge: Knowledge) -> None:
    one = _claim(1, claim_id="EX-77001")
    batch = compared((_paper("p1", one), _paper("p2", one), _paper("p3", _claim(3))), (), knowledge, TODAY)
    assert [row.relation for row in batch.rows] == [None, "copy", None]
    assert batch.patients[0].totals.billed == Decimal("200.00")


def test_what_does_not_fit_is_told(knowledge: Knowledge) -> None:
    batch = one_by_one([(_paper("p1"), (_claim(n) for n in range(1, 8)))], (), knowledge, TODAY, 5)
    assert (len(batch.rows), batch.left_out) == (5, 2)
    assert "2 more claims" in _rows(batch, knowledge, "unread")[-1][2]


def test_what_could_not_be_read_has_its_reason_and_what_to_try(knowledge: Knowledge) -> None:
    papers = (_paper("p1", kind="sbc"),)
    rows = _rows(compared(papers, (Gap("scan.bin", "empty"),), knowledge, TODAY), knowledge, "unread")
    assert [row[0] for row in rows[1:]] == ["scan.bin", "p1.txt"]
    assert rows[1][3] == knowledge.say("read.empty.try", "en")


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE, "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "＋1", "－1", "＠1", '"=1',
        "\ufeff=1", "|calc", "\u202e=1",
    ],
)  # fmt: skip
def test_a_hostile_cell_is_text_everywhere(knowledge: Knowledge, text: str) -> None:
    assert looks_like_formula(plain(text))
    claim = _claim(1, text, claim_id=text, provider=text)
    batch = compared((_paper("p1", claim, file=text, payer=text),), (Gap(text, "empty"),), knowledge, TODAY)
    for name in NAMES:
        for row in _rows(batch, knowledge, name)[1:]:
            assert all(not cell or cell[0] not in "=+@\t\r＝＋－＠|" for cell in row), name
            assert all(not cell.startswith("-") or cell[1:].replace(".", "").isdigit() for cell in row), name
    for name, rows in _workbook(batch, knowledge).items():
        assert not any(isinstance(cell, str) and "\t" in cell for row in rows for cell in row), name


def _workbook(batch: Batch, knowledge: Knowledge, lang: str = "en") -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_file(Tables(batch, knowledge, lang), MOST)))  # type: ignore[arg-type]
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_holds_no_formula_and_no_link(knowledge: Knowledge) -> None:
    batch = compared((_paper("p1", _claim(1, HOSTILE, provider="https://evil.example")),), (), knowledge, TODAY)
    with zipfile.ZipFile(io.BytesIO(xlsx_file(Tables(batch, knowledge, "en"), MOST))) as packed:
        for name in packed.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in packed.read(name)
                assert b"<hyperlink" not in packed.read(name)
        assert b'quotePrefix="1"' in packed.read("xl/styles.xml")


@pytest.mark.parametrize("lang", LANGS)
def test_the_round_trip_of_a_workbook(knowledge: Knowledge, lang: str) -> None:
    totals = Amounts(billed=Decimal("100.00"), patient_owes=Decimal("40.00"))
    claim = _claim(1, claim_id="00012345678901234567", account_number="007", totals=totals, processed=date(2026, 3, 20))
    batch = compared((_paper("p1", claim, member_id="000123"),), (Gap("x.bin", "empty"),), knowledge, TODAY)
    book = _workbook(batch, knowledge, lang)
    assert list(book) == [knowledge.say(f"batch.sheet.{name}", lang) for name in NAMES]  # type: ignore[arg-type]
    heads, row = book[knowledge.say("batch.sheet.lines", lang)]  # type: ignore[arg-type]
    cells = dict(zip(heads, row, strict=True))
    wanted = {
        "claim": "00012345678901234567", "account": "007", "member": "000123", "code": "97110", "modifiers": "GP", "units": 2.0,
        "billed": 100.0, "patient_owes": 40.0, "discount": "",
    }  # fmt: skip
    assert {name: cells[knowledge.say(f"batch.col.{name}", lang)] for name in wanted} == wanted  # type: ignore[arg-type]
    for name, day in (("day", date(2026, 3, 5)), ("processed", date(2026, 3, 20))):
        cell = cells[knowledge.say(f"batch.col.{name}", lang)]  # type: ignore[arg-type]
        assert (cell.date() if isinstance(cell, datetime) else cell) == day


def test_a_csv_keeps_zeros_dates_and_cents(knowledge: Knowledge) -> None:
    heads, row = _rows(compared((_paper("p1", _claim(1)),), (), knowledge, TODAY), knowledge)
    cells = dict(zip(heads, row, strict=True))
    assert (cells["Claim number"], cells["Date"], cells["Billed"], cells["Units"]) == ("001", "2026-03-05", "100.00", "2")
    assert cells["Discount"] == ""


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Money(Decimal("-55.8")), "-55.80"), (Money(Decimal(0)), "0.00"), (Decimal("1.50"), "1.5"), (0, "0"), (None, ""),
        (date(2026, 3, 5), "2026-03-05"), ("a\r\nb", "a  b"), ("x" * 40_000, "x" * 32_000), ("007", "007"), ("-55.80", "'-55.80"),
    ],
)  # fmt: skip
def test_cells_of_a_csv(cell: object, text: str) -> None:
    assert as_text(cell) == text  # type: ignore[arg-type]


def test_a_workbook_has_a_limit(knowledge: Knowledge) -> None:
    batch = compared((_paper("p1", _claim(1), _claim(2)),), (), knowledge, TODAY)
    with pytest.raises(TooManyRows):
        xlsx_file(Tables(batch, knowledge, "en"), 1)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_row_is_as_long_as_its_heading(knowledge: Knowledge, root: Path, name: str, lang: str) -> None:
    files = sorted((root / "tests/papers/x12").glob("*.835"))
    documents, refused = [], []
    for number, file in enumerate(files):
        try:
            documents.append(read(Upload(f"p{number}", file.name, file.read_bytes()), knowledge, Limits()).document)
        except Unreadable as error:
            refused.append(Gap(file.name, error.code, error.values))
    table = Tables(compared(tuple(documents), refused, knowledge, TODAY), knowledge, lang).table(name)  # type: ignore[arg-type]
    rows = list(table.rows)
    assert rows
    assert {len(row) for row in rows} == {len(table.heads)}
