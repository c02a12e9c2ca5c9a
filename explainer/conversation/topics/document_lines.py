"""document.line and document.term: one line of the paper, one word of it."""

from dataclasses import replace
from decimal import Decimal

from explainer.conversation.reply import Cited, Reply, Statement, Support
from explainer.conversation.topics.common import Builder, Talk, answer, capital, own, state, sum_of
from explainer.conversation.topics.coverage_visits import pocket_says
from explainer.conversation.topics.entries import is_refusal, keys_of, term_says, why_not_paid
from explainer.conversation.topics.gate import on_any
from explainer.conversation.topics.standing import unpaid
from explainer.knowledge.wording import listed, money
from explainer.model.amounts import MONEY_FIELDS
from explainer.model.document import ServiceLine

_TERM_FIELDS = {
    "allowed-amount": "allowed",
    "plan-discount": "discount",
    "discount": "discount",
    "deductible": "deductible",
    "copay": "copay",
    "coinsurance": "coinsurance",
    "plan-paid": "plan_paid",
    "not-covered": "not_covered",
    "amount-billed": "billed",
    "billed": "billed",
    "you-owe": "patient_owes",
    "patient-responsibility": "patient_owes",
}


def _lines(talk: Talk) -> Reply:
    if not talk.lines:
        return answer(talk, (state("document.line.none", talk.place("lines")),), ask_next=("document.summary",))
    if not talk.named and len(talk.lines) > 1:
        items = tuple(
            state("document.line.item", (line.source,), "item", line=capital(talk.name(line)), money=_money(talk, line))
            for line in talk.lines[:8]
        )
        which = state("document.line.which", (talk.lines[0].source,), count=len(talk.lines))
        return answer(talk, (which, *items), ask_next=("document.summary",))
    said = tuple(s for line in talk.lines[:3] for s in _one(talk, line))
    owed = sum_of(talk.lines, "patient_owes")
    return answer(talk, said, ask_next=("money.owe", "code.meaning", "units.minutes"), patient_owes=owed.value if owed else None)


def _one(talk: Talk, line: ServiceLine) -> tuple[Statement, ...]:
    """What the service is, how many units, the money, and why if it was not paid."""
    entry = talk.knowledge.procedure(line.code)
    meaning: Statement | None = None
    if entry and line.code:
        meaning = state("common.plain", (Cited(entry.source, f"code:{line.code.upper()}"),), text=entry.plain.in_(talk.lang))
    head = state("document.line.head", (line.source,), line=talk.name(line), printed=_printed(talk, line))
    units = (
        state("document.line.units", (line.place("units"),), units=int(line.units))
        if line.units and line.units % 1 == 0
        else None
    )
    amounts = (
        state(
            "document.line.money", tuple(line.place(n) for n in line.amounts.known()) or (line.source,), money=_money(talk, line)
        )
        if line.amounts.known()
        else None
    )
    return tuple(s for s in (head, meaning, units, amounts, *_remark(talk, line)) if s is not None)


def _printed(talk: Talk, line: ServiceLine) -> str:
    """The paper's own words for the service, where they are not already in the line's name."""
    if not line.description or (talk.knowledge.procedure(line.code) is None):
        return ""
    return talk.say("document.line.printed-as", text=line.description.strip())


def _remark(talk: Talk, line: ServiceLine) -> tuple[Statement, ...]:
    if not any(is_refusal(talk, key) for key in keys_of(line)) and not unpaid(talk, (line,)):
        return ()
    free = line.amounts.patient_owes == 0 and unpaid(talk, (line,), "bundled", "provider")
    owed = (line.place("patient_owes"),)
    whose = (state("money.owe.not-yours", owed, lines=talk.name(line), amount=Decimal("0.00")),) if free else ()
    return *why_not_paid(talk, line), *whose


def _money(talk: Talk, line: ServiceLine) -> str:
    """The line's amounts with their names, zeros left out save for what was paid and what is owed."""
    shown = [
        (name, value)
        for name in MONEY_FIELDS
        if (value := line.amounts.get(name)) is not None and (value or name in ("plan_paid", "patient_owes"))
    ]
    each = (
        talk.say("common.amount-of", amount=money(value, talk.lang), what=talk.say(f"common.field.{name}"))
        for name, value in shown
    )
    return listed(tuple(each), talk.lang) if shown else talk.say("document.line.no-money")


def _terms(talk: Talk) -> Reply:
    wanted = talk.question.slots.terms
    said = tuple(s for term in wanted[:4] for s in _term(talk, term))
    if not said:
        return replace(answer(talk, (own("document.term.unknown"),), ask_next=("document.summary",)), topic="decline.unknown")
    reply = answer(talk, said, ask_next=("money.owe", "document.summary"))
    return reply if talk.named else replace(reply, lines=())


def _term(talk: Talk, term: str) -> tuple[Statement, ...]:
    """What the word means, and its amount on this paper."""
    meaning = term_says(talk, term)
    entry, name = talk.knowledge.terms.get(term), _TERM_FIELDS.get(term)
    if meaning is None or entry is None:
        return ()
    figure = talk.figure(name) if name and talk.eob else None
    if figure is not None and name:
        return meaning, state("document.term.here", figure.support, amount=figure.value, what=talk.say(f"common.field.{name}"))
    counted = tuple(pocket_says(talk)) if term == "out-of-pocket-maximum" else ()
    return (*counted, meaning) if counted else (meaning, *_printed_words(talk, entry.name.in_("en")))


def _printed_words(talk: Talk, name: str) -> tuple[Statement, ...]:
    """A note of the paper that uses the word, quoted."""
    if talk.paper is None:
        return ()
    note = next((n for n in talk.paper.notes if name.casefold() in n.text.casefold()), None)
    support: tuple[Support, ...] = (note.span,) if note else ()
    return (state("common.note-says", support, key=note.key, text=note.text.strip().rstrip(".")),) if note else ()


BUILDERS: dict[str, Builder] = {
    "document.line": on_any(_lines, lambda talk: answer(talk, (own("document.line.general"), own("common.upload")))),
    "document.term": on_any(_terms, _terms),
}
