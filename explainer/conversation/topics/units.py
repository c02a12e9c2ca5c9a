"""Units into minutes, and minutes into units."""

from collections.abc import Iterable, Mapping

from explainer.checks.units import UNIT, allot, own_units, per_code, per_code_window, pooled_window, window
from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.said_cues import says
from explainer.conversation.services_said import ANY_EVALUATION
from explainer.conversation.topics.code import support_of
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.timed import (
    BOTH,
    PER_CODE,
    POOLED,
    TimedDay,
    day_of,
    days_of,
    is_counted,
    is_medicare,
    is_timed_therapy,
    left_out,
    read_part,
    unit_minutes,
    unread,
)
from explainer.knowledge.wording import listed
from explainer.model.document import ServiceLine


def minutes(asked: Asked) -> Reply:
    """Units into minutes: for a number said, for the lines asked about, or for each of the paper's days."""
    talk = Talk.of(asked)
    said = talk.question.slots.units
    printed = tuple(line for line in talk.lines if said and line.units == said[0]) if not talk.named else ()
    if printed and len(printed) <= 3:
        return _of_lines(talk, printed)
    if said and not (talk.named and any(line.units == said[0] for line in talk.lines)):
        span = window(said[0])
        return answer(talk, of_number(talk, said[0]), units=said[0], minutes_min=span.low, minutes_max=span.high)
    if talk.named and len(talk.lines) <= 3:
        return _of_lines(talk, talk.lines)
    days = days_of(talk, talk.lines)
    if any(day.total or day.unread for day in days):
        return _of_days(talk, days)
    others = tuple(line for day in days for line in day.apart)
    if others:
        return _of_lines(talk, others)
    return Reply(talk.question.topic, (own("units.minutes.ask"),), pending=talk.question.topic)


def of_number(talk: Talk, units: int) -> list[Statement]:
    """The minutes that so many units of the code asked about, or of any, stand for."""
    code = next(iter(talk.question.codes), None)
    entry = talk.knowledge.procedure(code)
    length = unit_minutes(talk, code)
    if code and entry and length is None:
        return [untimed(talk, code)]
    span = window(units, length or UNIT)
    key = "units.minutes.number" if code else "units.minutes.number-any"
    first = state(key, BOTH, units=units, about=units * (length or UNIT), low=span.low, high=span.high)
    more = state("units.minutes.pooled-note", POOLED, units=units, low=span.low, high=span.high)
    return [first, more] if code is None or is_timed_therapy(talk, code) else [first]


def untimed(talk: Talk, code: str) -> Statement:
    """That a code does not go by time, so that minutes make no units of it."""
    entry = talk.knowledge.procedures[code]
    if code == ANY_EVALUATION and code not in (*talk.question.codes, *(line.code for line in talk.lines)):
        return state("units.evaluation", support_of(code, entry), code=code)
    key = "units.minutes.counts-other" if entry.timing.by else "code.timed.untimed"
    return state(key, support_of(code, entry), code=code, name=entry.name.in_(talk.lang))


def _of_lines(talk: Talk, lines: tuple[ServiceLine, ...]) -> Reply:
    said = [s for line in lines for s in _line(talk, line)]
    first = next((line for line in lines if is_counted(talk, line)), None)
    span = window(int(first.units)) if first and first.units is not None else None
    day = day_of(talk, _same_day(talk, first)) if first else TimedDay((), ())
    shared = () if any(line in day.unread for line in lines) else _shared(talk, day)
    return answer(
        talk,
        [*said, *shared, *([own("units.minutes.not-printed")] if first and first.minutes is None else [])],
        units=int(first.units) if first and first.units is not None else None,
        minutes_min=span.low if span else None,
        minutes_max=span.high if span else None,
    )


def _same_day(talk: Talk, line: ServiceLine) -> Iterable[ServiceLine]:
    return (other for other in talk.whole().lines if other.service_date == line.service_date)


