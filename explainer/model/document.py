"""What a paper says: documents hold claims, claims hold service lines. Readers make these; nothing changes them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from explainer.model.amounts import Amounts
from explainer.model.source import PageSize, Span

# The kinds of running counts that are no dollars.
COUNTED = ("visits", "benefit-days")
Scalar = str | int | Decimal | date | None
Places = Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A group (CO, PR, OA, PI, CR), a reason code (CARC) and, where printed, its amount and quantity.

    "CO-45" in a remarks column gives one without an amount. A payer's own note key is a remark, never an adjustment.
    """

    group: str
    reason: str
    amount: Decimal | None = None
    quantity: Decimal | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the provider sent, where the plan decided on another code or another count than that."""

    code: str | None = None
    modifiers: tuple[str, ...] = ()
    units: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One printed service. `number` counts through the whole document from 1. `submitted`: where the plan changed it.

    `uncertain` names fields that were inferred or read with low confidence. `places` gives each field's own place.
    `corrected` names fields whose value a person gave or confirmed; "line" where a person added the whole line.
    """

    number: int
    source: Span
    service_date: date | None = None
    service_end: date | None = None
    code: str | None = None
    code_system: str | None = None
    modifiers: tuple[str, ...] = ()
    description: str | None = None
    units: Decimal | None = None
    minutes: int | None = None
    revenue_code: str | None = None
    place_of_service: str | None = None
    amounts: Amounts = Amounts()
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    approved: bool | None = None
    uncertain: tuple[str, ...] = ()
    places: Places = field(default_factory=dict)
    submitted: Submitted | None = None
    corrected: tuple[str, ...] = ()

    def place(self, name: str) -> Span:
        """The field's own place, else the whole line's."""
        return self.places.get(name, self.source)

    @property
    def service(self) -> tuple[date, str] | None:
        """The day and the code in capitals, by which papers are compared; None where one of them is not printed."""
        return (self.service_date, self.code.upper()) if self.service_date and self.code else None

    @property
    def added(self) -> bool:
        """Whether a person added the line: it has no place on the paper as read."""
        return "line" in self.corrected


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the document.

    `network`: in, out, mixed or None. `status`: paid, denied, partly-denied, reversed, pending or None.

    `totals` are the printed totals, never computed ones. `adjustments`, `remarks`: those printed for the claim as a whole.
    `account_number`: the provider's own number for the patient, where it is printed beside the plan's claim number.
    `service_date`, `service_end`: the days of the whole claim. `details`: what else is printed of it, by its printed key.
    `two_amounts`: what the patient may owe, where the paper gives it twice and differently: neither is taken.
    `member_id`: where it is printed for the claim, as in a remittance about many people; else the paper's own holds.
    `replaces`: the numbers of earlier claims for the same services that this one is a newer state of, as its data says.
    """

    lines: tuple[ServiceLine, ...]
    claim_id: str | None = None
    patient: str | None = None
    provider: str | None = None
    processed: date | None = None
    network: str | None = None
    status: str | None = None
    totals: Amounts = Amounts()
    diagnoses: tuple[str, ...] = ()
    places: Places = field(default_factory=dict)
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    account_number: str | None = None
    service_date: date | None = None
    service_end: date | None = None
    details: tuple["Note", ...] = ()
    two_amounts: tuple[Decimal, Decimal] | None = None
    member_id: str | None = None
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A key and the paper's own words for it, as in "M15  This service is paid as part of another service."."""

    key: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Accumulator:
    """A running count the paper prints: how much of a yearly amount or of a number of visits is used.

    kind: deductible, out-of-pocket, visits or benefit-days (Medicare Part A: days in a hospital or nursing facility; of one
    stay where applies_to is "stay"). used, limit, remaining: dollars, visits or days, None when not printed.
    period: calendar-year, plan-year, or None; period_end: its last day, where the paper names it: a paper of January may still
    speak of the year before. scope: individual, family or None. network: in, out or None.
    """

    kind: str
    span: Span
    used: Decimal | None = None
    limit: Decimal | None = None
    remaining: Decimal | None = None
    period: str | None = None
    scope: str | None = None
    network: str | None = None
    applies_to: str | None = None
    words: str = ""
    period_end: date | None = None


