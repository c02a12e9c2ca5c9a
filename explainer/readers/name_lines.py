"""Names of people above their services without a label: "OMAR SAMPLE (self) - Claim S-42", or the members of one family."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from explainer.readers.blocks import Fact
from explainer.readers.labels import LabelBook
from explainer.readers.names import said_who
from explainer.readers.rows import Cell, Row
from explainer.readers.words import key_of, words

_PARTS = re.compile(r"\s+[-–—|·•/]\s+|\s{2,}|\t|,\s+(?=claim\b|recl)", re.I)
_CLAIM = re.compile(
    r"(?:claim|reclamo|reclamaci[óo]n)\s*(?:number|no\.?|n[úu]m(?:ero)?\.?|nbr|id|#|n\.º)?\s*:?\s*#?\s*"
    r"(?P<said>(?=[\w-]*[0-9])[A-Z0-9][\w-]{0,24})",
    re.I,
)
_WORD = r"[A-ZÁÉÍÓÚÑ][A-Za-zÁÉÍÓÚÑáéíóúñ.'-]*"
_NAME = re.compile(rf"{_WORD}(?:,? {_WORD}){{1,3}}")
# What firms, places and sections are called, and no person.
_OTHER_NAMES = """
associates care center centre centro clinic clinica dental department doctor east family group health home
hospital imaging insurance institute lab laboratory llc medical medicine mutual north occupational office
outpatient pc pharmacy physical physician plan practice program rehab rehabilitation salud section service
south specialists speech street summary surgery system terapia therapists therapy vision visit wellness west
"""
_NO_PERSON = frozenset(key_of(_OTHER_NAMES).split())


def name_lines(book: LabelBook, rows: Sequence[Row], facts: Sequence[Fact], lines: Sequence[int]) -> list[Fact]:
    """The names, with the claims' numbers that stand in a line with them.

    rows: the lines that belong to no table. lines: where services start. A name that no service follows before the next name
    is one of a list of the family, and says nothing."""
    fields = _fields(rows, facts)
    told = _told_by_role(rows, fields) or _of_a_family(book, rows, fields)
    before = [bisect_right(lines, group[0].value.start) for group in told]
    if len(set(before)) < len(before):
        return []
    return [fact for group, count in zip(told, before, strict=True) if count < len(lines) for fact in group]


def _fields(rows: Sequence[Row], facts: Sequence[Fact]) -> Mapping[int, set[str]]:
    """What is labelled in each line, by its number."""
    starts, found = [r.start for r in rows], defaultdict[int, set[str]](set)
    for fact in facts:
        found[rows[max(0, bisect_right(starts, fact.value.start) - 1)].index].add(fact.field)
    return found


def _told_by_role(rows: Sequence[Row], fields: Mapping[int, set[str]]) -> list[list[Fact]]:
    """Names with "(self)", "(spouse)" ... behind them, which stand in a line without an amount."""
    found = []
    for row in rows:
        if row.blank or len(row.text) > 160 or "$" in row.text or "patient" in fields.get(row.index, ()):
            continue
        parts = _parts(row)
        people = [p for p in parts if ":" not in p.text and said_who(p.text)]
        if len(people) == 1:
            claims = [p.part(m.start("said"), m.end("said")) for p in parts if (m := _CLAIM.fullmatch(p.text))]
            numbered = [] if "claim_id" in fields.get(row.index, ()) else claims[:1]
            found.append([Fact("patient", people[0]), *(Fact("claim_id", c) for c in numbered)])
    return found


def _parts(row: Row) -> list[Cell]:
    whole, at, found = row.whole, 0, []
    for gap in _PARTS.finditer(whole.text):
        found.append(whole.part(at, gap.start()))
        at = gap.end()
    return [*found, whole.part(at, len(whole.text))]


def _of_a_family(book: LabelBook, rows: Sequence[Row], fields: Mapping[int, set[str]]) -> list[list[Fact]]:
    """Different names with one family name, each alone on the line above a claim's number, where no patient is labelled."""
    if any("patient" in found for found in fields.values()):
        return []
    filled = [r for r in rows if not r.blank]
    above = [r.single for r, after in pairwise(filled) if r.single and "claim_id" in fields.get(after.index, ())]
    alone = [cell for cell in above if _is_name(book, cell.text)]
    families = {_family(cell.text) for cell in alone}
    different = len({cell.text.casefold() for cell in alone}) > 1
    return [[Fact("patient", cell)] for cell in alone] if different and len(families) == 1 else []


def _family(name: str) -> str:
    return name.partition(",")[0].casefold() if "," in name else name.split()[-1].casefold()


def _is_name(book: LabelBook, text: str) -> bool:
    said = {w.word for w in words(text)}
    labels = any(book.field_of(part) for part in (text, *text.split()))
    titled = any(book.names(sort, text) for sort in ("eob", "bill", "plan-kind", "insurer", "total"))
    return _NAME.fullmatch(text) is not None and not (said & _NO_PERSON) and not labels and not titled
