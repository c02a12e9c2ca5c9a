"""line.repeat and evaluation.repeat: the same thing more than once, and what on the paper explains it."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping

from explainer.checks.copies import Twins
from explainer.checks.marks import bucket, marks
from explainer.checks.plans import first_plans, superseded
from explainer.knowledge.base import Knowledge
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.finding import Finding, Verdict
from explainer.model.people import People, people_of

# Modifiers that say that a repeated service was another one: another time, side or part of the body.
APART = frozenset({"59", "76", "77", "91", "XE", "XS", "XP", "XU", "LT", "RT", "50", "27"})
_DISCIPLINES = frozenset({"GP", "GO", "GN", "CQ", "CO"})
# First evaluations by discipline. Re-evaluations (97164, 97168, 97172) are meant to be repeated.
FIRST_EVALUATIONS: Mapping[str, str] = {
    "97161": "PT",
    "97162": "PT",
    "97163": "PT",
    "97165": "OT",
    "97166": "OT",
    "97167": "OT",
    "97169": "AT",
    "97170": "AT",
    "97171": "AT",
}
_KINDS: Mapping[str, re.Pattern[str]] = {
    "PT": re.compile(r"\bPT\b|\b(?:physical|physiotherapy|f[ií]sica|fisioterapia)\b", re.I),
    "OT": re.compile(r"\bOT\b|\b(?:occupational|ocupacional)\b", re.I),
    "ST": re.compile(r"\b(?:ST|SLP)\b|\b(?:speech|habla|lenguaje)\b", re.I),
}
_OWN = ("eob-explainer",)
Placed = tuple[Document, Claim, ServiceLine]


def _placed(documents: Iterable[Document]) -> Iterator[Placed]:
    for document in documents:
        for claim in document.claims:
            for line in claim.lines:
                yield document, claim, line


def _groups(placed: Iterable[Placed], people: People) -> Iterator[list[Placed]]:
    """Lines of one person with the same date and code, where there is more than one."""
    groups: dict[Hashable, list[Placed]] = defaultdict(list)
    for document, claim, line in placed:
        if line.code and line.service_date:
            groups[(people.of(document, claim), line.service_date, line.code.upper())].append((document, claim, line))
    return (group for group in groups.values() if len(group) > 1)


def check_repeats(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """line.repeat within one paper."""
    for group in _groups(_placed([document]), people_of([document])):
        case = _why(group, knowledge)
        yield _repeat(document.paper, case, group, tuple(line.number for _, _, line in group))


def check_repeats_across(
    documents: tuple[Document, ...], main: Document | None, people: People, knowledge: Knowledge, twins: Twins
) -> Iterator[Finding]:
    """line.repeat between papers that report what a plan did with a claim; a bill repeats an EOB's lines by nature."""
    reports = [d for d in documents if d.by_plan]
    for group in _groups(_placed(reports), people):
        papers = {document.paper for document, _, _ in group}
        if len(papers) < 2:
            continue
        case = _why_across(group, twins) or _why(_first_of_each(group), knowledge)
        lines = tuple(line.number for document, _, line in group if main is not None and document.paper == main.paper)
        yield _repeat(None, "ask-across" if case.startswith("ask") else case, group, lines)


def _first_of_each(group: list[Placed]) -> list[Placed]:
    """One line of each paper, so that what repeats inside a paper is not judged twice."""
    return list({document.paper: (document, claim, line) for document, claim, line in reversed(group)}.values())


def _why_across(group: list[Placed], twins: Twins) -> str | None:
    ids = {claim.claim_id for _, claim, _ in group}
    if len(ids) == 1 and None not in ids:
        return "same-claim-newer" if _in_order(group, twins) else "same-claim"
    if None not in ids and twins.are_one(claim for _, claim, _ in group):
        return "newer-claim"
    kinds = {document.kind for document, _, _ in group}
    payers = {document.payer for document, _, _ in group}
    if len(kinds) > 1 or (len(payers) > 1 and None not in payers):
        return "two-payers"
    return "claim-unknown" if None in ids else None


def _in_order(group: list[Placed], twins: Twins) -> bool:
    """Whether days tell which of the papers is the newest."""
    claims = {id(claim) for _, claim, _ in group}
    relations = {t.relation for t in twins.pairs if {id(t.one.claim), id(t.first.claim)} <= claims}
    return bool(relations) and "unclear" not in relations


def _why(group: list[Placed], knowledge: Knowledge) -> str:
    """The first thing printed that explains a repeat, or "ask"."""
    return next((case for case, fits in _reasons(group, knowledge) if fits), "ask")


