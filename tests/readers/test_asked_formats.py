"""A format asked for by name holds, or is refused with both names: it is never passed over."""

from pathlib import Path

import pytest
from pdf_maker import pdf, plain
from reader_papers import FOLDER, MSN_FOLDER, read_bytes
from sheet_maker import sheet_xml, workbook

from explainer.readers import Unreadable

EOB = (FOLDER / "uhc-columns.txt").read_bytes()
BILL = (FOLDER / "bill-columns.txt").read_bytes()
SBC = (FOLDER / "sbc-columns.txt").read_bytes()
NOTICE = sorted(Path(MSN_FOLDER).glob("*.txt"))[0].read_bytes()
UNTOLD = b"Oak Street PT\n\nDate        Code    Billed    You owe\n03/01/2026  97110   $120.00   $30.00\n"
OF_MEDICARE = b"Part B\n\nDate  Code  Provider charged  Medicare approved  Medicare paid  Maximum you may be billed\n" + (
    b"03/01/2026  97110  $120.00  $80.00  $64.00  $16.00\n"
)
TABLE = [("Date", "Code", "Billed", "Plan paid", "You owe"), ("03/01/2026", "97110", "120.00", "90.00", "30.00")]
REMITTANCE = sorted((FOLDER.parent / "x12").glob("*.835"))[0].read_bytes()


def kind(data: bytes, name: str, asked: str) -> str:
    try:
        return read_bytes(data, name, asked).document.kind
    except Unreadable as reason:
        return f"{reason.code} {reason.values.get('found', '')}".strip()


@pytest.mark.parametrize(
    ("data", "name", "asked", "is_"),
    [
        (EOB, "a.txt", "text", "eob"), (EOB, "a.txt", "sbc", "other-format eob"), (EOB, "a.txt", "msn", "other-format eob"),
        (EOB, "a.txt", "bill", "other-format eob"), (EOB, "a.txt", "fhir-eob", "other-format text"),
        (BILL, "a.txt", "bill", "bill"), (BILL, "a.txt", "msn", "other-format bill"), (BILL, "a.txt", "sbc", "other-format bill"),
        (SBC, "a.txt", "sbc", "sbc"), (SBC, "a.txt", "bill", "other-format sbc"), (SBC, "a.txt", "msn", "other-format sbc"),
        (NOTICE, "a.txt", "msn", "msn"), (NOTICE, "a.txt", "bill", "other-format msn"),
        (UNTOLD, "a.txt", "bill", "bill"), (UNTOLD, "a.txt", "sbc", "not-an-eob"),
        (OF_MEDICARE, "a.txt", "auto", "eob"), (OF_MEDICARE, "a.txt", "msn", "msn"),
        (pdf(plain), "a.pdf", "pdf", "eob"), (pdf(plain), "a.pdf", "bill", "other-format eob"),
        (pdf(plain), "a.pdf", "csv", "other-format pdf"),
        (workbook({"A": sheet_xml(TABLE)}), "a.xlsx", "bill", "bill"),
        (workbook({"A": sheet_xml(TABLE)}), "a.xlsx", "sbc", "other-format eob"),
        (REMITTANCE, "a.835", "x12-835", "remittance"), (REMITTANCE, "a.835", "bill", "other-format x12-835"),
    ],
)  # fmt: skip
def test_a_format_asked_for(data: bytes, name: str, asked: str, is_: str) -> None:
    assert kind(data, name, asked) == is_
