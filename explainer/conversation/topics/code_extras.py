"""Modifiers, and the plan of care."""

from collections.abc import Iterable, Mapping

from explainer.conversation.reply import Asked, Cited, Reply, Statement, Support
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.entries import term_says
from explainer.knowledge.wording import listed


def _modifiers_meant(talk: Talk) -> tuple[str, ...]:
    """Those the question names, else those of the lines it is about."""
    said = talk.question.slots.modifiers
    return said or tuple(dict.fromkeys(m for line in talk.lines for m in line.modifiers))


def modifier(asked: Asked) -> Reply:
    """What the two characters behind a code mean."""
    talk = Talk.of(asked)
    meant = _modifiers_meant(talk)
    if not meant:
        return answer(talk, [_general(talk)])
    said = [s for m in meant for s in _explained(talk, m)]
    numbers = tuple(line.number for line in talk.lines if set(line.modifiers) & set(meant))
    reply = answer(talk, [*said, *_where(talk, meant)])
    return Reply(reply.topic, reply.statements, numbers, reply.codes, reply.keys, reply.values)


def _general(talk: Talk) -> Statement:
    return term_says(talk, "modifier") or own("code.modifier.general")


def _explained(talk: Talk, name: str) -> Iterable[Statement]:
    entry = talk.knowledge.modifiers.get(name)
    if entry is None:
        yield own("code.modifier.unknown", modifier=name)
        return
    support: tuple[Support, ...] = (Cited(entry.source, f"modifier:{name}"),)
    yield state("code.modifier.plain", support, modifier=name, name=entry.name.in_(talk.lang), text=entry.plain.in_(talk.lang))
    for more in (entry.not_to_confuse, entry.check):
        if more:
            yield state("common.plain", support, text=more.in_(talk.lang))


def _where(talk: Talk, meant: tuple[str, ...]) -> Iterable[Statement]:
    """On which lines of the paper they stand."""
    lines = [line for line in talk.lines if set(line.modifiers) & set(meant)]
    if lines:
        places = [line.place("modifiers") for line in lines]
        yield state("code.modifier.where", places, names=talk.names(lines), modifiers=listed(meant, talk.lang))


def plan_of_care(asked: Asked) -> Reply:
    """What the plan of care is, who signs it, and how often under Medicare."""
    talk = Talk.of(asked)
    fact = talk.knowledge.fact_on("medicare.plan-of-care-recertification", asked.case.today)
    said = [term_says(talk, "plan-of-care"), own("code.plan-of-care.signed")]
    if fact is not None and isinstance(fact.value, int):
        said.append(state("code.plan-of-care.medicare", (Cited(fact.source, f"fact:{fact.id}"),), days=fact.value))
    return answer(talk, [*said, own("code.plan-of-care.next")])


BUILDERS: Mapping[str, Builder] = {"code.modifier": modifier, "code.plan-of-care": plan_of_care}
