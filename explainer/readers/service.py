"""What was done: the code, modifiers, description, day and counts of a record."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from explainer.readers.fields import codes, counts, dates
from explainer.readers.fields.remarks import Keyed
from explainer.readers.fields.remarks import keys as remark_keys
from explainer.readers.record import Record
from explainer.readers.rows import Cell

_HOLLOW = re.compile(r"\(\s*[-,;:]*\s*\)|\[\s*\]")
_EDGES = " \t-–—,;:|/*•·.="
_SPACES = re.compile(r"\s{2,}")
_LABEL = re.compile(r"(?i)^(?:cpt|hcpcs|cdt|proc(?:edure)?|code|c[óo]digo)\b[\s.#:]*(?:code)?\s*[:#]?\s*")
_NUMBERED = re.compile(
    r"(?i)^[-=*#~\s]{0,12}(?:service|line|item|procedure|charge|servicio|l[íi]nea|rengl[óo]n)\s*(?:line\s*)?(?:no\.?|#|n\.º)?\s*[0-9]{1,3}"
    r"(?:\s+(?:of|de)\s+[0-9]{1,3})?\s*[:.)–-]?[-=*#~\s]{0,12}|^[0-9]{1,2}[.)]\s+"
)
_NOTE_BEHIND = re.compile(r"(?<=[0-9])\s?\(([A-Za-z]?[0-9]{1,2}|[a-zA-Z])\)$")
_NOTE_BEFORE = re.compile(r"^\(([A-Za-z]?[0-9]{1,2}|[a-zA-Z])\)\s?(?=[-$0-9])")


@dataclass(frozen=True, slots=True)
class Service:
    """What a record says apart from money. uncertain, bad: fields that are doubtful, or printed and not readable."""

    first: date | None = None
    last: date | None = None
    code: str | None = None
    modifiers: tuple[str, ...] = ()
    description: str | None = None
    units: Decimal | None = None
    minutes: int | None = None
    revenue_code: str | None = None
    place: str | None = None
    keys: tuple[Keyed, ...] = ()
    approved: bool | None = None
    denied: bool = False
    uncertain: tuple[str, ...] = ()
    bad: tuple[tuple[str, Cell], ...] = ()
    places: dict[str, Cell] = field(default_factory=dict)


_SET_BEFORE = re.compile(r"(?i)^(?:cpt|hcpcs|cdt)\b[\s.#:-]*")


def tidy(text: str) -> str:
    """A description without hollow brackets and marks at its edges."""
    return _SET_BEFORE.sub("", _SPACES.sub(" ", _HOLLOW.sub(" ", text)).strip(_EDGES)).strip(_EDGES)


def unnumbered(text: str) -> str:
    """A title without "Service 2:" before it."""
    return _NUMBERED.sub("", text).strip()


# "Exercises on 9/14/26"
_ON_DAY = re.compile(r"\s(?:on|el|del)\s*\Z", re.I)


@dataclass(slots=True)
class _Words:
    """What is left of a record's words while values are taken out of them."""

    text: str

    def cut(self, start: int, end: int) -> None:
        self.text = f"{self.text[:start]} {self.text[end:]}"


def _day(record: Record, words: _Words, bad: list[tuple[str, Cell]]) -> tuple[dates.Days | None, date | None]:
    first, last = record.cell("service_date"), record.cell("service_end")
    found = dates.under_heading(record.text("service_date")) if first else None
    if first and found is None:
        inside = dates.search(first.text)
        found = dates.from_match(inside) if inside else None
        if found and inside and not record.text("description"):
            words.text = f"{first.text[: inside.start()]} {first.text[inside.end() :]}".strip()
        if found is None and any(c.isdigit() for c in first.text):
            bad.append(("service_date", first))
    until = dates.under_heading(last.text) if last else None
    if found is None and not bad:
        match = dates.search(words.text)
        found = dates.from_match(match) if match else None
        if match and found:
            joined = _ON_DAY.search(words.text, 0, match.start())
            words.cut(joined.start() if joined else match.start(), match.end())
        beside = dates.search(record.text("provider")) if found is None else None
        found = dates.from_match(beside) if beside else found
    return found, until.first if until else None


