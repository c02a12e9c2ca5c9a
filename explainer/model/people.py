"""Whose papers these are. Names are compared as people print them; amounts are never added over people."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from explainer.model.document import Claim, Document

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sr", "sra", "srta", "don", "dona"})
# As printed -> as compared.
_SUFFIXES = {
    "jr": "jr", "junior": "jr", "hijo": "jr", "sr": "sr", "senior": "sr", "padre": "sr", "ii": "ii", "2nd": "ii", "iii": "iii",
    "3rd": "iii", "iv": "iv", "4th": "iv", "v": "v",
}  # fmt: skip
# What a scanner makes of a letter inside a word.
_MISREAD = str.maketrans("015", "ols")
# Letters that a scanner takes for digits in a number.
_MISREAD_DIGITS = str.maketrans("OILSBZ", "011582")
# Shorter numbers are printed on many papers.
SURE_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name in parts, in small letters without accents, the first name first. suffix: jr, sr, ii ... or ""."""

    words: tuple[str, ...]
    suffix: str = ""

    @classmethod
    def of(cls, printed: str) -> "Name":
        """ "SAMPLE, JOHN Q" is ("john", "q", "sample")."""
        parts = [_words(part) for part in printed.split(",")]
        printed_suffix = next((w for part in parts for w in part[-1:] if _is_suffix(w, part, parts)), "")
        suffix = _SUFFIXES.get(printed_suffix, "")
        parts = [p for part in parts if (p := part[:-1] if suffix and part[-1:] == [printed_suffix] else part)]
        words = [w for part in (*parts[1:], *parts[:1]) for w in part]
        while len(words) > 1 and words[0] in _TITLES:
            words = words[1:]
        return cls(tuple(words), suffix)

    def is_same(self, other: "Name") -> bool:
        """Whether both are surely one person's: first and family name in full and equal, and the suffix too.

        Only an initial in the middle may be missing. J. may be John or Jane, and John may be the father of John Jr.: not sure.
        """
        if self.suffix != other.suffix or not self.words:
            return False
        return sorted(self.words) == sorted(other.words) or any(_same_order(a, b) for a in self._orders for b in other._orders)

    @property
    def _orders(self) -> tuple[tuple[str, ...], ...]:
        """As printed, and with the first word as the family name: SAMPLE JOHN Q."""
        return self.words, (*self.words[1:], *self.words[:1])

    def has_given_of(self, other: "Name") -> bool:
        """Whether a whole given name is equal, not only its initial, or one name is a single word."""
        whole = {w for w in self.words if len(w) > 1} & set(other.words)
        return len(whole) > 1 or min(len(self.words), len(other.words)) == 1

    def is_like(self, other: "Name") -> bool:
        """Whether both can be one person: J. is John, a middle name may be missing, the order of a bare list may differ."""
        if not self.words or not other.words or (self.suffix and other.suffix and self.suffix != other.suffix):
            return False
        if sorted(self.words) == sorted(other.words):
            return True
        short, long = sorted((self.words, other.words), key=len)
        if len(short) == 1:
            return len(short[0]) > 1 and short[0] in long
        family = {w for w in short[1:] if len(w) > 1} & set(long[1:])
        return bool(family) and _fits(short[0], long[0]) and _all_in(short[1:], long[1:])

    def is_surely_other(self, other: "Name") -> bool:
        """Within one paper: a Jr. beside a name without it, or a whole middle name beside none, are two people."""
        extra = {w for w in set(self.words) ^ set(other.words) if len(w) > 1}
        initials = {w for w in (*self.words, *other.words) if len(w) == 1}
        left = {w for w in extra if w[0] not in initials}
        return self.suffix != other.suffix or (min(len(self.words), len(other.words)) > 1 and bool(left))


def _is_suffix(word: str, part: Sequence[str], parts: Sequence[Sequence[str]]) -> bool:
    """V. is mostly a middle name; behind a first and a family name it is the fifth."""
    if word == "v":
        return len(parts) == 1 and len(part) > 2
    return word in _SUFFIXES and (len(part) > 1 or len(parts) > 1)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return [w.translate(_MISREAD) if re.search("[a-z]", w) and w not in _SUFFIXES else w for w in re.findall(r"[^\W_]+", bare)]


