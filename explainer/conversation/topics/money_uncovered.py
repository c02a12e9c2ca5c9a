"""money.not-covered: what the plan did not count, and whose it is."""

from decimal import Decimal

from explainer.conversation.reply import Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, answer, own, state, sum_of
from explainer.conversation.topics.entries import entry_says, keys_of, why_not_paid
from explainer.conversation.topics.gate import general, on_eob
from explainer.conversation.topics.money_parts import Part, own_uncovered, where
from explainer.conversation.topics.money_prices import missing, rest, scope
from explainer.conversation.topics.standing import standing, unpaid
from explainer.model.document import ServiceLine

_ZERO = Decimal("0.00")


def _not_covered(talk: Talk) -> Reply:
    refused, total = unpaid(talk, talk.lines), talk.figure("not_covered")
    marked = tuple(line for line in talk.lines if line.amounts.not_covered)
    if total is None and not refused:
        return answer(talk, (missing(talk, "not_covered"), own("money.not-covered.meaning")), ask_next=("money.owe",))
    if not marked and not refused:
        assert total is not None
        none = state("money.not-covered.none", total.support, amount=total.value, scope=scope(talk))
        return answer(
            talk, (none, rest(talk, "money.billed.owed", "patient_owes")), ask_next=("money.owe",), not_covered=total.value
        )
    direct = _marked_says(talk, marked) if marked else None
    about = marked if marked and not talk.named else refused or marked
    each = _whose(talk, about)
    free = unpaid(talk, [line for line in refused if line not in marked], "bundled", "provider")
    also = (
        state("money.not-covered.free", (line.place("patient_owes") for line in free), lines=talk.names(free)) if free else None
    )
    return answer(
        talk,
        (direct, *_merged(each), also, own("money.not-covered.next")),
        ask_next=("denial.reason", "appeal.how", "denial.next"),
        not_covered=total.value if total else None,
    )


def _marked_says(talk: Talk, marked: tuple[ServiceLine, ...]) -> Statement:
    amounts = tuple((line, line.amounts.not_covered or _ZERO) for line in marked)
    total = sum_of(marked, "not_covered")
    assert total is not None
    part = Part("not-covered", total, amounts)
    return state("money.not-covered.is", total.support, amount=total.value, where=where(talk, part), plan=talk.payer())


def _line_reason(talk: Talk, line: ServiceLine) -> tuple[Statement, ...]:
    """Whether it may be the patient's, and the reason printed."""
    kind, owes = standing(talk, line), line.amounts.patient_owes
    if kind == "paid" or owes is None:
        return why_not_paid(talk, line)
    key = "money.not-covered.yours" if owes else "money.not-covered.not-yours"
    return (state(key, (line.place("patient_owes"),), amount=owes, line=talk.name(line)), *why_not_paid(talk, line))


def _whose(talk: Talk, about: tuple[ServiceLine, ...]) -> tuple[Statement, ...]:
    """Whose the lines are, with the reasons printed: one sentence where all of several are laid on the patient."""
    owed, own_part = sum_of(about, "patient_owes"), sum((own_uncovered(line) for line in about), _ZERO)
    if owed and owed.value and own_part == 0 and any(line.amounts.not_covered for line in about):
        none_of_it = state("money.not-covered.none-yours", owed.support, amount=owed.value)
        return (none_of_it, *_written_off(talk, about))
    if owed and len(about) > 1 and all(line.amounts.patient_owes for line in about):
        all_yours = state("money.not-covered.yours-all", owed.support, amount=own_part or owed.value)
        return (all_yours, *(s for line in about for s in why_not_paid(talk, line)))
    return tuple(s for line in about[:3] for s in _line_reason(talk, line))


def _written_off(talk: Talk, about: tuple[ServiceLine, ...]) -> tuple[Statement, ...]:
    """What the codes of a provider's write-off mean (CO), once each."""
    keys = {key.printed: key for line in about for key in keys_of(line) if key.group == "CO"}
    return tuple(said for key in keys.values() if (said := entry_says(talk, key)))


def _merged(said: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The same note stands once though several lines carry it."""
    return tuple({(s.key, tuple(s.values.items())): s for s in said}.values())


BUILDERS: dict[str, Builder] = {
    "money.not-covered": on_eob(_not_covered, lambda talk: general(talk, "money.not-covered.meaning"))
}
