"""What an amount owed is made of: copay, coinsurance, deductible and what is not covered, with the lines each comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from explainer.case import standing
from explainer.conversation.reply import Cited, Statement
from explainer.conversation.topics.common import Figure, Talk, state, sum_of
from explainer.conversation.topics.standing import unpaid
from explainer.knowledge.wording import Blank, listed, money
from explainer.model.amounts import COST_SHARES
from explainer.model.document import ServiceLine

CENT = Decimal("0.01")
_TOLERANCE = Decimal("0.02")
_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what may be owed. kind: deductible, copay, coinsurance, not-covered, balance (the price above what is allowed),
    or after-plan (allowed less paid)."""

    kind: str
    figure: Figure
    by_line: tuple[tuple[ServiceLine, Decimal], ...]


def parts(lines: Iterable[ServiceLine]) -> tuple[Part, ...]:
    """The parts of what the lines leave to the patient; empty parts are left out."""
    some = tuple(lines)
    found = [_part(name, name, [(line, line.amounts.get(name) or _ZERO) for line in some]) for name in COST_SHARES]
    found.append(_part("not-covered", "not_covered", [(line, own_uncovered(line)) for line in some]))
    found.append(_part("balance", "patient_owes", [(line, above_allowed(line)) for line in some]))
    found.append(_part("after-plan", "plan_paid", [(line, _after_plan(line)) for line in some]))
    return tuple(part for part in found if part is not None)


def parts_of(talk: Talk) -> tuple[Part, ...]:
    """The parts of the lines asked about; where no line prints any, those of the claims' totals."""
    undone = {line.number for claim in talk.claims if claim not in standing(talk.claims) for line in claim.lines}
    found = parts(line for line in talk.lines if talk.named or line.number not in undone)
    if talk.named or (found and not any(claim.adjustments for claim in talk.claims)):
        return found
    return _of_totals(talk) or found


def _of_totals(talk: Talk) -> tuple[Part, ...]:
    """The parts of the claims' totals, as where a remittance puts them on the claim and not on its lines."""
    totals = ((name, talk.figure(name)) for name in (*COST_SHARES, "not_covered"))
    return tuple(Part(name.replace("_", "-"), figure, ()) for name, figure in totals if figure and figure.value)


def _part(kind: str, name: str, amounts: Iterable[tuple[ServiceLine, Decimal]]) -> Part | None:
    some = tuple((line, amount) for line, amount in amounts if amount)
    if not some:
        return None
    return Part(kind, Figure(sum((a for _, a in some), _ZERO), tuple(line.place(name) for line, _ in some)), some)


def own_uncovered(line: ServiceLine) -> Decimal:
    """The patient's part of what is not covered: what is owed beyond the cost shares, where that fits the column.

    A line of which the plan counted nothing and paid nothing is not covered as a whole, also where no column says so.
    """
    owes, column = line.amounts.patient_owes, line.amounts.not_covered
    if owes is None:
        return _ZERO
    left = owes - sum((line.amounts.get(name) or _ZERO for name in COST_SHARES), _ZERO)
    if not column:
        refused = line.amounts.allowed == 0 and not line.amounts.plan_paid
        return left if refused and left == owes else _ZERO
    return left if 0 < left <= column + _TOLERANCE else _ZERO


def above_allowed(line: ServiceLine) -> Decimal:
    """The price above what the plan allows, where what may be owed is just the cost shares and that."""
    a = line.amounts
    if a.patient_owes is None or a.billed is None or not a.allowed or all(a.get(name) is None for name in COST_SHARES):
        return _ZERO
    above = a.billed - a.allowed
    shares = sum((a.get(name) or _ZERO for name in COST_SHARES), _ZERO)
    fits = abs(shares + above - a.patient_owes) <= _TOLERANCE
    return above if above > 0 and fits and not own_uncovered(line) else _ZERO


def above_open(talk: Talk) -> Figure | None:
    """Out of network: the price above what the plan allows that is in nothing the paper says may be owed, and that no discount
    takes off; None where a counted line does not show it whole."""
    if not is_out(talk) or any(above_allowed(line) for line in talk.lines):
        return None
    counted = [line for line in talk.lines if line.amounts.allowed]
    if not counted or any(line.amounts.billed is None or line.amounts.discount for line in counted):
        return None
    if any(abs(_left(line) - (line.amounts.patient_owes or _ZERO)) > _TOLERANCE for line in counted):
        return None
    value = sum(((line.amounts.billed or _ZERO) - (line.amounts.allowed or _ZERO) for line in counted), _ZERO)
    places = tuple(line.place(name) for line in counted for name in ("billed", "allowed"))
    return Figure(value, places) if value > 0 else None


