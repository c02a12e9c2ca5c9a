"""bill.dispute and bill.itemized: what to say to the billing office, in a few sentences to read out."""

import re

from explainer.conversation.reply import Cited, Reply, Statement
from explainer.conversation.topics.bill_compare import with_asked
from explainer.conversation.topics.bill_rows import bill_figure, focused, rows, rows_say, same_as_on_paper
from explainer.conversation.topics.common import Builder, Figure, Talk, answer, due_of, own, state
from explainer.conversation.topics.gate import on_eob
from explainer.conversation.topics.phone_script import hello, visit
from explainer.model.document import Note

_NUMBER = re.compile(r"\(?\d[\d ().-]{5,}\d")
_NEXT = ("bill.compare", "bill.itemized", "bill.collections")


def _dispute(asked_of: Talk) -> Reply:
    talk = focused(asked_of)
    owed, asked = talk.figure("patient_owes"), bill_figure(talk)
    if owed is None:
        return answer(talk, (own("bill.dispute.general", provider=talk.provider()), own("bill.compare.ask-both")), ask_next=_NEXT)
    more = asked is not None and asked.value > owed.value
    first = state("bill.dispute.first-more" if more else "bill.dispute.first", owed.support, owed=owed.value)
    why = rows_say(talk) if talk.named and rows(talk) else ()
    same = same_as_on_paper(talk, asked.value) if asked and more and not rows(talk) else None
    call = own("bill.dispute.call", provider=talk.provider(), phone=_phone(talk))
    said = (first, same, *why, call, *_script(talk, owed, asked if more else None), own("bill.dispute.then", plan=talk.payer()))
    reply = answer(
        talk,
        said,
        ask_next=_NEXT,
        patient_owes=owed.value,
        amount_due=asked.value if asked else None,
        difference=asked.value - owed.value if asked and more else None,
    )
    return with_asked(talk, reply, asked)


def _script(talk: Talk, owed: Figure, asked: Figure | None) -> tuple[Statement, ...]:
    """Four sentences to read out on the phone."""
    if asked is None:
        figures = state("bill.script.check", owed.support, "letter", owed=owed.value, plan=talk.payer(), lines=_which(talk))
    else:
        figures = state(
            "bill.script.figures",
            (*owed.support, *asked.support),
            "letter",
            owed=owed.value,
            asked=asked.value,
            difference=asked.value - owed.value,
            plan=talk.payer(),
            lines=_which(talk),
        )
    correct = own("bill.script.correct" if asked else "bill.script.correct-if", "letter")
    return hello(talk, "clinic"), figures, correct, own("script.close", "letter")


def _which(talk: Talk) -> str:
    """The lines on which the papers differ, for the script: ", on line 1 ..."; empty where none is known."""
    differing = [row.line for row in rows(talk) if row.more] or (list(talk.lines) if talk.named else [])
    return talk.say("bill.script.on-lines", lines=talk.names(differing)) if differing else ""


def _phone(talk: Talk) -> str:
    """The bill's own telephone number, as " at 555-0142"; empty where none is printed."""
    phones: tuple[Note, ...] = talk.bill.phones if talk.bill else ()
    number = next((found[0] for note in phones if (found := _NUMBER.search(note.text))), None)
    return talk.tail("common.at-phone", phone=number) if number else ""


def _dispute_without(talk: Talk) -> Reply:
    due = due_of(talk.bill) if talk.bill else None
    asks = state("money.owe.bill-only", due.support, amount=due.value) if due else None
    first = own("bill.dispute.general", provider=talk.provider())
    return answer(
        talk,
        (asks, first, own("common.need-eob" if due else "common.upload")),
        ask_next=("bill.itemized", "appeal.how"),
        amount_due=due.value if due else None,
    )


def _itemized(talk: Talk) -> Reply:
    """The same with a paper or without: whom to ask, the words, what it shows."""
    ask = own("bill.itemized.ask", provider=talk.provider())
    words = own("bill.itemized.words", "letter", visit=visit(talk) if talk.eob else talk.say("bill.visit.undated"))
    return answer(talk, (ask, words, own("bill.itemized.shows"), _records_right(talk)), ask_next=("bill.compare", "bill.dispute"))


def _records_right(talk: Talk) -> Statement | None:
    """Billing records are part of what a patient may see, where content knows the rule's source."""
    source = "cfr-45-164-524"
    return state("bill.itemized.right", (Cited(source),)) if source in talk.knowledge.sources else None


BUILDERS: dict[str, Builder] = {
    "bill.dispute": on_eob(_dispute, _dispute_without),
    "bill.itemized": on_eob(_itemized, _itemized),
}
