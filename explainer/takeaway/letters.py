"""Short, polite letters, filled from the papers. What the papers do not say stays a blank in brackets."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from explainer.conversation.topics.appeal_letter import letter as appeal_letter
from explainer.conversation.topics.common import Talk
from explainer.conversation.topics.refused_papers import refused_talks, which_paper
from explainer.knowledge.schema import Lang
from explainer.takeaway.matter import Matter
from explainer.takeaway.offices import apart
from explainer.takeaway.quill import Quill
from explainer.takeaway.sheet import clean


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter in one language. body: its pieces in order, each a paragraph or a block of lines.

    notes: what to know before it is sent; not part of the letter. sources: ids of content/sources that the notes rest on.
    """

    kind: str
    lang: Lang
    title: str
    body: tuple[str, ...]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The letter as plain text."""
        return clean("\n\n".join(self.body)) + "\n"


Body = Callable[[Quill], Iterable[str]]


def _bill(quill: Quill) -> Iterable[str]:
    yield from quill.protected() or quill.differences() or (quill.say("letter.bill.compare", **quill.asked()),)
    yield from quill.strangers()
    yield quill.say("letter.bill.ask")
    yield quill.say("letter.bill.enclosed")


def _not_received(quill: Quill) -> Iterable[str]:
    yield quill.say("letter.not-received.lines")
    yield quill.services()
    yield quill.say("letter.not-received.ask")
    yield quill.say("letter.bill.enclosed")


def _refund(quill: Quill) -> Iterable[str]:
    yield from quill.protected() or quill.overpaid()
    yield quill.say("letter.refund.ask")
    yield quill.say("letter.refund.enclosed")


def _plain(*names: str) -> Body:
    """A letter of fixed paragraphs, with the bill's amount, the share and the visits in their blanks."""

    def body(quill: Quill) -> Iterable[str]:
        return (quill.say(f"letter.{name}", **quill.asked()) for name in names)

    return body


_BODIES: Mapping[str, Body] = {
    "bill": _bill,
    "not-received": _not_received,
    "itemized": _plain("itemized.ask", "itemized.hold"),
    "records": _plain("records.ask", "records.how"),
    "refund": _refund,
    "assistance": _plain("assistance.open", "assistance.ask", "assistance.hold", "assistance.enclosed"),
    "estimate": _plain("estimate.open", "estimate.ask", "estimate.enclosed"),
}
KINDS: tuple[str, ...] = ("appeal", *_BODIES)
# Facts and helpers that stand beside a letter, each in a sentence of content with the blank `value`.
_FACTS: Mapping[str, tuple[str, ...]] = {
    "records": ("records.days", "records.extension-days"),
    "assistance": ("charity.apply-days",),
    "estimate": ("gfe.dispute-over", "gfe.dispute-days", "gfe.dispute-fee"),
}


def write(kind: str, matter: Matter) -> Letter:
    """The first letter of that kind (one of KINDS) in the matter's language. Raises KeyError for another kind."""
    return written(kind, matter)[0]


def letters(kind: str, spoken: Matter, english: Matter) -> tuple[Letter, ...]:
    """The letter; a Spanish one stands before the English one that goes out, since plans and clinics read English."""
    both = (spoken, english) if spoken.lang == "es" else (english,)
    return tuple(one for pair in zip(*(written(kind, matter) for matter in both), strict=True) for one in pair)


def written(kind: str, matter: Matter) -> tuple[Letter, ...]:
    """One letter for each plan's paper that is appealed; of another kind one for each provider."""
    if kind != "appeal":
        return tuple(_written(kind, Quill(one)) for one in apart(matter, kind))
    return tuple(_appeal(matter, talk) for talk in refused_talks(matter.talk))


def _written(kind: str, quill: Quill) -> Letter:
    body = (*quill.head(kind), *_BODIES[kind](quill), quill.close())
    notes = [quill.say(f"letter.{kind}.note"), *_warnings(kind, quill)]
    facts = [found for name in _FACTS.get(kind, ()) if (found := quill.fact(name)) is not None]
    helper = quill.helper() if kind == "estimate" else None
    cited = (*facts, *((helper,) if helper else ()))
    return Letter(
        kind, quill.matter.lang, quill.say(f"letter.{kind}.title"), body,
        (*notes, *(text for text, _ in cited)), tuple(dict.fromkeys(source for _, source in cited)),
    )  # fmt: skip


def _warnings(kind: str, quill: Quill) -> Iterable[str]:
    """An estimate's dispute is for people who pay themselves: a plan's paper says otherwise."""
    if kind == "estimate" and quill.matter.plans:
        yield quill.say("letter.estimate.with-plan")


_OWN_WORDS = ("appeal.letter.in-english", "appeal.letter.lead", "appeal.letter.lead-blank")


def _appeal(matter: Matter, talk: Talk) -> Letter:
    """The letter that the conversation writes, without its words around it; the last day stands in the notes."""
    said = [s for s in appeal_letter(talk).statements if s.key not in _OWN_WORDS]
    body = tuple(matter.say(s.key, **s.values) for s in said if s.part == "letter")
    beside = (*which_paper(talk), *(s for s in said if s.part != "letter"))
    notes = tuple(matter.say(s.key, **s.values) for s in beside)
    return Letter("appeal", matter.lang, matter.say("letter.appeal.title"), body, notes)


def fitting(matter: Matter) -> tuple[str, ...]:
    """The kinds of letters that these papers call for, in the order of KINDS."""
    asked = {f.id for f in matter.asked}
    paid_much = any(d.paid_at_visit and matter.owed is not None and d.paid_at_visit > matter.owed for d in matter.bills)
    wanted = {
        "appeal": "denial" in asked,
        "bill": any(name.startswith("bill.") for name in asked) or bool(matter.bills and matter.protections()),
        "itemized": bool(matter.bills),
        "records": bool(asked & {"denial", "units.day", "line.repeat"}),
        "refund": paid_much,
        "assistance": bool(matter.due or matter.owed) and not matter.protections(),
    }
    return tuple(kind for kind in KINDS if wanted.get(kind))
