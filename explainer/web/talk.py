"""One turn of the talk."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from explainer.conversation.tongue import spoken
from explainer.knowledge.schema import Lang
from explainer.sessions import Exchange, Visit
from explainer.web import cookies
from explainer.web.desk import desk, lang, to
from explainer.web.guard import limiter
from explainer.web.present import turn_views
from explainer.web.problems import Trouble
from explainer.web.render import start_page, visit_page

talk = Blueprint("talk", __name__)
PART_HEADER = "X-Part"


def _question_rate() -> str:
    return desk().settings.rates.question


@talk.post("/visit/questions")
@limiter.limit(_question_rate)
def ask() -> Response | tuple[str, int]:
    """Answers and keeps the answer. Without a visit, one starts. With X-Part: turn, only the new turn comes back."""
    ticket, keeper = cookies.ticket(), desk().keeper
    held = keeper.find(ticket)
    if held is None and ticket is not None:
        raise Trouble("visit-over")
    try:
        question = asked(request.form.get("q", ""))
    except Trouble as error:
        return visit_page(held, error) if held else start_page(error)
    if held is None:
        visit = step(Visit(), question, _tongue(question))
        return cookies.give(_response(visit), keeper.start(visit))
    changed = keeper.change(ticket, lambda visit: step(visit, question, _tongue(question)))
    if changed is None:
        raise Trouble("visit-over")
    return _response(changed)


def _tongue(question: str) -> Lang:
    """The question's own language; the page's where the words do not tell."""
    return spoken(question, lang(), desk().services.knowledge)


def asked(words: str) -> str:
    """The question, trimmed. Raises Trouble for none and for too long a one."""
    question, limit = words.strip(), desk().settings.limits.question_chars
    if not question:
        raise Trouble("no-question")
    if len(question) > limit:
        raise Trouble("question-too-long", limit=limit)
    return question.encode("utf-8", "replace").decode()


def step(visit: Visit, question: str, tongue: Lang) -> Visit:
    """The visit after one more question."""
    services = desk().services
    turn = services.ask(question, tongue, services.check(visit.papers), visit.context)
    return visit.with_exchange(Exchange(question, turn.answer), turn.context, desk().settings.limits.turns_kept)


def _response(visit: Visit) -> Response:
    if request.headers.get(PART_HEADER) == "turn":
        return Response(
            render_template("part_turn.html", turn=turn_views(visit, desk().services, lang())[-1]), mimetype="text/html"
        )
    return redirect(to("visits.show", _anchor="latest"), 303)
