"""Topic and slots must fit: a meaning asked of a reason code is another topic than a meaning asked of a service."""

import re
from dataclasses import replace

from explainer.case import Case
from explainer.conversation.question import Context, Slots
from explainer.conversation.reference import Named
from explainer.conversation.slots import Heard

_MEANINGS = frozenset(
    {"code.meaning", "denial.code", "document.term", "code.modifier", "document.line", "code.examples", "code.used-for"}
)
# With a reason code and no paper, whose money it is depends on the code alone.
_WHOSE_MONEY = frozenset(
    {"money.owe", "money.not-covered", "denial.reason", "money.to-whom", "decline.unclear", "bill.dispute", "coverage.surprise"}
)


# What the letters before a reason code ("CO") sound like to the examples.
_OF_LETTERS = frozenset({"money.coinsurance", "money.copay", "money.owe", "document.term", "code.meaning", "denial.reason"})
_LETTERS = re.compile(r"(?<![\w-])(CO|PR|OA|PI)(?![\w-])(?! ?\d)")
_MEANING_OF = re.compile(
    r"(?:\bwhat(?:'s|s| is| are| does| do| did)\b|\bmeaning of\b|\bmeans?\b|\bqu[eé] (?:es|son|significan?|quieren? decir)\b)",
    re.IGNORECASE,
)
_ABOUT_LETTERS = re.compile(
    r"\b(?:letters?|in front|before the (?:number|code)|group code|letras?|delante|antes del n[uú]mero)\b", re.IGNORECASE
)


_SHORT_QUESTION = 7


def group_letters(text: str) -> tuple[str, ...]:
    """The letters of reason codes ("CO") that a question asks about by themselves."""
    asked = _ABOUT_LETTERS.search(text) or (_MEANING_OF.search(text) and len(text.split()) <= _SHORT_QUESTION)
    return tuple(dict.fromkeys(_LETTERS.findall(text))) if asked else ()


# What "he signed some paper, must he pay?" sounds like to the examples.
_NOT_ABN = (
    "code.", "document.", "decline.un", "decline.off", "decline.legal", "help.records", "denial.reason", "money.", "bill.",
)  # fmt: skip
# What "how do I send a corrected claim?" sounds like to the examples.
_OF_CLAIMS = ("denial.", "appeal.", "bill.", "document.", "decline.un", "decline.off", "help.", "coverage.timely", "code.")
_OF_FIELDS = {
    "money.coinsurance": "coinsurance", "money.copay": "copay", "money.deductible": "deductible", "money.discount": "discount",
}  # fmt: skip
# What a service's name makes of "can they bill me for the e-stim?" and "is the massage on me?".
_NOT_WHO_PAYS = (
    "code.", "document.line", "document.term", "units.", "money.math", "money.plan-paid", "coverage.covered", "coverage.referral",
    "help.who", "help.abilities", "bill.itemized", "bill.help-paying", "decline.un", "decline.off",
)  # fmt: skip
# What "what did my wife have done?" and "did I go over the $2,480?" sound like to the examples.
_NOT_DONE = ("money.plan-paid", "decline.un", "decline.off", "help.who", "document.provider", "code.examples", "code.used-for")
_NOT_LIMIT = ("money.", "decline.un", "decline.off", "bill.", "document.", "coverage.visits")
_PAID_ASKS = frozenset(
    {
        "money.plan-paid", "money.owe", "money.math", "money.deductible", "document.missing", "decline.unclear", "bill.compare",
        "coverage.visits",
    }
)  # fmt: skip
# Where days in a hospital are asked about, examples of visits and deadlines mislead.
_OF_DAYS = (
    "coverage.", "appeal.deadline", "document.dates", "document.term", "units.", "decline.un", "code.meaning", "money.deductible",
)  # fmt: skip


