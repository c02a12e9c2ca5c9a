"""Tables that repeat the sums of claims ("Patient  Provider  Amount" at the head of a paper): their rows are no services."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from explainer.model.amounts import MONEY_FIELDS, ZERO
from explainer.readers.columns import MONEY_COLUMNS, SOLE
from explainer.readers.fields import money
from explainer.readers.record import LINE, Record
from explainer.readers.rows import Row

_TITLED = re.compile(r"\b(?:summary|at a glance|overview|resumen)\b", re.I)
_OF_A_SERVICE = frozenset(("code", "description", "service_date", "units", "modifiers", "revenue_code"))
_OF_A_CLAIM = frozenset(("patient", "provider", "claim_id"))
_TITLE_WITHIN = 4
_SURE_SUMS = 2  # as many amounts must be the same where the rows name nobody


def repeated(records: Sequence[Record], rows: Sequence[Row]) -> set[int]:
    """The ids of the records of such tables, on a paper that has services elsewhere."""
    services = [r for r in records if r.kind == LINE and _OF_A_SERVICE & set(r.cells)]
    found: set[int] = set()
    for table in _tables(records) if services else ():
        if _repeats(table, services, rows):
            found.update(id(r) for r in table)
    return found


def _tables(records: Sequence[Record]) -> Iterator[list[Record]]:
    groups: dict[int, list[Record]] = {}
    for record in records:
        groups.setdefault(record.group, []).append(record)
    return iter(groups.values())


def _repeats(table: Sequence[Record], services: Sequence[Record], rows: Sequence[Row]) -> bool:
    """Whether its rows name no service, and either people, providers or claims under the title of a summary, or nothing but the
    sums of the services."""
    columns = {name for record in table for name in (*record.cells, *record.money)}
    if _OF_A_SERVICE & columns or all(record.kind != LINE for record in table):
        return False
    named = bool(_OF_A_CLAIM & columns)
    return (named and (_untold(table) or _titled(table[0], rows))) or _same_sums(table, services, 1 if named else _SURE_SUMS)


def _untold(table: Sequence[Record]) -> bool:
    """A column headed only "Amount", of which nobody knows what it is."""
    return all(set(record.money) & MONEY_COLUMNS <= {SOLE} for record in table)


def _titled(first: Record, rows: Sequence[Row]) -> bool:
    above = [row for row in rows if row.end < first.start and not row.blank]
    return any(len(row.text) < 60 and _TITLED.search(row.text) for row in above[-_TITLE_WITHIN:])


def _same_sums(table: Sequence[Record], services: Sequence[Record], least: int) -> bool:
    """Whether each amount that both name is the same in all; so many they must be."""
    one, two = _sums([r for r in table if r.kind == LINE]), _sums(services)
    both = one.keys() & two.keys()
    return len(both) >= least and all(one[name] == two[name] for name in both)


def _sums(records: Sequence[Record]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for record in records:
        for name in record.money:
            value = money.amount(record.text(name)) if name in MONEY_FIELDS else None
            if value is not None:
                sums[name] = sums.get(name, ZERO) + value
    return sums
