"""The end of the year that a count speaks of: only where the paper names it."""

from datetime import date

import pytest
from reader_papers import FOLDER, read_bytes

PAPER = (FOLDER / "count-of-the-year-before.txt").read_text("utf-8")
PRINTED = "Plan year: 01/01/2025 - 12/31/2025"
BEFORE, PLAN = date(2025, 12, 31), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("line", "end"),
    [
        (PRINTED, BEFORE), ("Benefit summary 2025", BEFORE), ("2025 Benefits Summary", BEFORE), ("Calendar year: 2025", BEFORE),
        ("Resumen de beneficios 2025", BEFORE), ("Benefit period: July 1, 2025 through June 30, 2026", PLAN),
        ("Plan year 2025", None), ("Benefit summary", None), ("Plan year begins 01/01/2025", None),
    ],
)  # fmt: skip
def test_counts_have_the_end_of_the_period_named_above_them(line: str, end: date | None) -> None:
    assert PRINTED in PAPER
    counts = read_bytes(PAPER.replace(PRINTED, line).encode()).document.accumulators
    assert [count.period_end for count in counts] == [end, end]
