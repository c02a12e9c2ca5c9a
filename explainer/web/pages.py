"""Pages without anybody's paper: codes, units, words, privacy. Their addresses are stable."""

from flask import Blueprint, g, request

from explainer.codes import CodeMeaning
from explainer.conversation.answer import Answer
from explainer.conversation.question import Context
from explainer.web.code_lists import families, related
from explainer.web.desk import desk, lang
from explainer.web.problems import Trouble
from explainer.web.render import page

pages = Blueprint("pages", __name__)
MOST_UNITS = 24
MOST_MINUTES = 480


@pages.get("/codes")
def codes() -> tuple[str, int]:
    """All codes, by family."""
    return page("codes.html", families=families(desk().services.knowledge, lang()))


@pages.get("/codes/<code>")
def code(code: str) -> tuple[str, int]:
    """What one code means."""
    found = _found(code)
    if found is None:
        raise Trouble("no-code")
    return page("code.html", found=found, related=related(found.entry, found.code, desk().services.knowledge, lang()))


@pages.get("/embed/codes/<code>")
def embedded(code: str) -> tuple[str, int]:
    """The same without all that is around it, for a frame on a clinic's own page. No cookie, no form, no script."""
    g.embeddable = True
    found = _found(code)
    return page("embed.html", 404 if found is None else 200, found=found)


def _found(code: str) -> CodeMeaning | None:
    return desk().services.code(code, lang()) if len(code) <= 12 else None


@pages.get("/units")
def units() -> tuple[str, int]:
    """How many minutes a number of units stands for, and the other way round, under both rules."""
    for name, most in (("units", MOST_UNITS), ("minutes", MOST_MINUTES)):
        if (text := request.args.get(name, "")) or name == "minutes":
            number = _number(text, most)
            answer = None if number is None else _answer(name, number)
            return page("units.html", asked=name, number=number, answer=answer, wrong=bool(text) and number is None)
    raise Trouble("not-found")


def _number(text: str, most: int) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return number if 1 <= number <= most else None


def _answer(name: str, number: int) -> Answer:
    services = desk().services
    key = "web.units.question" if name == "units" else "web.units.minutes-question"
    question = services.knowledge.say(key, lang(), {name: number})
    return services.ask(question, lang(), services.check(()), Context()).answer


@pages.get("/terms/<term>")
def term(term: str) -> tuple[str, int]:
    """What one word means."""
    knowledge = desk().services.knowledge
    entry = knowledge.terms.get(term)
    if entry is None:
        raise Trouble("not-found")
    return page("term.html", entry=entry, source=knowledge.sources[entry.source])


@pages.get("/terms")
def terms() -> tuple[str, int]:
    """All words."""
    entries = desk().services.knowledge.terms
    return page("terms.html", entries=sorted(entries.items(), key=lambda e: e[1].name.in_(lang()).casefold()))


@pages.get("/privacy")
def privacy() -> tuple[str, int]:
    """What is kept, where and until when."""
    return page("privacy.html")
