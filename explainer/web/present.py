"""A visit as the page shows it."""

from dataclasses import dataclass
from typing import Any

from explainer.case import Case
from explainer.conversation.answer import Answer, AnswerPart, AnswerSource
from explainer.conversation.told_why import Told, why_told
from explainer.conversation.whose import PATIENT
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.model.people import Person
from explainer.sessions import Exchange, Visit
from explainer.web.opening import Opening, opening_of
from explainer.web.paper import PaperView, paper_view
from explainer.web.services import Services
from explainer.web.story import StoryView, story_view

_FEW_PAPERS = 3


@dataclass(frozen=True, slots=True)
class TurnView:
    """One question and its answer. `blocks`: runs of paragraphs, lists and letters, in order. why: how it was found."""

    number: int
    question: str
    lang: Lang
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[AnswerSource, ...]
    lines: tuple[int, ...]
    suggestions: tuple[str, ...]
    why: Told | None


@dataclass(frozen=True, slots=True)
class VisitView:
    """The papers by day, what shows only across them, and the talk.

    opening: what the page says first. open: numbers of the papers shown in full: of many, only the one that answers speak of and
    the one asked for. people: the patients where there are several. person: the one whose papers are shown, None for all.
    hidden: how many papers are not shown since they are of others. story: several papers told as one, where there is one to tell.
    """

    papers: tuple[PaperView, ...]
    opening: Opening | None
    open: frozenset[int]
    across: tuple[dict[str, Any], ...]
    turns: tuple[TurnView, ...]
    people: tuple[str, ...]
    person: str | None
    hidden: int
    story: StoryView | None


def visit_view(visit: Visit, case: Case, services: Services, lang: Lang, asked: int = 0) -> VisitView:
    """Everything the visit's page shows, in that language. Answers stay in the language they were given in.

    asked: the number of a paper that somebody wants to see in full.
    """
    people = case.people
    person = people.called(visit.context.facts.get(PATIENT)) if people.several else None
    shown = [d for d in case.ordered if person is None or _concerns(d, person, case)]
    numbers = [case.documents.index(d) + 1 for d in shown]
    papers = tuple(paper_view(n, case, visit, person, services, lang) for n in numbers)
    across = tuple(services.across(case, lang)) if len(case.documents) > 1 else ()
    return VisitView(
        papers, opening_of(papers, shown, person, case, services, lang), _open(papers, asked), across,
        turn_views(visit, services, lang), tuple(p.name for p in people.persons) if people.several else (),
        person.name if person else None, len(case.documents) - len(shown), story_view(case, person, services.knowledge, lang),
    )  # fmt: skip


def _open(papers: tuple[PaperView, ...], asked: int) -> frozenset[int]:
    few = len(papers) <= _FEW_PAPERS
    return frozenset(paper.number for paper in papers if few or paper.main or paper.number == asked)


def _concerns(document: Document, person: Person, case: Case) -> bool:
    """Whether a paper is of that person, or of nobody in particular."""
    owners = [case.people.of(document, claim) for claim in document.claims]
    return not owners or person in owners or None in owners


def turn_views(visit: Visit, services: Services, lang: Lang) -> tuple[TurnView, ...]:
    """The talk so far; an answer links only to lines that the page has. What to ask next is in the page's language."""
    papers = visit.papers
    lines = {line.number for document in papers for line in document.lines}
    first = visit.context.turns - len(visit.exchanges) + 1
    turns = enumerate(visit.exchanges, max(first, 1))
    return tuple(
        _turn(n, e, lines, services.next_questions(e.answer, lang), why_told(e.answer, papers, services.knowledge))
        for n, e in turns
    )


def _turn(number: int, said: Exchange, lines: set[int], ask_next: tuple[str, ...], why: Told | None) -> TurnView:
    answer = said.answer
    linked = tuple(n for n in answer.lines if n in lines)
    return TurnView(number, said.question, answer.lang, _blocks(answer), answer.sources, linked, ask_next, why)


def _blocks(answer: Answer) -> tuple[tuple[str, tuple[str, ...]], ...]:
    parts = answer.statements or tuple(AnswerPart(text, "paragraph") for text in answer.text.split("\n\n"))
    blocks: list[tuple[str, list[str]]] = []
    for part in parts:
        if blocks and part.part == "item" == blocks[-1][0]:
            blocks[-1][1].append(part.text)
        else:
            blocks.append((part.part, [part.text]))
    return tuple((kind, tuple(texts)) for kind, texts in blocks)
