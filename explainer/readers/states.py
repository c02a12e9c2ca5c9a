"""Rows that were taken back, or that the plan has not decided: among other rows they are a claim of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from explainer.model.amounts import summed
from explainer.readers.claims import Draft
from explainer.readers.labels import LabelBook
from explainer.readers.record import Record
from explainer.readers.status import printed_status
from explainer.readers.totals import Told

UNSETTLED = ("reversed", "pending")
_SAID_IN = ("status", "remarks", "reason_text")
_APART = re.compile(r"\s[-–—/]\s?|[()\[\]*:;,]+")
# "REVERSED Ther ex"; but "Cancelled appointment" is a fee of its own.
_LED = re.compile(
    r"(?:reversed|voided|cancell?ed|revertid[oa]|anulad[oa]|cancelad[oa])\s+(?!visit|app(?:oin)?t|session|cita|sesi)",
    re.I,
)
_TAKEN_BACK = re.compile(r"reversed|void(?:ed)?|cancell?ed|revertid[oa]|anulad[oa]|cancelad[oa]", re.I)
_UNDOES = re.compile(r"reversal|reversi[óo]n", re.I)
_VOID = re.compile(r"(?:VOID|REVERSAL|REVERSO)\s+(?=.*[a-z])")
_SERVICE = ("service_date", "code", "modifiers", "units")


def row_state(book: LabelBook, record: Record) -> str | None:
    """reversed or pending, where the row's own status, its note, or a mark at the edge of its words says so."""
    for name in _SAID_IN:
        if (state := printed_status(book, record.text(name))) in UNSETTLED:
            return state
    return _marked(record.text("description")) or _marked(record.text("code"))


def _marked(said: str) -> str | None:
    """Words that are set off at either edge of a service's: "Ther ex (VOID)". "Crown - replaced" tells of the crown."""
    parts = [part.strip() for part in _APART.split(said) if part.strip()]
    set_off = len(parts) > 1 or (len(parts) == 1 and said.strip()[0] in "([*")
    marked = set_off and (_TAKEN_BACK.fullmatch(parts[0]) or _TAKEN_BACK.fullmatch(parts[-1]) or _UNDOES.fullmatch(parts[0]))
    return "reversed" if marked or _LED.match(said) or _VOID.match(said) else None


def set_apart(told: Told, drafts: Sequence[Draft]) -> list[Draft]:
    """The claims, with rows that do not count (taken back, open) in claims of their own, each in the place of its first row.
    Rows with a minus stay: they take off what they undo."""
    out: list[Draft] = []
    for draft in drafts:
        states = [None if _below_nothing(told, r) else row_state(told.book, r) for r in draft.lines]
        out += _parted(told, draft, _with_undone(told, draft.lines, states)) if any(states) else [draft]
    return out


def _below_nothing(told: Told, record: Record) -> bool:
    return any(value < 0 for value in told.values(record).values())


@dataclass(slots=True)
class _Parting:
    """The state of each row, and the rows that may be undone by another."""

    states: list[str | None]
    doubtful: list[Record]


def _with_undone(told: Told, lines: Sequence[Record], states: Sequence[str | None]) -> _Parting:
    """A row marked as reversed may undo the same row above it: surely, where a corrected one stands below."""
    out = _Parting(list(states), [])
    for at, record in enumerate(lines):
        if states[at] != "reversed":
            continue
        first = next((i for i in range(at) if out.states[i] is None and _alike(told, lines[i], record)), None)
        if first is None or (printed_status(told.book, lines[first].text("status")) and not record.text("description")):
            continue
        if any(_corrects(told, later, record) for later in lines[at + 1 :]):
            out.states[first] = "reversed"
        else:
            out.doubtful.append(lines[first])
    return out


def _service(record: Record) -> tuple[str, ...]:
    return tuple(record.text(name) for name in _SERVICE)


def _alike(told: Told, one: Record, other: Record) -> bool:
    return _service(one) == _service(other) and told.values(one) == told.values(other)


def _corrects(told: Told, later: Record, undone: Record) -> bool:
    same = later.text("code") == undone.text("code") and later.text("service_date") == undone.text("service_date")
    return same and any(told.book.names("corrected", later.text(name)) for name in ("description", *_SAID_IN))


def _parted(told: Told, draft: Draft, parting: _Parting) -> list[Draft]:
    """The claim as one for each state of its rows."""
    by_state: dict[str | None, list[Record]] = {}
    for record, state in zip(draft.lines, parting.states, strict=True):
        by_state.setdefault(state, []).append(record)
    made = [replace(draft, lines=lines, totals=[], state=state) for state, lines in by_state.items()]
    home = next((part for part in made if part.state is None), made[0])
    home.totals = draft.totals if len(made) == 1 else [r for r in draft.totals if not _is_of_all(told, draft, home, r)]
    home.two_amounts = _with_and_without(told, home, parting.doubtful)
    return made


def _is_of_all(told: Told, draft: Draft, home: Draft, total: Record) -> bool:
    """Whether a total adds up the rows that do not count too."""
    values = told.values(total)
    every, kept = (told.summed((d, r) for r in d.lines) for d in (draft, home))
    return every.are(values) and not kept.are(values)


def _with_and_without(told: Told, home: Draft, doubtful: Sequence[Record]) -> tuple[Decimal, Decimal] | None:
    owed = [told.charges[id(r)].values.get("patient_owes") for r in home.lines]
    undone = summed(told.charges[id(r)].values.get("patient_owes") for r in doubtful)
    whole = summed(owed)
    return (whole, whole - undone) if whole is not None and undone else None


def undecided(told: Told, drafts: Sequence[Draft]) -> None:
    """In a claim that is not decided yet an empty cell or a dash says nothing: no 0.00 is told from it."""
    for draft in drafts:
        if state_of(told.book, draft) == "pending":
            for record in draft.lines:
                charges = told.charges[id(record)]
                hollow = (charges.empty | charges.dashed) - charges.places.keys()
                told.change(record, {n: v for n, v in charges.values.items() if n not in hollow})


def state_of(book: LabelBook, draft: Draft) -> str | None:
    """The printed state of a claim: that of its rows, else the one printed for it, else the one of all its rows' column."""
    if draft.state is not None:
        return draft.state
    fact = draft.facts.get("status")
    column = [c.text for r in draft.lines if (c := r.cell("status"))]
    column = column if len(column) == len(draft.lines) else []
    said = {printed_status(book, t) for t in ([fact.text] if fact else column)}
    return said.pop() if len(said) == 1 else None
