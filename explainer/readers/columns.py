"""The columns of a table from its heading: one printed line or several, with cells by place or one space apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from explainer.model.amounts import MONEY_FIELDS
from explainer.readers.labels import Hit, LabelBook, without_rates
from explainer.readers.rows import Cell, Row
from explainer.readers.words import words

PAIRS = (
    "copay/deductible", "deductible/copay", "deductible/coinsurance", "coinsurance/deductible", "copay/coinsurance",
    "coinsurance/copay",
)  # fmt: skip
SOLE = "sole_amount"
# Amounts of a column that are no field of a service.
BESIDE_FIELDS = ("not_payable", "account_paid", "patient_paid", "paid_before", "owes_after", "amount_due")
MONEY_COLUMNS = frozenset((*MONEY_FIELDS, *BESIDE_FIELDS, "credited", SOLE, *PAIRS))
TEXT_COLUMNS = frozenset(
    ("description", "provider", "patient", "payer", "status", "plan_words", "network", "ignore_name", "patient_first",
     "patient_middle", "patient_last")
)  # fmt: skip
_TELLING = frozenset(("service_date", "code", "description", "units"))
HEADING_LINES = 4
_MONEY_COUNTS = 0.1  # "Health plan" above "paid" is an amount, not a name: of two readings the one with more amounts
_BINDS = re.compile(r"[/&(+]")
_WORD = re.compile(r"\S+")
_VALUES = re.compile(r"[0-9]{4}|[0-9][-/.][0-9]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. field: None for an unknown heading. left, right: the heading's place within its line."""

    field: str | None
    heading: str
    left: int
    right: int

    @property
    def money(self) -> bool:
        return self.field in MONEY_COLUMNS


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns of a heading, the lines it takes, and whether the columns have places within the line (placed).

    others: other ways to cut a heading whose columns stand one space apart, all or two of them.
    """

    columns: tuple[Column, ...]
    first: int
    last: int
    ruled: bool
    placed: bool
    others: tuple[tuple[Column, ...], ...] = ()

    @property
    def fields(self) -> tuple[str | None, ...]:
        return tuple(c.field for c in self.columns)


def column(book: LabelBook, cell: Cell) -> Column:
    """The column of a heading cell."""
    return Column(book.field_of(cell.text), cell.text, cell.left, cell.right)


def segmented(book: LabelBook, cell: Cell) -> list[Column]:
    """A heading cell that may be several headings one space apart: known whole, else cut into known ones, else unknown."""
    whole = book.exactly(cell.text)
    if whole:
        return [Column(whole, cell.text, cell.left, cell.right)]
    hits = book.tiles(cell.text)
    covered = sum(hit.end - hit.start for hit in hits)
    if len(hits) >= 2 and covered >= 0.6 * len(cell.text) and _tiled(cell, hits):
        return [c for hit in hits for c in _apart(book, cell.part(hit.start, hit.end), hit.field)]
    return [column(book, cell)]


def _tiled(cell: Cell, hits: Sequence[Hit]) -> bool:
    """No unknown words stand between the known headings, so that no column is lost."""
    counted = sum(1 for w in without_rates(words(cell.text)) if not w.word.isdigit())
    return counted == sum(len(without_rates(words(cell.text[hit.start : hit.end]))) for hit in hits)


def _apart(book: LabelBook, cell: Cell, field: str) -> list[Column]:
    """Within a row of headings "Deductible Copay" and "Code Description" are two, unless a mark or word binds them."""
    parts = cell.text.split(" ")
    two = field in PAIRS or field == "code"
    if two and len(parts) == 2 and not _BINDS.search(cell.text):
        fields = [book.exactly(p) for p in parts]
        if None not in fields and fields[0] != fields[1]:
            at = cell.left + len(parts[0]) + 1
            return [Column(fields[0], parts[0], cell.left, at - 1), Column(fields[1], parts[1], at, cell.right)]
    return [Column(field, cell.text, cell.left, cell.right)]


def _usable(row: Row) -> bool:
    """Whether a line may be part of a heading: short cells without values."""
    if not row.cells or len(row.text) > 600 or _VALUES.search(row.text):
        return False
    return not any(":" in c.text[:-1] or "$" in c.text or len(c.text) > 400 for c in row.cells)


def _merged(rows: Sequence[Row]) -> list[Cell]:
    """The cells of several lines joined where they stand above each other."""
    groups: list[list[Cell]] = []
    for row in rows:
        whole = () if _only_letters(row) else row.cells
        for cell in [part for c in whole for part in _parted(c, groups)]:
            home = [g for g in groups if any(c.left < cell.right and cell.left < c.right for c in g)]
            near = home
            if len(home) > 1:
                near = [max(home, key=lambda g: max(min(c.right, cell.right) - max(c.left, cell.left) for c in g))]
            if near:
                near[0].append(cell)
            else:
                groups.append([cell])
    groups.sort(key=lambda g: min(c.left for c in g))
    return [_joined(g) for g in groups]


def _parted(cell: Cell, groups: Sequence[Sequence[Cell]]) -> list[Cell]:
    """A cell below several headings, cut where one of its words begins just below one of them: "exclusions share paid" below
    "Plan" and "Your plan's"."""
    lefts = {min(c.left for c in g) for g in groups}
    starts = [m.start() for m in _WORD.finditer(cell.text)][1:]
    cuts = [at for at in starts if cell.left + at in lefts]
    return [cell.part(a, b) for a, b in pairwise([0, *cuts, len(cell.text)])]


def _only_letters(row: Row) -> bool:
    """ "A   B   C   D" above the headings are names to refer to, no part of them."""
    return len(row.cells) > 1 and all(len(c.text) == 1 and c.text.isupper() for c in row.cells)


def _joined(group: list[Cell]) -> Cell:
    text = " ".join(c.text for c in group)
    return Cell(text, group[0].start, group[-1].end, min(c.left for c in group), max(c.right for c in group))


def _merged_ruled(rows: Sequence[Row]) -> list[Cell]:
    width = max(len(r.cells) for r in rows)
    columns = [[r.cells[i] for r in rows if i < len(r.cells)] for i in range(width)]
    return [
        Cell(" ".join(c.text for c in col if c.text), col[0].start, col[-1].end, col[0].left, col[0].right) for col in columns
    ]


def _made(book: LabelBook, rows: Sequence[Row]) -> Heading:
    ruled = rows[0].ruled
    if ruled:
        columns = [column(book, c) for c in (_merged_ruled(rows) if len(rows) > 1 else rows[0].cells)]
    else:
        cells = _merged(rows) if len(rows) > 1 else list(rows[0].cells)
        columns = [c for cell in cells for c in (segmented(book, cell) if len(rows) == 1 else [column(book, cell)])]
    placed = not ruled and sum(len(r.cells) for r in rows) >= max(3, 0.6 * len(columns))
    columns = with_sole(book, columns)
    others: tuple[tuple[Column, ...], ...] = ()
    if not ruled and len(rows) == 1:
        one = len(rows[0].cells) == 1
        others = _other_cuts(book, rows[0].cells[0]) if one else _pairs_apart(book, rows[0].cells, columns)
    return Heading(tuple(columns), rows[0].index, rows[-1].index, ruled, placed, others)


def with_sole(book: LabelBook, columns: Sequence[Column]) -> list[Column]:
    """A column headed only "Amount" is the only amount of its rows, where no other column names money."""
    if any(c.money for c in columns):
        return list(columns)
    sole = [c for c in columns if c.field is None and book.is_("sole-amount", c.heading)]
    return [replace(c, field=SOLE) if len(sole) == 1 and c is sole[0] else c for c in columns]


def _other_cuts(book: LabelBook, cell: Cell) -> tuple[tuple[Column, ...], ...]:
    cuts = [c for c in book.cuts(cell.text) if _tiled(cell, c)]
    return tuple(tuple(c for hit in cut for c in _apart(book, cell.part(hit.start, hit.end), hit.field)) for cut in cuts)


def _pairs_apart(book: LabelBook, cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[tuple[Column, ...], ...]:
    """The columns with "Deductible Copay" as two: the rows tell whether one amount stands below it or two."""
    cut = {c.left: parts for c in cells if (field := book.exactly(c.text)) and len(parts := _apart(book, c, field)) > 1}
    whole = [c for c in columns if c.left in cut and c.heading == " ".join(p.heading for p in cut[c.left])]
    ways = [[c] for c in whole] + ([whole] if len(whole) > 1 else [])
    return tuple(tuple(p for c in columns for p in (cut[c.left] if c in way else [c])) for way in ways)


def score(heading: Heading) -> float:
    """How much of a heading is known, for comparing two readings of one."""
    known = [f for f in heading.fields if f]
    unknown = sum(1 for c in heading.columns if c.field is None and c.heading)
    monies = sum(1 for c in heading.columns if c.money)
    return len(known) - 1.2 * unknown - 0.8 * (len(known) - len(set(known))) + _MONEY_COUNTS * monies


def good(heading: Heading) -> bool:
    """Enough of it is known, and it names money."""
    known = [f for f in heading.fields if f]
    unknown = sum(1 for c in heading.columns if c.field is None and c.heading)
    monies = sum(1 for c in heading.columns if c.money)
    telling = sum(1 for f in set(known) if f in _TELLING)
    return (
        monies >= 1
        and (len(known) >= 3 or (monies >= 2 and len(known) >= 2) or (telling >= 1 and unknown == 0))
        and unknown <= len(known)
    )


def heading_at(book: LabelBook, rows: Sequence[Row], at: int) -> Heading | None:
    """The best heading that starts at that line, or None."""
    best: Heading | None = None
    taken: list[Row] = []
    for row in rows[at : at + HEADING_LINES]:
        if not _usable(row) or (taken and (row.ruled != taken[0].ruled or _wider(row, taken[-1]))):
            break
        taken.append(row)
        if len(taken) == 1 and len([c for c in row.cells if c.text]) < 2 and not row.text.startswith(" ") and not _long(row):
            break
        made = _made(book, taken)
        if good(made) and (best is None or score(made) > score(best) or _as_good_below(made, row, best)):
            best = made
    return best


def _wider(row: Row, above: Row) -> bool:
    """In ruled lines more cells than above are other columns: the line above only groups them."""
    return row.ruled and len(row.cells) > len(above.cells)


def _as_good_below(made: Heading, row: Row, heading: Heading) -> bool:
    """As much is known with the line as without it, and each of its cells stands under a heading above: it names them further."""
    if score(made) != score(heading) or not heading.placed:
        return False
    return all(any(c.left < h.right and h.left < c.right for h in heading.columns) for c in row.cells)


def _long(row: Row) -> bool:
    return len(row.text.split()) >= 4
