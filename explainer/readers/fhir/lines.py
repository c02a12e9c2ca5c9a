"""Items of a FHIR claim as service lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from explainer.model.document import Note, Problem, ServiceLine
from explainer.model.source import Span
from explainer.readers.fhir.book import Books
from explainer.readers.fhir.reasons import Reasons, fill
from explainer.readers.fhir.service import Service, service_of
from explainer.readers.fhir.tally import Tally
from explainer.readers.fhir.tree import Said, View

# The row of a hospital's claim that holds its total, which is no service.
TOTAL_ROW = "0001"


@dataclass(slots=True)
class Line:
    """A line as it was read, with all that belongs to it but to no field: notes, problems, network, what the patient paid."""

    line: ServiceLine
    tally: Tally
    reasons: Reasons
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def items_of(claim: View) -> Iterator[tuple[View, View]]:
    """What was billed, then what the payer added, each with the item whose days it shares.

    Where an item carries no money of its own but its parts do, the parts are the lines; else the item's money is all of it.
    """
    for item in (*claim.many("item"), *claim.many("addItem")):
        for part in _parts(item):
            yield part, item


def _parts(item: View) -> Iterator[View]:
    for name in ("detail", "subDetail"):
        parts = [part for part in item.many(name) if _paid_for(part)]
        if parts and not item.many("adjudication"):
            for part in parts:
                yield from _parts(part)
            return
    yield item


def _paid_for(part: View) -> bool:
    return any(_paid_for(below) for below in part.many("subDetail")) or any(a.one("amount") for a in part.many("adjudication"))


def line_of(item: View, owner: View, number: int, books: Books, prefix: str) -> Line:
    """The service line of an item."""
    tally, reasons, service = Tally(books), Reasons(), service_of(item, books.codes)
    entries = item.many("adjudication")
    for entry in entries:
        tally.add(entry)
    tally.put("billed", tally.money(item.one("net")), 9, uncertain=True)
    reasons.gather(entries, tally)
    tally.settle()
    fill(tally, reasons.adjustments)
    first, last, days = _days(owner)
    remarks = dict.fromkeys((*reasons.remarks, *(f"{prefix}{n}" for n in item.numbers("noteNumber"))))
    line = ServiceLine(
        number, item.span, first, last, service.code, service.system, service.modifiers, service.description,
        service.units, service.minutes, service.revenue, service.place, tally.amounts(), tuple(reasons.adjustments),
        tuple(remarks), uncertain=_unsure(tally, service), places={**service.places, **days, **tally.places()},
    )  # fmt: skip
    return Line(line, tally, reasons, [*tally.notes, *reasons.notes], _problems(tally, number))


def _unsure(tally: Tally, service: Service) -> tuple[str, ...]:
    return tuple(sorted({name for name in tally.uncertain if name in tally.values} | service.uncertain))


def _days(item: View) -> tuple[date | None, date | None, Mapping[str, Span]]:
    """The first and, where it is another, the last day of the service."""
    period = item.one("servicedPeriod")
    first = item.day("servicedDate") or period.day("start")
    last = period.day("end")
    known: dict[str, Said[date]] = {n: d for n, d in (("service_date", first), ("service_end", last)) if d}
    end = last.value if last and (first is None or last.value != first.value) else None
    return first.value if first else None, end, {name: said.span for name, said in known.items()}


def _problems(tally: Tally, number: int) -> list[Problem]:
    found = [Problem(p.code, p.values, line=number, span=p.span) for p in tally.problems]
    found += [Problem("fhir-unknown-category", {"text": words[:60]}, line=number, span=s) for words, s in tally.unknown.items()]
    return found + [Problem("other-currency", {"currency": c}, line=number, span=s) for c, s in tally.foreign.items()]


def without_total_row(lines: list[Line]) -> tuple[list[Line], Line | None]:
    """The lines without the row that holds a hospital's total, and that row. A claim of that row alone keeps it."""
    totals = [made for made in lines if made.line.revenue_code == TOTAL_ROW]
    if not totals or len(totals) == len(lines):
        return lines, None
    return [made for made in lines if made.line.revenue_code != TOTAL_ROW], totals[0]
