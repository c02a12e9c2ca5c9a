"""Which plan a sentence says is the person's own: not one that is denied, over, or somebody else's; several are a question."""

import pytest

from explainer.case import Case
from explainer.conversation.phrases import phrase_book
from explainer.conversation.question import Context
from explainer.conversation.slots import SlotFinder
from explainer.knowledge.base import Knowledge


@pytest.fixture(scope="module")
def finder(knowledge: Knowledge) -> SlotFinder:
    return SlotFinder(knowledge, phrase_book(knowledge))


@pytest.mark.parametrize(
    ("words", "plan", "plans"),
    [
        ("I have Medicaid", "medicaid", ()),
        ("I had Medicaid before, now I have a job plan", "employer", ()),
        ("I used to have Medicaid but now it's a marketplace plan", "marketplace", ()),
        ("I switched from Medicaid to a job plan", "employer", ()),
        ("I no longer have Medicaid", None, ()),
        ("I had Medicaid at the time of the visit", "medicaid", ()),
        ("It is not Medicare Advantage, it is Original Medicare", "medicare-original", ()),
        ("not Medicaid but Medicare Advantage", "medicare-advantage", ()),
        ("I don't have Medicaid or CHIP, I have a marketplace plan", "marketplace", ()),
        ("it isn't Medicaid", None, ()),
        ("Original Medicare, not Medicare Advantage", "medicare-original", ()),
        ("My dad has Medicare Advantage. I have a marketplace plan", "marketplace", ()),
        ("My wife has a job plan and I have Medicaid", "medicaid", ()),
        ("My dad has Medicare Advantage, until when can he appeal?", "medicare-advantage", ()),
        ("I have Medicare and Medicaid", None, ("medicare", "medicaid")),
        ("I have a job plan and a marketplace plan", None, ("employer", "marketplace")),
        ("I'm not sure if it is Medicare Advantage or Original Medicare", None, ("medicare-advantage", "medicare-original")),
        ("Why did they not cover it on my marketplace plan?", "marketplace", ()),
        ("I did not get the notice from my Medicaid plan until May", "medicaid", ()),
        ("I have Medicare Advantage through my employer", "medicare-advantage", ()),
        ("Antes tenía Medicaid, ahora tengo un plan del mercado", "marketplace", ()),
        ("No es Medicare Advantage, es Medicare Original", "medicare-original", ()),
        ("No tengo Medicaid sino Medicare Advantage", "medicare-advantage", ()),
        ("Mi papá tiene Medicare Advantage. Yo tengo un plan del mercado", "marketplace", ()),
        ("Ya no tengo Medicaid", None, ()),
        ("Tengo Medicare y Medicaid", None, ("medicare", "medicaid")),
        ("Tengo Medicaid", "medicaid", ()),
        ("¿Por qué no lo cubrió mi plan del mercado?", "marketplace", ()),
        ("I had a job plan, now I have COBRA", "cobra", ()),
        ("my neighbor has original medicare, is that better", None, ()),
        ("mi vecino tiene Medicare Advantage. cuando vence mi apelacion", None, ()),
        ("should I go back to original medicare next year", None, ()),
        ("me conviene pasarme a Medicare Advantage?", None, ()),
        ("my mom is on medicaid, I'm not. when's my last day to appeal", None, ()),
        ("do people with a marketplace plan pay less for this", None, ()),
        ("I switched to a marketplace plan in May", "marketplace", ()),
    ],
)
def test_the_plan_of_now(words: str, plan: str | None, plans: tuple[str, ...], finder: SlotFinder) -> None:
    slots = finder.hear(words, Case(), Context()).slots
    assert (slots.plan, slots.plans) == (plan, plans)


@pytest.mark.parametrize(("words", "supposed"), [
    ("what if I had original Medicare", True),
    ("if I had Medicare Advantage when would my appeal be due", True),
    ("y si tuviera Medicaid", True),
    ("I have original Medicare", False),
    ("I have original Medicare, what if it was 40 minutes", False),
])  # fmt: skip
def test_a_plan_only_thought_of(words: str, supposed: bool, finder: SlotFinder) -> None:
    slots = finder.hear(words, Case(()), Context()).slots
    assert slots.plan is not None
    assert slots.supposed is supposed
