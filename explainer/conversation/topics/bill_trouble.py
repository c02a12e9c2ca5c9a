"""bill.help-paying and bill.collections: when the money is not there, or the bill has gone further."""

from decimal import Decimal

from explainer.conversation.reply import Cited, Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.gate import on_eob
from explainer.conversation.topics.money_parts import left_out
from explainer.conversation.topics.standing import unpaid

# Content may name a contact by any of these; the first that it knows is given.
_ADVOCATES = ("paf", "patient-advocate-foundation", "patient-advocate")
_MEDICARE_HELP = ("ship", "medicare-ship", "medicare")


def _help(talk: Talk) -> Reply:
    owed = talk.figure("patient_owes") if talk.eob else None
    check = state("bill.help-paying.check", owed.support, owed=owed.value) if owed and owed.value else None
    medicare = is_medicare(talk)
    said = (
        own("bill.help-paying.plan", provider=talk.provider()),
        _cited(talk, "bill.help-paying.charity", "irs-501r"),
        _charity_days(talk),
        _cited(talk, "bill.help-paying.medicare", "qmb") if medicare else own("bill.help-paying.medicaid"),
        _contact(talk, _MEDICARE_HELP if medicare else _ADVOCATES),
        check,
    )
    return answer(talk, said, ask_next=("money.owe", "bill.compare", "bill.itemized"), patient_owes=owed.value if owed else None)


def _charity_days(talk: Talk) -> Statement | None:
    """How long a nonprofit hospital takes requests for help, and how long it waits with lawsuits and credit reports."""
    day = talk.case.today
    apply, wait = talk.knowledge.fact_on("charity.apply-days", day), talk.knowledge.fact_on("charity.collection-wait-days", day)
    if apply is None or wait is None:
        return None
    cited = (Cited(apply.source, f"fact:{apply.id}"), Cited(wait.source, f"fact:{wait.id}"))
    return state("bill.help-paying.charity-days", cited, apply=apply.value, wait=wait.value)


def is_medicare(talk: Talk) -> bool:
    """Whether the paper, the question or an earlier turn says Medicare."""
    told = talk.question.slots.plan or talk.asked.context.facts.get("plan") or ""
    return (talk.eob is not None and talk.eob.kind == "msn") or told.startswith("medicare")


def _cited(talk: Talk, key: str, source: str) -> Statement | None:
    return state(key, (Cited(source),)) if source in talk.knowledge.sources else None


def _contact(talk: Talk, wanted: tuple[str, ...]) -> Statement | None:
    """The first contact content knows of these, with what was verified of how to reach it."""
    name = next((key for key in wanted if key in talk.knowledge.contacts), None)
    if name is None:
        return None
    contact = talk.knowledge.contacts[name]
    reach = " · ".join(part for part in (contact.phone, contact.url) if part)
    cited = (Cited(contact.source, f"contact:{name}"),)
    return state("common.contact", cited, name=contact.name.in_(talk.lang), reach=reach) if reach else None


def _credit(talk: Talk) -> Statement | None:
    """What the credit bureaus say they leave off, where the words ask for credit. Their own choice, not a law."""
    words = talk.question.words.casefold()
    if "credit" not in words and "crédit" not in words and "credito" not in words:
        return None
    day = talk.case.today
    small, months = talk.knowledge.fact_on("credit.small-debt", day), talk.knowledge.fact_on("credit.wait-months", day)
    if small is None or months is None or isinstance(small.value, str):
        return None
    cited = (Cited(small.source, f"fact:{small.id}"), Cited(months.source, f"fact:{months.id}"))
    return state("bill.collections.credit", cited, amount=Decimal(small.value), months=months.value)


def _collections(talk: Talk) -> Reply:
    owed = talk.figure("patient_owes") if talk.eob else None
    refused = unpaid(talk, talk.lines, "patient") if talk.eob else ()
    hold = own("bill.collections.hold", provider=talk.provider())
    appeal = state("bill.collections.appeal", (line.source for line in refused), lines=talk.names(refused)) if refused else None
    figure = state("bill.collections.figure", owed.support, owed=owed.value) if owed else own("bill.collections.need-eob")
    charity = None if refused else _cited(talk, "bill.help-paying.charity", "irs-501r")
    said = (_credit(talk), hold, appeal, figure, left_out(talk), own("bill.collections.collector"), charity)
    return answer(
        talk,
        said,
        ask_next=("appeal.how", "appeal.deadline", "bill.dispute", "bill.help-paying"),
        patient_owes=owed.value if owed else None,
    )


BUILDERS: dict[str, Builder] = {
    "bill.help-paying": on_eob(_help, _help),
    "bill.collections": on_eob(_collections, _collections),
}
