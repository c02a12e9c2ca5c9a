"""coverage.visits and coverage.plan-year: running counts, and when they start over."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from explainer.checks.therapies import may_be_of, named_in, of_count, of_line
from explainer.conversation.reply import Cited, Reply, Statement
from explainer.conversation.topics.appeal_asked import asks, kind_of_plan, refused_for, service_day, stated
from explainer.conversation.topics.asked_lines import printed_keys
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.coverage_stays import benefit_days
from explainer.conversation.topics.gate import on_any
from explainer.conversation.topics.story import newest_counts, old_counts, story_says
from explainer.knowledge.wording import Blank
from explainer.model.document import Accumulator, Note, plain_key

_COUNTED_VISITS = re.compile(r"\d.{0,40}\b(?:visit|session|visita|sesi)", re.IGNORECASE)
# The number of a reason is no number of visits.
_REASON = re.compile(r"\b(?:CO|PR|OA|PI)[ -]?\d{1,3}\b")
_CALENDAR = re.compile(r"calendar year|año calendario", re.IGNORECASE)
_SHOWN = 2


def _visits(talk: Talk) -> Reply:
    if "benefit-days" in talk.question.slots.terms:
        return benefit_days(talk)
    every = told_counts(talk)
    counts = [count for count in every if may_be_of(of_count(count), kinds_asked(talk))][:_SHOWN]
    said = [s for count in counts for s in _count_says(talk, count, several=len(every) > 1)]
    noted = list(_limit_notes(talk, {count.words for count in every}))
    old = old_counts(talk, "visits")
    said = [old, *said] if old is not None and said else said
    lead = [*_not_of_this(talk, every, counts), *said, *noted] or list(_without_count(talk))
    lead += story_says(talk, "span", "count.visits", "visits")
    more = [*_contradiction(talk, every), *_rules(talk)]
    figures = _figures(counts[0]) if counts else {}
    return answer(talk, [*lead, *more], ask_next=("coverage.plan-year", "appeal.how"), **figures)


def told_counts(talk: Talk) -> list[Accumulator]:
    """The counts of visits, those that say most first; a bare limit only where no count with that limit is printed."""
    every = sorted(newest_counts(talk, "visits"), key=lambda count: count.used is None and count.remaining is None)
    full = [count for count in every if count.used is not None or count.remaining is not None]
    return [c for c in every if c in full or not any(c.limit == f.limit and may_be_of(of_count(c), of_count(f)) for f in full)]


def kinds_asked(talk: Talk) -> frozenset[str]:
    """The kinds of therapy that the words name, else those of the lines they name."""
    said = named_in(talk.question.words)
    lines = talk.lines if talk.named else ()
    return said or frozenset().union(*(of_line(line, talk.knowledge) for line in lines))


def _not_of_this(talk: Talk, every: list[Accumulator], counts: list[Accumulator]) -> Iterable[Statement]:
    """That the paper counts other therapy, and none of the kind asked about."""
    if every and not counts:
        asked = tuple(talk.say(f"explain.discipline.{kind}") for kind in sorted(kinds_asked(talk)))
        yield state("coverage.visits.other-kind", tuple(c.span for c in every), kinds=asked, words=every[0].words.strip())


def _whole(number: Decimal | None) -> int | None:
    """A count as a number that is not taken for dollars; None for none, or for a part of a visit."""
    return int(number) if number is not None and number == number.to_integral_value() else None


def _figures(count: Accumulator) -> dict[str, Blank]:
    used, limit, left = _whole(count.used), _whole(count.limit), _whole(count.remaining)
    if left is None and used is not None and limit is not None:
        left = max(limit - used, 0)
    return {"used": used, "limit": limit, "left": left}


def _count_says(talk: Talk, count: Accumulator, *, several: bool) -> Iterable[Statement]:
    """What is used and left, and the paper's own words for it; that these do not say of which therapy, where that matters."""
    figures = _figures(count)
    known = [name for name in ("used", "limit", "left") if figures[name] is not None]
    if known == ["used", "limit", "left"] and figures["left"] == 0:
        yield state("coverage.visits.reached", (count.span,), **figures)
    elif known:
        yield state(f"coverage.visits.{'-'.join(known)}", (count.span,), **{name: figures[name] for name in known})
    words = (count.words or count.applies_to or "").strip().rstrip(".")
    if words:
        yield state("coverage.visits.words", (count.span,), words=words)
    if not of_count(count) and (several or kinds_asked(talk)):
        yield state("coverage.visits.which-therapy", (count.span,))


def _limit_notes(talk: Talk, said: set[str]) -> Iterable[Statement]:
    """The paper's notes that name a number of visits, quoted."""
    notes = talk.paper.notes if talk.paper is not None else ()
    for note in notes:
        of_another = not may_be_of(_kinds_of(talk, note), kinds_asked(talk))
        counts = _COUNTED_VISITS.search(_REASON.sub("", note.text)) is not None
        if counts and not of_another and not any(note.text in words for words in said):
            yield state("common.note-says", (note.span,), key=note.key, text=note.text.strip().rstrip("."))


def _kinds_of(talk: Talk, note: Note) -> frozenset[str]:
    """The kinds of therapy that a note names, else those of the lines that print its key, where each of them is known."""
    lines = [line for line in talk.lines if plain_key(note.key) in {plain_key(key) for key in printed_keys(line)}]
    kinds = [of_line(line, talk.knowledge) for line in lines]
    return named_in(note.text) or (frozenset().union(*kinds) if all(kinds) else frozenset())


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
    of_lines = [
        (line, [c for c in counts if may_be_of(of_count(c), of_line(line, talk.knowledge)) and _figures(c)["left"] is not None])
        for line, _ in refused_for(talk, "limit")
    ]
    open_ones = [(line, held) for line, held in of_lines if held and all(_figures(c)["left"] for c in held)]
    if open_ones:
        places = [place for line, held in open_ones for place in (line.source, held[0].span)]
        yield state("coverage.visits.denied-with-left", places, names=talk.names(line for line, _ in open_ones))


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
    counts = tuple(newest_counts(talk, "deductible", "out-of-pocket", "visits"))
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
    counts = _pocket_counts(talk)
    yield from pocket_says(talk)
    self_, family = (stated(talk, f"aca.out-of-pocket-{who}", day) for who in ("self", "family"))
    if not counts and self_ is not None and family is not None:
        cited = [Cited(fact.source, f"fact:{fact.id}") for fact in (self_, family)]
        amounts = {"self": Decimal(self_.value), "family": Decimal(family.value)}
        yield state("coverage.plan-year.pocket-law", cited, year=str(day.year), **amounts)
    yield own("coverage.plan-year.pocket-means")


def pocket_says(talk: Talk) -> Iterable[Statement]:
    """What of the yearly most is used and left, as the newest paper counts it."""
    for count in _pocket_counts(talk):
        left = count.remaining if count.remaining is not None else (count.limit or Decimal(0)) - (count.used or Decimal(0))
        scope = f"-{count.scope}" if count.scope in ("individual", "family") else ""
        yield state(f"coverage.plan-year.pocket{scope}", (count.span,), used=count.used, limit=count.limit, left=left)


def _pocket_counts(talk: Talk) -> list[Accumulator]:
    counts = newest_counts(talk, "out-of-pocket")
    return [c for c in counts if c.limit is not None and c.used is not None][:_SHOWN]


BUILDERS: dict[str, Builder] = {
    "coverage.visits": on_any(_visits, _visits),
    "coverage.plan-year": on_any(_plan_year, _plan_year),
}
