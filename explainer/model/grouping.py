"""Printed names gathered into persons: by the names, by the numbers beside them, and by the papers that print both."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from explainer.model.document import Claim, Document
from explainer.model.names import Name
from explainer.model.numbers import SURE_NUMBER, Written, is_one_number, member_of, plain_number, written

_Key = TypeVar("_Key")
# The payers by kind and number; "" where none is printed, or where it does not matter.
_Numbers = dict[tuple[str, str], set[str]]


@dataclass(slots=True)
class Group:
    """Printed names taken for one person; `first` is the fullest. papers: the names by the paper that prints them.

    numbers: of the claims, accounts and members that stand beside these names. members: the payers by member's number.
    """

    first: Name
    names: list[Written] = field(default_factory=list)
    papers: dict[str, list[Name]] = field(default_factory=dict)
    numbers: "_Numbers" = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)

    def takes(self, name: Name, seen: "Seen") -> bool:
        """Whether the name is surely this person's."""
        return self.may_be(name, seen) and (self._is_named(name, seen) or self._shares(name, seen))

    def may_be(self, name: Name, seen: "Seen") -> bool:
        """Whether the name can be this person's; one paper that prints both as two people tells that it is not."""
        beside = self._beside(seen)
        return name.is_like(self.first) and not any(name.is_surely_other(other) for other in beside)

    def is_renamed(self, name: Name, seen: "Seen") -> bool:
        """Whether a first name and a number are the same and the family name is not: perhaps the name before a wedding."""
        alike = name.is_whole and name.words[0] == self.first.words[0] and name.is_of_one_age(self.first)
        return (
            alike
            and name.words[-1] != self.first.words[-1]
            and bool(_shared(self.numbers, seen.numbers))
            and not self._beside(seen)
        )

    def _beside(self, seen: "Seen") -> list[Name]:
        return [other for paper in seen.papers for other in self.papers.get(paper, [])]

    def _is_named(self, name: Name, seen: "Seen") -> bool:
        """Each with a member's number of its own, two of one name may be two: J. is John and Jane, Thomas James is not James
        Thomas. A whole name is one person's at two payers, which number their members each in their way; at one payer a son may
        have his father's name."""
        mine, others = self.members.keys(), seen.members.keys()
        apart = bool(mine) and bool(others) and not any(is_one_number(a, b) for a in mine for b in others)
        told = name.is_whole and not name.is_turned(self.first) and not self._has_payer_of(seen)
        return name.is_same(self.first) and (told or not apart)

    def _has_payer_of(self, seen: "Seen") -> bool:
        return bool(set().union(*self.members.values()) & set().union(*seen.members.values()))

    def _shares(self, name: Name, seen: "Seen") -> bool:
        """A claim has one patient. An account is often the whole family's: it tells no J. from Jane; a member's number tells no
        Mary from Mary Ann either."""
        shared = _shared(self.numbers, seen.numbers)
        whole = name.is_whole and self.first.is_whole and name.is_of_one_age(self.first)
        fits = "account" in shared or ("member" in shared and not name.is_surely_other(self.first))
        return "claim" in shared or (whole and fits)

    def add(self, printed: Written, name: Name, seen: "Seen") -> None:
        self.names.append(printed)
        _add(self.numbers, seen.numbers)
        _add(self.members, seen.members)
        for paper in seen.papers:
            self.papers.setdefault(paper, []).append(name)


@dataclass(slots=True)
class Seen:
    """Where a printed name stands: on which papers (in order), and beside which numbers. member: the number as printed first."""

    papers: dict[str, None] = field(default_factory=dict)
    numbers: "_Numbers" = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    member: str | None = None


def seen_on(papers: Sequence[Document]) -> dict[Written, Seen]:
    names: dict[Written, Seen] = {}
    for document in papers:
        for claim in document.claims:
            if claim.patient:
                seen = names.setdefault(written(document, claim), Seen(member=member_of(document, claim)))
                seen.papers[document.paper] = None
                _add(seen.numbers, _numbers(document, claim))
                _add(seen.members, _members(document, claim))
    return names


def _numbers(document: Document, claim: Claim) -> _Numbers:
    """The numbers that tell whose a claim is, long enough not to be another's by chance. Two payers may number claims alike."""
    printed = (
        ("claim", claim.claim_id, document.payer or ""),
        ("account", claim.account_number, ""),
        ("member", member_of(document, claim), ""),
    )
    return {(kind, n): {of.casefold()} for kind, text, of in printed if (n := plain_number(text)) and len(n) >= SURE_NUMBER}


