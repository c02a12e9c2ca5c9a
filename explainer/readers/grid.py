"""Rows under known columns become records: values to columns, twice-printed and unknown columns told or left out."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from explainer.model.amounts import MONEY_FIELDS, ZERO
from explainer.readers import arithmetic
from explainer.readers.atoms import COUNT, MONEY, TALLY, TEXT, Atom
from explainer.readers.columns import Column
from explainer.readers.fields import codes, dates, money, remarks
from explainer.readers.labels import LabelBook
from explainer.readers.over_rows import folded
from explainer.readers.place import FAR, assign, cost, is_placed
from explainer.readers.record import LEDGER, LINE, MAYBE_KEY, OF_YEAR, PAYMENT, TOTAL, Record
from explainer.readers.rows import Cell
from explainer.readers.told import Filled, Line, Told, told_of, value_at
from explainer.readers.whose import of_patient, with_whole_name
from explainer.readers.words import words

_SUMMED_UP = ("patient_owes", "plan_paid", "discount")
_OF_A_SERVICE = frozenset(("code", "description", "service_date", "units", "billed"))
# "Totals for 2026 (1/1 - 3/31/26)": the sum of a year so far is no claim's.
_OF_THE_YEAR = re.compile(
    r"\W*(?:sub)?total(?:s|es)?\b.{0,24}?\b(?:"
    r"(?:for|in|during|de|del|para|en) (?:the year |calendar year |el año |año )?20[0-9]{2}(?![0-9/.-])|"
    r"year[- ]to[- ]date|ytd|this year|so far|acumulad[oa]s?|este año|en lo que va)\b",
    re.I,
)
_AMOUNTS = frozenset((*MONEY_FIELDS, "not_payable", "account_paid", "patient_paid", "credited"))
_PAID = frozenset(("credited", "plan_paid", "other_paid", "discount", "patient_paid", "account_paid", "not_payable",
                   "patient_owes"))  # fmt: skip
# What only a plan decides: a table with such a column is no ledger.
_DECIDED = frozenset(("allowed", "deductible", "copay", "coinsurance"))
_FULL_KEY = re.compile(r"(?:(?:(?:CO|PR|OA|PI)[- ]?[A-Z]?[0-9]{1,3}|MA?[0-9]{1,3}|N[0-9]{1,3})(?:[ ,;]{1,2}|$)){1,4}")


def records_of(book: LabelBook, columns: Sequence[Column], lines: Sequence[Line], ruled: bool, has_places: bool) -> list[Record]:
    """The records of the rows under these columns."""
    columns = of_patient(columns)
    lines = lines if ruled else _strict(lines)
    placed = not ruled and has_places and is_placed([line.atoms for line in lines], columns)
    rows = [_filled(columns, line, ruled, placed) for line in lines]
    if not placed and not ruled and _upside_down(columns, rows):
        rows = [replace(r, cells={}, loose=(), sure=False) for r in rows]
    told = told_of(columns, [r for r in rows if r.sure and not _is_total(book, r, columns)])
    return folded([with_whole_name(_record(book, row, told)) for row in rows])


def _strict(lines: Sequence[Line]) -> list[Line]:
    """Where amounts are printed with cents or a dollar sign, a bare number is none of them."""
    if not any(a.sort == MONEY for line in lines for a in line.atoms):
        return list(lines)
    return [
        replace(line, atoms=tuple(replace(a, sort=TALLY) if a.sort == COUNT and a.cell.text != "0" else a for a in line.atoms))
        for line in lines
    ]


def _upside_down(columns: Sequence[Column], rows: Sequence[Filled]) -> bool:
    """Most rows bill less than another column holds: the headings do not stand in the order of the values."""
    at = [i for i, c in enumerate(columns) if c.field in MONEY_FIELDS]
    billed = next((i for i in at if columns[i].field == "billed"), None)
    sure = [r for r in rows if r.sure]
    if billed is None or not sure:
        return False
    wrong = [r for r in sure if any((value_at(r, i) or ZERO) > (value_at(r, billed) or ZERO) for i in at)]
    return len(wrong) >= 0.5 * len(sure) and all((value_at(r, billed) or ZERO) >= 0 for r in sure)


def _filled(columns: Sequence[Column], line: Line, ruled: bool, placed: bool) -> Filled:
    if ruled and _by_number(columns, line):
        return Filled(line, {i: (c,) for i, c in enumerate(line.row.cells[: len(columns)]) if c.text})
    places = assign(line.atoms, columns, placed)
    cells: dict[int, tuple[Cell, ...]] = {}
    loose = []
    for number, (atom, at) in enumerate(zip(line.atoms, places, strict=True)):
        if at is None:
            loose.append(atom)
        else:
            cells[at] = (*cells.get(at, ()), _with_thousands(columns, line, number, places))
    filled = _checked(columns, line, cells, loose, placed)
    return replace(filled, lost=placed and filled.sure and _lost(columns, cells, loose))


def _with_thousands(columns: Sequence[Column], line: Line, number: int, places: Sequence[int | None]) -> Cell:
    """An amount of three digits with the bare number that stands one space before it and has no column: "1 200.00" may be one
    amount, and neither of its parts is."""
    cell, before = line.atoms[number].cell, line.atoms[number - 1] if number else None
    if before is None or before.sort not in (COUNT, TALLY) or before.cell.end + 1 != cell.start:
        return cell
    at = places[number - 1]
    behind_code = at is not None and columns[at].field == "code" and at in places[: number - 1]
    if at is not None and not (behind_code and not any(c.field in ("units", "minutes") for c in columns)):
        return cell
    whole = Cell(f"{before.cell.text} {cell.text}", before.cell.start, cell.end, before.cell.left, cell.right)
    return whole if money.is_grouped(whole.text) else cell


def _lost(columns: Sequence[Column], cells: Mapping[int, tuple[Cell, ...]], loose: Sequence[Atom]) -> bool:
    """Whether a bare number without a column stands under a heading of amounts that is empty in this row."""
    empty = [c for at, c in enumerate(columns) if c.money and at not in cells]
    bare = [a.cell for a in loose if a.sort == TALLY]
    return any(cell.left < c.right and c.left < cell.right for c in empty for cell in bare)


def _checked(
    columns: Sequence[Column], line: Line, cells: dict[int, tuple[Cell, ...]], loose: list[Atom], placed: bool
) -> Filled:
    """Without places, fewer amounts than columns do not say which is which: then the amounts are loose."""
    amounts = {at for at, column in enumerate(columns) if column.money or column.field is None}
    taken = [at for at in sorted(cells) if at in amounts]
    monies = [a for a in loose if a.sort == MONEY]
    if (placed or len(taken) == len(amounts)) and not monies:
        return Filled(line, cells, tuple(a.cell for a in loose))
    of_money = [c for at in taken for c in cells[at]] + [a.cell for a in monies]
    rest = {at: c for at, c in cells.items() if at not in amounts}
    return Filled(line, rest, tuple(sorted(of_money, key=lambda c: c.start)), False)


def _by_number(columns: Sequence[Column], line: Line) -> bool:
    if len(line.row.cells) != len(columns) and any(c.text for c in line.row.cells[len(columns) :]):
        return False
    by_cell = {id(a.cell): a for a in line.atoms}
    atoms = [(by_cell[id(c)], column) for c, column in zip(line.row.cells, columns, strict=False) if id(c) in by_cell]
    wrong = sum(1 for atom, column in atoms if cost(atom, column) >= FAR)
    return wrong == 0 or len(line.row.cells) == len(columns)


def _is_total(book: LabelBook, row: Filled, columns: Sequence[Column]) -> bool:
    words = [text for a in row.line.atoms if a.sort == TEXT and (text := a.cell.text.rstrip(":").strip())]
    bare = not any(_has_digit(row.cells[at]) and columns[at].field in ("code", "service_date") for at in row.cells)
    if not words:
        return False
    if bare and any(book.is_("total", text) for text in words):
        return True
    return book.is_("total", words[0]) or (bare and words[0].split()[0].lower().rstrip("s:") in ("total", "totale", "subtotal"))


def _has_digit(cells: Sequence[Cell]) -> bool:
    return any(c.isdigit() for cell in cells for c in cell.text)


def _kind(book: LabelBook, row: Filled, cells: Mapping[str, tuple[Cell, ...]], columns: Sequence[Column]) -> str:
    if _is_total(book, row, columns):
        return OF_YEAR if _OF_THE_YEAR.match(row.line.row.whole.text) else TOTAL
    if "amount_due" in (c.field for c in columns) and not _OF_A_SERVICE & set(cells):
        return TOTAL  # the slip to be sent back with the payment
    said = " ".join(c.text for c in cells.get("description", ()))
    if {"code", "revenue_code"} & set(cells) or not said:
        return LINE
    if _only_paid(cells, {c.field for c in columns}) and not _named_by_code(said):
        return LEDGER
    if any(x.isdigit() for x in said):
        return LINE
    if any(book.place_of(row_of, words(said)[:3]) for row_of in ("payment-row", "carried-over")):
        return PAYMENT
    return TOTAL if _names_its_amount(book, said, cells) else LINE


def _only_paid(cells: Mapping[str, tuple[Cell, ...]], columns: Set[str | None]) -> bool:
    """Whether a row of a ledger holds one amount, in a column of payments or credits: whatever its words are, it is no charge."""
    held = {name for name in cells if name in _AMOUNTS and any(money.amount(c.text) for c in cells[name])}
    return "billed" in columns and not columns & _DECIDED and len(held - {"patient_owes"}) == 1 and held <= _PAID


def _named_by_code(said: str) -> bool:
    """Whether words begin with the code of a service; behind "check" such a number is the check's."""
    found = codes.search(said)
    return found is not None and not said[: found.start].strip(" -")


