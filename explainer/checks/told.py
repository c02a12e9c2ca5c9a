"""What the checks against Medicare's tables tell, as findings: one for each question, one for all that fits, one for each reason
why something was not checked."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from explainer.checks.sameday import Item
from explainer.checks.tables import Ground, Whose, of_code, quarter_values, whose
from explainer.knowledge.base import Knowledge
from explainer.knowledge.edit_file import Kind
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.finding import Finding, Value, Verdict

Check = Literal["units.mue", "pair.ncci"]
_KINDS: Mapping[Check, Kind] = {"units.mue": "mue", "pair.ncci": "ncci"}


@dataclass(frozen=True, slots=True)
class Case:
    """A verdict, and the case whose words say it."""

    verdict: Verdict
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A case, the lines it is about, the blanks of its words, and the contract's extra keys."""

    case: Case
    items: tuple[Item, ...]
    values: Mapping[str, Value]
    detail: Mapping[str, object] = field(default_factory=dict)
    amount: Decimal | None = None
    sources: tuple[str, ...] = ()

    @property
    def papers(self) -> frozenset[str]:
        return frozenset(item.document.paper for item in self.items)

    @property
    def group(self) -> Hashable:
        """Questions and what explains them stand alone; the rest is told together where its words are the same."""
        if self.case.verdict in ("ask", "explained"):
            return id(self)
        return self.case, self.values.get("edition"), self.values.get("table_key")


def findings_of(
    check: Check, told: Iterable[Told], main: Document | None, sources: tuple[str, ...], across: bool = False
) -> Iterator[Finding]:
    """The findings, in the order in which their first lines are told. across: of several papers, with lines of the main one."""
    groups: dict[Hashable, list[Told]] = {}
    for one in told:
        groups.setdefault(one.group, []).append(one)
    for group in groups.values():
        first = group[0]
        items = {item.key: item for one in group for item in one.items}.values()
        yield Finding(
            check,
            first.case.verdict,
            first.case.name,
            None if across or main is None else main.paper,
            lines=tuple(i.line.number for i in items if main is not None and i.document.paper == main.paper),
            amount=first.amount,
            values={**first.values, "codes": ", ".join(dict.fromkeys(item.code for item in items))},
            detail=_detail([one.detail for one in group]),
            sources=(*sources, *first.sources),
            spans=tuple(item.line.source for item in items),
        )


def _detail(each: list[Mapping[str, object]]) -> dict[str, object]:
    """What is the same in all, and under `each` the rest of every one."""
    same = {name: value for name, value in each[0].items() if all(one.get(name) == value for one in each)}
    rest = [{name: value for name, value in one.items() if name not in same} for one in each]
    return {**same, "each": rest} if any(rest) else same


def unchecked(check: Check, document: Document, claims: Iterable[Claim], ground: Ground) -> Iterator[Told]:
    """Therapy lines that cannot be checked at all: without a day, or of a quarter whose table is not loaded."""
    for claim in claims:
        fits = whose(claim)
        for item in (Item(document, claim, line) for line in claim.lines if therapy(line, ground.knowledge)):
            if ground.payer == "medicaid":
                yield Told(Case("not-checked", "medicaid"), (item,), {}, {"reason": "Medicaid has tables of its own"})
            elif (told := _no_table(check, item, fits, ground.knowledge)) is not None:
                yield told


def _no_table(check: Check, item: Item, fits: Whose, knowledge: Knowledge) -> Told | None:
    day, kind = item.line.service_date, _KINDS[check]
    if day is None:
        return Told(Case("not-checked", "no-day"), (item,), {}, {"reason": "no date of service"})
    needed = of_code(item.code, fits) if kind == "mue" else fits
    if needed.used(kind, day, knowledge):
        return None
    missing = needed.missing(kind, day, knowledge)
    values = {**quarter_values(day), "table_key": f"explain.edits.for.{missing}"}
    reason = {"reason": "no official table of that quarter is loaded", "quarter": values["edition"], "setting": missing}
    return Told(Case("not-checked", "no-table"), (item,), values, reason)


def therapy(line: ServiceLine, knowledge: Knowledge) -> bool:
    """Whether a line is therapy: the checks against the tables are only missed where they would matter here."""
    entry = knowledge.procedure(line.code)
    return entry is not None and entry.therapy
