"""Comma-separated tables, with a place for every cell."""

import itertools
from collections.abc import Iterator

from explainer.readers.assemble import Parts, assemble
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.cell_table import HEADING_WITHIN, CellTable, facts_among, heading_in, records_under, wide_rows
from explainer.readers.columns import Heading
from explainer.readers.estimates import estimate_in
from explainer.readers.kind import kind_as_asked
from explainer.readers.labels import LabelBook
from explainer.readers.rows import Cell, Row
from explainer.readers.statement import cleaning_problems
from explainer.readers.text import CleanText
from explainer.settings import Limits

_DELIMITERS = ",;\t|"
_FEWEST, _WIDE = 3, 0.6
_SNIFFED = 20_000


def _quoted(text: str, at: int) -> tuple[str, int]:
    """The content of a quoted cell that starts at `at`, and where it ends. Raises Unreadable where the quote is never closed."""
    parts, start = [], at + 1
    while True:
        end = text.find('"', start)
        if end < 0:
            raise Unreadable("csv-quote")
        parts.append(text[start:end])
        if text[end + 1 : end + 2] != '"':
            return '"'.join(parts), end + 1
        start = end + 2


def _cell(text: str, at: int, delimiter: str) -> tuple[Cell, int]:
    """The cell that starts at `at`, and where its delimiter or line end stands."""
    if text[at : at + 1] == '"':
        content, after = _quoted(text, at)
        end = _plain_end(text, after, delimiter)
        return Cell(" ".join((content + text[after:end]).split()), at, end, 0, 0), end
    end = _plain_end(text, at, delimiter)
    content = text[at:end]
    return Cell(content.strip(), at, end, 0, 0), end


def _plain_end(text: str, at: int, delimiter: str) -> int:
    line = text.find("\n", at)
    line = len(text) if line < 0 else line
    mark = text.find(delimiter, at, line)
    return line if mark < 0 else mark


def rows_in(text: str, delimiter: str, limits: Limits) -> Iterator[Row]:
    """The rows of a table. Raises Unreadable where there are more rows, columns or characters in a cell than allowed."""
    at, index = 0, 0
    while at < len(text):
        start, cells = at, []
        while True:
            cell, end = _cell(text, at, delimiter)
            cells.append(cell)
            at = end + 1
            if cell.end - cell.start > limits.csv_cell or len(cells) > limits.csv_columns:
                raise Unreadable("too-big")
            if end >= len(text) or text[end] == "\n":
                break
        if index >= limits.csv_rows:
            raise Unreadable("too-big")
        filled = tuple(cells) if any(c.text for c in cells) else ()
        yield Row(index, text[start:end], start, filled, True)
        index += 1


def _first_rows(text: str, delimiter: str, limits: Limits) -> list[Row]:
    """The first rows, as far as they can be told apart."""
    found: list[Row] = []
    try:
        for row in rows_in(text, delimiter, limits):
            found.append(row)
            if len(found) >= HEADING_WITHIN:
                break
    except Unreadable:
        return found
    return found


def _sniffed(book: LabelBook, text: str, limits: Limits) -> tuple[str, Heading] | None:
    """The delimiter under which a heading is known best."""
    best: tuple[int, str, Heading] | None = None
    for delimiter in _DELIMITERS:
        heading = heading_in(book, _first_rows(text[:_SNIFFED], delimiter, limits))
        known = sum(1 for f in heading.fields if f) if heading else 0
        if heading and (best is None or known > best[0]):
            best = known, delimiter, heading
    return (best[1], best[2]) if best else None


def looks_like_csv(book: LabelBook, name: str, text: str) -> bool:
    """Whether a file says that it is a table, or a pasted text is one: a heading between commas, and rows as wide below it."""
    if name.lower().endswith((".csv", ".tsv")):
        return True
    head = [line for line in text[:_SNIFFED].split("\n")[: HEADING_WITHIN + 1] if line.strip()]
    counts = [line.count(",") + line.count(";") for line in head]
    if not any(a >= 3 and abs(a - b) <= 3 for a, b in itertools.pairwise(counts)):
        return False
    sniffed = _sniffed(book, text, Limits())
    if sniffed is None or sniffed[0] not in ",;" or sum(1 for c in sniffed[1].columns if c.money) < 2:
        return False
    return len(sniffed[1].columns) >= _FEWEST and _as_wide_below(text, *sniffed)


def _as_wide_below(text: str, delimiter: str, heading: Heading) -> bool:
    """A sentence with a comma in it names amounts too; below it no rows are as wide."""
    rows = _first_rows(text[:_SNIFFED], delimiter, Limits())
    below = next((r for r in rows[heading.last + 1 :] if not r.blank), None)
    return below is None or len(below.cells) >= _WIDE * len(heading.columns)


def _refuse_huge(text: str, limits: Limits) -> None:
    line = text.split("\n", 1)[0]
    if max(line.count(d) for d in _DELIMITERS) >= limits.csv_columns or text.count("\n") > limits.csv_rows * 3:
        raise Unreadable("too-big")


def read_csv(book: LabelBook, upload: Upload, clean: CleanText, limits: Limits) -> Reading:
    """The reading of a table. Raises Unreadable: csv-no-heading, csv-no-rows, csv-quote, too-big, no-amounts."""
    _refuse_huge(clean.text, limits)
    sniffed = _sniffed(book, clean.text, limits)
    if sniffed is None:
        raise Unreadable("csv-no-heading")
    delimiter, heading = sniffed
    rows = list(rows_in(clean.text, delimiter, limits))
    below = tuple(r for r in rows[heading.last + 1 :] if not r.blank)
    table = CellTable(heading, tuple(rows[: heading.first]), below)
    records, beside = records_under(book, table)
    if not records:
        raise Unreadable("csv-no-rows")
    events = facts_among(book, [*table.above, *beside], records)
    fields = [c.field for c in heading.columns if c.field]
    kind = kind_as_asked(book, " ".join(r.text for r in table.above), fields, upload.format) or "eob"
    parts = Parts(
        clean.text,
        kind,
        events,
        problems=(*cleaning_problems(clean), *wide_rows(table)),
        estimate=estimate_in(book, table.above, upload.paper),
    )
    return assemble(book, upload, "csv", parts)
