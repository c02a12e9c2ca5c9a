"""The days of care that papers of a plan report, each claim once and in its newest state."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from explainer.case import Case, standing
from explainer.checks.copies import in_time, without
from explainer.checks.denials import unpaid
from explainer.checks.marks import is_therapy
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import ZERO, summed
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.people import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """A service line with the paper and the claim it stands on."""

    document: Document
    claim: Claim
    line: ServiceLine


@dataclass(frozen=True, slots=True)
class Service:
    """What was done under one code on one day. code: as printed, None where only words are; units: their sum, None if unknown."""

    code: str | None
    words: str
    units: Decimal | None


@dataclass(frozen=True, slots=True)
class CareDay:
    """One day of care of one person: every line of that day. refused: whether the plan paid nothing for some of it."""

    day: date
    entries: tuple[Entry, ...]
    therapy: bool
    refused: bool

    @property
    def services(self) -> tuple[Service, ...]:
        """Each code once, in printed order."""
        groups: dict[str, list[ServiceLine]] = {}
        for line in (e.line for e in self.entries):
            groups.setdefault((line.code or line.description or "").upper(), []).append(line)
        return tuple(_service(lines) for lines in groups.values())

    @property
    def pattern(self) -> tuple[tuple[str, Decimal | None], ...]:
        """The services in an order of their own, so that two days can be compared."""
        return tuple(sorted(((s.code or s.words.upper()), s.units) for s in self.services if s.code or s.words))

    @property
    def providers(self) -> tuple[str, ...]:
        """Who treated, as printed."""
        return tuple(dict.fromkeys(e.claim.provider for e in self.entries if e.claim.provider))

    def amount(self, name: str) -> Decimal | None:
        """The day's amount of that name; None where a line lacks it."""
        return summed(e.line.amounts.get(name) for e in self.entries)

    def charged(self, name: str) -> Decimal:
        """What the day's lines print under that name, those without it left out."""
        return sum((e.line.amounts.get(name) or ZERO for e in self.entries), Decimal("0.00"))


def _service(lines: list[ServiceLine]) -> Service:
    return Service(lines[0].code, (lines[0].description or "").strip(), summed(line.units for line in lines))


def reports_of(case: Case, person: Person | None) -> tuple[Document, ...]:
    """The plan's papers with that person's claims that hold now, in the order of care."""
    kept = in_time(d for d in without(case.documents, case.twins.dropped) if d.by_plan)
    return kept if person is None else tuple(case.people.narrowed(d, person) for d in kept)


def care_days(case: Case, person: Person | None, knowledge: Knowledge) -> tuple[CareDay, ...]:
    """Every day of care, in order. Claims taken back, and lines without a day, are left out."""
    found: dict[date, list[Entry]] = {}
    for entry in _entries(reports_of(case, person)):
        if entry.line.service_date is not None:
            found.setdefault(entry.line.service_date, []).append(entry)
    return tuple(_day(day, tuple(entries), knowledge) for day, entries in sorted(found.items()))


def _entries(documents: Iterable[Document]) -> Iterator[Entry]:
    for document in documents:
        for claim in standing(document.claims):
            if claim.status != "reversed":
                yield from (Entry(document, claim, line) for line in claim.lines)


def _day(day: date, entries: tuple[Entry, ...], knowledge: Knowledge) -> CareDay:
    refused = any(unpaid(e.line, e.claim, knowledge) for e in entries)
    return CareDay(day, entries, any(is_therapy(e.line, knowledge) for e in entries), refused)


def visits_of(days: tuple[CareDay, ...]) -> tuple[CareDay, ...]:
    """The days with therapy on them; all days where none has."""
    return tuple(d for d in days if d.therapy) or days


def usual(visits: tuple[CareDay, ...]) -> tuple[tuple[tuple[str, Decimal | None], ...], int] | None:
    """The services that more than half of the visits had, and how many had them; None where no set of services did."""
    known = Counter(v.pattern for v in visits if v.pattern)
    (pattern, count), *_ = known.most_common(1) or [((), 0)]
    return (pattern, count) if count > 1 and 2 * count > len(visits) else None
