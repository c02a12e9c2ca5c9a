"""Does what was billed fit the time? A question to ask at most, never a verdict on anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from explainer.checks.units import (
    Fits,
    allot,
    fits_minutes,
    fits_total,
    per_code,
    per_code_window,
    pooled_units,
    pooled_window,
    too_many,
)
from explainer.conversation.reply import Asked, Cited, Reply, Statement
from explainer.conversation.said_cues import says
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.entries import term_says
from explainer.conversation.topics.timed import (
    BOTH,
    TimedDay,
    is_medicare,
    is_timed_therapy,
    left_out,
    read_part,
    unit_minutes,
    unread,
    whole_day,
)
from explainer.conversation.topics.units import not_counted, of_number, shares_of, split, untimed, which_minutes
from explainer.knowledge.wording import Blank

# What is remembered of minutes told for services: "97110:20 97140:15".
_BY_SERVICE = "minutes_by_service"


def check(asked: Asked) -> Reply:
    """The billed timed units of a day against the minutes the person told, or against those that the paper prints."""
    talk = Talk.of(asked)
    slots = talk.question.slots
    days = whole_day(talk)
    day = days[0] if days else TimedDay((), ())
    spent = _minutes_told(talk)
    if slots.minutes_by_code or (not slots.minutes and _told_before(talk)):
        return _placed(talk, days)
    if slots.minutes_open:
        return _waiting(talk, [which_minutes(talk), *_needed(talk, days)])
    if not day.lines and not day.unread:
        return _no_day(talk, day, spent)
    first = of_number(talk, slots.units[0]) if slots.units and says(talk.question.words, talk.knowledge, "how-long") else []
    if day.unread and len(days) == 1:
        told = [] if spent is None else [own("units.check.unread-told", minutes=spent)]
        known = (unread(talk, day), *read_part(talk, day), *told, *left_out(talk, day))
        return answer(talk, [*first, *known, own("units.check.ask-clinic")])
    if len(days) > 1 and (spent is not None or not all(d.minutes for d in days)) and len({_same(d) for d in days}) > 1:
        return _waiting(talk, [*first, *_needed(talk, days), own("units.which-day")])
    if spent is not None:
        return _against(talk, day, spent, first)
    return _printed(talk, day) if day.minutes else _windows(talk, day)


def _same(day: TimedDay) -> tuple[object, ...]:
    return (tuple(sorted(day.units.items())), bool(day.unread))


def _waiting(talk: Talk, statements: Sequence[Statement | None]) -> Reply:
    """An answer without a verdict, which asks for what is missing."""
    return replace(answer(talk, statements), pending=talk.question.topic)


def _needed(talk: Talk, days: Sequence[TimedDay]) -> list[Statement]:
    """What the printed units need at least, day by day, under both rules."""
    said: list[Statement] = []
    for day in days:
        lines = (*day.lines, *day.unread)
        date = next((line.service_date for line in lines if line.service_date), None)
        if len(days) > 1 and date is not None:
            said.append(state("units.of-date", [line.source for line in lines], date=date))
        if missing := unread(talk, day):
            said.append(missing)
        elif day.lines:
            said.append(state("units.check.windows", (*day.places, *BOTH), **_values(day), names=talk.names(day.lines)))
        said += left_out(talk, day)
    return said


def _no_day(talk: Talk, day: TimedDay, spent: int | None) -> Reply:
    """No timed therapy on the paper, or no paper: what the person told of units and minutes, else what is needed."""
    said = talk.question.slots.units
    code = next(iter(talk.question.codes), None)
    if code and talk.knowledge.procedure(code) and unit_minutes(talk, code) is None:
        return answer(talk, [untimed(talk, code)])
    if said and spent is not None:
        return _without_paper(talk, said[0], spent)
    return _waiting(talk, [*left_out(talk, day), own("units.check.ask")])


def _told_before(talk: Talk) -> dict[str, int]:
    """Minutes of services told in earlier turns, as long as the talk stays with units."""
    context = talk.asked.context
    told = context.facts.get(_BY_SERVICE, "") if (context.topic or "").startswith("units.") else ""
    return {code: int(minutes) for code, minutes in (one.split(":") for one in told.split())}


def _placed(talk: Talk, days: Sequence[TimedDay]) -> Reply:
    """Each service with its minutes: those told before in the same talk count on, until they are told anew."""
    spent = {**_told_before(talk), **dict(talk.question.slots.minutes_by_code)}
    reply = _of_placed(talk, days, spent)
    told = " ".join(f"{code}:{minutes}" for code, minutes in spent.items())
    return replace(reply, remember={**reply.remember, _BY_SERVICE: told, "minutes": ""})


def _of_placed(talk: Talk, days: Sequence[TimedDay], spent: Mapping[str, int]) -> Reply:
    timed = {code: minutes for code, minutes in spent.items() if is_timed_therapy(talk, code)}
    fitting = [day for day in days if set(timed) <= {line.code for line in (*day.lines, *day.unread)}]
    if len({_same(day) for day in fitting}) > 1:
        return _waiting(talk, [*_needed(talk, fitting), own("units.which-day")])
    reply = _of_services(talk, fitting[0], spent) if timed and fitting else split(talk, spent)
    if timed and not fitting and any(day.lines for day in days):
        reply = replace(reply, statements=(*reply.statements, own("units.check.not-on-paper"), *_needed(talk, days)))
    return reply


def _of_services(talk: Talk, day: TimedDay, spent: Mapping[str, int]) -> Reply:
    """What both rules make of the minutes told, beside what is billed; no comparison where one service of the day is missing."""
    timed = {code: minutes for code, minutes in spent.items() if is_timed_therapy(talk, code)}
    total, made, own_made = sum(timed.values()), allot(timed).total, per_code(timed)
    lead = state(
        "units.check.told",
        BOTH,
        minutes=total,
        made=made,
        own_made=sum(own_made.values()),
        shares=shares_of(talk, own_made),
    )
    missing = tuple(line for line in day.lines if line.code not in timed)
    whole = not missing and not day.unread
    untold = [state("units.check.untold", [line.source for line in missing], names=talk.names(missing))] if missing else []
    verdict = _of_split(talk, day, timed) if whole else [*untold, unread(talk, day), _billed(talk, day)]
    out = [*not_counted(talk, spent), *_left_out_but(talk, day, spent)]
    reply = answer(talk, [lead, *verdict, *out, own("units.check.ask-clinic")], units=day.total, minutes=total)
    reply = replace(reply, lines=tuple(line.number for line in (*day.lines, *day.unread)) if reply.lines else ())
    return reply if whole or day.unread else replace(reply, pending=reply.topic)


def _left_out_but(talk: Talk, day: TimedDay, spent: Mapping[str, int]) -> list[Statement]:
    """The lines left out, without those whose code was told and is spoken of already."""
    kept = tuple(line for line in day.untimed if line.code not in spent), tuple(x for x in day.apart if x.code not in spent)
    return left_out(talk, replace(day, untimed=kept[0], apart=kept[1]))


def _billed(talk: Talk, day: TimedDay) -> Statement | None:
    if not day.lines:
        return None
    return state("units.check.billed", day.places, units=day.total, shares=shares_of(talk, day.units))


def _of_split(talk: Talk, day: TimedDay, timed: Mapping[str, int]) -> list[Statement | None]:
    """The billed units beside what each rule makes of these minutes. A question at most."""
    made, own_made = allot(timed).total, sum(per_code(timed).values())
    fits, medicare = fits_minutes(day.units, timed), is_medicare(talk)
    more = fits == "neither" and day.total > max(made, own_made)
    key = "more" if more else "differs" if fits == "neither" else fits
    which = None if fits == "both" else own("units.check.medicare-rule") if medicare else own("units.which-rule")
    told = state(f"units.check.split.{key}", (*day.places, *BOTH), units=day.total)
    return [_billed(talk, day), told, which, own("units.check.not-proof") if more else own("units.check.only-treatment")]


def _printed(talk: Talk, day: TimedDay) -> Reply:
    """The paper prints the minutes of each code: what both rules make of them."""
    minutes, billed = sum(day.minutes.values()), day.total
    made, own_made = allot(day.minutes).total, sum(per_code(day.minutes).values())
    support = (*day.places, *(line.place("minutes") for line in day.lines), *BOTH)
    lead = state("units.check.printed", support, minutes=minutes, made=made, own_made=own_made, units=billed)
    calm = own("units.check.not-proof") if billed > max(made, own_made) else None
    which = own("units.which-rule") if made != own_made and not is_medicare(talk) else None
    return answer(talk, [lead, which, *left_out(talk, day), calm, own("units.check.ask-clinic")], units=billed, minutes=minutes)


def _minutes_told(talk: Talk) -> int | None:
    """Minutes of this question, else those told before."""
    said = talk.question.slots.minutes
    before = talk.asked.context.facts.get("minutes")
    return said[0] if said else int(before) if before else None


def _values(day: TimedDay, spent: int | None = None) -> dict[str, Blank]:
    pooled, each = pooled_window(day.total), per_code_window(day.units)
    values: dict[str, Blank] = {
        "units": day.total,
        "low": pooled.low,
        "high": pooled.high,
        "own_low": each.low,
        "own_high": each.high,
    }
    return values if spent is None else {**values, "minutes": spent, "made": pooled_units(spent)}


def _windows(talk: Talk, day: TimedDay) -> Reply:
    """No minutes were told: say what the units need, and ask."""
    return replace(_waiting(talk, [*_needed(talk, (day,)), own("units.check.how-long")]), values={"units": day.total})


def _verdict(day: TimedDay, spent: int) -> str:
    fits: Fits = fits_total(day.units, spent)
    if fits == "neither":
        return "short" if too_many(day.units, spent) else "long"
    return fits


def _against(talk: Talk, day: TimedDay, spent: int, first: Sequence[Statement] = ()) -> Reply:
    values = _values(day, spent)
    verdict = _verdict(day, spent)
    medicare = is_medicare(talk)
    one = "units.check.one-code." if len(day.units) == 1 and verdict in ("both", "short", "long") else "units.check."
    lead = state(f"{one}{verdict}", (*day.places, *BOTH), **values)
    which = None if verdict == "both" else own("units.check.medicare-rule") if medicare else own("units.which-rule")
    calm = own("units.check.not-proof") if verdict == "short" else own("units.check.only-treatment")
    said = [*first, lead, which, *left_out(talk, day), calm, own("units.check.ask-clinic")]
    reply = answer(talk, said, units=day.total, minutes=spent)
    return replace(
        reply, lines=tuple(line.number for line in day.lines), remember={**reply.remember, "minutes": str(spent), _BY_SERVICE: ""}
    )


def _without_paper(talk: Talk, units: int, spent: int) -> Reply:
    """Units and minutes both told by the person: as one timed service."""
    pooled = pooled_window(units)
    fits = "both" if pooled.holds(spent) else "short" if spent < pooled.low else "long"
    lead = state(
        f"units.check.one-code.{fits}",
        BOTH,
        units=units,
        minutes=spent,
        low=pooled.low,
        high=pooled.high,
        made=pooled_units(spent),
    )
    more = None if fits == "both" else own("units.check.several")
    return answer(talk, [lead, more, own("units.which-rule"), own("units.check.ask-clinic")], units=units, minutes=spent)


def group(asked: Asked) -> Reply:
    """Group and shared time."""
    talk = Talk.of(asked)
    return answer(
        talk,
        [
            state("units.group.lead", (Cited("cms-11scen", "rule:group"),)),
            state("units.group.one", (Cited("cms-11scen", "rule:group"),)),
            term_says(talk, "group-therapy"),
            own("units.group.next"),
        ],
    )


BUILDERS: Mapping[str, Builder] = {"units.check": check, "units.group": group}
