"""limit.visits, threshold.kx and network.surprise: running counts, the KX mark, and care out of the network inside a hospital."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from explainer.checks.marks import is_therapy, marks, told_bucket
from explainer.checks.therapies import may_be_of, of_count, of_line
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import ZERO
from explainer.model.document import Accumulator, Claim, Document, ServiceLine, plain_key
from explainer.model.finding import Finding, Value, Verdict
from explainer.model.source import Span

# Places of service inside or under a hospital, and surgery centers: where federal law protects from surprise bills.
_FACILITIES = frozenset({"19", "21", "22", "23", "24"})
_OWN = ("eob-explainer",)


def check_visits(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """One finding for each count of visits that the paper prints with its limit; the same count again is no other one.

    Beside a count stand only the lines of its own kind of therapy, as far as the paper tells them apart.
    """
    denied = tuple(line for line in document.lines if any(told_bucket(m, document, knowledge) == "limit" for m in marks(line)))
    every = {replace(a, span=Span(document.paper)): a for a in document.accumulators}.values()
    counts = [a for a in every if a.kind == "visits" and a.used is not None and a.limit is not None]
    full = [count for count in counts if left_of(count) == 0]
    for count in counts:
        mine = tuple(line for line in denied if may_be_of(of_count(count), of_line(line, knowledge)))
        if count not in full:
            # A count that is full explains its lines; another one then has nothing to say of them.
            mine = tuple(line for line in mine if not any(may_be_of(of_count(f), of_line(line, knowledge)) for f in full))
        yield _visits(document, count, mine, several=len(counts) > 1)


def _visits(document: Document, count: Accumulator, denied: tuple[ServiceLine, ...], *, several: bool) -> Finding:
    """several: whether the paper prints more than one count, so that each must say which it is."""
    used, limit, left = count.used or ZERO, count.limit or ZERO, left_of(count)
    verdict: Verdict = "ok" if left > 0 else "explained"
    case = "left" if left > 0 else "reached"
    if left > 0 and denied:
        verdict, case = "ask", "denied-with-visits-left"
    figures: dict[str, Value] = {"used": plain_count(used), "limit": plain_count(limit), "left": plain_count(left)}
    values = {**figures, **_which(count)} if several else figures
    return Finding(
        "limit.visits",
        verdict,
        case,
        document.paper,
        lines=tuple(line.number for line in denied),
        values=values,
        detail=dict(figures),
        sources=_OWN,
        spans=(count.span,),
    )


def left_of(count: Accumulator) -> Decimal:
    """What is left of a count: printed, else the limit less what is used; never less than nothing."""
    printed = count.remaining
    return max(printed if printed is not None else (count.limit or ZERO) - (count.used or ZERO), ZERO)


def _which(count: Accumulator) -> dict[str, Value]:
    """What tells a count from the paper's other ones: its own words, or that it has none."""
    if of_count(count):
        return {"after_key": "finding.limit.visits.words", "words": count.words.strip().rstrip(".")}
    return {"after_key": "finding.limit.visits.which"}


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
