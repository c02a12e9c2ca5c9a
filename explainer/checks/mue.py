"""units.mue: a day's units of one code against the most that Medicare's table expects (medically unlikely edits).

It is a check of bills, not a limit on treatment. Where the table counts by line (indicator 1), further lines are counted apart;
where it counts by day, one kind (2) is never lifted and the other (3) can be paid with proof.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from explainer.checks.sameday import Item, Visit, days, owed, visits
from explainer.checks.tables import Ground, of_code, table_values
from explainer.checks.told import Case, Check, Told, findings_of, unchecked
from explainer.knowledge.base import Knowledge
from explainer.knowledge.edits import Limit
from explainer.model.amounts import ZERO
from explainer.model.document import Document
from explainer.model.finding import Finding, Value
from explainer.model.people import People, people_of

CHECK: Check = "units.mue"
_SOURCES = ("fcso-mue",)
_BY_INDICATOR = {1: "line", 2: "day-firm", 3: "day-soft"}


@dataclass(frozen=True, slots=True)
class _Count:
    """The items of one code and visit against one limit."""

    items: tuple[Item, ...]
    limit: Limit

    @property
    def known(self) -> bool:
        """Whether the paper prints the units of every line."""
        return all(item.line.units is not None for item in self.items)

    def measured(self, items: Iterable[Item]) -> Decimal:
        """The units that the limit looks at: the most of one line, or those of all lines together."""
        units = [item.line.units or ZERO for item in items]
        return max(units, default=ZERO) if self.limit.indicator == 1 else sum(units, ZERO)

    def over(self, items: Iterable[Item]) -> bool:
        """Whether these items go beyond the limit."""
        return self.measured(items) > self.limit.units


def check_units(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """The findings of one paper."""
    people, ground = people_of([document]), Ground.of(document, knowledge)
    told = list(unchecked(CHECK, document, document.claims, ground))
    if ground.payer != "medicaid":
        alone = visits([document], people)
        told += [t for visit in alone for t in _of_visit(visit, ground)]
        told += _of_several(days([document], people), alone, ground)
    yield from findings_of(CHECK, told, document, _SOURCES)


def check_units_across(
    documents: tuple[Document, ...], main: Document | None, people: People, knowledge: Knowledge
) -> Iterator[Finding]:
    """What only shows when the papers are laid side by side: units of one day on two claims."""
    reports = [d for d in documents if d.by_plan]
    for visit in visits(reports, people, across=True):
        ground = Ground.of(visit.items[0].document, knowledge)
        if len(visit.papers) > 1 and ground.payer != "medicaid":
            told = [t for t in _of_visit(visit, ground) if t.case.name.startswith("day-") and len(t.papers) > 1]
            yield from findings_of(CHECK, told, main, _SOURCES, across=True)


def _of_visit(visit: Visit, ground: Ground) -> Iterator[Told]:
    found = (_of_code(visit, code, ground) for code in visit.codes)
    yield from (told for told in found if told is not None)


def _of_several(together: Iterable[Visit], alone: Iterable[Visit], ground: Ground) -> Iterator[Told]:
    """Units that are too many only when claims of different or unnamed providers are added up: that is not looked into."""
    parts: dict[tuple[object, str], int] = defaultdict(int)
    for visit in alone:
        for code in visit.codes:
            parts[visit.day, code] += 1
    for visit in together:
        for code in (c for c in visit.codes if parts[visit.day, c] > 1):
            told = _of_code(visit, code, ground)
            if told is not None and told.case.name.startswith("day-"):
                yield Told(Case("not-checked", "providers"), told.items, told.values, told.detail)


def _of_code(visit: Visit, code: str, ground: Ground) -> Told | None:
    """What is told of one code of a visit, or None where its table is not loaded."""
    knowledge, payer = ground.knowledge, ground.payer
    fits = of_code(code, visit.whose)
    used, items = fits.used("mue", visit.day, knowledge), visit.of(code)
    limits = [knowledge.edits.limit(code, setting, visit.day) for setting in used]
    if not used:
        return None
    found = [limit for limit in limits if limit is not None and (limit.units or payer == "medicare")]
    values: dict[str, Value] = {"code": code, "day": visit.day.isoformat(), **table_values(used, fits.sure, visit.day)}
    detail: dict[str, object] = {"date": visit.day.isoformat(), "quarter": values["edition"], "settings": list(used)}
    if len(found) < len(limits):
        return Told(Case("not-checked", "no-limit"), items, values, detail)
    counts = [_Count(items, limit) for limit in found]
    cases = [_case(count, visit, code, knowledge) for count in counts]
    case = cases[0] if len({c.verdict for c in cases}) == 1 else Case("not-checked", "setting")
    return _told(case, counts[0], payer, values, detail, knowledge)


def _case(count: _Count, visit: Visit, code: str, knowledge: Knowledge) -> Case:
    items = count.items
    if not count.over(items):
        return Case("ok", "within") if count.known else Case("not-checked", "no-units")
    if code in visit.undone:
        return Case("not-checked", "reversal")
    if any({"code", "units"} & set(item.line.uncertain) for item in items):
        return Case("not-checked", "doubtful")
    if any(item.line.service_end not in (None, item.line.service_date) for item in items):
        return Case("not-checked", "several-days")
    return _over(count, knowledge)


def _over(count: _Count, knowledge: Knowledge) -> Case:
    """More units than the limit: whether the plan saw it, and whether the patient is asked to pay for them."""
    paid = [item for item in count.items if not item.denied(knowledge)]
    if any(item.owes and item.refused_for(knowledge, item.fewer_units) for item in count.items) and not count.over(paid):
        return Case("ask", "charged")
    if not count.over(paid) or any(item.fewer_units for item in paid):
        return Case("explained", "plan-caught")
    if count.limit.indicator != 1 and _by_discipline(count, paid):
        return Case("not-checked", "disciplines")
    if count.limit.indicator != 1 and _unmarked(paid) and not any(count.over([item]) for item in paid):
        return Case("not-checked", "no-marks")
    return Case("ask", _BY_INDICATOR[count.limit.indicator])


def _by_discipline(count: _Count, items: list[Item]) -> bool:
    """Whether only therapists of different kinds together go beyond the limit: they may bill as one provider or as several."""
    kinds = {item.disciplines for item in items}
    return len(kinds) > 1 and not any(count.over(i for i in items if i.disciplines == kind) for kind in kinds)


def _unmarked(items: list[Item]) -> bool:
    """Whether the papers print no modifiers at all, as many for patients do not: then nothing tells whose lines these are."""
    return not any(line.modifiers for item in items for line in item.document.lines)


def _told(
    case: Case, count: _Count, payer: str, values: dict[str, Value], detail: dict[str, object], knowledge: Knowledge
) -> Told:
    units, limit = count.measured(count.items), count.limit
    values |= {"units": _plain(units), "limit": limit.units}
    values["whose_key"] = f"explain.edits.whose.{payer}{'-charged' if case.name == 'charged' and payer == 'medicare' else ''}"
    amount = owed(i for i in count.items if i.refused_for(knowledge, i.fewer_units)) if case.name == "charged" else None
    values |= {"owed": amount} if amount is not None else {}
    detail |= {"code": values["code"], "units": str(_plain(units)), "limit": limit.units, "indicator": limit.indicator}
    detail |= {"file": limit.edition.file, "sha256": limit.edition.sha256}
    return Told(case, count.items, values, detail, amount, ("cgs-mue",) if case.name == "charged" else ())


def _plain(number: Decimal) -> int | str:
    """A count as a number, so that it is not taken for dollars."""
    return int(number) if number == number.to_integral_value() else f"{number.normalize():f}"
