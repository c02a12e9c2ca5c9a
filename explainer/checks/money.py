"""Whether the amounts of a line add up, and every honest reason why they may not.

Each sum is tried only where the paper has all of its columns. A gap is a fault only when no honest reading fits.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from explainer.checks.marks import marks, only_patient, words_of
from explainer.checks.protection import said_qmb
from explainer.model.amounts import COST_SHARES, MONEY_FIELDS, ZERO, Amounts
from explainer.model.document import Claim, Document, ServiceLine

LINE_TOLERANCE = Decimal("0.02")
TOTAL_TOLERANCE = Decimal("0.05")
# Since 2013 Medicare's own payment is cut by this part (source fcso-seq); it is nobody's to pay.
SEQUESTRATION = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Setting:
    """What besides the amounts decides how they may be read.

    marked: a key or note hangs on the line. patient_only: its keys all say PR. other_insurance, interest: the paper speaks of it.
    protected: the paper says that the patient's part may not be collected (QMB), so it can show none.
    """

    network: str | None = None
    account: Decimal = ZERO
    other_insurance: bool = False
    interest: bool = False
    marked: bool = False
    patient_only: bool = False
    pending: bool = False
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum tried: `printed` against `expected`. `reading` is "" when exact, an honest reason's name, or None: a fault.

    name: price (billed = all its parts), owed (your parts), allowed (plan's part and yours), counted (billed = allowed and cuts),
    shared (allowed = paid + owed), balance (billed less all adjustments = paid).
    """

    name: str
    columns: tuple[str, ...]
    printed: Decimal
    expected: Decimal
    reading: str | None

    @property
    def gap(self) -> Decimal:
        """Printed less expected."""
        return self.printed - self.expected


Readings = Callable[["_Sides"], Iterable[tuple[str, bool]]]


@dataclass(frozen=True, slots=True)
class _Sides:
    """A gap with what is needed to judge it. `get` reads a missing column as zero."""

    gap: Decimal
    amounts: Amounts
    setting: Setting
    tolerance: Decimal

    def get(self, name: str) -> Decimal:
        return self.amounts.get(name) or ZERO

    def near(self, wanted: Decimal) -> bool:
        return abs(self.gap - wanted) <= self.tolerance

    @property
    def shares(self) -> Decimal:
        return sum((self.get(name) for name in COST_SHARES), ZERO)

    @property
    def uncounted(self) -> Decimal:
        """The part of the price that no column explains."""
        if self.amounts.billed is None or self.amounts.allowed is None:
            return ZERO
        return self.get("billed") - self.get("allowed") - self.get("discount") - self.get("not_covered")

    @property
    def cut_by_law(self) -> bool:
        return self.gap > 0 and self.near((self.get("plan_paid") + self.gap) * SEQUESTRATION)

    @property
    def nothing_due(self) -> bool:
        return self.setting.marked and self.get("plan_paid") == 0 and self.get("patient_owes") == 0 and self.gap > 0


def _missing_part(s: _Sides) -> Iterable[tuple[str, bool]]:
    """Why the parts come to less than the whole, for any sum that holds what was paid."""
    yield "sequestration", s.cut_by_law
    yield "account", ZERO < s.gap <= s.setting.account + s.tolerance and s.setting.account > 0
    yield "other-insurance", s.setting.other_insurance and s.gap > 0
    yield "interest", s.setting.interest and s.gap < 0
    yield "written-off", s.nothing_due
    yield "protected", s.setting.protected and s.get("patient_owes") == 0 and s.gap > 0


def _price(s: _Sides) -> Iterable[tuple[str, bool]]:
    uncovered = s.get("not_covered")
    if uncovered and not s.setting.patient_only:
        known = all(s.amounts.get(name) is not None for name in COST_SHARES)
        theirs = uncovered - (s.get("patient_owes") - s.shares)
        yield "not-covered-provider", s.near(theirs if known else uncovered)
        yield "not-covered-part", not known and ZERO < s.gap < uncovered
    yield from _missing_part(s)
    yield "copay-at-visit", s.get("copay") > 0 and s.near(s.get("copay"))
    if s.get("discount") == 0:
        yield "difference-not-shown", s.uncounted > s.tolerance and s.near(s.uncounted)
        yield "allowed-above-billed", s.uncounted < 0 and s.near(s.uncounted)
    yield "allowed-above-billed", s.get("discount") > 0 and s.near(-2 * s.get("discount"))


