"""Several replies as one, and the same reply asked for once more: never the same answer twice in a row."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from explainer.conversation.reply import Own, Reply, Statement
from explainer.conversation.words import key_of

# Said in full every time: whom to call in danger.
_ALWAYS = ("decline.urgent",)


def mark_of(text: str) -> str:
    """A short mark of a question or an answer, to know it again without keeping it."""
    return sha256(" ".join(key_of(text)).encode()).hexdigest()[:16]


def together(replies: Sequence[Reply], main: Reply) -> Reply:
    """All that several questions of one turn are answered, under the topic of one of them; no statement twice."""
    if len(replies) == 1:
        return main
    values = {name: value for reply in reversed(replies) for name, value in reply.values.items()}
    return replace(
        main,
        statements=tuple(_once(s for reply in replies for s in reply.statements)),
        lines=tuple(dict.fromkeys(n for reply in replies for n in reply.lines)),
        codes=tuple(dict.fromkeys(c for reply in replies for c in reply.codes)),
        keys=tuple(dict.fromkeys(k for reply in replies for k in reply.keys)),
        values={**values, **main.values},
        ask_next=tuple(dict.fromkeys(t for reply in replies for t in reply.ask_next)),
    )


def _once(statements: Iterable[Statement]) -> list[Statement]:
    out: list[Statement] = []
    for statement in statements:
        if statement not in out:
            out.append(statement)
    return out


def again(reply: Reply, same_words: bool) -> Reply:
    """The reply for somebody who was just told the same, and what would change it.

    Asked in the same words, its first statement is enough; in other words, something else of it may be what is asked for.
    """
    if reply.topic in _ALWAYS:
        return reply
    family = reply.topic.split(".")[0]
    more = f"again.{reply.topic}" if reply.topic in _OWN else f"again.more.{family}"
    kept = reply.statements[:1] if same_words else reply.statements
    lead = () if reply.topic in _OWN else (_says("again.lead"), *kept)
    return replace(reply, statements=(*lead, _says(more)))


# Topics of which "as I said" and the first statement would sound odd.
_OWN = (
    "appeal.letter", "help.greeting", "decline.unclear", "decline.off-topic", "decline.medical-advice", "decline.legal-advice",
)  # fmt: skip


def _says(key: str) -> Statement:
    return Statement(key, (Own(),))
