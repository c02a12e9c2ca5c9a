"""appeal.letter: a short, polite letter, filled from the paper. What the paper does not say stays a blank in brackets."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from explainer.conversation.reply import Reply, Statement, Support
from explainer.conversation.topics.appeal_asked import asks, kind_of_plan
from explainer.conversation.topics.appeal_days import deadline_of, deadline_says
from explainer.conversation.topics.common import OWN, Talk, answer, own
from explainer.conversation.topics.entries import Key, entry_of, is_refusal, keys_of
from explainer.conversation.topics.standing import unpaid
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank, listed
from explainer.model.document import Claim, ServiceLine

_PAST = ("appeal.deadline.past", "appeal.deadline.send-now")
_WHY = {
    "necessity": "necessity", "maintenance": "necessity", "documentation": "necessity", "limit": "limit",
    "authorization": "authorization",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes the letter's pieces, in the letter's own language."""

    talk: Talk
    lang: Lang

    def text(self, key: str, **values: Blank) -> str:
        """A piece of the letter in words."""
        return self.talk.knowledge.say(key, self.lang, values)

    def part(self, key: str, support: Iterable[Support] = OWN, /, **values: Blank) -> Statement:
        """A piece of the letter as a statement."""
        return Statement("common.plain", tuple(dict.fromkeys(support)), {"text": self.text(key, **values)}, "letter")

    def blank(self, name: str) -> str:
        """A blank to fill in: "[your name]"."""
        return self.text(f"appeal.letter.blank.{name}")


def letter(talk: Talk) -> Reply:
    """The letter, how to use it, and by when to send it."""
    lines = lines_for(talk)
    pen = Pen(talk, _letter_lang(talk))
    other = own("appeal.letter.in-english") if pen.lang == "es" and talk.lang == "es" else None
    body = (*_head(pen, lines), *_lines(pen, lines), *_why(pen, lines), *_end(pen, lines))
    said = (own("appeal.letter.lead" if talk.eob is not None else "appeal.letter.lead-blank"), *body, other, *_by_when(talk))
    reply = answer(talk, said, ask_next=("appeal.deadline", "appeal.how", "help.records"))
    codes = tuple(dict.fromkeys(line.code for line in lines if line.code))
    return replace(reply, lines=tuple(line.number for line in lines), codes=codes or reply.codes) if lines else reply


def lines_for(talk: Talk) -> tuple[ServiceLine, ...]:
    """The lines the letter is about: those named, else those not paid that may be the patient's, else all not paid."""
    if talk.eob is None:
        return ()
    if talk.named:
        return talk.lines
    return unpaid(talk, talk.lines, "patient", "unclear") or unpaid(talk, talk.lines)


def _letter_lang(talk: Talk) -> Lang:
    if asks(talk, "asks-english"):
        return "en"
    return "es" if asks(talk, "asks-spanish") else talk.lang


def _claims(pen: Pen, lines: tuple[ServiceLine, ...]) -> tuple[Claim, ...]:
    """The claims of these lines; without lines, all in question."""
    if pen.talk.eob is None:
        return ()
    return tuple(claim for claim in pen.talk.claims if not lines or any(line in claim.lines for line in lines))


def _head(pen: Pen, lines: tuple[ServiceLine, ...]) -> Iterable[Statement]:
    talk, claims = pen.talk, _claims(pen, lines)
    eob = talk.eob if claims else None
    patient = next((claim.patient for claim in claims if claim.patient), None) or pen.blank("name")
    numbers = tuple(dict.fromkeys(claim.claim_id for claim in claims if claim.claim_id))
    providers = tuple(dict.fromkeys(claim.provider for claim in claims if claim.provider))
    places = talk.place("payer", "patient", "member_id", "claim_id", "provider") if eob is not None else OWN
    payer = (talk.payer() if eob.payer or eob.kind == "msn" else None) if eob is not None else None
    to = {"payer": payer or pen.blank("plan"), "address": pen.blank("address"), "date": pen.blank("date")}
    yield pen.part("appeal.letter.to", places, **to)
    yield pen.part(
        "appeal.letter.about",
        places,
        name=patient,
        member=(eob.member_id if eob is not None else None) or pen.blank("member"),
        claim=listed(numbers, pen.lang) or pen.blank("claim"),
        provider=listed(providers, pen.lang) or pen.blank("provider"),
    )
    medicare = kind_of_plan(talk) in ("medicare-original", "medigap")
    yield pen.part("appeal.letter.open-medicare" if medicare else "appeal.letter.open")


def _lines(pen: Pen, lines: tuple[ServiceLine, ...]) -> Iterable[Statement]:
    if not lines:
        yield pen.part("appeal.letter.line-blank")
    for line in lines:
        reason = _reason(pen, line)
        entry = pen.talk.knowledge.procedure(line.code)
        name = (entry.name.in_(pen.lang) if entry else line.description or "").strip()
        what = " ".join(part for part in (line.code, f"({name})" if line.code and name else name) if part)
        values: dict[str, Blank] = {"date": _day(pen, line.service_date), "what": what or pen.blank("service")}
        key = "appeal.letter.line-reason" if reason else "appeal.letter.line"
        yield pen.part(key, (line.source,), **values, **({"reason": reason} if reason else {}))


def _day(pen: Pen, day: date | None) -> Blank:
    return day if day is not None else pen.blank("service-date")


def _reason(pen: Pen, line: ServiceLine) -> str | None:
    """The keys that refuse the line, each with the paper's own words, else with ours."""
    keys = [key for key in keys_of(line) if is_refusal(pen.talk, key)][:2]
    return listed(tuple(_key(pen, key) for key in keys), pen.lang) or None


def _key(pen: Pen, key: Key) -> str:
    note = pen.talk.paper.note(key.printed) if pen.talk.paper is not None else None
    entry = entry_of(pen.talk, key)
    told = note.text.strip().rstrip(".") if note is not None else entry.name.in_(pen.lang) if entry is not None else ""
    return f"{key.printed} ({told})" if told else key.printed


def _why(pen: Pen, lines: tuple[ServiceLine, ...]) -> Iterable[Statement]:
    entries = [entry_of(pen.talk, key) for line in lines for key in keys_of(line)]
    kinds = [_WHY[entry.bucket] for entry in entries if entry is not None and entry.bucket in _WHY]
    yield pen.part(f"appeal.letter.why-{kinds[0] if kinds else 'any'}")


def _end(pen: Pen, lines: tuple[ServiceLine, ...]) -> Iterable[Statement]:
    if deadline_of(pen.talk).past(pen.talk.case.today):
        yield pen.part("appeal.letter.late")
    yield pen.part("appeal.letter.ask")
    yield pen.part("appeal.letter.enclosed")
    yield pen.part("appeal.letter.close", name=pen.blank("name"), phone=pen.blank("phone"))


def _by_when(talk: Talk) -> tuple[Statement, ...]:
    """Only the day itself, and that it is past where it is: the rest is a question away."""
    said = tuple(deadline_says(talk, deadline_of(talk)))
    return said if said[-1].key in _PAST else said[:2]
