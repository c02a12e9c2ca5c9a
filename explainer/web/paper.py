"""A paper as the page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from explainer.case import Case, people_of, total_of
from explainer.conversation.answer import AnswerSource
from explainer.knowledge.schema import Lang
from explainer.model.amounts import MONEY_FIELDS
from explainer.model.document import Document, ServiceLine
from explainer.web.money import Money, money_of
from explainer.web.services import Services

SHOWN_TEXT = 60_000


@dataclass(frozen=True, slots=True)
class LineView:
    """A service line: what is printed, and the contract's explanation of it."""

    number: int
    label: str
    printed: str | None
    day: date | None
    owes: Decimal | None
    figures: tuple[tuple[str, Decimal], ...]
    said: dict[str, Any]
    unsure: tuple[str, ...]
    sources: tuple[AnswerSource, ...]


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper: one sentence about what may be owed (a wording key and its values), money, lines, findings, warnings.

    `text`: pieces of the paper's own text, each with the number of the line that was read there, or None.
    """

    number: int
    main: bool
    kind: str
    headline: str
    values: dict[str, Any]
    summary: str
    money: Money
    lines: tuple[LineView, ...]
    findings: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    unread: tuple[str, ...]
    text: tuple[tuple[str, int | None], ...]


def paper_view(number: int, document: Document, case: Case, services: Services, lang: Lang) -> PaperView:
    """Everything the page says of one paper."""
    out = services.explained(document, case, lang)
    said = {line["line"]: line["explanation"] for claim in out["claims"] for line in claim["lines"]}
    headline, values = _headline(document)
    main = document is case.main
    return PaperView(
        number, main, document.kind, headline, values, services.body(document, lang), money_of(document),
        tuple(_line(line, said[line.number], services, lang) for line in document.lines),
        tuple(out["findings"]), tuple(w["message"] for w in out["warnings"]),
        tuple(document.text[s.start : s.end].strip() for s in document.unread), tuple(_marked(document, main)),
    )  # fmt: skip


def _headline(document: Document) -> tuple[str, dict[str, Any]]:
    """The key of the first sentence. It names no sum where the paper is a bill, was taken back, or gives none."""
    if document.kind in ("bill", "sbc"):
        known = document.kind == "bill" and document.amount_due is not None
        return f"web.headline.{document.kind}{'.due' if known else ''}", {"amount": document.amount_due} if known else {}
    owes = total_of(document.claims, "patient_owes")
    several = len(people_of(document.claims)) > 1
    if owes is None or owes < 0 or several or any(claim.status in ("reversed", "pending") for claim in document.claims):
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
    figures = tuple((name, amount) for name in MONEY_FIELDS if (amount := line.amounts.get(name)) is not None)
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
        sources,
    )


def _marked(document: Document, main: bool) -> Iterator[tuple[str, int | None]]:
    """The paper's text in pieces. Places that overlap are marked once, for the line that stands first."""
    text, at = document.text, 0
    if len(text) > SHOWN_TEXT:
        return
    for line in sorted(document.lines, key=lambda item: item.source.start):
        start, end = max(line.source.start, at), min(line.source.end, len(text))
        if end > start:
            yield text[at:start], None
            yield text[start:end], line.number
            at = end
    yield text[at:], None
