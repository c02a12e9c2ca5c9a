"""A batch as the desk's page shows it: each patient with their claims, each claim with its lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from explainer.batch import Patient, Row, Tables
from explainer.batch.rows import ADDED, Line
from explainer.knowledge.schema import Lang
from explainer.model.amounts import COST_SHARES, MONEY_FIELDS, Amounts
from explainer.sessions import Visit
from explainer.web.books import Book
from explainer.web.services import Services


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim: what it is, its lines, its totals where they add up, and what is worth asking.

    shares: deductible, copay and coinsurance, where they are not zero.
    """

    row: Row
    status: str
    kind: str
    note: str
    differs: str
    asks: tuple[str, ...]
    shares: tuple[tuple[str, Decimal], ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PatientView:
    """number: in the batch, from 1. person: place among the visit's people,
    from 1, for their papers and their page to take along; None where those could be two people's, or the papers are not kept."""

    number: int
    patient: Patient
    name: str
    totals: tuple[tuple[str, Decimal], ...]
    claims: tuple[ClaimView, ...]
    person: int | None


@dataclass(frozen=True, slots=True)
class TableView:
    """One page of a batch. gaps: file, what, what to try, and whether the rest of it was read."""

    book: Book
    patients: tuple[PatientView, ...]
    loose: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, str, str, bool], ...]
    people: int


def table_view(book: Book, visit: Visit, services: Services, lang: Lang) -> TableView:
    """The page's view in that language."""
    tables = Tables(book.batch, services.knowledge, lang)
    gaps = tuple((gap.file, *tables.gap(gap), gap.partly) for gap in book.batch.gaps)
    loose = tuple((file, tables.short(finding)) for file, finding in book.batch.loose)
    return TableView(book, tuple(_patients(tables, visit)), loose, gaps, len(book.batch.patients))


def _patients(tables: Tables, visit: Visit) -> Iterator[PatientView]:
    people = visit.people
    for number, patient in enumerate(tables.batch.patients):
        rows = [row for row in tables.batch.rows if row.patient == number]
        if rows:
            totals = tuple(_known(patient.totals, ADDED)) if patient.claims > 1 else ()
            named = None if patient.namesake else people.called(patient.name)
            person = people.persons.index(named) + 1 if named is not None else None
            claims = tuple(_claim(row, tables) for row in rows)
            yield PatientView(number + 1, patient, tables.name(patient), totals, claims, person)


def _claim(row: Row, tables: Tables) -> ClaimView:
    return ClaimView(
        row, tables.status(row), tables.say(f"batch.kind.{row.kind}"), tables.note(row), tables.differing(row), tables.asks(row),
        tuple(share for share in _known(row.totals, COST_SHARES) if share[1]), row.lines,
    )  # fmt: skip


def _known(amounts: Amounts, names: tuple[str, ...]) -> Iterator[tuple[str, Decimal]]:
    for name in MONEY_FIELDS:
        amount = amounts.get(name)
        if name in names and amount is not None:
            yield name, amount
