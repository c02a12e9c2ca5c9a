"""Papers of one claim: the same paper twice (as a PDF and as a photo), or a newer one after the claim was worked on again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from explainer.checks.restated import names_as_replaced, replaced_numbers, restates
from explainer.model.amounts import MONEY_FIELDS, Amounts
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.numbers import SURE_NUMBER, plain_number
from explainer.model.people import People, people_of

Relation = Literal["copy", "newer", "older", "unclear"]
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim on its paper; `number` counts the paper's claims from 1."""

    document: Document
    number: int
    claim: Claim

    @property
    def key(self) -> Key:
        return self.document.paper, self.number

    @property
    def told(self) -> date | None:
        """The day the plan worked on the claim, else the day of the notice."""
        return self.claim.processed or self.document.notice_date


@dataclass(frozen=True, slots=True)
class Twin:
    """The claim `one` speaks of the same as `first`, which was given before: a copy, or a newer or older state of it.

    unclear: the amounts differ and no day tells which is newer.
    """

    one: Placed
    first: Placed
    relation: Relation


@dataclass(frozen=True, slots=True)
class Twins:
    """All pairs. `dropped`: copies, and claims that a newer paper replaces. `unclear`: nobody can say which one holds.

    replaced: by an older state of a claim, the newest one; a claim taken back at last is replaced by what takes it back.
    """

    pairs: tuple[Twin, ...] = ()
    dropped: frozenset[Key] = frozenset()
    unclear: frozenset[Key] = frozenset()
    replaced: Mapping[Key, Placed] = field(default_factory=dict)

    @property
    def copied(self) -> frozenset[Key]:
        """Only the claims that say again what an earlier given paper says."""
        return frozenset(t.one.key for t in self.pairs if t.relation == "copy")

    def are_one(self, claims: Iterable[Claim]) -> bool:
        """Whether these claims of different papers are all the same one."""
        first = {id(t.one.claim): id(t.first.claim) for t in self.pairs}
        return len({first.get(id(claim), id(claim)) for claim in claims}) == 1

    def of(self, paper: str) -> tuple[Twin, ...]:
        """The pairs whose later given claim stands on that paper."""
        return tuple(t for t in self.pairs if t.one.document.paper == paper)


def without(documents: Iterable[Document], keys: frozenset[Key]) -> tuple[Document, ...]:
    """The papers without those claims; a paper that had only such claims is left out."""
    kept = []
    for document in documents:
        left = tuple(c for n, c in enumerate(document.claims, 1) if (document.paper, n) not in keys)
        if left or not document.claims:
            kept.append(document if len(left) == len(document.claims) else replace(document, claims=left))
    return tuple(kept)


def twins_of(documents: tuple[Document, ...], people: People | None = None) -> Twins:
    """Which claims of the papers are the same claim again."""
    if len(documents) < 2:
        return Twins()
    whose = people or people_of(documents)
    groups = [group for group in _groups(documents, whose) if len(group) > 1]
    pairs = tuple(Twin(one, group[0], _relation(one, group[0])) for group in groups for one in group[1:])
    dropped, unclear, replaced = set[Key](), set[Key](), dict[Key, Placed]()
    for group in groups:
        current, doubtful = _current(group)
        dropped |= {p.key for p in group if p.key not in {c.key for c in current}}
        unclear |= {c.key for c in current} if doubtful else set()
        replaced |= {} if doubtful else _replaced(group, current)
    return Twins(pairs, frozenset(dropped), frozenset(unclear), replaced)


def _replaced(group: list[Placed], current: list[Placed]) -> dict[Key, Placed]:
    """What is told before the newest state. Days tell it, so a state without one is not replaced."""
    said = {p.key: current[0] for p in group if current and any(_replaces(other, p) for other in group)}
    last = max((p for p in current or group if p.told), key=lambda p: p.told or date.min, default=None)
    if last is None or last.told is None:
        return said
    return {**{p.key: last for p in group if p.told is not None and p.told < last.told}, **said}


def _groups(documents: tuple[Document, ...], people: People) -> list[list[Placed]]:
    groups: list[list[Placed]] = []
    by_key: dict[object, list[list[Placed]]] = {}
    for document in documents:
        for number, claim in enumerate(document.claims, 1):
            one = Placed(document, number, claim)
            near = {id(g): g for key in _near(one) for g in by_key.get(key, [])}
            mine = next((g for g in near.values() if _belongs(one, g, people)), None)
            if mine is None:
                mine = []
                groups.append(mine)
            mine.append(one)
            for key in _near(one):
                if mine not in (there := by_key.setdefault(key, [])):
                    there.append(mine)
    return groups


def _belongs(one: Placed, group: list[Placed], people: People) -> bool:
    """A claim under a newer number may share it only with a later paper of the group."""
    numbered = (other for other in group[1:] if other.claim.claim_id and one.claim.claim_id)
    return any(_is_same(one, other, people) for other in (group[0], *numbered))


def _near(one: Placed) -> Iterator[object]:
    """What two papers of one claim can have in common: its number, one that the paper says it replaces, else its days."""
    for replaced in replaced_numbers(one.document) if len(one.document.claims) == 1 else ():
        yield replaced, one.document.kind == "bill"
    if (number := plain_number(one.claim.claim_id)) is not None:
        yield number, one.document.kind == "bill"
    yield tuple(sorted(_days(one.claim))), one.document.kind == "bill"


def _days(claim: Claim) -> set[date]:
    return {line.service_date for line in claim.lines if line.service_date}


