"""What a bill prints beside its charges explains why it is higher than the plan's paper."""

from decimal import Decimal

import pytest
from checks_build import KNOWLEDGE, claim, line, paper

from explainer.checks import run_checks
from explainer.explain import finding_text
from explainer.model.document import Document, Receipt
from explainer.model.source import Span


def _bill(due: str, *rows: str, before: tuple[str, ...] = (), paid: str | None = None) -> Document:
    """A bill for the line's share of 40.00 and more, with these rows; `before` are rows read as balances carried over."""
    text = "".join(f"{row}\n" for row in (*before, *rows, f"Amount due: ${due}"))
    receipts = [
        Receipt("before", Decimal(row.rpartition("$")[2]), Span("b1", 1, text.index(row), text.index(row) + len(row)))
        for row in before
    ]
    receipts += [Receipt("patient", Decimal(paid), Span("b1", 1, 0, 0))] if paid else []
    billed = claim(line(1, amounts="130 0 0 40", columns="short"))
    return paper(billed, paper="b1", kind="bill", text=text, receipts=tuple(receipts), amount_due=Decimal(due))


@pytest.mark.parametrize(
    ("bill", "said"),
    [
        (_bill("90.00", before=("Previous balance: $50.00",)), "Previous balance: $50.00"),
        (_bill("45.00", "Late fee: $5.00"), "Late fee: $5.00"),
        (_bill("45.00", "Cargo por mora:  $5.00"), "Cargo por mora: $5.00"),
        (_bill("95.00", "Finance charge  5.00", before=("Prior balance $50.00",)), "Prior balance $50.00; Finance charge 5.00"),
        (_bill("70.00", before=("Previous balance: $50.00",), paid="20.00"), "Previous balance: $50.00"),
        (_bill("45.00", "Late fees are charged after 30 days."), None),
        (_bill("60.00", "Late fee: $5.00"), None),
        (_bill("45.00"), None),
    ],
)
def test_a_printed_row_explains_the_rest_of_a_bill(bill: Document, said: str | None) -> None:
    (found,) = dict(run_checks((paper(line(1)), bill), KNOWLEDGE))[""]
    assert (found.verdict, found.case) == (("explained", "total-printed") if said else ("ask", "total"))
    assert said is None or all(said in text for text in finding_text(found, KNOWLEDGE, "en"))
