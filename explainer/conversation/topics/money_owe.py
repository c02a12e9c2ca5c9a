"""money.owe: what the paper says may be owed, and why. money.to-whom: who gets it."""

from decimal import Decimal

from explainer.case import cancelled, said_first, taken_off
from explainer.conversation.reply import Reply, Statement
from explainer.conversation.topics.common import (
    Builder,
    Figure,
    Talk,
    answer,
    not_known,
    over_owed,
    own,
    partly,
    state,
    told_twice,
)
from explainer.conversation.topics.entries import is_refusal, keys_of, split_key, term_says, why_not_paid
from explainer.conversation.topics.gate import general, on_eob
from explainer.conversation.topics.money_parts import (
    Part,
    above_allowed,
    above_open,
    add_up,
    balance_says,
    left_out,
    part_says,
    parts,
    parts_of,
)
from explainer.conversation.topics.money_prices import above_approved
from explainer.conversation.topics.money_settle import bill_asks_more, if_paid, paid_before
from explainer.conversation.topics.money_visits import by_day
from explainer.conversation.topics.standing import shares, standing, unpaid
from explainer.conversation.topics.states import together
from explainer.model.document import ServiceLine
from explainer.model.source import Span

_ZERO = Decimal("0.00")


def _owe(talk_of: Talk) -> Reply:
    talk = over_owed(talk_of)
    if talk.claims and all(cancelled(claim) for claim in talk.claims):
        said = _first(talk) or (state("money.owe.reversed", talk.place("status")),)
        return answer(talk, (*said, own("money.owe.ask-plan")), ask_next=("help.who-to-call",))
    if talk.claims and all(claim.status == "pending" for claim in talk.claims):
        waits = state("money.owe.not-decided", talk.place("status"), provider=talk.provider())
        return answer(talk, (*_first(talk), waits), ask_next=("help.who-to-call", "denial.next"))
    if any(claim.two_amounts for claim in talk.claims):
        return _told_twice(talk)
    if len(talk.lines) == 1 and (talk.named or talk.lines[0].amounts.patient_owes is not None):
        return _one_line(talk, talk.lines[0])
    owed = talk.figure("patient_owes")
    if owed is None:
        return _not_printed(talk)
    key = "money.owe.some" if talk.named else "money.owe.total" if owed.value else "money.owe.nothing"
    direct = state(key, owed.support, amount=owed.value, provider=talk.provider(), lines=talk.names(talk.lines))
    days = None if talk.named else by_day(talk)
    everything = together(talk, owed)
    body = (days, *if_paid(talk, owed), *_parts_say(talk, owed), left_out(talk), *_cautions(talk))
    return answer(
        talk,
        (*_first(talk), *everything, direct, *body, *_again(talk, direct), *_next(talk, owed)),
        ask_next=_ask_next(talk),
        patient_owes=owed.value,
    )


def _told_twice(talk: Talk) -> Reply:
    """Two amounts for one claim: neither is taken. What other claims give is said beside it."""
    doubted = [claim for claim in talk.claims if claim.two_amounts]
    said = tuple(told_twice(talk, claim) for claim in doubted)
    rest = () if talk.named else (partly(talk, "patient_owes"),)
    return answer(talk, (*_first(talk), *said, *rest, own("money.owe.ask-plan")), ask_next=("help.who-to-call",))


def _first(talk: Talk) -> tuple[Statement, ...]:
    """What changes the meaning of all amounts: an estimate, a cancelled claim, only what was paid."""
    found = said_first(talk.paper) if talk.paper is not None else ()
    return tuple(state(f"problem.{p.code}", (p.span,), **p.values) for p in found if p.span is not None)


def _parts_say(talk: Talk, owed: Figure) -> tuple[Statement, ...]:
    """The parts where they make up the total; else that they do not, without a figure of our own."""
    found = parts_of(talk)
    if owed.value == 0:
        return _why_nothing(talk)
    if found and add_up(found, owed.value):
        return tuple(part_says(talk, part) for part in found) + balance_says(talk, found, owed) + _refusals(talk, found)
    key = "money.owe.parts-differ" if found else "money.owe.no-parts"
    return (_of_note(talk, owed) or state(key, owed.support, amount=owed.value),)


