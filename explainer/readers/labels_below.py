"""Services whose amounts stand in one line with their labels in the line below: "$120.00  $70.00" over "Billed  Allowed"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from explainer.readers.atoms import CODE, DATE, MONEY, atoms_of, fine, money_count, sort_of
from explainer.readers.columns import MONEY_COLUMNS
from explainer.readers.labels import LabelBook
from explainer.readers.record import LINE, Record
from explainer.readers.rows import Row

_FEWEST = 3
_GROUP = 5000


def read_labels_below(book: LabelBook, rows: Sequence[Row], used: set[int]) -> list[Record]:
    """The records of such services; their lines are added to `used`. None where a line of labels may as well head the next
    amounts: labels stand below only if they do below the first amounts and below the last."""
    filled = [r for r in rows if not r.blank]
    at = {r.index: n for n, r in enumerate(filled)}
    found = list(_pairs(book, filled))
    if not found or _headed(book, filled, at, found):
        return []
    records = []
    for values, labels in found:
        title = filled[at[values.index] - 1] if at[values.index] else None
        if title is None or not _names_a_service(title):
            continue
        cells = {book.field_of(label.text) or "": (value,) for value, label in zip(values.cells, labels.cells, strict=True)}
        names = tuple(cells)
        records.append(Record(LINE, title.start, labels.end, {**cells, "description": (title.whole,)}, names, group=_GROUP))
        used.update((title.index, values.index, labels.index))
    return records


def _pairs(book: LabelBook, filled: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    return ((one, two) for one, two in pairwise(filled) if _amounts(one) and _labels(book, two) == len(one.cells))


def _amounts(row: Row) -> bool:
    return not row.ruled and len(row.cells) >= _FEWEST and all(c.text and sort_of(c.text) == MONEY for c in row.cells)


def _labels(book: LabelBook, row: Row) -> int:
    """How many labels of amounts a line holds and nothing else; 0 where it holds something else or one twice."""
    fields = {book.field_of(c.text) for c in row.cells}
    return len(row.cells) if len(fields) == len(row.cells) and fields <= MONEY_COLUMNS else 0


def _headed(book: LabelBook, filled: Sequence[Row], at: dict[int, int], found: Sequence[tuple[Row, Row]]) -> bool:
    """Whether some amounts have labels above them only, or right above them."""
    every = [r for r in filled if _amounts(r)]
    below = {values.index for values, _ in found}
    return len(below) < len(every) or any(at[r.index] and _labels(book, filled[at[r.index] - 1]) for r in every)


def _names_a_service(row: Row) -> bool:
    return not money_count(row) and any(a.sort in (CODE, DATE) for a in (*atoms_of(row), *fine(row)))
