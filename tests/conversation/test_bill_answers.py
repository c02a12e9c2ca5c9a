"""Answers about bills: which figure counts, what causes the difference, and what to say on the phone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import papers as p
import pytest
from build import ask

from explainer.conversation.topics import bill
from explainer.conversation.topics.bill_alone import paid_by
from explainer.model.document import Receipt
from explainer.model.source import Span

D = Decimal


@pytest.mark.parametrize(
    ("topic", "documents", "slots", "says", "never"),
    [
        (
            "bill.compare",
            (p.COPAY, p.BILL),
            {},
            [
                "asks for $105.00",
                "may owe $30.00",
                "$75.00 more",
                "Line 1 (97110",
                "same as the plan discount",
                "Line 3 (97014",
                "Included in the payment",
                "99070",
            ],
            ["owe $105"],
        ),
        (
            "bill.compare",
            (p.COPAY, p.BILL),
            {"lines": (3,)},
            ["asked for $20.00", "Included in the payment", "In all, the bill asks for $105.00"],
            [],
        ),
        ("bill.compare", (p.COPAY,), {"amounts": (D("64.00"),)}, ["asks for $64.00", "$34.00 more"], []),
        ("bill.compare", (p.COPAY,), {"amounts": (D("30.00"),)}, ["may owe $30.00"], ["$0.00 more"]),
        ("bill.compare", (p.COPAY,), {}, ["may owe $30.00", "upload the bill"], []),
        ("bill.compare", (p.BILL,), {}, ["asks for $105.00", "EOB"], ["owe $105"]),
        (
            "bill.dispute",
            (p.COPAY, p.BILL),
            {},
            ["(555) 010-0199", "asks for $105.00", "may owe $30.00", "difference of $75.00", "on hold"],
            [],
        ),
        (
            "bill.dispute",
            (p.MEDICARE,),
            {"amounts": (D("48.00"),)},
            ["may owe $12.00", "amount the plan paid", "line 1"],
            ["$18.00"],
        ),
        ("bill.dispute", (p.COPAY,), {}, ["Go by the $30.00", "March 5, 2026"], []),
        ("bill.not-a-bill", (p.COPAY,), {}, ["not a bill", "$30.00"], []),
        ("bill.not-a-bill", (p.BILL,), {}, ["is a bill", "$105.00"], []),
        ("bill.two-papers", (p.COPAY, p.BILL), {}, ["$30.00", "$105.00"], []),
        ("bill.itemized", (p.COPAY,), {}, ["itemized bill", "Elm Street Therapy"], []),
        ("bill.help-paying", (p.MEDICARE,), {}, ["payment plan", "Medicare Savings Program"], []),
        ("bill.help-paying", (p.COPAY,), {}, ["payment plan", "Medicaid"], ["Medicare Savings"]),
        ("bill.collections", (p.REFUSED,), {}, ["hold", "appeal", "$60.00", "in writing"], []),
        ("bill.collections", (), {}, ["hold", "in writing"], ["$"]),
    ],
)
def test_bill(topic, documents, slots, says, never):
    _, text = ask(bill.BUILDERS, topic, *documents, words="they billed me this", **slots)
    assert not [s for s in says if s not in text], text
    assert not [s for s in never if s in text], text


def test_a_bill_told_by_mouth_is_remembered():
    reply, _ = ask(bill.BUILDERS, "bill.compare", p.COPAY, words="they want $64", amounts=(D("64.00"),))
    assert reply.remember["asked"] == "64.00"
    assert reply.values["difference"] == D("34.00")


def _row(by: str, amount: str, day: date | None = None) -> Receipt:
    return Receipt(by, D(amount), Span("bill"), day)


_DAY = date(2026, 4, 2)


@pytest.mark.parametrize(
    ("rows", "total", "kept"),
    [
        ((), None, None),
        ((_row("plan", "50"),), "50", 1),
        ((_row("plan", "50", _DAY), _row("plan", "50", _DAY)), "100", 2),
        ((_row("plan", "30", _DAY), _row("plan", "20", _DAY), _row("plan", "50")), "50", 2),
        ((_row("plan", "30"), _row("plan", "20"), _row("plan", "50")), "50", 2),
        ((_row("plan", "30", _DAY), _row("plan", "45")), None, 2),
        ((_row("patient", "10"),), None, None),
    ],
)
def test_what_was_paid_counts_each_payment_once(rows: tuple[Receipt, ...], total: str | None, kept: int | None) -> None:
    """A row without a day can be the sum of the others; where that is not sure, no sum is given."""
    lines = replace(p.BILL.claims[0], lines=())
    found = paid_by(replace(p.BILL, claims=(lines,), receipts=rows), "plan")
    assert (None if found is None else len(found.rows)) == kept
    assert (None if found is None else found.total) == (None if total is None else D(total))


def test_a_payment_that_explains_the_difference_makes_the_two_agree() -> None:
    billed = replace(p.BILL, amount_due=D("10.00"), receipts=(_row("patient", "20", _DAY),))
    _, text = ask(bill.BUILDERS, "bill.compare", p.COPAY, billed)
    assert "With what you paid, the two agree" in text
    assert all(figure in text for figure in ("$10.00", "$20.00", "$30.00"))
