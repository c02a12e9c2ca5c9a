"""What several papers of one person show together, for the topics that ask about it."""

from collections.abc import Iterator
from datetime import date

from explainer.checks.copies import last_care
from explainer.conversation.reply import Statement, Support
from explainer.conversation.topics.common import Talk, state
from explainer.episode import Story, Teller, story_of
from explainer.episode.counts import told_day
from explainer.episode.days import reports_of
from explainer.model.document import Accumulator, Document
from explainer.model.source import Span


def story_says(talk: Talk, *parts: str) -> Iterator[Statement]:
    """The sentences of the story whose keys start with one of `parts` ("span", "count.deductible"); all without any."""
    story = story_of(talk.case, talk.knowledge, talk.person)
    if story is None:
        return
    support = _places(story)
    for phrase in Teller(story, talk.knowledge, talk.lang).phrases():
        key = phrase.key.removeprefix("episode.")
        if support and (not parts or key.startswith(parts)):
            yield state(phrase.key, support, **phrase.values)


def newest_counts(talk: Talk, *kinds: str) -> tuple[Accumulator, ...]:
    """The running counts of those kinds as the newest paper prints them: of the plan that worked on the person's newest visit."""
    paper = _counting(talk, *kinds)
    return tuple(a for a in paper.accumulators if a.kind in kinds) if paper is not None else ()


def old_counts(talk: Talk, *kinds: str) -> Statement | None:
    """That the counts are of an earlier calendar year than today, with the day of their notice; None where they are not."""
    paper = _counting(talk, *kinds)
    day = told_day(paper) if paper is not None and newest_counts(talk, *kinds) else None
    if paper is None or day is None or day.year >= talk.case.today.year:
        return None
    places = tuple(a.span for a in paper.accumulators if a.kind in kinds)
    return state("common.old-counts", places, day=day, year=str(talk.case.today.year), payer=paper.payer or talk.payer())


def _counting(talk: Talk, *kinds: str) -> Document | None:
    """The paper whose counts hold: the newest that prints them, of the newest visit's plan if that prints any."""
    if talk.paper is None or talk.eob is None or talk.mixed:
        return talk.paper
    printed = [d for d in (talk.paper, *reports_of(talk.case, talk.person)) if any(a.kind in kinds for a in d.accumulators)]
    last = _last(talk) or talk.paper
    of_plan = [d for d in printed if d.payer == last.payer] or [d for d in printed if d.payer == talk.paper.payer]
    return max(of_plan, key=lambda d: told_day(d) or date.min, default=talk.paper)


def _last(talk: Talk) -> Document | None:
    return max(reports_of(talk.case, talk.person), key=lambda d: last_care(d) or date.min, default=None)


def payer_of_last(talk: Talk) -> str:
    """The plan that worked on the newest visit."""
    last = None if talk.mixed else _last(talk)
    return (last.payer if last is not None and last.kind != "msn" else None) or talk.payer()


def _places(story: Story) -> tuple[Support, ...]:
    """Where the days of care, the counts and the bills stand on the papers."""
    days = [entry.line.place("service_date") for day in story.days for entry in day.entries]
    counts = [reading.span for count in story.counts for reading in count.readings]
    bills = [Span(bill.document.paper) for bill in story.bills]
    return tuple(dict.fromkeys((*days, *counts, *bills)))