def settled(topic: str, heard: Heard, about: tuple[int, ...], keys: tuple[str, ...], case: Case) -> str:
    """The topic that fits what the words name, where the examples alone would have it otherwise."""
    slots = heard.slots
    if topic == "decline.unknown" and (slots.codes or slots.keys or slots.modifiers) and not slots.unknown_codes:
        topic = "code.meaning"
    if heard.has("why-word") and heard.has("refused-word") and topic.startswith(("code.", "money.plan-paid", "document.line")):
        return "denial.reason"
    if heard.has("what-was-done") and topic.startswith(_NOT_DONE) and case.main is not None and not about:
        return "document.summary"
    if heard.has("over-limit") and topic.startswith(_NOT_LIMIT) and case.main is not None and case.main.kind == "msn":
        return "coverage.medicare-threshold"
    if heard.has("never-did") and topic.startswith(("code.", "document.line", "units.")) and (slots.codes or about):
        return "bill.dispute"
    if heard.has("may-bill") and case.main is not None and case.main.by_plan:
        if case.bills and slots.amounts and topic.startswith("money."):
            return "bill.compare"
        of_line = ("money.billed", "money.differs", *(("coverage.medicare-threshold",) if about else ()))
        off = {a.discount for a in (*(x.amounts for x in case.lines), *(c.totals for c in case.main.claims))}
        no_discount = topic == "money.discount" and slots.amounts and not off & set(slots.amounts)
        if topic.startswith(_NOT_WHO_PAYS) or topic in of_line or no_discount:
            return "money.owe"
    if heard.has("must-pay") and about and case.main is not None and case.main.by_plan and topic.startswith(_NOT_WHO_PAYS):
        return "money.owe"
    if "benefit-days" in slots.terms and topic.startswith(_OF_DAYS):
        return "coverage.visits"
    if "benefit-period" in slots.terms and topic.startswith(_OF_DAYS):
        return "document.term"
    if topic == "money.refund" and heard.has("plan-took-back"):
        return "denial.next"
    if topic == "document.missing" and slots.keys:
        return "denial.code"
    if topic in _OF_LETTERS and not slots.codes and not slots.keys and group_letters(heard.text):
        return "denial.code"
    if heard.has("asks-abn") and topic.startswith(_NOT_ABN) and "plan-of-care" not in slots.terms and _by_notice(case):
        return "coverage.medicare-threshold"
    if heard.has("asks-corrected") and topic.startswith(_OF_CLAIMS):
        return "denial.next"
    if topic == "code.plan-of-care" and heard.has("lapsed-word"):
        return "denial.next"
    if topic in _MEANINGS:
        return _meaning(topic, slots, about, case)
    if case.main is None and keys and topic in _WHOSE_MONEY:
        return "denial.code"
    if topic == "code.compare" and len(slots.terms) >= 2 and not slots.codes:
        return "document.term"
    if topic == "code.timed" and not slots.codes and _of_time(heard, about):
        topic = "units.minutes"
    if topic in ("units.group", "coverage.visits") and heard.has("how-long") and heard.has("minute-word"):
        topic = "units.minutes"
    if topic.startswith("money.") and slots.minutes and slots.units and heard.has("fits-word") and not slots.amounts:
        return "units.check"
    if topic.startswith("units."):
        return _units(topic, heard, case)
    if topic == "appeal.letter" and heard.has("to-provider"):
        return "bill.dispute"
    return _money(topic, heard, case)


def _of_amount(heard: Heard, case: Case, field: str) -> str | None:
    """money.owe, where the only amount named is what may be owed for a line, and stands nowhere in the field guessed at."""
    amounts = set(heard.slots.amounts)
    lines = [line.amounts for line in case.lines]
    fits = any(a.get(field) in amounts for a in lines)
    return "money.owe" if len(amounts) == 1 and not fits and any(a.patient_owes in amounts for a in lines) else None


def _each_owed(heard: Heard, case: Case) -> bool:
    """Whether each of the amounts named is what may be owed for a line or a claim, as in "why 70 and then 14?"."""
    lines = {line.amounts.patient_owes for d in case.documents if d.by_plan for line in d.lines}
    claims = {claim.totals.patient_owes for d in case.documents if d.by_plan for claim in d.claims}
    return set(heard.slots.amounts) <= lines | claims


def _by_notice(case: Case) -> bool:
    """Whether a signed notice before the care may matter: on Medicare's own notice, or where a line carries its mark."""
    marks = {m for line in case.lines for m in line.modifiers}
    return case.main is None or case.main.kind == "msn" or bool(marks & {"GA", "GX", "GY", "GZ"})


def _of_time(heard: Heard, about: tuple[int, ...]) -> bool:
    """A question that sounds like "is it timed?" but asks for minutes, or compares them."""
    if heard.slots.minutes:
        return heard.has("fits-word", "asks-units") or not about
    return (heard.has("how-long") and heard.has("minute-word")) or (heard.has("unit-word", "how-long") and not about)