def _left(line: ServiceLine) -> Decimal:
    """What the plan leaves of what it allows."""
    a = line.amounts
    return (a.allowed or _ZERO) - (a.plan_paid or _ZERO) - (a.other_paid or _ZERO)


def _after_plan(line: ServiceLine) -> Decimal:
    """On papers without cost-share columns (Medicare's notice): all that is owed of an allowed amount."""
    amounts = line.amounts
    if any(amounts.get(name) is not None for name in COST_SHARES) or not amounts.allowed or not amounts.patient_owes:
        return _ZERO
    return amounts.patient_owes if amounts.patient_owes <= amounts.allowed else _ZERO


def add_up(found: Iterable[Part], total: Decimal) -> bool:
    """Whether the parts are the whole of the total, to a few cents."""
    some = tuple(found)
    return abs(sum((part.figure.value for part in some), _ZERO) - total) <= _TOLERANCE * max(1, len(some))


def part_says(talk: Talk, part: Part) -> Statement:
    """One part in words: its amount and where it comes from."""
    more = _allowed_and_paid(part)
    kind = "after-plan-only" if part.kind == "after-plan" and len(more) < 2 else part.kind
    if kind == "balance":
        kind = "balance-out" if is_out(talk) else "balance"
    names = {"where": where(talk, part), "plan": talk.payer(), "provider": talk.provider()}
    values: dict[str, Blank] = {"amount": part.figure.value, **names, **more}
    return state(f"money.part.{kind}", part.figure.support, **values)


def is_out(talk: Talk) -> bool:
    """Whether the paper shows all of the claims in question out of the network."""
    return bool(talk.claims) and all(claim.network == "out" for claim in talk.claims)


def balance_says(talk: Talk, found: Iterable[Part], owed: Figure) -> tuple[Statement, ...]:
    """Of a price above what is allowed: how much of what is owed is the share by the plan and how much comes on top, and when
    the law against surprise bills stops that; never whether it does."""
    top = next((part for part in found if part.kind == "balance"), None)
    if top is None or not 0 < top.figure.value <= owed.value:
        return ()
    support = (*owed.support, *top.figure.support)
    split = state("money.owe.balance", support, share=owed.value - top.figure.value, top=top.figure.value, plan=talk.payer())
    law = state("money.owe.balance-law", (*talk.place("network"), Cited("cms-nsa")))
    return (
        (split, law) if is_out(talk) else (split, state("money.owe.balance-in", talk.place("network"), provider=talk.provider()))
    )


def _allowed_and_paid(part: Part) -> dict[str, Decimal]:
    if part.kind != "after-plan":
        return {}
    lines = [line for line, _ in part.by_line]
    found = {name: f.value for name in ("allowed", "plan_paid") if (f := sum_of(lines, name))}
    # Only where the sum comes out (Medicare keeps back 2 percent of its part): a false sum is worse than none.
    gap = found.get("allowed", _ZERO) - found.get("plan_paid", _ZERO) - part.figure.value
    return found if len(found) == 2 and -_TOLERANCE <= gap <= found["plan_paid"] * Decimal("0.03") + _TOLERANCE else {}


def where(talk: Talk, part: Part) -> str:
    """The lines of a part as the end of a sentence: " on line 1 (...)", ": $5.00 on ... and $7.00 on ...", or nothing."""
    lines = [line for line, _ in part.by_line]
    if not lines:
        return ""
    if len(lines) == 1 or len(lines) > 4:
        return talk.tail("common.where-one", line=talk.names(lines))
    each = (talk.say("common.amount-on", amount=money(amount, talk.lang), line=talk.name(line)) for line, amount in part.by_line)
    return talk.say("common.where-each", each=listed(tuple(each), talk.lang))


def left_out(talk: Talk) -> Statement | None:
    """Lines that are billed and not paid, and yet not in what may be owed; only on a plan's paper."""
    free = unpaid(talk, talk.lines, "bundled", "provider") if talk.eob else ()
    free = tuple(line for line in free if line.amounts.patient_owes == 0)
    if not free or len(free) == len(talk.lines):
        return None
    owed, billed, lines = tuple(line.place("patient_owes") for line in free), sum_of(free, "billed"), talk.names(free)
    if billed is None:
        return state("money.owe.not-yours", owed, amount=_ZERO, lines=lines)
    return state("money.math.left-out", (*billed.support, *owed), amount=billed.value, lines=lines, zero=_ZERO)
