"""What is worth asking next: what people go on to, what the papers give reason for, and nothing that was just answered."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from explainer.conversation.neighbours import asked_next
from explainer.conversation.reply import Asked, Reply
from explainer.conversation.topics.common import Talk, due_of
from explainer.conversation.topics.entries import keys_of
from explainer.conversation.topics.standing import unpaid
from explainer.conversation.topics.timed import day_of
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import ServiceLine

_MOST = 3


@dataclass(frozen=True, slots=True)
class Next:
    """A question to offer: the topic it asks for, and what stands in its blank (a line's number, a code), "" for none."""

    topic: str
    inside: str = ""


def say_next(one: Next, knowledge: Knowledge, lang: Lang) -> str:
    """The question in words."""
    return knowledge.say(f"next.{one.topic}{'.of' if one.inside else ''}", lang, {"inside": one.inside})


def next_questions(reply: Reply, asked: Asked) -> tuple[Next, ...]:
    """Up to three questions that this program can answer from these papers, each of another topic; none after danger."""
    if reply.topic == "decline.urgent":
        return ()
    paper = _Paper.of(asked, reply)
    done = {*asked.context.answered, asked.question.topic, reply.topic}
    chosen: dict[str, Next] = {}
    for topic in (*reply.ask_next, *asked_next(reply.topic), *_worth(paper), *_ALWAYS):
        if topic not in done and topic in _OFFERED and len(chosen) < _MOST and paper.fits(topic):
            chosen.setdefault(topic, Next(topic, paper.inside(topic)))
    return tuple(chosen.values())


@dataclass(frozen=True, slots=True)
class _Paper:
    """What the papers give reason to ask: lines not paid, timed services, amounts above zero, the codes spoken of."""

    talk: Talk
    refused: tuple[ServiceLine, ...]
    timed: tuple[ServiceLine, ...]
    codes: tuple[str, ...]
    spoken: tuple[int, ...]

    @classmethod
    def of(cls, asked: Asked, reply: Reply) -> "_Paper":
        talk = Talk.of(asked).whole()
        refused = unpaid(talk, talk.lines) if talk.eob is not None else ()
        return cls(talk, refused, day_of(talk, talk.lines).lines, reply.codes or asked.question.codes, reply.lines)

    def above_zero(self, name: str) -> bool:
        figure = self.talk.figure(name) if self.talk.eob is not None else None
        return figure is not None and figure.value > Decimal(0)

    def counts(self, kind: str) -> bool:
        return self.talk.eob is not None and any(a.kind == kind for a in self.talk.eob.accumulators)

    def fits(self, topic: str) -> bool:
        """Whether this can be asked of these papers and answered."""
        return _FITS[topic](self) if topic in _FITS else True

    def inside(self, topic: str) -> str:
        """What the question names: the first line not paid, a code that is spoken of or printed."""
        if topic == "denial.reason" and len(self.refused) < len(self.talk.lines):
            return str(self.refused[0].number)
        if topic == "denial.code":
            return next(self.reasons(), "")
        if topic in _OF_A_CODE:
            return next(iter(self.known_codes()), "")
        return ""

    def reasons(self) -> Iterator[str]:
        """The reason codes printed, those of lines not paid first."""
        for line in (*self.refused, *self.talk.lines):
            yield from (key.printed for key in keys_of(line) if key.reason)

    def known_codes(self) -> Iterable[str]:
        """The codes spoken of, else those printed, as far as content knows them."""
        printed = (line.code for line in self.talk.lines if line.code)
        return (code for code in self.codes or printed if self.talk.knowledge.procedure(code))


def _eob(paper: _Paper) -> bool:
    return paper.talk.eob is not None and bool(paper.talk.lines)


def _has_refusal(paper: _Paper) -> bool:
    return bool(paper.refused)


def _appeals(paper: _Paper) -> bool:
    """Without a paper, appeals can be asked about in general; with one, only of something that was not paid."""
    return bool(paper.refused) or paper.talk.paper is None


def _owes(paper: _Paper) -> bool:
    return paper.above_zero("patient_owes")


def _billed(paper: _Paper) -> bool:
    return bool(paper.talk.bills)


def _both(paper: _Paper) -> bool:
    return paper.talk.eob is not None and bool(paper.talk.bills)


def _timed(paper: _Paper) -> bool:
    return bool(paper.timed)


def _with_code(paper: _Paper) -> bool:
    return any(True for _ in paper.known_codes())


def _due(paper: _Paper) -> bool:
    return _owes(paper) or any(due_of(bill) for bill in paper.talk.bills)


def _out_of_network(paper: _Paper) -> bool:
    return any(claim.network in ("out", "mixed") for claim in paper.talk.claims)


def _of_medicare(paper: _Paper) -> bool:
    return paper.talk.eob is not None and paper.talk.eob.kind == "msn"


_FITS: Mapping[str, Callable[[_Paper], bool]] = {
    "appeal.deadline": _appeals,
    "appeal.external": _appeals,
    "appeal.how": _appeals,
    "appeal.letter": _has_refusal,
    "bill.compare": _both,
    "bill.help-paying": lambda p: _due(p) or p.talk.paper is None,
    "bill.itemized": lambda p: _billed(p) or p.talk.paper is None,
    "bill.not-a-bill": _eob,
    "bill.two-papers": _both,
    "code.documentation": _with_code,
    "code.examples": _with_code,
    "code.meaning": _with_code,
    "code.timed": _with_code,
    "code.used-for": _with_code,
    "coverage.authorization": lambda p: _has_refusal(p) or p.talk.paper is None,
    "coverage.medicare-threshold": _of_medicare,
    "coverage.maintenance": _of_medicare,
    "coverage.necessity": lambda p: _has_refusal(p) or p.talk.paper is None,
    "coverage.network": _eob,
    "coverage.surprise": lambda p: _out_of_network(p) or p.talk.paper is None,
    "coverage.visits": lambda p: p.counts("visits") or p.talk.paper is None,
    "denial.code": lambda p: any(True for _ in p.reasons()),
    "denial.next": _has_refusal,
    "denial.reason": _has_refusal,
    "document.dates": _eob,
    "document.missing": _eob,
    "document.provider": _eob,
    "document.summary": _eob,
    "money.allowed": lambda p: p.above_zero("allowed"),
    "money.billed": lambda p: p.above_zero("billed"),
    "money.coinsurance": lambda p: p.above_zero("coinsurance"),
    "money.copay": lambda p: p.above_zero("copay"),
    "money.deductible": lambda p: p.above_zero("deductible") or p.counts("deductible"),
    "money.differs": lambda p: _eob(p) and len(p.talk.lines) > 1,
    "money.discount": lambda p: p.above_zero("discount"),
    "money.math": _eob,
    "money.not-covered": lambda p: p.above_zero("not_covered"),
    "money.owe": _eob,
    "money.plan-paid": _eob,
    "money.refund": _owes,
    "money.to-whom": _due,
    "units.check": _timed,
    "units.minutes": _timed,
    "units.rule": lambda p: _timed(p) or p.talk.paper is None,
}
_OF_A_CODE = ("code.documentation", "code.examples", "code.meaning", "code.timed", "code.used-for")


def _worth(paper: _Paper) -> tuple[str, ...]:
    """What the papers themselves give reason to ask, most pressing first."""
    refused = ("denial.reason", "appeal.deadline", "denial.next", "appeal.letter") if paper.refused else ()
    network = ("coverage.surprise",) if _out_of_network(paper) else ()
    money = ("money.owe", "money.to-whom", "units.check", "money.deductible", "coverage.visits", "money.discount")
    return ("bill.compare", *refused, *network, *money, "units.minutes", "document.summary", "money.math", "document.missing")


# Asked with any papers or none, beside those above.
_ALWAYS = (
    "help.who-to-call", "bill.itemized", "appeal.how", "units.rule", "bill.dispute", "help.records", "coverage.visits",
    "bill.help-paying", "help.abilities", "help.privacy",
)  # fmt: skip
_OFFERED = frozenset((*_FITS, *_ALWAYS, "coverage.plan-year"))
