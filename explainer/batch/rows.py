"""A batch of papers as rows: patients, their claims with lines, and what could not be read. No words of any language yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from explainer.model.amounts import Amounts
from explainer.model.document import Scalar
from explainer.model.finding import Finding

# The amounts that are added up over the claims of a patient, where they can be.
ADDED = ("billed", "discount", "allowed", "plan_paid", "other_paid", "patient_owes")


@dataclass(frozen=True, slots=True)
class Line:
    """A service line. keys: its adjustments and remarks as printed. uncertain: fields that were not read for sure."""

    number: int
    day: date | None
    end: date | None
    code: str | None
    modifiers: tuple[str, ...]
    description: str | None
    units: Decimal | None
    amounts: Amounts
    keys: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One claim. patient: place in `Batch.patients`, from 0. first, last: days of care.

    totals: printed for the claim, or the sum of its lines where every line has the amount; None where both are known and differ,
    and those are named in `differs`. relation: copy, newer, older or unclear, where another paper here has the same claim.
    counted: whether it goes into the patient's sums: a plan's claim, in its newest state. asks: what is worth a question.
    """

    patient: int
    file: str
    kind: str
    payer: str | None
    provider: str | None
    claim_id: str | None
    account: str | None
    status: str | None
    processed: date | None
    first: date | None
    last: date | None
    totals: Amounts
    differs: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    relation: str | None = None
    counted: bool = True
    asks: tuple[Finding, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Patient:
    """Whose claims these are. name: None where none is printed; then the claims of one paper stand together.

    member: their number, where the claims print one. namesake: another patient of this batch has the same name and another
    number, or a name that may be the same. totals: of all counted claims, each known; empty where they do not add up.
    """

    name: str | None
    member: str | None = None
    namesake: bool = False
    claims: int = 0
    totals: Amounts = Amounts()


@dataclass(frozen=True, slots=True)
class Gap:
    """What could not be read. code: of a refused file (partly: False), or of a doubt about one that was read."""

    file: str
    code: str
    values: Mapping[str, Scalar] = field(default_factory=dict)
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """patients in the order met; rows by patient, then by day. loose: questions that belong to no one claim.

    left_out: claims beyond what a batch may hold. alone: each claim was checked by itself, since there are too many to compare.
    """

    patients: tuple[Patient, ...] = ()
    rows: tuple[Row, ...] = ()
    loose: tuple[tuple[str, Finding], ...] = ()
    gaps: tuple[Gap, ...] = ()
    left_out: int = 0
    alone: bool = False
