"""Why a question was understood as it was: which of its words led to the topic, and what was taken from which words.

Made together with the answer from what was found then; nothing is looked at again later.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from explainer.case import Case
from explainer.conversation.classify import Weighed
from explainer.conversation.question import Question, Slots
from explainer.conversation.reference import Named
from explainer.conversation.slots import Heard
from explainer.conversation.words import Token

# Words are named until they hold this part of all that speaks for the topic; one with less than the least part is left out.
_ENOUGH, _LEAST, _MOST_WORDS, _MOST_PHRASES = 0.6, 0.08, 5, 3
# Beyond so many phrases of a question, which of them decided is no longer tried out.
_MOST_TRIED = 40


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of the question as it was asked, and its characters [start, end)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Took:
    """A value that was taken. kind: of a slot ("minutes"), or "lines". words: None where it is kept from earlier in the talk."""

    kind: str
    value: str
    words: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Led:
    """What led to the topic.

    by: "examples" (the words are like known questions), "fits" (so too, but what was named fits another topic better), or the
    rule that decided. words: the words that led there. first, first_words: with "fits", what the words alone are like. leaned:
    "talk" or "papers" where these made one topic likelier than another.
    """

    by: str
    words: tuple[Phrase, ...] = ()
    first: str | None = None
    first_words: tuple[Phrase, ...] = ()
    leaned: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """How a question was understood: the topic, what led to it, and what was taken from the words."""

    topic: str
    led: Led
    took: tuple[Took, ...] = ()


def _phrase(text: str, start: int, end: int) -> Phrase:
    return Phrase(text[start:end], start, end)


def whole(text: str) -> Phrase:
    """All that was asked."""
    return _phrase(text, 0, len(text))


def _joined(heard: Heard, spans: Sequence[tuple[int, int]]) -> tuple[Phrase, ...]:
    """Places as phrases in order; those that touch or have one word between them are one."""
    chosen = {i for start, end in spans for i, t in enumerate(heard.tokens) if t.start < end and start < t.end}
    runs: list[list[int]] = []
    for i in sorted(chosen):
        if runs and i - runs[-1][-1] <= 2:
            runs[-1].append(i)
        else:
            runs.append([i])
    return tuple(_phrase(heard.text, heard.tokens[run[0]].start, heard.tokens[run[-1]].end) for run in runs)


def with_places(heard: Heard, phrases: Sequence[Phrase], places: Sequence[tuple[int, int]]) -> tuple[Phrase, ...]:
    """The phrases together with other places of the question."""
    return _joined(heard, [*((p.start, p.end) for p in phrases), *places])[:_MOST_PHRASES]


def weightiest(heard: Heard, weighed: Weighed, parts: Sequence[float]) -> tuple[Phrase, ...]:
    """The words of the question that speak most for a topic. parts: how much each weighed word does."""
    shares = _of_tokens(heard.tokens, weighed.words, parts)
    for_it = sum(share for share in shares if share > 0)
    chosen: list[int] = []
    held = 0.0
    for i in sorted(range(len(shares)), key=lambda i: -shares[i]):
        if held >= _ENOUGH * for_it or shares[i] < _LEAST * for_it or len(chosen) == _MOST_WORDS:
            break
        chosen.append(i)
        held += shares[i]
    return _joined(heard, [(heard.tokens[i].start, heard.tokens[i].end) for i in chosen])


def _of_tokens(tokens: Sequence[Token], words: Sequence[Token], parts: Sequence[float]) -> list[float]:
    """What weighed words count for, in equal parts for the words of the question that they stand for."""
    shares = [0.0] * len(tokens)
    for word, part in zip(words, parts, strict=True):
        under = [i for i, t in enumerate(tokens) if t.start < word.end and word.start < t.end]
        for i in under:
            shares[i] += part / len(under)
    return shares


def decisive(heard: Heard, same: Callable[[Heard, bool], bool]) -> tuple[Phrase, ...]:
    """The fewest phrases and values with which the question is still understood the same way, all others taken out one by one.

    same: whether a question with less in it (and without the lines it names, if False) is understood the same way.
    """
    spans: list[tuple[int, int]] = []
    tried = sorted(dict.fromkeys((h.kind, h.name) for h in heard.hits), key=lambda named: _shortest_and_last(heard, *named))
    for kind, name in tried[-_MOST_TRIED:]:
        less = replace(heard, hits=tuple(h for h in heard.hits if (h.kind, h.name) != (kind, name)))
        if same(less, True):
            heard = less
        else:
            spans += _spans(heard, kind, name)
    for slot, said in heard.said.items():
        if said and not same(replace(heard, slots=_emptied(heard.slots, slot)), True):
            spans += ((one.start, one.end) for one in said)
    return _joined(heard, spans)[:_MOST_PHRASES]


def _shortest_and_last(heard: Heard, kind: str, name: str) -> tuple[int, int]:
    """The order of trying: long phrases and early ones are kept where others say the same."""
    hits = [h for h in heard.hits if (h.kind, h.name) == (kind, name)]
    return max(h.end - h.first for h in hits), -hits[0].first


def _emptied(slots: Slots, slot: str) -> Slots:
    return replace(slots, plan=None) if slot == "plan" else replace(slots, **{slot: ()})  # type: ignore[arg-type]


def _spans(heard: Heard, kind: str, name: str) -> Iterator[tuple[int, int]]:
    for hit in heard.hits:
        if (hit.kind, hit.name) == (kind, name):
            yield heard.tokens[hit.first].start, heard.tokens[hit.end - 1].end


def tooks(heard: Heard, question: Question, named: Named, case: Case) -> tuple[Took, ...]:
    """What was taken from the words, in their order, and then what was kept from earlier in the talk."""
    said = {(kind, _shown(one.value)): (one.start, one.end) for kind, found in heard.said.items() for one in reversed(found)}
    taken = [Took(kind, value, _phrase(heard.text, *at)) for (kind, value), at in said.items()]
    taken += _filled(heard, question.slots)
    if named.lines and len(named.lines) < len(case.lines):
        taken += (Took("lines", ", ".join(map(str, named.lines)), phrase) for phrase in _joined(heard, named.at)[:1])
    taken.sort(key=lambda took: took.words.start if took.words else 0)
    return (*taken, *_kept(question, named))


def _filled(heard: Heard, slots: Slots) -> Iterator[Took]:
    """A bare number that stands for what the last question had: "and 37?" after minutes."""
    for kind, before, now in (("minutes", heard.slots.minutes, slots.minutes), ("units", heard.slots.units, slots.units)):
        if now != before:
            yield from (Took(kind, t.text, _phrase(heard.text, t.start, t.end)) for t in heard.tokens if t.text == str(now[0]))


def _kept(question: Question, named: Named) -> Iterator[Took]:
    """Lines, codes and keys that this turn's words only point back at."""
    slots = question.slots
    if question.about and not named.lines:
        yield Took("lines", ", ".join(map(str, question.about)))
    elif not question.about and question.codes and not slots.codes:
        yield from (Took("codes", code) for code in question.codes)
    if question.keys and not slots.keys:
        yield from (Took("keys", key) for key in question.keys)


def _shown(value: object) -> str:
    """A value as JSON and a reader take it."""
    if isinstance(value, tuple):
        return ": ".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else str(value)
