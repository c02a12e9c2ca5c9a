"""Word files: paragraphs and tables in order, and broken or hostile files refused."""

import io
import zipfile

import pytest
from reader_papers import read_bytes, refused

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text: str, hidden: bool = False) -> str:
    mark = "<w:rPr><w:vanish/></w:rPr>" if hidden else ""
    return f"<w:p><w:r>{mark}<w:t>{text}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def word(body: str, head: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {_NS}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def test_paragraphs_and_tables_are_read() -> None:
    rows = table(
        ("Date", "Code", "Billed", "Plan paid", "You owe"),
        ("03/30/2026", "97110", "$140.00", "$100.00", "$40.00"),
        ("03/31/2026", "97140", "$70.00", "$50.00", "$20.00"),
    )
    hidden = paragraph("You owe $900.00", hidden=True)
    head = paragraph("EXPLANATION OF BENEFITS") + paragraph("Patient: Ida Prueba")
    reading = read_bytes(word(head + rows + hidden), "eob.docx")
    document = reading.document
    assert [(line.code, str(line.amounts.patient_owes)) for line in document.lines] == [("97110", "40.00"), ("97140", "20.00")]
    assert (document.format, document.claims[0].patient) == ("text", "Ida Prueba")
    assert [p.code for p in reading.problems] == ["word-file", "web-hidden"]
    assert "900" not in document.text


def test_a_box_of_text_is_no_part_of_the_cell_it_is_fastened_to() -> None:
    box = f"<w:txbxContent>{paragraph('20d')}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    twice = f"<mc:AlternateContent xmlns:mc='m'>{both}</mc:AlternateContent>"
    cell = f"<w:tc><w:p><w:r>{twice}<w:t>$40.00</w:t></w:r></w:p></w:tc>"
    heads = "".join(f"<w:tc>{paragraph(h)}</w:tc>" for h in ("Date", "Billed", "You owe"))
    row = f"<w:tc>{paragraph('03/30/2026')}</w:tc><w:tc>{paragraph('$140.00')}</w:tc>{cell}"
    rows = f"<w:tbl><w:tr>{heads}</w:tr><w:tr>{row}</w:tr></w:tbl>"
    document = read_bytes(word(paragraph("EXPLANATION OF BENEFITS") + rows), "eob.docx").document
    assert [str(line.amounts.patient_owes) for line in document.lines] == ["40.00"]


def test_names_of_groups_above_the_names_of_columns_are_no_columns() -> None:
    groups = ("Claim detail", "Provider charges", "Your responsibility", "Total cost")
    heads = ("No.", "Date", "Service", "Charges", "Discount", "Allowed", "Deductible", "Plan paid", "You owe")
    row = ("1", "03/30/2026", "Exercise (97110)", "$140.00", "$60.00", "$80.00", "$0.00", "$60.00", "$20.00")
    rows = table(groups, heads, row)
    line = read_bytes(word(paragraph("EXPLANATION OF BENEFITS") + rows), "eob.docx").document.lines[0]
    assert (str(line.amounts.billed), str(line.amounts.plan_paid), str(line.amounts.patient_owes)) == ("140.00", "60.00", "20.00")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word("<w:p><w:r><w:t>never closed"), "word-damaged"), (word(paragraph("Dear diary, it rained.")), "not-an-eob"),
        (word(""), "empty"),
        (word(paragraph("&a;"), '<!DOCTYPE x [<!ENTITY a "aa">]>'), "word-damaged"), (word(paragraph("x" * 40_000)), "too-big"),
        (word(paragraph("x"))[:-100], "word-damaged"), (word("<w:p/>" * 30_000), "too-big"),
    ],
    ids=["torn", "other", "empty", "entities", "paragraph", "cut", "lines"],
)  # fmt: skip
def test_refused(data: bytes, code: str) -> None:
    assert refused(data, "paper.docx") == code
