"""One person's papers, read and checked together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from explainer.checks import run_checks
from explainer.checks.copies import Twins, in_time, twice_told, twins_of, without
from explainer.checks.plans import first_plans, superseded, without_first_plans
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import ZERO, summed
from explainer.model.document import Claim, Document, Problem, ServiceLine
from explainer.model.finding import Finding
from explainer.model.people import People, Person, people_of

_SAID_FIRST = frozenset(
    {
        "several-patients",
        "side-by-side",
        "estimate",
        "fhir-cancelled",
        "fhir-predetermination",
        "fhir-preauthorization",
        "fhir-draft",
        "fhir-not-processed",
        "fhir-paid-by-patient",
        "fhir-no-money",
    }
)


@dataclass(frozen=True, slots=True)
class Case:
    """The papers in the order given, and what the checks say of each and of all together.

    `findings` holds pairs of a paper's id and its findings; what only shows across papers stands under "".
    people: who the papers are of. twins: which claims are the same claim again: copies, and newer or older states.
    """

    documents: tuple[Document, ...] = ()
    findings: tuple[tuple[str, tuple[Finding, ...]], ...] = ()
    today: date = date(1970, 1, 1)

    people: People = field(init=False, compare=False, repr=False)
    twins: Twins = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", people_of(self.documents))
        object.__setattr__(self, "twins", twins_of(self.documents, self.people))

    @property
    def ordered(self) -> tuple[Document, ...]:
        """The papers by day, then kind, then as given."""
        return in_time(self.documents)

    @property
    def main(self) -> Document | None:
        """The paper that line numbers speak of: the first that is no bill, else the first."""
        explained = [d for d in self.documents if d.by_plan]
        return next(iter(explained or self.documents), None)

    @property
    def bills(self) -> tuple[Document, ...]:
        """The provider's bills among the papers."""
        return tuple(d for d in self.documents if d.kind == "bill")

    @property
    def lines(self) -> tuple[ServiceLine, ...]:
        """The lines of the main paper."""
        return self.main.lines if self.main else ()

    def line(self, number: int) -> ServiceLine | None:
        """The main paper's line of that number."""
        return self.main.line(number) if self.main else None

    def claim_of(self, number: int) -> Claim | None:
        """The main paper's claim that holds that line."""
        return self.main.claim_of(number) if self.main else None

    def findings_of(self, paper: str) -> tuple[Finding, ...]:
        """What the checks say of one paper; "" for what only shows across papers."""
        return next((found for name, found in self.findings if name == paper), ())

    def all_findings(self) -> tuple[Finding, ...]:
        """Every finding of every paper, then those across papers."""
        return tuple(f for _, found in self.findings for f in found)


def owed_by(case: Case, person: Person | None) -> Decimal | None:
    """What the plan's papers together say a person may owe, each claim once and in its newest state.

    None where that is not known: an amount is missing, two papers differ without a day, or two plans report one service.
    """
    return owed_by_each(case).get(person)


def owed_by_each(case: Case) -> dict[Person | None, Decimal | None]:
    """`owed_by` of everybody; None stands for the only person of papers without names, and for claims that are nobody's."""
    return amount_of_each(case, "patient_owes")


def amount_of_each(case: Case, name: str) -> dict[Person | None, Decimal | None]:
    """The sum of an amount (a field of `Amounts`) over each person's papers, with the care of `owed_by`."""
    people, twins = case.people, case.twins
    mine: dict[Person | None, list[Document]] = {}
    for document in without(case.documents, twins.dropped):
        if document.by_plan:
            for person, part in people.split(document):
                mine.setdefault(person, []).append(part)
    doubted = {people.of(p.document, p.claim) for t in twins.pairs for p in (t.first, t.one) if p.key in twins.unclear}
    owed = {person: None if person in doubted else _sum_over(papers, name) for person, papers in mine.items()}
    return owed if people.several else {**dict.fromkeys((*people.persons, None)), **owed, **_only(owed)}


def _only(owed: dict[Person | None, Decimal | None]) -> dict[Person | None, Decimal | None]:
    """With one person at most, "nobody in particular" is that person."""
    return {None: next(iter(owed.values()))} if len(owed) == 1 else {}


