"""Findings about money: the amounts of each line (money.line), and the lines against the printed totals (money.claim)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from explainer.checks.money import (
    CODED_FORMATS,
    LINE_TOLERANCE,
    TOTAL_TOLERANCE,
    Sum,
    columns_of,
    line_sums,
    setting_of,
    sums_of,
)
from explainer.checks.otherplan import OtherPlan
from explainer.model.amounts import MONEY_FIELDS, ZERO, summed
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.finding import Finding, Value, Verdict
from explainer.model.source import Span

# Readings that are only a layout's habit: the line adds up.
_HABITS = frozenset(
    {
        "",
        "not-covered-provider",
        "not-covered-in-allowed",
        "not-covered-yours",
        "discount-in-not-covered",
    }
)
_SOURCES: Mapping[str, tuple[str, ...]] = {"sequestration": ("fcso-seq",), "protected": ("qmb-medicaid-gov",)}
_OWN = ("eob-explainer",)
_NO_OTHER = OtherPlan()


@dataclass(frozen=True, slots=True)
class _Judged:
    """One line with the case its finding takes, and the sums behind it."""

    line: ServiceLine
    verdict: Verdict
    case: str
    sums: tuple[Sum, ...]


def check_lines(document: Document, other: OtherPlan = _NO_OTHER) -> Iterator[Finding]:
    """money.line: one finding for all lines that add up, one for each honest reason, one for each line worth a question."""
    judged = [j for claim in document.claims for j in _judge_claim(document, claim, other)]
    groups: dict[tuple[str, str], list[_Judged]] = defaultdict(list)
    for j in judged:
        # A question is about one line's own figures; everything else can be said of several lines at once.
        groups[(j.case, str(j.line.number) if j.verdict == "ask" else "")].append(j)
    for group in groups.values():
        yield _line_finding(document, group)


def _judge_claim(document: Document, claim: Claim, other: OtherPlan) -> Iterator[_Judged]:
    tried = [(line, line_sums(line, document, claim)) for line in claim.lines]
    over_visit = _fits_over_visit(tried)
    for line, sums in tried:
        judged = _judge(line, sums, over_visit)
        fits = judged.verdict == "ask" and all(_is_gap(s, other.paid(document, claim, line), LINE_TOLERANCE) for s in judged.sums)
        yield _Judged(line, "explained", "other-paper", judged.sums) if fits else judged


def _is_gap(tried: Sum, paid: Decimal | None, tolerance: Decimal) -> bool:
    """Whether what another plan's paper says it paid is just what the sum lacks."""
    return paid is not None and abs(abs(tried.gap) - paid) <= tolerance


def _judge(line: ServiceLine, sums: tuple[Sum, ...], over_visit: frozenset[tuple[object, str]]) -> _Judged:
    broken = [s for s in sums if s.reading is None]
    shaky = [s for s in broken if set(s.columns) & set(line.uncertain)]
    if not sums:
        return _Judged(line, "not-checked", "columns", ())
    if not broken:
        reason = next((s.reading for s in sums if s.reading is not None and s.reading not in _HABITS), "")
        return _Judged(line, "explained" if reason else "ok", reason or "ok", sums)
    if all((line.service_date, s.name) in over_visit for s in broken):
        return _Judged(line, "explained", "visit", sums)
    if len(shaky) == len(broken):
        return _Judged(line, "not-checked", "uncertain", sums)
    first = next(s for s in broken if s not in shaky)
    return _Judged(line, "ask", f"ask-{first.name}", tuple(s for s in broken if s not in shaky))


def _fits_over_visit(tried: Iterable[tuple[ServiceLine, tuple[Sum, ...]]]) -> frozenset[tuple[object, str]]:
    """Sums that fail on a line but hold over the day's lines together, as when a copay for the visit stands on one line."""
    gaps: dict[tuple[object, str], list[Decimal]] = defaultdict(list)
    copay: dict[object, bool] = defaultdict(bool)
    for line, sums in tried:
        copay[line.service_date] |= line.amounts.copay is None or line.amounts.copay > 0
        for s in sums:
            gaps[(line.service_date, s.name)].append(s.gap)
    return frozenset(
        key
        for key, found in gaps.items()
        if copay[key[0]] and len(found) > 1 and abs(sum(found, ZERO)) <= LINE_TOLERANCE * len(found)
    )


