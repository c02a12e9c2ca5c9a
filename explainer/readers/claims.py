"""Facts and records in printed order become claims: which lines, totals and names belong together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from explainer.readers.blocks import Fact
from explainer.readers.fields import dates
from explainer.readers.order import facts_first
from explainer.readers.record import LINE, TOTAL, Record
from explainer.readers.rows import Cell

OF_CLAIM = frozenset(("claim_id", "provider", "patient", "processed", "network", "status", "service_date", "section_date"))
_TELL_APART = ("claim_id", "provider", "patient")
_OF_A_PERSON = ("patient", "member_id", "person_code")
_DAYS = frozenset(("service_date", "section_date"))
_COLUMNS = ("claim_id", "provider", "processed", "network", *_OF_A_PERSON)


@dataclass(slots=True)
class Draft:
    """A claim while it is gathered. days: by a line's id, the day that was last printed above it. closed: its total names it,
    so that a further line is another's. state: what its rows are marked as (reversed, pending), where the claim's other rows are
    not. two_amounts: what may be owed, with and without a row that may be undone."""

    facts: dict[str, Cell] = field(default_factory=dict)
    lines: list[Record] = field(default_factory=list)
    totals: list[Record] = field(default_factory=list)
    days: dict[int, Cell] = field(default_factory=dict)
    closed: bool = False
    state: str | None = None
    two_amounts: tuple[Decimal, Decimal] | None = None

    @property
    def filled(self) -> bool:
        return bool(self.lines or self.totals)


def same(one: Cell | None, two: Cell | None) -> bool:
    """Whether two printed values are the same but for case and spaces."""
    return one is not None and two is not None and one.text.split() == two.text.split()


def _without_day(cell: Cell) -> Cell:
    """A provider's cell that holds the day of the service too."""
    match = dates.search(cell.text)
    return cell.part(0, match.start()) if match and match.start() > 2 else cell


@dataclass(slots=True)
class Gathering:
    """The claims so far, and the facts that stand after the last line: they may open the next claim.

    sure, bare: since the last line, the day labelled as the service's and the day that stands behind "Date" alone."""

    claims: list[Draft] = field(default_factory=lambda: [Draft()])
    ahead: dict[str, Cell] = field(default_factory=dict)
    rest: list[Record] = field(default_factory=list)
    day: Cell | None = None
    sure: Cell | None = None
    bare: Cell | None = None

    @property
    def now(self) -> Draft:
        return self.claims[-1]

    def fact(self, fact: Fact) -> None:
        """A claim's fact: of the claim at hand, or ahead of the next."""
        if fact.field in _DAYS:
            if self._vaguer(fact):
                return
            self._new_day(fact)
        if fact.field == "claim_id" and not self.now.filled and not same(fact.value, self.now.facts.get("claim_id", fact.value)):
            # Nothing was read of the claim before: what was said of it must not stick to the next one.
            self.now.facts = {name: cell for name, cell in self.now.facts.items() if name == "patient"}
            self.day = self.sure = self.bare = None
        if self.now.filled:
            self.ahead.setdefault(fact.field, fact.value)
            if fact.field == "section_date":
                self.ahead[fact.field] = fact.value
        elif fact.field == "section_date":
            self.now.facts[fact.field] = fact.value
        else:
            self.now.facts.setdefault(fact.field, fact.value)

    def _vaguer(self, fact: Fact) -> bool:
        """Whether a day without a label of its own follows the labelled day of the service, before any line of it; days within a
        labelled range tell which of them a line has."""
        known = self.sure if fact.bare or fact.field == "section_date" else None
        span, day = (dates.days(known.text), dates.days(fact.value.text)) if known else (None, None)
        return span is not None and day is not None and not span.first <= day.first <= (span.last or span.first)

    def _new_day(self, fact: Fact) -> None:
        self.day = fact.value
        if fact.field != "service_date":
            return
        self.sure, self.bare, former = (self.sure, fact.value, None) if fact.bare else (fact.value, None, self.bare)
        facts = self.ahead if self.now.filled else self.now.facts
        if former is not None and facts.get("service_date") is former:
            del facts["service_date"]

    def record(self, record: Record) -> None:
        """A line or total: of the claim at hand unless what stands ahead tells of another."""
        self._by_column(record)
        if self.now.filled and (self._another() or (self.now.closed and record.kind == LINE)):
            self.day = self.day if _DAYS & set(self.ahead) else None
            self.claims.append(Draft(self.ahead))
        else:
            for name, cell in self.ahead.items():
                if name == "section_date":
                    self.now.facts[name] = cell
                self.now.facts.setdefault(name, cell)
        self.ahead, self.sure, self.bare = {}, None, None
        if record.kind == LINE:
            self.now.lines.append(record)
            if self.day is not None:
                self.now.days[id(record)] = self.day
        elif record.kind == TOTAL:
            self.now.totals.append(record)
            self._closed_by(record.cell("claim_id"))
        else:
            self.rest.append(record)

    def _closed_by(self, number: Cell | None) -> None:
        if number is not None:
            self.now.facts.setdefault("claim_id", number)
            self.now.closed = bool(self.now.lines)

    def _by_column(self, record: Record) -> None:
        for name in _COLUMNS:
            cell = record.cell(name)
            if cell is not None and record.kind == LINE:
                self.ahead[name] = _without_day(cell) if name == "provider" else cell

    def _another(self) -> bool:
        new = self.ahead.get("claim_id")
        if new is not None and "claim_id" in self.now.facts:
            return not same(new, self.now.facts["claim_id"]) or any(self._differs(name) for name in _OF_A_PERSON)
        if new is not None:
            return bool(self.now.lines) or any(self._differs(name) for name in _TELL_APART)
        return any(self._differs(name) for name in ("provider", *_OF_A_PERSON)) and bool(self.now.lines)

    def _differs(self, name: str) -> bool:
        return name in self.ahead and name in self.now.facts and not same(self.ahead[name], self.now.facts[name])


