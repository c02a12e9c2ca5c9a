"""A line's units in words, with their minutes under the unit rules."""

from collections.abc import Iterator
from decimal import Decimal

from explainer.checks.days import TimedDay, day_of_line, service_of
from explainer.checks.units import UNIT, Window, pooled_window, window
from explainer.explain.phrases import Phrase
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Timing
from explainer.knowledge.wording import Blank
from explainer.model.document import Document, ServiceLine

# Lengths for which CPT's general midpoint rule is known to be used; other lengths get no window.
_MIDPOINT_LENGTHS = frozenset({30, 60, 120})


def units_phrases(line: ServiceLine, document: Document, knowledge: Knowledge) -> Iterator[Phrase]:
    """How the line was counted. Windows are given only for whole units of a length whose rule is known."""
    entry = knowledge.procedure(line.code)
    if entry is None:
        if line.units is not None:
            yield Phrase("explain.units.unknown-code", {"units_text": _number(line.units)})
    elif entry.timing.kind == "untimed":
        yield _untimed(line, entry.timing)
    else:
        yield _timed(line, entry.timing, document, knowledge)
    if line.minutes is not None:
        yield Phrase("explain.units.minutes", {"minutes": line.minutes})


def _untimed(line: ServiceLine, timing: Timing) -> Phrase:
    if timing.by:
        return Phrase("explain.units.untimed-by", {})
    if line.units is not None and line.units > 1:
        return Phrase("explain.units.untimed-more", {"units_text": _number(line.units)})
    return Phrase("explain.units.untimed", {})


def _timed(line: ServiceLine, timing: Timing, document: Document, knowledge: Knowledge) -> Phrase:
    length = timing.unit_minutes or UNIT
    if line.units is None:
        return Phrase("explain.units.none-timed", {"unit_minutes": length})
    shown: dict[str, Blank] = {"units_text": _number(line.units), "unit_minutes": length}
    whole = int(line.units) if line.units == line.units.to_integral_value() and line.units > 0 else None
    if timing.addon_to is not None and service_of(line, knowledge) is None:
        return Phrase("explain.units.addon", {**shown, "base": timing.addon_to})
    if whole is None:
        return Phrase("explain.units.bare-length", shown)
    if length == UNIT:
        return _quarter_hours(line, whole, day_of_line(line, document, knowledge))
    if length in _MIDPOINT_LENGTHS:
        return Phrase("explain.units.length", {**shown, "units": whole, **_ends(window(whole, length))})
    return Phrase("explain.units.bare-length", shown)


def _quarter_hours(line: ServiceLine, units: int, day: TimedDay | None) -> Phrase:
    values: dict[str, Blank] = {"units": units, "about": units * UNIT, **_ends(window(units))}
    if day is None or len(day.lines) == 1:
        return Phrase("explain.units.alone", values)
    services = day.units
    if services is None:
        return Phrase("explain.units.unclear-day", values)
    every = pooled_window(sum(services.values()))
    values |= {"day_units": sum(services.values()), "day_low": every.low, "day_high": every.high}
    if len(services) == 1:
        return Phrase("explain.units.split", values)
    # A service split over lines is one service, and has its window as one.
    return Phrase("explain.units.several", {**values, **_ends(window(services.get((line.code or "").upper(), units)))})


def _ends(span: Window) -> dict[str, Blank]:
    return {"low": span.low, "high": span.high}


def _number(count: Decimal) -> str:
    return f"{count.normalize():f}"
