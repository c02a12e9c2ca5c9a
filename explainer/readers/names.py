"""Names of people, providers and plans, without the network or a number that stands beside them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from explainer.readers.blocks import Fact
from explainer.readers.fields import dates
from explainer.readers.labels import LabelBook
from explainer.readers.record import Record
from explainer.readers.rows import Cell, Row
from explainer.readers.status import network_of

_BEHIND = re.compile(r"\s*[(\[]([^()\[\]]{2,40})[)\]]\s*$|\s*[,;·•|–—-]\s*((?:in|out)[- ](?:of[- ])?network)\s*$", re.I)
_SHORTEST_WORD, _LONGEST_NAME = 5, 90
_LABEL_BEFORE = 30
_AS_MEMBER = re.compile(r"(?<![\w/])(?:(?:plan )?member|miembro|afiliado|asegurado|enrollee)(?: name| nombre)?\s*:?\s*\Z", re.I)
_AS_PATIENT = re.compile(r"(?<![\w/])(?:patient|paciente)(?: name)?\s*:?\s*\Z", re.I)
_WHO = re.compile(
    r"(?<=\S)\s*[(\[](?:self|subscriber|member|employee|insured|policy ?holder|patient|spouse|husband|wife|(?:domestic )?partner|"
    r"child|son|daughter|dependent|dependant|step(?:son|daughter|child)|other|you|titular|asegurad[oa]|miembro|c[óo]nyuge|espos[oa]|"
    r"pareja|hij[oa]|dependiente|usted|[0-9]{2})[)\]]$",
    re.I,
)
_PERSON = re.compile(r"[A-ZÁÉÍÓÚÑ][A-Za-zÁÉÍÓÚÑáéíóúñ.'-]*(?: [A-ZÁÉÍÓÚÑ][A-Za-zÁÉÍÓÚÑáéíóúñ.'-]*){1,3}")
_CLAIMED = re.compile(r"(?P<name>[A-Z][^,:]{2,80}),\s+(?=claim\b|reclam)", re.I)
_NETWORK = re.compile(r"(?<![\w-])((?:in|out)[- ](?:of[- ])?network|(?:dentro|fuera) de la red)(?![\w-])", re.I)


_CARE_WORD = re.compile(
    r"\b(?:clinic|cl[ií]nica|(?i:therapy|terapia|rehab\w*|hospital|orthop(?:a?edics?)|physicians|chiropractic|pediatrics)|PT|OT|SLP|DPT|MD|DC)\b"
)
# "for DANA EXAMPLE, ID 4471882": a sentence that began on the line above.
_FOR_MEMBER = re.compile(
    r"(?:for|para) (?P<name>[A-ZÁÉÍÓÚÑ][\w.'-]*(?: [A-ZÁÉÍÓÚÑ][\w.'-]*){1,3}), (?=(?:[Mm]ember )?I[Dd]\b|[Nn][uú]m|[Mm]iembro)"
)
_CLAIM_FROM = re.compile(
    r"\b(?:claims?|bills?|services?|visits?|care|reclamos?|reclamaci[oó]n(?:es)?|servicios?|visitas?) "
    r"(?:(?:that )?(?:we )?(?:got|received|sent|submitted|provided|recibid[oa]s?|enviad[oa]s?|prestad[oa]s?) )?"
    r"(?:from|by|at|de|por|en) (?=[A-ZÁÉÍÓÚÑ])"
)
_SMALL = frozenset(("of", "and", "the", "for", "at", "in", "de", "del", "la", "las", "los", "el", "y", "en", "e"))
# "Oak Clinic, Claim 12": what follows is no part of the name. "Patient Rosa ..." is no provider's name.
_FURTHER = re.compile(r"\s*[,;|]\s*(?:claim|member|id|dob|account|reclamo|miembro)\b.*$", re.I)
_OTHER_ROLE = re.compile(r"(?:patient|member|subscriber|claim|paciente|miembro|reclamo)\s+\S", re.I)
# "for Part B (Medical Insurance)" on Medicare's notice names a part of Medicare, not a person.
_NO_PERSON = re.compile(r"part [abcd]\b|.*\binsurance\)?$", re.I)
_ALONE = re.compile(_NETWORK.pattern + r"(?:\s+(?:provider|care|services?|benefits?|claim))?", re.I)
_PHONED = re.compile(r"(?P<name>[A-Z][^()0-9]{3,80}?)\s*[,|-]?\s+\(?[0-9]{3}\)?[ .-][0-9]{3}-[0-9]{4}\s*$")


_NPI = re.compile(r"[0-9]{10}\s+(?=[A-Z])")
# "Explanation of benefits for a claim received for DANA EXAMPLE, Reference # 0000226200001": facts in a sentence of the head.
_NAME = r"[A-ZÁÉÍÓÚÑ][\w.'-]*(?: [A-ZÁÉÍÓÚÑ][\w.'-]*){1,3}"
_CLAIM_FOR = r"\b(?:claim|reclamo|reclamación) (?:(?:received|processed|recibid[oa]) )?(?:for|para|de) "
_SERVICES_BY = r"\b(?:services|servicios) (?:provided|rendered|performed|prestados) (?:by|por) "
_REFERENCE = r",\s(?:[Rr]eference|[Rr]eferencia|[Cc]laim) (?:#|[Nn]o\.?|[Nn]umber|[Nn]úm\.?):? ?"
_IN_SENTENCES = (
    ("patient", re.compile(rf"{_CLAIM_FOR}(?P<said>{_NAME})(?=[,.;]|$)")),
    ("claim_id", re.compile(rf"{_REFERENCE}(?P<said>[A-Z0-9-]{{6,20}})(?![\w-])")),
    ("provider", re.compile(rf"{_SERVICES_BY}(?P<said>[A-Z][\w&.,' -]{{2,60}}?)(?=\.?$)")),
)


def tidy_name(cell: Cell | None) -> str | None:
    """The printed name with single spaces, or None when there is none."""
    text = _FURTHER.sub("", " ".join(cell.text.split())).strip(" ,;|-–—") if cell else ""
    if _NO_PERSON.fullmatch(text):
        return None
    return (text[:-1] if re.search(r"[a-z]{4}\.$", text) else text) or None


def person_of(cell: Cell | None) -> str | None:
    """A person's name, without the bracket behind it that tells who the person is: "Mia Sample (daughter)"."""
    name = tidy_name(cell)
    match = _WHO.search(name) if name else None
    return name[: match.start()].rstrip() if name and match else name


