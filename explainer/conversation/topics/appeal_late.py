"""Around the last day to appeal: what is missing to tell it, when an appeal counts as in time, and what helps when it is late."""

from collections.abc import Iterable, Mapping

from explainer.checks.last_day import decider, rule_on
from explainer.conversation.reply import Cited, Statement
from explainer.conversation.topics.appeal_asked import asks, plan_name
from explainer.conversation.topics.appeal_days import Deadline
from explainer.conversation.topics.common import Talk, own, state
from explainer.knowledge.wording import listed

# Where a late appeal can still be taken, and the rule that says so.
_LATE: Mapping[str, str] = {
    "medicare-original": "redetermination-120",
    "medicare-advantage": "ma-reconsideration-rule",
    "tricare": "cfr-32-199-10",
    "fehb": "cfr-5-890-105",
}
_BOTH_MEDICARES = {
    "medicare-original": "appeal.deadline.either-original",
    "medicare-advantage": "appeal.deadline.either-advantage",
}
# Kinds of plan where another kind's rule may hold, and the sentence that says when.
_MAY_HOLD: Mapping[str, Mapping[str, str]] = {
    "tricare-for-life": {"medicare-original": "appeal.instead.medicare-original", "tricare": "appeal.instead.tricare"},
    "student": {"marketplace": "appeal.instead.student"},
}


def missing_says(talk: Talk, deadline: Deadline) -> Iterable[Statement]:
    """What is still needed to tell the day: the kind of plan, or what is known of a kind without a rule of its own."""
    if deadline.found.case == "no-rule" and deadline.kind is not None:
        yield from _rules(talk, _MAY_HOLD.get(deadline.kind, {}))
        then = f"appeal.instead.{deadline.kind}-then"
        if then in talk.knowledge.wording:
            yield own(then)
    if deadline.open and talk.question.slots.plans:
        named = tuple(
            plan_name(talk, kind) if kind in talk.knowledge.rights else kind.capitalize() for kind in talk.question.slots.plans
        )
        yield own("appeal.deadline.ask-which", plans=listed(named, talk.lang))
    elif deadline.open and asks(talk, "says-medicare"):
        yield from _rules(talk, _BOTH_MEDICARES)
        yield own("appeal.deadline.ask-medicare")
    elif deadline.open:
        yield own("appeal.deadline.ask-plan")


def _rules(talk: Talk, kinds: Mapping[str, str]) -> Iterable[Statement]:
    """The days that these kinds of plan give, each in its own sentence, without a day counted from them."""
    for kind, key in kinds.items():
        rights = talk.knowledge.rights.get(kind)
        rule = rule_on(rights.facts.get("appeal"), talk.case.today, talk.knowledge) if rights else None
        if rule is not None:
            yield state(key, (Cited(rule.source, f"fact:{rule.id}"),), count=int(rule.value))


def filed_says(talk: Talk, deadline: Deadline) -> Iterable[Statement]:
    """Whether the appeal must have come, or only be in the mail, by that day; and what one kind of plan has besides."""
    rights = talk.knowledge.rights.get(deadline.kind or "")
    if rights is not None and rights.filed is not None and deadline.found.case.startswith("rule"):
        yield state(f"appeal.deadline.{rights.filed}", (Cited(rights.source, f"rights:{deadline.kind}"),))
    if deadline.kind == "medicaid" and deadline.found.facts:
        yield own("appeal.deadline.medicaid-state")


def late_says(talk: Talk, kind: str | None) -> list[Statement]:
    """What can still be done after the last day."""
    rule = _LATE.get(decider(kind) or "")
    if rule is None:
        first = own("appeal.late.medicaid") if kind in ("medicaid", "chip") else own("appeal.deadline.ask-anyway")
    else:
        first = state(f"appeal.late.{decider(kind)}", (Cited(rule),))
    return [first, own("appeal.late.else", provider=talk.provider())]