def _line_finding(document: Document, group: list[_Judged]) -> Finding:
    first = group[0]
    values: dict[str, Value] = {}
    if first.verdict == "ask":
        worst = first.sums[0]
        values = {"printed": worst.printed, "expected": worst.expected, "gap": abs(worst.gap), "code": first.line.code or ""}
    return Finding(
        "money.line",
        first.verdict,
        first.case,
        document.paper,
        lines=tuple(j.line.number for j in group),
        amount=abs(first.sums[0].gap) if first.verdict == "ask" else None,
        values=values,
        detail={"sums": sorted({s.name for j in group for s in j.sums})},
        sources=_SOURCES.get(first.case, _OWN),
        spans=tuple(j.line.source for j in group),
    )


def check_told_twice(document: Document) -> Iterator[Finding]:
    """money.claim: what may be owed, given twice and differently. Which one is right is to be asked."""
    for problem in document.problems:
        first, second = problem.values.get("first"), problem.values.get("second")
        if problem.code != "conflicting-amounts" or not isinstance(first, Decimal) or not isinstance(second, Decimal):
            continue
        known = problem.claim is not None and problem.claim <= len(document.claims)
        claims = document.claims[problem.claim - 1 : problem.claim] if known and problem.claim else document.claims
        yield Finding(
            "money.claim",
            "ask",
            "told-twice",
            document.paper,
            lines=tuple(line.number for claim in claims for line in claim.lines),
            amount=abs(first - second),
            values={"first": first, "second": second, **_of_claim(document, problem.claim)},
            detail={"claim": problem.claim, "field": "patient_owes"},
            sources=_OWN,
            spans=(problem.span,) if problem.span is not None else (),
        )


def check_totals(document: Document, other: OtherPlan = _NO_OTHER) -> Iterator[Finding]:
    """money.claim: each printed total against its lines, and the totals among themselves where lines lack the columns."""
    for number, claim in enumerate(document.claims, 1):
        if claim.totals.known():
            yield from _claim_findings(document, claim, number, other)


def _claim_findings(document: Document, claim: Claim, number: int, other: OtherPlan) -> Iterator[Finding]:
    columns = columns_of(claim.lines)
    printed = {name: amount for name, amount in claim.totals.known().items() if name in columns}
    readings = {name: _total_reading(document, claim, name, amount, columns) for name, amount in printed.items()}
    asked = [name for name, reading in readings.items() if reading is None]
    for name in asked:
        yield _total_ask(document, claim, number, name, printed[name], sum(columns[name], ZERO))
    if asked:
        return
    loose = _loose_totals(document, claim, frozenset(columns))
    faults = [s for s in loose if s.reading is None]
    if faults and all(_is_gap(s, other.paid_in_all(document, claim), TOTAL_TOLERANCE) for s in faults):
        yield _claim_finding(document, claim, number, "explained", "other-paper")
    elif faults:
        yield _claim_finding(document, claim, number, "ask", f"ask-{faults[0].name}", faults[0])
    elif readings or loose:
        reason = next((r for r in readings.values() if r), "") or _loose_reason(loose)
        verdict: Verdict = "not-checked" if reason in _UNCHECKED else "explained" if reason else "ok"
        yield _claim_finding(document, claim, number, verdict, reason or "ok")


def _loose_reason(loose: tuple[Sum, ...]) -> str:
    reason = next((s.reading for s in loose if s.reading and s.reading not in _HABITS), "")
    return reason if not reason or reason in _TOLD else "other-reason"


def _loose_totals(document: Document, claim: Claim, columns: frozenset[str]) -> tuple[Sum, ...]:
    """Sums among the printed totals that the lines cannot vouch for."""
    if document.format in CODED_FORMATS:
        return ()
    tried = sums_of(claim.totals, setting_of(document, claim), TOTAL_TOLERANCE)
    return tuple(s for s in tried if not set(s.columns) <= columns)


_UNCHECKED = frozenset({"unread-line", "claim-level", "uncertain"})
# Readings of the totals that have words of their own; the others share one case.
_TOLD = frozenset({"sequestration", "account"})