def _owed(s: _Sides) -> Iterable[tuple[str, bool]]:
    uncovered = s.get("not_covered")
    if uncovered and not s.setting.patient_only:
        yield "not-covered-provider", s.near(-uncovered)
        yield "not-covered-part", -uncovered < s.gap < 0
    yield "account", s.setting.account > 0 and -s.setting.account - s.tolerance <= s.gap < 0
    yield "other-insurance", s.setting.other_insurance and s.gap < 0
    yield "copay-at-visit", s.get("copay") > 0 and s.near(-s.get("copay"))
    yield "balance-included", s.get("discount") == 0 and s.uncounted > s.tolerance and s.near(s.uncounted)
    if s.amounts.not_covered is None:
        yield "not-covered-yours", s.uncounted > s.tolerance and s.near(s.uncounted)
        yield "balance-included", s.setting.network == "out" and ZERO < s.gap <= s.uncounted


def _allowed(s: _Sides) -> Iterable[tuple[str, bool]]:
    yield "not-covered-in-allowed", s.get("not_covered") > 0 and s.near(s.get("not_covered"))
    yield from _missing_part(s)
    whole_copay = s.get("copay") > s.get("allowed") and s.get("plan_paid") == 0
    yield "copay-above-price", whole_copay and s.near(s.get("allowed") - s.shares)


def _shared(s: _Sides) -> Iterable[tuple[str, bool]]:
    uncovered, beyond = s.get("not_covered"), s.get("billed") - s.get("allowed")
    yield "not-covered-in-allowed", uncovered > 0 and s.near(uncovered)
    yield "not-covered-yours", uncovered > 0 and s.near(-uncovered)
    yield "balance-included", s.amounts.billed is not None and s.near(-beyond) and beyond > 0
    yield "balance-included", s.setting.network == "out" and -beyond <= s.gap < 0
    whole_price = s.get("plan_paid") > 0 and s.get("patient_owes") == s.get("billed")
    yield "whole-price", s.setting.network == "out" and whole_price
    yield "not-covered-part", uncovered > 0 and -uncovered < s.gap < 0
    yield from _missing_part(s)


def _counted(s: _Sides) -> Iterable[tuple[str, bool]]:
    yield "discount-in-not-covered", s.get("discount") > 0 and s.near(-s.get("discount"))
    yield "not-covered-in-allowed", s.get("not_covered") > 0 and s.near(-s.get("not_covered"))
    yield "difference-not-shown", s.get("discount") == 0 and s.gap > 0
    yield "allowed-above-billed", s.get("discount") > 0 and s.near(-2 * s.get("discount"))
    yield "allowed-above-billed", s.get("discount") == 0 and s.get("not_covered") == 0 and s.gap < 0
    yield "written-off", s.nothing_due


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    whole: str
    parts: tuple[str, ...]
    needs: tuple[str, ...]
    readings: Readings


# The most telling first: when several fail, the first one is told.
_RULES = (
    _Rule("owed", "patient_owes", (*COST_SHARES, "not_covered"), ("patient_owes", *COST_SHARES, "not_covered"), _owed),
    _Rule("owed", "patient_owes", COST_SHARES, ("patient_owes", *COST_SHARES, "billed", "allowed"), _owed),
    _Rule("allowed", "allowed", ("plan_paid", "other_paid", *COST_SHARES), ("allowed", "plan_paid", *COST_SHARES), _allowed),
    _Rule("shared", "allowed", ("plan_paid", "other_paid", "patient_owes"), ("allowed", "plan_paid", "patient_owes"), _shared),
    _Rule(
        "counted", "billed", ("allowed", "discount", "not_covered"), ("billed", "allowed", "discount", "not_covered"), _counted
    ),
    _Rule(
        "price",
        "billed",
        ("discount", "plan_paid", "other_paid", "patient_owes"),
        ("billed", "discount", "plan_paid", "patient_owes"),
        _price,
    ),
)


def upright(amounts: Amounts) -> Amounts:
    """A reversal's amounts with their signs turned, so that the same sums hold."""
    known = amounts.known()
    if not known or max(known.values()) > 0 or min(known.values()) == 0:
        return amounts
    return Amounts(**{name: None if (v := amounts.get(name)) is None else -v for name in MONEY_FIELDS})


def sums_of(amounts: Amounts, setting: Setting, tolerance: Decimal = LINE_TOLERANCE) -> tuple[Sum, ...]:
    """Every sum whose columns are all there, each with its reading."""
    turned = upright(amounts)
    have = turned.known()
    tried: dict[str, _Rule] = {}
    for rule in _RULES:
        # The sharper sum of a name comes first; where the shares have their own columns, "allowed" stands for "shared".
        if all(name in have for name in rule.needs) and not (rule.name == "shared" and "allowed" in tried):
            tried.setdefault(rule.name, rule)
    return tuple(_try(rule, turned, setting, tolerance) for rule in tried.values())


