"""Days in a hospital or nursing facility that Medicare's notice counts (Part A)."""

import re
from collections.abc import Iterable

from explainer.conversation.reply import Reply, Statement
from explainer.conversation.topics.common import Talk, answer, own, state
from explainer.conversation.topics.entries import term_says
from explainer.model.document import Accumulator

_SHOWN = 3
_STAY = "stay"
_PLACES = (re.compile(r"nurs|rehab|snf|asilo|enfermer", re.I), re.compile(r"hospital", re.I))


def day_counts(talk: Talk) -> tuple[Accumulator, ...]:
    """What the paper counts of days: the running counts of a benefit period first, then single stays."""
    counts = [c for c in (talk.paper.accumulators if talk.paper else ()) if c.kind == "benefit-days" and c.used is not None]
    return tuple(sorted(counts, key=lambda c: c.applies_to == _STAY))


def benefit_days(talk: Talk) -> Reply:
    """How many covered days are used and left, as printed; else what such days are."""
    counts = _asked_about(talk, day_counts(talk))[:_SHOWN]
    said = list(_said(counts)) or [own("coverage.stays.not-printed")]
    meant = [s for name in ("benefit-days", "benefit-period") if (s := term_says(talk, name))]
    figures = {"used": int(counts[0].used or 0)} if counts else {}
    return answer(talk, [*said, *meant], ask_next=("money.owe", "appeal.deadline"), **figures)


def _asked_about(talk: Talk, counts: tuple[Accumulator, ...]) -> tuple[Accumulator, ...]:
    """Those of the kind of place that the question names, where the paper tells them apart."""
    for place in _PLACES:
        named = tuple(c for c in counts if place.search(c.words))
        if place.search(talk.question.words) and named:
            return named
    return counts


def _said(counts: Iterable[Accumulator]) -> Iterable[Statement]:
    for count in counts:
        used = int(count.used or 0)
        if count.applies_to == _STAY:
            yield state("coverage.stays.stay", (count.span,), used=used)
        elif count.limit is not None:
            limit = int(count.limit)
            yield state("coverage.stays.used", (count.span,), used=used, limit=limit, left=max(limit - used, 0))
            yield state("coverage.visits.words", (count.span,), words=count.words.rstrip("."))