def _total_reading(
    document: Document, claim: Claim, name: str, printed: Decimal, columns: Mapping[str, tuple[Decimal, ...]]
) -> str | None:
    """ "" where the lines add up to the total, an honest reason's name, or None."""
    total = sum(columns[name], ZERO)
    gap = printed - total
    if abs(gap) <= TOTAL_TOLERANCE:
        return ""
    return next((reason for reason, fits in _total_reasons(document, claim, name, gap, columns) if fits), None)


def _total_reasons(
    document: Document, claim: Claim, name: str, gap: Decimal, columns: Mapping[str, tuple[Decimal, ...]]
) -> Iterator[tuple[str, bool]]:
    def near(wanted: Decimal | None) -> bool:
        return wanted is not None and wanted != 0 and abs(gap - wanted) <= TOTAL_TOLERANCE

    yield "claim-own", bool(claim.adjustments)
    yield "claim-level", document.format == "fhir-eob"
    yield "account", name == "patient_owes" and (near(_minus(document.account_paid)) or near(_minus(document.paid_at_visit)))
    yield "whole-paper", len(document.claims) > 1 and near(_others(document, claim, name))
    yield "mixed-total", name in ("discount", "plan_paid") and any(near(sum(columns.get(n, ()), ZERO)) for n in _MIXED - {name})
    copays = sum(columns.get("copay", ()), ZERO)
    yield "copay-in-total", name in ("copay", "patient_owes") and copays == 0 and near(claim.totals.copay)
    yield "correction", any(amount < 0 for amount in columns[name])
    yield "uncertain", any(name in line.uncertain for line in claim.lines)
    yield "unread-line", abs(gap) in set(_unread_amounts(document))


_MIXED = frozenset({"discount", "plan_paid", "not_covered"})


def _minus(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else -amount


def _others(document: Document, claim: Claim, name: str) -> Decimal | None:
    """The same column of all other claims: a total that holds it is the whole paper's."""
    return summed(line.amounts.get(name) for other in document.claims if other is not claim for line in other.lines)


_MONEY = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{2}|\d+\.\d{2}")


def _unread_amounts(document: Document) -> Iterator[Decimal]:
    for span in document.unread:
        for found in _MONEY.findall(document.text[span.start : span.end]):
            yield Decimal(found.replace(",", ""))


def _total_ask(document: Document, claim: Claim, number: int, name: str, printed: Decimal, added: Decimal) -> Finding:
    return Finding(
        "money.claim",
        "ask",
        "ask-total",
        document.paper,
        lines=tuple(line.number for line in claim.lines),
        amount=abs(printed - added),
        values={
            "printed": printed,
            "expected": added,
            "gap": abs(printed - added),
            "field_key": f"explain.field.{name}",
            **_of_claim(document, number),
        },
        detail={"claim": number, "field": name},
        sources=_OWN,
        spans=_total_span(claim, name),
    )


def _of_claim(document: Document, number: int | None) -> dict[str, Value]:
    """Which claim a sentence is about, where the paper has several: its own number, else its place on the paper."""
    if number is None or len(document.claims) < 2:
        return {}
    return {"of_claim": document.claims[number - 1].claim_id or f"#{number}"}


def _total_span(claim: Claim, name: str) -> tuple[Span, ...]:
    place = claim.places.get(f"totals.{name}") or claim.places.get("totals")
    return (place,) if place is not None else ()


def _claim_finding(
    document: Document, claim: Claim, number: int, verdict: Verdict, case: str, broken: Sum | None = None
) -> Finding:
    values = _of_claim(document, number)
    if broken is not None:
        values |= {"printed": broken.printed, "expected": broken.expected, "gap": abs(broken.gap)}
    return Finding(
        "money.claim",
        verdict,
        case,
        document.paper,
        lines=tuple(line.number for line in claim.lines),
        amount=abs(broken.gap) if broken is not None else None,
        values=values,
        detail={"claim": number, "fields": [n for n in MONEY_FIELDS if claim.totals.get(n) is not None]},
        sources=_SOURCES.get(case, _OWN),
        spans=tuple(line.source for line in claim.lines),
    )