def _line(talk: Talk, line: ServiceLine) -> Iterable[Statement]:
    entry = talk.knowledge.procedure(line.code)
    if line.minutes is not None:
        yield state("units.minutes.printed", (line.place("minutes"),), name=talk.name(line), minutes=line.minutes)
    if is_timed_therapy(talk, line.code) and not is_counted(talk, line):
        yield state("units.unread", (line.source,), names=talk.name(line))
    elif entry is None or line.code is None or not line.units or line.units != int(line.units):
        yield state("units.minutes.no-units", (line.source,), name=talk.name(line))
    elif entry.timing.unit_minutes is None:
        yield state(
            "units.minutes.untimed-by" if entry.timing.by else "units.minutes.untimed",
            (line.place("units"), *support_of(line.code, entry)),
            name=talk.name(line),
            units=int(line.units),
        )
    else:
        units, length = int(line.units), entry.timing.unit_minutes
        span = window(units, length)
        yield state(
            "units.minutes.line",
            (line.place("units"), *BOTH),
            name=talk.name(line),
            units=units,
            about=units * length,
            low=span.low,
            high=span.high,
        )


def _shared(talk: Talk, day: TimedDay) -> Iterable[Statement]:
    """Where other timed services share the day, one line's units do not prove its minutes under Medicare's rule."""
    if missing := unread(talk, day):
        yield missing
    elif len(day.lines) > 1:
        pooled = pooled_window(day.total)
        yield state("units.minutes.shared", (*day.places, *POOLED), units=day.total, low=pooled.low, high=pooled.high)


def _of_days(talk: Talk, days: tuple[TimedDay, ...]) -> Reply:
    """How many units the paper prints, and the minutes that each day's timed ones can come from under each rule."""
    total = sum(day.total for day in days)
    pooled = pooled_window(total)
    one = len(days) == 1
    said = [s for day in days for s in _of_day(talk, day, dated=not one)]
    printed = all(day.minutes for day in days)
    return answer(
        talk,
        [*_counted(talk), *said, None if printed else own("units.minutes.not-printed")],
        units=total,
        minutes_min=pooled.low if one and not days[0].unread else None,
        minutes_max=pooled.high if one and not days[0].unread else None,
    )


def _counted(talk: Talk) -> Iterable[Statement]:
    """ "How many units were billed in all": every line that is not left out as a repeat, timed or not."""
    twice = [line for day in days_of(talk, talk.lines) for line in day.doubled]
    lines = [line for line in talk.lines if line not in twice]
    known = [line for line in lines if line.units is not None and line.units == int(line.units)]
    if says(talk.question.words, talk.knowledge, "asks-units") and len(known) > 1 and len(known) == len(lines):
        units = sum(int(line.units or 0) for line in known)
        shares = tuple(talk.say("units.share", code=line.code or talk.name(line), units=int(line.units or 0)) for line in known)
        yield state("units.counted", [line.place("units") for line in known], units=units, shares=listed(shares, talk.lang))


def _of_day(talk: Talk, day: TimedDay, dated: bool) -> Iterable[Statement]:
    if dated and (date := next((x.service_date for x in (*day.lines, *day.unread) if x.service_date), None)):
        yield state("units.of-date", [x.source for x in (*day.lines, *day.unread)], date=date)
    if missing := unread(talk, day):
        yield missing
        yield from read_part(talk, day)
    elif day.lines:
        yield from _windows(talk, day)
    yield from left_out(talk, day)


def _windows(talk: Talk, day: TimedDay) -> Iterable[Statement]:
    pooled, own_span = pooled_window(day.total), per_code_window(day.units)
    if spent := sum(day.minutes.values()):
        yield state("units.minutes.printed-day", [x.place("minutes") for x in day.lines], minutes=spent)
    yield state(
        "units.minutes.day",
        (*day.places, *POOLED),
        units=day.total,
        names=talk.names(day.lines),
        about=day.total * UNIT,
        low=pooled.low,
        high=pooled.high,
    )
    if not is_medicare(talk) and len(day.units) > 1:
        yield state("units.minutes.day-per-code", PER_CODE, low=own_span.low, high=own_span.high)


def which_minutes(talk: Talk) -> Statement:
    """Asks what the minutes were for: each of several, or whether the only ones were all of the treatment."""
    return own("units.which-minutes" if len(talk.question.slots.minutes) > 1 else "units.which-minutes-one")