def _names_its_amount(book: LabelBook, said: str, cells: Mapping[str, tuple[Cell, ...]]) -> bool:
    """ "Patient due   40.00" in the column of balances: a row named for the only amount that it holds."""
    monies = [name for name in cells if name in MONEY_FIELDS]
    told = len(monies) == 1 and monies[0] in _SUMMED_UP and "service_date" not in cells
    return told and book.field_of(said) == monies[0]


def _record(book: LabelBook, row: Filled, told: Told) -> Record:
    cells: dict[str, tuple[Cell, ...]] = {}
    for at, found in row.cells.items():
        field = told.fields[at] if at < len(told.fields) else None
        if field and field != "ignore":
            cells[field] = (*cells.get(field, ()), *found)
    for name, cell in row.line.wrapped:
        field = "description" if name == "code" and "code" not in told.fields else name
        cells[field] = (*cells.get(field, ()), cell)
    if row.line.lead:
        cells["description"] = (*row.line.lead, *cells.get("description", ()))
    if "remarks" not in told.fields and row.sure and row.loose:
        keys, behind = tuple(c for c in row.loose if _FULL_KEY.fullmatch(c.text.strip(" ,;"))), _behind(row)
        if keys:
            cells["remarks"] = (*cells.get("remarks", ()), *keys)
        elif len(behind) == 1 and remarks.is_short(behind[0].text):
            cells[MAYBE_KEY] = behind
    if not {"code", "service_date", "description"} & set(told.fields):
        cells |= _unheaded(row)
    names = tuple(dict.fromkeys(f for f in told.fields if f))
    kind = _kind(book, row, cells, _columns_named(told))
    record = Record(
        kind,
        min([row.line.row.whole.start, *(cell.start for cell in row.line.lead)]),
        max(row.line.row.whole.end, row.line.end if row.line.wrapped else 0),
        cells,
        names,
        tuple(told.guessed),
        problems=(*_problems(told), *(("loose",) if row.lost else ())),
    )
    return record if row.sure else _loose(record, row)


