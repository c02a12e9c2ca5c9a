"""Records become service lines and totals: services and charges together, with the place of each value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from explainer.model.amounts import MONEY_FIELDS, ZERO
from explainer.model.codes import code_system
from explainer.model.document import Adjustment, Problem, ServiceLine
from explainer.model.source import Span
from explainer.readers.charges import Charges, as_said, read_charges, settled
from explainer.readers.fields import dates
from explainer.readers.fields.dates import Days
from explainer.readers.naught import filled
from explainer.readers.over_rows import divided
from explainer.readers.record import Record
from explainer.readers.rows import AGAIN, Cell
from explainer.readers.service import Service, read_service

_PROBLEMS = {"twice": "duplicate-columns", "guessed": "column-guessed"}


def charges_of(records: Sequence[Record], paper: str) -> dict[int, Charges]:
    """The settled amounts of each record, by its id; columns are settled table by table."""
    out: dict[int, Charges] = {}
    groups: dict[int, list[Record]] = {}
    for record in records:
        groups.setdefault(record.group, []).append(record)
    for members in groups.values():
        read = divided(members, [as_said(read_charges(r, paper)) for r in members], paper)
        table = list(zip(members, settled(list(zip(members, read, strict=True))), strict=True))
        out |= {id(record): charges for record, charges in zip(members, filled(table), strict=True)}
    return out


@dataclass(slots=True)
class LineMaker:
    """Makes lines one after the other: a row that leaves out its day has that of the row above in the same table."""

    paper: str
    number: int = 0
    group: int = -1
    above: Days | None = None

    def make(self, record: Record, charges: Charges, context: Days | None) -> tuple[ServiceLine, list[Problem]]:
        """The service line of a record, and what could not be read of it."""
        self.number += 1
        service = read_service(record)
        first, last, doubtful = self._day(record, service, context)
        source = self._span(record.start, record.end)
        line = ServiceLine(
            self.number, source, first, last, service.code, code_system(service.code) if service.code else None,
            service.modifiers,
            service.description, service.units, service.minutes, service.revenue_code, service.place, charges.amounts(),
            tuple(Adjustment(k.group, k.reason, k.amount, None, self._key_span(record, k.start, k.end))
            for k in service.keys if k.group and k.reason),
            tuple(k.key for k in service.keys), False if service.denied and service.approved is None else service.approved,
            self._uncertain(charges, service, doubtful, record), self._places(charges, service),
        )  # fmt: skip
        return line, self._problems(record, charges, service)

    def _span(self, start: int, end: int) -> Span:
        return Span(self.paper, 1, start, end)

    def _key_span(self, record: Record, start: int, end: int) -> Span | None:
        cell = record.cell("remarks")
        return self._span(cell.start + start, cell.start + end) if cell and end <= len(cell.text) and end > 0 else None

    def _day(self, record: Record, service: Service, context: Days | None) -> tuple[date | None, date | None, bool]:
        same_table = record.group == self.group
        above = self.above if same_table else None
        self.group = record.group
        if service.first:
            self.above = Days(service.first, service.last)
            return service.first, service.last, False
        if any(name == "service_date" for name, _ in service.bad):
            return None, None, False
        if above and "service_date" in record.extra.get("columns", "service_date"):
            self.above = above
            return above.first, above.last, True
        self.above = None
        return (context.first, context.last, False) if context else (None, None, False)

    def _uncertain(self, charges: Charges, service: Service, doubtful_day: bool, record: Record) -> tuple[str, ...]:
        names = [n for n in charges.uncertain if n in charges.values and n in MONEY_FIELDS]
        told = [*record.extra.get("told", "").split(), *_after_payments(charges)]
        return tuple(dict.fromkeys((*names, *service.uncertain, *told, *(("service_date",) if doubtful_day else ()))))

    def _places(self, charges: Charges, service: Service) -> Mapping[str, Span]:
        cells: dict[str, Cell] = {**service.places, **{n: c for n, c in charges.places.items() if n in MONEY_FIELDS}}
        return {name: self._span(cell.start, cell.end) for name, cell in cells.items()}

    def _problems(self, record: Record, charges: Charges, service: Service) -> list[Problem]:
        found = [replace(p, line=self.number) for p in charges.problems]
        for name, cell in service.bad:
            if cell.reach == AGAIN:
                continue  # told with the row that it stands in
            code = dates.problem_of(cell.text) if name == "service_date" else "value-over-rows" if cell.reach else "bad-count"
            found.append(
                Problem(code, {"text": cell.text[:40], "field": name}, line=self.number, span=self._span(cell.start, cell.end))
            )
        if "loose" in record.problems:
            found.append(Problem("amounts-unplaced", line=self.number, span=self._span(record.start, record.end)))
        return found


def _after_payments(charges: Charges) -> list[str]:
    """The amount of a line that is what is left after an earlier payment that the line names: only with it do the parts make up
    the price."""
    v = charges.values
    parts = [v.get("plan_paid"), v.get("patient_owes")]
    price = v["allowed"] if "allowed" in v else v["billed"] - v["discount"] if {"billed", "discount"} <= set(v) else None
    if price is None or None in parts:
        return []
    paid = sum((p for p in parts if p is not None), v.get("other_paid", ZERO))
    left = {"patient_paid": "patient_owes", "paid_before": "plan_paid"}
    return [name for before, name in left.items() if v.get(before) and paid + v[before] == price]


def table_problems(records: Sequence[Record]) -> list[Problem]:
    """What is wrong with whole tables, said once each."""
    said: dict[tuple[str, str], Problem] = {}
    for mark in (mark for r in records for mark in r.problems):
        code, _, name = mark.partition(":")
        if code in _PROBLEMS:
            said.setdefault((code, name), Problem(_PROBLEMS[code], {"field": name}))
        elif code == "open":
            said.setdefault((code, ""), Problem("ambiguous-columns"))
    return list(said.values())
