"""Does what was billed fit the time? A question to ask at most, never a verdict on anybody."""

from collections.abc import Mapping

from explainer.checks.units import Fits, allot, fits_total, per_code, per_code_window, pooled_units, pooled_window, too_many
from explainer.conversation.reply import Asked, Cited, Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.entries import term_says
from explainer.conversation.topics.timed import BOTH, TimedDay, day_of, is_medicare
from explainer.knowledge.wording import Blank


def check(asked: Asked) -> Reply:
    """The billed timed units against the minutes the person told."""
    talk = Talk.of(asked)
    day = day_of(talk, talk.lines)
    said = talk.question.slots.units
    spent = _minutes_told(talk)
    if day.total == 0 and said and spent is not None:
        return _without_paper(talk, said[0], spent)
    if day.total == 0:
        return Reply(talk.question.topic, (own("units.check.ask"),), pending=talk.question.topic)
    if spent is not None:
        return _against(talk, day, spent)
    return _printed(talk, day) if day.minutes else _windows(talk, day)


def _printed(talk: Talk, day: TimedDay) -> Reply:
    """The paper prints the minutes of each code: what both rules make of them."""
    minutes, billed = sum(day.minutes.values()), day.total
    made, own_made = allot(day.minutes).total, sum(per_code(day.minutes).values())
    support = (*day.places, *(line.place("minutes") for line in day.lines), *BOTH)
    lead = state("units.check.printed", support, minutes=minutes, made=made, own_made=own_made, units=billed)
    calm = own("units.check.not-proof") if billed > max(made, own_made) else None
    which = own("units.which-rule") if made != own_made and not is_medicare(talk) else None
    return answer(talk, [lead, which, *_left_out(talk, day), calm, own("units.check.ask-clinic")], units=billed, minutes=minutes)


def _minutes_told(talk: Talk) -> int | None:
    """Minutes of this question, else those told before."""
    said = talk.question.slots.minutes or tuple(m for _, m in talk.question.slots.minutes_by_code)
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
    values = _values(day)
    lead = state("units.check.windows", (*day.places, *BOTH), **values, names=talk.names(day.lines))
    reply = answer(talk, [lead, *_left_out(talk, day), own("units.check.how-long")], units=day.total)
    return Reply(reply.topic, reply.statements, reply.lines, reply.codes, reply.keys, reply.values, pending=reply.topic)


def _verdict(day: TimedDay, spent: int) -> str:
    fits: Fits = fits_total(day.units, spent)
    if fits == "neither":
        return "short" if too_many(day.units, spent) else "long"
    return fits


def _against(talk: Talk, day: TimedDay, spent: int) -> Reply:
    values = _values(day, spent)
    verdict = _verdict(day, spent)
    medicare = is_medicare(talk)
    one = "units.check.one-code." if len(day.units) == 1 and verdict in ("both", "short", "long") else "units.check."
    lead = state(f"{one}{verdict}", (*day.places, *BOTH), **values)
    which = None if verdict == "both" else own("units.check.medicare-rule") if medicare else own("units.which-rule")
    calm = own("units.check.not-proof") if verdict == "short" else own("units.check.only-treatment")
    reply = answer(
        talk, [lead, which, *_left_out(talk, day), calm, own("units.check.ask-clinic")], units=day.total, minutes=spent
    )
    lines = tuple(line.number for line in day.lines)
    return Reply(reply.topic, reply.statements, lines, reply.codes, reply.keys, reply.values, remember={"minutes": str(spent)})


def _left_out(talk: Talk, day: TimedDay) -> list[Statement]:
    if not day.untimed:
        return []
    return [state("units.left-out", [line.source for line in day.untimed], names=talk.names(day.untimed))]


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
