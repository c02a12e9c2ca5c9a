"""Two tables side by side on one page, as of two people: lines run through both, so neither is read."""

from collections.abc import Sequence

from explainer.readers.columns import MONEY_COLUMNS
from explainer.readers.labels import LabelBook
from explainer.readers.pairs import pairs_of
from explainer.readers.rows import Row

_FEWEST = 3
_ABOVE = 4
_TELLING = frozenset(("service_date", "code", "description"))
_OF_A_CLAIM = frozenset(("claim_id", "patient"))


def twin_tables(book: LabelBook, rows: Sequence[Row]) -> set[int]:
    """The lines of such tables: a heading that says all its columns twice, what stands below it up to an empty line, and the
    lines above it that name two patients or claims each."""
    found: set[int] = set()
    for at, row in enumerate(rows):
        if row.index not in found and _says_all_twice(book, row):
            found |= {row.index, *_below(rows, at), *_above(book, rows, at)}
    return found


def _says_all_twice(book: LabelBook, row: Row) -> bool:
    texts = [c.text.casefold() for c in row.cells if c.text]
    half = len(texts) // 2
    if half < _FEWEST or len(texts) % 2 or texts[:half] != texts[half:] or len(set(texts)) < half:
        return False
    fields = {book.field_of(text) for text in texts[:half]}
    return bool(fields & _TELLING) and bool(fields & MONEY_COLUMNS)


def _below(rows: Sequence[Row], at: int) -> set[int]:
    found = set()
    for row in rows[at + 1 :]:
        if row.blank:
            break
        found.add(row.index)
    return found


def _above(book: LabelBook, rows: Sequence[Row], at: int) -> set[int]:
    above = [r for r in rows[:at] if not r.blank][-_ABOVE:]
    return {r.index for r in above if _names_two(book, r)}


def _names_two(book: LabelBook, row: Row) -> bool:
    fields = [p.field for p in pairs_of(book, row)]
    return any(fields.count(name) > 1 for name in _OF_A_CLAIM)