def _same_order(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether first and last words are equal and whole, and what is between them does not tell of two people."""
    ends = (one[0], one[-1]) == (other[0], other[-1]) and min(len(one), len(other), len(one[0]), len(one[-1])) > 1
    few, many = sorted((one[1:-1], other[1:-1]), key=len)
    left = _left_over(few, many) if ends else None
    return left is not None and all(len(word) == 1 for word in left)


def _fits(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _all_in(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether each word has a word of its own among the others."""
    return _left_over(few, many) is not None


def _left_over(few: Sequence[str], many: Sequence[str]) -> list[str] | None:
    """The others that no word takes for its own; None where a word finds none."""
    left = list(many)
    for word in sorted(few, key=len, reverse=True):
        mate = next((w for w in left if w == word), None) or next((w for w in left if _fits(w, word)), None)
        if mate is None:
            return None
        left.remove(mate)
    return left


@dataclass(frozen=True, slots=True)
class Person:
    """One patient: the fullest name printed, and every way in which the papers print it."""

    name: str
    printed: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """All words of all printed names, in small letters, with Jr. and the like."""
        names = [Name.of(text) for text in (self.name, *self.printed)]
        return frozenset(w for name in names for w in (*name.words, name.suffix) if w)


@dataclass(frozen=True, slots=True)
class People:
    """The patients that papers name, in printed order. `whose`: the person by printed name.

    unsure: two whose names can be one person's ("A. Sample" and "Ann Sample"): they stay two, since nobody can say for sure.
    numbered: the person by paper, of papers that print a member's number and no name, where their numbers or plans differ.
    """

    persons: tuple[Person, ...] = ()
    whose: dict[str, Person] = field(default_factory=dict)
    unsure: tuple[tuple[Person, Person], ...] = ()
    numbered: dict[str, Person] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        return len(self.persons) > 1

    def of(self, document: Document, claim: Claim) -> Person | None:
        """Whose claim it is: by its name, else the only person of the paper, else the only one of all. None when open."""
        if claim.patient:
            return self.whose[claim.patient]
        if document.paper in self.numbered:
            return self.numbered[document.paper]
        named = self.named_on(document)
        if named:
            return named[0] if len(named) == 1 else None
        return self.persons[0] if len(self.persons) == 1 else None

    def named_on(self, document: Document) -> tuple[Person, ...]:
        """The persons whose names the paper prints."""
        return tuple({p.name: p for c in document.claims if c.patient and (p := self.whose[c.patient])}.values())

    def called(self, name: str | None) -> Person | None:
        """The person of that name, however it is printed; None where it fits nobody or several."""
        exact = [p for p in self.persons if name == p.name or name in p.printed]
        alike = exact or [p for p in self.persons if name and Name.of(name).is_like(Name.of(p.name))]
        return alike[0] if len(alike) == 1 else None

    def perhaps(self, person: Person) -> tuple[Person, ...]:
        """The others who may be the same person."""
        return tuple(p for pair in self.unsure if person in pair for p in pair if p != person)

    def narrowed(self, document: Document, person: Person | None) -> Document:
        """The paper with that person's claims only (None: those that are nobody's for sure)."""
        claims = tuple(c for c in document.claims if self.of(document, c) == person)
        return document if len(claims) == len(document.claims) else replace(document, claims=claims)

    def split(self, document: Document) -> tuple[tuple[Person | None, Document], ...]:
        """The paper by person; the paper itself where it is one person's, or prints no claims."""
        found = tuple({p.name if p else None: p for c in document.claims for p in (self.of(document, c),)}.values())
        if len(found) < 2:
            return ((found[0] if found else None, document),)
        return tuple((person, self.narrowed(document, person)) for person in found)


@dataclass(slots=True)
class _Group:
    """Printed names taken for one person; `first` is the fullest. papers: the names by the paper that prints them.

    numbers: of the claims, accounts and members that stand beside these names.
    """

    first: Name
    names: list[str] = field(default_factory=list)
    papers: dict[str, list[Name]] = field(default_factory=dict)
    numbers: set[tuple[str, str]] = field(default_factory=set)

    def takes(self, name: Name, seen: "_Seen") -> bool:
        """Whether the name is surely this person's."""
        same = name.is_same(self.first) and not self._turned_round(name, seen)
        return self.may_be(name, seen) and (same or self._shares(name, seen))

    def _turned_round(self, name: Name, seen: "_Seen") -> bool:
        """James Thomas beside Thomas James, with member's numbers of their own, may be two people."""
        mine, others = ({n for kind, n in numbers if kind == "member"} for numbers in (self.numbers, seen.numbers))
        return name.words != self.first.words and bool(mine) and bool(others) and not mine & others

    def may_be(self, name: Name, seen: "_Seen") -> bool:
        """Whether the name can be this person's; one paper that prints both as two people tells that it is not."""
        beside = (other for paper in seen.papers for other in self.papers.get(paper, []))
        return name.is_like(self.first) and not any(name.is_surely_other(other) for other in beside)

    def _shares(self, name: Name, seen: "_Seen") -> bool:
        """A claim has one patient; a member's number is often the whole family's: it tells no Jr. from his father, and J. Sample
        may be John or Jane."""
        kinds = {kind for kind, _ in self.numbers & seen.numbers}
        own = name.suffix == self.first.suffix and name.has_given_of(self.first)
        return "claim" in kinds or ("member" in kinds and own)

    def add(self, printed: str, name: Name, seen: "_Seen") -> None:
        self.names.append(printed)
        self.numbers |= seen.numbers
        for paper in seen.papers:
            self.papers.setdefault(paper, []).append(name)


@dataclass(slots=True)
class _Seen:
    """Where a printed name stands: on which papers (in order), and beside which numbers."""

    papers: dict[str, None] = field(default_factory=dict)
    numbers: set[tuple[str, str]] = field(default_factory=set)


def people_of(documents: Iterable[Document]) -> People:
    """Who the papers are of. A short name that fits two people is a person of its own: nothing is guessed."""
    names: dict[str, _Seen] = {}
    papers = tuple(documents)
    for document in papers:
        for claim in document.claims:
            if claim.patient:
                seen = names.setdefault(claim.patient, _Seen())
                seen.papers[document.paper] = None
                seen.numbers |= _numbers(document, claim)
    order = {printed: at for at, printed in enumerate(names)}
    groups, open_pairs = _grouped(names)
    whose: dict[str, Person] = {}
    for group in groups:
        whose.update(dict.fromkeys(group.names, Person(group.names[0], tuple(group.names))))
    ranked = sorted(set(whose.values()), key=lambda p: min(order[n] for n in p.printed))
    unsure = tuple((whose[a.names[0]], whose[b.names[0]]) for a, b in open_pairs)
    numbered = _numbered(papers)
    return People((*ranked, *dict.fromkeys(numbered.values())), whose, unsure, numbered)


def _numbered(papers: Sequence[Document]) -> dict[str, Person]:
    """Papers of a plan without a name that cannot all be one person's: by paper, a person known by the member's number alone.

    A number that a named paper prints too, or a plan that a named paper is from, leaves it open, as before.
    """
    plans = [d for d in papers if d.by_plan]
    named = [d for d in plans if any(c.patient for c in d.claims)]
    bare = [d for d in plans if d not in named and d.claims and plain_number(d.member_id)]
    known, payers = {plain_number(d.member_id) for d in named}, {d.payer for d in named}
    apart = {d.paper: d.member_id or "" for d in bare if plain_number(d.member_id) not in known and d.payer not in payers}
    persons: dict[str | None, Person] = {}
    for printed in apart.values():
        persons.setdefault(plain_number(printed), Person(printed, (printed,)))
    if len(persons) + bool(named) < 2:
        return {}
    return {paper: persons[plain_number(printed)] for paper, printed in apart.items()}


def _numbers(document: Document, claim: Claim) -> set[tuple[str, str]]:
    """The numbers that tell whose a claim is, long enough not to be another's by chance."""
    printed = (("claim", claim.claim_id), ("claim", claim.account_number), ("member", document.member_id))
    return {(kind, n) for kind, text in printed if (n := plain_number(text)) is not None and len(n) >= SURE_NUMBER}


def plain_number(text: str | None) -> str | None:
    """A claim's or member's number as it is compared: a scanner takes some letters for digits. None where none is printed."""
    return "".join(c for c in (text or "").upper() if c.isalnum()).translate(_MISREAD_DIGITS) or None


def _grouped(printed_names: Mapping[str, _Seen]) -> tuple[list[_Group], list[tuple[_Group, _Group]]]:
    """The persons, and the pairs of them who may be one."""
    names = {printed: Name.of(printed) for printed in printed_names}
    groups: list[_Group] = []
    unsure: list[tuple[_Group, _Group]] = []
    by_word: dict[str, dict[int, _Group]] = {}
    for printed in sorted(printed_names, key=lambda p: (-len(names[p].words), -len(p))):
        name, seen = names[printed], printed_names[printed]
        near = {at: g for word in name.words if len(word) > 1 for at, g in by_word.get(word, {}).items()}
        found = [g for g in near.values() if g.takes(name, seen)]
        exact = [g for g in found if sorted(g.first.words) == sorted(name.words)]
        mine = exact if len(exact) == 1 else found
        group = mine[0] if len(mine) == 1 else _Group(name)
        if len(mine) != 1:
            groups.append(group)
            unsure += [(other, group) for other in near.values() if other.may_be(name, seen)]
        group.add(printed, name, seen)
        for word in name.words:
            by_word.setdefault(word, {})[id(group)] = group
    return groups, unsure
