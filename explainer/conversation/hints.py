"""What a few sure words, a plan named in a follow-up or an amount of the paper say of the topic, before examples are asked."""

from collections.abc import Mapping
from decimal import Decimal

from explainer.case import Case, total_of
from explainer.conversation.question import Context
from explainer.conversation.slots import Heard

_SHORT, _MIDDLING = 9, 12
_AMOUNTS: Mapping[str, str] = {
    "patient_owes": "money.owe", "billed": "money.billed", "discount": "money.discount", "allowed": "money.allowed",
    "plan_paid": "money.plan-paid", "not_covered": "money.not-covered", "deductible": "money.deductible",
    "coinsurance": "money.coinsurance", "copay": "money.copay",
}  # fmt: skip
_OF_PLANS = ("appeal.", "coverage.", "units.rule", "units.check")
# What the examples make of a bare amount is rarely about the amount.
_NOT_OF_AMOUNTS = ("document.dates", "document.line", "decline.unclear", "decline.off-topic", "units.", "help.", "code.")


def sure_words(heard: Heard, context: Context) -> str | None:
    """The topic that sure words name; None where there are none."""
    if heard.has("other-plan") and heard.slots.plan and context.topic and context.topic.startswith(_OF_PLANS):
        return context.topic
    if (
        heard.slots.plan
        and context.topic
        and context.topic.startswith(_OF_PLANS)
        and len(heard.tokens) <= _SHORT
        and _only_plan(heard)
        and not heard.has("what-is")
    ):
        return context.topic
    if _now_medicare(heard, context):
        return context.topic
    if heard.has("medical-ask") and not heard.slots.amounts and not heard.has("must-pay"):
        return "decline.medical-advice"
    return None


_OF_BILLS: Mapping[str, str] = {
    "asks-due-day": "document.dates", "asks-own-payments": "money.refund", "asks-plan-payment": "money.plan-paid",
    "asks-bill-right": "bill.compare",
}  # fmt: skip


def of_bill(heard: Heard, case: Case, context: Context) -> str | None:
    """What a bill among the papers is asked for in so many words: its day, its payments, whether it is right.

    In a longer turn such words are said beside what is asked: "a script for calling them before I pay".
    """
    appeal = "appeal" in heard.slots.terms or (context.topic or "").startswith("appeal.")
    slots = heard.slots
    if not case.bills or len(heard.tokens) > _MIDDLING or heard.has("why-word") or slots.amounts or slots.codes or slots.keys:
        return None
    alone = case.main is not None and case.main.kind == "bill"
    asked = [topic for cue, topic in _OF_BILLS.items() if heard.has(cue) and (alone or cue != "asks-plan-payment")]
    return asked[0] if asked and not (appeal and asked[0] == "document.dates") else None


def fills(heard: Heard, named: tuple[int, ...], pending: str) -> bool:
    """Whether a short turn gives what `pending` asked back for: a plan or a day; elsewhere also minutes, money or a line."""
    slots = heard.slots
    given = bool(slots.plan or slots.dates)
    if not pending.startswith("appeal."):
        given |= bool(
            slots.minutes or slots.minutes_by_code or slots.units or slots.amounts or slots.codes or slots.keys or named
        )
    asks = heard.has("why-word", "what-is", "how-long", "asks-units", "how-much-pay") or "?" in heard.text
    return given and len(heard.tokens) <= _SHORT and not asks


def _now_medicare(heard: Heard, context: Context) -> bool:
    """ "Actually it's Medicare now": which Medicare is still to be asked, but the matter goes on."""
    told = heard.has("says-medicare") and heard.has("correction", "correction-weak", "other-plan")
    short = len(heard.tokens) <= _SHORT and not heard.slots.plan and _only_plan(heard)
    return told and short and (context.topic or "").startswith(_OF_PLANS) and "?" not in heard.text


def _only_plan(heard: Heard) -> bool:
    slots = heard.slots
    return not (slots.codes or slots.keys or slots.minutes or slots.units or slots.amounts)


def instead(topic: str, heard: Heard, named: tuple[int, ...], case: Case) -> str:
    """The guessed topic, or the one that an amount of the paper or words for paying speak for."""
    if heard.has("how-much-pay") and topic.startswith(("units.", "document.", "help.", "code.", "decline.un", "coverage.")):
        return "money.owe"
    if topic.startswith(_NOT_OF_AMOUNTS) and len(heard.slots.amounts) == 1 and not named and not heard.slots.minutes:
        return topic_of_amount(heard.slots.amounts[0], case) or topic
    if topic == "document.line" and case.bills and not named and case.main is not None and case.main.kind != "bill":
        return "bill.compare"
    return topic


def topic_of_amount(amount: Decimal, case: Case) -> str | None:
    """Which total of the paper an amount is, where it is only one."""
    if case.main is None:
        return None
    found = [topic for name, topic in _AMOUNTS.items() if total_of(case.main.claims, name) == amount]
    return found[0] if found else None
