"""What was worth a question on an older paper, and is settled: a newer paper shows the same claim as it stands now.

The plan denied a claim and then paid it, or worked on it again: nobody should ask about, or appeal, what no longer holds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from explainer.checks.copies import Placed, Twins
from explainer.checks.denials import unpaid
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document, ServiceLine
from explainer.model.finding import Finding

Check = Callable[[Document], tuple[Finding, ...]]


def settled(document: Document, twins: Twins, knowledge: Knowledge, check: Check) -> tuple[Finding, ...]:
    """The paper's findings. Of claims that a newer paper replaces, a refusal and a question are told as settled by it, once for
    the same lines; what else is said of them holds no longer. A last day to appeal stays while something is not paid.
    """
    newer = _by_line(document, twins)
    found = check(document)
    if not newer:
        return found
    mixed = {f.id for f in found if 0 < len(newer.keys() & set(f.lines)) < len(set(f.lines))}
    told: dict[object, Finding] = {}
    for finding in (*(f for f in found if f.id not in mixed), *_apart(document, newer, mixed, check)):
        for kept in _told(finding, newer, document, knowledge):
            told.setdefault(kept.lines if kept.case == "newer-paper" else id(kept), kept)
    return tuple(told.values())


def _by_line(document: Document, twins: Twins) -> dict[int, Placed]:
    """The newer state of its claim by the number of each line that no longer holds."""
    claims = ((claim, twins.replaced.get((document.paper, n))) for n, claim in enumerate(document.claims, 1))
    return {line.number: placed for claim, placed in claims if placed is not None for line in claim.lines}


def _apart(document: Document, newer: Mapping[int, Placed], ids: set[str], check: Check) -> Iterator[Finding]:
    """These findings anew, over what still holds of the paper, and over what does not."""
    if not ids:
        return
    for gone in (False, True):
        claims = tuple(c for c in document.claims if any(line.number in newer for line in c.lines) == gone)
        yield from (f for f in check(replace(document, claims=claims)) if f.id in ids)


def _told(finding: Finding, newer: Mapping[int, Placed], document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """The finding as it stands with the newer paper in mind; nothing where it holds no longer."""
    states = {placed.key: placed for n in finding.lines if (placed := newer.get(n)) is not None}
    gone = bool(finding.lines) and set(finding.lines) <= newer.keys() and len(states) == 1
    paid = gone and _are_paid((line for line in document.lines if line.number in finding.lines), newer, knowledge)
    if not gone or finding.verdict == "ok" or (finding.id == "deadline.appeal" and not paid):
        yield finding
    elif finding.id == "denial" or finding.verdict == "ask":
        yield _settled(finding, next(iter(states.values())), "paid-later" if paid and finding.id == "denial" else "newer-paper")


def _settled(finding: Finding, now: Placed, case: str) -> Finding:
    day = now.told.isoformat() if now.told else None
    detail = {"newer": {"paper": now.document.paper, "file": now.document.file, "day": day}}
    return replace(
        finding, verdict="explained", case=case, amount=None, values={"newer": day}, detail=detail, sources=("eob-explainer",)
    )


def _are_paid(lines: Iterable[ServiceLine], newer: Mapping[int, Placed], knowledge: Knowledge) -> bool:
    """Whether the newer paper shows that the plan paid something for each of these services."""
    return all(_is_paid(line, newer[line.number], knowledge) for line in lines)


def _is_paid(line: ServiceLine, now: Placed, knowledge: Knowledge) -> bool:
    mine = [other for other in now.claim.lines if line.service is not None and other.service == line.service]
    return bool(mine) and all(other.amounts.plan_paid and not unpaid(other, now.claim, knowledge) for other in mine)
