"""Whose papers these are. Names are compared as people print them; amounts are never added over people."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from explainer.model.document import Claim, Document
from explainer.model.grouping import Group, Seen, grouped, seen_on
from explainer.model.names import Name
from explainer.model.numbers import SURE_NUMBER, Written, is_one_number, plain_number, written


@dataclass(frozen=True, slots=True)
class Person:
    """One patient: the fullest name printed, and every way in which the papers print it.

    name: no other person's of these papers. Where two are printed alike, the member's number stands behind it. `number` is that
    number as printed, else None.
    """

    name: str
    printed: tuple[str, ...] = ()
    number: str | None = None

    @property
    def own_name(self) -> str:
        """The name as the papers print it, as for a letter; two persons can have it."""
        return self.printed[0] if self.printed else self.name

    @property
    def words(self) -> frozenset[str]:
        """All words of all printed names, in small letters, with Jr. and the like; and the number that tells two apart."""
        names = [Name.of(text) for text in self.printed or (self.name,)]
        number = "".join(c for c in (self.number or "").casefold() if c.isalnum())
        ends = {number, number[-SURE_NUMBER:]} if number else set()
        return frozenset(w for name in names for w in (*name.words, name.suffix) if w) | ends


@dataclass(frozen=True, slots=True)
class People:
    """The patients that papers name, in printed order. `whose`: the person by name and member's number, as `written` gives them.

    unsure: two whose names can be one person's ("A. Sample" and "Ann Sample"): they stay two, since nobody can say for sure.
    numbered: the person by paper, of papers that print a member's number and no name, where their numbers or plans differ.
    coded: the person by paper and number, of papers that print no name, and members' numbers that differ by claim.
    """

    persons: tuple[Person, ...] = ()
    whose: "dict[Written, Person]" = field(default_factory=dict)
    unsure: tuple[tuple[Person, Person], ...] = ()
    numbered: dict[str, Person] = field(default_factory=dict)
    coded: dict[tuple[str, str], Person] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        return len(self.persons) > 1

    def of(self, document: Document, claim: Claim) -> Person | None:
        """Whose claim it is: by its name, else the only person of the paper, else the only one of all. None when open."""
        if claim.patient:
            return self.whose[written(document, claim)]
        if document.paper in {paper for paper, _ in self.coded}:
            return self.coded.get((document.paper, plain_number(claim.member_id) or ""))
        if document.paper in self.numbered:
            return self.numbered[document.paper]
        named = self.named_on(document)
        if named:
            return named[0] if len(named) == 1 else None
        return self.persons[0] if len(self.persons) == 1 else None

    def named_on(self, document: Document) -> tuple[Person, ...]:
        """The persons whose names the paper prints."""
        return tuple({p.name: p for c in document.claims if c.patient and (p := self.whose[written(document, c)])}.values())

    def called(self, name: str | None) -> Person | None:
        """The person of that name, however it is printed; None where it fits nobody or several."""
        exact = [p for p in self.persons if name == p.name] or [p for p in self.persons if name in p.printed]
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


def people_of(documents: Iterable[Document]) -> People:
    """Who the papers are of. A short name that fits two people is a person of its own: nothing is guessed."""
    papers = tuple(documents)
    names = seen_on(papers)
    groups, open_pairs = grouped(names)
    persons = _named(groups, names)
    whose = {printed: person for group, person in zip(groups, persons, strict=True) for printed in group.names}
    ranked = list(dict.fromkeys(whose[printed] for printed in names))
    unsure = [(whose[a.names[0]], whose[b.names[0]]) for a, b in open_pairs]
    coded = _coded(papers)
    numbered = _numbered([d for d in papers if d.paper not in {paper for paper, _ in coded}])
    nameless = tuple({p.name: p for p in (*numbered.values(), *coded.values())}.values())
    if len(ranked) == 1:
        unsure += [(ranked[0], person) for person in nameless]
    return People((*ranked, *nameless), whose, tuple(unsure), numbered, coded)


def _named(groups: Sequence[Group], names: Mapping[Written, Seen]) -> list[Person]:
    """A person for each group; those whose names are printed alike have their numbers behind them."""
    alike = Counter(printed for group in groups for printed in {name for name, _ in group.names})
    persons = []
    for group in groups:
        printed = tuple(dict.fromkeys(name for name, _ in group.names))
        number = next((m for w in group.names if (m := names[w].member)), None)
        shared = any(alike[name] > 1 for name in printed)
        shown = f"{printed[0]} ({number})" if shared and number else printed[0]
        persons.append(Person(shown, printed, number if shared else None))
    return persons


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


def _coded(papers: Sequence[Document]) -> dict[tuple[str, str], Person]:
    """Papers without a name whose claims print two members' numbers or more: a person for each number."""
    found: dict[tuple[str, str], Person] = {}
    for paper in papers:
        numbers = {n: c.member_id for c in paper.claims if (n := plain_number(c.member_id))}
        if len(numbers) > 1 and not any(c.patient for c in paper.claims):
            found |= {(paper.paper, n): Person(printed or n, (printed or n,)) for n, printed in numbers.items()}
    return found


def _may_be_one(bare: Document, named: Document) -> bool:
    """Whether the members' numbers leave open that both papers are one person's; a part of the number may be hidden."""
    one, other = (plain_number(d.member_id) or "" for d in (bare, named))
    return is_one_number(one, other) if one.lstrip("X") and other.lstrip("X") else bare.payer == named.payer
