"""A figure that was read in reports of a rule, and not in the rule itself, is said as far as it is known."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from explainer.conversation.reply import Asked, Cited, Reply, Statement
from explainer.conversation.topics.common import Builder, own
from explainer.knowledge.base import Knowledge

_FACT = "fact:"
# Sentences that already say whose word comes first.
_SAID = frozenset({"appeal.deadline.notice-wins", "coverage.medicare-threshold.unknown"})


def hedging(builders: Mapping[str, Builder]) -> dict[str, Builder]:
    """The same builders; after a figure from a report they say so, once."""
    return {topic: _hedging(build) for topic, build in builders.items()}


def _hedging(build: Builder) -> Builder:
    def builder(asked: Asked) -> Reply:
        reply = build(asked)
        if any(s.key in _SAID for s in reply.statements) or not any(_reported(reply.statements, asked.knowledge)):
            return reply
        return replace(reply, statements=_with(reply.statements, own("common.as-far-as-known")))

    return builder


def _reported(statements: Iterable[Statement], knowledge: Knowledge) -> Iterable[bool]:
    """Of each cited figure, whether its source only reports the rule."""
    for support in (s for statement in statements for s in statement.support):
        if isinstance(support, Cited) and support.entry.startswith(_FACT):
            values = knowledge.facts[support.entry.removeprefix(_FACT)].values
            yield any(v.source == support.source and v.sure == "secondary" for v in values)


def _with(statements: tuple[Statement, ...], hedge: Statement) -> tuple[Statement, ...]:
    """The hedge after the last paragraph, before items and letters that end the answer."""
    at = max((i for i, s in enumerate(statements, 1) if s.part == "paragraph"), default=len(statements))
    return (*statements[:at], hedge, *statements[at:])
