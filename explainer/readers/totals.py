"""Rows that sum up others, told from the services of their table: they are never counted as one service more."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from explainer.model.amounts import MONEY_FIELDS, ZERO
from explainer.model.document import Problem
from explainer.model.source import Span
from explainer.readers.charges import Charges
from explainer.readers.claims import Draft
from explainer.readers.fields import codes, dates
from explainer.readers.labels import LabelBook
from explainer.readers.record import Record
from explainer.readers.words import words

_OF_ALL = re.compile(
    r"\W{0,6}(?:grand totals?|totals? (?:of|for) all|totals? all|statement totals?|total general|total de todas?)\b", re.I
)
_CODED = re.compile(r"[0-9][0-9A-Z]{2}", re.I)
_MEANT_AS_DAY = re.compile(r"[0-9]{1,2}[/.-][0-9]|[12][0-9]{3}")
_NUMBERED = re.compile(r"[0-9]{2}")
_MAY_BE_LABELLED = ("service_date", "code", "claim_id", "patient", "provider")
_OF_A_SERVICE = ("code", "description", "units", "minutes", "modifiers", "revenue_code", "place_of_service")
_OF_ITS_OWN = 2000  # groups from here on are no tables: labelled blocks, rows without a heading

Row = tuple[Draft, Record]


@dataclass(slots=True)
class _Sums:
    """Rows added up field by field: how many they are, and the claims they are of."""

    amounts: dict[str, Decimal] = field(default_factory=dict)
    count: int = 0
    homes: dict[int, Draft] = field(default_factory=dict)

    def add(self, draft: Draft, values: Mapping[str, Decimal]) -> None:
        self.count += 1
        self.homes[id(draft)] = draft
        for name, value in values.items():
            self.amounts[name] = self.amounts.get(name, ZERO) + value

    def are(self, values: Mapping[str, Decimal]) -> bool:
        """Whether all amounts of a row are these sums."""
        return bool(values and self.count) and all(self.amounts.get(n, ZERO) == v for n, v in values.items())


@dataclass(slots=True)
class Told:
    """The settled amounts of each record by its id, and what could not be read of the rows taken out."""

    book: LabelBook
    charges: dict[int, Charges]
    paper: str
    problems: list[Problem] = field(default_factory=list)

    def values(self, record: Record) -> dict[str, Decimal]:
        """The amounts of a row that are more than nothing."""
        return {n: v for n, v in self.charges[id(record)].values.items() if n in MONEY_FIELDS and v}

    def change(self, record: Record, values: Mapping[str, Decimal]) -> None:
        """Gives a row these amounts instead of its own."""
        self.charges[id(record)] = replace(self.charges[id(record)], values=values)

    def summed(self, rows: Iterable[Row]) -> _Sums:
        """The sums of rows."""
        sums = _Sums()
        for draft, record in rows:
            sums.add(draft, self.values(record))
        return sums


def tell_totals(told: Told, drafts: list[Draft]) -> None:
    """Takes rows out of the claims' lines that name no service, where other rows of their table do. One that adds up to such
    rows is their total; one that does not, and has no words of a service either, is left out and told."""
    out: set[int] = set()
    for lines in _tables(drafts):
        out |= _out_of_table(told, lines) or _hollow(told, lines)
    for draft in drafts:
        draft.lines[:] = [r for r in draft.lines if id(r) not in out] if out else draft.lines
        _leave_out_parts(told, draft)
    drafts[:] = [d for d in drafts if d.filled]


def _tables(drafts: Sequence[Draft]) -> Iterator[list[Row]]:
    found: dict[tuple[int, int], list[Row]] = {}
    for number, draft in enumerate(drafts):
        for record in draft.lines:
            key = record.group, 0 if record.group < _OF_ITS_OWN else number
            found.setdefault(key, []).append((draft, record))
    return iter(found.values())


def _out_of_table(told: Told, lines: Sequence[Row]) -> set[int]:
    """The ids of the rows of a table that are no services."""
    numbers = Counter(r.text("claim_id") for _, r in lines)
    named = {id(r) for _, r in lines if _names_a_service(told.book, r, numbers)} - _day_sums(told, lines)
    table, out = _Table(told, [row for row in lines if id(row[1]) in named]), set[int]()
    for draft, record in lines if named else ():
        is_named, values = id(record) in named, told.values(record)
        says_nothing = not is_named and _says_nothing(told.book, record)
        ways = table.ways(draft) if not is_named else table.before() if _only_dated(record) else ()
        summed = next((way for way in ways if way.are(values)), None)
        if summed is not None and (says_nothing or (summed.count > 1 and len(values) > 1)):
            table.total(draft, record, summed, is_named)
            out.add(id(record))
        elif is_named:
            table.line(draft, values)
        elif says_nothing and (values or not told.charges[id(record)].values):
            span = Span(told.paper, 1, record.start, record.end)
            told.problems.append(Problem("lines-not-understood", {"count": 1}, span=span))
            out.add(id(record))
    return out


def _hollow(told: Told, lines: Sequence[Row]) -> set[int]:
    """The ids of rows of which nothing was read at all; they are told."""
    found = [r for _, r in lines if not any(map(r.text, r.cells)) and not told.charges[id(r)].values]
    for record in found:
        span = Span(told.paper, 1, record.start, record.end)
        told.problems.append(Problem("lines-not-understood", {"count": 1}, span=span))
    return {id(r) for r in found}


def _day_sums(told: Told, lines: Sequence[Row]) -> set[int]:
    """The ids of rows of a day and amounts alone that add up the services above them: of that day where it is only one."""
    found: set[int] = set()
    since, above, service = _Sums(), _Sums(), None
    for draft, record in lines if any(not _is_bare(r) for _, r in lines) else ():
        values, bare = told.values(record), _is_bare(record)
        ways = [way for way in (since, above) if bare and way.are(values) and list(way.homes) == [id(draft)]]
        if any(way.count > 1 or (service and _same_day(service, record)) for way in ways):
            found.add(id(record))
            since, service = _Sums(), None
            continue
        since.add(draft, values)
        above.add(draft, values)
        service = service if bare else record
    return found


def _is_bare(record: Record) -> bool:
    """Whether a row says nothing of a service but its day and amounts."""
    return dates.search(record.text("service_date")) is not None and not any(record.text(name) for name in _OF_A_SERVICE)


def _same_day(one: Record, other: Record) -> bool:
    return dates.days(one.text("service_date")) == dates.days(other.text("service_date"))


class _Table:
    """The sums of a table's services while its rows are gone through."""

    def __init__(self, told: Told, services: Sequence[Row]) -> None:
        self.since, self.above, self.whole = _Sums(), _Sums(), told.summed(services)
        self.claims: dict[int, _Sums] = {}
        for draft, record in services:
            self.claims.setdefault(id(draft), _Sums()).add(draft, told.values(record))

    def line(self, draft: Draft, values: Mapping[str, Decimal]) -> None:
        self.since.add(draft, values)
        self.above.add(draft, values)

    def before(self) -> tuple[_Sums, ...]:
        return self.since, self.above

    def ways(self, draft: Draft) -> tuple[_Sums, ...]:
        """What a total may stand for: the rows since the last total, those of its claim, those above, all of the table."""
        return self.since, self.claims.get(id(draft), _Sums()), self.above, self.whole

    def total(self, draft: Draft, record: Record, summed: _Sums, counted: bool) -> None:
        """A total. It is that of a claim where it sums up all its services. counted: it was taken for one of them."""
        if counted:
            self.claims[id(draft)].count -= 1
        home = next(iter(summed.homes.values()))
        if len(summed.homes) == 1 and summed.count == self.claims[id(home)].count:
            home.totals.append(record)
        self.since = _Sums()


