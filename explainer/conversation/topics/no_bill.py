"""A note of the paper that says the provider may not bill: the main evidence wherever somebody asks whether it must be paid."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.said_cues import says
from explainer.conversation.topics.appeal_asked import asks
from explainer.conversation.topics.asked_lines import printed_keys
from explainer.conversation.topics.common import Builder, Talk, own, state
from explainer.model.document import Claim, Note, ServiceLine

_TOPICS = frozenset(
    (
        "money.owe", "money.to-whom", "money.not-covered", "money.discount", "money.math", "money.plan-paid", "money.billed",
        "bill.compare", "bill.dispute", "bill.two-papers", "bill.not-a-bill", "bill.itemized", "bill.collections",
        "bill.help-paying", "coverage.surprise", "coverage.authorization", "coverage.timely-filing", "coverage.network",
        "denial.reason", "denial.next", "document.line", "document.summary",
    )
)  # fmt: skip
# Of these, a note on some lines only says nothing.
_BROAD = frozenset(
    ("money.discount", "money.billed", "money.plan-paid", "money.math", "coverage.network", "document.summary", "bill.itemized")
)
_FIRST = ("bill.may.before-signing", "common.for-person", "common.of-paper", "common.paper-newer", "common.paper-unclear")


def with_no_bill(topic: str, build: Builder) -> Builder:
    """The builder of a topic about paying or a refusal, which quotes such a note of the lines in question first."""
    return build if topic not in _TOPICS else lambda asked: _built(build, asked)


def _built(build: Builder, asked: Asked) -> Reply:
    reply = build(asked)
    talk = Talk.of(asked)
    if talk.eob is None or reply.pending == reply.topic or reply.topic not in _TOPICS:
        return reply
    if talk.eob.kind != "msn" and asks(talk, "asks-sign-to-pay"):
        reply = replace(reply, statements=(own("bill.may.before-signing"), *reply.statements))
    notes, told = _notes(talk), {line for s in _covered(talk) for line in s}
    owed = talk.figure("patient_owes")
    all_of_it = told >= {line.number for line in talk.lines} or (owed is not None and owed.value == 0)
    if not all_of_it and reply.topic in _BROAD:
        return reply
    return _quoted(reply, notes, first=all_of_it)


def _covered(talk: Talk) -> Iterator[set[int]]:
    """The numbers of the lines in question with such a note, claim by claim."""
    for claim in talk.claims:
        yield {line.number for line in claim.lines if line in talk.lines and any(_of_line(talk, claim, line))}


def _notes(talk: Talk) -> Mapping[str, Statement]:
    """Each such note with the lines that print its key, by its text."""
    assert talk.eob is not None
    found: dict[str, tuple[Note, list[ServiceLine]]] = {}
    for claim in talk.claims:
        for line in claim.lines:
            for note in _of_line(talk, claim, line) if line in talk.lines else ():
                found.setdefault(note.text, (note, []))[1].append(line)
    return {text: _says(talk, note, lines) for text, (note, lines) in found.items()}


def _of_line(talk: Talk, claim: Claim, line: ServiceLine) -> Iterator[Note]:
    assert talk.eob is not None
    for key in (*printed_keys(line), *claim.remarks):
        note = talk.eob.note(key)
        if note is not None and says(note.text, talk.knowledge, "note-no-bill"):
            yield note


def _says(talk: Talk, note: Note, lines: list[ServiceLine]) -> Statement:
    places = (note.span, *(line.place("remarks") for line in lines))
    return state("money.no-bill.note", places, key=note.key, lines=talk.names(lines), text=note.text.strip().rstrip("."))


def _quoted(reply: Reply, notes: Mapping[str, Statement], *, first: bool) -> Reply:
    """The notes before all else, or after the first sentence where they are of some lines only; and nowhere again."""
    kept = tuple(s for s in reply.statements if not (s.key == "common.note-says" and _is_among(s, notes)))
    at = next((i for i, s in enumerate(kept) if s.key not in _FIRST), len(kept)) + (0 if first else 1)
    return replace(reply, statements=(*kept[:at], *notes.values(), *kept[at:])) if notes else reply


def _is_among(statement: Statement, notes: Mapping[str, Statement]) -> bool:
    return statement.values.get("text") in {note.values["text"] for note in notes.values()}
