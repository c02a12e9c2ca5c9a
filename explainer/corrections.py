"""What a person corrects on a paper that was read: a value of a line, a line too many, a line that was missed.

A paper as read is never changed; corrections are kept beside it and applied anew, so that each can be taken back.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from explainer.model.amounts import MONEY_FIELDS, summed
from explainer.model.codes import code_system
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.source import Span
from explainer.readers.fields import counts, dates, money

Value = str | int | Decimal | date | tuple[str, ...] | None
Action = Literal["set", "remove", "add"]

_CODE = re.compile(r"[A-Z0-9]{2,10}")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_MOST_MODIFIERS, _LONGEST, _MOST_UNITS = 4, 200, 9999
ADDED = "line"


class WrongValue(ValueError):
    """The text is no value of that field. `field` names it; the words hang on `fix.<kind>` in content."""

    def __init__(self, field: str, kind: str) -> None:
        super().__init__(kind)
        self.field, self.kind = field, kind


class NoSuchLine(LookupError):
    """The paper has no line of that number."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One correction. set: `field` of the line has the value that `text` is. remove: the line is not on the paper.

    add: the line was missed; it belongs to the claim whose number (from 1) `text` is.
    """

    paper: str
    line: int
    action: Action
    field: str = ""
    text: str = ""


def _money(text: str) -> Value:
    return money.amount(text)


def _day(text: str) -> Value:
    found = dates.days(text)
    return found.first if found and found.last is None else None


def _code(text: str) -> Value:
    return text.upper() if _CODE.fullmatch(text.upper()) else None


def _modifiers(text: str) -> Value:
    parts = tuple(part for part in re.split(r"[\s,;-]+", text.upper()) if part)
    fits = 0 < len(parts) <= _MOST_MODIFIERS and all(_MODIFIER.fullmatch(part) for part in parts)
    return parts if fits else None


def _units(text: str) -> Value:
    found = counts.units(text)
    return found if found is not None and found <= _MOST_UNITS else None


def _minutes(text: str) -> Value:
    return counts.minutes(text)


def _words(text: str) -> Value:
    return " ".join(text.split()) if len(text) <= _LONGEST and text.isprintable() else None


_PARSERS: Mapping[str, Callable[[str], Value]] = {
    "money": _money, "day": _day, "code": _code, "modifiers": _modifiers, "units": _units, "minutes": _minutes, "words": _words,
}  # fmt: skip
# What may be corrected, and what kind of value it is.
KINDS: Mapping[str, str] = {
    "service_date": "day", "service_end": "day", "code": "code", "modifiers": "modifiers", "description": "words",
    "units": "units", "minutes": "minutes", **dict.fromkeys(MONEY_FIELDS, "money"),
}  # fmt: skip


# What a line has too, but is taken from the paper alone: to correct it by hand would change the meaning of the paper's codes.
_KEPT = frozenset((*(f.name for f in fields(ServiceLine)), "line", "explanation")) - KINDS.keys()


def parsed(field: str, text: str) -> Value:
    """The value that a typed text is; nothing typed is None (for modifiers: none). Raises WrongValue."""
    kind = KINDS.get(field)
    if kind is None:
        raise WrongValue(field, "kept" if field in _KEPT else "field")
    stripped = text.strip()
    if not stripped:
        return () if kind == "modifiers" else None
    value = _PARSERS[kind](stripped)
    if value is None:
        raise WrongValue(field, kind)
    return value


def value_of(line: ServiceLine, field: str) -> Value:
    """What the line holds in that field."""
    value: Value = line.amounts.get(field) if field in MONEY_FIELDS else getattr(line, field)
    return value


def typed(value: Value) -> str:
    """The value as somebody would type it: the text that `parsed` takes back."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def corrected(document: Document, line: int, field: str, value: Value) -> Document:
    """The paper with that value in that field of that line. It keeps its place, is certain now, and is named as corrected.

    Raises NoSuchLine.
    """
    found = document.line(line)
    if found is None:
        raise NoSuchLine(line)
    return _with_line(document, _set(found, field, value))


