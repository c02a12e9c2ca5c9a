"""The money of a record: cells to amounts, the meaning of empty cells, and columns whose heading means two things."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from explainer.model.amounts import MONEY_FIELDS, ZERO, Amounts
from explainer.model.document import Problem
from explainer.model.source import Span
from explainer.readers import arithmetic
from explainer.readers.columns import BESIDE_FIELDS, PAIRS
from explainer.readers.fields import money
from explainer.readers.record import LINE, Record
from explainer.readers.rows import Cell

_SHOWN = 40
_MAY_BE_MINUS = frozenset(("patient_owes",))


@dataclass(frozen=True, slots=True)
class Charges:
    """values: the amounts read. empty, dashed: fields whose cell holds nothing or a dash. other: amounts that are no field
    of a line."""

    values: Mapping[str, Decimal]
    empty: frozenset[str] = frozenset()
    dashed: frozenset[str] = frozenset()
    uncertain: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, Cell] = field(default_factory=dict)

    def amounts(self) -> Amounts:
        """The amounts of a line; anything else falls away."""
        v = self.values
        return Amounts(
            v.get("billed"), v.get("discount"), v.get("allowed"), v.get("not_covered"), v.get("deductible"), v.get("copay"),
            v.get("coinsurance"), v.get("plan_paid"), v.get("other_paid"), v.get("patient_owes"),
        )  # fmt: skip


@dataclass(slots=True)
class _Reading:
    paper: str
    values: dict[str, Decimal] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    dashed: set[str] = field(default_factory=set)
    places: dict[str, Cell] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def nothing(self, name: str, text: str) -> None:
        (self.dashed if text else self.empty).add(name)

    def refuse(self, code: str, name: str, cell: Cell) -> None:
        self.problems.append(
            Problem(code, {"text": cell.text[:_SHOWN], "field": name}, span=Span(self.paper, 1, cell.start, cell.end))
        )


def _read_one(reading: _Reading, name: str, cell: Cell | None, text: str) -> None:
    if cell is None or money.is_dash(text):
        reading.nothing(name, text)
        return
    value = money.amount(text)
    if value and cell.reach:
        return  # it is not known how much of it belongs to this row: over_rows tells it
    if value is not None:
        reading.values[name], reading.places[name] = value, cell
    elif not text.endswith("%") and not money.says_none(text):
        reading.refuse("bad-amount", name, cell)


def _read_pair(reading: _Reading, name: str, cell: Cell | None, text: str) -> None:
    """Two fields of one cell. One amount alone does not say whose it is, unless it is nothing."""
    names = name.split("/")
    if cell is None or money.is_dash(text):
        for part in names:
            reading.nothing(part, text)
        return
    both = money.pair(text) or ((ZERO, ZERO) if money.amount(text) == ZERO else None)
    if cell.reach and both != (ZERO, ZERO):
        return
    if both is None:
        reading.refuse("combined-amount" if money.amount(text) is not None else "bad-amount", name, cell)
        return
    for part, value in zip(names, both, strict=True):
        reading.values.setdefault(part, value)
        reading.places.setdefault(part, cell)


def read_charges(record: Record, paper: str) -> Charges:
    """The amounts of a record as printed."""
    reading = _Reading(paper)
    for name in record.money:
        cell = record.cell(name)
        text = record.text(name).strip()
        if record.blind and cell is None:
            if name in record.uncertain:
                reading.values[name] = ZERO
        elif name in PAIRS:
            _read_pair(reading, name, cell, text)
        elif name in MONEY_FIELDS or name in BESIDE_FIELDS:
            _read_one(reading, name, cell, text)
    return Charges(
        reading.values,
        frozenset(reading.empty),
        frozenset(reading.dashed),
        record.uncertain,
        tuple(reading.problems),
        reading.places,
    )


def as_said(charges: Charges) -> Charges:
    """Positive as a person says them; a reversal, whose billed amount is below nothing, keeps its minus."""
    billed = charges.values.get("billed")
    if billed is not None and billed < 0:
        return charges
    values = {n: v if n in _MAY_BE_MINUS else abs(v) for n, v in charges.values.items()}
    return replace(charges, values=values)


def settled(group: Sequence[tuple[Record, Charges]]) -> list[Charges]:
    """A column like "Amount not payable" holds the discount on some papers. It is that only where the sums of all lines of
    the table say that nobody owes it; it is then named as uncertain."""
    with_it = [c for _, c in group if "not_payable" in c.values or "not_payable" in (*c.empty, *c.dashed)]
    lines = [c for r, c in group if r.kind == LINE and c.values.get("not_payable")]
    is_discount = bool(lines) and all(_nobody_owes(c) for c in lines)
    return [_renamed(c, "discount" if is_discount else "not_covered") if c in with_it else c for _, c in group]


def _nobody_owes(charges: Charges) -> bool:
    v = charges.values
    if "discount" in v or "not_covered" in v or not {"billed", "allowed", "plan_paid", "patient_owes"} <= set(v):
        return False
    close = arithmetic.TOLERANCE
    return (
        abs(v["billed"] - v["allowed"] - v["not_payable"]) <= close
        and abs(v["allowed"] - v["plan_paid"] - v["patient_owes"]) <= close
    )


def _renamed(charges: Charges, name: str) -> Charges:
    def new(names: frozenset[str]) -> frozenset[str]:
        return frozenset(name if n == "not_payable" else n for n in names)

    values = {name if n == "not_payable" else n: v for n, v in charges.values.items()}
    places = {name if n == "not_payable" else n: c for n, c in charges.places.items()}
    uncertain = (*charges.uncertain, *((name,) if name == "discount" and name in values else ()))
    return replace(
        charges, values=values, places=places, empty=new(charges.empty), dashed=new(charges.dashed), uncertain=uncertain
    )
