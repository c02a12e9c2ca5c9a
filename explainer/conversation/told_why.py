"""How an answer was found, in sentences of content and as JSON."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from explainer.conversation.answer import Answer, AnswerPart
from explainer.conversation.grounds import Fact, Place
from explainer.conversation.why import Led, Phrase, Took
from explainer.knowledge.base import Knowledge
from explainer.knowledge.wording import Blank, listed, shown
from explainer.model.document import Document

_EXCERPT = 70
# The ways of `Led` that have sentences of their own; all other rules share one.
_OWN_WORDS = ("examples", "fits", "person", "unsure", "why-of-nothing", "answers-back", "goes-on", "why")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a statement rests on. title: of a source, which is in English; "" for a place on a paper."""

    text: str
    title: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """How the topic was found, what was taken from the words, and each statement's beginning with the items that it rests on."""

    understood: tuple[str, ...]
    took: tuple[str, ...]
    rests: tuple[tuple[str, tuple[Item, ...]], ...]
    closing: str = ""


def why_told(answer: Answer, documents: Iterable[Document], knowledge: Knowledge) -> Told | None:
    """The answer's why in its own language; None where none was kept."""
    return _Teller(answer, _files(documents), knowledge).told() if answer.why is not None else None


def _files(documents: Iterable[Document]) -> Mapping[str, str]:
    return {document.paper: document.file for document in documents}


def why_lines(answer: Answer, documents: Iterable[Document], knowledge: Knowledge) -> Iterator[str]:
    """The same as lines of text."""
    told = why_told(answer, documents, knowledge)
    if told is None:
        return
    yield knowledge.say("why.title", answer.lang)
    yield from told.understood
    yield from (f"- {took}" for took in told.took)
    for excerpt, items in told.rests:
        yield excerpt
        yield from (f"  - {': '.join(part for part in (item.title, item.text) if part)}" for item in items)
    if told.closing:
        yield told.closing


@dataclass(frozen=True, slots=True)
class _Teller:
    answer: Answer
    files: Mapping[str, str]
    knowledge: Knowledge

    def told(self) -> Told:
        why = self.answer.why
        assert why is not None
        resting = [part for part in self.answer.statements if part.grounds.facts or part.grounds.places]
        rests = tuple((_excerpt(part.text), tuple(self._items(part))) for part in resting)
        closing = self._say("why.own") if len(resting) < len(self.answer.statements) else ""
        return Told(tuple(self._understood(why.topic, why.led)), tuple(map(self._took, why.took)), rests, closing)

    def _understood(self, topic: str, led: Led) -> Iterator[str]:
        by = led.by if led.by in _OWN_WORDS else "rule"
        first = self._topic(led.first) if led.first else ""
        yield self._say(f"why.led.{by}", topic=self._topic(topic), first=first)
        weighed, decided = (led.words, ()) if by == "examples" else (led.first_words, led.words)
        for key, words in (("why.weighed", weighed), ("why.decided", decided)):
            if words:
                yield self._say(key, words=self._quoted(words))
        if led.leaned:
            yield self._say(f"why.leaned.{led.leaned}")
        if self.answer.topic != topic:
            yield self._say("why.instead", topic=self._topic(self.answer.topic))

    def _topic(self, topic: str) -> str:
        return self._say(f"why.topic.{topic}")

    def _quoted(self, words: Iterable[Phrase]) -> str:
        return listed(tuple(self._say("why.quoted", words=phrase.text) for phrase in words), self.answer.lang)

    def _took(self, took: Took) -> str:
        kind = "line" if took.kind == "lines" and took.value.isdigit() else took.kind
        what = self._say(f"why.kind.{kind}", value=self._value(took))
        return self._say("why.took", what=what, words=took.words.text) if took.words else self._say("why.kept", what=what)

    def _value(self, took: Took) -> str:
        """The value as a person writes it."""
        lang, value = self.answer.lang, took.value
        if took.kind == "amounts":
            return shown(Decimal(value), lang)
        if took.kind == "dates":
            return shown(date.fromisoformat(value), lang)
        named = self.knowledge.terms.get(value) if took.kind == "terms" else None
        plan = self.knowledge.rights.get(value) if took.kind == "plan" else None
        return named.name.in_(lang) if named else plan.name.in_(lang) if plan else value

    def _items(self, part: AnswerPart) -> Iterator[Item]:
        yield from map(self._place, part.grounds.places)
        if part.grounds.more:
            yield Item(self._say("why.more", count=part.grounds.more))
        yield from map(self._fact, part.grounds.facts)

    def _place(self, place: Place) -> Item:
        line = (self._say("why.line", number=place.line),) if place.line is not None else ()
        paper = (self.files[place.paper],) if len(self.files) > 1 and place.paper in self.files else ()
        field = tuple(self._say(key) for key in self._field_keys(place.field))
        where = ", ".join((*paper, self._say("why.page", number=place.page), *line, *field))
        text = self._say("why.place", where=where, words=place.quote) if place.quote else where
        return Item(self._say("why.corrected", where=text) if place.corrected else text)

    def _field_keys(self, field: str) -> list[str]:
        keys = (f"common.field.{field}", f"why.field.{field}")
        return [key for key in keys if key in self.knowledge.wording]

    def _fact(self, fact: Fact) -> Item:
        source = self.knowledge.sources.get(fact.source)
        text = self._say(f"why.sure.{fact.sure}", as_of=fact.as_of, checked=fact.checked)
        return Item(text, source.title if source else fact.source, source.url if source else None)

    def _say(self, key: str, **values: Blank) -> str:
        return self.knowledge.say(key, self.answer.lang, values)


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1].rstrip()}…"


def why_json(answer: Answer, documents: Iterable[Document], knowledge: Knowledge) -> dict[str, Any] | None:
    """The same as data. Places in the question are characters [start, end) of it, from 0."""
    why = answer.why
    if why is None:
        return None
    files, led = _files(documents), why.led
    return {
        "topic": why.topic,
        "by": led.by,
        "words": list(map(_phrase_json, led.words)),
        "first": {"topic": led.first, "words": list(map(_phrase_json, led.first_words))} if led.first else None,
        "leaned": led.leaned or None,
        "took": [
            {"kind": t.kind, "value": t.value, "words": _phrase_json(t.words) if t.words else None} for t in why.took
        ],
        "statements": [_part_json(part, files, knowledge) for part in answer.statements],
    }  # fmt: skip


def _phrase_json(phrase: Phrase) -> dict[str, Any]:
    return {"text": phrase.text, "start": phrase.start, "end": phrase.end}


def _part_json(part: AnswerPart, files: Mapping[str, str], knowledge: Knowledge) -> dict[str, Any]:
    return {
        "text": part.text,
        "facts": [_fact_json(fact, knowledge) for fact in part.grounds.facts],
        "places": [
            {
                "file": files.get(p.paper), "page": p.page, "line": p.line, "field": p.field or None, "words": p.quote,
                "corrected": p.corrected,
            }
            for p in part.grounds.places
        ],
        "more_places": part.grounds.more,
    }  # fmt: skip


def _fact_json(fact: Fact, knowledge: Knowledge) -> dict[str, Any]:
    source = knowledge.sources.get(fact.source)
    return {
        "source": fact.source,
        "title": source.title if source else None,
        "url": source.url if source else None,
        "entry": fact.entry or None,
        "as_of": fact.as_of.isoformat(),
        "checked": fact.checked.isoformat(),
        "sure": fact.sure,
    }
