"""A document as the contract's JSON: the same for the command line and for the HTTP API."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank
from explainer.model.amounts import MONEY_FIELDS, Amounts
from explainer.model.document import (
    COUNTED,
    Accumulator,
    Adjustment,
    Benefit,
    Claim,
    Document,
    Payment,
    Problem,
    ServiceLine,
    Submitted,
)  # fmt: skip
from explainer.model.source import Span

Json = dict[str, object]
_MARKUP = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def defused(text: str) -> str:
    """The same JSON text with the marks of markup, which stand only inside strings, written as escapes."""
    return text.translate(_MARKUP)


def _money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _count(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _place(span: Span | None) -> Json | None:
    if span is None:
        return None
    box = {"box": [span.box.left, span.box.top, span.box.right, span.box.bottom]} if span.box else {}
    return {"page": span.page, "start": span.start, "end": span.end, **box}


def _amounts(amounts: Amounts) -> Json:
    return {name: _money(amounts.get(name)) for name in MONEY_FIELDS}


def _adjustment(a: Adjustment) -> Json:
    return {
        "group": a.group,
        "reason": a.reason,
        "amount": _money(a.amount),
        **({"quantity": _count(a.quantity)} if a.quantity is not None else {}),
    }


def line_json(line: ServiceLine) -> Json:
    """One service line with the contract's keys."""
    return {
        "line": line.number, "service_date": _day(line.service_date), "service_end": _day(line.service_end), "code": line.code,
        "code_system": line.code_system, "modifiers": list(line.modifiers), "description": line.description,
        "units": _count(line.units),
        "minutes": line.minutes, "revenue_code": line.revenue_code,
        "place_of_service": line.place_of_service, **_amounts(line.amounts),
        "adjustments": [_adjustment(a) for a in line.adjustments], "remarks": list(line.remarks), "approved": line.approved,
        "source": None if line.added else _place(line.source),
        "places": {name: _place(span) for name, span in line.places.items()}, "uncertain": list(line.uncertain),
        "corrected": list(line.corrected),
        **({"submitted": _submitted(line.submitted)} if line.submitted else {}),
    }  # fmt: skip


def _submitted(sent: Submitted) -> Json:
    return {"code": sent.code, "modifiers": list(sent.modifiers), "units": _count(sent.units)}


def claim_json(claim: Claim) -> Json:
    """One claim with its lines; `totals` holds only what is printed."""
    return {
        "claim_id": claim.claim_id, "patient": claim.patient, "provider": claim.provider, "processed": _day(claim.processed),
        "network": claim.network, "status": claim.status,
        "totals": {name: _money(value) for name, value in _printed_totals(claim).items()},
        "diagnoses": list(claim.diagnoses), **_whole_claim(claim), "lines": [line_json(line) for line in claim.lines],
    }  # fmt: skip


def _printed_totals(claim: Claim) -> dict[str, Decimal]:
    """What is printed for the claim. A remittance prints the patient's part (CLP05) also where its adjustments contradict it."""
    known = claim.totals.known()
    coded = claim.adjustments or any(line.adjustments for line in claim.lines)
    return {**known, "patient_owes": claim.two_amounts[0]} if claim.two_amounts and coded else known


def _whole_claim(claim: Claim) -> Json:
    """What a remittance prints for a claim as a whole; nothing for papers that do not."""
    said: Json = {
        "account_number": claim.account_number, "service_date": _day(claim.service_date),
        "service_end": _day(claim.service_end), "adjustments": [_adjustment(a) for a in claim.adjustments],
        "remarks": list(claim.remarks), "details": [{"key": n.key, "text": n.text} for n in claim.details],
        "two_amounts": [_money(amount) for amount in claim.two_amounts or ()],
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in (None, [])}


def _payment(p: Payment) -> Json:
    return {"amount": _money(p.amount), "method": p.method, "day": _day(p.day), "number": p.number}


def _accumulator(a: Accumulator) -> Json:
    shown = _count if a.kind in COUNTED else _money
    return {
        "kind": a.kind, "used": shown(a.used), "limit": shown(a.limit), "remaining": shown(a.remaining), "period": a.period,
        "scope": a.scope, "network": a.network, "applies_to": a.applies_to, "words": a.words, "source": _place(a.span),
    }  # fmt: skip


def _benefit(b: Benefit) -> Json:
    return {
        "kind": b.kind, "service": b.service, "in_network": b.in_network, "out_network": b.out_network, "limits": b.limits,
        "copay": _money(b.copay), "coinsurance": _count(b.coinsurance), "after_deductible": b.after_deductible,
        "visits": b.visits, "period": b.period, "source": _place(b.span),
    }  # fmt: skip


def _blank(value: object) -> Blank:
    return value if isinstance(value, (str, int, Decimal, date)) else str(value)


def warning_json(problem: Problem, knowledge: Knowledge, lang: Lang) -> Json:
    """A problem in words, with the claim, the line and the place it is about."""
    values: Mapping[str, Blank] = {name: _blank(value) for name, value in problem.values.items()}
    return {
        "code": problem.code, "message": knowledge.say(f"problem.{problem.code}", lang, values), "claim": problem.claim,
        "line": problem.line,
        "source": _place(problem.span),
    }  # fmt: skip


def streamed_json(
    head: Document, claims: Iterable[Claim], closing: Callable[[], Document], knowledge: Knowledge
) -> Iterator[str]:
    """The contract's document in pieces that make one line: its head, the claims as they come, and what is known at the end."""
    before, _ = _parts(document_json(head, knowledge))
    yield "{" + "".join(f"{name}, " for name in before) + '"claims": ['
    for number, claim in enumerate(claims):
        yield (", " if number else "") + _dumped(claim_json(claim))
    _, after = _parts(document_json(closing(), knowledge))
    yield "], " + ", ".join(after) + "}\n"


def _parts(document: Json) -> tuple[list[str], list[str]]:
    """What stands before the claims, and what stands behind them."""
    names = list(document)
    at = names.index("claims")
    shown = [f"{_dumped(name)}: {_dumped(document[name])}" for name in names]
    return shown[:at], shown[at + 1 :]


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def document_json(document: Document, knowledge: Knowledge, lang: Lang = "en") -> Json:
    """The contract's document. Warnings are in the language asked for; values stay as they are printed."""
    appeal = document.appeal
    return {
        "file": document.file, "format": document.format, "payer": document.payer, "kind": document.kind,
        "plan": document.plan_words, "member_id": document.member_id, "notice_date": _day(document.notice_date),
        "amount_due": _money(document.amount_due), "due_date": _day(document.due_date),
        "paid_at_visit": _money(document.paid_at_visit),
        "account_paid": _money(document.account_paid), "claims": [claim_json(claim) for claim in document.claims],
        "notes": [{"key": n.key, "text": n.text, "source": _place(n.span)} for n in document.notes],
        "accumulators": [_accumulator(a) for a in document.accumulators],
        "appeal": {"days": appeal.days, "counted_from": appeal.counted_from, "last_day": _day(appeal.last_day),
        "words": appeal.words,
                   "source": _place(appeal.span)} if appeal else None,
        "phones": [{"words": p.key, "number": p.text, "source": _place(p.span)} for p in document.phones],
        "benefits": [_benefit(b) for b in document.benefits], "referral": document.referral,
        **({"payments": [_payment(p) for p in document.payments]} if document.payments else {}),
        "unread": [_place(span) for span in document.unread],
        "warnings": [warning_json(problem, knowledge, lang) for problem in document.problems],
    }  # fmt: skip
