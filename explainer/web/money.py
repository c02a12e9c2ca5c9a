"""Where the billed money went, as parts of a bar. No bar when the parts do not add up."""

from dataclasses import dataclass
from decimal import Decimal

from explainer.case import total_of, uncovered_apart
from explainer.model.document import Document
from explainer.model.people import people_of

_PARTS = ("discount", "plan_paid", "other_paid", "patient_owes")
BAR_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar: its name (a field of Amounts), dollars, and where it stands in thousandths of the bar."""

    name: str
    amount: Decimal
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Money:
    """What is known of the paper's totals, in the order people read them; parts only if they make up the billed amount."""

    totals: tuple[tuple[str, Decimal], ...]
    parts: tuple[Part, ...]


def money_of(document: Document) -> Money:
    """The totals of a plan's paper; none where it is of several people, whose amounts are not added."""
    if people_of([document]).several:
        return Money((), ())
    known = {name: total for name in ("billed", *_PARTS) if (total := total_of(document.claims, name)) is not None}
    if (apart := uncovered_apart(document.claims)) is not None:
        known["not_covered"] = apart
    totals = tuple((name, amount) for name, amount in known.items() if amount or name not in ("other_paid",))
    return Money(totals, _parts(known))


def _parts(known: dict[str, Decimal]) -> tuple[Part, ...]:
    billed = known.get("billed")
    pieces = {name: known[name] for name in (*_PARTS, "not_covered") if name in known}
    whole = billed is not None and billed > 0 and all(amount >= 0 for amount in pieces.values())
    if billed is None or not whole or sum(pieces.values()) != billed:
        return ()
    parts, start = [], 0
    for name, amount in pieces.items():
        width = int(amount * BAR_WIDTH / billed)
        if amount:
            parts.append(Part(name, amount, start, width))
        start += width
    return tuple(parts)
