"""Reasons that stand apart from their line are taken only where the paper leaves one line and one reason."""

import pytest
from reader_papers import read_bytes

HEAD = """Quarry Hill Mutual Insurance
EXPLANATION OF BENEFITS - This is not a bill
Patient: Leopold Anders   Claim number: QH-70-2281   Provider: Birch Bend Therapy

Date of service | Code | Units | Billed | Discount | Allowed | Plan paid | Copay | You owe
06/09/2026 | 97110 | 2 | 150.00 | 62.00 | 88.00 | 68.00 | 20.00 | 20.00
06/09/2026 | 97012 | 1 | 45.00 | 0.00 | 0.00 | 0.00 | 0.00 | 45.00
"""
ANOTHER = "06/11/2026 | 97035 | 1 | 30.00 | 0.00 | 0.00 | 0.00 | 0.00 | 30.00\n"
SHARE = "06/11/2026 | 97035 | 1 | 30.00 | 10.00 | 20.00 | 0.00 | 20.00 | 20.00\n"


@pytest.mark.parametrize(
    ("rows", "below", "remarks"),
    [
        ("", "PR-204: This service is not covered by your plan.", ["PR-204"]),
        (SHARE, "PR-204: This service is not covered by your plan.", ["PR-204"]),
        ("", "CO-45: This is above what the plan has agreed to.", []),
        ("", "PR-204: This service is not covered by your plan.\nPR-119: The most for this year is reached now.", []),
        (ANOTHER, "PR-204: This service is not covered by your plan.", []),
        ("", "97012: Stretching of the spine by a machine.", []),
        ("", "Note on 06/09/2026: this plan ends at the end of the year.", []),
        ("", "Note on 97012: approval was not asked for.", ["Note on 97012"]),
        ("", "Nota sobre 97012: no se pidió la aprobación.", ["Nota sobre 97012"]),
        (ANOTHER, "Note on 06/11/2026: approval was not asked for.", ["Note on 06/11/2026"]),
        ("", "Note on 97110: approval was not asked for.", []),
    ],
)
def test_a_reason_below_is_that_of_the_only_line_it_can_be_for(rows: str, below: str, remarks: list[str]) -> None:
    document = read_bytes(f"{HEAD}{rows}\n{below}\n".encode()).document
    assert [key for line in document.lines for key in line.remarks] == remarks
