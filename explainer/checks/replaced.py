"""Questions of an older paper that a newer one of the same claim has settled."""

from dataclasses import replace

from explainer.checks.copies import Twins
from explainer.model.document import Claim, Document
from explainer.model.finding import Finding

_MORE = "finding.replaced"


def settled(finding: Finding, document: Document, twins: Twins) -> Finding:
    """The finding as explained, with the day of the newer paper, where all that it asks about is replaced by that one."""
    if finding.verdict != "ask" or not twins.replaced:
        return finding
    about = [n for n, claim in enumerate(document.claims, 1) if not finding.lines or _holds(claim, finding)]
    days = [twins.replaced.get((document.paper, number)) for number in about]
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return finding
    return replace(finding, verdict="explained", values={**finding.values, "more_key": _MORE, "newer": max(known).isoformat()})


def _holds(claim: Claim, finding: Finding) -> bool:
    return any(line.number in finding.lines for line in claim.lines)