def _behind(row: Filled) -> tuple[Cell, ...]:
    """What stands behind the last amount, where no column is headed for it. One mark there may be the key of a note; reason
    codes by their full shape (PR-96, N130) may stand anywhere in the row."""
    last = max((c.end for cells in row.cells.values() for c in cells), default=0)
    return tuple(c for c in row.loose if c.start >= last)


def _unheaded(row: Filled) -> dict[str, tuple[Cell, ...]]:
    """The service of a row whose first columns have no heading: words with a code before all amounts, and a day before them."""
    first = min((c.start for cells in row.cells.values() for c in cells), default=0)
    said = [c for c in row.loose if c.end <= first]
    told = [c for c in said if codes.search(c.text)]
    days = [c for c in said if dates.days(c.text)]
    if len(told) != 1 or len(days) > 1:
        return {}
    return {"description": (told[0],), **({"service_date": (days[0],)} if days else {})}


def _columns_named(told: Told) -> list[Column]:
    return [Column(field, "", 0, 0) for field in told.fields]


def _problems(told: Told) -> tuple[str, ...]:
    return (*(f"twice:{f}" for f in told.twice), *(("open",) if told.open else ()), *(f"guessed:{f}" for f in told.guessed))


def _loose(record: Record, row: Filled) -> Record:
    """Amounts without a place: taken only as far as the line's sums leave one answer."""
    fields = [f for f in record.money if f in MONEY_FIELDS]
    values = [ZERO if money.is_dash(c.text) else money.amount(c.text) for c in row.loose]
    known = [v for v in values if v is not None]
    answer = arithmetic.placed(known, fields) if len(known) == len(values) else {}
    cells = dict(record.cells)
    for field, value in answer.items():
        cell = next((c for c in row.loose if (money.amount(c.text) or ZERO) == value), None)
        cells[field] = (cell,) if cell else ()
    return replace(record, cells=cells, blind=True, uncertain=tuple(answer), problems=(*record.problems, "loose"))