def _sum_over(every: list[Document], name: str) -> Decimal | None:
    # Each of two plans pays a part of its own; what they report besides is the same service twice.
    papers = every if name == "plan_paid" else without(every, without_first_plans(every))
    if twice_told(papers) or {c.status for d in papers for c in d.claims} & {"reversed", "pending"}:
        return None
    found = total_of((c for d in papers for c in d.claims), name)
    off = sum((taken_off(d) for d in papers), ZERO) if name == "patient_owes" else ZERO
    return None if found is None else found - off


def left_to_pay(document: Document) -> Decimal | None:
    """What the paper says may be owed: less what a health account paid, where it prints what is left then."""
    owed = total_of(document.claims, "patient_owes")
    return None if owed is None else owed - taken_off(document)


def taken_off(document: Document) -> Decimal:
    """What a health account paid of the patient's share, where the paper prints both and the rest fits; else 0.00: it may be
    taken off already."""
    owed, paid, rest = total_of(document.claims, "patient_owes"), document.account_paid, document.owes_after
    known = document.by_plan and owed is not None and paid is not None and rest is not None
    return paid if known and paid and owed is not None and rest is not None and owed - paid == rest else ZERO


def total_of(claims: Iterable[Claim], name: str) -> Decimal | None:
    """The sum over claims of the printed total, else of the lines where every line has the amount; None when neither is known.

    What is given twice and differently is not known, and what is owed of a claim that is not decided yet. Of two plans' claims
    for one service the second plan's counts, but for what was paid, which both did. A cancelled claim does not count. A claim
    that takes an earlier decision back is left out, unless the paper holds nothing else: what it undoes is not here.
    """
    counted = [claim for claim in standing(claims) if not cancelled(claim)]
    before = first_plans(counted) if name != "plan_paid" else frozenset()
    return summed(_claim_total(claim, name) for claim in counted if id(claim) not in before)


_PAID_OR_OWED = ("discount", "plan_paid", "other_paid", "patient_owes")


def uncovered_apart(claims: Iterable[Claim]) -> Decimal | None:
    """The not-covered amount, where it is in no other part of the price: with it they come to what was billed."""
    every = list(claims)
    billed, uncovered = total_of(every, "billed"), total_of(every, "not_covered")
    known = [total for name in _PAID_OR_OWED if (total := total_of(every, name)) is not None]
    if billed is None or not uncovered or uncovered < 0 or any(total < 0 for total in known):
        return None
    return uncovered if sum(known, uncovered) == billed else None


def cancelled(claim: Claim) -> bool:
    """Whether a claim was taken back as it stands, without minus signs that would take it off a sum."""
    every = [claim.totals, *(line.amounts for line in claim.lines)]
    return claim.status == "reversed" and all(amount >= 0 for amounts in every for amount in amounts.known().values())


def said_first(document: Document) -> tuple[Problem, ...]:
    """What changes the meaning of every amount of the paper (an estimate, a cancelled claim), once each."""
    found = {p.code: p for p in document.problems if p.code in _SAID_FIRST}
    held = {code: {p.claim for p in document.problems if p.code == code} for code in found}
    alike = {code for code in found if held[code] == {None} or len(held[code]) == len(document.claims)}
    alone = len(document.claims) == 1
    return tuple(p for code, p in found.items() if code in alike and (alone or p.claim is None or not p.values))


def standing(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims that are decisions of their own and hold now; all of them where each takes an earlier one back."""
    every = tuple(claims)
    gone = superseded(every)
    return tuple(claim for claim in every if claim.status != "reversed" and id(claim) not in gone) or every


def _claim_total(claim: Claim, name: str) -> Decimal | None:
    printed = claim.totals.get(name)
    if name == "patient_owes" and (claim.two_amounts is not None or claim.status == "pending"):
        return None
    return summed(line.amounts.get(name) for line in claim.lines) if printed is None else printed


def check_case(documents: tuple[Document, ...], knowledge: Knowledge, today: date) -> Case:
    """The papers with all checks run over them."""
    return Case(documents, run_checks(documents, knowledge, today), today)
