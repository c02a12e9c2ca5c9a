"""Facts that a paper prints below the services they belong to, put before them, as most papers print them."""

from collections.abc import Sequence
from itertools import pairwise

from explainer.readers.blocks import Fact
from explainer.readers.record import LINE, Record

_MAY_STAND_BELOW = ("claim_id", "patient", "provider", "processed", "network", "status")


def facts_first(events: Sequence[Fact | Record]) -> list[Fact | Record]:
    """The events with each such fact before the services above it.

    A field stands below where services come before its first value, values come between all its services, and the last value
    comes behind the last service: read the other way, the first services would have none and the last value no services."""
    ordered = list(events)
    for name in _MAY_STAND_BELOW:
        ordered = _moved(ordered, name) if _stands_below(ordered, name) else ordered
    return ordered


def _is_line(event: Fact | Record) -> bool:
    return isinstance(event, Record) and event.kind == LINE


def _stands_below(events: Sequence[Fact | Record], name: str) -> bool:
    lines = [at for at, e in enumerate(events) if _is_line(e)]
    facts = [at for at, e in enumerate(events) if isinstance(e, Fact) and e.field == name]
    if len(facts) < 2 or not lines or facts[0] < lines[0] or facts[-1] < lines[-1]:
        return False
    columns = any(isinstance(e, Record) and e.kind == LINE and e.cell(name) for e in events)
    return not columns and all(any(a < at < b for at in lines) for a, b in pairwise(facts))


def _moved(events: Sequence[Fact | Record], name: str) -> list[Fact | Record]:
    out: list[Fact | Record] = []
    first = None
    for event in events:
        if isinstance(event, Fact) and event.field == name and first is not None:
            out.insert(first, event)
            first = None
            continue
        first = len(out) if first is None and _is_line(event) else first
        out.append(event)
    return out
