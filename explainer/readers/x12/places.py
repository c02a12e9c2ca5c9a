"""Where on the paper each field of a service or a claim stands. Only made where the whole text is kept to be shown."""

from collections.abc import Iterator

from explainer.model.source import Span
from explainer.readers.x12.loops import Loop, Segment, size_of
from explainer.readers.x12.values import at

_OF_SVC = ((1, "code"), (2, "billed"), (3, "plan_paid"), (4, "revenue_code"), (5, "units"), (6, "submitted"))
_OF_CLP = (
    (1, "account_number"), (2, "status"), (3, "totals.billed"), (4, "totals.plan_paid"), (5, "totals.patient_owes"),
    (7, "claim_id"),
)  # fmt: skip
_SHARES = {"1": "deductible", "2": "coinsurance", "3": "copay"}
_DAYS = {"472": "service_date", "150": "service_date", "151": "service_end", "232": "service_date", "233": "service_end"}
_PEOPLE = {"QC": "patient", "82": "provider"}
Place = tuple[str, int, int]


def places_of(loop: Loop, paper: str, of_claim: bool) -> dict[str, Span]:
    """The first place of each field."""
    found: dict[str, Span] = {}
    for name, start, end in _all(loop, of_claim):
        if end > start:
            found.setdefault(name, Span(paper, 1, start, end))
    return found


def _all(loop: Loop, of_claim: bool) -> Iterator[Place]:
    for position, name in _OF_CLP if of_claim else _OF_SVC:
        yield _element(name, loop.head, loop.start, position)
    for segment, end in zip(loop.rest, loop.ends, strict=True):
        yield from _below(segment, end - size_of(segment), "totals." if of_claim else "")


def _below(segment: Segment, start: int, before: str) -> Iterator[Place]:
    name, what, end = segment[0], at(segment, 1), start + size_of(segment)
    if name == "CAS":
        yield "adjustments", start, end
        yield from _triplets(segment, start, what, before)
    elif name == "DTM" and what in _DAYS:
        yield _DAYS[what], start, end
    elif name == "AMT" and what == "B6":
        yield _element("allowed", segment, start, 2)
    elif name in ("LQ", "MOA", "MIA"):
        yield "remarks", start, end
    elif name == "NM1" and what in _PEOPLE:
        yield _PEOPLE[what], start, end


def _triplets(segment: Segment, start: int, group: str, before: str) -> Iterator[Place]:
    for position in range(2, len(segment) - 1, 3):
        if group == "CO":
            yield _element(f"{before}discount", segment, start, position + 1)
        elif group == "PR":
            yield _element(f"{before}{_SHARES.get(at(segment, position), 'not_covered')}", segment, start, position + 1)
    if group == "PR" and not before:
        yield "patient_owes", start, start + size_of(segment)


def _element(name: str, segment: Segment, start: int, position: int) -> Place:
    if position >= len(segment):
        return name, start, start
    begin = start + size_of(segment[:position]) + 1
    return name, begin, begin + len(segment[position])
