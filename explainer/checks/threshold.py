"""threshold.kx over a year: what Medicare allowed for therapy on these papers, beside the year's KX amount.

Medicare counts physical and speech therapy together and occupational therapy by itself, by the allowed amounts of a calendar
year. Papers that are not here count as well, so a sum of papers is never said to be all of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from explainer.checks.deadlines import plan_of
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document, ServiceLine
from explainer.model.finding import Finding, Value
from explainer.model.people import People, Person

_GROUPS = {"GP": "pt-slp", "GN": "pt-slp", "GO": "ot"}
_FACT, _REVIEW = "medicare.kx-threshold", "medicare.targeted-review"


@dataclass(frozen=True, slots=True)
class YearOfTherapy:
    """Therapy of one person, calendar year and group (pt-slp, ot). whole: every line's allowed amount is printed."""

    person: Person | None
    year: int
    group: str
    allowed: Decimal
    lines: tuple[tuple[Document, ServiceLine], ...]
    whole: bool


def years_of_therapy(documents: Iterable[Document], people: People, knowledge: Knowledge) -> tuple[YearOfTherapy, ...]:
    """Original Medicare's papers by person, year and group. Lines without GP, GO or GN are of no group and left out."""
    found: dict[tuple[str, int, str], list[tuple[Person | None, Document, ServiceLine]]] = {}
    for document in documents:
        if not document.by_plan or plan_of(document, knowledge) != "medicare-original":
            continue
        for claim in document.claims:
            person = people.of(document, claim)
            for line in claim.lines if claim.status not in ("reversed", "pending") else ():
                group = next((_GROUPS[m] for m in line.modifiers if m in _GROUPS), None)
                if group and line.service_date:
                    key = (person.name if person else "", line.service_date.year, group)
                    found.setdefault(key, []).append((person, document, line))
    return tuple(_year(year, group, entries) for (_, year, group), entries in sorted(found.items()))


def _year(year: int, group: str, entries: list[tuple[Person | None, Document, ServiceLine]]) -> YearOfTherapy:
    amounts = [line.amounts.allowed for _, _, line in entries]
    known = [a for a in amounts if a is not None]
    lines = tuple((document, line) for _, document, line in entries)
    return YearOfTherapy(entries[0][0], year, group, sum(known, Decimal("0.00")), lines, len(known) == len(amounts))


def check_threshold_across(
    documents: tuple[Document, ...], main: Document | None, people: People, knowledge: Knowledge
) -> Iterator[Finding]:
    """One finding for each person, year and group that two papers or more report on."""
    for one in years_of_therapy(documents, people, knowledge):
        if len({document.paper for document, _ in one.lines}) > 1:
            yield _finding(one, main, knowledge)


def _finding(one: YearOfTherapy, main: Document | None, knowledge: Knowledge) -> Finding:
    day = min(line.service_date for _, line in one.lines if line.service_date)
    facts = {name: fact for name in (_FACT, _REVIEW) if (fact := knowledge.fact_on(name, day)) is not None}
    limit, review = (Decimal(facts[name].value) if name in facts else None for name in (_FACT, _REVIEW))
    values: dict[str, Value] = {"discipline_key": f"explain.group.{one.group}", "year": str(one.year), "amount": one.allowed}
    if limit is None:
        case = "year-unknown"
    else:
        values["limit"] = limit
        case = "year-over" if one.allowed > limit else "year-under"
        if review is not None and one.allowed > review:
            case, values["review"] = "year-review", review
    sources = {fact.source for fact in facts.values()} if limit is not None else set()
    return Finding(
        "threshold.kx",
        "not-checked" if limit is None else "ok" if case == "year-under" else "explained",
        case,
        None,
        lines=tuple(line.number for document, line in one.lines if main is not None and document.paper == main.paper),
        amount=one.allowed,
        values=values,
        detail={
            "year": one.year,
            "group": one.group,
            "allowed": one.allowed,
            "threshold": limit,
            "whole": one.whole,
            "person": one.person.name if one.person else None,
        },
        sources=tuple(sorted(sources)) or ("noridian-kx",),
        spans=tuple(line.place("allowed") for _, line in one.lines),
    )