def _members(document: Document, claim: Claim) -> dict[str, set[str]]:
    """The payer by member's number."""
    number = plain_number(member_of(document, claim))
    return {number: {(document.payer or "").casefold()}} if number and len(number) >= SURE_NUMBER else {}


def _add(numbers: dict[_Key, set[str]], more: Mapping[_Key, set[str]]) -> None:
    for key, payers in more.items():
        numbers.setdefault(key, set()).update(payers)


def _shared(one: _Numbers, other: _Numbers) -> set[str]:
    """The kinds of numbers that both have."""
    both = one.keys() & other.keys()
    return {key[0] for key in both if "" in one[key] | other[key] or one[key] & other[key]}


# A name under more numbers than this is many people's, as on a desk's list: nobody could be asked about each two of them.
_CROWD = 12


def grouped(printed_names: Mapping[Written, Seen]) -> tuple[list[Group], list[tuple[Group, Group]]]:
    """The persons, and the pairs of them who may be one."""
    found = _Found()
    names = {printed: Name.of(printed[0]) for printed in printed_names}
    alike = Counter(name for name, _ in printed_names)
    for printed in sorted(printed_names, key=lambda p: (-len(names[p].words), -len(p[0]))):
        found.take(printed, names[printed], printed_names[printed], crowded=alike[printed[0]] > _CROWD)
    return found.groups, found.unsure


@dataclass(slots=True)
class _Found:
    """The groups so far, and by key: only names that share one can be alike, so that a list of thousands is read in time."""

    groups: list[Group] = field(default_factory=list)
    unsure: list[tuple[Group, Group]] = field(default_factory=list)
    by_key: dict[tuple[str, str], dict[int, Group]] = field(default_factory=dict)

    def take(self, printed: Written, name: Name, seen: Seen, *, crowded: bool) -> None:
        """Longer names come first. One that fits two persons is a third."""
        near = {} if crowded else self._near(name, seen)
        found = [g for g in near.values() if g.takes(name, seen)]
        exact = [g for g in found if sorted(g.first.words) == sorted(name.words)]
        mine = exact if len(exact) == 1 else found
        group = mine[0] if len(mine) == 1 else Group(name)
        if len(mine) != 1:
            self.groups.append(group)
            self.unsure += [(g, group) for g in near.values() if g.may_be(name, seen) or g.is_renamed(name, seen)]
        group.add(printed, name, seen)
        for key in () if crowded else (*_known_by(name), *_by_number(name, seen)):
            self.by_key.setdefault(key, {})[id(group)] = group

    def _near(self, name: Name, seen: Seen) -> dict[int, Group]:
        keys = (*_asked_by(name), *_by_number(name, seen)) if len(name.words) > 1 else [(word, "") for word in name.words]
        return {at: group for key in keys for at, group in self.by_key.get(key, {}).items()}


def _known_by(name: Name) -> list[tuple[str, str]]:
    """Each whole word with each other word, and with its first letter ("j*": written out); each word alone; De la Cruz as one."""
    pairs = _pairs(name)
    letters = [(one, f"{other[0]}*") for one, other in pairs if len(other) > 1]
    return [*pairs, *letters, *((word, "") for word in name.words), *_joined(name)]


def _asked_by(name: Name) -> list[tuple[str, str]]:
    """The same from the other side: a letter looks for the words that begin so, a word for its letter."""
    pairs = _pairs(name)
    letters = [(one, other[0] if len(other) > 1 else f"{other}*") for one, other in pairs]
    return [*pairs, *letters, *_joined(name)]


def _pairs(name: Name) -> list[tuple[str, str]]:
    words = tuple(enumerate(name.words))
    return [(one, other) for at, one in words if len(one) > 1 for n, other in words if n != at]


def _joined(name: Name) -> list[tuple[str, str]]:
    return [(name.words[0], f"={''.join(name.words[1:])}")] if len(name.words) > 1 else []


def _by_number(name: Name, seen: Seen) -> list[tuple[str, str]]:
    """The first name with each number: whoever married has a new family name, and the number stays."""
    return [(name.words[0], f"{kind} {number}") for kind, number in seen.numbers] if name.words else []
