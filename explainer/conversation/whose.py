"""Whose paper a turn is about, where the papers name several people: by name, "my son's", "the other one", or a line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from explainer.case import Case
from explainer.conversation.phrases import Hit, PhraseBook
from explainer.conversation.question import Context
from explainer.conversation.words import Token, tokens
from explainer.knowledge.base import Knowledge
from explainer.model.people import People, Person

_KIN, _ASKED = "kin-", "kin.asked"
PATIENT = "patient"
_CUES = (
    "i-am", "other-person", "other-one", "word-and-name", "goes-with-name", "small-words", "pointer", "that-line", "one-word",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a turn says of the person. kin: "son" where one of the family was named; open: it is not known who that is."""

    person: Person | None = None
    kin: str | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Turn:
    words: tuple[Token, ...]
    text: str
    hits: tuple[Hit, ...]

    @classmethod
    def of(cls, text: str, knowledge: Knowledge) -> "_Turn":
        words = tokens(text)
        book = PhraseBook()
        for name in (*(n for n in knowledge.cues if n.startswith(_KIN)), *_CUES):
            if name in knowledge.cues:
                book.add("cue", name, (*knowledge.cues[name].phrases.en, *knowledge.cues[name].phrases.es))
        return cls(words, text, book.find(tuple(Token(_bare(t.text), t.start, t.end) for t in words)))

    def has(self, name: str) -> bool:
        return any(h.name == name for h in self.hits)

    @property
    def kin(self) -> str | None:
        return next((h.name.removeprefix(_KIN) for h in self.hits if h.name.startswith(_KIN)), None)


def _bare(text: str) -> str:
    return text.removesuffix("'s")


def told(text: str, case: Case, context: Context, knowledge: Knowledge, lines: tuple[int, ...] = ()) -> Told:
    """What these words say of the person; `lines` are those that they name themselves. Nothing where there is one person only."""
    people = case.people
    if not people.several:
        return Told()
    turn = _Turn.of(text, knowledge)
    spoken = _spoken(turn, people)
    if len(spoken) == 1:
        return Told(spoken[0], turn.kin)
    if turn.kin is not None:
        found = _of_kin(turn.kin, people, context)
        return Told(found, turn.kin, open=found is None and turn.kin != "self")
    return Told(_other(turn, people, context) or _of_lines(lines, case))


def person_now(told: Told, people: People, context: Context) -> Person | None:
    """The person of this turn: the one it names, else the one spoken of before; None where that is open."""
    return None if told.open else told.person or people.called(context.facts.get(PATIENT))


def learned(told: Told, text: str, context: Context, knowledge: Knowledge) -> Mapping[str, str]:
    """What to remember: the person, and who of the family that is."""
    if told.open and told.kin:
        return {_ASKED: told.kin}
    if told.person is None:
        return {}
    kin = told.kin or context.facts.get(_ASKED) or ("self" if _Turn.of(text, knowledge).has("i-am") else None)
    return {PATIENT: told.person.name, _ASKED: "", **({f"kin.{kin}": told.person.name} if kin else {})}


def only_person(text: str, case: Case, knowledge: Knowledge) -> bool:
    """Whether the words name a person and nothing more: "Ana", "and my son's?", "for the other one"."""
    turn = _Turn.of(text, knowledge)
    names = {w for person in case.people.persons for w in person.words}
    covered = {i for h in turn.hits if h.name != "word-and-name" for i in range(h.first, h.end)}
    pointed = bool(_spoken(turn, case.people)) or turn.kin is not None or turn.has("other-person") or turn.has("other-one")
    return pointed and all(i in covered or _bare(t.text) in names for i, t in enumerate(turn.words))


def _spoken(turn: _Turn, people: People) -> list[Person]:
    """The people whose names the words hold, by the parts that tell them apart; a name said in full is that name."""
    said = {_bare(t.text) for t in _name_like(turn)}
    if full := _in_full(said, people):
        return full
    every = [person.words for person in people.persons]
    shared = frozenset.intersection(*every)
    return [person for person in people.persons if {w for w in person.words - shared if len(w) > 1} & said]


def _in_full(said: set[str], people: People) -> list[Person]:
    """The people of whom every word is said, less those whose words are a part of another's (not Ann, but Ann Jr.)."""
    full = [person for person in people.persons if person.words <= said]
    return [p for p in full if not any(p.words < other.words for other in full)]


def _name_like(turn: _Turn) -> Iterator[Token]:
    """Words that can be a name. One that is also an ordinary word needs a capital that its place does not explain."""
    ordinary = {i for h in turn.hits if h.name == "word-and-name" for i in range(h.first, h.end)}
    for at, token in enumerate(turn.words):
        capital = turn.text[token.start : token.start + 1].isupper() and (at > 0 or len(turn.words) <= 2)
        if at not in ordinary or capital:
            yield token


def _of_kin(kin: str, people: People, context: Context) -> Person | None:
    """Who that is: told before, or the only one left of two where the other is known to be somebody else."""
    known = people.called(context.facts.get(f"kin.{kin}"))
    if known is not None:
        return known
    others = [p for k, name in context.facts.items() if k.startswith("kin.") and k != _ASKED and (p := people.called(name))]
    left = [p for p in people.persons if p not in others]
    return left[0] if others and len(people.persons) == 2 and len(left) == 1 else None


def _other(turn: _Turn, people: People, context: Context) -> Person | None:
    before = people.called(context.facts.get(PATIENT))
    if before is None or len(people.persons) != 2 or not (turn.has("other-person") or turn.has("other-one")):
        return None
    return next(p for p in people.persons if p != before)


def _of_lines(lines: tuple[int, ...], case: Case) -> Person | None:
    """The only person whose lines of the main paper were named."""
    main = case.main
    if main is None or not lines:
        return None
    owners = [case.people.of(main, claim) for n in lines if (claim := main.claim_of(n))]
    return owners[0] if owners and all(owner == owners[0] for owner in owners) else None