def _of_note(talk: Talk, owed: Figure) -> Statement | None:
    """The paper's own note that names just this amount, as in "$1,736.00 was applied to your inpatient deductible"."""
    notes = talk.paper.notes if talk.paper is not None else ()
    note = next((n for n in notes if f"${owed.value:,.2f}" in n.text), None)
    return state("common.note-says", (note.span, *owed.support), key=note.key, text=note.text.rstrip(".")) if note else None


def _refusals(talk: Talk, found: tuple[Part, ...]) -> tuple[Statement, ...]:
    """The first reason printed for what is not covered."""
    lines = [line for part in found if part.kind == "not-covered" for line, _ in part.by_line]
    return next((said for line in lines if (said := why_not_paid(talk, line))), ())


def _why_nothing(talk: Talk) -> tuple[Statement, ...]:
    allowed, paid = talk.figure("allowed"), talk.figure("plan_paid")
    if any((line.amounts.billed or _ZERO) < 0 for line in talk.lines):
        return ()  # what is taken back and what is left, added up, say nothing of a service
    if allowed and paid and paid.value > 0 and allowed.value == paid.value:
        return (state("money.owe.plan-paid-all", (*allowed.support, *paid.support), allowed=allowed.value, plan=talk.payer()),)
    return ()


def _cautions(talk: Talk) -> tuple[Statement, ...]:
    """What may change the figure: a taken-back claim, a provider outside the network, a health account, a doubtful reading."""
    assert talk.paper is not None
    status, networks = {c.status for c in talk.claims}, {c.network for c in talk.claims}
    said = []
    if "reversed" in status or any((line.amounts.billed or 0) < 0 for line in talk.lines):
        stands = any(c.status != "reversed" for c in talk.claims)
        said.append(state("money.owe.reversed-one" if stands else "money.owe.reversed", talk.place("status")))
    if "pending" in status:
        said.append(state("money.owe.pending", talk.place("status")))
    if networks & {"out", "mixed"} and not any(above_allowed(line) for line in talk.lines):
        beyond = above_open(talk)
        key = "money.owe.out-of-network-up-to" if beyond else "money.owe.out-of-network"
        more = {"top": beyond.value} if beyond else {}
        places = (*talk.place("network"), *(beyond.support if beyond else ()))
        said.append(state(key, places, provider=talk.provider(), plan=talk.payer(), **more))
    if talk.paper.account_paid:
        owed = talk.figure("patient_owes")
        covers = owed is not None and owed.value == talk.paper.account_paid
        key = "money.owe.account-covers" if covers else "money.owe.account"
        if taken_off(talk.paper):
            key = "money.owe.account-left"
        said.append(state(key, talk.place("account_paid"), amount=talk.paper.account_paid, left=talk.paper.owes_after))
    for problem in talk.paper.problems:
        # A claim that gives it twice is answered apart; here hidden words name another amount than the paper shows.
        if problem.code == "conflicting-amounts":
            said.append(state("money.owe.two-amounts", (problem.span or Span(talk.paper.paper),)))
    for line in talk.lines:
        said += _against_code(talk, line)
    if (unassigned := above_approved(talk)) is not None:
        said.append(unassigned)
    doubtful = [line for line in talk.lines if "patient_owes" in line.uncertain]
    if doubtful:
        said.append(state("common.unsure", (line.place("patient_owes") for line in doubtful), lines=talk.names(doubtful)))
    return tuple(said)


def _against_code(talk: Talk, line: ServiceLine) -> list[Statement]:
    """A line refused with CO whose amount yet stands in the patient's column: the two do not fit together."""
    amount = line.amounts.patient_owes
    codes = [key.printed for key in keys_of(line) if key.group == "CO" and is_refusal(talk, key)]
    if not codes or not amount or shares(line) >= amount:
        return []
    places = (line.place("patient_owes"), line.place("remarks"))
    return [state("money.owe.against-code", places, line=talk.name(line), code=codes[0], amount=amount)]


def _again(talk: Talk, direct: Statement) -> tuple[Statement, ...]:
    """Asked once more: what the kinds of cost share are."""
    if direct.key not in talk.asked.context.last_keys:
        return ()
    kinds = [part.kind for part in parts_of(talk)]
    return tuple(said for kind in kinds if (said := term_says(talk, kind)))


