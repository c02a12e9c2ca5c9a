"""A note of the paper that says the provider may not bill: the main evidence wherever somebody asks whether it must be paid."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.topics.appeal_asked import says
from explainer.conversation.topics.asked_lines import printed_keys
from explainer.conversation.topics.common import Builder, Talk, state
from explainer.model.document import Claim, Note, ServiceLine

_TOPICS = frozenset(
    (
        "money.owe", "money.to-whom", "money.not-covered", "money.discount", "money.math", "money.plan-paid", "money.billed",
        "bill.compare", "bill.dispute", "bill.two-papers", "bill.not-a-bill", "bill.itemized", "bill.collections",
        "bill.help-paying", "coverage.surprise", "coverage.authorization", "coverage.timely-filing", "coverage.network",
        "denial.reason", "denial.next", "document.line", "document.summary",
    )
)  # fmt: skip
_FIRST = ("common.for-person", "common.of-paper", "common.paper-newer", "common.paper-unclear")


def with_no_bill(topic: str, build: Builder) -> Builder:
    """The builder of a topic about paying or a refusal, which quotes such a note of the lines in question first."""
    return build if topic not in _TOPICS else lambda asked: _built(build, asked)


def _built(build: Builder, asked: Asked) -> Reply:
    reply = build(asked)
    talk = Talk.of(asked)
    if talk.eob is None or reply.pending == reply.topic or reply.topic not in _TOPICS:
        return reply
    return _quoted(reply, _notes(talk))


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


def _quoted(reply: Reply, notes: Mapping[str, Statement]) -> Reply:
    """The notes before all else, and nowhere again."""
    kept = tuple(s for s in reply.statements if not (s.key == "common.note-says" and _is_among(s, notes)))
    at = next((i for i, s in enumerate(kept) if s.key not in _FIRST), len(kept))
    return replace(reply, statements=(*kept[:at], *notes.values(), *kept[at:])) if notes else reply


def _is_among(statement: Statement, notes: Mapping[str, Statement]) -> bool:
    return statement.values.get("text") in {note.values["text"] for note in notes.values()}
