"""Cells that reach over several rows: a day holds for all of them, an amount for none unless the sums prove its parts."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

import pdf_maker as made
import pytest
from reader_papers import read_bytes
from reportlab.pdfgen import canvas
from sheet_maker import sheet_xml, workbook

from explainer.readers import Reading

Row = Sequence[str | None]
# None: the cell of the row above reaches down to this row.
HEADS = ("Date of service", "Code", "Amount billed", "Plan discount", "Plan paid", "You may owe")
DAY = (
    ("03/02/2026", "97110", "$120.00", "$55.80", "$24.20", "$40.00"),
    (None, "97140", "$60.00", "$20.00", "$40.00", "$0.00"),
    ("03/04/2026", "97530", "$70.00", "$20.00", "$20.00", "$30.00"),
)
PROVED = (
    ("03/02/2026", "97110", "$120.00", "$55.80", "$24.20", "$40.00"),
    ("03/02/2026", "97140", "$60.00", "$20.00", "$40.00", None),
    ("03/04/2026", "97530", "$70.00", "$20.00", "$20.00", "$30.00"),
)
PARTED = (
    ("03/02/2026", "97110", "$120.00", "$55.80", "$24.20", "$60.00"),
    ("03/02/2026", "97140", "$60.00", "$20.00", "$20.00", None),
    ("03/04/2026", "97530", "$70.00", "$20.00", "$20.00", "$30.00"),
)
UNPROVED = (
    ("03/02/2026", "97110", "$120.00", "$55.80", "$24.20", "$33.00"),
    ("03/02/2026", "97140", "$60.00", "$20.00", "$40.00", None),
    ("03/04/2026", "97530", "$70.00", "$20.00", "$20.00", "$30.00"),
)
WHOLE_CLAIM = (
    ("03/02/2026", "97110", "$120.00", "$55.80", "$24.20", "$33.00"),
    ("03/02/2026", "97140", "$60.00", "$20.00", "$40.00", None),
)
NOTHING = (
    ("03/02/2026", "97110", "$120.00", "$55.80", "$64.20", "$0.00"),
    ("03/02/2026", "97140", "$60.00", "$20.00", "$40.00", None),
    ("03/04/2026", "97530", "$70.00", "$20.00", "$20.00", "$30.00"),
)
X = (45, 140, 210, 300, 390, 480, 570)
TOP, HIGH = 660, 20


def pdf(rows: Sequence[Row]) -> bytes:
    """The table with all its rules drawn, but for those within a cell that reaches down; its words stand in the middle."""

    def draw(c: canvas.Canvas) -> None:
        made.head(c)
        c.setFont("Helvetica", 8)
        every = (HEADS, *rows, ())
        for x in X:
            c.line(x, TOP, x, TOP - HIGH * (len(every) - 1))
        for n, row in enumerate(every):
            for left, right, cell in zip(X, X[1:], row or HEADS, strict=False):
                if cell is not None:
                    c.line(left, TOP - HIGH * n, right, TOP - HIGH * n)
            for at, cell in enumerate(row):
                below = n + 1 < len(every) and bool(every[n + 1]) and every[n + 1][at] is None
                if cell:
                    c.drawString(X[at] + 5, TOP - HIGH * n - 14 - (HIGH / 2 if below else 0), cell)

    return made.pdf(draw)


def _spans(rows: Sequence[Row], at: int, n: int) -> int:
    return 2 if n + 1 < len(rows) and rows[n + 1][at] is None else 1


def page(rows: Sequence[Row]) -> bytes:
    body = "".join(
        "<tr>" + "".join(f"<td rowspan={_spans(rows, i, n)}>{c}</td>" for i, c in enumerate(row) if c is not None) + "</tr>"
        for n, row in enumerate(rows)
    )
    head = "<tr>" + "".join(f"<th>{h}</th>" for h in HEADS) + "</tr>"
    facts = "".join(f"<p>{line}</p>" for line in made.HEAD)
    return f"<html><body>{facts}<table>{head}{body}</table></body></html>".encode()


def _cell(rows: Sequence[Row], at: int, n: int) -> str:
    mark = "<w:vMerge/>" if rows[n][at] is None else '<w:vMerge w:val="restart"/>' if _spans(rows, at, n) > 1 else ""
    return f"<w:tc><w:tcPr>{mark}</w:tcPr><w:p><w:r><w:t>{rows[n][at] or ''}</w:t></w:r></w:p></w:tc>"


def word(rows: Sequence[Row]) -> bytes:
    facts = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in made.HEAD)
    every = (HEADS, *rows)
    body = "".join("<w:tr>" + "".join(_cell(every, i, n) for i in range(len(HEADS))) + "</w:tr>" for n in range(len(every)))
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {names}><w:body>{facts}<w:tbl>{body}</w:tbl></w:body></w:document>")
    return out.getvalue()


def sheet(rows: Sequence[Row]) -> bytes:
    facts = [(line,) for line in made.HEAD]
    first = len(facts) + 2
    merged = [
        f"{chr(65 + i)}{first + n}:{chr(65 + i)}{first + n + 1}"
        for n in range(len(rows)) for i in range(len(HEADS)) if _spans(rows, i, n) > 1
    ]  # fmt: skip
    return workbook({"EOB": sheet_xml([*facts, HEADS, *rows], merged=merged)})


MEDIA = {"eob.pdf": pdf, "eob.html": page, "eob.docx": word, "eob.xlsx": sheet}


def owed(reading: Reading) -> list[str]:
    return [str(line.amounts.patient_owes) for line in reading.document.lines]


def doubted(reading: Reading) -> list[bool]:
    return ["patient_owes" in line.uncertain for line in reading.document.lines]


def told(reading: Reading) -> list[object]:
    return [p.values["field"] for p in reading.problems if p.code == "value-over-rows"]


@pytest.mark.parametrize("name", MEDIA)
def test_a_day_beside_several_rows_is_the_day_of_each(name: str) -> None:
    reading = read_bytes(MEDIA[name](DAY), name)
    assert [str(line.service_date) for line in reading.document.lines] == ["2026-03-02", "2026-03-02", "2026-03-04"]
    assert not any("service_date" in line.uncertain for line in reading.document.lines)
    assert (owed(reading), told(reading)) == (["40.00", "0.00", "30.00"], [])


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize(
    ("rows", "owes", "unsure", "problems"),
    [
        (PROVED, ["40.00", "0.00", "30.00"], [True, True, False], []),
        (PARTED, ["40.00", "20.00", "30.00"], [True, True, False], []),
        (UNPROVED, ["None", "None", "30.00"], [False] * 3, ["patient_owes"]),
        (NOTHING, ["0.00", "0.00", "30.00"], [False] * 3, []),
    ],
    ids=["one-row-has-all", "each-has-a-part", "no-proof", "naught"],
)
def test_an_amount_beside_several_rows(
    name: str, rows: Sequence[Row], owes: list[str], unsure: list[bool], problems: list[str]
) -> None:
    reading = read_bytes(MEDIA[name](rows), name)
    assert (owed(reading), doubted(reading), told(reading)) == (owes, unsure, problems)
    assert [str(line.amounts.plan_paid) for line in reading.document.lines][2] == "20.00"


@pytest.mark.parametrize("name", MEDIA)
def test_an_amount_beside_all_rows_of_a_claim_is_its_total(name: str) -> None:
    reading = read_bytes(MEDIA[name](WHOLE_CLAIM), name)
    assert (owed(reading), told(reading)) == (["None", "None"], ["patient_owes"])
    assert str(reading.document.claims[0].totals.patient_owes) == "33.00"


def test_notes_of_several_rows_belong_to_one_service() -> None:
    rows = (
        "<tr><td rowspan=2>03/02/2026</td><td rowspan=2>97110</td><td rowspan=2>$120.00</td><td rowspan=2>$80.00</td>"
        "<td rowspan=2>$40.00</td><td>CO-45</td></tr><tr><td>PR-3</td></tr>"
    )
    heads = "".join(f"<th>{h}</th>" for h in ("Date", "Code", "Billed", "Plan paid", "You owe", "Remark"))
    page = f"<html><p>EXPLANATION OF BENEFITS</p><table><tr>{heads}</tr>{rows}</table></html>"
    document = read_bytes(page.encode(), "eob.html").document
    assert [(line.code, str(line.amounts.billed), line.remarks) for line in document.lines] == [
        ("97110", "120.00", ("CO-45", "PR-3"))
    ]  # fmt: skip
