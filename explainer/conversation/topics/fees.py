"""A fee on a bill that is for no care, as for paying late or for a missed visit: what the bill prints, and what to ask."""

from collections.abc import Iterator
from dataclasses import replace

from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.said_cues import says
from explainer.conversation.topics.appeal_asked import asks
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.knowledge.wording import money
from explainer.model.document import ServiceLine

# Kinds of fees, each with a cue of content by which a bill's words and a question's are told.
_KINDS = ("collection", "interest", "missed", "late", "returned", "other")
_FAMILIES = (
    "money.",
    "bill.",
    "document.line",
    "document.term",
    "code.",
    "coverage.timely-filing",
    "coverage.visits",
    "denial.",
    "decline.un",
)
# A question that asks for more than what the fee is.
_NOT_OF_FEES = ("bill.collections", "bill.help-paying", "money.refund")


def with_fees(topic: str, build: Builder) -> Builder:
    """The builder of a topic, which names the fee where the question is about one that a bill prints."""
    if not topic.startswith(_FAMILIES) or topic in _NOT_OF_FEES:
        return build
    return lambda asked: _built(build, asked)


def _built(build: Builder, asked: Asked) -> Reply:
    talk = Talk.of(asked)
    fees = [(line, kind) for bill in talk.bills for line in bill.lines if (kind := _kind(talk, line)) is not None]
    meant = [(line, kind) for line, kind in fees if _is_meant(talk, line, kind)] or _any(talk, fees)
    if not meant:
        return build(asked)
    reply = answer(talk, [s for line, kind in meant for s in _says(talk, line, kind)], ask_next=("bill.dispute", "bill.itemized"))
    lines = tuple(line.number for line, _ in meant) if talk.paper is not None and talk.paper.kind == "bill" else ()
    topic = reply.topic if reply.topic.startswith("bill.") else "document.line"
    return replace(reply, topic=topic, lines=lines, codes=())


def _kind(talk: Talk, line: ServiceLine) -> str | None:
    """The kind of fee that a bill's line is, by its own words; None for a service."""
    if line.code or not line.description:
        return None
    return next((kind for kind in _KINDS if says(line.description, talk.knowledge, f"fee-{kind}")), None)


def _is_meant(talk: Talk, line: ServiceLine, kind: str) -> bool:
    """Whether the question names the fee: by its words, its line on the bill, or dollars that no other line asks."""
    if asks(talk, f"fee-{kind}"):
        return True
    if talk.paper is not None and talk.paper.kind == "bill" and talk.named and line in talk.lines:
        return True
    amounts = set(talk.question.slots.amounts)
    other = {a for d in talk.case.documents for x in d.lines if x is not line for a in (x.amounts.billed, x.amounts.patient_owes)}
    return bool(amounts and amounts <= set(line.amounts.known().values()) - other)


def _any(talk: Talk, fees: list[tuple[ServiceLine, str]]) -> list[tuple[ServiceLine, str]]:
    """Every fee, where the words speak of fees without saying which."""
    return fees if asks(talk, "fee-other") and not talk.question.slots.codes else []


def fees_on(talk: Talk) -> tuple[Statement, ...]:
    """That the bill holds fees that no plan's paper counts, where it prints some."""
    lines = [line for bill in talk.bills for line in bill.lines if _kind(talk, line) is not None]
    known = [(line, a) for line in lines if (a := line.amounts.patient_owes or line.amounts.billed)]
    each = tuple(f"{money(amount, talk.lang)} ({(line.description or '').strip()})" for line, amount in known)
    return (state("bill.fee.in-it", (line.source for line, _ in known), fees=each, count=len(each)),) if each else ()


def _says(talk: Talk, line: ServiceLine, kind: str) -> Iterator[Statement]:
    amount = line.amounts.patient_owes or line.amounts.billed
    words = (line.description or "").strip()
    if amount is None:
        yield state("bill.fee.is-bare", (line.source,), words=words)
    elif line.service_date is not None:
        yield state("bill.fee.is-on", (line.source,), amount=amount, words=words, day=line.service_date)
    else:
        yield state("bill.fee.is", (line.source,), amount=amount, words=words)
    yield own(f"bill.fee.kind.{kind}")
    yield own("bill.fee.not-plan")
    yield own(f"bill.fee.ask.{kind if kind in ('missed', 'collection') else 'late'}", provider=talk.provider())
