"""Spreadsheets: every cell as a person sees it, each claim once, and what is hidden or broken told."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from reader_papers import knowledge, read_bytes, refused
from sheet_maker import As, sheet_xml, workbook

from explainer.readers import Reading
from explainer.readers.sheet.shown import number, text_of

HEAD = ("Claim Number", "Service Date", "Procedure Code", "Units", "Billed", "Plan Discount", "Allowed", "Plan Paid", "You Owe")
DAY = date(2026, 3, 2)
ROW = ("9001122", DAY, 97110.0, 2, As(100, '"$"#,##0.00'), 40, As(60, "#,##0.00"), 44.199999999, 15.8)
FAR = "<worksheet><sheetData><row r='{row}'><c r='{column}{row}'><v>1</v></c></row></sheetData></worksheet>"
NEXT = ("9001122", DAY, "97140-GP", 1, 50, 20, 30, 20, 10)


def read(sheets: dict[str, str], **more: object) -> Reading:
    return read_bytes(workbook(sheets, **more), "claims.xlsx")  # type: ignore[arg-type]


def codes(reading: Reading) -> list[str]:
    return [p.code for p in reading.problems]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (64.2, "", "64.20"), (64.199999999, "", "64.20"), (97110.0, "", "97110"), (420.0, "0000", "0420"),
        (0.2, "0%", "20%"),
        (0.125, "0.0%", "12.5%"), (-55.8, "", "-55.80"), (-55.8, '"$"#,##0.00_);("$"#,##0.00)', "-55.80"),
        (1234.5, "#,##0.00", "1234.50"),
        (64, "$#,##0.00", "64.00"), (0.333333, "", "0.333333"), (True, "", "TRUE"),
        (DAY, "", "2026-03-02"), (" a\tb\n", "", "a b"),
        (float("nan"), "", ""), (5.12329e15, "", "5123290000000000"), (97110.0, '"CPT "0', "97110"),
    ],
)  # fmt: skip
def test_a_cell_is_what_a_person_sees(value: object, code: str, text: str) -> None:
    assert text_of(value, code) == text


def test_dust_is_swept_off_and_no_more() -> None:
    assert [number(Decimal(v)) for v in ("64.1949", "64.195", "64.2000001")] == ["64.1949", "64.195", "64.20"]


def test_lines_with_codes_stored_as_numbers() -> None:
    document = read({"Sheet1": sheet_xml([("Member: Ana Prueba",), (), HEAD, ROW, NEXT])}).document
    one, two = document.lines
    assert (document.format, document.claims[0].patient, one.code, str(one.units), one.service_date) == (
        "xlsx", "Ana Prueba", "97110", "2", DAY,
    )  # fmt: skip
    assert (str(one.amounts.plan_paid), str(one.amounts.billed), two.modifiers) == ("44.20", "100.00", ("GP",))
    place = one.places["plan_paid"]
    assert document.text[place.start : place.end] == "44.20"


def test_a_sheet_of_claims_and_a_sheet_of_lines_are_one_claim() -> None:
    claims = [
        ("Claim Number", "Patient Name", "Visited Provider", "Claim Status", "Amount Billed", "Your Plan", "You Owe"),
        ("9001122", "Ana Prueba", "Oak Hill Therapy", "Paid", 150, 64.2, 25.8),
        ("9001199", "Ana Prueba", "Oak Hill Therapy", "Paid", 80, 60, 20),
    ]
    reading = read({"Claims": sheet_xml(claims), "Lines": sheet_xml([HEAD, ROW, NEXT])})
    first, second = sorted(reading.document.claims, key=lambda c: c.claim_id or "")
    assert (len(first.lines), first.provider, str(first.totals.plan_paid)) == (2, "Oak Hill Therapy", "64.20")
    assert (len(second.lines), str(second.lines[0].amounts.patient_owes)) == (1, "20.00")


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Pivot", [("Month", "Billed", "You Owe"), ("March", 150, 25.8)]),
        ("Copy", [HEAD, ROW, NEXT]),
        ("Visits", [("Date of Visit", "Provider", "Billed", "You Owe"), (DAY, "Oak Hill Therapy", 150, 25.8)]),
    ],
)
def test_nothing_is_counted_twice(name: str, rows: list[tuple[object, ...]]) -> None:
    reading = read({"Lines": sheet_xml([HEAD, ROW, NEXT]), name: sheet_xml(rows)})
    assert len(reading.document.lines) == 2
    assert [p.values["name"] for p in reading.problems if p.code == "sheet-not-used"] == [name]


def test_what_is_hidden_is_told_and_not_read() -> None:
    shown = sheet_xml([HEAD, ROW, NEXT], hidden=[3], columns=[6])
    reading = read({"Claims": shown, "Old": sheet_xml([HEAD, NEXT])}, hidden=["Old"])
    assert [line.code for line in reading.document.lines] == ["97110"]
    assert reading.document.lines[0].amounts.discount is None
    assert {"sheet-hidden", "sheet-rows-hidden", "sheet-columns-hidden"} <= set(codes(reading))


def test_errors_and_formulas_without_a_value_are_told() -> None:
    broken = (*ROW[:7], As("#REF!", error=True), As(None, formula="E2-H2"))
    reading = read({"Claims": sheet_xml([HEAD, broken, NEXT])})
    amounts = reading.document.lines[0].amounts
    assert (amounts.plan_paid, amounts.patient_owes) == (None, None)
    assert {"sheet-errors", "sheet-no-value"} <= set(codes(reading))


def test_a_kept_value_of_a_formula_is_read() -> None:
    reading = read({"Claims": sheet_xml([HEAD, (*ROW[:8], As(15.8, formula="G2-H2"))])})
    assert str(reading.document.lines[0].amounts.patient_owes) == "15.80"


def test_days_as_serial_numbers_are_read_and_doubted() -> None:
    line = read({"Claims": sheet_xml([HEAD, (ROW[0], 46083, *ROW[2:])])}).document.lines[0]
    assert line.service_date == DAY
    assert "service_date" in line.uncertain


@pytest.mark.parametrize("shown", ["General", "m/d/yyyy"])
def test_days_are_counted_from_where_the_workbook_says(shown: str) -> None:
    count = (DAY - date(1904, 1, 1)).days
    reading = read({"Claims": sheet_xml([HEAD, (ROW[0], As(count, shown), *ROW[2:])])}, from_1904=True)
    line = reading.document.lines[0]
    assert (line.service_date, "service_date" in line.uncertain) == (DAY, shown == "General")
    assert codes(reading) == ["sheet-days-1904"]


def test_a_formula_without_a_value_is_not_nothing() -> None:
    head = ("Service Date", "Procedure Code", "Billed", "Plan Discount", "Allowed", "Copay", "Plan Paid", "You Owe")
    row = (DAY, "97110", 100, 40, 60, As(None, formula="A1+B1"), 60, 0)
    reading = read({"Claims": sheet_xml([head, row])})
    assert reading.document.lines[0].amounts.copay is None
    assert "sheet-no-value" in codes(reading)


def test_rows_and_columns_of_no_size_are_hidden() -> None:
    shown = sheet_xml([HEAD, ROW, NEXT]).replace('<row r="3" hidden="0">', '<row r="3" ht="0" customHeight="1">')
    narrow = shown.replace("<sheetData>", '<cols><col min="6" max="6" width="0" customWidth="1"/></cols><sheetData>')
    reading = read({"Claims": narrow})
    assert [(line.code, line.amounts.discount) for line in reading.document.lines] == [("97110", None)]
    assert {"sheet-rows-hidden", "sheet-columns-hidden"} <= set(codes(reading))


@pytest.mark.parametrize(
    ("text", "amount"),
    [("$1,100.00", "1100.00"), (" 40.00 ", "40.00"), ("$ 0.00", "0.00"), ("USD 100.00", "100.00"), ("40.00-", "40.00"),
     ("$(15.80)", "15.80"), ("($15.80)", "15.80"), ("1.100,00", "None"), ("forty", "None")],
)  # fmt: skip
def test_an_amount_stored_as_text(text: str, amount: str) -> None:
    line = read({"Claims": sheet_xml([HEAD, (*ROW[:7], text, None)])}).document.lines[0]
    assert str(line.amounts.plan_paid) == amount


def test_a_heading_of_two_rows_with_merged_cells() -> None:
    upper = ("Date of Service", "Code", "Amount", None, None, "Your share", None)
    lower = (None, None, "Billed", "Allowed", "Plan paid", "Copay", "You owe")
    line = read({"Claims": sheet_xml([upper, lower, (DAY, 97110, 100, 60, 40, 20, 20)])}).document.lines[0]
    assert (line.service_date, str(line.amounts.copay), str(line.amounts.billed)) == (DAY, "20.00", "100.00")


def test_a_second_table_on_a_sheet_is_a_table_of_its_own() -> None:
    second = [(), ("Type of limit", "Amount used", "Limit for the year"), ("Deductible", 300, 1500)]
    reading = read({"Claims": sheet_xml([HEAD, ROW, NEXT, *second])})
    assert len(reading.document.lines) == 2


BARE = HEAD[1:]
SUM = ("Total", None, 3, 150, 60, 90, 64.2, 25.8)


@pytest.mark.parametrize(
    "sheets",
    [
        {"First": [("Patient", "Nora Vance"), BARE, ROW[1:], NEXT[1:], SUM],
         "Second": [("Patient", "Theo Vance"), BARE, ROW[1:]]},
        {"All": [("Member: Nora Vance",), ("Claim 1",), BARE, ROW[1:], NEXT[1:], SUM, (),
                 ("Member: Theo Vance",), ("Claim 2",), ROW[1:]]},
        {"All": [("Patient", "Nora Vance"), ("Claim", "7001"), BARE, ROW[1:], NEXT[1:], SUM, (),
                 ("Patient", "Theo Vance"), ("Claim", "7002"), BARE, ROW[1:]]},
        {"All": [("Jan 2026",), BARE, ("Patient", "Nora Vance"), ROW[1:], NEXT[1:], SUM, ("Patient", "Theo Vance"), ROW[1:]]},
    ],
    ids=["a sheet each", "names between rows of one table", "a heading each", "names below the heading"],
)  # fmt: skip
def test_a_name_holds_for_what_stands_below_it(sheets: dict[str, list[tuple[object, ...]]]) -> None:
    document = read({name: sheet_xml(rows) for name, rows in sheets.items()}).document
    found = [(c.patient, [ln.code for ln in c.lines], str(c.totals.billed), c.processed) for c in document.claims]
    assert found == [("Nora Vance", ["97110", "97140"], "150.00", None), ("Theo Vance", ["97110"], "None", None)]
    assert {ln.service_date for ln in document.lines} == {DAY}


def test_a_paper_typed_into_cells() -> None:
    amounts = [(name, As(value, "#,##0.00")) for name, value in (("Amount billed", 150), ("Plan paid", 90), ("You owe", 60))]
    rows = [("EXPLANATION OF BENEFITS",), ("Claim number", "9001122"), *amounts]
    document = read({"EOB": sheet_xml(rows)}).document
    assert (document.format, str(document.claims[0].totals.patient_owes)) == ("xlsx", "60.00")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (workbook({"A": sheet_xml([("Colour", "Size"), ("red", 2)])}), "csv-no-heading"),
        (workbook({"A": sheet_xml([HEAD])}), "csv-no-rows"),
        (workbook({"A": sheet_xml([HEAD, ROW])}, extra={"xl/media/a.bin": b"\0" * 40_000_000}), "too-big"),
        (workbook({"A": FAR.format(row=1, column="ZZZ")}), "too-big"),
        (workbook({"A": FAR.format(row=900000, column="A")}), "too-big"),
        (workbook({"A": "<!DOCTYPE x [<!ENTITY a 'aa'>]><worksheet>&a;</worksheet>"}), "sheet-damaged"),
        (workbook({"A": "<worksheet><sheetData><row"}), "sheet-damaged"),
        (workbook({"A": sheet_xml([HEAD, *[ROW] * 3000], merged=["A1:CV3001"] * 100)}), "too-big"),
        (workbook({"A": sheet_xml([HEAD, ROW])})[:-200], "sheet-damaged"),
        (workbook({"A": sheet_xml([HEAD, ("x" * 40_000,)])}), "too-big"),
    ],
    ids=["other", "empty", "bomb", "wide", "tall", "entities", "torn", "merged", "cut", "cell"],
)  # fmt: skip
def test_refused(data: bytes, code: str) -> None:
    assert refused(data, "claims.xlsx") == code
    for lang in ("en", "es"):
        assert knowledge().say(f"read.{code}.try", lang)  # type: ignore[arg-type]


def test_an_archive_of_other_things_is_no_spreadsheet() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../eob.txt", "EXPLANATION OF BENEFITS")
    assert refused(out.getvalue(), "papers.xlsx") == "archive"
