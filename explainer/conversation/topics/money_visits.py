"""What each visit comes to, over all of the person's papers."""

from collections.abc import Iterator
from datetime import date

from explainer.checks.copies import without
from explainer.conversation.reply import Statement
from explainer.conversation.topics.asked_lines import claims_of_person
from explainer.conversation.topics.common import Talk, state, sum_of
from explainer.knowledge.wording import listed
from explainer.model.document import Claim, ServiceLine

_SHOWN = 6


def by_day(talk: Talk) -> Statement | None:
    """What may be owed for each day of care; None where the papers show one day only, or not what is owed."""
    days: dict[date, list[ServiceLine]] = {}
    for line in (line for claim in _claims(talk) for line in claim.lines):
        if line.service_date is not None:
            days.setdefault(line.service_date, []).append(line)
    sums = [(day, f) for day, lines in sorted(days.items()) if (f := sum_of(lines, "patient_owes"))]
    if len(sums) < 2:
        return None
    each = tuple(talk.say("common.amount-day", amount=f.value, day=day) for day, f in sums[:_SHOWN])
    return state("money.differs.days", (s for _, f in sums[:_SHOWN] for s in f.support), days=listed(each, talk.lang))


def _claims(talk: Talk) -> Iterator[Claim]:
    """Every claim once: a paper may be there twice, or a newer paper of the same claim."""
    plans = (d for d in without(talk.case.documents, talk.case.twins.dropped) if d.by_plan)
    for document in plans:
        yield from claims_of_person(talk.case, document, talk.person)
