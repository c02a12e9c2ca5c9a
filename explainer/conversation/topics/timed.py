"""The timed services a question is about: whose minutes the two rules count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from explainer.checks.days import REPEAT
from explainer.checks.marks import marks
from explainer.checks.units import UNIT
from explainer.conversation.reply import Cited, Statement, Support
from explainer.conversation.topics.common import Talk, state
from explainer.model.document import ServiceLine

POOLED: tuple[Support, ...] = (Cited("cms-104-5-20-2", "rule:pooled"),)
PER_CODE: tuple[Support, ...] = (Cited("webpt-rules", "rule:per-code"),)
BOTH: tuple[Support, ...] = (*POOLED, *PER_CODE)


@dataclass(frozen=True, slots=True)
class TimedDay:
    """The 15-minute therapy services among some lines of one day, and the lines of that day that are left out.

    untimed: do not go by time. apart: go by time, but by another length, or are no therapy of which the rules speak. doubled:
    refused as a repeat of another line. unread: 15-minute therapy whose units are not known, so that no day can be compared.
    """

    lines: tuple[ServiceLine, ...]
    untimed: tuple[ServiceLine, ...]
    apart: tuple[ServiceLine, ...] = ()
    doubled: tuple[ServiceLine, ...] = ()
    unread: tuple[ServiceLine, ...] = ()

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


def is_timed_therapy(talk: Talk, code: str | None) -> bool:
    """Whether a code is therapy by 15 minutes: what both rules count."""
    entry = talk.knowledge.procedure(code)
    return entry is not None and entry.therapy and entry.timing.unit_minutes == UNIT


def is_counted(talk: Talk, line: ServiceLine) -> bool:
    """Whether a line is therapy by 15-minute units and prints a whole number of them."""
    return is_timed_therapy(talk, line.code) and line.units is not None and line.units == int(line.units)


def day_of(talk: Talk, lines: Iterable[ServiceLine]) -> TimedDay:
    """The timed services among lines, those of the first day where they are of several."""
    return next(iter(days_of(talk, lines)), TimedDay((), ()))


def days_of(talk: Talk, lines: Iterable[ServiceLine]) -> tuple[TimedDay, ...]:
    """The same for each day, in printed order; those without timed therapy only where no day has any."""
    some = tuple(line for line in lines if not _undone(talk, line))
    days = [
        _day(talk, [line for line in some if line.service_date == day]) for day in dict.fromkeys(x.service_date for x in some)
    ]
    return tuple(day for day in days if day.lines or day.unread) or tuple(days)


def whole_day(talk: Talk) -> tuple[TimedDay, ...]:
    """The days that the lines asked about are of, each with all its lines: a rule for a day never meets a part of it."""
    dates = {line.service_date for line in talk.lines}
    return days_of(talk, (line for line in talk.whole().lines if line.service_date in dates))


def _undone(talk: Talk, line: ServiceLine) -> bool:
    """A reversal undoes other lines, and no unit without minutes says nothing of time: neither is a service of the day."""
    reversed_ = any(line in claim.lines and claim.status == "reversed" for claim in talk.claims)
    nothing = line.units == 0 and line.minutes is None
    return reversed_ or nothing or (line.amounts.billed is not None and line.amounts.billed < 0)


def _day(talk: Talk, lines: Iterable[ServiceLine]) -> TimedDay:
    some = tuple(lines)
    doubled = tuple(line for line in some if any(mark.reason == REPEAT for mark in marks(line)))
    once = tuple(line for line in some if line not in doubled)
    timed = tuple(line for line in once if is_timed_therapy(talk, line.code))
    counted = tuple(line for line in timed if is_counted(talk, line))
    others = [line for line in once if line not in timed and talk.knowledge.procedure(line.code)]
    untimed = tuple(line for line in others if unit_minutes(talk, line.code) is None)
    apart = tuple(line for line in others if line not in untimed)
    return TimedDay(counted, untimed, apart, doubled, tuple(line for line in timed if line not in counted))


def left_out(talk: Talk, day: TimedDay) -> list[Statement]:
    """Which lines of the day are not counted, and why."""
    return [
        state(key, [line.source for line in lines], names=talk.names(lines))
        for key, lines in (
            ("units.left-out", day.untimed),
            ("units.left-out-apart", day.apart),
            ("units.left-out-twice", day.doubled),
        )
        if lines
    ]


def unread(talk: Talk, day: TimedDay) -> Statement | None:
    """Timed lines whose units are not known, so that nothing is said of the whole day."""
    if not day.unread:
        return None
    return state("units.unread", [line.source for line in day.unread], names=talk.names(day.unread))


def read_part(talk: Talk, day: TimedDay) -> list[Statement]:
    """The units of the day that were read, without a word on what minutes they need."""
    if not day.lines:
        return []
    return [state("units.read-part", day.places, units=day.total, names=talk.names(day.lines))]


def is_medicare(talk: Talk) -> bool:
    """Whether Original Medicare's rule is known to hold: its own notice, or the person said so."""
    return (talk.eob is not None and talk.eob.kind == "msn") or plan_of(talk) == "medicare-original"


def plan_of(talk: Talk) -> str | None:
    """The kind of plan the person named, now or before."""
    return talk.question.slots.plan or talk.asked.context.facts.get("plan")
