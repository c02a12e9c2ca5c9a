"""Which of Medicare's tables fits a claim: whose claims it is for, which quarter, and whether the payer must follow it."""

import re
from dataclasses import dataclass
from datetime import date

from explainer.checks.deadlines import plan_of
from explainer.knowledge.base import Knowledge
from explainer.knowledge.edit_file import Kind, Setting
from explainer.knowledge.edits import quarter_of
from explainer.model.document import Claim, Document
from explainer.model.finding import Value

# Places of service that doctors' claims and hospitals' papers both name, so that they do not tell whose claim it is.
_EITHER = frozenset({"19", "21", "22", "23", "31", "61", "62"})
_HOSPITAL = re.compile(r"\b(?:hospital|medical\s+cent(?:er|re)|health\s+system|infirmary)\b", re.I)
_SUPPLY = re.compile(r"[BEKL]\d{4}|A[4-9]\d{3}")
_MEDICARE = re.compile(r"(?:original\s+)?medicare(?:\s+part\s+[ab])?", re.I)


@dataclass(frozen=True, slots=True)
class Whose:
    """The kinds of provider that a claim may be of: those whose tables must be loaded, and those that count too where they are.

    More than one kind: the paper does not say which.
    """

    needed: tuple[Setting, ...]
    also: tuple[Setting, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether there is only one kind that it can be."""
        return len(self.needed) == 1 and not self.also

    def used(self, kind: Kind, day: date, knowledge: Knowledge) -> tuple[Setting, ...]:
        """The kinds whose tables of that day's quarter are looked at; none where a needed one is not loaded."""
        if not all(knowledge.edits.has(kind, setting, day) for setting in self.needed):
            return ()
        return (*self.needed, *(setting for setting in self.also if knowledge.edits.has(kind, setting, day)))

    def missing(self, kind: Kind, day: date, knowledge: Knowledge) -> Setting:
        """The first kind whose table is needed and not loaded."""
        return next(s for s in self.needed if not knowledge.edits.has(kind, s, day))


def whose(claim: Claim) -> Whose:
    """Revenue codes stand on the claims of hospitals and other facilities, places of service on those of practitioners.

    A paper with neither is taken for a practitioner's, as nearly all are, unless the provider's name speaks of a hospital.
    """
    if any(line.revenue_code for line in claim.lines):
        return Whose(("hospital",))
    places = {line.place_of_service for line in claim.lines if line.place_of_service}
    if places and not places & _EITHER:
        return Whose(("practitioner",))
    if _HOSPITAL.search(claim.provider or ""):
        return Whose(("practitioner", "hospital"))
    return Whose(("practitioner",), ("hospital",))


def of_code(code: str, claimed: Whose) -> Whose:
    """Equipment and supplies have limits of their own, unless a hospital billed them."""
    return Whose(("dme",)) if _SUPPLY.fullmatch(code) and claimed.needed != ("hospital",) else claimed


def payer_of(document: Document, knowledge: Knowledge) -> str:
    """ "medicare" must follow the tables; "medicaid" has tables of its own; any other "plan" may follow them or not."""
    plan = plan_of(document, knowledge)
    if plan == "medicare-original" or (plan is None and _MEDICARE.fullmatch((document.payer or "").strip())):
        return "medicare"
    return "medicaid" if plan == "medicaid" else "plan"


@dataclass(frozen=True, slots=True)
class Ground:
    """What holds for all lines of a paper. marked: whether it prints modifiers at all; many papers for patients do not."""

    payer: str
    marked: bool
    knowledge: Knowledge

    @classmethod
    def of(cls, document: Document, knowledge: Knowledge) -> "Ground":
        """The ground of that paper."""
        return cls(payer_of(document, knowledge), any(line.modifiers for line in document.lines), knowledge)


def table_values(used: tuple[Setting, ...], sure: bool, day: date) -> dict[str, Value]:
    """The blanks that say which table was looked at."""
    told = used[0] if sure else "both" if len(used) > 1 else "open"
    return {**quarter_values(day), "table_key": f"explain.edits.table.{told}"}


def quarter_values(day: date) -> dict[str, Value]:
    """The blanks that name the quarter of a day."""
    quarter = quarter_of(day)
    return {"edition": quarter, "quarter_key": f"explain.edits.months.{quarter[-2:].lower()}", "year": quarter[:4]}
