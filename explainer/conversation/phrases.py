"""Finds known phrases in a question: names of codes, terms, plans, and cues. Longest first, no overlaps among rivals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from explainer.conversation.words import Token, key_of
from explainer.knowledge.base import Knowledge

_LONGEST = 7
# People write these as one word: "hotpack", "outofpocket".
_RUN_TOGETHER = ("code", "term")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found: what kind of thing it names, which one, and which tokens [first, end)."""

    kind: str
    name: str
    first: int
    end: int


class PhraseBook:
    """All phrases content knows, by their words."""

    def __init__(self) -> None:
        self._phrases: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)

    def add(self, kind: str, name: str, phrases: Iterable[str]) -> None:
        """Phrases that name `name` of that kind."""
        for phrase in phrases:
            words = key_of(phrase)
            self._add(kind, name, words)
            if kind in _RUN_TOGETHER and 1 < len(words) <= 3:
                self._add(kind, name, ("".join(words),))

    def _add(self, kind: str, name: str, words: tuple[str, ...]) -> None:
        if words and (kind, name) not in self._phrases[words]:
            self._phrases[words].append((kind, name))

    def find(self, tokens: tuple[Token, ...]) -> tuple[Hit, ...]:
        """Every phrase in the tokens, the longest where rivals overlap; in order of place."""
        taken: dict[tuple[str, int], Hit] = {}
        hits = []
        for hit in self._longest_first(tokens):
            places = [(_rivals(hit), i) for i in range(hit.first, hit.end)]
            if all(_same_place(taken.get(place, hit), hit) for place in places):
                hits.append(hit)
                taken.update(dict.fromkeys(places, hit))
        return tuple(sorted(hits, key=lambda h: (h.first, h.end)))

    def _longest_first(self, tokens: tuple[Token, ...]) -> Iterator[Hit]:
        texts = tuple(t.text for t in tokens)
        for length in range(min(_LONGEST, len(texts)), 0, -1):
            for first in range(len(texts) - length + 1):
                for kind, name in self._phrases.get(texts[first : first + length], ()):
                    yield Hit(kind, name, first, first + length)


def _rivals(hit: Hit) -> str:
    """Within which group the longest phrase wins: cues of one sort, or all names of one kind."""
    if hit.kind != "cue":
        return hit.kind
    return "hour" if "hour" in hit.name or hit.name == "three-quarters" else hit.name.rstrip("0123456789")


def _same_place(one: Hit, other: Hit) -> bool:
    return (one.first, one.end) == (other.first, other.end)


def phrase_book(knowledge: Knowledge) -> PhraseBook:
    """The phrases of content: names and other names of procedures and terms, kinds of plan, and cues."""
    book = PhraseBook()
    for code, procedure in knowledge.procedures.items():
        book.add("code", code, (*procedure.also.en, *procedure.also.es))
    for key, term in knowledge.terms.items():
        book.add("term", key, (term.name.en, term.name.es, *term.also.en, *term.also.es))
    for key, rights in knowledge.rights.items():
        book.add("plan", key, (v for phrase in (*rights.also.en, *rights.also.es) for v in _whose(phrase)))
    for key, cue in knowledge.cues.items():
        book.add("cue", key, (*cue.phrases.en, *cue.phrases.es))
    return book


def _whose(phrase: str) -> Iterator[str]:
    """ "through my job" is also "through your job": the same words of somebody else."""
    yield phrase
    words = phrase.split()
    for mine, others in (("my", ("your", "his", "her", "their", "our", "the")), ("mi", ("su", "tu"))):
        if mine in words:
            yield from (" ".join(other if w == mine else w for w in words) for other in others)
