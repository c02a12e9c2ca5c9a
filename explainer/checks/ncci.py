"""pair.ncci: two codes of one day that Medicare's table does not pay side by side (procedure-to-procedure edits).

Some pairs never go together (indicator 0); most do where a modifier says that the services were apart (indicator 1).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from explainer.checks.marks import bucket, marks
from explainer.checks.sameday import Item, Visit, days, owed, visits
from explainer.checks.tables import Ground, table_values
from explainer.checks.told import Case, Check, Told, findings_of, unchecked
from explainer.knowledge.base import Knowledge
from explainer.knowledge.edit_file import Setting
from explainer.knowledge.edits import PairEdit
from explainer.model.document import Claim, Document
from explainer.model.finding import Finding, Value
from explainer.model.people import People, people_of

CHECK: Check = "pair.ncci"
_SOURCES = ("apta-ncci",)
_APART = frozenset({"59", "XE", "XS", "XP", "XU"})
_SIDES = {"LT", "RT", "LC", "LD", "LM", "RC", "RI", "FA", "TA", *(f"E{n}" for n in "1234")}
_FINGERS = {f"{limb}{n}" for limb in "FT" for n in range(1, 10)}
# What Medicare accepts to say that two services were apart, besides the marks above: sides, fingers, toes, vessels, aftercare.
_ASSOCIATED = _APART | _SIDES | _FINGERS | {"24", "25", "27", "57", "58", "78", "79", "91"}
# From this day on 59 and its kin count on either code (CMS Change Request 11168); before, only on the second one.
_EITHER_CODE = date(2019, 7, 1)
Key = frozenset[str]


def check_pairs(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """The findings of one paper."""
    people, ground = people_of([document]), Ground.of(document, knowledge)
    alone = [visit for visit in visits([document], people) if len(visit.codes) > 1]
    told = list(unchecked(CHECK, document, _with_pairs(document), ground))
    if ground.payer != "medicaid":
        told += [t for visit in alone for t in _of_visit(visit, ground)]
        told += _of_several(days([document], people), alone, ground)
    yield from findings_of(CHECK, told, document, _SOURCES)


def check_pairs_across(
    documents: tuple[Document, ...], main: Document | None, people: People, knowledge: Knowledge
) -> Iterator[Finding]:
    """Two codes of one day that stand on two papers."""
    reports = [d for d in documents if d.by_plan]
    for visit in (v for v in visits(reports, people, across=True) if len(v.papers) > 1):
        ground = Ground.of(visit.items[0].document, knowledge)
        if ground.payer != "medicaid":
            told = [t for t in _pairs_of(visit, ground).values() if t.case.verdict == "ask" and _on_two_papers(t)]
            yield from findings_of(CHECK, told, main, _SOURCES, across=True)


def _on_two_papers(told: Told) -> bool:
    """Whether no paper holds both codes."""
    first, second = ({i.document.paper for i in told.items if i.code == told.values[name]} for name in ("first", "second"))
    return not first & second


def _with_pairs(document: Document) -> Iterator[Claim]:
    """The claims in which two different codes can be of one day."""
    for claim in document.claims:
        seen = {(line.service_date, line.code) for line in claim.lines if line.code}
        if len(seen) > len({day for day, _ in seen}):
            yield claim


def _of_visit(visit: Visit, ground: Ground) -> Iterator[Told]:
    """Every pair of the table, then what was looked at without finding one, and what could not be looked at."""
    used = visit.whose.used("ncci", visit.day, ground.knowledge)
    if not used:
        return
    pairs = _pairs_of(visit, ground)
    yield from pairs.values()
    unseen = frozenset[str]().union(*(ground.knowledge.edits.uncovered(visit.codes, setting, visit.day) for setting in used))
    paired = frozenset[str]().union(*pairs)
    values, detail = _values(visit, used)
    missed = tuple(item for item in visit.items if item.code in unseen - paired)
    if missed:
        yield Told(Case("not-checked", "part-missing"), missed, values, detail)
    fine = tuple(item for item in visit.items if item.code not in unseen | paired)
    if fine and len(frozenset(visit.codes) - unseen) > 1:
        yield Told(Case("ok", "none"), fine, values, detail)


def _of_several(together: Iterable[Visit], alone: Iterable[Visit], ground: Ground) -> Iterator[Told]:
    """Pairs over claims of different or unnamed providers are not looked into: the rule is for one provider."""
    inside = {(visit.day, pair) for visit in alone for pair in _pairs_of(visit, ground)}
    for visit in together:
        for pair, told in _pairs_of(visit, ground).items():
            if (visit.day, pair) not in inside and told.case.verdict in ("ask", "not-checked"):
                yield Told(Case("not-checked", "providers"), told.items, told.values, told.detail)


def _pairs_of(visit: Visit, ground: Ground) -> Mapping[Key, Told]:
    """The pairs of the visit that a table has, with what is told of each."""
    used = visit.whose.used("ncci", visit.day, ground.knowledge)
    found: dict[Key, list[PairEdit]] = {}
    for setting in used:
        for edit in ground.knowledge.edits.pairs_among(visit.codes, setting, visit.day):
            found.setdefault(frozenset((edit.first, edit.second)), []).append(edit)
    return {pair: _told(visit, edits, used, ground) for pair, edits in found.items()}


def _told(visit: Visit, edits: list[PairEdit], used: tuple[Setting, ...], ground: Ground) -> Told:
    edit = edits[0]
    items = (*visit.of(edit.first), *visit.of(edit.second))
    cases = [_case(e, visit, ground) for e in edits]
    alike = len({c.verdict for c in cases}) == 1 and (len(edits) == len(used) or cases[0].verdict != "ask")
    case = cases[0] if alike else Case("not-checked", "setting")
    values, detail = _values(visit, used)
    amount = owed(i for i in items if i.denied(ground.knowledge)) if case.name == "charged" else None
    values |= {"first": edit.first, "second": edit.second, "whose_key": f"explain.edits.whose.{ground.payer}"}
    values |= {"owed": amount} if amount is not None else {}
    detail |= {"column_1": edit.first, "column_2": edit.second, "indicator": int(edit.allowed)}
    detail |= {"file": edit.edition.file, "sha256": edit.edition.sha256}
    more = ("ncci-modifiers", "cr-11168") if case.name in ("modifier", "modifier-missing") else ()
    return Told(case, items, values, detail, amount, more)


def _values(visit: Visit, used: tuple[Setting, ...]) -> tuple[dict[str, Value], dict[str, object]]:
    values: dict[str, Value] = {"day": visit.day.isoformat(), **table_values(used, visit.whose.sure, visit.day)}
    return values, {"date": visit.day.isoformat(), "quarter": values["edition"], "settings": list(used)}


def _case(edit: PairEdit, visit: Visit, ground: Ground) -> Case:
    first, second = visit.of(edit.first), visit.of(edit.second)
    if {edit.first, edit.second} & visit.undone:
        return Case("not-checked", "reversal")
    if any(_charged(item, ground.knowledge) for item in second):
        return Case("ask", "charged")
    if any(all(item.denied(ground.knowledge) for item in items) for items in (first, second)):
        return Case("explained", "plan-caught")
    if edit.allowed and _apart(first, second, visit.day):
        return Case("explained", "modifier")
    return _both_paid(edit, first, second, ground)


def _both_paid(edit: PairEdit, first: tuple[Item, ...], second: tuple[Item, ...], ground: Ground) -> Case:
    """Both codes were paid or charged, and no mark says that they were apart."""
    if any({"code", "modifiers"} & set(item.line.uncertain) for item in (*first, *second)):
        return Case("not-checked", "doubtful")
    if edit.allowed and not ground.marked:
        return Case("not-checked", "no-marks")
    kinds = [frozenset[str]().union(*(item.disciplines for item in items)) for items in (first, second)]
    if all(kinds) and not kinds[0] & kinds[1]:
        return Case("not-checked", "disciplines")
    return Case("ask", "modifier-missing" if edit.allowed else "never")


def _charged(item: Item, knowledge: Knowledge) -> bool:
    """Whether the second code was not paid because it is part of the first, and yet counts as the patient's."""
    said = any(bucket(mark, knowledge) == "bundled" or mark.reason == "236" for mark in marks(item.line))
    return item.owes and item.refused_for(knowledge, said)


def _apart(first: tuple[Item, ...], second: tuple[Item, ...], day: date) -> bool:
    """Whether a printed modifier can say that the two were apart."""
    on_first, on_second = (frozenset(m for item in items for m in item.line.modifiers) for items in (first, second))
    late = day >= _EITHER_CODE
    return bool(_ASSOCIATED & on_second or (_ASSOCIATED if late else _ASSOCIATED - _APART) & on_first)
