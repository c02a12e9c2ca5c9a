"""The yearly counts that papers print (deductible, out-of-pocket, visits), as they run from notice to notice."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from explainer.case import Case
from explainer.checks.copies import first_day
from explainer.checks.deadlines import notice_day
from explainer.checks.therapies import of_count
from explainer.episode.days import reports_of
from explainer.model.document import Accumulator, Document
from explainer.model.people import Person
from explainer.model.source import Span

Course = Literal["once", "runs", "same", "starts-over", "goes-back"]
_KINDS = ("deductible", "out-of-pocket", "visits")


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes two printed counts one: the same plan, the same kind of count, and for visits the same kinds of therapy."""

    kind: str
    scope: str | None
    network: str | None
    applies_to: str | None
    period: str | None
    therapies: frozenset[str]
    payer: str
    plan: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one paper prints of a count. day: of the notice, else of the care on it. limit None: not printed."""

    day: date
    used: Decimal
    limit: Decimal | None
    span: Span


@dataclass(frozen=True, slots=True)
class Count:
    """One count over the papers, in the order of the notices. scope, network: as in `Accumulator`.

    therapies: of a count of visits, the kinds of therapy that share it (`checks.therapies`); none where no paper says which.
    papers: every paper of the count's plan, with the count on it or without.
    """

    kind: str
    scope: str | None
    network: str | None
    readings: tuple[Reading, ...]
    therapies: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()

    @property
    def _falls(self) -> list[tuple[Reading, Reading]]:
        """The readings before and after each time that the count fell."""
        return [(a, b) for a, b in pairwise(self.readings) if b.used < a.used]

    @property
    def before_new_year(self) -> Reading | None:
        """The last reading before the count fell; None where it never did."""
        return self._falls[-1][0] if self._falls else None

    @property
    def course(self) -> Course:
        """How it went. starts-over: it fell with a new year; goes-back: it fell within one, which only the plan can explain."""
        if len(self.readings) == 1:
            return "once"
        if any(a.day.year == b.day.year for a, b in self._falls):
            return "goes-back"
        if self._falls:
            return "starts-over"
        return "same" if self.readings[0].used == self.readings[-1].used else "runs"


def counts_of(case: Case, person: Person | None) -> tuple[Count, ...]:
    """Every count whose used part is printed; papers without a day of any kind are left out.

    A paper of several people says of none of its counts whose it is, so it gives none.
    """
    found: dict[_Key, dict[date, Reading]] = {}
    reports = reports_of(case, person)
    members = {_member(document) for document in reports}
    for document in reports:
        if len(case.people.named_on(document)) > 1:
            continue
        day = told_day(document)
        for count in document.accumulators:
            if day is not None and count.used is not None and count.kind in _KINDS:
                # A paper of January may still tell how the year before ended.
                until = min(day, count.period_end or day)
                key = _key(document, count, members)
                found.setdefault(key, {})[until] = Reading(until, count.used, count.limit, count.span)
    plans = [(document.paper, _plan(document, members)) for document in reports]
    return tuple(_count(key, readings, plans) for key, readings in found.items())


def told_day(document: Document) -> date | None:
    """The day that a paper's counts are of: that of the notice, else of the care on it."""
    return notice_day(document) or first_day(document)


def _key(document: Document, count: Accumulator, members: set[str]) -> _Key:
    therapies = of_count(count)
    applies = None if therapies else count.applies_to
    return _Key(count.kind, count.scope, count.network, applies, count.period, therapies, *_plan(document, members))


def _plan(document: Document, members: set[str]) -> tuple[str, str]:
    """Payer and member number. With one member number at most on the papers, a paper without it is of the same plan."""
    return (document.payer or document.kind).casefold(), _member(document) if len(members - {""}) > 1 else ""


def _member(document: Document) -> str:
    return "".join(c for c in (document.member_id or "").casefold() if c.isalnum())


def _count(key: _Key, readings: dict[date, Reading], plans: list[tuple[str, tuple[str, str]]]) -> Count:
    papers = frozenset(paper for paper, plan in plans if plan == (key.payer, key.plan))
    return Count(key.kind, key.scope, key.network, tuple(r for _, r in sorted(readings.items())), key.therapies, papers)
