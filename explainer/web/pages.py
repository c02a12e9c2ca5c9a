"""Pages without anybody's paper: codes, units, words, privacy. Their addresses are stable."""

from datetime import date

from flask import Blueprint, request

from explainer.codes import code_json
from explainer.conversation.question import Context
from explainer.web.desk import desk, lang
from explainer.web.problems import Trouble
from explainer.web.render import page

pages = Blueprint("pages", __name__)
MOST_UNITS = 24


@pages.get("/codes/<code>")
def code(code: str) -> tuple[str, int]:
    """What one code means."""
    found = desk().services.code(code, lang()) if len(code) <= 12 else None
    if found is None:
        raise Trouble("no-code")
    out = code_json(found)
    return page("code.html", found=found, as_of=date.fromisoformat(out["source"]["as_of"]))


@pages.get("/units")
def units() -> tuple[str, int]:
    """How many minutes a number of units stands for, under both rules."""
    text = request.args.get("units", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None
    if number is None or not 1 <= number <= MOST_UNITS:
        return page("units.html", number=None, answer=None, wrong=bool(text))
    services = desk().services
    question = services.knowledge.say("web.units.question", lang(), {"units": number})
    turn = services.ask(question, lang(), services.check(()), Context())
    return page("units.html", number=number, answer=turn.answer, wrong=False)


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
