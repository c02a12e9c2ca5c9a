"""Which value of a row belongs to which column: by place where the lines are in line with each other, else by sort and order."""

import re
from collections.abc import Sequence

from explainer.readers.atoms import CODE, COUNT, DASH, DATE, KEY, MONEY, PERCENT, TALLY, TEXT, YES, Atom
from explainer.readers.columns import TEXT_COLUMNS, Column
from explainer.readers.rows import Cell

FAR = 1000.0
# A value that costs more stands in the wrong column, as words do under a heading of amounts.
_MAY_BE = 12.0
_COUNT_LIKE = re.compile(r"[0-9]{1,2}\.[0-9]0")
_UNPLACED = 60.0
_SKIPPED = 0.3
_IDS = frozenset(("claim_id", "member_id", "row_id", "person_code"))
_DAYS = frozenset(("service_date", "service_end", "processed", "notice_date", "due_date"))
_COSTS: dict[tuple[str, str], float] = {
    ("money", MONEY): 0, ("money", DASH): 0, ("money", COUNT): 3, ("money", PERCENT): 6, ("money", TEXT): 14, ("money", CODE): 20,
    ("money", YES): 4,
    ("units", COUNT): 0, ("units", DASH): 0, ("units", MONEY): 12, ("units", TEXT): 12, ("minutes", COUNT): 0, ("minutes",
    TEXT): 6,
    ("minutes", DASH): 0,
    ("date", DATE): 0, ("date", DASH): 1, ("date", TEXT): 9, ("date", COUNT): 30, ("date", CODE): 30,
    ("code", CODE): 0, ("code", COUNT): 6, ("code", KEY): 4, ("code", TEXT): 5, ("code", DASH): 1,
    ("modifiers", KEY): 0, ("modifiers", COUNT): 2, ("modifiers", TEXT): 6, ("modifiers", DASH): 0, ("modifiers", CODE): 12,
    ("remarks", KEY): 0, ("remarks", COUNT): 4, ("remarks", TEXT): 6, ("remarks", DASH): 1, ("remarks", YES): 8,
    ("remarks", PERCENT): 20,
    ("text", TEXT): 0, ("text", CODE): 2, ("text", KEY): 3, ("text", DATE): 6, ("text", COUNT): 6, ("text", DASH): 2,
    ("text", YES): 3,
    ("text", PERCENT): 8,
    ("approved", YES): 0, ("approved", TEXT): 5, ("approved", DASH): 1,
    ("percent", PERCENT): 0, ("percent", DASH): 0, ("percent", COUNT): 1, ("percent", MONEY): 8,
    ("id", COUNT): 1, ("id", CODE): 2, ("id", KEY): 2, ("id", TEXT): 1, ("id", DATE): 25,
    ("revenue_code", COUNT): 0, ("revenue_code", KEY): 2, ("place_of_service", COUNT): 0, ("place_of_service", TEXT): 3,
    ("place_of_service", KEY): 2,
    ("ignore", TEXT): 3, ("ignore", COUNT): 2, ("ignore", KEY): 3, ("ignore", MONEY): 3, ("ignore", DATE): 4, ("ignore",
    PERCENT): 3,
    ("ignore", DASH): 0, ("ignore", CODE): 4, ("ignore", YES): 3,
    ("none", MONEY): 2, ("none", TEXT): 4, ("none", COUNT): 4, ("none", KEY): 4, ("none", DASH): 1, ("none", PERCENT): 4,
    ("none", DATE): 6,
    ("none", CODE): 6, ("none", YES): 4,
}  # fmt: skip


_COSTS |= {(column, TALLY): fit for (column, sort), fit in list(_COSTS.items()) if sort == COUNT and column != "money"}


def _sort(column: Column) -> str:
    field = column.field
    if column.money:
        return "money"
    if field is None:
        return "none"
    if field in _DAYS:
        return "date"
    if field in _IDS:
        return "id"
    return "text" if field in TEXT_COLUMNS else field


def cost(atom: Atom, column: Column) -> float:
    """How badly a value fits a column by its sort: 0 fits."""
    sort = _sort(column)
    if sort == "units" and atom.sort == MONEY and not _COUNT_LIKE.fullmatch(atom.cell.text):
        return FAR
    return _COSTS.get((sort, atom.sort), FAR)


