"""Which of several papers a question about a refusal or an appeal speaks of: the one that holds the refusal."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from explainer.checks.deadlines import notice_day
from explainer.conversation.reply import Asked, Reply, Statement, Support
from explainer.conversation.topics.common import OWN, Builder, Talk, TalkBuilder, state
from explainer.conversation.topics.gate import told, which_person
from explainer.conversation.topics.standing import unpaid
from explainer.conversation.words import key_of
from explainer.episode.days import reports_of
from explainer.knowledge.wording import Blank, listed
from explainer.model.document import Document

Order = Callable[[Talk], date]
_MOST = 4


def refused_talks(talk: Talk) -> tuple[Talk, ...]:
    """The same question over each of the person's papers that holds a refusal; over those that print a time to appeal where none
    does; over the paper as it is where the question names part of it. Where it names a plan, a day or a code: its papers only.
    """
    if talk.named or talk.eob is None or talk.mixed:
        return (talk,)
    each = [_on(talk, paper) for paper in reports_of(talk.case, talk.person)]
    found = [one for one in each if unpaid(one, one.lines, "patient", "unclear", "provider")]
    found = found or [one for one in each if one.eob is not None and one.eob.appeal is not None]
    meant = [one for one in found if _is_named(one)] or found
    return tuple(meant[:_MOST]) or (talk,)


def _on(talk: Talk, narrowed: Document) -> Talk:
    paper = next((d for d in talk.case.documents if d.paper == narrowed.paper), narrowed)
    lines = tuple(line for claim in narrowed.claims for line in claim.lines)
    return replace(talk, paper=paper, claims=narrowed.claims, lines=lines)


def _is_named(talk: Talk) -> bool:
    """Whether the words name the paper's plan, a day or a code of its services, or its claim."""
    question, said = talk.question, set(key_of(talk.question.words))
    plan = set(key_of((talk.eob.payer if talk.eob else None) or ""))
    days = {line.service_date for line in talk.lines} & set(question.slots.dates)
    codes = {line.code for line in talk.lines if line.code} & {*question.codes, *question.slots.codes}
    claims = any(c.claim_id and c.claim_id.casefold() in question.words.casefold() for c in talk.claims)
    return bool((plan and plan <= said) or days or codes or claims)


def on_refused(build: TalkBuilder, without: TalkBuilder, order: Order | None = None) -> Builder:
    """A builder over the papers that hold a refusal. order: tell all of them, sorted by that day; without it the first is told in
    full and the others are named.
    """

    def builder(asked: Asked) -> Reply:
        talk = Talk.of(asked)
        if talk.eob is None or not talk.claims:
            return without(talk)
        if (open_person := which_person(talk)) is not None:
            return open_person
        talks = refused_talks(talk)
        if order is not None:
            talks = tuple(sorted(talks, key=order))
        return _joined(talks, build, tell_all=order is not None)

    return builder


def in_order_of_notice(talk: Talk) -> date:
    """The day of a paper's notice."""
    return (notice_day(talk.eob) if talk.eob is not None else None) or date.max


def _joined(talks: tuple[Talk, ...], build: TalkBuilder, *, tell_all: bool) -> Reply:
    shown = talks if tell_all else talks[:1]
    replies = [_of_its_paper(one, told(one, build(one))) for one in shown]
    pending = next((reply.pending for reply in replies if reply.pending), None)
    said = (*_told_of(shown, replies), *_others(talks[len(shown) :]))
    return replace(replies[0], statements=said, pending=pending)


def _told_of(talks: tuple[Talk, ...], replies: list[Reply]) -> list[Statement]:
    """Each paper and what is said of it; papers of which the same is said stand together, and general advice is told once."""
    said: list[Statement] = []
    at = 0
    for talk, reply in zip(talks, replies, strict=True):
        new = [s for s in reply.statements if s.support != OWN or s not in said]
        lead = list(which_paper(talk))
        if new or not said:
            at = len(said) + len(lead)
            said += [*lead, *new]
        else:
            said[at:at] = lead
            at += len(lead)
    return said


def _of_its_paper(talk: Talk, reply: Reply) -> Reply:
    """Line numbers speak of the main paper only."""
    return reply if talk.paper is talk.case.main else replace(reply, lines=())


def which_paper(talk: Talk) -> Iterator[Statement]:
    """Which paper is spoken of, where there are several."""
    if talk.eob is not None and len(reports_of(talk.case, talk.person)) > 1:
        yield state(*_key("appeal.paper.about", talk), **_named(talk))


def _others(talks: tuple[Talk, ...]) -> Iterator[Statement]:
    for talk in talks:
        yield state(*_key("appeal.paper.other", talk), **_named(talk))


def _key(key: str, talk: Talk) -> tuple[str, tuple[Support, ...]]:
    return (key if _claim(talk) else f"{key}-bare"), talk.place("payer", "claim_id")


def _named(talk: Talk) -> dict[str, Blank]:
    claim = _claim(talk)
    return {"payer": talk.payer(), **({"claim": claim} if claim else {})}


def _claim(talk: Talk) -> str:
    refused = unpaid(talk, talk.lines)
    held = [c for c in talk.claims if not refused or any(line in refused for line in c.lines)]
    return listed(tuple(dict.fromkeys(c.claim_id for c in held if c.claim_id)), talk.lang)