def _set(line: ServiceLine, field: str, value: Value) -> ServiceLine:
    given: dict[str, Any] = {field: value}
    changed = replace(line, amounts=replace(line.amounts, **given)) if field in MONEY_FIELDS else replace(line, **given)
    if field == "code":
        changed = replace(changed, code_system=code_system(value) if isinstance(value, str) else None)
    return replace(
        changed,
        uncertain=tuple(name for name in line.uncertain if name != field),
        corrected=tuple(dict.fromkeys((*line.corrected, field))),
    )


def _with_line(document: Document, line: ServiceLine) -> Document:
    def put(claim: Claim) -> Claim:
        if all(old.number != line.number for old in claim.lines):
            return claim
        return _following(claim, tuple(line if old.number == line.number else old for old in claim.lines))

    return replace(document, claims=tuple(put(claim) for claim in document.claims))


def removed(document: Document, line: int) -> Document:
    """The paper without that line; the others keep their numbers. Raises NoSuchLine."""
    if document.line(line) is None:
        raise NoSuchLine(line)
    kept = (_following(c, tuple(old for old in c.lines if old.number != line)) for c in document.claims)
    return replace(document, claims=tuple(kept))


def _following(claim: Claim, lines: tuple[ServiceLine, ...]) -> Claim:
    """The claim with other lines. A printed total that was the sum of its lines as they were read, and is it no more, no longer
    speaks for the claim: its lines do, so that what is said follows the correction."""
    before, after = (_sums(each) for each in (claim.lines, lines))
    held = {name: total for name, total in claim.totals.known().items() if total == before[name]}
    gone = {name: None for name, total in held.items() if after[name] is not None and after[name] != total}
    return replace(claim, lines=lines, totals=replace(claim.totals, **gone) if gone else claim.totals)


def _sums(lines: tuple[ServiceLine, ...]) -> dict[str, Decimal | None]:
    return {name: summed(line.amounts.get(name) for line in lines) for name in MONEY_FIELDS}


def added(document: Document, line: int, claim: int = 1) -> Document:
    """The paper with a line that only a person saw, still empty, at the end of that claim (from 1)."""
    new = ServiceLine(line, Span(document.paper), corrected=(ADDED,))
    claims = document.claims or (Claim(()),)
    at = min(max(claim, 1), len(claims)) - 1
    return replace(document, claims=tuple(replace(c, lines=(*c.lines, new)) if i == at else c for i, c in enumerate(claims)))


def next_line(document: Document, edits: Iterable[Edit]) -> int:
    """A number that no line of the paper has or had."""
    taken = [line.number for line in document.lines] + [e.line for e in edits if e.paper == document.paper]
    return max(taken, default=0) + 1


def edited(document: Document, edits: Iterable[Edit]) -> Document:
    """The paper with its corrections in the order they were made; one whose line is gone does nothing."""
    for edit in edits:
        if edit.paper == document.paper and (edit.action == "add" or document.line(edit.line) is not None):
            document = _applied(document, edit)
    return document


def _applied(document: Document, edit: Edit) -> Document:
    if edit.action == "add":
        return added(document, edit.line, int(edit.text or 1))
    if edit.action == "remove":
        return removed(document, edit.line)
    return corrected(document, edit.line, edit.field, parsed(edit.field, edit.text))


def changes(line: ServiceLine, paper: str, said: Mapping[str, str]) -> tuple[Edit, ...]:
    """The corrections that typed texts make of a line: only of fields whose value differs. Raises WrongValue."""
    found = []
    for field, text in said.items():
        value = parsed(field, text)
        if value != value_of(line, field):
            found.append(Edit(paper, line.number, "set", field, typed(value)))
    return tuple(found)


def confirmed(line: ServiceLine, paper: str) -> tuple[Edit, ...]:
    """The corrections that say that every uncertain value of the line is right as it was read."""
    doubted = (field for field in line.uncertain if field in KINDS)
    return tuple(Edit(paper, line.number, "set", field, typed(value_of(line, field))) for field in doubted)


def put_back(edits: Iterable[Edit], paper: str, line: int, field: str | None = None) -> tuple[Edit, ...]:
    """The corrections without those of that line (of one field, or all of them; a line that was added goes too)."""
    return tuple(e for e in edits if (e.paper, e.line) != (paper, line) or (field is not None and e.field != field))
