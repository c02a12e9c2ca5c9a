"""Units and minutes of a paper's days as a ruler: which minutes fit under each of the two rules, and whether the person's do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from explainer.checks.days import RULE_SOURCES, TimedDay, timed_days
from explainer.checks.units import Window, fits_visit, per_code_window, pooled_window, window
from explainer.conversation.answer import AnswerSource
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document

MOST_MINUTES = 600
_FEWEST_TICKS, _MOST_TICKS = 2, 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """One window on the ruler: whose it is ("" for all codes together), its units, its minutes, and percents of the ruler."""

    code: str
    units: int
    low: int
    high: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Ruler:
    """One day. number: counts the paper's timed days from 1. ticks: minutes and percents. minutes: what the person told.

    own: a window for each code; together: their sum, where there are several. verdict: which rules the person's minutes are long
    enough for; None without minutes. medicare: it is Medicare's own notice, so that its rule alone counts.
    """

    number: int
    day: date | None
    lines: tuple[int, ...]
    units: int
    pooled: Stretch
    own: tuple[Stretch, ...]
    together: Stretch | None
    ticks: tuple[tuple[int, float], ...]
    minutes: int | None
    mark: float | None
    verdict: str | None
    medicare: bool
    sources: tuple[AnswerSource, ...]


def fact_of(paper: str, number: int) -> str:
    """The name under which a visit remembers how long the person was there on a paper's timed day."""
    return f"there.{paper}.{number}"


def rulers(document: Document, facts: Mapping[str, str], knowledge: Knowledge) -> tuple[Ruler, ...]:
    """A ruler for each claim and day of a plan's paper or a bill whose timed units are printed."""
    return tuple(_rulers(document, facts, knowledge))


def _rulers(document: Document, facts: Mapping[str, str], knowledge: Knowledge) -> Iterator[Ruler]:
    days = [day for claim in document.claims for day in timed_days(claim, knowledge)]
    for number, day in enumerate(days, 1):
        if day.units and sum(day.units.values()):
            told = facts.get(fact_of(document.paper, number), "")
            yield _ruler(number, day, day.units, int(told) if told else None, document.kind == "msn", knowledge)


def _ruler(number: int, day: TimedDay, units: Mapping[str, int], told: int | None, medicare: bool, knowledge: Knowledge) -> Ruler:
    count, pooled, together = sum(units.values()), pooled_window(sum(units.values())), per_code_window(units)
    step, most = _scale(max(pooled.high, together.high, told or 0))
    own = tuple(_stretch(code, n, window(n), most) for code, n in units.items())
    return Ruler(
        number, day.day, tuple(line.number for line in day.lines), count, _stretch("", count, pooled, most), own,
        _stretch("", count, together, most) if len(own) > 1 else None,
        tuple((minute, _percent(minute, most)) for minute in range(0, most + 1, step)),
        told, None if told is None else _percent(told, most), _verdict(units, told, medicare), medicare, _sources(knowledge),
    )  # fmt: skip


def _scale(longest: int) -> tuple[int, int]:
    """Minutes between ticks, and where the ruler ends: beyond the longest window, in quarters of an hour."""
    step = next(15 * n for n in range(1, 99) if longest // (15 * n) < _MOST_TICKS)
    return step, step * max(longest // step + 1, _FEWEST_TICKS)


def _percent(minute: int, most: int) -> float:
    return round(100 * minute / most, 2)


def _stretch(code: str, units: int, found: Window, most: int) -> Stretch:
    return Stretch(code, units, found.low, found.high, _percent(found.low, most), _percent(found.high - found.low, most))


def _verdict(units: Mapping[str, int], told: int | None, medicare: bool) -> str | None:
    """Only minutes that are too few tell anything: not all of a visit is timed treatment."""
    if told is None:
        return None
    if medicare:
        return "medicare-short" if told < pooled_window(sum(units.values())).low else "medicare-enough"
    fits = fits_visit(units, told)
    return "enough" if fits == "cannot-tell" else "short" if fits == "neither" else fits


def _sources(knowledge: Knowledge) -> tuple[AnswerSource, ...]:
    found = ((name, knowledge.sources[name]) for name in RULE_SOURCES)
    return tuple(AnswerSource(name, s.title, s.url, s.as_of) for name, s in found)
