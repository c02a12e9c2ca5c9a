"""Which of several papers of the plan an answer speaks of, said first where another one could be meant."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from explainer.checks.copies import first_day
from explainer.checks.deadlines import notice_day
from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, state
from explainer.episode.days import reports_of
from explainer.knowledge.wording import Blank
from explainer.model.document import Document
from explainer.model.source import Span

# Answers that name their papers themselves.
_NAMES_IT = ("appeal.paper.", "common.of-paper", "common.paper-")


def with_paper(topic: str, build: Builder) -> Builder:
    """The builder of a topic, whose answer says of which paper its lines and amounts are where there are several."""
    return build if topic.startswith(("decline.", "help.", "appeal.")) else lambda asked: _built(build, asked)


def _built(build: Builder, asked: Asked) -> Reply:
    reply = build(asked)
    talk = Talk.of(asked)
    reports = reports_of(talk.case, talk.person)
    if len(reports) < 2 or reply.pending == reply.topic or any(s.key.startswith(_NAMES_IT) for s in reply.statements):
        return reply
    at, spoken = next(_spoken_of(reply, reports), (0, None))
    if spoken is None:
        return reply
    return replace(reply, statements=(*reply.statements[:at], _names(spoken, reports, talk), *reply.statements[at:]))


def _spoken_of(reply: Reply, reports: tuple[Document, ...]) -> Iterator[tuple[int, Document]]:
    """Each statement, by its place, that gives an amount, a count or lines of one paper alone, and that paper."""
    for at, statement in enumerate(reply.statements):
        papers = {s.paper for s in statement.support if isinstance(s, Span)}
        if len(papers) == 1 and any(_is_figure(name, value) for name, value in statement.values.items()):
            yield from ((at, d) for d in reports if d.paper in papers)


def _is_figure(name: str, value: Blank) -> bool:
    return (
        isinstance(value, Decimal)
        or (isinstance(value, int) and not isinstance(value, bool))
        or name in ("line", "lines", "names", "name")
    )


def _names(paper: Document, reports: tuple[Document, ...], talk: Talk) -> Statement:
    """By its plan and its day where no other paper has the same, else by the file's name too."""
    support = (paper.places.get("payer") or Span(paper.paper),)
    payer, day = paper.payer or talk.say("common.your-plan"), _day(paper)
    alone = sum((d.payer, _day(d)) == (paper.payer, day) for d in reports) == 1
    if alone and day is not None:
        return state("common.of-paper", support, payer=payer, day=day)
    return state("common.of-paper-file", support, payer=payer, file=PurePath(paper.file).name)


def _day(paper: Document) -> date | None:
    return notice_day(paper) or first_day(paper)
