"""money.math: do the lines and totals add up? money.differs: why one visit costs the same as, or other than, another."""

from collections.abc import Iterator
from decimal import Decimal

from explainer.conversation.reply import Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, answer, claim_places, own, state, sum_of
from explainer.conversation.topics.gate import general, on_eob
from explainer.conversation.topics.money_parts import Part, add_up, left_out, part_says, parts_of
from explainer.conversation.topics.money_prices import rest
from explainer.conversation.topics.money_shares import percent_of
from explainer.conversation.topics.money_visits import by_day, parts_by_day
from explainer.conversation.topics.story import story_says
from explainer.knowledge.wording import listed, money
from explainer.model.document import ServiceLine

_SHOWN = ("billed", "discount", "allowed", "not_covered", "plan_paid", "patient_owes")
_CENTS = Decimal("0.05")
_LINE_CENTS = Decimal("0.02")
_ZERO = Decimal("0.00")


def _math(talk: Talk) -> Reply:
    wrong = (*_wrong_totals(talk), *_wrong_lines(talk))
    owed = talk.figure("patient_owes")
    verdict = wrong or (_all_fits(talk),)
    said = (*verdict[:3], _chain(talk), left_out(talk), own("money.math.why-not") if wrong else None)
    values = {name: f.value for name in ("billed", "allowed", "plan_paid") if (f := talk.figure(name))}
    return answer(talk, said, ask_next=("money.owe", "money.discount"), patient_owes=owed.value if owed else None, **values)


def _wrong_totals(talk: Talk) -> Iterator[Statement]:
    """Printed totals that the lines do not come to."""
    for claim in talk.claims if not talk.named else ():
        for name, printed in claim.totals.known().items():
            added = sum_of(claim.lines, name)
            if added is not None and abs(added.value - printed) > _CENTS:
                yield state(
                    "money.math.total-differs",
                    (*claim_places(claim, name), *added.support),
                    what=talk.say(f"common.field.{name}"),
                    printed=printed,
                    added=added.value,
                )


def _wrong_lines(talk: Talk) -> Iterator[Statement]:
    """Lines whose amounts do not fit, from the checks where they spoke, else from allowed = paid + shares."""
    checked = [
        f for f in talk.case.all_findings() if f.id == "money.line" and f.paper == (talk.paper.paper if talk.paper else None)
    ]
    asked = {n for f in checked if f.verdict == "ask" for n in f.lines}
    msn = talk.eob is not None and talk.eob.kind == "msn"
    for line in talk.lines:
        if line.number in asked or (not checked and not line_fits(line, msn)):
            yield state("money.math.line-differs", (line.source,), line=talk.name(line))


def line_fits(line: ServiceLine, msn: bool = False) -> bool:
    """Whether allowed = plan paid + other paid + shares, and billed = discount + not covered + allowed, where all are printed.

    Medicare's notices are not tested for the first: a budget cut can be missing from what Medicare paid.
    """
    a = line.amounts
    if a.allowed and None not in (a.plan_paid, a.deductible, a.copay, a.coinsurance) and not msn:
        paid = (
            (a.plan_paid or _ZERO)
            + (a.other_paid or _ZERO)
            + (a.deductible or _ZERO)
            + (a.copay or _ZERO)
            + (a.coinsurance or _ZERO)
        )
        if abs(paid - a.allowed) > _LINE_CENTS and abs(paid + (a.not_covered or _ZERO) - a.allowed) > _LINE_CENTS:
            return False
    if a.billed is None or a.discount is None or a.allowed is None:
        return True
    gap = a.billed - a.discount - a.allowed
    return abs(gap) <= _LINE_CENTS or abs(gap - (a.not_covered or _ZERO)) <= _LINE_CENTS


def _all_fits(talk: Talk) -> Statement:
    """That everything printed fits, with the totals."""
    figures = [(name, f) for name in _SHOWN if (f := talk.figure(name)) and (f.value or name == "patient_owes")]
    shown = listed(
        tuple(
            talk.say("common.amount-of", amount=money(f.value, talk.lang), what=talk.say(f"common.field.{name}"))
            for name, f in figures
        ),
        talk.lang,
    )
    support = tuple(s for _, f in figures for s in f.support) or tuple(line.source for line in talk.lines)
    printed = any(claim.totals.known() for claim in talk.claims) and not talk.named
    key = "money.math.only-totals" if not talk.lines else "money.math.fits" if printed else "money.math.fits-lines"
    return state(key, support, lines=talk.names(talk.lines), totals=shown)


def _chain(talk: Talk) -> Statement | None:
    """How billed becomes owed, where the steps come out to the cent."""
    names = ("billed", "discount", "plan_paid", "patient_owes")
    amounts = {name: f.value for name in names if (f := talk.figure(name))}
    if len(amounts) < len(names):
        return None
    left = amounts["billed"] - amounts["discount"] - amounts["plan_paid"]
    return rest(talk, "money.math.chain", *names) if abs(left - amounts["patient_owes"]) <= _CENTS else None


def _differs(talk: Talk) -> Reply:
    if not talk.named and (several := parts_by_day(talk)) is not None:
        return answer(
            talk, (several, *story_says(talk, "count.deductible"), own("money.differs.general")), ask_next=("money.owe",)
        )
    found, owed = parts_of(talk), talk.figure("patient_owes")
    if owed is None or not found or not add_up(found, owed.value):
        return answer(talk, (own("money.differs.general"), own("money.differs.other-paper")), ask_next=("money.owe",))
    each = tuple(_differs_by(talk, part) for part in found)
    days = by_day(talk)
    return answer(
        talk,
        (*each, days, own("money.differs.other-paper") if days is None else None),
        ask_next=("money.copay", "money.owe"),
        patient_owes=owed.value,
    )


def _differs_by(talk: Talk, part: Part) -> Statement:
    percent = percent_of(talk.lines, False) if part.kind == "coinsurance" else None
    if part.kind == "coinsurance" and percent is not None:
        return state("money.differs.percent", part.figure.support, amount=part.figure.value, percent=percent)
    key = {"copay": "money.differs.copay", "deductible": "money.differs.deductible"}.get(part.kind)
    return state(key, part.figure.support, amount=part.figure.value) if key else part_says(talk, part)


BUILDERS: dict[str, Builder] = {
    "money.math": on_eob(_math, lambda talk: general(talk, "money.math.general")),
    "money.differs": on_eob(_differs, lambda talk: general(talk, "money.differs.general")),
}