def _in_words(words: _Words) -> codes.Printed | None:
    found = codes.search(words.text)
    if found:
        words.cut(found.start, found.end)
        words.text = _LABEL.sub("", words.text.strip())
    return found


def _coded(record: Record, words: _Words) -> codes.Printed | None:
    cell = record.cell("code")
    if cell is None or not any(c.isalnum() for c in cell.text):
        return _in_words(words)
    whole = record.text("code")
    found = codes.in_column(_LABEL.sub("", whole)) or codes.in_column(whole)
    if found is None:
        words.text = f"{words.text} {whole}".strip()
        return _in_words(words)
    at = whole.find(found.code)
    rest = whole[: max(at, 0)] + whole[max(at, 0) + found.end - found.start :]
    if any(c.isalpha() for c in rest) and not record.text("description"):
        words.text = f"{words.text} {_LABEL.sub('', rest.strip())}".strip()
    return found


def _units(record: Record, words: _Words, bad: list[tuple[str, Cell]], in_words: bool) -> tuple[Decimal | None, bool]:
    cell = record.cell("units")
    if cell and cell.reach:
        bad.append(("units", cell))
        return None, False
    if cell:
        value = counts.units(cell.text)
        if value is None and counts.said_minutes(cell.text) is None and any(c.isdigit() for c in cell.text):
            bad.append(("units", cell))
        return value, False
    found = counts.in_service(words.text)
    doubtful = found is None
    if found is None and in_words:
        found = counts.leading(words.text.strip())
        words.text = words.text.strip() if found else words.text
    if found is None:
        return None, False
    words.cut(found.start, found.end)
    return found.units, doubtful


def _minutes(record: Record) -> int | None:
    cell = record.cell("minutes")
    if cell and not cell.reach:
        return counts.minutes(cell.text)
    units = record.cell("units")
    return counts.said_minutes(units.text) if units else None


def keys_of(record: Record) -> tuple[Keyed, ...]:
    """The keys of notes in a record's own column for them, and those beside its amounts: "$62.00 (1)"."""
    found = list(remark_keys(record.text("remarks"))) if record.cell("remarks") else []
    for name in record.money:
        cell = record.cell(name)
        note = (_NOTE_BEFORE.match(cell.text) or _NOTE_BEHIND.search(cell.text)) if cell else None
        if note and all(note[1] != k.key for k in found):
            found.append(Keyed(note[1], 0, 0))
    seen: dict[str, Keyed] = {}
    for key in found:
        seen.setdefault(key.key, key)
    return tuple(seen.values())


def read_service(record: Record) -> Service:
    """Everything of a record but its money."""
    words = _Words(unnumbered(record.text("description")))
    bad: list[tuple[str, Cell]] = []
    found, until = _day(record, words, bad)
    coded = _coded(record, words)
    own = codes.modifiers(record.text("modifiers")) + codes.modifiers(record.text("modifiers_more"))
    units, doubtful = _units(record, words, bad, coded is not None and record.cell("code") is None)
    said = record.text("approved").strip().lower().strip(".")
    last = until if until and found and until > found.first else (found.last if found else None)
    names: tuple[str, ...] = ("service_date", "code", "modifiers", "description", "units", "remarks", "minutes")
    return Service(
        found.first if found else None, last, coded.code if coded else None,
        (*(coded.modifiers if coded else ()), *(m for m in own if not coded or m not in coded.modifiers)),
        tidy(words.text) or None, units, _minutes(record), record.text("revenue_code").strip() or None,
        record.text("place_of_service").strip() or None, keys_of(record),
        {"yes": True, "y": True, "sí": True, "si": True, "no": False, "n": False}.get(said), record.extra.get("denied") == "yes",
        ("units",) if doubtful and units is not None else (), tuple(bad),
        {name: cell for name in names if (cell := record.cell(name))},
    )  # fmt: skip
