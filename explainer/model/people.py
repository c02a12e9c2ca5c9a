"""Whose papers these are. Names are compared as people print them; amounts are never added over people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from explainer.model.document import Claim, Document
from explainer.model.names import Name

# Letters that a scanner takes for digits in a number.
_MISREAD_DIGITS = str.maketrans("OILSBZ", "011582")
# Shorter numbers are printed on many papers.
SURE_NUMBER = 4


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


# The payers by kind and number; "" where none is printed, or where it does not matter.
_Numbers = dict[tuple[str, str], set[str]]


@dataclass(slots=True)
class _Group:
    """Printed names taken for one person; `first` is the fullest. papers: the names by the paper that prints them.

    numbers: of the claims, accounts and members that stand beside these names.
    """

    first: Name
    names: list[str] = field(default_factory=list)
    papers: dict[str, list[Name]] = field(default_factory=dict)
    numbers: "_Numbers" = field(default_factory=dict)

    def takes(self, name: Name, seen: "_Seen") -> bool:
        """Whether the name is surely this person's."""
        return self.may_be(name, seen) and (self._is_named(name, seen) or self._shares(name, seen))

    def may_be(self, name: Name, seen: "_Seen") -> bool:
        """Whether the name can be this person's; one paper that prints both as two people tells that it is not."""
        beside = self._beside(seen)
        return name.is_like(self.first) and not any(name.is_surely_other(other) for other in beside)

    def is_renamed(self, name: Name, seen: "_Seen") -> bool:
        """Whether a first name and a number are the same and the family name is not: perhaps the name before a wedding."""
        alike = name.is_whole and name.words[0] == self.first.words[0] and name.is_of_one_age(self.first)
        return (
            alike
            and name.words[-1] != self.first.words[-1]
            and bool(_shared(self.numbers, seen.numbers))
            and not self._beside(seen)
        )

    def _beside(self, seen: "_Seen") -> list[Name]:
        return [other for paper in seen.papers for other in self.papers.get(paper, [])]

    def _is_named(self, name: Name, seen: "_Seen") -> bool:
        """Two names the other way round, and each with a member's number of its own, may be Thomas James and James Thomas."""
        apart = (_members(self.numbers), _members(seen.numbers))
        return name.is_same(self.first) and not (name.is_turned(self.first) and all(apart) and not apart[0] & apart[1])

    def _shares(self, name: Name, seen: "_Seen") -> bool:
        """A claim has one patient. A member's number or an account is often the whole family's: it tells no J. from Jane."""
        shared = _shared(self.numbers, seen.numbers)
        return "claim" in shared or (bool(shared) and name.is_whole and self.first.is_whole and name.is_of_one_age(self.first))

    def add(self, printed: str, name: Name, seen: "_Seen") -> None:
        self.names.append(printed)
        _add(self.numbers, seen.numbers)
        for paper in seen.papers:
            self.papers.setdefault(paper, []).append(name)


@dataclass(slots=True)
class _Seen:
    """Where a printed name stands: on which papers (in order), and beside which numbers."""

    papers: dict[str, None] = field(default_factory=dict)
    numbers: "_Numbers" = field(default_factory=dict)


def people_of(documents: Iterable[Document]) -> People:
    """Who the papers are of. A short name that fits two people is a person of its own: nothing is guessed."""
    names: dict[str, _Seen] = {}
    papers = tuple(documents)
    for document in papers:
        for claim in document.claims:
            if claim.patient:
                seen = names.setdefault(claim.patient, _Seen())
                seen.papers[document.paper] = None
                _add(seen.numbers, _numbers(document, claim))
    order = {printed: at for at, printed in enumerate(names)}
    groups, open_pairs = _grouped(names)
    whose: dict[str, Person] = {}
    for group in groups:
        whose.update(dict.fromkeys(group.names, Person(group.names[0], tuple(group.names))))
    ranked = sorted(set(whose.values()), key=lambda p: min(order[n] for n in p.printed))
    unsure = [(whose[a.names[0]], whose[b.names[0]]) for a, b in open_pairs]
    numbered = _numbered(papers)
    nameless = tuple(dict.fromkeys(numbered.values()))
    if len(ranked) == 1:
        unsure += [(ranked[0], person) for person in nameless]
    return People((*ranked, *nameless), whose, tuple(unsure), numbered)


def _numbered(papers: Sequence[Document]) -> dict[str, Person]:
    """Papers of a plan without a name that cannot all be one person's: by paper, a person known by the member's number alone.

    A number that a named paper prints too, or a plan whose named papers print no number, leaves it open, as before.
    """
    plans = [d for d in papers if d.by_plan]
    named = [d for d in plans if any(c.patient for c in d.claims)]
    bare = [d for d in plans if d not in named and d.claims and plain_number(d.member_id)]
    apart = {d.paper: d.member_id or "" for d in bare if not any(_may_be_one(d, other) for other in named)}
    persons: dict[str | None, Person] = {}
    for printed in apart.values():
        persons.setdefault(plain_number(printed), Person(printed, (printed,)))
    if len(persons) + bool(named) < 2:
        return {}
    return {paper: persons[plain_number(printed)] for paper, printed in apart.items()}


def _may_be_one(bare: Document, named: Document) -> bool:
    """Whether the members' numbers leave open that both papers are one person's; a part of the number may be hidden."""
    numbers = [(plain_number(d.member_id) or "").lstrip("X") for d in (bare, named)]
    if not all(numbers):
        return bare.payer == named.payer
    short, long = sorted(numbers, key=len)
    return long.startswith(short) or long.endswith(short)


def _numbers(document: Document, claim: Claim) -> _Numbers:
    """The numbers that tell whose a claim is, long enough not to be another's by chance. Two payers may number claims alike."""
    printed = (
        ("claim", claim.claim_id, document.payer or ""),
        ("account", claim.account_number, ""),
        ("member", document.member_id, ""),
    )
    return {(kind, n): {of.casefold()} for kind, text, of in printed if (n := plain_number(text)) and len(n) >= SURE_NUMBER}


def _add(numbers: _Numbers, more: _Numbers) -> None:
    for key, payers in more.items():
        numbers.setdefault(key, set()).update(payers)


def _shared(one: _Numbers, other: _Numbers) -> set[str]:
    """The kinds of numbers that both have."""
    both = one.keys() & other.keys()
    return {key[0] for key in both if "" in one[key] | other[key] or one[key] & other[key]}


def _members(numbers: _Numbers) -> set[str]:
    return {number for kind, number in numbers if kind == "member"}


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
            unsure += [(other, group) for other in near.values() if other.may_be(name, seen) or other.is_renamed(name, seen)]
        group.add(printed, name, seen)
        for word in name.words:
            by_word.setdefault(word, {})[id(group)] = group
    return groups, unsure
