"""units.untimed: a service that is counted once a visit, with more than one unit. A question for the clinic."""

from collections.abc import Iterator

from explainer.checks.repeats import APART, counts_for_somebody
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document, ServiceLine
from explainer.model.finding import Finding, Value

# "Another service of this kind": what one of them counts by is nowhere laid down.
_UNLISTED = frozenset(("97039", "97139", "97799"))


def check_untimed(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """Each line by itself; denied, reversed and modified lines explain themselves."""
    for claim in document.claims:
        if claim.status in ("reversed", "denied", "pending"):
            continue
        for line in claim.lines:
            if counts_for_somebody(line):
                yield from _untimed(document, line, knowledge)


def _untimed(document: Document, line: ServiceLine, knowledge: Knowledge) -> Iterator[Finding]:
    """A service that is counted once a visit, with more than one unit. Codes counted by area or the like are left out."""
    entry, units = knowledge.procedure(line.code), line.units
    once = entry is not None and entry.therapy and entry.timing.kind == "untimed" and entry.timing.by is None
    if line.code in _UNLISTED:
        return
    if not once or units is None or units <= 1 or units != units.to_integral_value():
        return
    if not APART & set(line.modifiers) and "units" not in line.uncertain and line.service_end in (None, line.service_date):
        values: dict[str, Value] = {"code": line.code, "units": int(units)}
        yield Finding(
            "units.untimed", "ask", "ask", document.paper, lines=(line.number,), values=values, detail=dict(values),
            sources=("eob-explainer",), spans=(line.source,),
        )  # fmt: skip