def said_who(text: str) -> bool:
    """Whether a text is a name with a bracket that tells who the person is."""
    match = _WHO.search(text)
    name = text[: match.start()].rstrip() if match else ""
    return _PERSON.fullmatch(name.replace(",", "")) is not None


def provider_of(book: LabelBook, cell: Cell | None) -> tuple[str | None, str | None]:
    """The provider's name, and the network that is printed behind it: "Clinic (in network)"."""
    name = _NPI.sub("", tidy_name(cell) or "", count=1) or None
    if name and _OTHER_ROLE.match(name):
        return None, None
    match = _BEHIND.search(name) if name else None
    if name is None or match is None:
        return name, None
    network = network_of(book, match[1] or match[2])
    return (name[: match.start()].strip() or None, network) if network else (name, None)


def networks(rows: Sequence[Row], valued: set[int]) -> list[Fact]:
    """ "in-network" in a cell of its own, or among the labelled values of a line (valued: the numbers of such lines)."""
    found = []
    for row in rows:
        cells = row.cells if len(row.text) < 600 else ()
        alone = [c for c in cells if _ALONE.fullmatch(c.text.strip("() "))]
        said = {m[1].lower() for m in _NETWORK.finditer(row.text)} if row.index in valued and cells else set()
        among = [row.whole] if len(said) == 1 and not alone and row.text.count("$") + row.text.count(".") >= 2 else []
        for cell in alone or among:
            match = _NETWORK.search(cell.text)
            if match:
                found.append(Fact("network", cell.part(match.start(1), match.end(1))))
    return found


def with_network(book: LabelBook, rows: Sequence[Row], used: set[int]) -> list[Fact]:
    """ "GREEN OAK THERAPY (Participating)" on a line of its own beside lines that were read: only a provider is in a network."""
    found = []
    for above, row, below in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        near = any(r is not None and r.index in used for r in (above, below))
        name = _behind_sentence(row.single) if near and row.index not in used and row.single else None
        if name and _named_with_network(book, name.text):
            found.append(Fact("provider", name))
            used.add(row.index)
    return found


def _behind_sentence(cell: Cell) -> Cell | None:
    """The name at the end of "This is what we decided on a claim from OAK THERAPY (out of network)"; None for other sentences."""
    match = _CLAIM_FROM.search(cell.text)
    name = cell.part(match.end(), len(cell.text)) if match else cell
    bracket = _BEHIND.search(name.text)
    small = [w for w in name.text[: bracket.start() if bracket else None].split() if w.islower() and w not in _SMALL]
    return None if len(small) > 1 else name


