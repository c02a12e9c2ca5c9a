"""Groups and reasons that a paper prints only in the words behind a note's key: "(1) ... [PR-96]"."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from explainer.model.document import Adjustment, Claim, Note, ServiceLine, plain_key
from explainer.readers.fields.remarks import reason_in_note


def told_by_notes(claims: tuple[Claim, ...], notes: Sequence[Note]) -> tuple[Claim, ...]:
    """The claims, with an adjustment on each line whose note names one that the line does not have."""
    told = {plain_key(n.key): Adjustment(*reason, span=n.span) for n in notes if (reason := reason_in_note(n.text))}
    return tuple(replace(c, lines=tuple(_with(line, told) for line in c.lines)) for c in claims) if told else claims


def _with(line: ServiceLine, told: Mapping[str, Adjustment]) -> ServiceLine:
    has = {(a.group, a.reason) for a in line.adjustments}
    found = {(a.group, a.reason): a for key in line.remarks if (a := told.get(plain_key(key)))}
    new = tuple(a for which, a in found.items() if which not in has)
    return replace(line, adjustments=(*line.adjustments, *new)) if new else line
