"""denial: lines that were not paid, the printed reason, and who may owe them. What the paper does not say is not guessed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from explainer.checks.marks import Mark, bundled, denying, is_alert, marks, told_bucket
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import COST_SHARES, ZERO, summed
from explainer.model.document import Claim, Document, ServiceLine, plain_key
from explainer.model.finding import Finding, Value, Verdict

_WHO = {"CO": "provider", "PR": "patient", "OA": "unclear", "PI": "unclear", "CR": "unclear"}
_CASES: dict[str, Verdict] = {
    "no-reason": "not-checked",
    "pending": "not-checked",
    "co-but-owed": "ask",
    "late-but-owed": "ask",
    "authorization-but-owed": "ask",
    "gz-but-owed": "ask",
}
# Cases whose sentence is followed by what the kind of reason means for the patient.
_TOLD_MORE = frozenset(
    {
        "provider",
        "provider-necessity",
        "patient",
        "patient-necessity",
        "patient-notice",
        "unclear",
        "own-note",
        "own-note-zero",
    }
)


@dataclass(frozen=True, slots=True)
class Denial:
    """One unpaid line: the case its words take, who may owe it (provider, patient, unclear), and the keys that say so."""

    line: ServiceLine
    case: str
    who: str
    keys: tuple[Mark, ...]
    bucket: str | None


def unpaid(line: ServiceLine, claim: Claim, knowledge: Knowledge) -> bool:
    """Whether the plan paid nothing for the line, for another reason than the patient's own share."""
    a = line.amounts
    if claim.status in ("reversed", "pending") or any(v < 0 for v in a.known().values()) or (a.other_paid or ZERO) > 0:
        return False
    if line.approved is False:
        return True
    if (a.plan_paid or ZERO) > 0 or not a.billed or any((a.get(name) or ZERO) > 0 for name in COST_SHARES):
        return False
    if a.plan_paid is None:
        # Without a column of payments only a printed reason tells, and none where the paper says that all is covered.
        return not a.allowed and a.not_covered != 0 and bool(denying(line, knowledge))
    if a.allowed is None:
        return bool((a.not_covered or ZERO) > 0 or denying(line, knowledge) or a.discount == a.billed or claim.status == "denied")
    return a.allowed == 0 or (bool(denying(line, knowledge)) and _whole(a.not_covered, a.allowed))


def _whole(part: Decimal | None, whole: Decimal) -> bool:
    return part is not None and part >= whole


def denials(document: Document, knowledge: Knowledge) -> tuple[Denial, ...]:
    """Every unpaid line of the paper. Bills and benefit summaries have none: they are not the plan's decision."""
    if not document.by_plan:
        return ()
    return tuple(
        _denial(line, claim, document, knowledge)
        for claim in document.claims
        for line in claim.lines
        if unpaid(line, claim, knowledge)
    )


def _denial(line: ServiceLine, claim: Claim, document: Document, knowledge: Knowledge) -> Denial:
    keys = denying(line, knowledge)
    grouped = [m for m in keys if m.group]
    group = grouped[0].group if grouped else None
    about = next((b for m in keys if (b := told_bucket(m, document, knowledge)) is not None), None)
    owed = line.amounts.patient_owes
    case = _case(line, claim, keys, group, about, knowledge)
    who = _WHO.get(group, "unclear") if group else "provider" if owed == 0 else "patient" if owed and not keys else "unclear"
    if case in ("bundled", "gz-but-owed"):
        who = "provider"
    return Denial(line, case, who, (grouped and tuple(grouped)) or keys, about)


