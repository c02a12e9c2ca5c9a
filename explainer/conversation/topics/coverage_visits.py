"""coverage.visits and coverage.plan-year: running counts, and when they start over."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from explainer.conversation.reply import Cited, Reply, Statement
from explainer.conversation.topics.appeal_asked import asks, kind_of_plan, refused_for, service_day, stated
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.coverage_stays import benefit_days
from explainer.conversation.topics.gate import on_any
from explainer.conversation.topics.story import newest_counts, old_counts, story_says
from explainer.knowledge.wording import Blank
from explainer.model.document import Accumulator

_COUNTED_VISITS = re.compile(r"\d.{0,40}\b(?:visit|session|visita|sesi)", re.IGNORECASE)
_CALENDAR = re.compile(r"calendar year|año calendario", re.IGNORECASE)
_SHOWN = 2


def _visits(talk: Talk) -> Reply:
    if "benefit-days" in talk.question.slots.terms:
        return benefit_days(talk)
    counts = list(_counts(talk, "visits"))[:_SHOWN]
    said = [s for count in counts for s in _count_says(talk, count)]
    noted = list(_limit_notes(talk, {count.words for count in counts}))
    old = old_counts(talk, "visits")
    said = [old, *said] if old is not None and said else said
    lead = [*said, *noted] or list(_without_count(talk))
    lead += story_says(talk, "span", "count.visits", "visits")
    more = [*_contradiction(talk, counts), *_rules(talk)]
    figures = _figures(counts[0]) if counts else {}
    return answer(talk, [*lead, *more], ask_next=("coverage.plan-year", "appeal.how"), **figures)


def _counts(talk: Talk, *kinds: str) -> Iterable[Accumulator]:
    return newest_counts(talk, *kinds)


def _whole(number: Decimal | None) -> int | None:
    """A count as a number that is not taken for dollars; None for none, or for a part of a visit."""
    return int(number) if number is not None and number == number.to_integral_value() else None


def _figures(count: Accumulator) -> dict[str, Blank]:
    used, limit, left = _whole(count.used), _whole(count.limit), _whole(count.remaining)
    if left is None and used is not None and limit is not None:
        left = max(limit - used, 0)
    return {"used": used, "limit": limit, "left": left}


def _count_says(talk: Talk, count: Accumulator) -> Iterable[Statement]:
    """What is used and left, and the paper's own words for it."""
    figures = _figures(count)
    known = [name for name in ("used", "limit", "left") if figures[name] is not None]
    if known == ["used", "limit", "left"] and figures["left"] == 0:
        yield state("coverage.visits.reached", (count.span,), **figures)
    elif known:
        yield state(f"coverage.visits.{'-'.join(known)}", (count.span,), **{name: figures[name] for name in known})
    words = (count.words or count.applies_to or "").strip()
    if words:
        yield state("coverage.visits.words", (count.span,), words=words)


def _limit_notes(talk: Talk, said: set[str]) -> Iterable[Statement]:
    """The paper's notes that name a number of visits, quoted."""
    notes = talk.paper.notes if talk.paper is not None else ()
    for note in notes:
        if _COUNTED_VISITS.search(note.text) and note.text not in said:
            yield state("common.note-says", (note.span,), key=note.key, text=note.text.strip().rstrip("."))


def _without_count(talk: Talk) -> Iterable[Statement]:
    """No count printed: Medicare has no limit; else the days of service on the paper, and how to find out."""
    if kind_of_plan(talk) in ("medicare-original", "medigap"):
        yield state("coverage.visits.medicare", (Cited("noridian-kx"),))
    elif talk.eob is not None:
        yield from _days(talk)
    else:
        yield own("coverage.visits.no-paper")
    if kind_of_plan(talk) != "medicare-original":
        yield own("coverage.visits.find-out")


def _days(talk: Talk) -> Iterable[Statement]:
    days = sorted({line.service_date for line in talk.lines if line.service_date is not None})
    places = [line.place("service_date") for line in talk.lines if line.service_date is not None]
    if days:
        yield state("coverage.visits.days", places, count=len(days), payer=talk.payer())
    else:
        yield own("coverage.visits.not-printed", payer=talk.payer())


