"""What a person takes along: a page to print, letters, days for a calendar. Made anew for each request; nothing is kept."""

from dataclasses import dataclass

from flask import Blueprint, Response, request
from markupsafe import Markup

from explainer.case import Case
from explainer.conversation.answer import AnswerSource
from explainer.conversation.question import Context
from explainer.conversation.whose import PATIENT
from explainer.knowledge.schema import LANGS, Lang
from explainer.takeaway.calendar import calendar_file, events
from explainer.takeaway.handout import page_of
from explainer.takeaway.html import articles, handout_file, letter_file
from explainer.takeaway.letters import KINDS, Letter, letters
from explainer.takeaway.matter import Matter, left_out, matters
from explainer.takeaway.pdf import PAPERS, handout_pdf
from explainer.takeaway.sheet import Sheet
from explainer.web.desk import desk, lang
from explainer.web.guard import limiter
from explainer.web.opened import download, open_visit
from explainer.web.problems import Trouble
from explainer.web.render import page

takeaway = Blueprint("takeaway", __name__)


def _rate() -> str:
    return desk().settings.rates.question


@dataclass(frozen=True, slots=True)
class _Open:
    """The open visit, with its papers checked."""

    case: Case
    context: Context

    @classmethod
    def of_browser(cls) -> "_Open":
        """The visit of this browser. Raises Trouble for none."""
        visit = open_visit()
        case = desk().services.check(visit.papers)
        return cls(case, visit.context if (chosen := _chosen(case)) is None else visit.context.told(**{PATIENT: chosen}))

    def matters(self, tongue: Lang) -> tuple[Matter, ...]:
        """What the papers are about. Raises Trouble where they are about no visit to a provider."""
        found = matters(self.case, desk().services.knowledge, tongue, self.context)
        if not found:
            raise Trouble("no-paper-yet")
        return found

    def sheets(self) -> tuple[tuple[Sheet, ...], ...]:
        """A page for each person; with ?both=1 in both languages."""
        spoken = LANGS if _both() else (lang(),)
        found = (self.matters(tongue) for tongue in spoken)
        return tuple(tuple(page_of(matter) for matter in same) for same in zip(*found, strict=True))

    def letters(self, kind: str) -> tuple[Letter, ...]:
        """The letters of each person; in Spanish, each with the English one to send."""
        pairs = zip(self.matters(lang()), self.matters("en"), strict=True)
        return tuple(letter for spoken, english in pairs for letter in letters(kind, spoken, english))

    @property
    def more(self) -> int:
        """How many people there are besides those shown."""
        return left_out(self.case, self.context)


def _for_letters(kind: str) -> _Open:
    """The visit to write letters from. Raises Trouble for a kind that there is not."""
    if kind not in KINDS:
        raise Trouble("not-found")
    return _Open.of_browser()


def _number() -> str | None:
    """The number of the person asked for among those of the papers: a name does not go into an address."""
    text = request.args.get("person", "")
    return text if text.isascii() and text.isdigit() and len(text) < 4 else None


def _chosen(case: Case) -> str | None:
    number = int(_number() or 0)
    return case.people.persons[number - 1].name if 0 < number <= len(case.people.persons) else None


def _both() -> bool:
    return request.args.get("both") == "1"


@takeaway.get("/visit/handout")
@limiter.limit(_rate)
def handout() -> tuple[str, int]:
    """The page to print."""
    held = _Open.of_browser()
    # Every text in it is escaped where the article is written.
    return page("handout.html", articles=Markup(articles(held.sheets())), both=_both(), more=held.more, person=_number())  # noqa: S704


@takeaway.get("/visit/handout.html")
@limiter.limit(_rate)
def handout_page() -> Response:
    """The same as one file."""
    return download(handout_file(_Open.of_browser().sheets()), "text/html", "handout.html")


@takeaway.get("/visit/handout.pdf")
@limiter.limit(_rate)
def handout_printed() -> Response:
    """The same as a PDF, on Letter paper, or with ?paper=a4 on A4."""
    paper = next((p for p in PAPERS if p == request.args.get("paper")), PAPERS[0])
    return download(handout_pdf(_Open.of_browser().sheets(), paper), "application/pdf", "handout.pdf")


@takeaway.get("/visit/letters/<kind>")
@limiter.limit(_rate)
def letter(kind: str) -> tuple[str, int]:
    """A letter to copy, print or download, with what to know before it is sent."""
    held = _for_letters(kind)
    found = held.letters(kind)
    mine = [one for one in found if one.lang == lang()]
    notes = tuple(dict.fromkeys(note for one in mine for note in one.notes))
    return page("letter.html", kind=kind, letters=found, notes=notes, sources=_sources(mine), more=held.more)


def _sources(found: list[Letter]) -> tuple[AnswerSource, ...]:
    known = desk().services.knowledge.sources
    names = dict.fromkeys(name for one in found for name in one.sources if name in known)
    return tuple(AnswerSource(name, known[name].title, known[name].url, known[name].as_of) for name in names)


@takeaway.get("/visit/letters/<kind>/letter.txt")
@limiter.limit(_rate)
def letter_text(kind: str) -> Response:
    """The letter as text."""
    return download("\n\n".join(one.text for one in _for_letters(kind).letters(kind)), "text/plain", "letter.txt")


@takeaway.get("/visit/letters/<kind>/letter.html")
@limiter.limit(_rate)
def letter_page(kind: str) -> Response:
    """The letter as one file to print."""
    return download(letter_file(_for_letters(kind).letters(kind)), "text/html", "letter.html")


@takeaway.get("/visit/deadline.ics")
@limiter.limit(_rate)
def deadline() -> Response:
    """The last days for a calendar. Raises Trouble where there is none to give."""
    held = _Open.of_browser()
    days = events(held.matters(lang()))
    if not days:
        raise Trouble("no-last-day")
    return download(calendar_file(days, held.case.today), "text/calendar", "deadline.ics")
