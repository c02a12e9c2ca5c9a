"""Reasons that stand apart from the line they are for: a note that names the line by day and code, or the only reason of the
paper and its only unpaid line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from explainer.model.amounts import COST_SHARES
from explainer.model.document import Adjustment, Claim, Note, ServiceLine, plain_key
from explainer.model.source import Span
from explainer.readers.fields import codes, dates, money
from explainer.readers.labels import LabelBook

_SAID = re.compile(r"(?m)^[ \t]*(?P<head>[^:|\t\n]{3,60}?)[ \t]*:[ \t]+(?P<text>\S[^\n|]{7,300})$")
_NOTE = re.compile(r"\b(?:note|remark|reason|message|comment|nota|observaci[oó]n|motivo|mensaje)s?\b", re.I)
_REASON = re.compile(r"(?P<group>CO|PR|OA|PI)(?P<reason>[A-Z]?[0-9]{1,3})")
# The patient's own share and a lower price are no reasons why a line was not paid.
_NO_REASON = frozenset(("1", "2", "3", "45", "66", "142", "223", "237", "253"))
_FEWEST_WORDS = 2


def unpaid(line: ServiceLine) -> bool:
    """Whether a line's own amounts say that the plan paid nothing of it, and not for the patient's share."""
    a = line.amounts
    if not a.billed or a.billed < 0 or a.plan_paid or a.allowed or a.other_paid or any(a.get(name) for name in COST_SHARES):
        return False
    told = a.not_covered or a.patient_owes or a.discount == a.billed
    return bool(told) and (a.plan_paid == 0 or a.not_covered == a.billed)


def with_line_notes(
    book: LabelBook, text: str, paper: str, claims: tuple[Claim, ...], notes: tuple[Note, ...]
) -> tuple[tuple[Claim, ...], tuple[Note, ...]]:
    """The claims and notes, where a note that names an unpaid line is a remark of it; then so is the only reason of the paper."""
    lines = [line for claim in claims for line in claim.lines]
    found = {line.number: note for line, note in _named(book, text, paper, lines)}
    claims = _changed(claims, {number: (note, None) for number, note in found.items()})
    notes = (*notes, *found.values())
    sole = _sole(claims, notes) if len(claims) == 1 else None
    return (_changed(claims, {sole[0]: sole[1:]}) if sole else claims), notes


def _named(book: LabelBook, text: str, paper: str, lines: Sequence[ServiceLine]) -> Iterator[tuple[ServiceLine, Note]]:
    """Notes such as "Note on 07/13/2026 97140: no approval was asked for", each with the unpaid line that it names."""
    for said in _SAID.finditer(text) if any(map(unpaid, lines)) else ():
        told = _NOTE.search(said["head"]) or book.names("denied", said["text"])
        if not told or money.PRINTED.search(said["text"]) or len(said["text"].split()) < _FEWEST_WORDS:
            continue
        meant = _meant(said["head"], lines)
        if meant is not None and unpaid(meant) and not meant.remarks:
            yield meant, Note(said["head"], said["text"].strip(), Span(paper, 1, said.start("head"), said.end("text")))


def _meant(head: str, lines: Sequence[ServiceLine]) -> ServiceLine | None:
    """The one line whose day or code, or both, stand in the head of a note."""
    coded, match = codes.search(head), dates.search(head)
    day = dates.from_match(match) if match else None
    if coded is None and day is None:
        return None
    meant = [one for one in lines if coded is None or one.code == coded.code]
    meant = [one for one in meant if day is None or one.service_date == day.first]
    return meant[0] if len(meant) == 1 else None


def _sole(claims: Sequence[Claim], notes: Sequence[Note]) -> tuple[int, Note, Adjustment] | None:
    """The number of the only unpaid line, where it has no reason, with the only reason that no line has."""
    lines = [line for claim in claims for line in claim.lines]
    bare = [line for line in lines if unpaid(line)]
    if len(bare) != 1 or bare[0].remarks or bare[0].adjustments:
        return None
    taken = {plain_key(key) for line in lines for key in line.remarks}
    listed = [(n, m) for n in notes if (m := _REASON.fullmatch(plain_key(n.key))) and m["reason"] not in _NO_REASON]
    free = [(n, m) for n, m in listed if plain_key(n.key) not in taken]
    if len(free) != 1 or len(listed) != 1:
        return None
    note, match = free[0]
    return bare[0].number, note, Adjustment(match["group"], match["reason"], span=note.span)


def _changed(claims: tuple[Claim, ...], found: dict[int, tuple[Note, Adjustment | None]]) -> tuple[Claim, ...]:
    return tuple(replace(c, lines=tuple(_with(line, found) for line in c.lines)) for c in claims) if found else claims


def _with(line: ServiceLine, found: dict[int, tuple[Note, Adjustment | None]]) -> ServiceLine:
    if line.number not in found:
        return line
    note, adjustment = found[line.number]
    more = (*line.adjustments, adjustment) if adjustment else line.adjustments
    return replace(line, remarks=(*line.remarks, note.key), adjustments=more)
