"""A paper as the page shows it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from explainer.case import Case, left_to_pay
from explainer.checks.copies import first_day
from explainer.conversation.answer import AnswerSource
from explainer.explain import names_of
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.amounts import MONEY_FIELDS
from explainer.model.document import Document, ServiceLine
from explainer.model.people import Person, people_of
from explainer.sessions import Visit
from explainer.web.money import Money, money_of
from explainer.web.ruler import Ruler, rulers
from explainer.web.services import Services
from explainer.web.sheet import Sheet, sheets
from explainer.web.text import Run, runs

# A payment report can hold hundreds of days; each line says in words what its units stand for.
_MOST_RULERS = 20


@dataclass(frozen=True, slots=True)
class LineView:
    """A service line: what is printed, and the contract's explanation of it.

    unsure, corrected: names of fields that were read with doubt, and that the person gave or confirmed.
    """

    number: int
    label: str
    printed: str | None
    day: date | None
    owes: Decimal | None
    figures: tuple[tuple[str, Decimal], ...]
    said: dict[str, Any]
    unsure: tuple[str, ...]
    corrected: tuple[str, ...]
    unsure_words: tuple[str, ...]
    corrected_words: tuple[str, ...]
    sources: tuple[AnswerSource, ...]


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper: one sentence about what may be owed (a wording key and its values), money, lines, findings, warnings.

    number: as given, from 1. prefix: before "line-3" and the like in anchors. day: the first day of care.
    about, to_do: what it is about, and what to look out for and do. text: the paper's own text, marked. sheets: its pages'
    pictures. rulers: units against minutes, for each day. claims: how many the whole paper has. taken_out: lines the person said
    are not there. twin: how it goes with an earlier given paper (copy, newer, older, unclear), or None.
    """

    number: int
    prefix: str
    main: bool
    kind: str
    headline: str
    values: dict[str, Any]
    about: str
    to_do: str
    money: Money
    lines: tuple[LineView, ...]
    findings: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    unread: tuple[str, ...]
    text: tuple[Run, ...]
    day: date | None
    sheets: tuple[Sheet, ...]
    rulers: tuple[Ruler, ...]
    claims: int
    taken_out: tuple[int, ...]
    twin: str | None


def prefix(number: int, documents: tuple[Document, ...]) -> str:
    """What stands before the anchors of a paper; nothing for the paper whose line numbers answers speak of."""
    return "" if documents[number - 1] is Case(documents).main else f"p{number}-"


def paper_view(number: int, case: Case, visit: Visit, person: Person | None, services: Services, lang: Lang) -> PaperView:
    """Everything the page says of one paper; with a person, of their claims on it only."""
    whole = case.documents[number - 1]
    document = whole if person is None else case.people.narrowed(whole, person)
    out = services.explained(document, case, lang)
    said = {line["line"]: line["explanation"] for claim in out["claims"] for line in claim["lines"]}
    headline, values = _headline(document, services.knowledge, lang)
    about, to_do = services.told(document, lang)
    numbers = {line.number for line in document.lines}
    findings = tuple(f for f in out["findings"] if document is whole or not f["lines"] or numbers & set(f["lines"]))
    return PaperView(
        number, prefix(number, case.documents), whole is case.main, document.kind, headline, values,
        about, to_do, money_of(document),
        tuple(_line(line, said[line.number], services, lang) for line in document.lines),
        findings, tuple(w["message"] for w in out["warnings"]),
        tuple(document.text[s.start : s.end].strip() for s in document.unread),
        runs(document) if document is whole else (), first_day(document), sheets(document, visit.pictures),
        tuple(r for r in rulers(whole, visit.context.facts, services.knowledge) if numbers.issuperset(r.lines))[:_MOST_RULERS],
        len(whole.claims), _taken_out(visit, whole), _twin(case, whole),
    )  # fmt: skip


def _taken_out(visit: Visit, document: Document) -> tuple[int, ...]:
    return tuple(e.line for e in visit.edits if e.paper == document.paper and e.action == "remove")


def _twin(case: Case, document: Document) -> str | None:
    relations = {t.relation for t in case.twins.of(document.paper)}
    return next((r for r in ("newer", "older", "unclear", "copy") if r in relations), None)


def _headline(document: Document, knowledge: Knowledge, lang: Lang) -> tuple[str, dict[str, Any]]:
    """The key of the first sentence. It names no sum where the paper is a bill, was taken back, or gives none."""
    if not document.by_plan:
        known = document.kind == "bill" and document.amount_due is not None
        kind = "collector" if any(problem.code == "collector-letter" for problem in document.problems) else document.kind
        return f"web.headline.{kind}{'.due' if known else ''}", {"amount": document.amount_due} if known else {}
    people = people_of([document])
    if people.several:
        return "web.headline.people", {"names": names_of(people, knowledge, lang)}
    owes = left_to_pay(document)
    if owes is None or owes < 0 or any(claim.status in ("reversed", "pending") for claim in document.claims):
        return "web.headline.unknown", {}
    names = tuple(dict.fromkeys(claim.provider for claim in document.claims if claim.provider))
    if owes == 0:
        return "web.headline.nothing", {}
    if len(names) == 1:
        return "web.headline.owe-to", {"amount": owes, "provider": names[0]}
    return "web.headline.owe", {"amount": owes}


def _line(line: ServiceLine, said: dict[str, Any], services: Services, lang: Lang) -> LineView:
    found = services.code(line.code, lang) if line.code else None
    printed = " ".join(x for x in ("-".join([line.code, *line.modifiers]) if line.code else None, line.description) if x)
    known = ((name, line.amounts.get(name)) for name in MONEY_FIELDS)
    figures = tuple((name, amount) for name, amount in known if amount is not None and _told(line, name))
    sources = tuple(AnswerSource(x["id"], x["title"], x["url"], date.fromisoformat(x["as_of"])) for x in said["sources"])
    label = found.name if found else line.description or line.code or ""
    return LineView(
        line.number,
        label[:1].upper() + label[1:],
        printed or None,
        line.service_date,
        line.amounts.patient_owes,
        figures,
        said,
        line.uncertain,
        line.corrected,
        _words(line.uncertain, services, lang),
        _words(line.corrected, services, lang),
        sources,
    )


def _told(line: ServiceLine, name: str) -> bool:
    """A nought is told only where it says something: what was paid and what is owed, and what was doubtful or corrected."""
    return bool(line.amounts.get(name)) or name in ("billed", "plan_paid", "patient_owes", *line.uncertain, *line.corrected)


def _words(fields: tuple[str, ...], services: Services, lang: Lang) -> tuple[str, ...]:
    """The fields' names without what explains them."""
    wording = services.knowledge.wording
    keys = (key for name in fields if (key := f"web.field.{name}") in wording)
    return tuple(services.knowledge.say(key, lang).split(":")[0] for key in keys)
