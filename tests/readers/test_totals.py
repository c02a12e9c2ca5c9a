"""Rows that sum up others are no services, wherever their label stands; rows that name a service stay, whatever they cost."""

from collections.abc import Sequence

import pdf_maker as made
import pytest
from reader_papers import read_bytes
from reportlab.pdfgen import canvas
from sheet_maker import sheet_xml, workbook

HEADS = ("Claim number", "Date", "Code", "Description", "Billed", "Plan paid", "You owe")
ONE = ("C1-77", "03/01/2026", "97110", "Exercise", "120.00", "80.00", "40.00")
TWO = ("C1-77", "03/02/2026", "97140", "Manual therapy", "60.00", "50.00", "10.00")
THREE = ("C2-78", "03/03/2026", "97530", "Activities", "90.00", "70.00", "20.00")
BOTH = ("180.00", "130.00", "50.00")
ALL = ("270.00", "200.00", "70.00")
WORDS_ONE = ("C1-77", "", "", "Exercise", "120.00", "80.00", "40.00")
WORDS_TWO = ("C1-77", "", "", "Manual therapy", "60.00", "50.00", "10.00")
Row = Sequence[str]


def table(rows: Sequence[Row]) -> bytes:
    return "\n".join(",".join(row) for row in (("Explanation of Benefits",), HEADS, *rows)).encode()