def _case(
    line: ServiceLine, claim: Claim, keys: tuple[Mark, ...], group: str | None, about: str | None, knowledge: Knowledge
) -> str:
    owes = (line.amounts.patient_owes or ZERO) > 0
    if bundled(line, knowledge) and not (owes and group == "CO"):
        # A bundling note alone does not say who pays, so an amount beside it is unusual but no contradiction.
        return "bundled-but-owed" if owes else "bundled"
    if "GZ" in line.modifiers and owes:
        return "gz-but-owed"
    if group == "CO":
        return "co-but-owed" if owes and {m.group for m in marks(line)} == {"CO"} else _by_need("provider", about)
    if group == "PR":
        return _passed_on(about, claim) or _by_notice(line, about) or _by_need("patient", about)
    if group:
        return "unclear"
    if keys and owes and (passed := _passed_on(about, claim)):
        return passed
    if keys:
        return "own-note" if owes or line.amounts.patient_owes is None else "own-note-zero"
    return "no-reason" if owes or line.amounts.patient_owes is None else "written-off"


def _passed_on(about: str | None, claim: Claim) -> str | None:
    """Late filing and missing approval normally stay with a provider in the network."""
    passed = {"timely": "late-but-owed", "authorization": "authorization-but-owed"}
    return passed.get(about or "") if claim.network == "in" else None


def _by_notice(line: ServiceLine, about: str | None) -> str | None:
    """Medicare's marks for a notice before the care: GA for one that was required, GX and GY for care it never covers."""
    if {"GX", "GY"} & set(line.modifiers):
        return "patient-never-covered"
    return "patient-notice" if "GA" in line.modifiers and about == "necessity" else None


Excuse = Literal["provider-group", "protected", "in-network", "medicare"]


def excused(line: ServiceLine, claim: Claim, document: Document, knowledge: Knowledge) -> Excuse | None:
    """What on the paper supports that the provider may not bill an unpaid line; None where a share of $0.00 stands alone."""
    owes = line.amounts.patient_owes
    if owes:
        return None
    groups = {m.group for m in denying(line, knowledge)} - {None}
    if groups == {"CO"}:
        return "provider-group"
    if any(_frees(m, knowledge) for m in marks(line)):
        return "protected"
    if owes is None:
        return None
    return "in-network" if claim.network == "in" else "medicare" if document.kind == "msn" else None


def _frees(mark: Mark, knowledge: Knowledge) -> bool:
    """Whether a remark says that the patient is freed from the amount."""
    remark = knowledge.remarks.get(plain_key(mark.key)) if is_alert(mark, knowledge) else None
    return remark is not None and remark.protects and remark.bucket == "protection"


def _by_need(case: str, about: str | None) -> str:
    return f"{case}-necessity" if about == "necessity" else case


def check_denials(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """One finding for each printed reason, with all of its lines; a whole claim still being looked at is one of its own."""
    groups: dict[tuple[str, tuple[str, ...]], list[Denial]] = defaultdict(list)
    for denial in denials(document, knowledge):
        groups[(denial.case, tuple(m.key for m in denial.keys))].append(denial)
    for group in groups.values():
        yield _finding(document, group)
    for claim in document.claims:
        if claim.status == "pending":
            yield Finding(
                "denial",
                "not-checked",
                "pending",
                document.paper,
                lines=tuple(line.number for line in claim.lines),
                detail={"who": "unclear"},
                sources=("eob-explainer",),
                spans=tuple(line.source for line in claim.lines),
            )


def _finding(document: Document, group: list[Denial]) -> Finding:
    first = group[0]
    lines = [d.line for d in group]
    values: dict[str, Value] = {"count": len(group), "billed": summed(line.amounts.get("billed") for line in lines) or ZERO}
    owed = summed(line.amounts.get("patient_owes") for line in lines)
    if owed is not None:
        values["owed"] = owed
    if first.bucket and first.case in _TOLD_MORE:
        values["more_key"] = f"finding.denial.about.{first.bucket}"
    if first.keys:
        values["reason_key"] = first.keys[0].key
        note = document.note(first.keys[0].key)
        values["note"] = note.text if note else None
    return Finding(
        "denial",
        _CASES.get(first.case, "explained"),
        first.case,
        document.paper,
        lines=tuple(line.number for line in lines),
        amount=owed,
        values=values,
        detail={"who": first.who, "bucket": first.bucket, "keys": [m.key for m in first.keys]},
        sources=("x12-groups",) if first.keys and first.keys[0].group else ("eob-explainer",),
        spans=tuple(line.source for line in lines),
    )
