"""Short facts that papers print: the numbers of a claim, a payment, a group, a member, an account; a phone; whose it is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from explainer.conversation.reply import Asked, Reply, Statement
from explainer.conversation.said_cues import says
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.words import tokens
from explainer.episode.days import reports_of
from explainer.knowledge.wording import Blank, day
from explainer.model.document import Document
from explainer.model.source import Span

# A longer turn asks for more than a number.
_SHORT = 11
_NOT_HERE = ("decline.urgent", "appeal.letter", "help.privacy")
# Of these only the bare words for a number ask for it.
_OF_TALK, _BARE = ("bill.dispute", "bill.collections"), 4
_MOST = 6
# Labels of numbers that no reader keeps, with the number behind them: quoted as they stand.
_VALUE = r"[ \t]*[^\s|:]*\d[^\s|:]*(?: \d[^\s|:]*)*"
_NUMBER = r"(?:number|no\.?|num\.?|id|#|reference)"
_GROUP = rf"(?:group|grp)\.? ?{_NUMBER}[ \t]*:?|group[ \t]*[:#]|n[uú]mero del? grupo[ \t]*:?|grupo[ \t]*:"
_CHECK = rf"(?:check|eft|payment|trace)(?:/eft)? ?(?:trace )?{_NUMBER}[ \t]*:?|n[uú]mero del? (?:cheque|pago)[ \t]*:?"
_ACCOUNT = rf"(?:account|acct)\.? ?{_NUMBER}?[ \t]*[:#]?|n[uú]mero de (?:la )?cuenta[ \t]*:?|cuenta[ \t]*[:#]"
_HOLDER = re.compile(
    r"\b(?:subscriber|policy ?holder|insured|member|member/patient|customer|employee|enrollee|suscriptor|titular|asegurado|"
    r"miembro|afiliado)"
    r"(?: name)?[ \t]*:[ \t]*(?P<name>[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,4})(?=[ \t]{2,}|[ \t]*(?:\n|\(|\t|\||$))",
    re.IGNORECASE,
)


def with_printed(topic: str, build: Builder) -> Builder:
    """The builder of a topic, which answers a short question for a printed number with that number."""
    return build if topic in _NOT_HERE else lambda asked: _built(build, asked)


def _built(build: Builder, asked: Asked) -> Reply:
    talk = Talk.of(asked)
    words = talk.question.words.replace("#", " number ")
    name = next((name for name in _FACTS if says(words, talk.knowledge, f"asks-{name}")), None)
    length = len(tokens(talk.question.words))
    if name is None or talk.paper is None or length > (_BARE if talk.question.topic in _OF_TALK else _SHORT):
        return build(asked)
    said = tuple(_FACTS[name](talk))[:_MOST]
    missing = own(f"document.printed.no-{name}", payer=talk.payer(), provider=talk.provider())
    reply = answer(talk, said or (missing,), ask_next=("document.summary", "help.who-to-call"))
    return replace(reply, topic="document.summary" if said else "document.missing", codes=talk.question.codes)


def _claims(talk: Talk) -> Iterator[Statement]:
    for one in _on_each(talk):
        yield from _claims_of(one)


def _on_each(talk: Talk) -> Iterator[Talk]:
    """The same over each of the plan's papers, where there are several and the question names no line."""
    reports = reports_of(talk.case, talk.person) if not talk.named else ()
    for document in reports:
        yield replace(talk, paper=document, claims=document.claims, lines=document.lines)
    if not reports:
        yield talk


def _claims_of(talk: Talk) -> Iterator[Statement]:
    assert talk.paper is not None
    alone = len(talk.claims) == 1 and len(reports_of(talk.case, talk.person)) < 2
    several = talk.case.people.several and talk.person is None
    for claim in talk.claims:
        if claim.claim_id:
            whose = f" ({claim.patient})" if several and claim.patient else ""
            place = claim.places.get("claim_id") or Span(talk.paper.paper)
            days = tuple(sorted({line.service_date for line in claim.lines if line.service_date}))
            if not alone and days:
                yield state("document.printed.claim-on", (place,), number=f"{claim.claim_id}{whose}", day=day(days[0], talk.lang))
            else:
                yield state("document.printed.claim", (place,), number=f"{claim.claim_id}{whose}")


def _payments(talk: Talk) -> Iterator[Statement]:
    assert talk.paper is not None
    for payment in talk.paper.payments:
        if payment.number:
            place = talk.place("payment.number", "payments")
            paid: dict[str, Blank] = {"amount": payment.amount, "day": payment.day} if payment.amount and payment.day else {}
            yield state(f"document.printed.payment{'-sent' if paid else ''}", place, number=payment.number, **paid)
    if not talk.paper.payments:
        yield from _quoted(talk.paper, _CHECK)


def _quoted(paper: Document, label: str) -> Iterator[Statement]:
    """The paper's own words for a number that stands behind such a label, each once."""
    found = {" ".join(m.group().split()): m for m in re.finditer(rf"\b(?:{label}){_VALUE}", paper.text, re.IGNORECASE)}
    for words, match in found.items():
        yield state("document.printed.words", (Span(paper.paper, 1, match.start(), match.end()),), words=words)


def _groups(talk: Talk) -> Iterator[Statement]:
    assert talk.paper is not None
    yield from _quoted(talk.paper, _GROUP)


def _members(talk: Talk) -> Iterator[Statement]:
    assert talk.paper is not None
    if talk.paper.member_id:
        yield state("document.printed.member", talk.place("member_id"), number=talk.paper.member_id)


def _accounts(talk: Talk) -> Iterator[Statement]:
    assert talk.paper is not None
    read = tuple(dict.fromkeys(c.account_number for c in talk.claims if c.account_number))
    yield from (state("document.printed.account", talk.place("account_number"), number=number) for number in read)
    papers = [talk.bill, None if read else talk.paper]
    for paper in {d.paper: d for d in papers if d is not None}.values():
        if not (read and paper is talk.paper):
            yield from _quoted(paper, _ACCOUNT)


def _phones(talk: Talk) -> Iterator[Statement]:
    assert talk.paper is not None
    for phone in talk.paper.phones:
        yield state("help.who-to-call.phone", (phone.span,), phone=phone.text)


def _patients(talk: Talk) -> Iterator[Statement]:
    for name in dict.fromkeys(c.patient for c in talk.claims if c.patient):
        yield state("document.printed.patient", talk.place("patient"), name=name)


def _holders(talk: Talk) -> Iterator[Statement]:
    """Who holds the plan, where the paper prints one name behind such a label."""
    assert talk.paper is not None
    found = {" ".join(m["name"].split()): m for m in _HOLDER.finditer(talk.paper.text)}
    if len(found) == 1:
        name, match = next(iter(found.items()))
        place = Span(talk.paper.paper, 1, match.start("name"), match.end("name"))
        yield state("document.printed.member-name", (place,), name=name)


_FACTS: dict[str, Callable[[Talk], Iterator[Statement]]] = {
    "claim-number": _claims,
    "check-number": _payments,
    "group-number": _groups,
    "member-number": _members,
    "account-number": _accounts,
    "phone-number": _phones,
    "patient-name": _patients,
    "member-name": _holders,
}