def _reasons(group: list[Placed], knowledge: Knowledge) -> Iterator[tuple[str, bool]]:
    lines = [line for _, _, line in group]
    yield "reversal", any(c.status == "reversed" for _, c, _ in group) or any(_negative(line) for line in lines)
    copies = [line for line in lines if any(bucket(m, knowledge) == "duplicate" for m in marks(line))]
    claims = [c for _, c, _ in group]
    yield "newer-state", len(claims) - sum(id(c) in superseded(claims) for c in claims) == 1
    yield "two-plans", len(claims) - sum(id(c) in first_plans(claims) for c in claims) == 1
    yield "copy-unpaid", bool(copies) and not any(line.amounts.plan_paid or line.amounts.patient_owes for line in copies)
    yield "plan-caught", bool(copies)
    yield "modifier", any(APART & set(line.modifiers) for line in lines)
    yield "modifier", len({_DISCIPLINES & set(line.modifiers) for line in lines}) == len(lines)
    providers = {claim.provider for _, claim, _ in group}
    yield "providers", len(providers) == len(group) and None not in providers
    yield "disciplines", _by_discipline(lines)
    yield "none-counted", not any(map(counts_for_somebody, lines))
    yield "unpaid", sum(counts_for_somebody(line) for line in lines) < 2
    yield "amounts", len({(line.units, line.amounts.billed) for line in lines}) == len(lines)
    yield "unlike", len({_print(line) for line in lines}) == len(lines)
    yield "ask-unpaid", not any(line.amounts.plan_paid is None or line.amounts.plan_paid for line in lines)
    yield "ask-once-paid", any(line.amounts.plan_paid == 0 for line in lines)


def _by_discipline(lines: list[ServiceLine]) -> bool:
    """Whether the words of each line name another kind of therapy ("PT ...", "OT ...")."""
    named = [{kind for kind, words in _KINDS.items() if words.search(line.description or "")} for line in lines]
    return all(len(kinds) == 1 for kinds in named) and len(set().union(*named)) == len(lines)


def _print(line: ServiceLine) -> Hashable:
    """What makes a line a copy of another: units, price, allowed amount and modifiers."""
    return line.units, line.amounts.billed, line.amounts.allowed, frozenset(line.modifiers)


def _negative(line: ServiceLine) -> bool:
    return any(amount < 0 for amount in line.amounts.known().values()) or (line.units is not None and line.units < 0)


def counts_for_somebody(line: ServiceLine) -> bool:
    """Whether anything was or may be paid on the line; unknown amounts count."""
    paid, owed = line.amounts.plan_paid, line.amounts.patient_owes
    return paid is None or owed is None or paid != 0 or owed != 0


def _repeat(paper: str | None, case: str, group: list[Placed], lines: tuple[int, ...]) -> Finding:
    verdict: Verdict = "ask" if case.startswith("ask") else "not-checked" if case == "claim-unknown" else "explained"
    first = group[0][2]
    return Finding(
        "line.repeat",
        verdict,
        case,
        paper,
        lines=lines,
        amount=first.amounts.billed if case.startswith("ask") else None,
        values={"code": first.code, "times": len(group), "day": first.service_date.isoformat() if first.service_date else None},
        detail={"places": [{"paper": d.paper, "line": line.number} for d, _, line in group]},
        sources=_OWN,
        spans=tuple(line.source for _, _, line in group),
    )


def check_evaluations(document: Document) -> Iterator[Finding]:
    """evaluation.repeat: two first evaluations of one person by one provider and discipline on one paper."""
    seen: dict[Hashable, list[Placed]] = defaultdict(list)
    people = people_of([document])
    for placed in _placed([document]):
        _, claim, line = placed
        discipline = FIRST_EVALUATIONS.get(line.code or "")
        if discipline and claim.status not in ("reversed", "denied") and not _negative(line) and counts_for_somebody(line):
            seen[(people.of(document, claim), discipline)].append(placed)
    for (_, discipline), group in ((key, g) for key, g in seen.items() if isinstance(key, tuple)):
        if len(group) > 1:
            yield _evaluation(document, group, str(discipline))


def _evaluation(document: Document, group: list[Placed], discipline: str) -> Finding:
    providers = {claim.provider for _, claim, _ in group}
    claims = {id(claim) for _, claim, _ in group}
    case = "ask" if len(claims) == 1 or (len(providers) == 1 and None not in providers) else "providers"
    if case == "providers" and None in providers:
        case = "provider-unknown"
    verdicts: Mapping[str, Verdict] = {"ask": "ask", "providers": "explained", "provider-unknown": "not-checked"}
    return Finding(
        "evaluation.repeat",
        verdicts[case],
        case,
        document.paper,
        lines=tuple(line.number for _, _, line in group),
        values={"times": len(group), "discipline_key": f"explain.discipline.{discipline}"},
        detail={"dates": [line.service_date.isoformat() if line.service_date else None for _, _, line in group]},
        sources=_OWN,
        spans=tuple(line.source for _, _, line in group),
    )