@dataclass(frozen=True, slots=True)
class AppealNotice:
    """What the paper itself says of appeals: a number of days and from when, or a printed last day."""

    span: Span
    days: int | None = None
    counted_from: str | None = None
    last_day: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Benefit:
    """A row of a Summary of Benefits and Coverage, in the paper's own words. kind: rehabilitation, deductible, ... or other.

    in_network, out_network: what the patient pays, as printed; copay, coinsurance: told from in_network where it is plain
    (dollars a visit, percent). visits: the printed limit; period: what it is counted over. Values that are not printed are None.
    """

    kind: str
    span: Span
    service: str
    in_network: str | None = None
    out_network: str | None = None
    limits: str | None = None
    copay: Decimal | None = None
    coinsurance: Decimal | None = None
    after_deductible: bool | None = None
    visits: int | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, or that the reader is unsure of. Its words are in content, under `code`."""

    code: str
    values: Mapping[str, Scalar] = field(default_factory=dict)
    claim: int | None = None
    line: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """How a plan sent its money for all claims of a paper together: to the provider, or to nobody (amount 0).

    amount: dollars. method: as printed (ACH, CHK, NON, ...). day: when it was sent. number: of the check or transfer.
    """

    amount: Decimal | None = None
    method: str | None = None
    day: date | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a bill prints in a row of its own beside its charges. amount: dollars, without a minus.

    by: plan or patient, who paid it (unknown where the row does not say); adjustment, what was taken off; before, a balance
    carried over. day: None where the row has none, as in a sum of several payments.
    """

    by: str
    amount: Decimal
    span: Span
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One paper. kind: eob, msn, remittance, bill or sbc. `plan_words` is what the paper says of the plan's type.

    `notice_date`: the day of the notice itself where that is printed apart from a claim's processed date.
    `account_paid`: paid from the patient's health account (HRA, HSA, FSA). `owes_after`: what is then left to pay, as printed.
    `amount_due`, `due_date`, `paid_at_visit`: of a bill. `text` is the whole text that the spans point into.
    `pages`: the sizes of the pages that boxes lie on. `benefits`: of a Summary of Benefits and Coverage;
    `referral`: whether it says that a specialist needs one, None where it does not say.
    `payments`: of a remittance. `receipts`: of a bill, in printed order.
    """

    paper: str
    file: str
    format: str
    kind: str
    text: str
    claims: tuple[Claim, ...] = ()
    payer: str | None = None
    plan_words: str | None = None
    member_id: str | None = None
    notice_date: date | None = None
    notes: tuple[Note, ...] = ()
    accumulators: tuple[Accumulator, ...] = ()
    appeal: AppealNotice | None = None
    account_paid: Decimal | None = None
    amount_due: Decimal | None = None
    due_date: date | None = None
    paid_at_visit: Decimal | None = None
    phones: tuple[Note, ...] = ()
    unread: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()
    places: Places = field(default_factory=dict)
    pages: tuple[PageSize, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    payments: tuple[Payment, ...] = ()
    referral: bool | None = None
    receipts: tuple[Receipt, ...] = ()
    owes_after: Decimal | None = None

    def benefit(self, kind: str) -> Benefit | None:
        """The first row, question or list of that kind of a summary of benefits."""
        return next((b for b in self.benefits if b.kind == kind), None)

    @property
    def by_plan(self) -> bool:
        """Whether the plan wrote it, about care that it decided on: an EOB, a Medicare notice or a remittance."""
        return self.kind not in ("bill", "sbc")

    @property
    def lines(self) -> tuple[ServiceLine, ...]:
        """All service lines in printed order."""
        return tuple(line for claim in self.claims for line in claim.lines)

    def line(self, number: int) -> ServiceLine | None:
        """The line of that number, or None."""
        return next((line for line in self.lines if line.number == number), None)

    def claim_of(self, number: int) -> Claim | None:
        """The claim that holds the line of that number."""
        return next((claim for claim in self.claims if any(line.number == number for line in claim.lines)), None)

    def note(self, key: str) -> Note | None:
        """The paper's own words for a note key; dashes, spaces and case do not matter (PR96 is PR-96)."""
        wanted = plain_key(key)
        return next((note for note in self.notes if plain_key(note.key) == wanted), None)

    def keys(self) -> Iterator[str]:
        """Every remark and adjustment key printed on a line or for a claim, once each, in order."""
        seen: dict[str, None] = {}
        parts: list[Claim | ServiceLine] = []
        for claim in self.claims:
            parts += (claim, *claim.lines)
        for part in parts:
            for key in (*part.remarks, *(f"{a.group}-{a.reason}" for a in part.adjustments)):
                seen.setdefault(key, None)
        yield from seen


def plain_key(key: str) -> str:
    """A note key without dashes, spaces, dots or brackets, in capitals: "co 45" and "CO-45" are both "CO45"."""
    return "".join(c for c in key.upper() if c.isalnum())
