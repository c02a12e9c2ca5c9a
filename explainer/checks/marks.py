"""What the printed keys of a line say: who carries an amount and why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from explainer.checks.worded import worded_bucket
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document, ServiceLine, plain_key

# Of the kind of therapist: physical, occupational, speech.
DISCIPLINES = frozenset({"GP", "GO", "GN"})
GROUPS = ("CO", "PR", "OA", "PI", "CR")
_GROUPED = re.compile(rf"({'|'.join(GROUPS)})(\d{{1,3}}|[AB]\d{{1,2}}|[PWY]\d{{1,2}})")
# Reasons that cut a price, share a cost or only inform: a line that carries nothing else is not denied.
_NO_DENIAL = frozenset({"price-cut", "cost-share", "information", "payment-rule", "protection", "qmb", "surprise"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One key printed on a line. A payer's own key and a remark code have no group. `key` is as printed or as CO-45."""

    key: str
    group: str | None = None
    reason: str | None = None
    amount: Decimal | None = None


def marks(line: ServiceLine) -> tuple[Mark, ...]:
    """Every key of the line once, adjustments first; "PR96" among the remarks is PR-96."""
    found = {m.key: m for m in (Mark(f"{a.group}-{a.reason}", a.group, a.reason, a.amount) for a in line.adjustments)}
    for mark in map(_of_remark, line.remarks):
        found.setdefault(mark.key, mark)
    return tuple(found.values())


def _of_remark(key: str) -> Mark:
    plain = plain_key(key)
    if plain.startswith("CARC") and plain[4:]:
        return Mark(key, None, plain[4:])  # a standard reason, of which no group is said
    grouped = _GROUPED.fullmatch(plain)
    return Mark(f"{grouped[1]}-{grouped[2]}", grouped[1], grouped[2]) if grouped else Mark(key)


def bucket(mark: Mark, knowledge: Knowledge) -> str | None:
    """The kind of reason, or None for a key without an entry, as a payer's own note is."""
    if mark.reason is not None:
        reason = knowledge.reasons.get(mark.reason)
        return reason.bucket if reason else None
    remark = knowledge.remarks.get(plain_key(mark.key))
    return remark.bucket if remark else None


def told_bucket(mark: Mark, document: Document, knowledge: Knowledge) -> str | None:
    """The kind of reason by its code; for a payer's own key, by the words that the paper prints for it."""
    known = bucket(mark, knowledge)
    note = document.note(mark.key) if known is None and mark.reason is None else None
    return worded_bucket(note.text, knowledge) if note is not None else known


def is_therapy(line: ServiceLine, knowledge: Knowledge) -> bool:
    """Whether a line is outpatient therapy, by its code, or by the modifier that names the kind of therapist."""
    entry = knowledge.procedure(line.code)
    return entry.therapy if entry else bool(DISCIPLINES & set(line.modifiers))


def is_alert(mark: Mark, knowledge: Knowledge) -> bool:
    """Whether the key is a remark that only informs."""
    remark = knowledge.remarks.get(plain_key(mark.key)) if mark.reason is None else None
    return remark is not None and remark.alert


def denying(line: ServiceLine, knowledge: Knowledge) -> tuple[Mark, ...]:
    """The keys that can be the reason why a line was not paid."""
    return tuple(m for m in marks(line) if bucket(m, knowledge) not in _NO_DENIAL and not is_alert(m, knowledge))


def bundled(line: ServiceLine, knowledge: Knowledge) -> bool:
    """Whether a printed key says that the line is part of another one's payment."""
    return any(bucket(m, knowledge) == "bundled" and m.group in (None, "CO") for m in marks(line))


def only_patient(line: ServiceLine) -> bool:
    """Whether every grouped key of the line puts the amount on the patient (PR)."""
    groups = {m.group for m in marks(line) if m.group}
    return groups == {"PR"}


def written_off(line: ServiceLine) -> Decimal:
    """What the line's CO keys with amounts, else its discount, take off the price. Zero where the paper shows neither."""
    amounts = [m.amount for m in marks(line) if m.group == "CO" and m.amount is not None]
    return sum(amounts, Decimal("0.00")) if amounts else line.amounts.discount or Decimal("0.00")


def words_of(document: Document) -> Iterator[str]:
    """The paper's own notes, in small letters."""
    for note in document.notes:
        yield note.text.casefold()
