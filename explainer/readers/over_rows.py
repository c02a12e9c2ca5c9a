"""Cells that reach over several rows. A day or a name holds for each; an amount is divided only as the rows' sums prove."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from explainer.model.amounts import MONEY_FIELDS
from explainer.model.document import Problem
from explainer.model.source import Span
from explainer.readers import arithmetic
from explainer.readers.charges import Charges
from explainer.readers.columns import MONEY_COLUMNS
from explainer.readers.fields import money
from explainer.readers.record import LINE, TOTAL, Record
from explainer.readers.rows import AGAIN, FIRST, Cell

_OF_A_SERVICE = frozenset((*MONEY_FIELDS, "code", "service_date", "description", "units", "revenue_code"))
_SHOWN = 40


def folded(records: Sequence[Record]) -> list[Record]:
    """A row that has no amount, code or words of its own is more of the service above, as with notes of several rows."""
    if not any(c.reach for r in records for cells in r.cells.values() for c in cells):
        return list(records)
    out: list[Record] = []
    for record in records:
        if out and _is_more(record):
            out[-1] = _with(out[-1], record)
        else:
            out.append(record)
    return [_alone(out[at], out[at + 1 : at + 2]) for at in range(len(out))]


def _own(record: Record) -> dict[str, tuple[Cell, ...]]:
    return {name: own for name, cells in record.cells.items() if (own := tuple(c for c in cells if c.reach != AGAIN))}


def _is_more(record: Record) -> bool:
    own = _own(record)
    return record.kind == LINE and len(own) < len(record.cells) and not _OF_A_SERVICE & set(own)


def _with(record: Record, more: Record) -> Record:
    cells = {**record.cells, **{name: (*record.cells.get(name, ()), *found) for name, found in _own(more).items()}}
    return replace(record, cells=cells, end=max(record.end, more.end))


def _alone(record: Record, after: Sequence[Record]) -> Record:
    """The record, whose cells reach no further down than to rows that are other services."""
    below = {c.start for r in after for cells in r.cells.values() for c in cells if c.reach == AGAIN}
    cells = {
        name: tuple(replace(c, reach="") if c.reach == FIRST and c.start not in below else c for c in found)
        for name, found in record.cells.items()
    }
    return replace(record, cells=cells)


def _runs(records: Sequence[Record]) -> Iterator[tuple[str, Cell, list[int]]]:
    """Each cell that reaches over several records: its field, and their numbers."""
    for at, record in enumerate(records):
        for name in (n for n in record.money if n in MONEY_COLUMNS):
            cell = record.cell(name)
            if cell is None or cell.reach != FIRST:
                continue
            run = [at]
            while run[-1] + 1 < len(records) and _from(records[run[-1] + 1], name, cell):
                run.append(run[-1] + 1)
            yield name, cell, run


def _from(record: Record, name: str, source: Cell) -> bool:
    cell = record.cell(name)
    return cell is not None and cell.reach == AGAIN and cell.start == source.start


def divided(records: Sequence[Record], read: Sequence[Charges], paper: str) -> list[Charges]:
    """The charges of one table's records. An amount that stands for several of them is left out of all and told, unless the
    sums of each say what it must have of it and these parts make up the amount; they are then named as uncertain."""
    out = list(read)
    for name, cell, run in _runs(records):
        whole = money.amount(cell.text)
        if whole == 0:
            continue
        parts = [arithmetic.missing(out[at].values, name) for at in run] if name in MONEY_FIELDS and whole is not None else []
        known = [part for part in parts if part is not None]
        if whole is not None and len(known) == len(run) and sum(known) == abs(whole):
            for at, part in zip(run, known, strict=True):
                out[at] = _told(out[at], name, part, cell)
        else:
            span = Span(paper, 1, cell.start, cell.end)
            problem = Problem("value-over-rows", {"text": cell.text[:_SHOWN], "field": name}, span=span)
            out[run[0]] = replace(out[run[0]], problems=(*out[run[0]].problems, problem))
    return out


def _told(charges: Charges, name: str, part: Decimal, cell: Cell) -> Charges:
    values = {**charges.values, name: part}
    return replace(charges, values=values, uncertain=(*charges.uncertain, name), places={**charges.places, name: cell})


def of_all(lines: Sequence[Record]) -> Record | None:
    """A total of what stands once for all services of a claim, however it divides; None where nothing does."""
    if len(lines) < 2:
        return None
    cells: dict[str, tuple[Cell, ...]] = {}
    for name, cell, run in _runs(lines):
        if name in MONEY_FIELDS and len(run) == len(lines):
            cells[name] = (replace(cell, reach=""),)
    spans: Mapping[str, Cell] = {name: found[0] for name, found in cells.items()}
    if not spans:
        return None
    return Record(TOTAL, min(c.start for c in spans.values()), max(c.end for c in spans.values()), cells, tuple(cells))
