"""One page about a case, to print and take along: what the papers say, what to ask, by when, and whom to call."""

import re
from collections.abc import Iterator

from explainer.case import Case
from explainer.conversation.question import Context
from explainer.conversation.topics.common import Talk
from explainer.conversation.topics.phone_script import Side, on_its_paper, script, side_of
from explainer.explain import finding_text
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.model.finding import Finding
from explainer.takeaway.costs import costs
from explainer.takeaway.deadlines import deadlines, last_day
from explainer.takeaway.matter import Matter, matters
from explainer.takeaway.sheet import Part, Sheet
from explainer.takeaway.visits import visits

MOST_ASKED = 5
_MOST_PHONES = 4
_MOST_UNCHECKED = 3
# Longer words of a paper are cut: a page holds only so much.
_LONGEST = 800


def handouts(case: Case, knowledge: Knowledge, lang: Lang, context: Context | None = None) -> tuple[Sheet, ...]:
    """A page for each person of the papers; only the one whom the context names, if it names one."""
    return tuple(page_of(matter) for matter in matters(case, knowledge, lang, context))


def page_of(matter: Matter) -> Sheet:
    """The page of one matter."""
    parts = (visits(matter), costs(matter), _asks(matter), _by_when(matter), _phones(matter), *_scripts(matter), _limits(matter))
    return Sheet(matter.lang, matter.say("handout.title"), tuple(_about(matter)), tuple(p for p in map(_short, parts) if p))


def _short(part: Part) -> Part:
    """The part with texts of the paper that run on cut short."""
    rows = tuple((_cut(label), _cut(value)) for label, value in part.rows)
    return Part(part.name, _cut(part.title), rows, tuple(map(_cut, part.texts)), tuple(map(_cut, part.items)))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"


def _about(matter: Matter) -> Iterator[str]:
    talk = matter.talk
    patient = (
        talk.person.own_name if talk.person else next((c.patient for d in matter.papers for c in d.claims if c.patient), None)
    )
    member = next((d.member_id for d in matter.plans if d.member_id), None)
    if patient:
        key = "handout.for-member" if member else "handout.for"
        yield matter.say(key, name=patient, member=member)
    papers = tuple(_paper(matter, d) for d in matter.papers)
    if papers:
        yield matter.say("handout.from", papers=papers[:_MOST_PHONES], count=len(papers), day=matter.case.today)


def _paper(matter: Matter, document: Document) -> str:
    """ "the EOB of Harvest Health"; a bill by its provider."""
    billed = document.kind == "bill"
    who = next((c.provider for c in document.claims if c.provider), None) if billed else document.payer
    key = f"handout.paper.{'bill' if billed else 'msn' if document.kind == 'msn' else 'plan'}"
    return matter.say(f"{key}.of", who=who) if who and document.kind != "msn" else matter.say(key)


def _asks(matter: Matter) -> Part:
    found = matter.asked
    items = tuple(_ask(matter, f) for f in found[:MOST_ASKED])
    more = len(found) - MOST_ASKED
    rest = (matter.say("handout.ask.more", count=more),) if more > 0 else ()
    texts = (matter.say("handout.ask.lead"),) if items else (matter.say("handout.ask.none"),)
    return Part("ask", matter.say("handout.ask"), texts=(*texts, *rest), items=items)


def _ask(matter: Matter, finding: Finding) -> str:
    """What was found, the question, and who can answer it."""
    text, question = finding_text(finding, matter.knowledge, matter.lang)
    whom = {"whom": _whom(on_its_paper(matter.talk, finding), side_of(finding)), "text": text, "question": question}
    return matter.say("handout.ask.item" if question else "handout.ask.item-bare", **whom)


def _whom(talk: Talk, side: Side) -> str:
    return talk.provider() if side == "clinic" else talk.payer()


def _by_when(matter: Matter) -> Part:
    found = deadlines(matter)
    texts = [_deadline(matter, f, len(found) > 1) for f in found]
    due = [matter.say("handout.due", day=d.due_date) for d in matter.bills if d.due_date]
    wins = [matter.say("handout.notice-wins")] if texts else []
    return Part("deadline", matter.say("handout.deadline"), texts=tuple(dict.fromkeys((*texts, *wins, *due))))


def _deadline(matter: Matter, finding: Finding, several: bool) -> str:
    """The last day, that it is past, and of which paper, where there are several."""
    text, last = finding_text(finding, matter.knowledge, matter.lang)[0], last_day(finding)
    past = f" {matter.say('appeal.deadline.past')}" if last is not None and last < matter.case.today else ""
    paper = next((d for d in matter.plans if d.paper == finding.paper), None)
    whose = _paper(matter, paper) if several and paper else ""
    return f"{whose[:1].upper()}{whose[1:]}: {text}{past}" if whose else f"{text}{past}"


def _phones(matter: Matter) -> Part:
    printed = {note.text: note.key for d in matter.papers for note in d.phones}
    items = tuple(_phone(matter, number, _last_sentence(words)) for number, words in printed.items())
    return Part("phones", matter.say("handout.phones"), items=items[:_MOST_PHONES])


def _phone(matter: Matter, number: str, words: str) -> str:
    return matter.say("handout.phone" if words else "handout.phone-bare", words=words, number=number)


def _last_sentence(words: str) -> str:
    return re.split(r"[.!?]\s", words)[-1].strip()


def _scripts(matter: Matter) -> Iterator[Part]:
    """What to say, for each side that can answer one of the questions; without a question, for both."""
    first: dict[Side, Finding | None] = {}
    for finding in matter.asked[:MOST_ASKED]:
        first.setdefault(side_of(finding), finding)
    sides: tuple[Side, ...] = ("plan", "clinic")
    for side in sides if matter.papers else ():
        if side in first or not first:
            said = script(matter.talk, side, first.get(side))
            words = " ".join(matter.say(s.key, **s.values) for s in said)
            yield Part(
                "script",
                matter.say(f"handout.script.{side}", whom=_side(matter, side, first.get(side))),
                texts=(words, matter.say("handout.notes")),
            )


def _side(matter: Matter, side: Side, finding: Finding | None) -> str:
    return _whom(on_its_paper(matter.talk, finding) if finding else matter.talk, side)


def _limits(matter: Matter) -> Part:
    """What was not checked, and what may have been read wrong."""
    doubts = [matter.say("handout.limits.doubt")] if any(line.uncertain for d in matter.papers for line in d.lines) else []
    corrected = [matter.say("handout.limits.corrected")] if any(line.corrected for d in matter.papers for line in d.lines) else []
    texts = (matter.say("handout.limits.always"), *corrected, *doubts)
    return Part("limits", matter.say("handout.limits"), texts=texts, items=_unchecked(matter))


def _unchecked(matter: Matter) -> tuple[str, ...]:
    """What the checks could not look at, a sentence for each kind of check."""
    papers = {d.paper for d in matter.papers}
    found = [f for f in matter.unchecked if f.paper in papers]
    first = {f.id: f for f in reversed(found) if f.id not in ("deadline.appeal", "denial")}
    return tuple(finding_text(f, matter.knowledge, matter.lang)[0] for f in reversed(first.values()))[:_MOST_UNCHECKED]