def _money(topic: str, heard: Heard, case: Case) -> str:
    """A payment of one's own asks for what is left or comes back; both papers and a difference ask for a comparison."""
    if topic == "money.refund" and heard.has("why-word") and not heard.has("refund-word"):
        return "money.owe"
    if heard.has("why-word") and len(set(heard.slots.amounts)) > 1 and _each_owed(heard, case):
        return "money.differs"
    if topic == "money.math" and heard.has("says-billed") and heard.slots.amounts and case.bills:
        return "bill.compare"
    if heard.has("why-word") and topic in _OF_FIELDS and (other := _of_amount(heard, case, _OF_FIELDS[topic])):
        return other
    if topic in _PAID_ASKS and heard.has("i-paid") and not heard.has("why-word") and heard.slots.amounts and not case.bills:
        return "money.refund"
    if topic == "money.to-whom" and heard.has("must-pay") and not heard.has("who-word"):
        return "money.owe"
    if topic == "bill.two-papers" and case.bills and heard.has("differs-word", "fits-word"):
        return "bill.compare"
    return topic


def _meaning(topic: str, slots: Slots, about: tuple[int, ...], case: Case) -> str:
    if topic in ("code.examples", "code.used-for"):
        return "denial.code" if slots.keys and not slots.codes else topic
    if slots.keys and not slots.codes and not slots.modifiers:
        return "denial.code"
    if slots.modifiers and not slots.codes and not slots.keys and topic != "document.line":
        return "code.modifier"
    if topic in ("denial.code", "code.modifier") and not slots.keys and not slots.modifiers:
        if slots.codes:
            return "code.meaning"
        if slots.terms and not about and topic == "denial.code" and case.main is None:
            return "document.term"
    if topic == "code.meaning" and not slots.codes and not about and slots.terms:
        return "document.term"
    if topic == "document.term" and slots.codes and not slots.terms:
        return "code.meaning"
    return topic


# Minutes that the rule itself speaks of: "why do 8 minutes count as 15?".
_OF_THE_RULE = frozenset((7, 8, 15))


def _units(topic: str, heard: Heard, case: Case) -> str:
    """Minutes with codes are to be counted; minutes with a paper or with units are to be compared."""
    slots = heard.slots
    counts = heard.has("asks-units")
    if topic == "units.minutes" and heard.has("fits-word") and heard.has("unit-word") and heard.has("minute-word"):
        return "units.check"
    if topic == "units.group" and slots.minutes and slots.units and heard.has("fits-word"):
        return "units.check"
    length = slots.units == (1,) and len(slots.minutes_by_code) == 1
    if slots.minutes_by_code and topic != "units.check" and not length:
        return "units.check" if case.main and heard.has("fits-word") and not counts else "units.from-minutes"
    if topic == "units.rule" and set(slots.minutes) <= _OF_THE_RULE:
        return topic
    if slots.minutes and topic in ("units.minutes", "units.rule", "units.from-minutes") and not slots.units:
        return "units.from-minutes" if case.main is None or counts else "units.check"
    if topic in ("units.check", "units.minutes") and case.main is None and slots.units == (1,) and len(slots.codes) == 1:
        return "units.minutes"
    if slots.minutes and slots.units and topic in ("units.minutes", "units.from-minutes", "units.rule"):
        return "units.check"
    of_paper = case.main is not None and bool(case.lines)
    if (
        topic == "units.from-minutes"
        and not slots.minutes
        and (slots.units or of_paper or (heard.has("how-long") and not counts))
    ):
        return "units.minutes"
    return topic


# They ask back how long it was; fewer minutes make no unit.
_ASKED_MINUTES, _LEAST_MINUTES = ("units.check", "units.from-minutes"), 8


def filled(heard: Heard, context: Context, topic: str, named: Named) -> Slots:
    """A bare number takes the place of the last question's: "and 37?" after minutes is minutes. One that names a line is none."""
    slots, before = heard.slots, context.slots
    free = (t for t in heard.tokens if not any(start <= t.start < end for start, end in named.at))
    said = [int(t.text) for t in free if t.text.isdigit() and len(t.text) <= 3]
    if not said or slots.minutes or slots.units or (slots.amounts and not _bare_number(heard, topic)):
        return slots
    if topic.startswith("units.") and (before.minutes or before.minutes_by_code or "minutes" in context.facts):
        return replace(slots, minutes=(said[0],), amounts=())
    if context.pending in _ASKED_MINUTES and topic == context.pending and said[0] >= _LEAST_MINUTES:
        return replace(slots, minutes=(said[0],), amounts=())
    return replace(slots, units=(said[0],), amounts=()) if topic == context.topic and before.units else slots


def _bare_number(heard: Heard, topic: str) -> bool:
    """Whether a number counts as money only since the paper prints the same: of time, it is none."""
    return topic.startswith("units.") and "$" not in heard.text and not heard.has("money-word", "paid-word")
