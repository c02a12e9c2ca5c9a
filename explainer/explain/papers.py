"""One paper in words."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from explainer.benefits import overview
from explainer.case import cancelled, left_to_pay, said_first, standing, taken_off, total_of
from explainer.checks.denials import denials
from explainer.checks.plans import first_plans
from explainer.checks.protection import protection
from explainer.explain.phrases import Phrase, said
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank
from explainer.model.amounts import ZERO
from explainer.model.document import Document, ServiceLine
from explainer.model.people import People, people_of

_MOST_SERVICES = 6
_MOST_CLAIMS = 6
_FEE = re.compile(
    r"(?:finance|late|interest|no[- ]?show|missed (?:appointment|appt|visit)|late cancel|cancell?ation|collections?"
    r"|returned (?:check|payment)|nsf|recargo|cargo (?:por mora|financiero)|inter[eé]s(?:es)?|cheque devuelto|cita perdida)\b",
    re.I,
)

# What of a summary tells the reader to look out or to do something; the rest says what the paper is about.
_NEXT = ("protected", "bill-next", "reversed", "pending", "denied", "denied-claims", "payer-cut", "next", "next-zero")
_IN_THE_TABLE = ("paid", "paid-of")


# A clinic's payment report can be about hundreds of people.
MOST_PEOPLE = 6


def summary(document: Document, knowledge: Knowledge, lang: Lang) -> str:
    """One paper in a few sentences: what may be owed first, then what was done, what the plan paid, what to do."""
    if document.kind == "sbc":
        return said(_benefits(document), knowledge, lang)
    return _by_person(document, lambda part: (*_opening(part), *_body(part, knowledge, lang)), knowledge, lang)


def _by_person(document: Document, phrases: Callable[[Document], Iterable[Phrase]], knowledge: Knowledge, lang: Lang) -> str:
    """The phrases once for each person of the paper, whose amounts are never added up together."""
    parts = people_of([document]).split(document)
    if len(parts) < 2:
        return said(phrases(document), knowledge, lang)
    told = [said(_said_first(document), knowledge, lang)] if said_first(document) else []
    for person, part in parts[:MOST_PEOPLE]:
        whose = Phrase("explain.summary.person", {"name": person.name}) if person else Phrase("explain.summary.nobody", {})
        own = replace(part, amount_due=None, account_paid=None, problems=())
        told.append(said((whose, *phrases(own)), knowledge, lang))
    if len(parts) > MOST_PEOPLE:
        told.append(knowledge.say("explain.summary.more-people", lang, {"count": len(parts) - MOST_PEOPLE}))
    return "\n".join(told)


def names_of(people: People, knowledge: Knowledge, lang: Lang) -> tuple[str, ...]:
    """The patients' names, the first few of many."""
    names = tuple(p.name for p in people.persons)
    more = knowledge.say("explain.more-people", lang, {"count": len(names) - MOST_PEOPLE})
    return names if len(names) <= MOST_PEOPLE else (*names[:MOST_PEOPLE], more)


def about_and_next(document: Document, knowledge: Knowledge, lang: Lang) -> tuple[str, str]:
    """The summary in two for a page whose heading says what may be owed and whose table says what the plan paid: what the paper
    is about, and what to look out for and do. The second is empty for a summary of benefits, and where the paper is of several
    people: no heading can say that of them together, so the first is then the whole summary."""
    if document.kind == "sbc" or people_of([document]).several:
        return summary(document, knowledge, lang), ""
    named = [(phrase.key.removeprefix("explain.summary."), phrase) for phrase in _body(document, knowledge, lang)]
    about = [phrase for name, phrase in named if name not in (*_NEXT, *_IN_THE_TABLE)]
    return said(about, knowledge, lang), said((phrase for name, phrase in named if name in _NEXT), knowledge, lang)


