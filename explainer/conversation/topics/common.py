"""What every topic's builder starts from: the paper, the lines asked about, and statements with their support."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from explainer.case import Case, total_of
from explainer.conversation.question import Question
from explainer.conversation.reply import Asked, Own, Reply, Statement, Support
from explainer.conversation.topics.asked_lines import (
    bills_of,
    claims_of_person,
    lines_named,
    owners_of,
    paper_named,
    paper_of_person,
    person_meant,
)
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank, listed
from explainer.model.amounts import summed
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.people import Person
from explainer.model.source import Span

Builder = Callable[[Asked], Reply]
TalkBuilder = Callable[["Talk"], Reply]
OWN: tuple[Support, ...] = (Own(),)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount and the places on the paper it was read or added up from."""

    value: Decimal
    support: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """One question over one person's paper.

    paper: the EOB spoken of, else a bill or benefits summary, else None. lines: those asked about, else all of the person's.
    named: whether the question names part of the paper. person: the patient meant where the papers name several.
    """

    asked: Asked
    paper: Document | None = None
    claims: tuple[Claim, ...] = ()
    lines: tuple[ServiceLine, ...] = ()
    named: bool = False
    person: Person | None = None

    @classmethod
    def of(cls, asked: Asked) -> "Talk":
        """The talk that a question opens."""
        person = person_meant(asked)
        paper = paper_of_person(asked.case, person)
        paper = paper_named(asked, person, paper) or paper
        if paper is None:
            return cls(asked, person=person)
        claims = claims_of_person(asked.case, paper, person)
        everything = tuple(line for claim in claims for line in claim.lines)
        named = lines_named(asked.question, everything)
        if named:
            claims = tuple(c for c in claims if any(line in named for line in c.lines))
        return cls(asked, paper, claims, named or everything, bool(named), person)

    def whole(self) -> "Talk":
        """The same over the whole of the person's paper, whatever lines the question names."""
        if self.paper is None or not self.named:
            return self
        claims = claims_of_person(self.case, self.paper, self.person)
        return replace(self, claims=claims, lines=tuple(line for claim in claims for line in claim.lines), named=False)

    @property
    def question(self) -> Question:
        return self.asked.question

    @property
    def case(self) -> Case:
        return self.asked.case

    @property
    def knowledge(self) -> Knowledge:
        return self.asked.knowledge

    @property
    def lang(self) -> Lang:
        return self.asked.question.lang

    @property
    def bills(self) -> tuple[Document, ...]:
        """The provider's bills for this person, each once."""
        return bills_of(self.case, self.person)

    @property
    def bill(self) -> Document | None:
        """The provider's bill among the papers."""
        return next(iter(self.bills), None)

    @property
    def mixed(self) -> bool:
        """Whether the claims are of more than one person, so that nothing of them may be added up."""
        return self.paper is not None and len(owners_of(self.case, self.paper, self.claims)) > 1

    @property
    def eob(self) -> Document | None:
        """The paper, where a plan wrote it (EOB, MSN, remittance)."""
        return self.paper if self.paper is not None and self.paper.by_plan else None

    def say(self, key: str, **values: Blank) -> str:
        """A short text of content, for use in a blank of another sentence."""
        return self.knowledge.say(key, self.lang, values)

    def tail(self, key: str, **values: Blank) -> str:
        """A short text with a blank before it, to follow a word in another sentence."""
        return f" {self.say(key, **values)}"

    def provider(self) -> str:
        """Who treated: the printed names, else "your provider" in the language."""
        billing = self.bill.claims if self.bill else ()
        for claims in (self.claims, billing):
            names = tuple(dict.fromkeys(c.provider for c in claims if c.provider))
            if names:
                return listed(names, self.lang)
        return self.say("common.your-provider")

    def payer(self) -> str:
        """Whose plan: the printed name, "Medicare" on its own notice, else "your plan"."""
        if self.eob is not None and self.eob.kind == "msn":
            return "Medicare"
        return (self.eob.payer if self.eob else None) or self.say("common.your-plan")

    def name(self, line: ServiceLine) -> str:
        """A line in words: "line 2 (97140, manual therapy)"."""
        entry = self.knowledge.procedure(line.code)
        told = entry.name.in_(self.lang) if entry else (line.description or "").strip()
        if line.code and told:
            return self.say("common.line", number=line.number, code=line.code, name=told)
        inside = line.code or told
        return (
            self.say("common.line-one", number=line.number, inside=inside)
            if inside
            else self.say("common.line-bare", number=line.number)
        )

    def names(self, lines: Iterable[ServiceLine]) -> str:
        """Several lines in words; only their numbers where they are more than three."""
        some = tuple(lines)
        if len(some) > 3:
            return self.say("common.lines", numbers=tuple(str(line.number) for line in some))
        return listed(tuple(self.name(line) for line in some), self.lang)

    def figure(self, name: str) -> Figure | None:
        """The amount of that name over the lines named, else over the person's claims; None when the paper does not print it."""
        if self.mixed:
            return None
        if self.named:
            return sum_of(self.lines, name)
        value = total_of(self.claims, name) if self.claims else None
        if value is None or self.paper is None:
            return None
        places = tuple(s for c in self.claims for s in claim_places(c, name))
        return Figure(value, places or (Span(self.paper.paper),))

    def place(self, *names: str) -> tuple[Support, ...]:
        """Where these fields stand on the paper (of the document, else of the claims); the paper itself where none is known."""
        assert self.paper is not None
        places = [self.paper.places[n] for n in names if n in self.paper.places]
        places += [c.places[n] for n in names for c in self.claims if n in c.places]
        return tuple(places) or (Span(self.paper.paper),)


