"""Rows of services without a heading: what each column holds is told by its sort; which amount is which, by sums only."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from explainer.readers.atoms import CODE, COUNT, DATE, KEY, MONEY, TEXT, Atom, atoms_of, fine, money_count
from explainer.readers.columns import MONEY_COLUMNS, SOLE, Column
from explainer.readers.fields import codes
from explainer.readers.grid import records_of
from explainer.readers.labels import LabelBook
from explainer.readers.pairs import pairs_of
from explainer.readers.record import Record
from explainer.readers.rows import Row
from explainer.readers.told import Line

_GROUPED = re.compile(r"(?:CO|PR|OA|PI|CR)[ -]?[0-9]")
_FIELDS = {
    DATE: ("service_date", "service_end"),
    CODE: ("code",),
    TEXT: ("description", "description", "description"),
    COUNT: ("units",),
}


def _sorts(atoms: Sequence[Atom]) -> tuple[str, ...]:
    """The sorts of a row's values up to its last amount; keys behind it do not tell rows apart."""
    last = max((i for i, a in enumerate(atoms) if a.sort == MONEY), default=-1)
    return tuple(a.sort for a in atoms[: last + 1])


def _keyed(texts: Sequence[str]) -> str:
    """Whether keys behind a code are its modifiers or notes; where that is not plain, they are left out."""
    known = [
        all(part in codes.KNOWN_MODIFIERS for part in re.split(r"[\s,;-]+", text.strip())) and not _GROUPED.match(text)
        for text in texts
    ]
    return "modifiers" if all(known) else "ignore" if any(known) else "remarks"


def _a_place(texts: Sequence[str]) -> bool:
    """The same number of two digits on every row is likelier where it was done (11: office) than how often."""
    return len(set(texts)) == 1 and len(texts[0]) >= 2


def _columns(sorts: Sequence[str], lines: Sequence[Line], behind: bool) -> tuple[Column, ...]:
    used: dict[str, int] = {}
    out = []
    monies, counted = sorts.count(MONEY), sorts.count(COUNT)
    for number, sort in enumerate(sorts):
        names, at = _FIELDS.get(sort, ()), used.get(sort, 0)
        used[sort] = at + 1
        field: str | None = names[at] if at < len(names) else "ignore"
        if sort == KEY:
            field = _keyed([line.atoms[number].cell.text for line in lines])
        elif sort == MONEY:
            field = SOLE if monies == 1 else None
        elif sort == COUNT and (counted > 1 or _a_place([line.atoms[number].cell.text for line in lines])):
            field = "ignore"
        out.append(Column(field, sort, 0, 0))
    return (*out, Column("remarks", "", 0, 0)) if behind else tuple(out)


def _atoms(row: Row) -> list[Atom]:
    atoms = atoms_of(row)
    whole = any(a.sort in (CODE, DATE) for a in atoms)
    return atoms if whole or len(atoms) > 4 else fine(row)


def _candidate(book: LabelBook, row: Row, section: bool) -> list[Atom] | None:
    """The values of a row that may be a service: a code or a day, and an amount behind it; in a list of such rows, words and
    an amount."""
    if row.blank or not money_count(row) or len(row.text) > 600:
        return None
    atoms = _atoms(row)
    coded = [a for a in atoms if a.sort == CODE]
    if any(codes.is_other_number(row.text[: a.cell.start - row.start]) for a in coded):
        return None
    told = bool(coded) or (atoms[0].sort == DATE and len(atoms) >= 3)
    listed = section and len(row.cells) == 2 and len(atoms) == 2 and atoms[0].sort == TEXT and atoms[1].sort == MONEY
    if not (told or listed) or atoms[0].sort == MONEY or any(p.field in MONEY_COLUMNS for p in pairs_of(book, row)):
        return None
    first = next((a.cell.text for a in atoms if a.sort == TEXT), "")
    said = sum(len(a.cell.text) for a in atoms if a.sort == TEXT)
    return None if book.is_("total", first.rstrip(":")) or said > 90 else atoms


def read_headless(book: LabelBook, rows: Sequence[Row], used: set[int]) -> list[Record]:
    """The records of rows that stand under no heading; their lines are added to `used`."""
    found: list[tuple[tuple[str, ...], Line]] = []
    section = False
    for row in rows:
        if row.index in used:
            section = False
            continue
        atoms = _candidate(book, row, section)
        if atoms is not None:
            found.append((_sorts(atoms), Line(row, tuple(atoms))))
            section = True
        elif money_count(row):
            section = False
    records: list[Record] = []
    for sorts, members in groupby(found, key=lambda f: f[0]):
        records += _records(book, sorts, [line for _, line in members], used)
    return records


def _records(book: LabelBook, sorts: tuple[str, ...], lines: list[Line], used: set[int]) -> list[Record]:
    behind = any(len(line.atoms) > len(sorts) for line in lines)
    used.update(line.row.index for line in lines)
    made = records_of(book, _columns(sorts, lines, behind), lines, False, False)
    return [replace(r, group=3000 + lines[0].row.index) for r in made]


def sole_told(record: Record, bill: bool) -> Record:
    """On a bill the only amount of a row is its charge. On other papers it stays untold."""
    if SOLE not in record.cells:
        return record
    if not bill:
        return replace(record, problems=(*record.problems, "open"))
    cells = {("billed" if name == SOLE else name): cell for name, cell in record.cells.items()}
    money = tuple("billed" if name == SOLE else name for name in record.money)
    return replace(record, cells=cells, money=money, uncertain=(*record.uncertain, "billed"))
