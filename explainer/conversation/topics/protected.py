"""What the provider may not collect (QMB, reason 209) is said before any answer about paying."""

from collections.abc import Mapping
from dataclasses import replace

from explainer.checks.protection import Protection, protection
from explainer.conversation.reply import Asked, Cited, Reply, Statement, Support
from explainer.conversation.topics.common import Builder, Talk, own, state

# Topics after whose answer somebody may pay.
_ABOUT_PAYING = (
    "money.owe", "money.to-whom", "money.refund", "money.deductible", "money.coinsurance", "money.copay", "bill.compare",
    "bill.dispute", "bill.two-papers", "bill.collections", "bill.help-paying", "bill.not-a-bill", "coverage.other-insurance",
    "coverage.surprise",
    "document.summary", "document.line",
)  # fmt: skip
_SOURCE = "qmb-medicaid-gov"
_HELP: tuple[Support, ...] = (Cited("qmb-three-tips"), Cited("medicare-gov", "contact:medicare"))
# Advice that does not hold for an amount that may not be collected.
_SILENCED = frozenset(
    (
        "money.owe.next-bill", "money.owe.next-nothing", "money.to-whom.wait", "money.to-whom.provider", "money.refund.even",
        "money.refund.keep", "money.refund.open", "money.refund.check-posted", "money.refund.back",
    )
)  # fmt: skip


def protecting(builders: Mapping[str, Builder]) -> dict[str, Builder]:
    """The same builders; those about paying say first what may not be collected."""
    return {topic: _protecting(build) if topic in _ABOUT_PAYING else build for topic, build in builders.items()}


def _protecting(build: Builder) -> Builder:
    def builder(asked: Asked) -> Reply:
        reply = build(asked)
        talk = Talk.of(asked)
        found = _found(talk) if reply.pending != reply.topic else None
        if found is not None:
            return _first(talk, reply, found)
        if "qmb" in asked.question.slots.terms and talk.eob is not None:
            return replace(reply, statements=(*reply.statements, _if_qmb(talk)))
        return reply

    return builder


def _found(talk: Talk) -> Protection | None:
    """The protection over the claims spoken of; over the lines alone where the question names some."""
    if talk.eob is None:
        return None
    found = protection(talk.eob, talk.knowledge, talk.claims)
    if found is None or not talk.named:
        return found
    lines = tuple(line for line in found.lines if line in talk.lines)
    amounts = [line.amounts.patient_owes for line in lines if line.amounts.patient_owes]
    return replace(found, lines=lines, amount=sum(amounts, found.amount * 0)) if lines else None


def _first(talk: Talk, reply: Reply, found: Protection) -> Reply:
    owed = talk.figure("patient_owes")
    whole = owed is None or found.amount >= owed.value
    kept = tuple(s for s in reply.statements if not (whole and s.key in _SILENCED))
    said = (_says(found), *kept, _next(talk, found))
    return replace(reply, statements=said, values={**reply.values, "not_collectible": found.amount})


def _says(found: Protection) -> Statement:
    support: tuple[Support, ...] = (*found.spans, Cited(_SOURCE, "rarc:N781" if found.qmb else "carc:209"))
    kind = "qmb" if found.qmb else "code"
    if found.amount:
        return state(f"money.protected.{kind}", support, amount=found.amount, code=found.keys[0] if found.keys else None)
    return state(f"money.protected.{kind}-nothing", support, code=found.keys[0] if found.keys else None)


def _phone(talk: Talk) -> str:
    return talk.knowledge.contacts["medicare"].phone or ""


def _next(talk: Talk, found: Protection) -> Statement:
    if not found.qmb:
        return own("money.protected.next-code", plan=talk.payer())
    return state("money.protected.next-qmb", _HELP, phone=_phone(talk))


def _if_qmb(talk: Talk) -> Statement:
    return state("money.protected.if-qmb", _HELP, phone=_phone(talk))