def _benefits(document: Document) -> Iterator[Phrase]:
    """A summary of benefits: what it is, and what it says first of all, quoted."""
    yield Phrase("explain.summary.sbc", {})
    yield from (Phrase(said.key, said.values) for said in overview(document))


def _each_claim(document: Document) -> Iterator[Phrase]:
    """What each claim says may be owed, where the paper gives no sum of all: some give an amount and some do not."""
    counted = [claim for claim in standing(document.claims) if not cancelled(claim)]
    each = [(claim, total_of((claim,), "patient_owes")) for claim in counted]
    # One number may stand over rows that are decided and rows that are not: of such a claim no amount is known.
    unknown = {claim.claim_id for claim, owed in each if owed is None and claim.claim_id}
    known = [(claim, owed) for claim, owed in each if owed is not None and claim.claim_id not in unknown]
    if len(counted) < 2 or not known or len(known) == len(counted):
        return
    for claim, owed in known[:_MOST_CLAIMS]:
        number = claim.claim_id or f"#{document.claims.index(claim) + 1}"
        yield Phrase("explain.summary.owe-of-claim", {"claim": number, "owed": owed})
    if len(known) > _MOST_CLAIMS:
        yield Phrase("explain.summary.owe-more-claims", {"count": len(known) - _MOST_CLAIMS})
    yield Phrase("explain.summary.owe-missing", {"count": len(counted) - len(known)})


def _network(document: Document) -> Iterator[Phrase]:
    """What the paper prints of the network, where it says it of every claim."""
    networks = {claim.network for claim in document.claims}
    names = tuple(dict.fromkeys(claim.provider for claim in document.claims if claim.provider))
    if None in networks or not networks:
        return
    (network,) = networks if len(networks) == 1 else ("mixed",)
    named = len(names) == 1 and network != "mixed"
    yield Phrase(f"explain.summary.network-{network}{'-named' if named else ''}", {"provider": names[0]} if named else {})


def _body(document: Document, knowledge: Knowledge, lang: Lang) -> Iterator[Phrase]:
    kept = protection(document, knowledge) if document.kind != "bill" else None
    if kept is not None and kept.amount:
        yield Phrase("explain.summary.protected", {"protected": kept.amount})
    if document.account_paid and document.kind != "bill" and not taken_off(document):
        yield Phrase("explain.summary.account", {"account": document.account_paid})
    if document.kind != "bill":
        yield from _each_claim(document)
    yield from _done(document, knowledge, lang)
    if document.kind == "bill":
        yield Phrase("explain.summary.bill-next", {})
    else:
        yield from _network(document)
        yield from _paid(document)
        yield from _left(document, knowledge)


def _said_first(document: Document) -> Iterator[Phrase]:
    return (Phrase(f"problem.{problem.code}", dict(problem.values)) for problem in said_first(document))


def _opening(document: Document) -> Iterator[Phrase]:
    if document.kind == "bill":
        due = document.amount_due
        if any(problem.code == "collector-letter" for problem in document.problems):
            yield Phrase("explain.summary.collector", {})
            if due is not None:
                yield Phrase("explain.summary.collector-due", {"due": due})
            return
        yield Phrase("explain.summary.bill", {}) if due is None else Phrase("explain.summary.bill-due", {"due": due})
        return
    owed, account = left_to_pay(document), taken_off(document)
    yield from _said_first(document)
    twice = [Phrase("explain.summary.told-twice", {"first": one, "second": other}) for one, other in told_twice(document)]
    yield from twice
    if owed is None or owed < 0 or _taken_back(document):
        yield from () if twice else (Phrase("explain.summary.owe-unknown", {}),)
    elif account:
        yield Phrase("explain.summary.owe-after", {"owed": owed, "whole": owed + account, "account": account})
    else:
        yield Phrase(_owe_key(document), {"owed": owed})
    yield Phrase("explain.summary.remittance" if document.kind == "remittance" else "explain.summary.not-a-bill", {})


