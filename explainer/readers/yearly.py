"""A year's deductible and out-of-pocket amounts printed as a table: what is used, the limit, and what is left."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from explainer.model.document import Accumulator
from explainer.model.source import Span
from explainer.readers.fields import money
from explainer.readers.fields.running import fits, part_named
from explainer.readers.notes import kind_of_count, net_of_count, period_of_count, scope_of_count
from explainer.readers.rows import Cell, Row

_ONE_SPACE = re.compile(
    r"(?P<remaining>remaining|left\b|restante)|(?P<used>\bused\b|\bmet\b|applied|accumulated|so far|usado|cumplido|acumulado)|"
    r"(?P<limit>limit\b|maximum|l[íi]mite|m[áa]ximo)", re.I
)  # fmt: skip
_VALUED = re.compile(r"[$]|[0-9]{5}|[0-9][.,/-][0-9]|(?<![0-9])[0-9]{1,3}(?![0-9])")
_MOST_ROWS = 12
_KINDS = ("deductible", "out-of-pocket")


def _heading(row: Row) -> list[str] | None:
    """The fields of the columns of a heading of used, limit and remaining; None for any other line."""
    if row.blank or len(row.text) > 200 or _VALUED.search(row.text):
        return None
    cells = [c.text for c in row.cells if c.text and not kind_of_count(c.text)]
    ways = [[f for text in some if (f := part_named(text))] for some in (cells[-4:], cells[1:][-4:]) if len(some) > 1]
    ways.append([str(m.lastgroup) for m in _ONE_SPACE.finditer(row.text)])
    return next((fields for fields in ways if len(fields) >= 2 and len(set(fields)) == len(fields)), None)


def _amounts(row: Row) -> list[Cell]:
    whole = row.whole
    return [whole.part(m.start(), m.end()) for m in money.PRINTED.finditer(whole.text)]


def _label(row: Row) -> str:
    whole = row.whole.text
    first = money.PRINTED.search(whole)
    return whole[: first.start()] if first else whole


def _count(kind: str, label: str, found: dict[str, Decimal], row: Row, paper: str) -> Accumulator:
    whole = row.whole
    return Accumulator(
        kind, Span(paper, 1, whole.start, whole.end), found.get("used"), found.get("limit"), found.get("remaining"),
        period_of_count(label), scope_of_count(label), net_of_count(label), None, " ".join(whole.text.split()),
    )  # fmt: skip


def _by_row(fields: Sequence[str], row: Row, paper: str) -> Accumulator | None:
    """A row named for a yearly amount under a heading of used, limit and remaining."""
    label, cells = _label(row), _amounts(row)
    kind = kind_of_count(label)
    values = [money.amount(c.text) for c in cells]
    if kind not in _KINDS or len(values) != len(fields) or any(v is None for v in values) or len(label) > 80:
        return None
    found = {name: value for name, value in zip(fields, values, strict=True) if value is not None}
    return _count(kind, label, found, row, paper) if fits(found) else None


def _by_column(kinds: Sequence[tuple[str, str]], rows: Sequence[Row], paper: str) -> tuple[list[Accumulator], set[int]]:
    """Rows named used, limit and remaining under headings that name the yearly amounts."""
    found: list[dict[str, Decimal]] = [{} for _ in kinds]
    last: list[Row] = []
    for row in rows:
        field, values = part_named(_label(row)), [money.amount(c.text) for c in _amounts(row)]
        if field is None or len(values) != len(kinds) or any(v is None or field in f for v, f in zip(values, found, strict=True)):
            break
        for each, value in zip(found, values, strict=True):
            if value is not None:
                each[field] = value
        last.append(row)
    if len(last) < 2 or not all(fits(f) for f in found):
        return [], set()
    counts = [replace(_count(k, label, f, last[0], paper), words=label) for (k, label), f in zip(kinds, found, strict=True)]
    return counts, {row.index for row in last}


def _kinds(row: Row) -> list[tuple[str, str]] | None:
    if row.blank or len(row.text) > 200 or _VALUED.search(row.text):
        return None
    cells = [c.text for c in row.cells if c.text]
    kinds = [(str(kind), text) for text in cells[-4:] if (kind := kind_of_count(text)) in _KINDS]
    return kinds if len(kinds) >= 2 and len(cells) - len(kinds) <= 1 else None


def _below(rows: Sequence[Row], at: int) -> list[Row]:
    return [r for r in rows[at + 1 : at + 1 + 2 * _MOST_ROWS] if not r.blank][:_MOST_ROWS]


def _rows_under(fields: Sequence[str], below: Sequence[Row], paper: str) -> Iterator[tuple[Accumulator, int]]:
    for row in below:
        count = _by_row(fields, row, paper)
        if count is None:
            return
        yield count, row.index


def read_yearly(rows: Sequence[Row], paper: str) -> tuple[list[Accumulator], set[int]]:
    """The running counts of all such tables, and the numbers of their lines."""
    counts: list[Accumulator] = []
    used: set[int] = set()
    for at, row in enumerate(rows):
        fields, kinds = _heading(row), _kinds(row)
        if fields:
            under = list(_rows_under(fields, _below(rows, at), paper))
            counts += [count for count, _ in under]
            used |= {row.index, *(index for _, index in under)} if under else set()
        elif kinds:
            found, taken = _by_column(kinds, _below(rows, at), paper)
            counts += found
            used |= {row.index, *taken} if found else set()
    return counts, used
