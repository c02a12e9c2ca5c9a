"""A visit's life: it starts with a paper, is looked at, gets more papers, and is deleted."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from explainer.sessions import Visit
from explainer.web import cookies
from explainer.web.desk import desk, to
from explainer.web.forms import fitting, read_all, sent
from explainer.web.guard import limiter
from explainer.web.problems import Trouble
from explainer.web.render import page, start_page, visit_page

visits = Blueprint("visits", __name__)
View = Response | tuple[str, int]


def _upload_rate() -> str:
    return desk().settings.rates.upload


@visits.get("/")
def start() -> View:
    """The first page."""
    return start_page()


@visits.post("/visits")
@limiter.limit(_upload_rate)
def begin() -> View:
    """A new visit with the papers sent. One that was open in this browser ends."""
    try:
        documents, trouble = read_all(sent(desk().settings.limits), desk().services)
        visit = fitting(Visit(), documents, desk().settings.limits)
    except Trouble as error:
        return start_page(error, request.form.get("text", ""))
    if trouble and not documents:
        return start_page(trouble, request.form.get("text", ""))
    desk().keeper.end(cookies.ticket())
    response = redirect(to("visits.show"), 303) if trouble is None else _made(visit_page(visit, trouble))
    return cookies.give(response, desk().keeper.start(visit))


@visits.get("/visit")
def show() -> View:
    """The papers and the talk."""
    visit = desk().keeper.find(cookies.ticket())
    if visit is None and cookies.ticket() is None:
        return redirect(to("visits.start"), 303)
    return visit_page(_there(visit))


@visits.post("/visit/documents")
@limiter.limit(_upload_rate)
def add() -> View:
    """More papers for the open visit. Those that cannot be read change nothing."""
    keeper, limits = desk().keeper, desk().settings.limits
    visit = _there(keeper.find(cookies.ticket()))
    try:
        documents, trouble = read_all(sent(limits), desk().services)
        if documents:
            visit = _there(keeper.change(cookies.ticket(), lambda held: fitting(held, documents, limits)))
    except Trouble as error:
        if error.code == "visit-over":
            raise
        return visit_page(visit, error)
    return redirect(to("visits.show"), 303) if trouble is None else visit_page(visit, trouble)


@visits.post("/visit/delete")
def end() -> View:
    """Deletes the visit now, and says so."""
    desk().keeper.end(cookies.ticket())
    return cookies.take_back(_made(page("deleted.html")))


def _there(visit: Visit | None) -> Visit:
    if visit is None:
        raise Trouble("visit-over")
    return visit


def _made(view: tuple[str, int]) -> Response:
    return Response(view[0], view[1], mimetype="text/html")
