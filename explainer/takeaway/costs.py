"""The money: what was billed, what the plan paid, what may be owed and to whom. Only figures of the papers, added up."""

from collections.abc import Iterator
from decimal import Decimal

from explainer.case import said_first, total_of, uncovered_apart
from explainer.knowledge.wording import money
from explainer.model.document import plain_key
from explainer.takeaway.matter import Matter
from explainer.takeaway.sheet import Part

_TOTALS = ("billed", "discount", "plan_paid", "other_paid")


def costs(matter: Matter) -> Part:
    """Sums over the plan's papers, the share for each provider, and what each bill asks for."""
    rows = (*_totals(matter), *_shares(matter), *_bills(matter))
    shown = tuple((label, money(amount, matter.lang)) for label, amount in rows)
    return Part("money", matter.say("handout.money"), rows=shown, texts=tuple(_texts(matter)))


def _totals(matter: Matter) -> Iterator[tuple[str, Decimal]]:
    for name in _TOTALS:
        amount = matter.total(name)
        # A paper that takes a claim back has minus signs; its sums would say nothing.
        if amount is not None and amount >= 0 and (amount or name in ("billed", "plan_paid")):
            yield matter.say(f"handout.money.{name}"), amount
    if matter.total("not_covered") and (apart := uncovered_apart(matter.claims)) is not None:
        yield matter.say("handout.money.not_covered"), apart


def _shares(matter: Matter) -> Iterator[tuple[str, Decimal]]:
    """The share, to each provider apart; nothing where it is not known, or where it may not be collected."""
    if matter.owed is None or matter.protections():
        return
    names = {plain_key(c.provider): c.provider for c in matter.claims if c.provider}
    if len(names) < 2 or any(c.provider is None for c in matter.claims):
        who = next(iter(names.values())) if len(names) == 1 else matter.say("common.your-provider")
        yield matter.say("handout.money.owed-to", who=who), matter.owed
        return
    for key, who in names.items():
        amount = total_of((c for c in matter.claims if plain_key(c.provider or "") == key), "patient_owes")
        if amount is not None:
            yield matter.say("handout.money.owed-to", who=who), amount


def _bills(matter: Matter) -> Iterator[tuple[str, Decimal]]:
    for bill in matter.bills:
        who = next((c.provider for c in bill.claims if c.provider), None) or matter.say("common.your-provider")
        if bill.amount_due is not None:
            yield matter.say("handout.money.bill", who=who), bill.amount_due


def _texts(matter: Matter) -> Iterator[str]:
    """What changes the meaning of the amounts, first of all."""
    for document in matter.plans:
        for problem in said_first(document):
            if problem.code != "several-patients":
                yield matter.say(f"problem.{problem.code}", **dict(problem.values))
    for found in matter.protections():
        yield matter.say("handout.money.protected", amount=found.amount)
    if matter.plans and matter.owed is None:
        yield matter.say("explain.summary.owe-unknown")
    states = {c.status for c in matter.claims}
    for state in ("reversed", "pending"):
        if state in states:
            yield matter.say(f"explain.summary.{state}")
    if any(problem.code == "collector-letter" for bill in matter.bills for problem in bill.problems):
        yield matter.say("explain.summary.collector")
    if matter.plans and not matter.protections():
        yield matter.say("handout.money.wait")
