"""Which field each column of a table holds: by its heading, unless its values or the sums of the rows say otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from explainer.model.amounts import MONEY_FIELDS, ZERO
from explainer.readers import arithmetic
from explainer.readers.atoms import Atom
from explainer.readers.columns import Column
from explainer.readers.fields import codes, money, remarks
from explainer.readers.rows import Cell, Row

_MANY = 400
_YES_OR_NO = frozenset(("yes", "no", "y", "n", "sí", "si"))
_OF_NAMES = frozenset(("patient", "patient_first", "patient_last", "provider", "payer", "status", "network", "plan_words"))


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its values, what wraps below it, the number of its last printed line, and the words above it that are
    the beginning of its description."""

    row: Row
    atoms: tuple[Atom, ...]
    wrapped: tuple[tuple[str, Cell], ...] = ()
    last: int = -1
    lead: tuple[Cell, ...] = ()

    def __post_init__(self) -> None:
        if self.last < 0:
            object.__setattr__(self, "last", self.row.index)

    @property
    def end(self) -> int:
        return max([self.row.end, *(cell.end for _, cell in self.wrapped)])


@dataclass(frozen=True, slots=True)
class Filled:
    """A row's cells by number of column. sure: every amount has its column. lost: what may be an amount has none."""

    line: Line
    cells: Mapping[int, tuple[Cell, ...]]
    loose: tuple[Cell, ...] = ()
    sure: bool = True
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The field of each column. guessed: told by sums. twice: fields printed twice with different amounts, not read."""

    fields: tuple[str | None, ...]
    guessed: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    open: bool = False


def value_at(row: Filled, at: int) -> Decimal | None:
    cells = row.cells.get(at, ())
    if not cells or money.is_dash(cells[0].text):
        return ZERO
    if any(c.reach for c in cells):
        return None
    return money.amount(" ".join(c.text for c in cells))


def told_of(columns: Sequence[Column], rows: Sequence[Filled]) -> Told:
    fields = [_field_seen(column, at, rows) for at, column in enumerate(columns)]
    fields = _services_seen(fields, rows)
    fields, moved = _beside_its_heading(fields, rows)
    fields, twice = _once(fields, columns, rows)
    unknown = [at for at, field in enumerate(fields) if field is None and _holds_money(at, rows) and columns[at].field is None]
    if not unknown:
        return Told(tuple(fields), moved, twice)
    wanted = [at for at, field in enumerate(fields) if field in MONEY_FIELDS or at in unknown]
    told, left = arithmetic.columns_told(
        [[value_at(r, at) for at in wanted] for r in rows[:_MANY]], [fields[at] for at in wanted]
    )
    for number, field in told.items():
        fields[wanted[number]] = field
    return Told(tuple(fields), (*moved, *told.values()), twice, left)


def _services_seen(fields: Sequence[str | None], rows: Sequence[Filled]) -> list[str | None]:
    """Where no column is known to name the services, one without a known heading does whose every cell holds a code."""
    if {"code", "description"} & set(fields):
        return list(fields)
    cells = [[c.text for r in rows for c in r.cells.get(at, ())] for at in range(len(fields))]
    return [
        "description" if field is None and texts and all(codes.search(text) for text in texts) else field
        for field, texts in zip(fields, cells, strict=True)
    ]


def _beside_its_heading(fields: Sequence[str | None], rows: Sequence[Filled]) -> tuple[list[str | None], tuple[str, ...]]:
    """A column of names that holds amounts is none. Where the heading beside it is one of amounts over nothing, a heading was cut
    in two ("Patient" "responsibility"): the amounts are that heading's; such fields are told."""
    out, moved = list(fields), []
    for at, field in enumerate(fields):
        if field not in _OF_NAMES or not _holds_money(at, rows):
            continue
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(out) and out[i] in MONEY_FIELDS and _is_empty(i, rows)]
        name = out[beside[0]] if len(beside) == 1 else None
        out[at] = name
        if name:
            out[beside[0]] = "ignore"
            moved.append(name)
    return out, tuple(moved)


def _is_empty(at: int, rows: Sequence[Filled]) -> bool:
    return not any(r.cells.get(at) for r in rows)


def _holds_money(at: int, rows: Sequence[Filled]) -> bool:
    cells = [c.text for r in rows for c in r.cells.get(at, ())]
    return bool(cells) and sum(1 for c in cells if money.is_dash(c) or money.PRINTED.fullmatch(c)) >= 0.8 * len(cells)


def _field_seen(column: Column, at: int, rows: Sequence[Filled]) -> str | None:
    """The heading's field, unless the values are of another sort: a "Procedure" or "Code" column may hold words only."""
    cells = [c.text for r in rows for c in r.cells.get(at, ())]
    if (
        column.field == "code"
        and cells
        and sum(1 for c in cells if " " in c and not any(x.isdigit() for x in c)) > 0.5 * len(cells)
    ):
        return "description"
    if (
        column.field == "code"
        and cells
        and all(c in codes.KNOWN_MODIFIERS for text in cells for c in text.replace(",", " ").split())
    ):
        return "modifiers"
    keyed = [c for c in cells if not money.is_dash(c)]
    if column.field == "code" and keyed and all(_only_keys(c) for c in keyed):
        return "remarks"
    if column.field == "allowed" and cells and all(c.strip(" .").lower() in _YES_OR_NO for c in cells):
        return "approved"
    return column.field


def _only_keys(text: str) -> bool:
    return codes.search(text) is None and any(c.isdigit() for c in text) and remarks.is_list(text)


def _once(
    fields: list[str | None], columns: Sequence[Column], rows: Sequence[Filled]
) -> tuple[list[str | None], tuple[str, ...]]:
    """A money field printed in two columns is read only where both say the same, or where the heading settles it."""
    twice = []
    for field in dict.fromkeys(f for f, c in zip(fields, columns, strict=True) if f and c.money and fields.count(f) > 1):
        at = [i for i, f in enumerate(fields) if f == field]
        kept = _kept(field, at, fields, columns, rows)
        if kept is None:
            twice.append(field)
        fields = [None if f == field and i != kept else f for i, f in enumerate(fields)]
    return fields, tuple(twice)


def _kept(field: str, at: list[int], fields: list[str | None], columns: Sequence[Column], rows: Sequence[Filled]) -> int | None:
    if all(len({value_at(r, i) for i in at}) == 1 for r in rows):
        return at[0]
    if len({columns[i].heading.strip().lower() for i in at}) < len(at):
        return None
    named = [i for i in at if "respons" in columns[i].heading.lower()]
    if field == "patient_owes" and len(named) == 1:
        return named[0]
    fits = [i for i in at if rows and all(_fits(r, i, field, fields) for r in rows)]
    return fits[0] if len(fits) == 1 else None


def _fits(row: Filled, at: int, field: str, fields: list[str | None]) -> bool:
    amounts = {f: v for i, f in enumerate(fields) if f in MONEY_FIELDS and f != field and (v := value_at(row, i)) is not None}
    value = value_at(row, at)
    with_it = arithmetic.verdicts({**amounts, field: value}) if value is not None else []
    return all(with_it) and len(with_it) > len(arithmetic.verdicts(amounts))
