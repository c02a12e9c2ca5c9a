"""What each visit comes to, over all of the person's papers."""

from collections.abc import Iterator
from datetime import date

from explainer.checks.copies import without
from explainer.conversation.reply import Statement
from explainer.conversation.topics.asked_lines import claims_of_person
from explainer.conversation.topics.common import Talk, state, sum_of
from explainer.conversation.topics.money_parts import Part, add_up, parts
from explainer.knowledge.wording import listed, money
from explainer.model.document import Claim, ServiceLine

_SHOWN = 12
_NAMES = {"not-covered": "not_covered", "balance": "balance", "after-plan": "after-plan"}


def by_day(talk: Talk) -> Statement | None:
    """What may be owed for each day of care; None where the papers show one day only, or not what is owed."""
    sums = [(day, f) for day, lines in _lines_by_day(talk) if (f := sum_of(lines, "patient_owes"))]
    if len(sums) < 2:
        return None
    each = tuple(talk.say("common.amount-day", amount=f.value, day=day) for day, f in sums[:_SHOWN])
    more = len(sums) - len(each)
    key, left = ("money.differs.days-more", {"count": more}) if more else ("money.differs.days", {})
    return state(key, (s for _, f in sums[:_SHOWN] for s in f.support), days=listed(each, talk.lang), **left)


def parts_by_day(talk: Talk) -> Statement | None:
    """The same with what each day's amount is made of; None where that is not known of every day."""
    each, support = [], []
    days = _lines_by_day(talk)
    if len(days) > _SHOWN:
        return None
    for day, lines in days:
        owed, found = sum_of(lines, "patient_owes"), parts(lines)
        if owed is None or not add_up(found, owed.value):
            return None
        made_of = listed(tuple(_part(talk, part) for part in found), talk.lang)
        each.append(
            talk.say("money.differs.day" if found else "money.differs.day-free", day=day, **({"parts": made_of} if found else {}))
        )
        support += [*owed.support, *(s for part in found for s in part.figure.support)]
    return state("money.differs.day-parts", support, days="; ".join(each)) if len(each) > 1 else None


def _part(talk: Talk, part: Part) -> str:
    what = talk.say(f"common.field.{_NAMES.get(part.kind, part.kind)}")
    return talk.say("common.amount-of", amount=money(part.figure.value, talk.lang), what=what)


def _lines_by_day(talk: Talk) -> list[tuple[date, list[ServiceLine]]]:
    days: dict[date, list[ServiceLine]] = {}
    for line in (line for claim in _claims(talk) for line in claim.lines):
        if line.service_date is not None:
            days.setdefault(line.service_date, []).append(line)
    return sorted(days.items())


def _claims(talk: Talk) -> Iterator[Claim]:
    """Every claim once: a paper may be there twice, or a newer paper of the same claim."""
    plans = (d for d in without(talk.case.documents, talk.case.twins.dropped) if d.by_plan)
    for document in plans:
        yield from claims_of_person(talk.case, document, talk.person)
