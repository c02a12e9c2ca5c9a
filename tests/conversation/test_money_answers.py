"""Answers about money: what they must say, and what they must never say."""

from decimal import Decimal

import papers as p
import pytest
from build import ask, claim, deductible, paper

from explainer.conversation.question import Context
from explainer.conversation.topics import money

D = Decimal


@pytest.mark.parametrize(
    ("topic", "documents", "slots", "says", "never"),
    [
        ("money.owe", (p.COPAY,), {}, ["may owe $30.00", "copay on line 1", "$20.00 billed on line 3"], ["owe $180"]),
        (
            "money.owe",
            (p.MIXED,),
            {},
            ["may owe $78.00", "$60.00 went to your deductible on line 1", "$8.00 on line 1", "$10.00 on line 2"],
            [],
        ),
        ("money.owe", (p.COPAY,), {"lines": (2,)}, ["$0.00", "paid all of the $35.00"], ["$30.00"]),
        (
            "money.owe",
            (p.COPAY,),
            {"keys": ("CO-97",)},
            ["$0.00", "part of another service", "Included in the payment"],
            ["$20.00"],
        ),
        ("money.owe", (p.REFUSED,), {"lines": (1,)}, ["may owe $60.00", "not a benefit of your plan"], []),
        ("money.owe", (p.REFUSED,), {"lines": (2,)}, ["$0.00", "normally not yours"], ["may owe $"]),
        ("money.owe", (p.MEDICARE,), {}, ["may owe $18.00", "Of the $90.00 approved, Medicare paid $72.00"], []),
        ("money.owe", (p.WRONG_SUM,), {}, ["may owe $45.00", "do not add up"], ["$10.00"]),
        ("money.owe", (p.BARE,), {}, ["could not find"], ["$"]),
        ("money.owe", (p.OUT,), {}, ["out-of-network"], []),
        ("money.owe", (p.TAKEN_BACK,), {}, ["takes back an earlier claim"], ["may owe"]),
        ("money.refund", (p.TAKEN_BACK,), {"amounts": (D("50.00"),)}, ["takes back an earlier claim"], ["$80.00"]),
        ("money.owe", (p.HEADLINE_ONLY,), {}, ["may owe $30.00", "does not show what that is made of"], []),
        ("money.owe", (p.TWO_VISITS,), {}, ["may owe $60.00", "$30.00 for March 12, 2026"], []),
        ("money.owe", (p.COPAY, p.BILL), {}, ["may owe $30.00", "bill asks for $105.00", "ask"], ["owe $105"]),
        ("money.owe", (p.BILL,), {}, ["asks for $105.00", "EOB"], ["owe $105"]),
        ("money.owe", (), {"keys": ("CO-50",)}, ["Normally not"], []),
        ("money.to-whom", (p.COPAY,), {}, ["You pay Elm Street Therapy, not Harvest Health"], []),
        ("money.to-whom", (p.BARE,), {}, ["You pay your provider, not your plan"], []),
        ("money.billed", (p.COPAY,), {}, ["$180.00", "list price", "may owe $30.00"], ["owe $180"]),
        ("money.allowed", (p.COPAY,), {}, ["$85.00", "most the plan counts"], []),
        ("money.discount", (p.COPAY,), {}, ["Nobody pays the $95.00"], []),
        ("money.discount", (p.OUT,), {}, ["could ask you"], ["Nobody pays"]),
        ("money.discount", (p.MEDICARE,), {}, ["difference of $60.00", "$18.00"], []),
        (
            "money.deductible",
            (p.MIXED,),
            {},
            ["$100.00 left of your $1,000.00", "$900.00 is met", "$60.00", "$40.00 would be left"],
            [],
        ),
        ("money.deductible", (p.COPAY,), {}, ["$0.00 went to the deductible", "could not find how much"], []),
        ("money.copay", (p.COPAY,), {}, ["$30.00 on line 1", "not for each service"], []),
        ("money.copay", (p.COPAY,), {"lines": (2,)}, ["$0.00", "$30.00 on line 1"], []),
        ("money.coinsurance", (p.MIXED,), {}, ["20%", "$60.00 went to your deductible"], []),
        ("money.coinsurance", (p.MEDICARE,), {}, ["20% of the Medicare-approved", "$18.00 out of $90.00"], []),
        ("money.coinsurance", (p.UNEVEN,), {}, ["$17.00", "cannot tell"], ["%"]),
        ("money.coinsurance", (p.COPAY,), {}, ["$0.00"], ["%"]),
        ("money.not-covered", (p.REFUSED,), {}, ["$60.00 was not covered", "line 2"], []),
        ("money.plan-paid", (p.COPAY,), {}, ["Harvest Health paid $55.00"], []),
        ("money.plan-paid", (p.REFUSED,), {}, ["paid $0.00", "did not cover"], []),
        ("money.math", (p.COPAY,), {}, ["add up", "$180.00", "$30.00"], ["does not add up"]),
        ("money.math", (p.WRONG_SUM,), {}, ["printed total", "$175.00", "$160.00", "line 1"], ["The figures add up"]),
        ("money.differs", (p.COPAY,), {}, ["copay of $30.00", "same"], []),
        ("money.differs", (p.TWO_VISITS,), {}, ["March 5, 2026: copay $30.00"], []),
        (
            "money.refund",
            (p.COPAY,),
            {"amounts": (D("50.00"),)},
            ["$20.00 may be due back", "Elm Street Therapy, not from Harvest Health"],
            [],
        ),
        ("money.refund", (p.COPAY,), {"amounts": (D("10.00"),)}, ["$20.00 may still be open"], ["due back"]),
        ("money.refund", (p.COPAY,), {"amounts": (D("30.00"),)}, ["even"], ["due back"]),
        ("money.refund", (p.COPAY,), {}, ["How much did you pay?"], []),
    ],
)
def test_money(topic, documents, slots, says, never):
    _, text = ask(money.BUILDERS, topic, *documents, **slots)
    assert not [s for s in says if s not in text], text
    assert not [s for s in never if s in text], text


def test_a_payment_told_once_is_remembered():
    first, _ = ask(money.BUILDERS, "money.refund", p.COPAY, amounts=(D("50.00"),))
    context = Context(topic="money.refund", facts=dict(first.remember))
    _, again = ask(money.BUILDERS, "money.refund", p.COPAY, context=context)
    assert again.startswith("Money you paid too much comes back from Elm Street Therapy")
    assert "$20.00" in again
    other, text = ask(money.BUILDERS, "money.refund", p.COPAY, context=context, amounts=(D("40.00"),))
    assert "$10.00 may be due back" in text
    assert other.remember["paid"] == "40.00"


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (deductible("500.00", "500.00"), "is met"),
        (deductible("20.00", "500.00"), "cannot hold all of it"),
        (deductible(None, None, "120.00"), "$120.00 is left"),
        (deductible("80.00", None), "cannot tell what is left"),
        (deductible(None, "500.00"), "cannot tell what is left"),
    ],
)
def test_what_a_paper_gives_of_the_deductible(count, says):
    document = paper(claim(*p.MIXED.lines), counts=(count,))
    _, text = ask(money.BUILDERS, "money.deductible", document)
    assert says in text


def test_a_repeated_question_adds_what_the_word_means():
    first, once = ask(money.BUILDERS, "money.owe", p.COPAY)
    context = Context(topic="money.owe", last_keys=tuple(s.key for s in first.statements))
    _, twice = ask(money.BUILDERS, "money.owe", p.COPAY, context=context)
    assert "Copay:" in twice
    assert "Copay:" not in once
