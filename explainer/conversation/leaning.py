"""What a talk and its papers make more likely: short questions go on; a bill beside an EOB is compared."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from explainer.case import Case
from explainer.conversation.classify import Guess
from explainer.conversation.question import Context
from explainer.conversation.reference import points_back
from explainer.conversation.slots import Heard

_SHORT, _MIDDLING = 7, 12
# By how much a guess grows: the topic itself, its family, and what people ask next.
_SAME_TOPIC, _SAME_FAMILY, _RELATED = 3.0, 2.0, 2.5
_POINTING = 1.6
_UNSURE_AGAIN = 0.4
_BOTH_PAPERS, _BILL_NAMED = 2.0, 2.5
_NEXT: Mapping[str, tuple[str, ...]] = {
    "code.meaning": ("code.timed", "units.minutes", "code.examples", "document.line"),
    "code.modifier": ("coverage.medicare-threshold",),
    "coverage.medicare-threshold": ("coverage.maintenance", "coverage.necessity"),
    "coverage.visits": ("coverage.plan-year", "denial.next", "coverage.authorization"),
    "coverage.plan-year": ("coverage.visits",),
    "denial.reason": ("denial.code", "denial.next", "money.owe", "appeal.how"),
    "denial.code": ("denial.next", "money.owe", "appeal.how"),
    "denial.next": ("appeal.how", "appeal.deadline", "appeal.letter"),
    "appeal.how": ("appeal.deadline", "appeal.letter", "help.records"),
    "appeal.letter": ("appeal.how", "appeal.deadline"),
    "money.owe": ("money.to-whom", "money.copay", "money.differs", "bill.dispute"),
    "money.to-whom": ("bill.dispute", "bill.compare", "money.owe"),
    "money.deductible": ("coverage.plan-year", "document.missing"),
    "money.discount": ("money.plan-paid", "money.owe"),
    "money.refund": ("help.who-to-call", "money.owe", "bill.dispute"),
    "bill.compare": ("bill.dispute", "money.refund", "denial.code", "document.line"),
    "document.line": ("money.owe", "document.line", "code.meaning", "units.minutes"),
    "document.summary": ("money.owe", "document.line"),
    "units.minutes": ("units.check", "code.timed"),
    "units.check": ("units.minutes", "help.records", "units.rule"),
    "units.from-minutes": ("units.rule", "units.check"),
}


def lean(guesses: Sequence[Guess], heard: Heard, case: Case, context: Context) -> list[Guess]:
    """The guesses, most likely first, once the talk and the papers have had their say."""
    back = points_back(heard)
    factor = [g.score * _of_talk(g.topic, heard, context, back) * _of_papers(g.topic, heard, case) for g in guesses]
    leaning = [replace(g, score=score) for g, score in zip(guesses, factor, strict=True)]
    return sorted(leaning, key=lambda g: -g.score)


def _of_talk(topic: str, heard: Heard, context: Context, back: bool) -> float:
    last = context.topic
    if last is None or len(heard.tokens) > (_MIDDLING if back else _SHORT):
        return 1.0
    if topic in ("decline.unclear", "decline.off-topic", "decline.unknown"):
        return _UNSURE_AGAIN if back else 1.0
    family = last.split(".")[0]
    if topic == last:
        grow = _SAME_TOPIC
    elif topic in _NEXT.get(last, ()):
        grow = _RELATED
    else:
        grow = _SAME_FAMILY if topic.split(".")[0] == family else 1.0
    return grow * _POINTING if back and grow > 1 else grow


def _of_papers(topic: str, heard: Heard, case: Case) -> float:
    if not case.bills or case.main is None or case.main.kind == "bill" or not topic.startswith("bill."):
        return 1.0
    return _BOTH_PAPERS * (_BILL_NAMED if "bill" in heard.slots.terms else 1.0)
