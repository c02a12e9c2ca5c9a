"""Whether a claim was paid: as printed, else from its lines where they leave no doubt."""

import re
from collections.abc import Sequence

from explainer.model.amounts import ZERO
from explainer.model.document import ServiceLine
from explainer.readers.labels import LabelBook
from explainer.readers.words import words

_PRINTED = (("partly", "partly-denied"), ("denied", "denied"), ("reversed", "reversed"), ("pending", "pending"), ("paid", "paid"))


_EDGES = " .!<>"
_APART = re.compile(r"\s[-–—]\s?|[:;,(/.]\s?")
_STAGE = re.compile(r"received|processing|recibid[oa]", re.I)


def printed_status(book: LabelBook, text: str) -> str | None:
    """The status that printed words stand for: all of them, or those before what explains them ("Pending - waiting for records").
    None where they name two ("Received 3/1, paid 3/9"), unless the claim is open or taken back, whatever was decided before."""
    text = text.strip(_EDGES)
    whole = _exactly(book, text)
    if whole or not text:
        return whole
    first = _exactly(book, _APART.split(text)[0]) or _begun(book, text)
    named = {status for sort, status in _PRINTED if book.names(sort, text)}
    if first is None or named == {first}:
        return first
    if first == "reversed" or (first == "pending" and not ("paid" in named and _STAGE.match(text))):
        return first
    return "reversed" if "reversed" in named else None


def _exactly(book: LabelBook, text: str) -> str | None:
    return next((status for sort, status in _PRINTED if book.is_(sort, text.strip(_EDGES))), None)


def _begun(book: LabelBook, text: str) -> str | None:
    """The status that the first words name."""
    listed = words(text)
    for count in range(min(3, len(listed)), 0, -1):
        found = _exactly(book, text[listed[0].start : listed[count - 1].end])
        if found and not any(w.breaks for w in listed[1:count]):
            return found
    return None


def _reversed(line: ServiceLine) -> bool:
    return line.amounts.billed is not None and line.amounts.billed < 0


def _taken_back(lines: Sequence[ServiceLine]) -> bool:
    """More is taken back than billed: a line that corrects a little of it does not make the claim a paid one."""
    billed = [line.amounts.billed for line in lines]
    known = [b for b in billed if b is not None]
    return len(known) == len(billed) and sum(known, ZERO) < 0


def _denied(line: ServiceLine) -> bool:
    a = line.amounts
    if line.approved is not None:
        return not line.approved
    if bool(a.billed) and a.not_covered == a.billed and not a.plan_paid:
        return True
    # Nothing counted, nothing paid, and all of it laid on the patient: refused, also where no column says so.
    return bool(a.billed) and a.allowed == ZERO and a.plan_paid == ZERO and a.patient_owes == a.billed


def _counted(line: ServiceLine) -> bool:
    a = line.amounts
    return any((value or ZERO) > 0 for value in (a.allowed, a.plan_paid, a.deductible, a.copay, a.coinsurance))


def told_status(lines: Sequence[ServiceLine]) -> str | None:
    """denied when nothing was counted and a line says it is not covered; paid when something was counted and no line is
    refused."""
    if not lines:
        return None
    if all(_reversed(line) for line in lines) or _taken_back(lines):
        return "reversed"
    refused, counted = [_denied(line) for line in lines], [_counted(line) and not _denied(line) for line in lines]
    if any(refused) and not any(counted):
        known = all(line.amounts.plan_paid == ZERO or line.approved is False for line in lines)
        return "denied" if known else None
    if any(refused):
        return "partly-denied"
    return "paid" if any(counted) else None


def network_of(book: LabelBook, text: str) -> str | None:
    """in, out or None from a printed word."""
    stripped = text.strip(" ().,;")
    if book.is_("in", stripped):
        return "in"
    return "out" if book.is_("out", stripped) else None
