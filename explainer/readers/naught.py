"""What an empty cell of money says: 0.00 only where the line's own sum, or the total of its column, leaves nothing for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from explainer.model.amounts import MONEY_FIELDS, ZERO
from explainer.readers import arithmetic
from explainer.readers.charges import Charges
from explainer.readers.record import LINE, TOTAL, Record

Read = tuple[Record, Charges]
_MONEY = frozenset(MONEY_FIELDS)


def filled(table: Sequence[Read]) -> list[Charges]:
    """The amounts of a table's rows, with the 0.00 that its sums show. All else that is empty stays unknown: it may be printed
    elsewhere, or belong to several rows."""
    first = [(record, _of_its_line(charges)) for record, charges in table]
    shown: dict[int, set[str]] = {}
    for lines, total in _totalled(first):
        for record, charges in lines:
            shown.setdefault(id(record), set()).update(_of_its_columns(charges, lines, total))
    return [_of_its_line(_with(charges, shown.get(id(record), set()))) for record, charges in first]


def _of_its_line(charges: Charges) -> Charges:
    """By the sums of the line. A dash says so itself, where no sum speaks against it."""
    own = {name: value for name, value in charges.values.items() if name in _MONEY}
    naught = arithmetic.naught(own, charges.empty & _MONEY)
    dashed = (charges.dashed & _MONEY) - own.keys()
    both = arithmetic.agrees({**own, **dict.fromkeys(naught | dashed, ZERO)})
    return _with(charges, naught | dashed if both else naught)


def _with(charges: Charges, names: set[str]) -> Charges:
    return replace(charges, values={**charges.values, **dict.fromkeys(sorted(names), ZERO)}) if names else charges


def _totalled(table: Sequence[Read]) -> Iterator[tuple[list[Read], Charges]]:
    """The lines with each total of them: those since the total before, or all so far, as a full column tells."""
    every: list[Read] = []
    since: list[Read] = []
    for record, charges in table:
        if record.kind == LINE:
            every, since = [*every, (record, charges)], [*since, (record, charges)]
        elif record.kind == TOTAL:
            yield from ((lines, charges) for lines in (since, every) if lines and _adds_up(lines, charges))
            since = []


def _adds_up(lines: Sequence[Read], total: Charges) -> bool:
    """Whether some amount above 0.00 is printed for every line and comes to the total, and none is below 0.00."""
    amounts = [c.values for _, c in lines]
    full = [n for n in _MONEY if total.values.get(n) and all(n in values for values in amounts)]
    sums = [sum((values[n] for values in amounts), ZERO) == total.values[n] for n in full]
    return bool(sums) and all(sums) and all(value >= 0 for values in amounts for value in values.values())


def _of_its_columns(charges: Charges, lines: Sequence[Read], total: Charges) -> set[str]:
    """The empty fields whose column comes to its printed total without them."""
    return {
        name
        for name in charges.empty & _MONEY
        if name in total.values and total.values[name] == sum(_column(name, lines), ZERO) and name not in charges.values
    }


def _column(name: str, lines: Sequence[Read]) -> Iterator[Decimal]:
    return (charges.values[name] for _, charges in lines if name in charges.values)
