"""One person's papers, read and checked together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from explainer.checks import run_checks
from explainer.knowledge.base import Knowledge
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Case:
    """The papers in the order given, and what the checks say of each and of all together.

    `findings` holds pairs of a paper's id and its findings; what only shows across papers stands under "".
    """

    documents: tuple[Document, ...] = ()
    findings: tuple[tuple[str, tuple[Finding, ...]], ...] = ()
    today: date = date(1970, 1, 1)

    @property
    def main(self) -> Document | None:
        """The paper that line numbers speak of: the first that is no bill, else the first."""
        explained = [d for d in self.documents if d.kind not in ("bill", "sbc")]
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


def total_of(claims: Iterable[Claim], name: str) -> Decimal | None:
    """The sum over claims of the printed total, else of the lines where every line has the amount; None when neither is known.

    A claim that takes an earlier decision back is left out, unless the paper holds nothing else: what it undoes is not here.
    """
    amounts = [_claim_total(claim, name) for claim in standing(claims)]
    known = [a for a in amounts if a is not None]
    return sum(known, Decimal("0.00")) if known and len(known) == len(amounts) else None


def standing(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims that are decisions of their own; all of them where each takes an earlier one back."""
    every = tuple(claims)
    return tuple(claim for claim in every if claim.status != "reversed") or every


def people_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The patients that claims name, once each. Amounts of different people are never added up."""
    return tuple(dict.fromkeys(claim.patient for claim in claims if claim.patient))


def _claim_total(claim: Claim, name: str) -> Decimal | None:
    printed = claim.totals.get(name)
    if printed is not None:
        return printed
    amounts = [line.amounts.get(name) for line in claim.lines]
    known = [a for a in amounts if a is not None]
    return sum(known, Decimal("0.00")) if known and len(known) == len(amounts) else None


def check_case(documents: tuple[Document, ...], knowledge: Knowledge, today: date) -> Case:
    """The papers with all checks run over them."""
    return Case(documents, run_checks(documents, knowledge), today)
