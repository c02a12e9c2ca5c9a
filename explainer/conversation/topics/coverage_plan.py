"""coverage.authorization, .referral, .other-insurance and .timely-filing: the plan's conditions, and who answers for them."""

import re
from collections.abc import Iterable

from explainer.conversation.reply import Cited, Reply, Statement
from explainer.conversation.topics.appeal_asked import asks, kind_of_plan, places_of, says_fact, service_day
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.coverage_who import refusals
from explainer.conversation.topics.gate import on_eob

_ORIGINAL = ("medicare-original", "medigap")
_SENT_ON = re.compile(r"supplement|medigap|secondary|forwarded|cross-?over|other insur|segundo seguro|suplement", re.IGNORECASE)


def _authorization(talk: Talk) -> Reply:
    """What the paper shows of an approval, who asks for it, and the words to ask with."""
    refused = list(refusals(talk, "authorization")) or list(refusals(talk.whole(), "authorization"))
    kind = kind_of_plan(talk)
    said: list[Statement | None] = [*refused]
    if not refused and talk.eob is not None:
        said.append(state("coverage.authorization.not-shown", places_of(talk)))
    said.append(own("coverage.authorization.means"))
    if kind in _ORIGINAL:
        said.append(own("coverage.authorization.medicare"))
    if kind == "medicare-advantage" and asks(talk, "asks-how-long"):
        answered = "prior-auth.medicare-advantage.standard"
        said.append(says_fact(talk, "coverage.authorization.days", answered, service_day(talk)))
    said += [own(f"coverage.authorization.{name}") for name in ("after", "promise") if asks(talk, f"asks-{name}")]
    said.append(own("coverage.authorization.ask", payer=talk.payer()))
    return answer(talk, said, ask_next=("denial.next", "appeal.how", "help.who-to-call"))


def _referral(talk: Talk) -> Reply:
    """Two rules: the state's for seeing a therapist, and the plan's for paying."""
    kind = kind_of_plan(talk)
    refused = list(refusals(talk, "authorization"))
    first = own("coverage.referral.two-rules")
    if kind in _ORIGINAL:
        first = state("coverage.referral.medicare", (Cited("noridian-poc"), Cited("cfr-42-410-61")))
    said = [*refused, first, own("coverage.referral.plan") if kind not in _ORIGINAL else None]
    if asks(talk, "asks-after"):
        said.append(own("coverage.referral.after"))
    said.append(own("coverage.referral.ask", payer=talk.payer()))
    return answer(talk, said, ask_next=("coverage.authorization", "denial.next"))


def _other_insurance(talk: Talk) -> Reply:
    """What the paper shows of another plan, which one pays first, and what is left."""
    shown = [*_sent_on(talk), *_other_paid(talk), *refusals(talk, "other-insurance")]
    said = [*shown, *_order(talk), *_what_next(talk)]
    if asks(talk, "asks-no-other"):
        said.append(own("coverage.other-insurance.no-other"))
    return answer(talk, said, ask_next=("money.owe", "help.who-to-call"))


def _sent_on(talk: Talk) -> Iterable[Statement]:
    """The paper's own words that the claim went on to a second plan."""
    for note in talk.eob.notes if talk.eob is not None else ():
        if _SENT_ON.search(note.text):
            yield state("common.note-says", (note.span,), key=note.key, text=note.text.strip().rstrip("."))


def _other_paid(talk: Talk) -> Iterable[Statement]:
    paid = talk.figure("other_paid") if talk.eob is not None else None
    if paid is not None and paid.value:
        yield state("coverage.other-insurance.paid", paid.support, amount=paid.value)


def _order(talk: Talk) -> Iterable[Statement]:
    """Which plan goes first: for the case that the words name, else in general."""
    slots = talk.question.slots
    kind, rule = slots.plan or next(iter(slots.plans), None), (Cited("who-pays-first"),)
    if kind in ("workers-comp", "auto"):
        yield own("coverage.other-insurance.accident")
    elif asks(talk, "asks-child"):
        yield own("coverage.other-insurance.child")
    elif kind == "medicaid":
        yield state("coverage.other-insurance.medicaid", rule)
    elif kind_of_plan(talk) in _ORIGINAL:
        yield state("coverage.other-insurance.medicare", rule)
        yield state("coverage.other-insurance.medicare-work", rule)
    else:
        yield own("coverage.other-insurance.first")
        yield own("coverage.other-insurance.own-plan")


def _what_next(talk: Talk) -> Iterable[Statement]:
    owed = talk.figure("patient_owes") if talk.eob is not None else None
    if owed is not None and owed.value:
        yield state("coverage.other-insurance.may-shrink", owed.support, amount=owed.value)
    yield own("coverage.other-insurance.ask", provider=talk.provider())


def _timely(talk: Talk) -> Reply:
    """The provider's time to send the claim, and whose loss a late one is."""
    refused = list(refusals(talk, "timely"))
    kind = kind_of_plan(talk)
    said: list[Statement | None] = [*refused, own("coverage.timely-filing.whose")]
    if kind in (None, *_ORIGINAL):
        said.append(says_fact(talk, "coverage.timely-filing.medicare", "medicare.timely-filing", service_day(talk)))
    if kind not in _ORIGINAL:
        said.append(own("coverage.timely-filing.contract"))
    if asks(talk, "asks-own-fault"):
        said.append(own("coverage.timely-filing.own-part"))
    said.append(own("coverage.timely-filing.ask", provider=talk.provider()))
    return answer(talk, said, ask_next=("bill.dispute", "denial.code"))


BUILDERS: dict[str, Builder] = {
    "coverage.authorization": on_eob(_authorization, _authorization),
    "coverage.referral": on_eob(_referral, _referral),
    "coverage.other-insurance": on_eob(_other_insurance, _other_insurance),
    "coverage.timely-filing": on_eob(_timely, _timely),
}
