"""Declining well: what is not ours to answer, kindly and with where to turn."""

from collections.abc import Mapping

from explainer.conversation.reply import Asked, Own, Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, own, state
from explainer.conversation.topics.help import contact_says
from explainer.knowledge.wording import listed


def urgent(asked: Asked) -> Reply:
    """Danger to health or life: whom to call, before anything else."""
    return Reply("decline.urgent", (own("decline.urgent.call"), own("decline.urgent.crisis"), own("decline.urgent.later")))


def medical(asked: Asked) -> Reply:
    """Medical advice is the therapist's and the doctor's."""
    return Reply(
        "decline.medical-advice", (own("decline.medical.ask"), own("decline.medical.urgent"), own("decline.medical.can"))
    )


def legal(asked: Asked) -> Reply:
    """Legal advice is a lawyer's; appeals and complaints are open to everybody."""
    found = contact_says(Talk.of(asked), "lawyer-referral")
    said: tuple[Statement, ...] = (own("decline.legal.lawyer"), own("decline.legal.can"))
    return Reply("decline.legal-advice", (*said[:1], *([found] if found else []), *said[1:]))


def unknown(asked: Asked) -> Reply:
    """A code without an entry: say so, and who can tell."""
    slots = asked.question.slots
    codes = slots.unknown_codes or slots.codes or asked.question.codes
    if not codes:
        return Reply("decline.unknown", (own("decline.unknown.general"),))
    shown = listed(codes, asked.lang)
    return Reply("decline.unknown", (own("decline.unknown.code", codes=shown), own("decline.unknown.where")))


def unclear(asked: Asked) -> Reply:
    """Not understood: ask back with choices."""
    talk = Talk.of(asked)
    lines = talk.lines[:4]
    if not lines:
        return Reply("decline.unclear", (own("decline.unclear.no-paper"),))
    names = listed(tuple(talk.name(line) for line in lines), talk.lang)
    return Reply(
        "decline.unclear",
        (own("decline.unclear.paper"), state("decline.unclear.lines", [line.source for line in lines], names=names)),
    )


def off_topic(asked: Asked) -> Reply:
    """Something else altogether."""
    return Reply("decline.off-topic", (Statement("decline.off-topic", (Own(),)),))


BUILDERS: Mapping[str, Builder] = {
    "decline.urgent": urgent,
    "decline.medical-advice": medical,
    "decline.legal-advice": legal,
    "decline.unknown": unknown,
    "decline.unclear": unclear,
    "decline.off-topic": off_topic,
}