def several_members(events: Iterable[Fact | Record]) -> bool:
    """Whether labels name several patients and several members' numbers: then none of these is the whole paper's."""
    said = [(e.field, " ".join(e.value.text.split()).casefold()) for e in events if isinstance(e, Fact)]
    return all(len({text for name, text in said if name == wanted}) > 1 for wanted in ("patient", "member_id"))


def gather(events: Iterable[Fact | Record]) -> list[Draft]:
    """The claims that hold a line or a total. Facts at the end complete the last claim."""
    gathering = Gathering()
    every = facts_first(tuple(events))
    of_claim = OF_CLAIM | ({"member_id"} if several_members(every) else frozenset())
    for event in every:
        if isinstance(event, Record):
            gathering.record(event)
        elif event.field in of_claim:
            gathering.fact(event)
    for name, cell in gathering.ahead.items():
        gathering.now.facts.setdefault(name, cell)
    claims = [c for c in gathering.claims if c.filled]
    return _completed(_joined(claims))


def _joined(claims: list[Draft]) -> list[Draft]:
    """Claims of the same number are one, also where their rows stand apart; not those of two people."""
    out: list[Draft] = []
    by_id: dict[str, list[Draft]] = {}
    for claim in claims:
        number = " ".join(claim.facts["claim_id"].text.split()) if "claim_id" in claim.facts else ""
        twin = next((c for c in by_id.get(number, ()) if _of_one(claim, c)), None) if number else None
        if twin is None:
            out.append(claim)
            by_id.setdefault(number, []).append(claim)
        else:
            twin.lines += claim.lines
            twin.totals += claim.totals
            twin.days |= claim.days
            twin.facts = {**claim.facts, **twin.facts}
    return out


def _of_one(claim: Draft, other: Draft) -> bool:
    """Whether nothing printed says that two claims are of two people."""
    both = [name for name in _OF_A_PERSON if name in claim.facts and name in other.facts]
    return all(same(claim.facts[name], other.facts[name]) for name in both)


def _completed(claims: list[Draft]) -> list[Draft]:
    """The one patient, provider or day that a paper names holds for all of its claims."""
    for name in ("patient", "provider", "processed", "network"):
        named: Mapping[str, Cell] = {c.facts[name].text: c.facts[name] for c in claims if name in c.facts}
        if len(named) == 1:
            for claim in claims:
                claim.facts.setdefault(name, next(iter(named.values())))
    return claims