def _contradiction(talk: Talk, counts: list[Accumulator]) -> Iterable[Statement]:
    """Lines refused for the limit although the paper shows visits left: a question for the plan."""
    refused = refused_for(talk, "limit")
    left = _figures(counts[0])["left"] if counts else None
    if refused and isinstance(left, int) and left > 0:
        places = [*(line.source for line, _ in refused), counts[0].span]
        yield state("coverage.visits.denied-with-left", places, names=talk.names(line for line, _ in refused))


def _rules(talk: Talk) -> Iterable[Statement]:
    """How visits are counted, or the part of it that is asked; then how to get more."""
    parts = [name for name in ("evaluation", "shared", "period", "unpaid-visit") if asks(talk, f"asks-{name}")]
    yield from (own(f"coverage.visits.{part}") for part in parts or ["how-counted"])
    if asks(talk, "asks-on-paper") and talk.eob is not None:
        yield from _days(talk)
    if kind_of_plan(talk) != "medicare-original":
        yield own("coverage.visits.more")


def _plan_year(talk: Talk) -> Reply:
    day = service_day(talk)
    said = [*_out_of_pocket(talk, day), *_starts_over(talk, day), *story_says(talk, "count.")]
    extra = [own(f"coverage.plan-year.{name}") for name in ("carry", "new-plan") if asks(talk, f"asks-{name}")]
    return answer(talk, [*said, *extra], ask_next=("coverage.visits", "money.deductible"))


def _starts_over(talk: Talk, day: date) -> Iterable[Statement]:
    counts = tuple(_counts(talk, "deductible", "out-of-pocket", "visits"))
    notes = talk.paper.notes if talk.paper is not None else ()
    yearly = [c.span for c in counts if c.period == "calendar-year" or _CALENDAR.search(c.words)]
    yearly += [note.span for note in notes if _CALENDAR.search(note.text)]
    other = [count for count in counts if count.period == "plan-year"]
    if yearly:
        yield state("coverage.plan-year.calendar", yearly, end=date(day.year, 12, 31), start=date(day.year + 1, 1, 1))
    elif kind_of_plan(talk) in ("medicare-original", "medigap"):
        yield state("coverage.plan-year.medicare", (Cited("noridian-kx"), Cited("partb-2026")))
    elif other:
        yield state("coverage.plan-year.plan-year", (other[0].span,))
        yield own("coverage.plan-year.ask", payer=talk.payer())
    else:
        yield own("coverage.plan-year.most")
        yield own("coverage.plan-year.ask", payer=talk.payer())
    yield own("coverage.plan-year.means")


def _out_of_pocket(talk: Talk, day: date) -> Iterable[Statement]:
    """The yearly most, where that is asked: the paper's figures, else the most that the law lets a plan set."""
    if not (asks(talk, "asks-out-of-pocket") or "out-of-pocket-maximum" in talk.question.slots.terms):
        return
    counts = [c for c in _counts(talk, "out-of-pocket") if c.limit is not None and c.used is not None][:_SHOWN]
    for count in counts:
        left = count.remaining if count.remaining is not None else (count.limit or Decimal(0)) - (count.used or Decimal(0))
        scope = f"-{count.scope}" if count.scope in ("individual", "family") else ""
        yield state(f"coverage.plan-year.pocket{scope}", (count.span,), used=count.used, limit=count.limit, left=left)
    self_, family = (stated(talk, f"aca.out-of-pocket-{who}", day) for who in ("self", "family"))
    if not counts and self_ is not None and family is not None:
        cited = [Cited(fact.source, f"fact:{fact.id}") for fact in (self_, family)]
        amounts = {"self": Decimal(self_.value), "family": Decimal(family.value)}
        yield state("coverage.plan-year.pocket-law", cited, year=str(day.year), **amounts)
    yield own("coverage.plan-year.pocket-means")


BUILDERS: dict[str, Builder] = {
    "coverage.visits": on_any(_visits, _visits),
    "coverage.plan-year": on_any(_plan_year, _plan_year),
}
