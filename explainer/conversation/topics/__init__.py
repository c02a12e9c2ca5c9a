"""What each topic answers. A topic without a builder cannot be answered: a test says when one is missing."""

from collections.abc import Mapping

from explainer.conversation.topics import (
    appeal,
    bill,
    code,
    code_extras,
    coverage,
    decline,
    denial,
    document,
    help,
    money,
    units,
    units_check,
)
from explainer.conversation.topics.benefits import with_benefits
from explainer.conversation.topics.common import Builder
from explainer.conversation.topics.everyone import with_everyone
from explainer.conversation.topics.fees import with_fees
from explainer.conversation.topics.hedged import hedging
from explainer.conversation.topics.may_bill import with_may_bill
from explainer.conversation.topics.next_visit import with_next_visit
from explainer.conversation.topics.no_bill import with_no_bill
from explainer.conversation.topics.no_such_day import with_days
from explainer.conversation.topics.of_paper import with_paper
from explainer.conversation.topics.printed import with_printed
from explainer.conversation.topics.protected import protecting

_FAMILIES = (appeal, bill, code, code_extras, coverage, decline, denial, document, help, money, units, units_check)


def _with_all(topic: str, build: Builder) -> Builder:
    """The topic's builder with what is asked across topics: who may bill, the next visit, benefits, a note against bills, fees,
    short facts, which of several papers is spoken of, and whom it is about."""
    for wrap in (
        with_may_bill,
        with_next_visit,
        with_benefits,
        with_no_bill,
        with_fees,
        with_printed,
        with_days,
        with_paper,
        with_everyone,
    ):
        build = wrap(topic, build)
    return build


BUILDERS: Mapping[str, Builder] = hedging(
    protecting({topic: _with_all(topic, build) for family in _FAMILIES for topic, build in family.BUILDERS.items()})
)
