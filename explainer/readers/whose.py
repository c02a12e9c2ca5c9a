"""Whose a row is, told by its own columns: a name in one or several of them, a member's number, a person's code."""

from collections.abc import Sequence
from dataclasses import replace

from explainer.readers.columns import Column
from explainer.readers.record import Record
from explainer.readers.rows import Cell
from explainer.readers.words import words

_PARTS = ("patient_first", "patient_middle", "patient_last")
_NAMES = ("patient", *_PARTS)
_PATIENT = frozenset(("patient", "pt", "paciente", "dependent", "dependiente"))
_MEMBER = frozenset(
    ("member", "subscriber", "insured", "beneficiary", "enrollee", "miembro", "afiliado", "asegurado", "beneficiario", "titular")
)
# "ID" over a column may count the rows.
_BARE_ID = frozenset(("id", "number", "no", "identification", "#", "numero", "identificacion"))


def of_patient(columns: Sequence[Column]) -> list[Column]:
    """The columns without the member's name where others are headed for the patient's, and without a number that is only "ID"."""
    named = [c for c in columns if c.field in _NAMES and _says(c, _PATIENT)]
    return [_left_out(c, named) for c in columns]


def _left_out(column: Column, named: Sequence[Column]) -> Column:
    if column.field == "member_id" and {w.word for w in words(column.heading)} <= _BARE_ID:
        return replace(column, field="row_id")
    other = column.field in _NAMES and named and column not in named
    return replace(column, field="ignore_name") if other and (column.field == "patient" or _says(column, _MEMBER)) else column


def _says(column: Column, said: frozenset[str]) -> bool:
    return any(w.word in said for w in words(column.heading))


def with_whole_name(record: Record) -> Record:
    """The record with its patient's name in one cell. A column headed "Name" beside one of last names holds first names.

    A last name alone is a whole family's, and names nobody."""
    parts = [cell for name in _PARTS if (cell := record.cell(name))]
    if not parts:
        return record
    cells = {name: found for name, found in record.cells.items() if name not in _PARTS}
    whole = record.cell("patient")
    if whole is None:
        cells |= {"patient": (_joined(parts),)} if record.cell("patient_first") else {}
    elif record.cell("patient_first") is None and not _holds(whole, parts[-1]):
        cells["patient"] = (_joined([whole, *parts]),)
    return replace(record, cells=cells)


def _holds(whole: Cell, part: Cell) -> bool:
    return {w.word for w in words(part.text)} <= {w.word for w in words(whole.text)}


def _joined(parts: Sequence[Cell]) -> Cell:
    """Its place is the first part's; of parts that stand side by side, all of theirs."""
    text = " ".join(p.text for p in parts)
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    beside = end - start <= sum(p.end - p.start for p in parts) + 3 * len(parts)
    return replace(parts[0], text=text, start=start, end=end) if beside else replace(parts[0], text=text)
