"""A month or a day is asked about in which the papers show no care: that is said, not another day's figures."""

from datetime import date

from explainer.conversation.reply import Asked, Reply
from explainer.conversation.topics.asked_lines import claims_of_person, months_named
from explainer.conversation.topics.common import Builder, Talk, own, state
from explainer.model.document import Document
from explainer.model.source import Span

# Topics whose figures are those of days of care.
_OF_DAYS = ("money.owe", "money.plan-paid", "money.billed", "money.discount", "money.allowed", "units.minutes", "document.line")


def with_days(topic: str, build: Builder) -> Builder:
    """The builder of a topic, which says first that the papers show no care then."""
    return _checking(build) if topic in _OF_DAYS else build


def _checking(build: Builder) -> Builder:
    def builder(asked: Asked) -> Reply:
        return _without_care(Talk.of(asked)) or build(asked)

    return builder


def _without_care(talk: Talk) -> Reply | None:
    papers = tuple(d for d in talk.case.documents if d.by_plan and d.lines)
    lines = [line for d in papers for c in claims_of_person(talk.case, d, talk.person) for line in c.lines]
    served = {day for line in lines for day in (line.service_date, line.service_end) if day}
    if not served or any(line.service_date is None for line in lines):
        return None
    days, months = set(talk.question.slots.dates), months_named(talk.question.words)
    other = {day for d in papers for day in _other_days(d)}
    if (days & (served | other)) or months & {day.month for day in served | other} or not (days or months):
        return None
    key = "common.no-care-then" if len(served) > 1 else "common.no-care-but-one"
    said = state(key, tuple(Span(d.paper) for d in papers), first=min(served), last=max(served))
    return Reply(talk.question.topic, (said, own("common.no-care-next")))


def _other_days(document: Document) -> set[date]:
    """Days of the paper itself, which a question may mean."""
    last = document.appeal.last_day if document.appeal else None
    every = (document.notice_date, document.due_date, last, *(claim.processed for claim in document.claims))
    return {day for day in every if day is not None}