def _named_with_network(book: LabelBook, text: str) -> bool:
    match = _BEHIND.search(text) if len(text) <= _LONGEST_NAME else None
    if match is None or any(c.isdigit() or c in ":$" for c in text):
        return False
    said, name = match[1] or match[2], text[: match.start()]
    plan = book.names("insurer", name) or book.names("plan-kind", name) or book.field_of(name) is not None
    told = len(said) >= _SHORTEST_WORD and network_of(book, said) is not None
    return told and not plan and len(name.split()) > 1 and name[:1].isupper()


def in_sentences(rows: Sequence[Row], facts: Sequence[Fact]) -> list[Fact]:
    """What sentences above the services name, where nothing labelled names it."""
    known = {f.field for f in facts}
    found: dict[str, Fact] = {}
    for row in (r for r in rows if r.cells and len(r.text) < 300):
        for name, shape in _IN_SENTENCES:
            match = shape.search(row.whole.text) if name not in known else None
            if match:
                found.setdefault(name, Fact(name, row.whole.part(match.start("said"), match.end("said"))))
    return list(found.values())


def after_day(rows: Sequence[Row]) -> list[Fact]:
    """Medicare's notice names the provider, with a phone number, in the line below the day of the visit."""
    found = []
    for above, row in pairwise(r for r in rows if not r.blank):
        day = dates.search(above.text) if len(above.text) < 40 else None
        if day is None or day.group().strip() != above.text.strip().lower() or len(row.text) > 120:
            continue
        match = _PHONED.match(row.text)
        if match:
            found.append(Fact("provider", row.whole.part(match.start("name"), match.end("name"))))
    return found


def without_members(events: Sequence[Fact | Record], text: str) -> list[Fact | Record]:
    """ "Member: Ann Sample   Patient: Bo Sample": on a paper that names the patient as such, the member is none."""
    people = [e for e in events if isinstance(e, Fact) and e.field == "patient"]
    members = [e for e in people if _AS_MEMBER.search(text, max(0, e.value.start - _LABEL_BEFORE), e.value.start)]
    patients = [e for e in people if _AS_PATIENT.search(text, max(0, e.value.start - _LABEL_BEFORE), e.value.start)]
    return [e for e in events if e not in members] if patients else list(events)


def _is_person(book: LabelBook, text: str) -> bool:
    return _PERSON.fullmatch(text) is not None and book.field_of(text) is None


def _is_carer(book: LabelBook, text: str) -> bool:
    """Whether a cell is the name of a practice: a few words with a capital, one of them a word for care."""
    plain = not any(c.isdigit() or c in ":$@" for c in text) and text[:1].isupper() and 2 <= len(text.split()) <= 8
    other = book.names("insurer", text) or book.names("plan-kind", text) or book.field_of(text) is not None
    return plain and not other and _CARE_WORD.search(text) is not None


def beside_values(book: LabelBook, rows: Sequence[Row], facts: Sequence[Fact]) -> list[Fact]:
    """Names without a label that stand in a line with a labelled value: the person before a member number, the provider
    before a claim number, the sort of plan."""
    found = []
    starts = [row.start for row in rows]
    by_row: dict[int, list[Fact]] = {}
    for fact in facts:
        by_row.setdefault(bisect_right(starts, fact.value.start) - 1, []).append(fact)
    for at, row in enumerate(rows):
        fields = {fact.field for fact in by_row.get(at, ())}
        if not fields or not row.cells or len(row.text) > 600:
            continue
        if "member_id" in fields and "patient" not in fields and len(row.cells) > 1 and _is_person(book, row.cells[0].text):
            found.append(Fact("patient", row.cells[0]))
        member = _FOR_MEMBER.match(row.whole.text) if "member_id" in fields else None
        if member and not any(f.field == "patient" for f in facts):
            found.append(Fact("patient", row.whole.part(member.start("name"), member.end("name"))))
        carer = row.cells[-1] if {"patient", "claim_id"} <= fields and "provider" not in fields else None
        if carer and carer.start > max(f.value.end for f in by_row[at]) and _is_carer(book, carer.text):
            found.append(Fact("provider", carer))
        claimed = _CLAIMED.match(row.whole.text) if "claim_id" in fields and "provider" not in fields else None
        if claimed:
            found.append(Fact("provider", row.whole.part(claimed.start("name"), claimed.end("name"))))
        if "plan_words" not in fields:
            found += [Fact("plan_words", c) for c in row.cells if ":" not in c.text and book.names("plan-kind", c.text)][:1]
    return found
