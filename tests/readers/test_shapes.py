"""Words of a picture that can only be one thing are told by their shape; all others stay as they were read."""

import pytest

from explainer.readers.ocr import shapes


@pytest.mark.parametrize(
    ("text", "dollars", "made"),
    [
        ("1O5.00", True, "105.00"), ("l05.00", True, "105.00"), ("$1O5.O0", True, "$105.00"), ("105,00", True, "105.00"),
        ("S5.80", True, "$5.80"), ("S5.80", False, "55.80"), ("S5.80", None, None),
        ("105.00", True, None), ("97110", True, None), ("SOLO.SI", True, None), ("", True, None), ("Bill.50", True, None),
    ],
)  # fmt: skip
def test_amount(text: str, dollars: bool | None, made: str | None) -> None:
    assert shapes.amount(text, dollars) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [("9711O", "97110"), ("9711O-GP", "97110-GP"), ("97110", None), ("G0283", None), ("BILLS", None)],
)
def test_code(text: str, made: str | None) -> None:
    assert shapes.code(text) == made


@pytest.mark.parametrize(
    ("text", "made"), [("O3/02/2026", "03/02/2026"), ("03/O2/26", "03/02/26"), ("03/02/2026", None), ("13/45/2O26", None)]
)
def test_day(text: str, made: str | None) -> None:
    assert shapes.day(text) == made
