"""Whose bill it is: a bill of another printed provider is not set against the plan's paper."""

from decimal import Decimal

import pytest
from checks_build import KNOWLEDGE, claim, line, paper

from explainer.checks import run_checks
from explainer.checks.senders import are_two


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("Willow Street Therapy", "Harbor OT Clinic", True),
        ("Willow Street Therapy", "WILLOW ST. PHYSICAL THERAPY, INC.", False),
        ("Clínica Sauce", "CLINICA SAUCE LLC", False),
        ("WillowStreet PT", "Willow Street Therapy", False),
        ("Willow Street Therapy", "Physical Therapy Clinic LLC", False),
        ("Willow Street Therapy", None, False),
        (None, None, False),
    ],
)
def test_providers_without_a_telling_word_in_common_are_two(one: str | None, other: str | None, two: bool) -> None:
    assert are_two(one, other) is two
    assert are_two(other, one) is two


@pytest.mark.parametrize(
    ("sender", "told"),
    [
        ("Harbor OT Clinic", [("bill.unmatched", "not-checked", "no-eob")]),
        ("Willow Street PT", [("bill.more-than-eob", "ask", "line"), ("bill.more-than-eob", "ask", "total")]),
        (None, [("bill.more-than-eob", "ask", "line"), ("bill.more-than-eob", "ask", "total")]),
    ],
)
def test_another_providers_bill_is_not_compared(sender: str | None, told: list[tuple[str, str, str]]) -> None:
    plans = paper(line(1))
    billed = claim(line(1, amounts="330 0 0 330", columns="short"), provider=sender)
    bill = paper(billed, paper="b1", kind="bill", amount_due=Decimal(330))
    found = dict(run_checks((plans, bill), KNOWLEDGE))[""]
    assert [(f.id, f.verdict, f.case) for f in found] == told