def from_minutes(asked: Asked) -> Reply:
    """Minutes into units, under both rules."""
    talk = Talk.of(asked)
    slots = talk.question.slots
    if slots.minutes_by_code:
        return split(talk, dict(slots.minutes_by_code))
    if slots.minutes_open:
        return Reply(talk.question.topic, (which_minutes(talk),), pending=talk.question.topic)
    if not slots.minutes:
        return Reply(talk.question.topic, (own("units.from-minutes.ask"),), pending=talk.question.topic)
    code = next(iter(talk.question.codes), None)
    entry, length = talk.knowledge.procedure(code), unit_minutes(talk, code)
    if code and entry and length is None:
        return answer(talk, [untimed(talk, code)])
    return _whole(talk, slots.minutes[0], length or UNIT, code if length else None)


def _whole(talk: Talk, spent: int, length: int, code: str | None) -> Reply:
    units = own_units(spent, length)
    span = window(units, length)
    lead = state(
        "units.from-minutes.code" if code else "units.from-minutes.any",
        BOTH,
        minutes=spent,
        units=units,
        low=span.low,
        high=span.high,
        **({"code": code} if code else {}),
    )
    more = None if code else state("units.from-minutes.several", BOTH)
    return answer(talk, [lead, more], units=units, minutes=spent)


def split(talk: Talk, spent: Mapping[str, int]) -> Reply:
    """Several services of one day, each with its minutes; those that do not go by time, or are no therapy, are left out."""
    timed = {code: m for code, m in spent.items() if is_timed_therapy(talk, code)}
    apart = not_counted(talk, spent)
    if len(timed) == 1 and not apart:
        ((code, minutes_),) = timed.items()
        return _whole(talk, minutes_, UNIT, code)
    if not timed:
        return answer(talk, apart) if apart else Reply(talk.question.topic, (own("units.from-minutes.ask"),))
    total, pooled = sum(timed.values()), allot(timed)
    each = per_code(timed)
    own_total = sum(each.values())
    lead = state("units.from-minutes.pooled", POOLED, minutes=total, units=pooled.total)
    shares = None if pooled.open else state("units.from-minutes.shares", POOLED, shares=shares_of(talk, pooled.sure))
    tie = state("units.from-minutes.tie", POOLED, codes=listed(pooled.tied, talk.lang)) if pooled.open else None
    other = state("units.from-minutes.per-code", PER_CODE, units=own_total, shares=shares_of(talk, each))
    return answer(talk, [lead, shares, tie, other, *apart, own("units.which-rule")], units=pooled.total, minutes=total)


def not_counted(talk: Talk, spent: Mapping[str, int]) -> list[Statement]:
    """The services among those told whose minutes make no units of timed therapy."""
    others = [code for code in spent if talk.knowledge.procedure(code) and not is_timed_therapy(talk, code)]
    return [untimed(talk, code) if unit_minutes(talk, code) is None else _alone(talk, code, spent[code]) for code in others]


def _alone(talk: Talk, code: str, spent: int) -> Statement:
    """Minutes of a service that is timed, but no part of a day's therapy."""
    entry = talk.knowledge.procedures[code]
    units = own_units(spent, entry.timing.unit_minutes or UNIT)
    return state("units.told-apart", (*support_of(code, entry), *PER_CODE), code=code, minutes=spent, units=units)


def shares_of(talk: Talk, units: Mapping[str, int]) -> str:
    return listed(tuple(talk.say("units.share", code=code, units=count) for code, count in units.items()), talk.lang)


def rule(asked: Asked) -> Reply:
    """Both rules, who uses which, and where they are written."""
    talk = Talk.of(asked)
    return answer(
        talk,
        [
            state("units.rule.pooled", POOLED),
            state("units.rule.per-code", PER_CODE),
            state("units.rule.medicare-here" if is_medicare(talk) else "units.rule.who", BOTH),
            state("units.rule.written", BOTH),
        ],
    )


BUILDERS: Mapping[str, Builder] = {"units.minutes": minutes, "units.from-minutes": from_minutes, "units.rule": rule}
