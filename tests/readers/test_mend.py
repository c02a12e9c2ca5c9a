"""What a picture shows unclearly is mended only where one reading is left, and never silently."""

from decimal import Decimal

import pytest
from reader_papers import knowledge

from explainer.model.source import Box, PageSize
from explainer.readers.base import Reading, Upload
from explainer.readers.box.extract import Extract
from explainer.readers.pages import Page, PageWord
from explainer.readers.scanned import read_extract
from explainer.settings import Limits

HEADING = ["Date", "Code", "Billed", "Discount", "Allowed", "Deductible", "Copay", "Coinsurance", "Paid", "Responsibility"]
GOOD = ["03/02/2026", "97110", "$120.00", "$55.80", "$64.20", "$0.00", "$40.00", "$0.00", "$24.20", "$40.00"]


def _read(cells: list[str], sure: float = 0.8) -> Reading:
    words = [PageWord("EXPLANATION", Box(40, 20, 120, 30), sure), PageWord("OF", Box(124, 20, 140, 30), sure)]
    words += [PageWord("BENEFITS", Box(144, 20, 200, 30), sure)]
    for top, row in ((60, HEADING), (80, cells), (100, GOOD)):
        words += [PageWord(t, Box(20 + 72 * i, top, 20 + 72 * i + 6 * len(t), top + 10), sure) for i, t in enumerate(row)]
    extract = Extract((Page(PageSize(1, 800, 600), tuple(words)),))
    return read_extract(Upload("p1", "scan.png", b"x"), knowledge(), extract, Limits(), "image")


@pytest.mark.parametrize(
    ("at", "printed", "field", "value", "code"),
    [
        (2, "$12O.00", "billed", "120.00", "ocr-mended"), (3, "$56.80", "discount", "55.80", "ocr-mended"),
        (4, "$84.20", "allowed", "64.20", "ocr-mended"), (8, "$24,20", "plan_paid", "24.20", "ocr-mended"),
    ],
)  # fmt: skip
def test_an_amount_is_mended_and_said_to_be(at: int, printed: str, field: str, value: str, code: str) -> None:
    reading = _read([*GOOD[:at], printed, *GOOD[at + 1 :]])
    line = reading.document.lines[0]
    assert line.amounts.get(field) == Decimal(value)
    assert field in line.uncertain
    assert code in [p.code for p in reading.problems]


def test_amounts_that_no_one_reading_mends_are_doubted() -> None:
    reading = _read([*GOOD[:4], "$11.11", *GOOD[5:8], "$99.99", *GOOD[9:]])
    line = reading.document.lines[0]
    assert (line.amounts.allowed, line.amounts.plan_paid) == (Decimal("11.11"), Decimal("99.99"))
    assert {"allowed", "plan_paid", "copay"} <= set(line.uncertain)
    assert "ocr-doubtful" in [p.code for p in reading.problems]
    assert "billed" not in reading.document.lines[1].uncertain


def test_printed_text_is_never_mended() -> None:
    reading = _read([*GOOD[:3], "$58.80", *GOOD[4:]], sure=1.0)
    assert reading.document.lines[0].amounts.discount == Decimal("58.80")
    assert not [p for p in reading.problems if p.code.startswith("ocr-")]
