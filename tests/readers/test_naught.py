"""Which empty cells the sums of a line show to be 0.00, and which stay unknown."""

from decimal import Decimal

import pytest

from explainer.readers.arithmetic import naught

_EMPTY = ("discount", "allowed", "not_covered", "deductible", "copay", "coinsurance", "plan_paid", "other_paid", "patient_owes")
_SHARES = {"deductible", "copay", "coinsurance"}
_ROWS: list[tuple[str, set[str]]] = [
    ("billed 120 patient_owes 64", set()),
    ("billed 120", set()),
    ("patient_owes 64", set()),
    ("", set()),
    ("billed 120 patient_owes 120", {"discount", "plan_paid", "other_paid"}),
    ("plan_paid 0 deductible 0", set()),
    ("billed 120 allowed 64", set()),
    ("billed 120 allowed 64 copay 30", set()),
    ("billed 120 allowed 64 discount 56", {"not_covered"}),
    ("allowed 64 plan_paid 34 copay 30", {"deductible", "coinsurance", "other_paid"}),
    ("allowed 64 plan_paid 34 copay 20", set()),
    ("allowed 64 plan_paid 64", {*_SHARES, "other_paid", "patient_owes"}),
    ("billed 120 discount 56 plan_paid 34 copay 30", {"not_covered", "deductible", "coinsurance", "other_paid"}),
    ("billed 120 discount 120", set(_EMPTY) - {"discount"}),
    ("billed 120 not_covered 120 patient_owes 120", {"discount", "allowed", *_SHARES, "plan_paid", "other_paid"}),
    ("billed 120 discount 56 allowed 64 plan_paid 34 patient_owes 30", {"not_covered", "other_paid"}),
    ("patient_owes 0", set()),
]


@pytest.mark.parametrize(("printed", "shown"), _ROWS)
def test_what_the_line_leaves_nothing_for(printed: str, shown: set[str]) -> None:
    words = printed.split()
    amounts = {name: Decimal(value) for name, value in zip(words[::2], words[1::2], strict=True)}
    assert naught(amounts, _EMPTY) == shown
