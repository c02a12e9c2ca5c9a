"""What one provider did for one person on one day, as Medicare's edits look at it; and which of it was paid for or charged."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from explainer.checks.denials import unpaid
from explainer.checks.marks import DISCIPLINES, denying, marks
from explainer.checks.tables import Whose, whose
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import ZERO
from explainer.model.document import Claim, Document, ServiceLine, plain_key
from explainer.model.people import People

# The reasons and the remark with which a plan says that more units were billed than it counts.
_FEWER_UNITS = frozenset({"151", "222", "N362"})


@dataclass(frozen=True, slots=True)
class Item:
    """A line with a code and a day, on its claim and paper."""

    document: Document
    claim: Claim
    line: ServiceLine

    @property
    def code(self) -> str:
        return (self.line.code or "").upper()

    @property
    def owes(self) -> bool:
        """Whether the paper counts an amount of the line as the patient's."""
        return (self.line.amounts.patient_owes or ZERO) > 0

    def denied(self, knowledge: Knowledge) -> bool:
        """Whether the plan paid nothing for the line."""
        return unpaid(self.line, self.claim, knowledge)

    @property
    def key(self) -> tuple[str, int]:
        """What tells this line from every other one."""
        return self.document.paper, self.line.number

    @property
    def fewer_units(self) -> bool:
        """Whether a printed key says that the plan did not count all units."""
        return any((m.reason or plain_key(m.key)) in _FEWER_UNITS for m in marks(self.line))

    def refused_for(self, knowledge: Knowledge, said: bool) -> bool:
        """Whether the line was not paid for the reason that `said` tells of, or for none that is printed."""
        return self.denied(knowledge) and (said or not denying(self.line, knowledge))

    @property
    def disciplines(self) -> frozenset[str]:
        return DISCIPLINES & frozenset(self.line.modifiers)


@dataclass(frozen=True, slots=True)
class Visit:
    """The lines of one person, provider and day. undone: codes that a reversal on the paper takes back or changes.

    whose: whose table fits the claim. whole: whether it is known to be one provider's; else it is only all of the day.
    """

    day: date
    whose: Whose
    items: tuple[Item, ...]
    undone: frozenset[str]
    whole: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code once, in printed order."""
        return tuple(dict.fromkeys(item.code for item in self.items))

    def of(self, code: str) -> tuple[Item, ...]:
        """The items with that code."""
        return tuple(item for item in self.items if item.code == code)

    @property
    def papers(self) -> frozenset[str]:
        return frozenset(item.document.paper for item in self.items)


def visits(documents: Iterable[Document], people: People, across: bool = False) -> tuple[Visit, ...]:
    """The visits on these papers, by provider. across: lines of two papers are put together only where both name the payer, the
    provider and the claim, since the same service may stand on both."""
    return _grouped(documents, people, across, _provider)


def days(documents: Iterable[Document], people: People) -> tuple[Visit, ...]:
    """Everything of a person's day on these papers, whoever gave it."""
    found = _grouped(documents, people, False, lambda claim: None)
    return tuple(Visit(v.day, v.whose, v.items, v.undone, whole=False) for v in found)


def _grouped(
    documents: Iterable[Document], people: People, across: bool, provider: Callable[[Claim], Hashable]
) -> tuple[Visit, ...]:
    groups: dict[tuple[tuple[Hashable, date], Hashable], list[Item]] = defaultdict(list)
    undone: dict[tuple[Hashable, date], set[str]] = defaultdict(set)
    fitting: dict[int, Whose] = {}
    for document, claim in ((d, c) for d in documents for c in d.claims):
        person = people.of(document, claim)
        who = person.name if person else id(claim) if people.several else None
        fits = fitting[id(claim)] = whose(claim)
        key = (fits, provider(claim), _origin(document, claim) if across else None)
        for day, item in _items(document, claim):
            if _takes_back(item):
                undone[who, day].add(item.code)
            elif claim.status not in ("reversed", "pending"):
                groups[(who, day), key].append(item)
    return tuple(
        Visit(day, fitting[id(items[0].claim)], tuple(items), frozenset(undone[who, day]))
        for ((who, day), _), items in groups.items()
    )


def _items(document: Document, claim: Claim) -> Iterator[tuple[date, Item]]:
    for line in claim.lines:
        if line.code and line.service_date:
            yield line.service_date, Item(document, claim, line)


def _takes_back(item: Item) -> bool:
    line = item.line
    negative = any(v < 0 for v in line.amounts.known().values()) or (line.units is not None and line.units < 0)
    return negative or item.claim.status == "reversed"


def _provider(claim: Claim) -> Hashable:
    """A claim without a provider's name is one of its own."""
    return "".join(c for c in (claim.provider or "").casefold() if c.isalnum()) or id(claim)


def _origin(document: Document, claim: Claim) -> Hashable:
    """Two papers with the same origin report different claims of one payer: a copy of a claim counts only once before."""
    if document.payer and claim.provider and claim.claim_id and document.kind != "remittance":
        return document.kind, document.payer.casefold()
    return document.paper


def owed(items: Iterable[Item]) -> Decimal | None:
    """What the paper counts as the patient's for these lines, or None where that is nothing or not known."""
    known = [a for item in items if (a := item.line.amounts.patient_owes) is not None and a > 0]
    return sum(known, ZERO) if known else None