def _off(cell: Cell, column: Column) -> float:
    left, right = abs(cell.left - column.left), abs(cell.right - column.right)
    middle = abs((cell.left + cell.right) - (column.left + column.right)) / 2
    apart = max(0, column.left - cell.right, cell.left - column.right)
    return min(left, right, middle) + 0.1 * min(left + right, 40) + 2 * apart


def is_placed(rows: Sequence[Sequence[Atom]], columns: Sequence[Column]) -> bool:
    """Whether the rows stand in line with the heading, told from rows that fill every column, else from all their values."""
    whole = [r for r in rows if len(r) == len(columns) and all(cost(a, c) <= _MAY_BE for a, c in zip(r, columns, strict=True))]
    off = [_off(a.cell, c) for r in whole for a, c in zip(r, columns, strict=True)]
    if not off:
        off = [min(_off(a.cell, c) + (0 if cost(a, c) < FAR else 99) for c in columns) for r in rows for a in r]
    return bool(off) and sorted(off)[int(len(off) * 0.8)] <= 6


def assign(atoms: Sequence[Atom], columns: Sequence[Column], placed: bool) -> list[int | None]:
    """For each value the number of its column, in order; None where it fits none."""
    if len(atoms) == len(columns) and all(cost(a, c) <= 3 for a, c in zip(atoms, columns, strict=True)):
        return list(range(len(columns)))
    return _cheapest(atoms, columns, placed)


def misfit(rows: Sequence[Sequence[Atom]], columns: Sequence[Column]) -> float:
    """How badly rows fit columns by sort and order alone."""
    return sum(_table(row, columns, False)[0][0][0] for row in rows)


def _cheapest(atoms: Sequence[Atom], columns: Sequence[Column], placed: bool) -> list[int | None]:
    return _followed(_table(atoms, columns, placed)[1], len(atoms), len(columns))


def _table(atoms: Sequence[Atom], columns: Sequence[Column], placed: bool) -> tuple[list[list[float]], list[list[str]]]:
    n, m = len(atoms), len(columns)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    step = [["skip"] * (m + 1) for _ in range(n + 1)]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if i < n:
                best[i][j], step[i][j] = min(_steps(atoms, columns, placed, best, i, j))
    return best, step


def _steps(
    atoms: Sequence[Atom], columns: Sequence[Column], placed: bool, best: list[list[float]], i: int, j: int
) -> list[tuple[float, str]]:
    out = [(best[i + 1][j] + _UNPLACED, "drop")]
    if j < len(columns):
        out.append((best[i][j + 1] + (0.0 if placed else _SKIPPED), "skip"))
        fit = cost(atoms[i], columns[j])
        if fit < FAR:
            here = fit + (_off(atoms[i].cell, columns[j]) if placed else 0.0)
            out.append((best[i + 1][j + 1] + here, "take"))
            if _sort(columns[j]) in ("text", "remarks", "modifiers", "code"):
                more = fit if placed and _runs_on(atoms[i].cell, columns, j) else here
                out.append((best[i + 1][j] + more + 0.4, "stay"))
    return out


def _runs_on(cell: Cell, columns: Sequence[Column], at: int) -> bool:
    """Whether it stands in a column of words, before the next column begins: words are longer than their heading."""
    until = columns[at + 1].left if at + 1 < len(columns) else cell.right
    return _sort(columns[at]) == "text" and columns[at].left <= cell.left and cell.right <= until


def _followed(step: list[list[str]], n: int, m: int) -> list[int | None]:
    out: list[int | None] = []
    i = j = 0
    while i < n:
        move = step[i][j]
        if move == "skip":
            j += 1
            continue
        out.append(None if move == "drop" else j)
        i += 1
        j += move == "take"
    return out


def by_cell(cells: Sequence[Cell], columns: Sequence[Column]) -> list[tuple[int, Cell]]:
    """Ruled rows: each cell belongs to the column of its number."""
    return [(i, cell) for i, cell in enumerate(cells[: len(columns)])]
