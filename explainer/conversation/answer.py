"""A reply as a patient reads it: sentences of content with their figures, and where each comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from explainer.case import Case
from explainer.conversation.grounds import Grounds, grounds
from explainer.conversation.next_questions import Next, say_next
from explainer.conversation.reply import Reply, Statement
from explainer.conversation.why import Why
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """A source as it is shown: its title, address, and the day it held."""

    id: str
    title: str
    url: str | None
    as_of: date


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One statement, rendered: its words, whether it is a paragraph, item or letter, and what it rests on."""

    text: str
    part: str
    grounds: Grounds = Grounds()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown, spoken and sent for one question, and how the question was understood.

    suggestions: questions to go on with, in the answer's language; ask_next: the same, to be said in another.
    """

    topic: str
    text: str
    lang: Lang
    lines: tuple[int, ...] = ()
    values: Mapping[str, Blank] = field(default_factory=dict)
    sources: tuple[AnswerSource, ...] = ()
    suggestions: tuple[str, ...] = ()
    statements: tuple[AnswerPart, ...] = ()
    why: Why | None = None
    ask_next: tuple[Next, ...] = ()


def render_answer(
    reply: Reply, case: Case, knowledge: Knowledge, lang: Lang, why: Why | None = None, ask_next: tuple[Next, ...] = ()
) -> Answer:
    """The reply's statements in that language, and what to ask next."""
    parts = tuple(_part(s, case, knowledge, lang) for s in reply.statements)
    return Answer(
        topic=reply.topic,
        text="\n\n".join(_joined(parts)),
        lang=lang,
        lines=reply.lines,
        values=reply.values,
        sources=tuple(_sources(parts, knowledge)),
        suggestions=tuple(say_next(one, knowledge, lang) for one in ask_next),
        ask_next=ask_next,
        statements=parts,
        why=why,
    )


def _part(statement: Statement, case: Case, knowledge: Knowledge, lang: Lang) -> AnswerPart:
    text = knowledge.say(statement.key, lang, statement.values)
    return AnswerPart(
        text=text[:1].upper() + text[1:],
        part=statement.part,
        grounds=grounds(statement.support, case, knowledge),
    )


def _joined(parts: Iterable[AnswerPart]) -> Iterable[str]:
    for part in parts:
        yield f"- {part.text}" if part.part == "item" else part.text


def _sources(parts: Iterable[AnswerPart], knowledge: Knowledge) -> Iterable[AnswerSource]:
    for name in dict.fromkeys(fact.source for part in parts for fact in part.grounds.facts):
        source = knowledge.sources[name]
        yield AnswerSource(name, source.title, source.url, source.as_of)


def answer_json(answer: Answer) -> dict[str, Any]:
    """The contract's answer."""
    return {
        "topic": answer.topic,
        "text": answer.text,
        "lines": list(answer.lines),
        "values": {name: _plain(value) for name, value in answer.values.items()},
        "sources": [{"id": s.id, "title": s.title, "url": s.url, "as_of": s.as_of.isoformat()} for s in answer.sources],
        "suggestions": list(answer.suggestions),
        "lang": answer.lang,
    }


def _plain(value: Blank) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