def over_owed(talk: Talk) -> Talk:
    """Narrowed to the lines on which just the dollars of the question may be owed; not where they are the total, or in doubt."""
    amounts, owed = set(talk.question.slots.amounts), talk.figure("patient_owes")
    if talk.named or len(amounts) != 1 or owed is None or owed.value in amounts:
        return talk
    lines = tuple(line for line in talk.lines if line.amounts.patient_owes in amounts)
    if not lines or len(lines) == len(talk.lines):
        return talk
    return replace(talk, lines=lines, claims=tuple(c for c in talk.claims if any(line in lines for line in c.lines)), named=True)


def partly(talk: Talk, name: str) -> Statement | None:
    """An amount that only some of the paper's claims print, added up over those."""
    known = [c for c in talk.claims if total_of((c,), name) is not None] if not talk.named else []
    if not known or len(known) == len(talk.claims):
        return None
    places = tuple(s for c in known for s in claim_places(c, name))
    amount, what = total_of(tuple(known), name), talk.say(f"common.field.{name}")
    return state("common.partly-printed", places, amount=amount, what=what, known=len(known), count=len(talk.claims))


def told_twice(talk: Talk, claim: Claim) -> Statement:
    """Two amounts that may be owed for one claim, of which neither is taken."""
    assert talk.paper is not None
    assert claim.two_amounts is not None
    places = claim_places(claim, "patient_owes") or (Span(talk.paper.paper),)
    return state("money.owe.told-twice", places, first=claim.two_amounts[0], second=claim.two_amounts[1])


def not_known(talk: Talk) -> Statement:
    """That it is not known what may be owed: given twice, or not found."""
    twice = next((claim for claim in talk.claims if claim.two_amounts), None)
    return told_twice(talk, twice) if twice else state("money.owe.not-printed", talk.place("patient_owes"))


def sum_of(lines: Iterable[ServiceLine], name: str) -> Figure | None:
    """The amount of that name added up over lines; None when one of them lacks it or there is none."""
    some = tuple(lines)
    total = summed(line.amounts.get(name) for line in some)
    return None if total is None else Figure(total, tuple(line.place(name) for line in some))


def due_of(bill: Document) -> Figure | None:
    """A bill's amount due: printed, else its lines added up."""
    if bill.amount_due is None:
        return sum_of(bill.lines, "patient_owes")
    place = bill.places.get("amount_due")
    support: tuple[Support, ...] = (place,) if place is not None else tuple(line.source for line in bill.lines)
    return Figure(bill.amount_due, support or (Own(),))


def claim_places(claim: Claim, name: str) -> tuple[Span, ...]:
    """Where a claim's total is printed, else where the lines' amounts stand."""
    for key in (f"totals.{name}", f"total.{name}", name):
        if key in claim.places:
            return (claim.places[key],)
    return tuple(line.place(name) for line in claim.lines)


def state(key: str, support: Iterable[Support], part: str = "paragraph", /, **values: Blank) -> Statement:
    """A statement from the paper or an entry. Raises ValueError without support."""
    return Statement(key, tuple(dict.fromkeys(support)), values, part)


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def own(key: str, part: str = "paragraph", /, **values: Blank) -> Statement:
    """Advice or words of the program itself, without any figure."""
    return Statement(key, OWN, values, part)


def for_person(talk: Talk) -> Statement | None:
    """Whom an answer is about, where the papers are of several; None where that is open, or there is no paper."""
    if talk.person is None or talk.paper is None:
        return None
    place = next((c.places["patient"] for c in talk.claims if "patient" in c.places), Span(talk.paper.paper))
    return state("common.for-person", (place,), name=talk.person.name)


def answer(talk: Talk, statements: Iterable[Statement | None], *, ask_next: tuple[str, ...] = (), **more: Blank) -> Reply:
    """The reply of the question's own topic; `more` are its figures. Empty places among the statements are left out.

    Lines are those asked about, as long as the paper is the one whose line numbers count.
    """
    return Reply(
        topic=talk.question.topic,
        statements=tuple(s for s in statements if s is not None),
        lines=tuple(line.number for line in talk.lines) if talk.paper is talk.case.main and not _elsewhere(talk) else (),
        codes=tuple(dict.fromkeys(line.code for line in talk.lines if line.code)) if talk.named else talk.question.codes,
        keys=talk.question.keys,
        values={name: value for name, value in more.items() if value is not None},
        ask_next=ask_next,
        remember={**({"patient": talk.person.name} if talk.person else {}), "paper": _other_paper(talk)},
    )


def _elsewhere(talk: Talk) -> bool:
    """Whether the codes asked about stand on no line, so that the answer is about none."""
    codes = talk.question.codes or talk.question.slots.codes
    return bool(codes) and not talk.named and not any(line.code in codes for line in talk.lines)


def _other_paper(talk: Talk) -> str:
    """The paper spoken of, where it is not the main one: a short question behind it goes on with it."""
    return talk.paper.paper if talk.paper is not None and talk.paper is not talk.case.main and talk.paper.by_plan else ""
