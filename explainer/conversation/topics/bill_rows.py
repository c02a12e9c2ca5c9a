"""A provider's bill against the plan's paper, line by line and in all."""

from dataclasses import dataclass, replace
from decimal import Decimal

from explainer.conversation.reply import Own, Statement
from explainer.conversation.topics.appeal_asked import asks
from explainer.conversation.topics.common import Figure, Talk, capital, due_of, state, sum_of
from explainer.conversation.topics.entries import why_not_paid
from explainer.conversation.topics.money_parts import is_out
from explainer.conversation.topics.money_settle import remembered, told_amount
from explainer.model.amounts import MONEY_FIELDS
from explainer.model.document import ServiceLine

_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the plan's paper and the bill's line for the same day and code."""

    line: ServiceLine
    billed: ServiceLine

    @property
    def more(self) -> Decimal | None:
        """How much more the bill asks than the paper says may be owed."""
        asked, owed = self.billed.amounts.patient_owes, self.line.amounts.patient_owes
        return None if asked is None or owed is None else asked - owed


def rows(talk: Talk) -> tuple[Row, ...]:
    """The bill's lines beside the lines asked about, each used once."""
    left = [line for bill in talk.bills for line in bill.lines]
    found = []
    for line in talk.lines:
        mate = next((b for b in left if b.code == line.code and b.code and b.service_date in (line.service_date, None)), None)
        if mate is not None:
            left.remove(mate)
            found.append(Row(line, mate))
    return tuple(found)


def unmatched(talk: Talk) -> tuple[ServiceLine, ...]:
    """Lines of the bills that no plan's paper among the papers shows."""
    shown = {(line.service_date, line.code) for d in talk.case.documents if d.by_plan for line in d.lines}
    days = {day for day, _ in shown}
    return tuple(
        line
        for bill in talk.bills
        for line in bill.lines
        if line.code and line.service_date and (line.service_date, line.code) not in shown and days
    )


def bill_figure(talk: Talk) -> Figure | None:
    """What is asked: the bill's amount due, or the sum of the named lines on it; else the dollars the person told."""
    if talk.named and talk.bill is not None:
        asked = sum_of((row.billed for row in rows(talk)), "patient_owes")
        if asked is not None:
            return asked
    if talk.bill is not None and (due := due_of(talk.bill)) is not None:
        return due
    told = _told(talk)
    return Figure(told, (Own(),)) if told is not None else None


def _told(talk: Talk) -> Decimal | None:
    owed = talk.figure("patient_owes")
    amounts = talk.question.slots.amounts
    if amounts:
        if not asks(talk, "says-billed"):
            return None
        told = told_amount(talk, *((owed.value,) if owed else ()))
        return told if owed is None or told != owed.value or len(amounts) > 1 else remembered(talk, "asked")
    return remembered(talk, "asked")


def row_says(talk: Talk, row: Row) -> tuple[Statement, ...]:
    """What the bill asks for a line, what the paper says, and what the difference is, where the paper tells."""
    asked, owed, more = row.billed.amounts.patient_owes, row.line.amounts.patient_owes, row.more
    if asked is None or owed is None or not more:
        return ()
    support = (row.billed.place("patient_owes"), row.line.place("patient_owes"))
    key = "bill.row.more" if more > 0 else "bill.row.less"
    first = state(key, support, "item", line=capital(talk.name(row.line)), asked=asked, owed=owed, difference=abs(more))
    if more > 0 and more == row.line.amounts.discount and row.line.amounts.allowed:
        return first, state("bill.row.discount", (row.line.place("discount"),), difference=more)
    if more > 0 and is_out(talk) and more == _above(row.line):
        places = (row.line.place("billed"), row.line.place("allowed"))
        return first, state("bill.row.above-allowed", places, difference=more, plan=talk.payer())
    return first, *why_not_paid(talk, row.line)


def _above(line: ServiceLine) -> Decimal | None:
    """The price above what the plan allows."""
    billed, allowed = line.amounts.billed, line.amounts.allowed
    return billed - allowed if billed is not None and allowed else None


def rows_say(talk: Talk) -> tuple[Statement, ...]:
    """Every line on which the two papers differ, and the bill's lines that the plan's paper does not show."""
    found = rows(talk)
    # With one line asked about, its figures are already in the first sentence: only the reason is left to say.
    skip = 1 if talk.named and len(found) == 1 else 0
    said = tuple(s for row in found for s in row_says(talk, row)[skip:])
    strangers = () if talk.named else unmatched(talk)
    if strangers:
        said += (
            state("bill.row.unmatched", (line.source for line in strangers), lines=tuple(_bare(line) for line in strangers)),
        )
    return said


def _bare(line: ServiceLine) -> str:
    return " ".join(part for part in (line.code, line.description) if part)


def focused(talk: Talk) -> Talk:
    """The talk narrowed to the one line on which dollars that the person told stand, where no total is that figure; with a bill,
    to the line for which it asks them."""
    told = talk.question.slots.amounts
    if talk.bill is not None and not talk.named and len(set(told)) == 1 and told[0] != talk.bill.amount_due:
        asked = tuple(row.line for row in rows(talk) if row.billed.amounts.patient_owes == told[0])
        return replace(talk, lines=asked, named=True) if len(asked) == 1 else talk
    if talk.named or talk.bill is not None or len(set(told)) != 1 or len(talk.lines) < 2:
        return talk
    totals = {f.value for name in MONEY_FIELDS if (f := talk.figure(name))}
    lines = tuple(line for line in talk.lines if told[0] in line.amounts.known().values())
    return replace(talk, lines=lines, named=True) if len(lines) == 1 and told[0] not in totals else talk


def same_as_on_paper(talk: Talk, amount: Decimal) -> Statement | None:
    """Where the dollars asked for are another of the paper's own amounts: the charge, what the plan paid, the discount."""
    for name in ("plan_paid", "billed", "discount", "allowed"):
        figure = talk.figure(name)
        if figure is not None and figure.value == amount:
            return state("bill.same-as", figure.support, amount=amount, what=talk.say(f"common.field.{name}"))
    return None
