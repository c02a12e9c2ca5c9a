"""A claim as a row: its amounts where they add up, its lines, its days."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from explainer.batch.rows import ADDED, Line, Row
from explainer.model.amounts import MONEY_FIELDS, Amounts, summed
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.finding import Finding


def row_of(
    document: Document, claim: Claim, patient: int, asks: Iterable[Finding], relation: str | None, counted: bool
) -> Row:  # fmt: skip
    """The claim of that paper. patient, relation, counted: as in `Row`."""
    totals, differs = _totals(claim)
    first, last = _days(claim)
    return Row(
        patient, document.file, document.kind, document.payer, claim.provider, claim.claim_id, claim.account_number,
        claim.status, claim.processed or document.notice_date, first, last, totals, differs, _keys(claim), relation,
        counted and document.by_plan, tuple(asks), tuple(_line(line) for line in claim.lines),
    )  # fmt: skip


def together(rows: Iterable[Row]) -> Amounts:
    """What counted claims come to; nothing where one of them is open, was taken back, or is told twice."""
    counted = [row for row in rows if row.counted]
    unsettled = any(row.status in ("reversed", "pending") or row.relation == "unclear" for row in counted)
    if unsettled or _twice(counted):
        return Amounts()
    return Amounts(**{name: summed(row.totals.get(name) for row in counted) for name in ADDED})


def _twice(rows: list[Row]) -> bool:
    """Whether a claim or a service stands here more than once: sent again, or told by two plans. None says which one counts."""
    told = [key for row in rows for key in _keys_of(row)]
    return len(set(told)) < len(told)


def _keys_of(row: Row) -> set[object]:
    """The claim's number, and its services by day, code and units."""
    services = ((line.day, line.code.upper(), line.units) for line in row.lines if line.day and line.code)
    return {*services, *([row.claim_id] if row.claim_id else [])}


def _totals(claim: Claim) -> tuple[Amounts, tuple[str, ...]]:
    found = {name: _total(claim, name) for name in MONEY_FIELDS}
    differs = tuple(name for name, (_, fits) in found.items() if not fits)
    return Amounts(**{name: amount for name, (amount, _) in found.items()}), differs


def _total(claim: Claim, name: str) -> tuple[Decimal | None, bool]:
    """The amount, and whether what is printed for the claim and what its lines come to say the same."""
    if name == "patient_owes" and claim.two_amounts is not None:
        return None, False
    printed, added = claim.totals.get(name), summed(line.amounts.get(name) for line in claim.lines)
    if printed is not None and added is not None and printed != added:
        return None, False
    return (added if printed is None else printed), True


def _days(claim: Claim) -> tuple[date | None, date | None]:
    days = [d for line in claim.lines for d in (line.service_date, line.service_end) if d]
    days += [d for d in (claim.service_date, claim.service_end) if d and not days]
    return (min(days), max(days)) if days else (None, None)


def _keys(part: Claim | ServiceLine) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(f"{a.group}-{a.reason}" for a in part.adjustments), *part.remarks)))


def _line(line: ServiceLine) -> Line:
    return Line(
        line.number, line.service_date, line.service_end, line.code, line.modifiers, line.description, line.units,
        line.amounts, _keys(line), line.uncertain,
    )  # fmt: skip
