"""Made-up papers as Document objects, and a small made-up Knowledge."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from explainer.knowledge.base import Knowledge
from explainer.knowledge.load import FAMILIES, read_folder
from explainer.model.amounts import MONEY_FIELDS, Amounts
from explainer.model.document import Adjustment, Claim, Document, ServiceLine
from explainer.model.finding import Finding
from explainer.model.source import Span

DAY = date(2026, 4, 7)
PLACE = Span("p1")
NO_AMOUNTS = Amounts()
COLUMNS = {
    "full": tuple(name for name in MONEY_FIELDS if name != "other_paid"),
    "short": ("billed", "allowed", "plan_paid", "patient_owes"),
    "sent": ("billed", "allowed", "deductible", "plan_paid", "patient_owes"),
    "owed": ("patient_owes",),
    "savings": ("billed", "discount", "plan_paid", "patient_owes"),
    "shares": ("billed", "allowed", "deductible", "copay", "coinsurance", "plan_paid", "patient_owes"),
    "uncounted": ("billed", "discount", "not_covered", "plan_paid", "patient_owes"),
}


def money(text: str, columns: str = "full") -> Amounts:
    """Amounts in the order of the columns; "-" for a column without a value."""
    names, values = COLUMNS[columns], text.split()
    assert len(names) == len(values), (names, values)
    return Amounts(**{name: Decimal(value) for name, value in zip(names, values, strict=True) if value != "-"})


def line(
    number: int,
    code: str | None = "97110",
    amounts: str | Amounts = "130 66 64 0 0 40 0 24 40",
    units: str | None = "2",
    *,
    columns: str = "full",
    remarks: tuple[str, ...] = (),
    adjustments: tuple[str, ...] = (),
    **rest: Any,
) -> ServiceLine:
    """A line on DAY. Adjustments as "CO-45" or "CO-45:66.00"."""
    rest.setdefault("service_date", DAY)
    return ServiceLine(
        number,
        rest.pop("source", PLACE),
        code=code,
        units=Decimal(units) if units is not None else None,
        remarks=remarks,
        amounts=amounts if isinstance(amounts, Amounts) else money(amounts, columns),
        adjustments=tuple(_adjustment(a) for a in adjustments),
        **rest,
    )


def _adjustment(text: str) -> Adjustment:
    key, _, amount = text.partition(":")
    group, _, reason = key.partition("-")
    return Adjustment(group, reason, Decimal(amount) if amount else None)


def claim(*lines: ServiceLine, totals: str | Amounts = NO_AMOUNTS, columns: str = "full", **rest: Any) -> Claim:
    rest.setdefault("claim_id", "C1")
    rest.setdefault("provider", "Willow Street Therapy")
    return Claim(lines, totals=totals if isinstance(totals, Amounts) else money(totals, columns), **rest)


def paper(*claims: Claim | ServiceLine, paper: str = "p1", kind: str = "eob", **rest: Any) -> Document:
    """A paper; bare lines become one claim."""
    made = tuple(c for c in claims if isinstance(c, Claim))
    loose = tuple(c for c in claims if isinstance(c, ServiceLine))
    rest.setdefault("text", "")
    rest.setdefault("format", "text")
    return Document(paper, f"{paper}.txt", kind=kind, claims=(*made, *([claim(*loose)] if loose else [])), **rest)


def the(findings: tuple[Finding, ...], check: str) -> list[Finding]:
    return [f for f in findings if f.id == check]


_CITED = {"source": "made-up", "as_of": "2026-01-01", "checked": "2026-01-01"}


def _words(text: str) -> dict[str, str]:
    return {"en": text, "es": text}


def _code(timing: Mapping[str, Any], **rest: Any) -> dict[str, Any]:
    return {
        **_CITED,
        "name": _words("Made-up name"),
        "plain": _words("Made-up words."),
        "timing": dict(timing),
        "therapy": True,
        **rest,
    }


def _reason(bucket: str, **rest: Any) -> dict[str, Any]:
    return {
        **_CITED,
        "name": _words("Reason"),
        "plain": _words("Made-up reason."),
        "next": _words("Ask."),
        "bucket": bucket,
        **rest,
    }


_TIMED = {"kind": "timed", "unit_minutes": 15}
_UNTIMED = {"kind": "untimed"}
_BUCKETS = {
    "45": "price-cut",
    "1": "cost-share",
    "3": "cost-share",
    "50": "necessity",
    "119": "limit",
    "29": "timely",
    "197": "authorization",
    "97": "bundled",
    "18": "duplicate",
    "96": "not-covered",
    "16": "missing-data",
    "253": "payment-rule",
    "22": "other-insurance",
}


def raw() -> dict[str, dict[str, Any]]:
    """Made-up entries with the content's own sentences for findings."""
    families: dict[str, dict[str, Any]] = {family: {} for family in FAMILIES}
    found, faults = read_folder(Path(__file__).parents[2] / "content" / "findings")
    assert not faults, faults
    families["wording"] = found["wording"]
    families["cpt"] = {
        **{code: _code(_TIMED) for code in ("97110", "97112", "97116", "97129", "97140", "97530", "97535", "97035")},
        "97130": _code({**_TIMED, "addon_to": "97129"}),
        "97550": _code({"kind": "timed", "unit_minutes": 30}),
        "97551": _code({**_TIMED, "addon_to": "97550"}),
        "92607": _code({"kind": "timed", "unit_minutes": 60}),
        "98980": _code({"kind": "timed", "unit_minutes": 20}),
        **{code: _code(_UNTIMED, evaluation=True) for code in ("97161", "97162", "97164", "97165")},
        **{code: _code(_UNTIMED) for code in ("97010", "97150")},
        "97597": _code({"kind": "untimed", "by": "area"}),
    }
    families["carc"] = {number: _reason(bucket, group=("CO",)) for number, bucket in _BUCKETS.items()}
    families["rarc"] = {
        "M15": _reason("bundled"),
        "N130": _reason("not-covered", alert=True),
        "N362": _reason("limit"),
        "N864": _reason("protection", alert=True, protects=True),
    }
    families["group"] = {
        g: {**_CITED, "name": _words(g), "plain": _words(g), "who": who}
        for g, who in {"CO": "provider", "PR": "patient", "OA": "unclear"}.items()
    }
    families["rights"] = {
        "employer": _rights("employer plan", {"appeal": "appeal.aca-employer.internal"}, "receipt"),
        "medicare-original": _rights(
            "medicare", {"appeal": "appeal.medicare.redetermination", "receipt": "appeal.medicare.wait"}, "receipt"
        ),
        "medicare-advantage": _rights("medicare advantage", {"appeal": "appeal.medicare-advantage.reconsideration"}),
        "fehb": _rights("federal employee plan", {"appeal": "appeal.fehb.reconsideration"}),
        "student": _rights("student plan", {}),
    }
    families["fact"] = {
        "appeal.aca-employer.internal": _fact(180),
        "appeal.medicare.redetermination": _fact(120),
        "appeal.medicare.wait": _fact(5),
        "appeal.medicare-advantage.reconsideration": _fact(65),
        "appeal.fehb.reconsideration": _fact(6, "months"),
    }
    return families


def _rights(also: str, facts: dict[str, str], counted_from: str = "notice") -> dict[str, Any]:
    start = {"counted_from": counted_from} if facts else {}
    return {**_CITED, "name": _words(also), "also": {"en": [also], "es": [also]}, "facts": facts, **start}


def _fact(value: int, unit: str = "days") -> dict[str, Any]:
    held = {"since": "2025-01-01", "value": value, "source": "made-up", "checked": "2026-01-01", "sure": "verified"}
    return {"what": _words("time to appeal"), "unit": unit, "values": [held]}


KNOWLEDGE = Knowledge(raw())
