"""units.day: the timed units of one claim and day against minutes, under both rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from explainer.checks.marks import is_therapy, marks
from explainer.checks.units import (
    UNIT,
    Fits,
    Window,
    fits_minutes,
    fits_total,
    per_code_window,
    pooled_units,
    pooled_window,
)
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Timing
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.finding import Finding, Value, Verdict

# The reason of a line that is refused because it repeats another one.
REPEAT = "18"
RULE_SOURCES = ("cms-104-5-20-2", "webpt-rules")


@dataclass(frozen=True, slots=True)
class TimedDay:
    """The 15-minute services of one claim and day. Split lines of a code, and a code with its add-on, count as one service.

    units: None for a service when the paper does not print the units of one of its lines, or prints no whole number.
    """

    day: date | None
    lines: tuple[ServiceLine, ...]
    services: Mapping[str, int | None]
    minutes: Mapping[str, int | None]

    @property
    def units(self) -> dict[str, int] | None:
        """Units of every service, or None where one is not known."""
        known = {code: count for code, count in self.services.items() if count is not None}
        return known if len(known) == len(self.services) else None

    @property
    def printed_minutes(self) -> dict[str, int] | None:
        """Minutes of every service, or None where one is not printed."""
        known = {code: spent for code, spent in self.minutes.items() if spent is not None}
        return known if len(known) == len(self.minutes) else None


def timing_of(line: ServiceLine, knowledge: Knowledge) -> Timing | None:
    """How the line's code is counted, or None for a code without an entry."""
    entry = knowledge.procedure(line.code)
    return entry.timing if entry else None


def service_of(line: ServiceLine, knowledge: Knowledge) -> str | None:
    """The 15-minute service a line belongs to (an add-on belongs to its base), or None for any other line."""
    timing = timing_of(line, knowledge)
    if timing is None or timing.unit_minutes != UNIT or line.code is None:
        return None
    if timing.addon_to is None:
        return line.code.upper()
    base = knowledge.procedure(timing.addon_to)
    return timing.addon_to if base and base.timing.unit_minutes == UNIT else None


def timed_days(claim: Claim, knowledge: Knowledge) -> tuple[TimedDay, ...]:
    """The claim's days that have 15-minute services, in printed order. A reversed claim has none: it undoes another."""
    if claim.status == "reversed":
        return ()
    days: dict[date | None, list[tuple[str, ServiceLine]]] = defaultdict(list)
    for line in claim.lines:
        service = service_of(line, knowledge)
        repeat = any(mark.reason == REPEAT for mark in marks(line))
        # No unit and no minutes say nothing of the time that was given.
        counted = not repeat and (line.units != 0 or line.minutes is not None)
        if service is not None and counted and (line.amounts.billed is None or line.amounts.billed >= 0):
            days[line.service_date].append((service, line))
    return tuple(_day(day, _therapy_or_all(found, knowledge)) for day, found in days.items())


def _therapy_or_all(found: list[tuple[str, ServiceLine]], knowledge: Knowledge) -> list[tuple[str, ServiceLine]]:
    """Medicare adds up therapy: other services by 15 minutes, such as acupuncture, are left out of a day that has some."""
    therapy = [(service, line) for service, line in found if is_therapy(line, knowledge)]
    return therapy or found


def _day(day: date | None, found: list[tuple[str, ServiceLine]]) -> TimedDay:
    lines = tuple(line for _, line in found)
    names = dict.fromkeys(service for service, _ in found)
    mine = {name: [line for service, line in found if service == name] for name in names}
    return TimedDay(
        day,
        lines,
        {name: _added(_whole(line) for line in rows) for name, rows in mine.items()},
        {name: _added(line.minutes for line in rows) for name, rows in mine.items()},
    )


def _whole(line: ServiceLine) -> int | None:
    units = line.units
    return int(units) if units is not None and units == units.to_integral_value() and units >= 0 else None


def _added(counts: Iterable[int | None]) -> int | None:
    found = list(counts)
    known = [count for count in found if count is not None]
    return sum(known) if len(known) == len(found) else None


def day_of_line(line: ServiceLine, document: Document, knowledge: Knowledge) -> TimedDay | None:
    """The timed day that a line is part of."""
    claim = document.claim_of(line.number)
    days = timed_days(claim, knowledge) if claim else ()
    return next((day for day in days if line in day.lines), None)


def check_days(document: Document, knowledge: Knowledge) -> Iterator[Finding]:
    """One finding for each claim and day with 15-minute services."""
    for claim in document.claims:
        for day in timed_days(claim, knowledge):
            units = day.units
            yield _unknown(document, day) if units is None else _finding(document, day, units)


def _unknown(document: Document, day: TimedDay) -> Finding:
    detail = {"timed_units": None, "total_minutes": None, "per_code_minutes": None, "minutes": None, "fits": "cannot-tell"}
    return _of_day(document, day, "not-checked", "no-units", {}, detail)


def _finding(document: Document, day: TimedDay, units: dict[str, int]) -> Finding:
    pooled, own = pooled_window(sum(units.values())), per_code_window(units)
    minutes = day.printed_minutes
    total = sum(minutes.values()) if minutes is not None else None
    fits: Fits = "cannot-tell" if minutes is None else fits_minutes(units, minutes)
    verdict, case = _verdict(document, units, minutes, fits)
    values: dict[str, Value] = {
        "units": sum(units.values()),
        "services": len(units),
        "low": pooled.low,
        "high": pooled.high,
        "own_low": own.low,
        "own_high": own.high,
    }
    if total is not None:
        values["minutes"] = total
        values["pooled_units"] = pooled_units(total)
    if case == "no-minutes" and len(units) == 1:
        case = "no-minutes-one"
    detail: dict[str, object] = {
        "timed_units": sum(units.values()),
        "total_minutes": _ends(pooled),
        "per_code_minutes": _ends(own),
        "minutes": total,
        "fits": fits,
    }
    return _of_day(document, day, verdict, case, values, detail)


def _verdict(document: Document, units: Mapping[str, int], minutes: Mapping[str, int] | None, fits: Fits) -> tuple[Verdict, str]:
    """A question only where the minutes are too few: under both rules, or under Medicare's on Medicare's own paper."""
    if minutes is None:
        return "not-checked", "no-minutes"
    if fits == "both":
        return "ok", "fits"
    total = sum(minutes.values())
    fewer = sum(units.values()) > pooled_units(total)
    if fits == "per-code-only":
        return ("ask", "per-code-on-medicare") if document.kind == "msn" and fewer else ("explained", "per-code-only")
    if fits == "medicare-only":
        return "explained", "medicare-only"
    if fewer and (fits == "neither" or fits_total(units, total) == "neither"):
        return "ask", "too-many"
    return ("explained", "more-minutes") if sum(units.values()) < pooled_units(total) else ("explained", "other-split")


def _ends(window: Window) -> dict[str, int]:
    return {"min": window.low, "max": window.high}


def _of_day(
    document: Document, day: TimedDay, verdict: Verdict, case: str, values: Mapping[str, Value], detail: Mapping[str, object]
) -> Finding:
    dated = {**detail, "date": day.day.isoformat() if day.day else None}
    return Finding(
        "units.day",
        verdict,
        case,
        document.paper,
        lines=tuple(line.number for line in day.lines),
        values=values,
        detail=dated,
        sources=RULE_SOURCES,
        spans=tuple(line.place("units") for line in day.lines),
    )
