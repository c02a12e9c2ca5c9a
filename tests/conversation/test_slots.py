"""What words name: codes, keys, modifiers, minutes, units, dollars, days. Nothing that is not said."""

from decimal import Decimal

import pytest

from explainer.case import Case
from explainer.conversation.phrases import phrase_book
from explainer.conversation.question import Context, Slots
from explainer.conversation.slots import SlotFinder
from explainer.knowledge.base import Knowledge


@pytest.fixture(scope="module")
def finder(knowledge: Knowledge) -> SlotFinder:
    return SlotFinder(knowledge, phrase_book(knowledge))


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("what is 97110?", "codes", ("97110",)),
        ("what is 97110-GP-59", "codes", ("97110",)),
        ("what is 97110-GP-59", "modifiers", ("GP", "59")),
        ("g0283 or 97014", "codes", ("G0283", "97014")),
        ("my zip is 10023 and I paid", "codes", ()),
        ("claim 5123291583911", "codes", ()),
        ("they charged $97110", "codes", ()),
        ("co45?", "keys", ("CO-45",)),
        ("PR 1 and co-45", "keys", ("PR-1", "CO-45")),
        ("it says N130 and m15", "keys", ("N130", "M15")),
        ("reason code 119", "keys", ("119",)),
        ("what does modifier 25 mean", "modifiers", ("25",)),
        ("KX?", "modifiers", ("KX",)),
        ("I have to go to PT", "modifiers", ()),
        ("I was there 45min", "minutes", (45,)),
        ("half an hour of therapy", "minutes", (30,)),
        ("an hour and a half", "minutes", (90,)),
        ("media hora", "minutes", (30,)),
        ("forty five minutes", "minutes", (45,)),
        ("cuarenta y cinco minutos", "minutes", (45,)),
        ("two 15-minute units", "minutes", ()),
        ("three units", "units", (3,)),
        ("4 timed units", "units", (4,)),
        ("tres unidades de 97110", "units", (3,)),
        ("20 minutes of 97530 and 17 of 97110", "minutes_by_code", (("97530", 20), ("97110", 17))),
        ("22 min of gait and 9 min of neuro", "minutes_by_code", (("97116", 22), ("97112", 9))),
        ("massage was 18 and the exercise 21 minutes", "minutes_by_code", (("97124", 18), ("97110", 21))),
        ("la marcha 12 minutos y el ejercicio 20", "minutes_by_code", (("97116", 12), ("97110", 20))),
        ("exercise first, then 20 minutes manual, 10 minutes", "minutes_by_code", ()),
        ("exercise first, then 20 minutes manual, 10 minutes", "minutes_open", True),
        ("30 minutes of gait and massage", "minutes_by_code", ()),
        ("30 minutes of gait and massage", "minutes_open", True),
        ("2 units of gait and 1 of massage for 33 minutes", "minutes_by_code", ()),
        ("14, 9 and 11 minutes", "minutes", (14, 9, 11)),
        ("14, 9 and 11 minutes", "minutes_open", True),
        ("20 to 25 minutes", "minutes_open", True),
        ("I was there for 33 minutes for gait and massage", "minutes_open", False),
        ("33 minutes", "minutes_open", False),
        ("from 1:15 to 2:05 pm", "minutes", (50,)),
        ("de 11:30 a 12:25", "minutes", (55,)),
        ("9 to 9:45 am", "minutes", (45,)),
        ("from 8:00 to 4:30", "minutes", ()),
        ("at 10:30 on 7/8", "minutes", ()),
        ("gait 12 minutes, how many units", "units", ()),
        ("they want $1,234.50", "amounts", (Decimal("1234.50"),)),
        ("40 bucks", "amounts", (Decimal("40.00"),)),
        ("I already paid 250", "amounts", (Decimal("250.00"),)),
        ("pagué 280 dólares", "amounts", (Decimal("280.00"),)),
        ("30 minutes on 9/14", "amounts", ()),
        ("what is code 97Z31", "unknown_codes", ("97Z31",)),
        ("remark ZX77Q", "unknown_codes", ("ZX77Q",)),
        ("what is 97888", "unknown_codes", ("97888",)),
        ("the 1st visit at 10am on the 2nd floor", "unknown_codes", ()),
    ],
)
def test_slot(words: str, slot: str, value: object, finder: SlotFinder) -> None:
    assert getattr(finder.hear(words, Case(), Context()).slots, slot) == value


def test_nothing_said_names_nothing(finder: SlotFinder) -> None:
    assert finder.hear("hello, could you help me please?", Case(), Context()).slots == Slots()
