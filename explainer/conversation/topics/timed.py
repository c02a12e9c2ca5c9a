"""The timed services a question is about: whose minutes the two rules count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from explainer.checks.units import UNIT
from explainer.conversation.reply import Cited, Support
from explainer.conversation.topics.common import Talk
from explainer.model.document import ServiceLine

POOLED: tuple[Support, ...] = (Cited("cms-104-5-20-2", "rule:pooled"),)
PER_CODE: tuple[Support, ...] = (Cited("webpt-rules", "rule:per-code"),)
BOTH: tuple[Support, ...] = (*POOLED, *PER_CODE)


@dataclass(frozen=True, slots=True)
class TimedDay:
    """The 15-minute services among some lines of one day, and the lines left out because they do not go by time."""

    lines: tuple[ServiceLine, ...]
    untimed: tuple[ServiceLine, ...]

    @property
    def units(self) -> Mapping[str, int]:
        """Units of each code."""
        out: dict[str, int] = {}
        for line in self.lines:
            assert line.code is not None
            assert line.units is not None
            out[line.code] = out.get(line.code, 0) + int(line.units)
        return out

    @property
    def minutes(self) -> Mapping[str, int]:
        """Minutes of each code where every line prints its own; empty otherwise."""
        out: dict[str, int] = {}
        for line in self.lines:
            if line.minutes is None or line.code is None:
                return {}
            out[line.code] = out.get(line.code, 0) + line.minutes
        return out

    @property
    def total(self) -> int:
        """Timed units in all."""
        return sum(self.units.values())

    @property
    def places(self) -> tuple[Support, ...]:
        """Where the units stand on the paper."""
        return tuple(line.place("units") for line in self.lines)


def unit_minutes(talk: Talk, code: str | None) -> int | None:
    """The minutes of one unit of a code; None for an untimed code and for one without an entry."""
    entry = talk.knowledge.procedure(code)
    return entry.timing.unit_minutes if entry else None


def is_counted(talk: Talk, line: ServiceLine) -> bool:
    """Whether a line goes by 15-minute units and prints a whole number of them."""
    return unit_minutes(talk, line.code) == UNIT and line.units is not None and line.units == int(line.units)


def day_of(talk: Talk, lines: Iterable[ServiceLine]) -> TimedDay:
    """The timed services among lines, those of the first day where they are of several."""
    some = tuple(lines)
    first = next((line.service_date for line in some if is_counted(talk, line)), None)
    same = tuple(line for line in some if line.service_date == first)
    counted = tuple(line for line in same if is_counted(talk, line))
    left_out = tuple(
        line
        for line in same
        if line not in counted and talk.knowledge.procedure(line.code) and unit_minutes(talk, line.code) is None
    )
    return TimedDay(counted, left_out)


def is_medicare(talk: Talk) -> bool:
    """Whether Original Medicare's rule is known to hold: its own notice, or the person said so."""
    return (talk.eob is not None and talk.eob.kind == "msn") or plan_of(talk) == "medicare-original"


def plan_of(talk: Talk) -> str | None:
    """The kind of plan the person named, now or before."""
    return talk.question.slots.plan or talk.asked.context.facts.get("plan")