# The rows; the codes or words of the lines that must be read; the totals' billed amount by claim; how many rows are told.
CASES: dict[str, tuple[Sequence[Row], Sequence[str], Sequence[str], int]] = {
    "in the column of days": ((ONE, TWO, ("C1-77", "2 services", "", "", *BOTH)), ("97110", "97140"), ("180.00",), 0),
    "in the column of codes": ((ONE, TWO, ("C1-77", "", "All visits", "", *BOTH)), ("97110", "97140"), ("180.00",), 0),
    "behind the day": ((ONE, TWO, ("C1-77", "03/02/2026", "2 services", "", *BOTH)), ("97110", "97140"), ("180.00",), 0),
    "in the column of numbers": ((ONE, TWO, ("2 services", "", "", "", *BOTH)), ("97110", "97140"), ("180.00",), 0),
    "behind the claim's number": ((ONE, TWO, ("C1-77 Total", "", "", "", *BOTH)), ("97110", "97140"), ("180.00",), 0),
    "no label": ((ONE, TWO, ("", "", "", "", *BOTH)), ("97110", "97140"), ("180.00",), 0),
    "above the lines": ((("C1-77", "2 services", "", "", *BOTH), ONE, TWO), ("97110", "97140"), ("180.00",), 0),
    "of all claims": (
        (ONE, TWO, ("C1-77", "2 services", "", "", *BOTH), THREE, ("", "3 services", "", "", *ALL)),
        ("97110", "97140", "97530"), ("180.00", "None"), 0,
    ),
    "of each day and of all": (
        (ONE, ("C1-77", "Subtotal", "", "", *ONE[4:]), TWO, ("C1-77", "Subtotal", "", "", *TWO[4:]),
         ("C1-77", "Total", "", "", *BOTH)),
        ("97110", "97140"), ("180.00",), 0,
    ),
    "of the year": ((ONE, TWO, ("", "YTD", "", "", "1180.00", "900.00", "280.00")), ("97110", "97140"), ("None",), 1),
    "of the year in words": (
        (ONE, TWO, ("C1-77", "", "", "Year to date", "1180.00", "900.00", "280.00")), ("97110", "97140"), ("None",), 1,
    ),
    "does not add up": (
        (ONE, TWO, ("C1-77", "2 services", "", "", "181.00", "130.00", "50.00")), ("97110", "97140"), ("None",), 1,
    ),
    "rows named in words": ((WORDS_ONE, WORDS_TWO), ("Exercise", "Manual therapy"), ("None",), 0),
    "equal rows named in words": ((WORDS_ONE, WORDS_ONE), ("Exercise", "Exercise"), ("None",), 0),
    "the last row in words is as much as the others": (
        (WORDS_ONE, WORDS_TWO, ("C1-77", "", "", "Facility", *BOTH)), ("Exercise", "Manual therapy", "Facility"), ("None",), 0,
    ),
    "equal services": ((ONE, ONE), ("97110", "97110"), ("None",), 0),
    "a service in words beside one of as much": (
        (ONE, ("C1-77", "", "", "Facility", *ONE[4:])), ("97110", "Facility"), ("None",), 0,
    ),
    "a service in words among codes": (
        (ONE, TWO, ("C1-77", "", "", "Facility", "35.00", "30.00", "5.00")), ("97110", "97140", "Facility"), ("None",), 0,
    ),
    "a service of a code of the payer's own": (
        (ONE, TWO, ("C1-77", "03/04/2026", "PT", "Evaluation", *BOTH)), ("97110", "97140", "PT"), ("None",), 0,
    ),
    "a day and amounts below each day": (
        (ONE, ("C1-77", ONE[1], "", "", *ONE[4:]), TWO, ("C1-77", TWO[1], "", "", *TWO[4:])), ("97110", "97140"), ("None",), 0,
    ),
    "a day and amounts below each day and all": (
        (ONE, ("C1-77", ONE[1], "", "", *ONE[4:]), TWO, ("C1-77", TWO[1], "", "", *TWO[4:]), ("C1-77", TWO[1], "", "", *BOTH)),
        ("97110", "97140"), ("180.00",), 0,
    ),
    "as much on another day, without a code": (
        (ONE, ("C1-77", TWO[1], "", "", *ONE[4:])), ("97110", "None"), ("None",), 0,
    ),
    "as much of another claim, without a code": (
        (ONE, ("C2-78", ONE[1], "", "", *ONE[4:])), ("97110", "None"), ("None", "None"), 0,
    ),
    "another amount of the day, without a code": (
        (ONE, ("C1-77", ONE[1], "", "", *TWO[4:])), ("97110", "None"), ("None",), 0,
    ),
    "claims without days or codes": (
        (("C1-77", "", "", "", *ONE[4:]), ("C2-78", "", "", "", *TWO[4:])), ("None", "None"), ("None", "None"), 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_row_is_a_service_or_a_total(case: str) -> None:
    rows, lines, totals, told = CASES[case]
    reading = read_bytes(table(rows), "claims.csv")
    document = reading.document
    assert [line.code or str(line.description) for line in document.lines] == list(lines)
    assert [str(c.totals.billed) for c in document.claims] == list(totals)
    assert [p.code for p in reading.problems].count("lines-not-understood") == told
    assert not {"bad-date", "conflicting-amounts"} & {p.code for p in reading.problems}


def drawn(rows: Sequence[Row]) -> bytes:
    def draw(c: canvas.Canvas) -> None:
        made.head(c)
        c.setFont("Helvetica", 8)
        made.row(c, made.COLUMNS, 640)
        for n, row in enumerate(rows, 1):
            made.row(c, tuple(row), 640 - 20 * n)

    return made.pdf(draw)


@pytest.mark.parametrize("label", ["2 services", "All visits", "Both days", ""])
def test_the_same_in_a_pdf_and_a_spreadsheet(label: str) -> None:
    rows = (
        ("03/01/2026", "97110", "$120.00", "$40.00", "$50.00", "$30.00"),
        ("03/02/2026", "97140", "$60.00", "$20.00", "$40.00", "$0.00"),
        (label, "", "$180.00", "$60.00", "$90.00", "$30.00"),
    )
    for data, name in ((drawn(rows), "eob.pdf"), (workbook({"EOB": sheet_xml([made.COLUMNS, *rows])}), "eob.xlsx")):
        document = read_bytes(data, name).document
        assert [line.code for line in document.lines] == ["97110", "97140"]
        assert str(document.claims[0].totals.patient_owes) == "30.00"