def _names_a_service(book: LabelBook, record: Record, numbers: Mapping[str, int]) -> bool:
    """Whether a row has a code, a day, or a claim's number of its own."""
    if any(_ends_as_total(book, record.text(name)) for name in _MAY_BE_LABELLED):
        return False
    if _CODED.search(record.text("code")) or codes.search(record.text("description")):
        return True
    day = record.text("service_date")
    if dates.search(day) or _MEANT_AS_DAY.search(day) or dates.search(record.text("description")):
        return True
    number = record.text("claim_id")
    return _NUMBERED.search(number) is not None and numbers[number] == 1


def _ends_as_total(book: LabelBook, text: str) -> bool:
    """ "5123-01 Total", as spreadsheets write below the rows of a claim."""
    listed = words(text)
    return bool(listed) and book.is_("total", listed[-1].word)


def _says_nothing(book: LabelBook, record: Record) -> bool:
    """Whether a row has no words of a service: none at all, or those of a count or of a year's sum."""
    said = record.text("description")
    return not said or book.is_("sum-row", said)


def _only_dated(record: Record) -> bool:
    """ "03/01/2026   2 services": a day beside words that are no code, and no words of a service."""
    return bool(record.text("code")) and not _CODED.search(record.text("code")) and not record.text("description")


def _leave_out_parts(told: Told, draft: Draft) -> None:
    """Totals of a part of a claim (a day, a page) are none of the claim's, where another is that of all its lines."""
    if len(draft.totals) < 2:
        return
    every = told.summed((draft, r) for r in draft.lines)
    whole = [every.are(told.values(r)) for r in draft.totals]
    if any(whole):
        pairs = zip(draft.totals, whole, strict=True)
        draft.totals[:] = [r for r, is_whole in pairs if is_whole or not _of_a_part(told, draft, r)]


def _of_a_part(told: Told, draft: Draft, record: Record) -> bool:
    """Whether a total is the sum of some lines that follow each other."""
    wanted = told.values(record)
    at = tuple(ZERO for _ in wanted)
    before = {at}
    for line in draft.lines if len(wanted) > 1 else ():
        values = told.charges[id(line)].values
        at = tuple(a + values.get(n, ZERO) for a, n in zip(at, wanted, strict=True))
        if tuple(a - v for a, v in zip(at, wanted.values(), strict=True)) in before:
            return True
        before.add(at)
    return False


def leave_out_grand_totals(told: Told, drafts: Sequence[Draft], text: str) -> None:
    """The totals of a whole paper stand under its last claim, but are not that claim's: they say so, or are the sums of all."""
    if len(drafts) < 2:
        return
    for draft in drafts:
        draft.totals[:] = [r for r in draft.totals if not _OF_ALL.match(text, r.start)]
    last = drafts[-1]
    every = told.summed((d, r) for d in drafts for r in d.lines)
    of_last = told.summed((last, r) for r in last.lines)
    last.totals[:] = [r for r in last.totals if of_last.are(values := told.values(r)) or not every.are(values)]


def leave_out_dashboard(drafts: Sequence[Draft]) -> None:
    """Medicare's first page prints "Total You May Be Billed" over all claims, above the first of them."""
    if len(drafts) > 1 and drafts[0].lines:
        first = min(line.start for line in drafts[0].lines)
        drafts[0].totals[:] = [r for r in drafts[0].totals if r.start > first or set(r.money) != {"patient_owes"}]
