"""Units into minutes, minutes into units, and both compared, under both rules, for the services of one day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from explainer.checks.units import (
    UNIT,
    Allotment,
    allot,
    fits_minutes,
    own_units,
    per_code,
    per_code_window,
    pooled_window,
    window,
)
from explainer.cli.assistant.arguments import Day, Service
from explainer.explained import sources_json
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank, listed

_SOURCES = ("cms-104-5-20-2", "webpt-rules")


class Unclear(ValueError):
    """Some services have units and others minutes, or one has neither, so that nothing can be counted."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """The 15-minute services, by code, and the sentences on those that are left out."""

    units: Mapping[str, int]
    minutes: Mapping[str, int]
    others: tuple[str, ...]


def units_and_minutes(day: Day, knowledge: Knowledge) -> tuple[str, dict[str, Any]]:
    """What both rules say, as text and as data. Raises Unclear."""
    counted = _counted(day, knowledge)
    told = _Told(knowledge, day.lang)
    data: dict[str, Any] = {"timed_units": None, "minutes": None, "sources": sources_json(_SOURCES, knowledge), "lang": day.lang}
    if counted.units:
        data |= _windows(counted.units)
    if counted.minutes:
        data |= _made(counted.minutes)
    if counted.units and counted.minutes:
        data["fits"] = fits_minutes(counted.units, counted.minutes)
    text = "\n".join([*told.all_of(counted, data), *counted.others])
    return text, {**data, "text": text}


def _counted(day: Day, knowledge: Knowledge) -> _Counted:
    has_units, has_minutes = (all(getattr(s, name) is not None for s in day.services) for name in ("units", "minutes"))
    some = any(s.units is not None for s in day.services), any(s.minutes is not None for s in day.services)
    if (has_units, has_minutes) != some or not any(some):
        raise Unclear
    units: dict[str, int] = {}
    minutes: dict[str, int] = {}
    others: list[str] = []
    for number, service in enumerate(day.services, 1):
        if (why := _left_out(service, knowledge, day.lang)) is not None:
            others.append(why)
            continue
        name = service.code.upper() or knowledge.say("assistant.units.service", day.lang, {"number": number})
        for total, value in ((units, service.units), (minutes, service.minutes)):
            if value is not None:
                total[name] = total.get(name, 0) + value
    return _Counted(units, minutes, tuple(others))


def _left_out(service: Service, knowledge: Knowledge, lang: Lang) -> str | None:
    """Why a service does not count among the 15-minute ones; None where it does. Without a code it is taken for one."""
    code = service.code.upper()
    if not code:
        return None
    entry = knowledge.procedure(code)
    if entry is None:
        return knowledge.say("code.no-entry", lang, {"code": code})
    length = entry.timing.unit_minutes
    if length is None:
        return knowledge.say("code.timed.untimed", lang, {"code": code, "name": entry.name.in_(lang)})
    if length == UNIT:
        return None
    count = service.units if service.units is not None else own_units(service.minutes or 0, length)
    span = window(count, length)
    values: dict[str, Blank] = {"code": code, "length": length, "units": count, "low": span.low, "high": span.high}
    return knowledge.say("assistant.units.other-length", lang, values)


def _windows(units: Mapping[str, int]) -> dict[str, Any]:
    total = sum(units.values())
    pooled, each = pooled_window(total), per_code_window(units)
    return {
        "timed_units": total,
        "units": dict(units),
        "total_minutes": {"min": pooled.low, "max": pooled.high},
        "per_code_minutes": {"min": each.low, "max": each.high},
    }


def _made(minutes: Mapping[str, int]) -> dict[str, Any]:
    pooled, each = allot(minutes), per_code(minutes)
    return {
        "minutes": sum(minutes.values()),
        "minutes_by_code": dict(minutes),
        "medicare": {"units": pooled.total, "by_code": dict(pooled.sure), "open": pooled.open, "tied": list(pooled.tied)},
        "per_code": {"units": sum(each.values()), "by_code": each},
    }


@dataclass(frozen=True, slots=True)
class _Told:
    """The same in sentences of content."""

    knowledge: Knowledge
    lang: Lang

    def all_of(self, counted: _Counted, data: Mapping[str, Any]) -> Iterator[str]:
        if counted.minutes:
            yield from self._made(counted.minutes)
        elif counted.units:
            yield from self._windows(counted.units)
        if "fits" in data:
            yield self._say(f"assistant.units.fits.{data['fits']}", shares=self._shares(counted.units))

    def _windows(self, units: Mapping[str, int]) -> Iterator[str]:
        total = sum(units.values())
        pooled, each = pooled_window(total), per_code_window(units)
        if len(units) == 1:
            yield self._say("units.minutes.number-any", units=total, about=total * UNIT, low=each.low, high=each.high)
        yield self._say("units.minutes.pooled-note", units=total, low=pooled.low, high=pooled.high)
        if len(units) > 1:
            yield self._say("units.minutes.day-per-code", low=each.low, high=each.high)
            yield self._say("units.which-rule")

    def _made(self, minutes: Mapping[str, int]) -> Iterator[str]:
        total, pooled, each = sum(minutes.values()), allot(minutes), per_code(minutes)
        if len(minutes) == 1:
            span = pooled_window(pooled.total)
            yield self._say("units.from-minutes.any", minutes=total, units=pooled.total, low=span.low, high=span.high)
            return
        yield self._say("units.from-minutes.pooled", minutes=total, units=pooled.total)
        yield self._allotted(pooled)
        yield self._say("units.from-minutes.per-code", units=sum(each.values()), shares=self._shares(each))
        yield self._say("units.which-rule")

    def _allotted(self, pooled: Allotment) -> str:
        if pooled.open:
            return self._say("units.from-minutes.tie", codes=listed(pooled.tied, self.lang))
        return self._say("units.from-minutes.shares", shares=self._shares(pooled.sure))

    def _shares(self, units: Mapping[str, int]) -> str:
        return listed(tuple(self._say("units.share", code=code, units=count) for code, count in units.items()), self.lang)

    def _say(self, key: str, **values: Blank) -> str:
        return self.knowledge.say(key, self.lang, values)