def _try(rule: _Rule, amounts: Amounts, setting: Setting, tolerance: Decimal) -> Sum:
    have = amounts.known()
    printed, expected = have[rule.whole], sum((have.get(name, ZERO) for name in rule.parts), ZERO)
    return Sum(rule.name, rule.needs, printed, expected, _reading(rule, _Sides(printed - expected, amounts, setting, tolerance)))


def _reading(rule: _Rule, sides: _Sides) -> str | None:
    if abs(sides.gap) <= sides.tolerance:
        return ""
    if any(amount < 0 for amount in sides.amounts.known().values()):
        return "correction"
    if sides.setting.pending:
        return "pending"
    return next((name for name, fits in rule.readings(sides) if fits), None)


def setting_of(document: Document, claim: Claim, line: ServiceLine | None = None) -> Setting:
    """What the paper says around a line (or around a claim's totals)."""
    notes = tuple(words_of(document))
    lines = (line,) if line else claim.lines
    reasons = {m.reason for one in lines for m in marks(one)}
    return Setting(
        network=claim.network,
        account=document.account_paid or ZERO,
        other_insurance=bool(reasons & {"22", "23"}) or _speak(notes, _OTHER),
        interest="225" in reasons or _speak(notes, ("interest", "interés", "intereses")),
        marked=any(marks(one) or one.approved is False for one in lines) or claim.status == "denied",
        patient_only=line is not None and only_patient(line),
        pending=claim.status == "pending",
        protected="209" in reasons or said_qmb(document) is not None,
    )


_OTHER = ("other insurance", "other coverage", "coordination of benefits", "primary insurance", "secondary", "otro seguro")


def _speak(notes: Iterable[str], words: Iterable[str]) -> bool:
    return any(word in note for note in notes for word in words)


def balance_of(line: ServiceLine) -> Sum | None:
    """A remittance's own balance: the charge less all adjustments is what was paid. None where an amount is missing."""
    amounts = [a.amount for a in line.adjustments]
    known = [a for a in amounts if a is not None]
    billed, paid = line.amounts.billed, line.amounts.plan_paid
    if billed is None or paid is None or not known or len(known) != len(amounts):
        return None
    expected = billed - sum(known, ZERO)
    return Sum("balance", ("billed", "plan_paid"), paid, expected, "" if abs(paid - expected) <= LINE_TOLERANCE else None)


CODED_FORMATS: frozenset[str] = frozenset({"x12-835", "fhir-eob"})


def line_sums(line: ServiceLine, document: Document, claim: Claim) -> tuple[Sum, ...]:
    """Every sum of one line. A remittance's line is judged by its own balance, since its columns are made from it."""
    balance = balance_of(line) if document.format in CODED_FORMATS else None
    if balance is not None and balance.reading is None and claim.adjustments:
        balance = replace(balance, reading="claim-own")
    return (balance,) if balance else sums_of(line.amounts, setting_of(document, claim, line))


def reasons_that_fit(line: ServiceLine, document: Document) -> tuple[str, ...]:
    """The honest reasons why this line's amounts do not add up at first sight; empty when they add up, or when none fits."""
    claim = document.claim_of(line.number)
    found = [s.reading for s in line_sums(line, document, claim)] if claim else []
    return () if None in found else tuple(dict.fromkeys(name for name in found if name))


def deductible_left(document: Document, scope: str | None = None) -> Decimal | None:
    """What the paper says is still to pay of a yearly deductible: printed, or its limit less what is used; else None.

    With several counts the one of that scope (individual, family) is taken; without a scope there must be only one.
    """
    counts = [a for a in document.accumulators if a.kind == "deductible" and scope in (None, a.scope)]
    left = {_left(a.remaining, a.limit, a.used) for a in counts}
    return left.pop() if len(left) == 1 else None


def _left(remaining: Decimal | None, limit: Decimal | None, used: Decimal | None) -> Decimal | None:
    if remaining is not None or limit is None or used is None:
        return remaining
    return max(limit - used, ZERO)


def columns_of(lines: Iterable[ServiceLine]) -> Mapping[str, tuple[Decimal, ...]]:
    """The amounts of each column that every line has."""
    rows = [line.amounts.known() for line in lines]
    return {name: tuple(row[name] for row in rows) for name in MONEY_FIELDS if rows and all(name in row for row in rows)}
