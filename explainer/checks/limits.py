"""limit.visits, threshold.kx and network.surprise: running counts, the KX mark, and care out of the network inside a hospital."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from explainer.checks.marks import is_therapy, marks, told_bucket
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import ZERO
from explainer.model.document import Accumulator, Claim, Document, ServiceLine, plain_key
from explainer.model.finding import Finding, Value, Verdict
from explainer.model.source import Span

# Places of service inside or under a hospital, and surgery centers: where federal law protects from surprise bills.
_FACILITIES = frozenset({"19", "21", "22", "23", "24"})
_OWN = ("eob-explainer",)


def check_visits(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """One finding for each count of visits that the paper prints with its limit; the same count again is no other one."""
    denied = tuple(line for line in document.lines if any(told_bucket(m, document, knowledge) == "limit" for m in marks(line)))
    for count in {replace(a, span=Span(document.paper)): a for a in document.accumulators}.values():
        if count.kind == "visits" and count.used is not None and count.limit is not None:
            yield _visits(document, count, count.used, count.limit, denied)


def _visits(document: Document, count: Accumulator, used: Decimal, limit: Decimal, denied: tuple[ServiceLine, ...]) -> Finding:
    left = count.remaining if count.remaining is not None else limit - used
    verdict: Verdict = "ok" if left > 0 else "explained"
    case = "left" if left > 0 else "reached"
    if left > 0 and denied:
        verdict, case = "ask", "denied-with-visits-left"
    values: dict[str, Value] = {"used": plain_count(used), "limit": plain_count(limit), "left": plain_count(max(left, ZERO))}
    return Finding(
        "limit.visits",
        verdict,
        case,
        document.paper,
        lines=tuple(line.number for line in denied),
        values=values,
        detail=dict(values),
        sources=_OWN,
        spans=(count.span,),
    )


def plain_count(number: Decimal) -> int | str:
    """A count of visits as a number, which is no amount of dollars."""
    return int(number) if number == number.to_integral_value() else str(number)


def check_kx(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """One finding for a paper with KX on therapy lines: neither a denial nor a cap."""
    marked = tuple(line for line in document.lines if "KX" in line.modifiers and is_therapy(line, knowledge))
    if marked:
        yield Finding(
            "threshold.kx",
            "explained",
            "printed",
            document.paper,
            lines=tuple(line.number for line in marked),
            values={"count": len(marked)},
            sources=("noridian-kx",),
            spans=tuple(line.place("modifiers") for line in marked),
        )


def check_network(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """Care out of the network in a hospital or surgery center that the patient may owe for; and notes of protection."""
    for claim in document.claims:
        protected = tuple(line for line in claim.lines if _protected(line, knowledge))
        if protected:
            yield _network(document, protected, "explained", "protected")
        lines = tuple(line for line in claim.lines if _at_risk(claim, line) and line not in protected)
        if lines and document.kind == "eob":
            yield _network(document, lines, "ask", "hospital")


def _at_risk(claim: Claim, line: ServiceLine) -> bool:
    return claim.network == "out" and line.place_of_service in _FACILITIES and (line.amounts.patient_owes or ZERO) > 0


def _protected(line: ServiceLine, knowledge: Knowledge) -> bool:
    """Whether a printed remark says that the law against surprise bills was used."""
    remarks = [knowledge.remarks.get(plain_key(key)) for key in line.remarks]
    return any(entry is not None and entry.bucket == "surprise" for entry in remarks)


def _network(document: Document, lines: tuple[ServiceLine, ...], verdict: Verdict, case: str) -> Finding:
    return Finding(
        "network.surprise",
        verdict,
        case,
        document.paper,
        lines=tuple(line.number for line in lines),
        values={"count": len(lines)},
        sources=("cms-nsa",),
        spans=tuple(line.source for line in lines),
    )
