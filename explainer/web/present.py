"""A visit as the page shows it."""

from dataclasses import dataclass
from typing import Any

from explainer.conversation.answer import Answer, AnswerPart, AnswerSource
from explainer.knowledge.schema import Lang
from explainer.sessions import Visit
from explainer.web.paper import PaperView, paper_view
from explainer.web.services import Services


@dataclass(frozen=True, slots=True)
class TurnView:
    """One question and its answer. `blocks`: runs of paragraphs, lists and letters, in order."""

    number: int
    question: str
    lang: Lang
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[AnswerSource, ...]
    lines: tuple[int, ...]
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitView:
    """The papers, what shows only across them, and the talk."""

    papers: tuple[PaperView, ...]
    across: tuple[dict[str, Any], ...]
    turns: tuple[TurnView, ...]


def visit_view(visit: Visit, services: Services, lang: Lang) -> VisitView:
    """Everything the visit's page shows, in that language. Answers stay in the language they were given in."""
    case = services.check(visit.documents)
    papers = tuple(paper_view(n, d, case, services, lang) for n, d in enumerate(visit.documents, 1))
    across = tuple(services.across(case, lang)["findings"]) if len(visit.documents) > 1 else ()
    return VisitView(papers, across, turn_views(visit, services, lang))


def turn_views(visit: Visit, services: Services, lang: Lang) -> tuple[TurnView, ...]:
    """The talk so far; an answer links only to lines that the page has. What to ask next is in the page's language."""
    lines = {line.number for document in visit.documents for line in document.lines}
    first = visit.context.turns - len(visit.exchanges) + 1
    turns = enumerate(visit.exchanges, max(first, 1))
    return tuple(_turn(n, e.question, e.answer, lines, services.next_questions(e.answer, lang)) for n, e in turns)


def _turn(number: int, question: str, answer: Answer, lines: set[int], ask_next: tuple[str, ...]) -> TurnView:
    linked = tuple(n for n in answer.lines if n in lines)
    return TurnView(number, question, answer.lang, _blocks(answer), answer.sources, linked, ask_next)


def _blocks(answer: Answer) -> tuple[tuple[str, tuple[str, ...]], ...]:
    parts = answer.statements or tuple(AnswerPart(text, "paragraph") for text in answer.text.split("\n\n"))
    blocks: list[tuple[str, list[str]]] = []
    for part in parts:
        if blocks and part.part == "item" == blocks[-1][0]:
            blocks[-1][1].append(part.text)
        else:
            blocks.append((part.part, [part.text]))
    return tuple((kind, tuple(texts)) for kind, texts in blocks)
