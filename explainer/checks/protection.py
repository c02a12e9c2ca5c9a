"""protection.qmb, protection.code: amounts in the patient's column that the provider may not collect.

A person in the Qualified Medicare Beneficiary program (QMB) may not be billed Medicare's deductible, coinsurance or copay by a
Medicare provider. Only marks on the paper count: reason 209 under OA, the remarks N781 to N783, or the notice's own words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from explainer.checks.denials import unpaid
from explainer.checks.marks import bucket, marks
from explainer.checks.senders import are_two, telling
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import ZERO
from explainer.model.document import Claim, Document, ServiceLine, plain_key
from explainer.model.finding import Finding, Value
from explainer.model.people import People, Person
from explainer.model.source import Span

_QMB = r"(?:qualified\s+medicare\s+beneficiary|qmb\b|beneficiario\s+calificado\s+de\s+medicare)"
# What the notice says of the person. "If you are in the QMB program" says nothing of anybody.
_SAID = re.compile(
    r"(?P<open>(?:\b\w+\s+){0,2})"
    r"(?:claims\s+covered\s+by\s+the|you(?:\s+are|['’]re)\s+(?:(?:now\s+)?enrolled\s+)?in\s+the|"
    r"(?:usted\s+)?est[áa]\s+(?:inscrit[oa]\s+)?en\s+el\s+programa(?:\s+de)?|reclamaciones\s+cubiertas\s+por\s+el\s+programa(?:\s+de)?)"
    rf"\s+(?:{_QMB})",
    re.I,
)
_NOT_COLLECTED = "209"
_CONDITION = re.compile(r"\b(?:if|when|whether|unless|once|si|cuando)\s", re.I)


@dataclass(frozen=True, slots=True)
class Protection:
    """lines: those whose amount may not be collected. qmb: whether the paper names the program. keys: the codes that say so,
    as printed. spans: where the paper says it. amount: what it yet shows in the patient's column for these lines."""

    lines: tuple[ServiceLine, ...]
    qmb: bool
    keys: tuple[str, ...]
    spans: tuple[Span, ...]
    amount: Decimal


def said_qmb(document: Document) -> Span | None:
    """Where a Medicare notice itself says that the person is in the QMB program."""
    if document.kind not in ("msn", "remittance"):
        return None
    for match in _SAID.finditer(document.text):
        if not _CONDITION.search(match["open"]):
            return Span(document.paper, 1, match.start("open"), match.end())
    return None


def protecting(line: ServiceLine, knowledge: Knowledge) -> tuple[tuple[str, ...], bool]:
    """The printed codes that forbid to collect the line's amount, and whether one of them names the QMB program."""
    found = [(m, bucket(m, knowledge)) for m in marks(line)]
    forbidding = [(m.key, b == "qmb") for m, b in found if b == "qmb" or (m.reason == _NOT_COLLECTED and m.group == "OA")]
    return tuple(key for key, _ in forbidding), any(qmb for _, qmb in forbidding)


def _qmb_remarks(claim: Claim, knowledge: Knowledge) -> tuple[str, ...]:
    """The remarks of the whole claim that name the QMB program."""
    found = ((key, knowledge.remarks.get(plain_key(key))) for key in claim.remarks)
    return tuple(key for key, entry in found if entry is not None and entry.bucket == "qmb")


def protection(document: Document, knowledge: Knowledge, claims: tuple[Claim, ...] | None = None) -> Protection | None:
    """What may not be collected of a paper (of these claims of it), or None where nothing on it says so."""
    said = said_qmb(document)
    lines: list[ServiceLine] = []
    keys: dict[str, None] = {}
    qmb, spans = said is not None, [said] if said is not None else []
    for claim, line in ((c, x) for c in (document.claims if claims is None else claims) for x in c.lines):
        printed, names_qmb = protecting(line, knowledge)
        of_claim = _qmb_remarks(claim, knowledge)
        # Remarks of the whole claim (N781 in an 835's MOA) speak of the cost shares of its covered services.
        if of_claim and not unpaid(line, claim, knowledge):
            printed, names_qmb = (*printed, *of_claim), True
        if printed or (said is not None and not unpaid(line, claim, knowledge)):
            lines.append(line)
        keys |= dict.fromkeys(printed)
        qmb = qmb or names_qmb
        spans += [line.place("remarks")] if printed else []
    if not lines and said is None:
        return None
    owed = sum((max(line.amounts.patient_owes or ZERO, ZERO) for line in lines), ZERO)
    return Protection(tuple(lines), qmb, tuple(keys), tuple(dict.fromkeys(spans)), owed)


def check_protection(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """One finding for a paper that says that the provider may not collect the patient's share."""
    found = protection(document, knowledge) if document.by_plan else None
    if found is None:
        return
    values: dict[str, Value] = {"count": len(found.lines), "amount": found.amount}
    yield Finding(
        "protection.qmb" if found.qmb else "protection.code",
        "ask" if found.amount else "explained",
        "shown" if found.amount else "nothing",
        document.paper,
        lines=tuple(line.number for line in found.lines),
        amount=found.amount,
        values=values,
        detail={"keys": list(found.keys)},
        sources=("qmb-medicaid-gov",),
        spans=found.spans,
    )


def check_protection_across(
    documents: tuple[Document, ...], main: Document | None, people: People, knowledge: Knowledge
) -> Iterator[Finding]:
    """A bill beside a paper that says that the share may not be collected.

    A bill of another person, of another provider or for other services is none of the paper's.
    """
    found = protection(main, knowledge) if main is not None and main.by_plan else None
    if found is None or main is None:
        return
    kept = {line.number for line in found.lines}
    owners = {people.of(main, c) for c in main.claims if not kept or kept & {line.number for line in c.lines}}
    bill = next(
        (d for d in documents if d.kind == "bill" and d.amount_due and _asks_for(d, main, kept) and _all_of(d, owners, people)),
        None,
    )
    if bill is None:
        return
    yield Finding(
        "protection.qmb" if found.qmb else "protection.code",
        "ask",
        "billed",
        bill.paper,
        lines=tuple(line.number for line in found.lines),
        amount=bill.amount_due,
        values={"due": bill.amount_due},
        detail={"keys": list(found.keys)},
        sources=("qmb-medicaid-gov",),
        spans=found.spans,
    )


def _asks_for(bill: Document, main: Document, kept: set[int]) -> bool:
    """Whether a line of the bill is one of these lines of the paper: the day, the code, and no other provider printed."""
    theirs = [(c, x) for c in main.claims for x in c.lines if x.number in kept]
    return any(_is_service(mine, line, c, x) for mine in bill.claims for line in mine.lines for c, x in theirs)


def _is_service(mine: Claim, line: ServiceLine, theirs: Claim, protected: ServiceLine) -> bool:
    if line.service_date is None or line.service_date != protected.service_date or are_two(mine.provider, theirs.provider):
        return False
    if line.code and protected.code:
        return line.code.upper() == protected.code.upper()
    # Without codes only the same printed provider makes the day's services the same ones.
    return bool(telling(mine.provider) & telling(theirs.provider))


def _all_of(bill: Document, owners: set[Person | None], people: People) -> bool:
    """Whether the bill is surely of these patients only."""
    return not people.several or (bool(bill.claims) and {people.of(bill, c) for c in bill.claims} <= owners - {None})
