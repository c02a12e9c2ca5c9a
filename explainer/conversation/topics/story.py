"""What several papers of one person show together, for the topics that ask about it."""

from collections.abc import Iterator
from datetime import date

from explainer.checks.copies import first_day
from explainer.checks.deadlines import notice_day
from explainer.conversation.reply import Statement, Support
from explainer.conversation.topics.common import Talk, state
from explainer.episode import Story, Teller, story_of
from explainer.episode.days import reports_of
from explainer.model.document import Accumulator
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
    """The running counts of those kinds as the newest of the person's papers of this plan prints them."""
    if talk.paper is None or talk.eob is None:
        return tuple(a for a in talk.paper.accumulators if a.kind in kinds) if talk.paper else ()
    mine = [d for d in reports_of(talk.case, talk.person) if d.payer == talk.paper.payer] if not talk.mixed else []
    printed = [d for d in (talk.paper, *mine) if any(a.kind in kinds for a in d.accumulators)]
    newest = max(printed, key=lambda d: notice_day(d) or first_day(d) or date.min, default=talk.paper)
    return tuple(a for a in newest.accumulators if a.kind in kinds)


def _places(story: Story) -> tuple[Support, ...]:
    """Where the days of care, the counts and the bills stand on the papers."""
    days = [entry.line.place("service_date") for day in story.days for entry in day.entries]
    counts = [reading.span for count in story.counts for reading in count.readings]
    bills = [Span(bill.document.paper) for bill in story.bills]
    return tuple(dict.fromkeys((*days, *counts, *bills)))
