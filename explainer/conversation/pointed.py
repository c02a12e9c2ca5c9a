"""Turns of pointing words only: "the second one", "and 97112?", "sorry, 40"."""

from dataclasses import replace

from explainer.case import Case
from explainer.conversation.hints import topic_of_amount
from explainer.conversation.question import Context, Slots
from explainer.conversation.reference import Named, points_back
from explainer.conversation.slots import Heard

# Of these a single line cannot be asked: "line 4" after them asks for that line.
_NOT_PER_LINE = frozenset(
    (
        "document.summary", "document.dates", "document.provider", "document.missing", "money.to-whom", "bill.two-papers",
        "bill.not-a-bill",
    )
)  # fmt: skip
_EMPTY_WORDS = (
    "greeting", "what-is", "pointer", "that-line", "small-words", "line-word", "one-word", "last-line", "line-below",
    "line-above", "other-one", "code-word", "correction", "correction-weak",
)  # fmt: skip
# They count for nothing only beside what is put right.
_CORRECTIONS = ("correction", "correction-weak")
# What is named by these slots is a thing, no matter: "November 21", "97112", "40 minutes".
_THINGS = ("codes", "keys", "modifiers", "minutes", "units", "amounts", "dates")


def only_points(heard: Heard, named: Named) -> bool:
    """Whether nothing is left once pointing words, and the words for lines, codes, days and numbers are taken out."""
    # "Is the massage on me?" is made of small words, and yet asks something.
    if heard.has("may-bill") or (heard.has("what-is") and heard.slots.minutes):
        return False
    says_other = bool(named.lines) or _has_number(heard) or heard.slots != Slots()
    hits = [h for h in heard.hits if says_other or h.name not in _CORRECTIONS]
    covered = {i for h in hits if _covers(h.kind, h.name) for i in range(h.first, h.end)}
    places = (*named.at, *((one.start, one.end) for slot in _THINGS if getattr(heard.slots, slot) for one in heard.said[slot]))
    left = (t for i, t in enumerate(heard.tokens) if i not in covered and not t.text.replace(",", "").isdigit())
    return all(any(start < t.end and t.start < end for start, end in places) for t in left)


def _covers(kind: str, name: str) -> bool:
    return kind in ("code", "plan") or (
        kind == "cue"
        and (
            name in _EMPTY_WORDS or name.startswith(("ordinal-", "number-")) or name in ("minute-word", "unit-word", "hour-word")
        )
    )


def pointed_topic(heard: Heard, named: tuple[int, ...], case: Case, context: Context) -> str:
    """A question of pointing words only: what it points at decides, or else the topic goes on."""
    slots = heard.slots
    if heard.has("greeting") and not named and slots == Slots():
        return "help.greeting"
    if heard.has("what-is") and points_back(heard) and len(context.about) == 1 and slots == Slots() and not named:
        return "document.line"
    if heard.has("what-is") and (asked := _topic_of_slots(replace(slots, minutes=(), units=()), named)):
        return asked
    going_on = context.topic if context.topic and not context.topic.startswith(("decline.", "help.")) else None
    if going_on in _NOT_PER_LINE and named:
        return "document.line"
    if going_on and (named or slots != Slots() or _has_number(heard)):
        return _fits(going_on, slots, case)
    amount = topic_of_amount(slots.amounts[0], case) if len(slots.amounts) == 1 else None
    return _topic_of_slots(slots, named) or amount or _goes_on_pointing(heard, going_on) or "decline.unclear"


def _goes_on_pointing(heard: Heard, going_on: str | None) -> str | None:
    """The last topic again, where the words say more than "what about the other thing"."""
    return going_on if going_on and points_back(heard) and not heard.has("other-one") else None


def _fits(topic: str, slots: Slots, case: Case) -> str:
    """The last topic, unless what is named now belongs to another kind."""
    if slots.keys and not topic.startswith(("denial.", "money.", "appeal.", "bill.")):
        return "denial.code"
    if slots.keys and topic in ("denial.reason", "denial.code", "denial.next"):
        return "denial.code"
    if slots.modifiers and not slots.codes and topic.startswith(("code.", "denial.")):
        return "code.modifier"
    if slots.minutes and (not topic.startswith("units.") or topic in ("units.minutes", "units.rule")):
        return "units.check" if case.main else "units.from-minutes"
    return "units.minutes" if slots.units and topic.startswith("code.") else topic


def _has_number(heard: Heard) -> bool:
    return any(t.text.isdigit() for t in heard.tokens) or any(h.name.startswith("number-") for h in heard.hits)


def _topic_of_slots(slots: Slots, named: tuple[int, ...]) -> str | None:
    for given, topic in (
        (slots.unknown_codes, "decline.unknown"),
        (slots.keys, "denial.code"),
        (slots.modifiers, "code.modifier"),
        (slots.codes, "code.meaning"),
        (named, "document.line"),
        (slots.minutes, "units.from-minutes"),
        (slots.units, "units.minutes"),
        (slots.terms, "document.term"),
    ):
        if given:
            return topic
    return None