def _owe_key(document: Document) -> str:
    if first_plans(standing(document.claims)):
        return "explain.summary.owe-second-plan"
    printed = len(document.claims) == 1 and document.claims[0].totals.patient_owes is not None
    return "explain.summary.owe" if printed else "explain.summary.owe-added"


def told_twice(document: Document) -> tuple[tuple[Decimal, Decimal], ...]:
    """What may be owed, for each claim that gives it twice and differently."""
    return tuple(claim.two_amounts for claim in document.claims if claim.two_amounts is not None)


def _taken_back(document: Document) -> bool:
    return bool(document.claims) and all(claim.status == "reversed" for claim in document.claims)


def _done(document: Document, knowledge: Knowledge, lang: Lang) -> Iterator[Phrase]:
    care = [line for line in document.lines if document.kind != "bill" or not _is_fee(line)]
    yield from _care(care, knowledge, lang)
    fees = tuple(dict.fromkeys(line.description for line in document.lines if line not in care and line.description))
    if fees:
        yield Phrase("explain.summary.fees", {"fees": "; ".join(fees)})


def _is_fee(line: ServiceLine) -> bool:
    """Whether a bill's line is for no care, but for paying late and the like."""
    return line.code is None and line.revenue_code is None and _FEE.match(line.description or "") is not None


def _care(lines: Sequence[ServiceLine], knowledge: Knowledge, lang: Lang) -> Iterator[Phrase]:
    names = tuple(dict.fromkeys(name for line in lines if (name := _name(line, knowledge, lang))))
    if not names:
        yield Phrase("explain.summary.nothing", {})
        return
    if len(names) > _MOST_SERVICES:
        names = (*names[:_MOST_SERVICES], knowledge.say("explain.summary.more-services", lang))
    days = sorted({line.service_date for line in lines if line.service_date})
    services: dict[str, Blank] = {"services": "; ".join(names)}
    if not days:
        yield Phrase("explain.summary.done", services)
    elif len(days) == 1:
        yield Phrase("explain.summary.done-on", {**services, "day": days[0]})
    else:
        yield Phrase("explain.summary.done-between", {**services, "day": days[0], "last": days[-1]})


def _name(line: ServiceLine, knowledge: Knowledge, lang: Lang) -> str | None:
    entry = knowledge.procedure(line.code)
    department = knowledge.revenue.get(line.revenue_code or "")
    told = line.description or line.code or (department.name.in_(lang) if department else None)
    return f"{entry.name.in_(lang)} ({line.code})" if entry else told


def _paid(document: Document) -> Iterator[Phrase]:
    if any(claim.status == "pending" for claim in document.claims):
        return
    paid, billed = total_of(document.claims, "plan_paid"), total_of(document.claims, "billed")
    if paid is not None:
        key = "explain.summary.paid" if billed is None else "explain.summary.paid-of"
        yield Phrase(key, {"paid": paid, "billed": billed})


def _left(document: Document, knowledge: Knowledge) -> Iterator[Phrase]:
    states = {claim.status for claim in document.claims if not cancelled(claim)}
    for state in ("reversed", "pending"):
        if state in states:
            yield Phrase(f"explain.summary.{state}", {})
    denied = [d for d in denials(document, knowledge) if d.case != "bundled"]
    if denied:
        yield Phrase("explain.summary.denied", {"count": len(denied)})
    whole = sum(claim.status == "denied" and not claim.lines for claim in document.claims)
    if whole:
        yield Phrase("explain.summary.denied-claims", {"count": whole})
    cut = sum((a.amount or ZERO for claim in document.claims for a in claim.adjustments if a.group == "PI"), ZERO)
    if cut:
        yield Phrase("explain.summary.payer-cut", {"amount": cut})
    zero = left_to_pay(document) == 0
    yield Phrase("explain.summary.next-zero" if zero else "explain.summary.next", {})
