"""Turns that surely ask about units, whatever the examples make of the services and numbers in them."""

from explainer.case import Case
from explainer.conversation.question import Context
from explainer.conversation.slots import Heard

_SHORT = 9


def of_units(heard: Heard, case: Case, context: Context) -> str | None:
    """The topic, where minutes are told for services, where units are asked to be right, or units and a time both are asked."""
    slots = heard.slots
    if slots.amounts or slots.keys or heard.has("medical-ask", "must-pay", "how-much-pay", "why-word"):
        return None
    going_on = (context.topic or "").startswith("units.") or (context.pending or "").startswith("units.")
    named = heard.has("unit-word", "asks-units")
    counts, fits = heard.has("asks-units"), heard.has("fits-word")
    if slots.minutes_by_code and (named or going_on):
        return "units.check" if case.main and (fits or not counts) else "units.from-minutes"
    if slots.minutes and slots.units and heard.has("how-long"):
        return "units.check"
    if slots.minutes_open and len(slots.minutes) > 1 and going_on:
        return "units.check" if case.main else "units.from-minutes"
    bare = not (slots.minutes or slots.units or slots.unknown_codes or slots.modifiers)
    if bare and fits and named and not counts and not heard.has("how-long") and len(heard.tokens) <= _SHORT:
        return "units.check"
    return None
