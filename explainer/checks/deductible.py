"""deductible.after-met: a deductible taken although an earlier notice of the same year already shows it all used.

The year is that of the care, since a notice of January can speak of December. A plan whose year is not the calendar's, another
member's number, care out of the network and a newer count that says otherwise each leave it open, and then nothing is said.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from explainer.checks.copies import last_care
from explainer.checks.deadlines import notice_day
from explainer.checks.money import LINE_TOLERANCE
from explainer.model.amounts import ZERO
from explainer.model.document import Accumulator, Claim, Document
from explainer.model.finding import Finding
from explainer.model.people import People

_PLANS = ("eob", "msn")
_OWN_YEAR = re.compile(r"\b(?:plan|benefit|policy|contract) (?:year|period)\b|\baño (?:del plan|de beneficios)\b", re.IGNORECASE)
_DATED = re.compile(r"\d[/-]\d")


def check_deductible_across(documents: tuple[Document, ...], main: Document | None, people: People) -> Iterator[Finding]:
    """One finding for each later claim. A count of a family, of another network or of another plan says nothing of it."""
    reports = [d for d in documents if d.kind in _PLANS and len(people.named_on(d)) < 2]
    for later in reports:
        for claim in later.claims:
            earlier = _met_before(claim, later, reports, people)
            if earlier is not None and (finding := _finding(claim, later, *earlier, main)) is not None:
                yield finding


def _met_before(
    claim: Claim, later: Document, reports: Iterable[Document], people: People
) -> tuple[Document, Accumulator, date] | None:
    """The newest earlier notice with the individual deductible all used, where it speaks of the claim's plan and year."""
    told, days = notice_day(later), [line.service_date for line in claim.lines if line.service_date]
    person = people.of(later, claim)
    found = []
    for document in reports:
        day = notice_day(document)
        whose = _one_plan(document, later) and all(people.of(document, c) == person for c in document.claims)
        if not whose or told is None or day is None or day >= told or not days:
            continue
        care = last_care(document)
        after = care is not None and min(days) > care and {d.year for d in days} == {care.year}
        if after and not _says_otherwise(document, later):
            found += [(document, a, day) for a in document.accumulators if _is_met(a, claim)]
    return max(found, key=lambda entry: entry[2], default=None)


def _one_plan(one: Document, other: Document) -> bool:
    """Two papers of one payer and, where both print it, of one member's number."""
    numbers = {d.member_id for d in (one, other) if d.member_id}
    return one.paper != other.paper and one.payer is not None and one.payer == other.payer and len(numbers) < 2


def _says_otherwise(earlier: Document, later: Document) -> bool:
    """Whether the plan has a year of its own, or the newer paper counts another deductible or one that is not all used."""
    limits = {a.limit for d in (earlier, later) for a in _own(d) if a.limit}
    open_ = any(a.used is None or a.limit is None or a.used < a.limit for a in _own(later))
    return open_ or len(limits) > 1 or any(_OWN_YEAR.search(d.text) for d in (earlier, later))


def _own(document: Document) -> list[Accumulator]:
    return [a for a in document.accumulators if a.kind == "deductible" and a.scope != "family"]


def _is_met(count: Accumulator, claim: Claim) -> bool:
    alone = count.kind == "deductible" and count.scope == "individual" and count.applies_to is None
    fits = claim.network in ((None, "in") if count.network is None else (count.network,))
    if not alone or not fits or count.period == "plan-year" or not count.limit or _DATED.search(count.words):
        return False
    return count.remaining == 0 or (count.used is not None and count.used >= count.limit)


def _finding(
    claim: Claim, later: Document, earlier: Document, count: Accumulator, day: date, main: Document | None
) -> Finding | None:
    lines = [line for line in claim.lines if (line.amounts.deductible or ZERO) > LINE_TOLERANCE]
    taken = sum((line.amounts.deductible or ZERO for line in lines), ZERO)
    if not lines or claim.status in ("reversed", "pending", "denied"):
        return None
    return Finding(
        "deductible.after-met",
        "ask",
        "ask",
        None,
        lines=tuple(line.number for line in lines) if main is not None and later.paper == main.paper else (),
        amount=taken,
        values={"taken": taken, "limit": count.limit, "day": day.isoformat()},
        detail={"paper": later.paper, "paper_lines": [line.number for line in lines], "earlier": earlier.paper},
        sources=("eob-explainer",),
        spans=(count.span, *(line.place("deductible") for line in lines)),
    )
