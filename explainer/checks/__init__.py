"""Checks: documents in, findings out. A finding is a question to ask or says why there is none; never an accusation."""

from datetime import date

from explainer.checks.bills import check_bills
from explainer.checks.copies import twins_of, without
from explainer.checks.days import check_days
from explainer.checks.deadlines import check_deadline
from explainer.checks.deductible import check_deductible_across
from explainer.checks.denials import check_denials
from explainer.checks.limits import check_kx, check_network, check_visits
from explainer.checks.mue import check_units, check_units_across
from explainer.checks.ncci import check_pairs, check_pairs_across
from explainer.checks.otherplan import OtherPlan
from explainer.checks.protection import check_protection, check_protection_across
from explainer.checks.repeats import check_evaluations, check_repeats, check_repeats_across
from explainer.checks.replaced import settled
from explainer.checks.sums import check_lines, check_told_twice, check_totals
from explainer.checks.threshold import check_threshold_across
from explainer.checks.untimed import check_untimed
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document
from explainer.model.finding import Finding
from explainer.model.people import people_of


def run_checks(
    documents: tuple[Document, ...], knowledge: Knowledge, today: date | None = None
) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Each paper's findings under its id, in the order of the papers; what only shows across papers under "".

    Across papers each claim counts once, in its newest state, and people are kept apart. today: the day it is, to tell which
    last days are past; without it none is told.
    """
    reports = [d for d in documents if d.by_plan]
    main, people = next(iter(reports or documents), None), people_of(documents)
    twins = twins_of(documents, people)
    held = without(documents, twins.dropped)
    other = OtherPlan(held, people)
    across = (
        *check_bills(held, main, people, knowledge),
        *check_repeats_across(without(documents, twins.copied), main, people, knowledge, twins),
        *check_deductible_across(held, main, people),
        *check_threshold_across(held, main, people, knowledge),
        *check_protection_across(held, main, people, knowledge),
        *check_units_across(held, main, people, knowledge),
        *check_pairs_across(held, main, people, knowledge),
    )
    each = ((d, _check(d, knowledge, today, other)) for d in documents)
    return (*((d.paper, tuple(settled(f, d, twins) for f in found)) for d, found in each), ("", across))


def _check(document: Document, knowledge: Knowledge, today: date | None, other: OtherPlan) -> tuple[Finding, ...]:
    """Everything that one paper shows by itself. A bill's columns are the provider's own, so its sums are not tried."""
    if document.kind == "sbc":
        return ()
    sums = () if document.kind == "bill" else (*check_lines(document, other), *check_totals(document, other))
    money = () if document.kind == "bill" else (*sums, *check_told_twice(document))
    return (
        *money,
        *check_days(document, knowledge),
        *check_units(document, knowledge),
        *check_pairs(document, knowledge),
        *check_repeats(document, knowledge),
        *check_evaluations(document),
        *check_untimed(document, knowledge),
        *check_denials(document, knowledge),
        *check_visits(document, knowledge),
        *check_kx(document, knowledge),
        *check_network(document, knowledge),
        *check_protection(document, knowledge),
        *check_deadline(document, knowledge, today),
    )