def _next(talk: Talk, owed: Figure) -> tuple[Statement, ...]:
    settled = (*paid_before(talk, owed), *bill_asks_more(talk, owed))
    if settled or owed.value == 0:
        return settled or (own("money.owe.next-nothing", provider=talk.provider()),)
    if unpaid(talk, talk.lines, "patient"):
        return (own("money.owe.next-appeal"),)
    return (own("money.owe.next-with-bill" if talk.bills else "money.owe.next-bill", provider=talk.provider()),)


def _ask_next(talk: Talk) -> tuple[str, ...]:
    refused = unpaid(talk, talk.lines)
    return ("denial.reason", "appeal.how", "money.to-whom") if refused else ("money.to-whom", "money.discount", "bill.compare")


def _not_printed(talk: Talk) -> Reply:
    """The paper has no such column: its cost shares are what can be said."""
    found = [part for part in parts_of(talk) if part.kind in ("deductible", "copay", "coinsurance")]
    missing = partly(talk, "patient_owes") or not_known(talk)
    said = tuple(part_says(talk, part) for part in found)
    if not found:
        return answer(talk, (*_first(talk), missing, own("money.owe.ask-plan")), ask_next=("help.who-to-call",))
    total = sum((part.figure.value for part in found), _ZERO)
    support = tuple(s for part in found for s in part.figure.support)
    return answer(
        talk,
        (*_first(talk), missing, state("money.owe.shares", support, amount=total), *said, own("money.owe.ask-plan")),
        shares=total,
    )


def _one_line(talk: Talk, line: ServiceLine) -> Reply:
    owes, support = line.amounts.patient_owes, (line.place("patient_owes"),)
    if owes is None:
        return _not_printed(talk)
    if owes:
        direct = state("money.owe.line", support, amount=owes, line=talk.name(line))
        found = parts((line,))
        why = (
            (*(part_says(talk, p) for p in found), *balance_says(talk, found, Figure(owes, support)))
            if found and add_up(found, owes)
            else (
                _of_note(talk, Figure(owes, support))
                or state("money.owe.parts-differ" if found else "money.owe.no-parts", support, amount=owes),
            )
        )
        why += why_not_paid(talk, line) if standing(talk, line) == "patient" else ()
    else:
        direct, why = _free_line(talk, line)
    owed = Figure(owes, support)
    said = (*_first(talk), *together(talk, owed), direct, *why, *_cautions(talk), *_next(talk, owed))
    return answer(talk, said, ask_next=_ask_next(talk), patient_owes=owes)


def _free_line(talk: Talk, line: ServiceLine) -> tuple[Statement, tuple[Statement, ...]]:
    """A line that costs nothing, and why: part of another service, the provider's to carry, or all paid."""
    kind, support = standing(talk, line), (line.place("patient_owes"),)
    direct = state("money.owe.line-free", support, amount=_ZERO, line=talk.name(line))
    if kind == "paid":
        all_paid = _why_nothing(talk) if not shares(line) else ()
        return direct, all_paid
    why = state(f"money.owe.free.{kind}", support, provider=talk.provider())
    return direct, (why, *why_not_paid(talk, line))


def _owe_without(talk: Talk) -> Reply:
    """Without a plan's paper: what a named group code says of who pays, what a bill asks, or the idea."""
    groups = [key.group for k in (*talk.question.slots.keys, *talk.question.keys) if (key := split_key(k)).group]
    if groups and groups[0] in ("CO", "PR", "OA", "PI"):
        return answer(talk, (own(f"money.owe.group.{groups[0]}"), own("common.upload")), ask_next=("denial.code", "appeal.how"))
    bill = talk.bill
    if bill is not None and bill.amount_due is not None:
        place = bill.places.get("amount_due") or talk.place("amount_due")[0]
        asks = state("money.owe.bill-only", (place,), amount=bill.amount_due)
        return answer(
            talk, (asks, own("common.need-eob")), ask_next=("bill.compare", "bill.itemized"), amount_due=bill.amount_due
        )
    return general(talk, "money.owe.general")


BUILDERS: dict[str, Builder] = {"money.owe": on_eob(_owe, _owe_without)}
