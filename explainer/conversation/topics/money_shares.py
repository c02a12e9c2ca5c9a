"""money.copay, money.coinsurance: the set price and the percent."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from explainer.conversation.reply import Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, answer, own, state, sum_of
from explainer.conversation.topics.entries import term_says
from explainer.conversation.topics.gate import general, on_eob
from explainer.conversation.topics.money_parts import CENT, Part, part_says, parts, parts_of, where
from explainer.conversation.topics.money_prices import missing, scope
from explainer.model.document import ServiceLine

_ZERO = Decimal("0.00")


def _copay(talk: Talk) -> Reply:
    part = next((p for p in parts_of(talk) if p.kind == "copay"), None)
    total = talk.figure("copay")
    if part is None and total is None:
        return answer(talk, (missing(talk, "copay"), own("money.copay.meaning")), ask_next=("money.owe",))
    if part is None:
        assert total is not None
        direct = state(
            "money.copay.total" if total.value else "money.copay.none", total.support, amount=total.value, scope=scope(talk)
        )
        elsewhere = _copay_elsewhere(talk)
        return answer(talk, (direct, elsewhere, own("money.copay.per-visit")), ask_next=("money.owe",), copay=total.value)
    direct = state("money.copay.is", part.figure.support, amount=part.figure.value, where=where(talk, part))
    others = len(talk.paper.lines if talk.paper else ()) > len(part.by_line)
    why = own("money.copay.once") if others and len(part.by_line) == 1 else own("money.copay.per-visit")
    return answer(
        talk, (direct, why, _several_a_day(talk, part)), ask_next=("money.owe", "money.differs"), copay=part.figure.value
    )


def _copay_elsewhere(talk: Talk) -> Statement | None:
    """The named lines have none, another line of the paper has."""
    assert talk.paper is not None
    part = next((p for p in parts(talk.paper.lines) if p.kind == "copay"), None) if talk.named else None
    return state("money.copay.is", part.figure.support, amount=part.figure.value, where=where(talk, part)) if part else None


def _several_a_day(talk: Talk, part: Part) -> Statement | None:
    """More than one copay on one date: worth a question."""
    days: dict[date, list[ServiceLine]] = {}
    for line, _ in part.by_line:
        if line.service_date is not None:
            days.setdefault(line.service_date, []).append(line)
    twice = next((lines for lines in days.values() if len(lines) > 1), None)
    if twice is None:
        return None
    return state("money.copay.twice", (line.place("copay") for line in twice), lines=talk.names(twice), plan=talk.payer())


def _share(line: ServiceLine, msn: bool) -> Decimal | None:
    """A line's coinsurance; on Medicare's notice, which has no such column, what may be billed."""
    return line.amounts.patient_owes if msn else line.amounts.coinsurance


def percent_of(lines: Iterable[ServiceLine], msn: bool) -> int | None:
    """The whole percent of the allowed amount less deductible (and less copay) that fits every line; None when none does.

    A plan may take the copay off first or not; a cent of rounding is let pass. Lines without coinsurance do not count.
    """
    some = [line for line in lines if _share(line, msn)]
    for less_copay in (False, True):
        found = {_line_percent(line, msn, less_copay) for line in some}
        if len(found) == 1 and (only := found.pop()) is not None:
            return only
    return None


def _line_percent(line: ServiceLine, msn: bool, less_copay: bool) -> int | None:
    money, share = line.amounts, _share(line, msn)
    base = (money.allowed or _ZERO) - (money.deductible or _ZERO) - ((money.copay or _ZERO) if less_copay else _ZERO)
    if not share or base <= 0 or share > base:
        return None
    percent = round(100 * share / base)
    return percent if abs(base * percent / 100 - share) <= CENT else None


def _coinsurance(talk: Talk) -> Reply:
    msn = talk.eob is not None and talk.eob.kind == "msn" and all(line.amounts.coinsurance is None for line in talk.lines)
    total = talk.figure("patient_owes" if msn else "coinsurance")
    if total is None:
        return answer(talk, (missing(talk, "coinsurance"), _coinsurance_means(talk)), ask_next=("money.owe",))
    if total.value == 0:
        none = state("money.coinsurance.none", total.support, amount=total.value, scope=scope(talk))
        instead = tuple(part_says(talk, part) for part in parts_of(talk))
        return answer(talk, (none, *instead, _coinsurance_means(talk)), ask_next=("money.owe",), coinsurance=total.value)
    lines = [line for line in talk.lines if _share(line, msn)]
    percent, base = percent_of(lines, msn), sum_of(lines, "allowed")
    support = (*total.support, *(base.support if base else ()))
    if percent is None or base is None:
        direct = state("money.coinsurance.unclear", support, amount=total.value, scope=scope(talk))
        return answer(talk, (direct, _coinsurance_means(talk), own("money.owe.ask-plan")), coinsurance=total.value)
    key = "money.coinsurance.msn" if msn else "money.coinsurance.percent"
    direct = state(key, support, percent=percent, allowed=base.value, amount=total.value, lines=talk.names(lines))
    less = sum_of(lines, "deductible")
    after = state("money.coinsurance.after-deductible", less.support, amount=less.value) if less and less.value else None
    return answer(
        talk,
        (direct, after, own("money.coinsurance.rest", plan=talk.payer())),
        ask_next=("money.owe", "money.allowed"),
        percent=percent,
        allowed=base.value,
        coinsurance=total.value,
    )


def _coinsurance_means(talk: Talk) -> Statement:
    return term_says(talk, "coinsurance") or own("money.coinsurance.meaning")


BUILDERS: dict[str, Builder] = {
    "money.copay": on_eob(_copay, lambda talk: general(talk, "money.copay.meaning", "copay")),
    "money.coinsurance": on_eob(_coinsurance, lambda talk: general(talk, "money.coinsurance.meaning", "coinsurance")),
}