def _is_same(one: Placed, other: Placed, people: People) -> bool:
    bills = {one.document.kind == "bill", other.document.kind == "bill"}
    if one.document.paper == other.document.paper or len(bills) > 1:
        return False
    persons = {p.name for p in (people.of(one.document, one.claim), people.of(other.document, other.claim)) if p}
    if len(persons) > 1:
        return False
    numbers = [n for n in (plain_number(one.claim.claim_id), plain_number(other.claim.claim_id)) if n is not None]
    if len(set(numbers)) == 2:
        return _is_restated(one, other)
    if len(numbers) == 2 and len(numbers[0]) >= SURE_NUMBER:
        days = _days(one.claim), _days(other.claim)
        return not all(days) or bool(days[0] & days[1])
    return _alike_by_name(one, other) and _says_the_same(one, other)


def _is_restated(one: Placed, other: Placed) -> bool:
    """Whether the one told later is the other in a newer state, under a number of its own."""
    if one.document.kind == "bill":
        return False
    if _replaces(one, other) or _replaces(other, one):
        return True
    if one.told is None or other.told is None or one.told == other.told:
        return False
    newer, older = (one, other) if one.told > other.told else (other, one)
    return restates(newer.document, newer.claim, older.document, older.claim)


def _replaces(one: Placed, other: Placed) -> bool:
    """Whether one paper's own words say that it replaces the other one's claim, and no day says that it is the older one."""
    if one.told is not None and other.told is not None and one.told < other.told:
        return False
    said = names_as_replaced(one.document, one.claim, other.document, other.claim)
    return said and not names_as_replaced(other.document, other.claim, one.document, one.claim)


def _alike_by_name(one: Placed, other: Placed) -> bool:
    """Without a number on both: one payer, one provider, one day of work where they are printed, and lines to compare."""
    names = (
        (one.document.payer, other.document.payer), (one.claim.provider, other.claim.provider),
        (one.told.isoformat() if one.told else None, other.told.isoformat() if other.told else None),
    )  # fmt: skip
    return bool(one.claim.lines) and all(_akin(a, b) for a, b in names)


def _akin(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return True
    return bool(set(one.casefold().split()) & set(other.casefold().split()))


def _says_the_same(one: Placed, other: Placed) -> bool:
    """Whether the lines agree one by one in day, code and every amount that both print, and the totals too."""
    lines = tuple(zip(one.claim.lines, other.claim.lines, strict=False))
    if len(one.claim.lines) != len(other.claim.lines) or not _agree(one.claim.totals, other.claim.totals):
        return False
    due = one.document.amount_due, other.document.amount_due
    return all(_same_line(a, b) for a, b in lines) and (None in due or due[0] == due[1])


def _same_line(one: ServiceLine, other: ServiceLine) -> bool:
    facts = ((one.service_date, other.service_date), (one.code, other.code), (one.units, other.units))
    return all(a is None or b is None or a == b for a, b in facts) and _agree(one.amounts, other.amounts)


def _agree(one: Amounts, other: Amounts) -> bool:
    both = ((one.get(name), other.get(name)) for name in MONEY_FIELDS)
    return all(a is None or b is None or a == b for a, b in both)


def _relation(one: Placed, first: Placed) -> Relation:
    if _replaces(one, first) or _replaces(first, one):
        return "newer" if _replaces(one, first) else "older"
    days = one.told, first.told
    if _says_the_same(one, first) and one.claim.status == first.claim.status and (None in days or days[0] == days[1]):
        return "copy"
    if days[0] is None or days[1] is None or days[0] == days[1]:
        return "unclear"
    return "newer" if days[0] > days[1] else "older"


def _current(group: list[Placed]) -> tuple[list[Placed], bool]:
    """What of one claim's papers holds now, and whether that is in doubt. A claim taken back last holds no longer."""
    states = [p for i, p in enumerate(group) if not any(_relation(p, before) == "copy" for before in group[:i])]
    states = [p for p in states if not any(_replaces(other, p) for other in states)] or states
    if len(states) > 1 and any(p.told is None for p in states):
        return states[:1], True
    if len(states) == 1:
        return [p for p in states if p.claim.status != "reversed"], False
    live = [p for p in states if p.claim.status != "reversed"]
    undone = max((p.told for p in states if p not in live and p.told), default=date.min)
    newest = max((p.told for p in live if p.told), default=date.min)
    if len(states) > 1 and (not live or newest < undone):
        return [], False
    last = [p for p in live or states if p.told == newest] or states
    return last[:1], len(last) > 1


def twice_told(documents: Iterable[Document]) -> bool:
    """Whether two claims of different papers report the same service, so that their amounts must not be added."""
    seen: dict[tuple[date, str, Decimal | None], tuple[str, int]] = {}
    for document in documents:
        for number, claim in enumerate(document.claims):
            for line in claim.lines:
                if line.service_date and line.code:
                    key = (line.service_date, line.code.upper(), line.units)
                    if seen.setdefault(key, (document.paper, number))[0] != document.paper:
                        return True
    return False


def in_time(documents: Iterable[Document]) -> tuple[Document, ...]:
    """The papers by their first day of care (else of the notice), then by kind, then as given."""
    order = ("eob", "msn", "remittance", "bill", "sbc")
    return tuple(sorted(documents, key=lambda d: (first_day(d) or date.max, order.index(d.kind) if d.kind in order else 9)))


def last_care(document: Document) -> date | None:
    """The last day of care that a paper prints."""
    return max((line.service_date for line in document.lines if line.service_date), default=None)


def first_day(document: Document) -> date | None:
    """The first day of care, else of the notice, else of the plan's work."""
    days = [line.service_date for line in document.lines if line.service_date]
    told = [c.processed for c in document.claims if c.processed]
    return min(days, default=None) or document.notice_date or document.due_date or min(told, default=None)
