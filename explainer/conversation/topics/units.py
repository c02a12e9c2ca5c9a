"""Units into minutes, and minutes into units."""

from collections.abc import Iterable, Mapping

from explainer.checks.units import UNIT, allot, own_units, per_code, per_code_window, pooled_window, window
from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.topics.code import support_of
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.timed import BOTH, PER_CODE, POOLED, TimedDay, day_of, is_counted, is_medicare, unit_minutes
from explainer.knowledge.wording import listed
from explainer.model.document import ServiceLine


def minutes(asked: Asked) -> Reply:
    """Units into minutes: for a number said, for the lines asked about, or for the paper's whole day."""
    talk = Talk.of(asked)
    said = talk.question.slots.units
    printed = tuple(line for line in talk.lines if said and line.units == said[0]) if not talk.named else ()
    if printed and len(printed) <= 3:
        return _of_lines(talk, printed)
    if said and not (talk.named and any(line.units == said[0] for line in talk.lines)):
        return _of_number(talk, said[0])
    if talk.named and len(talk.lines) <= 3:
        return _of_lines(talk, talk.lines)
    day = day_of(talk, talk.lines)
    if day.total == 0:
        return Reply(talk.question.topic, (own("units.minutes.ask"),), pending=talk.question.topic)
    return _of_day(talk, day)


def _of_number(talk: Talk, units: int) -> Reply:
    code = next(iter(talk.question.codes), None)
    entry = talk.knowledge.procedure(code)
    length = unit_minutes(talk, code)
    if code and entry and length is None:
        return answer(talk, [state("code.timed.untimed", support_of(code, entry), code=code, name=entry.name.in_(talk.lang))])
    span = window(units, length or UNIT)
    first = state(
        "units.minutes.number" if code else "units.minutes.number-any",
        BOTH,
        units=units,
        about=units * (length or UNIT),
        low=span.low,
        high=span.high,
    )
    more = state("units.minutes.pooled-note", POOLED, units=units, low=span.low, high=span.high)
    return answer(
        talk, [first, more if length in (None, UNIT) else None], units=units, minutes_min=span.low, minutes_max=span.high
    )


def _of_lines(talk: Talk, lines: tuple[ServiceLine, ...]) -> Reply:
    said = [s for line in lines for s in _line(talk, line)]
    first = next((line for line in lines if is_counted(talk, line)), None)
    span = window(int(first.units)) if first and first.units is not None else None
    day = day_of(talk, _same_day(talk, first)) if first else TimedDay((), ())
    return answer(
        talk,
        [*said, *_shared(talk, day), *([own("units.minutes.not-printed")] if first and first.minutes is None else [])],
        units=int(first.units) if first and first.units is not None else None,
        minutes_min=span.low if span else None,
        minutes_max=span.high if span else None,
    )


def _same_day(talk: Talk, line: ServiceLine) -> Iterable[ServiceLine]:
    return (other for claim in talk.claims for other in claim.lines if other.service_date == line.service_date)


def _line(talk: Talk, line: ServiceLine) -> Iterable[Statement]:
    entry = talk.knowledge.procedure(line.code)
    if line.minutes is not None:
        yield state("units.minutes.printed", (line.place("minutes"),), name=talk.name(line), minutes=line.minutes)
    if entry is None or line.code is None or line.units is None:
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
    if len(day.lines) > 1:
        pooled = pooled_window(day.total)
        yield state("units.minutes.shared", (*day.places, *POOLED), units=day.total, low=pooled.low, high=pooled.high)


def _of_day(talk: Talk, day: TimedDay) -> Reply:
    pooled, own_span = pooled_window(day.total), per_code_window(day.units)
    lead = state(
        "units.minutes.day",
        (*day.places, *POOLED),
        units=day.total,
        names=talk.names(day.lines),
        about=day.total * UNIT,
        low=pooled.low,
        high=pooled.high,
    )
    spent = sum(day.minutes.values())
    printed = state("units.minutes.printed-day", [x.place("minutes") for x in day.lines], minutes=spent) if spent else None
    other = state("units.minutes.day-per-code", PER_CODE, low=own_span.low, high=own_span.high)
    return answer(
        talk,
        [
            printed,
            lead,
            None if is_medicare(talk) or len(day.units) < 2 else other,
            *_left_out(talk, day),
            None if day.minutes else own("units.minutes.not-printed"),
        ],
        units=day.total,
        minutes_min=pooled.low,
        minutes_max=pooled.high,
    )


def _left_out(talk: Talk, day: TimedDay) -> Iterable[Statement]:
    if day.untimed:
        yield state("units.left-out", [line.source for line in day.untimed], names=talk.names(day.untimed))


def from_minutes(asked: Asked) -> Reply:
    """Minutes into units, under both rules."""
    talk = Talk.of(asked)
    slots = talk.question.slots
    if slots.minutes_by_code:
        return _split(talk, dict(slots.minutes_by_code))
    if not slots.minutes:
        return Reply(talk.question.topic, (own("units.from-minutes.ask"),), pending=talk.question.topic)
    code = next(iter(talk.question.codes), None)
    entry, length = talk.knowledge.procedure(code), unit_minutes(talk, code)
    if code and entry and length is None:
        return answer(talk, [state("code.timed.untimed", support_of(code, entry), code=code, name=entry.name.in_(talk.lang))])
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


def _split(talk: Talk, spent: Mapping[str, int]) -> Reply:
    """Several services of one day, each with its minutes."""
    timed = {code: m for code, m in spent.items() if unit_minutes(talk, code) == UNIT}
    if not timed:
        return Reply(talk.question.topic, (own("units.from-minutes.ask"),), pending=talk.question.topic)
    total, pooled = sum(timed.values()), allot(timed)
    each = per_code(timed)
    own_total = sum(each.values())
    lead = state("units.from-minutes.pooled", POOLED, minutes=total, units=pooled.total)
    shares = None if pooled.open else state("units.from-minutes.shares", POOLED, shares=_shares(talk, pooled.sure))
    tie = state("units.from-minutes.tie", POOLED, codes=listed(pooled.tied, talk.lang)) if pooled.open else None
    other = state("units.from-minutes.per-code", PER_CODE, units=own_total, shares=_shares(talk, each))
    return answer(talk, [lead, shares, tie, other, own("units.which-rule")], units=pooled.total, minutes=total)


def _shares(talk: Talk, units: Mapping[str, int]) -> str:
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
