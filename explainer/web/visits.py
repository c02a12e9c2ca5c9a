"""A visit's life: it starts with a paper, is looked at, gets more papers, and is deleted."""

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from explainer.conversation.whose import PATIENT
from explainer.web import cookies, reading
from explainer.web.desk import desk, to
from explainer.web.fixes import form_asked
from explainer.web.forms import sent
from explainer.web.guard import limiter
from explainer.web.opened import open_visit, still_there
from explainer.web.problems import Trouble
from explainer.web.readings import add as add_papers
from explainer.web.readings import begin as begin_visit
from explainer.web.readings import is_slow, read_all
from explainer.web.render import page, start_page, visit_page

visits = Blueprint("visits", __name__)
View = AnyResponse | tuple[str, int]


def _upload_rate() -> str:
    return desk().settings.rates.upload


@visits.get("/")
def start() -> View:
    """The first page."""
    return start_page()


@visits.post("/visits")
@limiter.limit(_upload_rate)
def begin() -> View:
    """A new visit with the papers sent. One that was open in this browser ends once they are read."""
    keeper, limits = desk().keeper, desk().settings.limits
    try:
        uploads = sent(limits)
        if is_slow(uploads):
            return reading.start(uploads, cookies.ticket() if keeper.find(cookies.ticket()) else None)
        batch = read_all(uploads, desk().services)
        if not batch.readings:
            return start_page(batch.trouble, request.form.get("text", ""))
        ticket, visit = begin_visit(keeper, batch.readings, limits)
    except Trouble as error:
        return start_page(error, request.form.get("text", ""))
    keeper.end(cookies.ticket())
    trouble = batch.trouble
    response = redirect(to("visits.show"), 303) if trouble is None else _made(visit_page(visit, trouble))
    return cookies.give(response, ticket)


@visits.get("/visit")
def show() -> View:
    """The papers and the talk; while the first paper is still being read, how far it is."""
    visit, job = desk().keeper.find(cookies.ticket()), desk().pool.of(cookies.ticket())
    if visit is None and cookies.ticket() is None:
        return redirect(to("visits.start"), 303)
    if job is not None and (job.finished.is_set() or not (visit and visit.documents)):
        return redirect(to("reading.show"), 303)
    return visit_page(still_there(visit), form=form_asked(still_there(visit), request.args.get("fix", "")))


@visits.post("/visit/documents")
@limiter.limit(_upload_rate)
def add() -> View:
    """More papers for the open visit. Those that cannot be read change nothing."""
    keeper, limits = desk().keeper, desk().settings.limits
    visit = open_visit()
    try:
        uploads = sent(limits)
        if is_slow(uploads):
            return reading.more(uploads, cookies.ticket())
        batch = read_all(uploads, desk().services)
        if batch.readings:
            visit = still_there(add_papers(keeper, cookies.ticket(), batch.readings, limits))
    except Trouble as error:
        if error.code == "visit-over":
            raise
        return visit_page(visit, error)
    return redirect(to("visits.show"), 303) if batch.trouble is None else visit_page(visit, batch.trouble)


@visits.get("/visit/papers/<int:paper>/pages/<int:number>.png")
def picture(paper: int, number: int) -> Response:
    """The picture of a page, for the owner of the visit alone."""
    visit = open_visit()
    held = visit.documents[paper - 1].paper if 1 <= paper <= len(visit.documents) else None
    kept = next((p for p in visit.pictures if (p.paper, p.page) == (held, number)), None)
    png = desk().keeper.attached(cookies.ticket(), kept.name) if kept else None
    if png is None:
        raise Trouble("not-found")
    return Response(png, mimetype="image/png")


@visits.post("/visit/person")
def person() -> View:
    """Whose papers are shown and spoken of; an empty name is everybody's."""
    name = request.form.get("name", "")[:200]
    still_there(desk().keeper.change(cookies.ticket(), lambda v: v.about(name if v.people.called(name) else "", PATIENT)))
    return redirect(to("visits.show"), 303)


@visits.post("/visit/papers/<int:paper>/remove")
def remove(paper: int) -> View:
    """Takes one paper and its pictures away for good."""
    keeper = desk().keeper
    visit = open_visit()
    if not 1 <= paper <= len(visit.documents):
        raise Trouble("not-found")
    gone = visit.documents[paper - 1].paper
    still_there(keeper.change(cookies.ticket(), lambda held: held.without(gone)))
    keeper.detach(cookies.ticket(), tuple(p.name for p in visit.pictures if p.paper == gone))
    return redirect(to("visits.show"), 303)


@visits.post("/visit/delete")
def end() -> View:
    """Deletes the visit now, and all that is still being read for it, and says so."""
    job, keeper = desk().pool.of(cookies.ticket()), desk().keeper
    desk().pool.forget(cookies.ticket())
    tickets = (cookies.ticket(), job.replaces if job else None)
    gone = [visit for visit in map(keeper.find, tickets) if visit is not None]
    for ticket in tickets:
        keeper.end(ticket)
    counts = {
        "papers": sum(len(v.documents) for v in gone), "pictures": sum(len(v.pictures) for v in gone),
        "questions": sum(len(v.exchanges) for v in gone),
    }  # fmt: skip
    return cookies.take_back(_made(page("deleted.html", counts=counts, tables=any(v.tabled for v in gone))))


@visits.get("/visit/until.json")
def ends() -> Response:
    """When the visit ends, in seconds since 1970; 0 when it has ended. Asking does not count as use."""
    end = desk().keeper.until(cookies.ticket())
    return jsonify(at=int(end.timestamp()) if end else 0)


@visits.get("/visit/over")
def over() -> AnyResponse:
    """What a page that was left open turns into once the visit has ended."""
    if desk().keeper.until(cookies.ticket()) is not None:
        return redirect(to("visits.show"), 303)
    shown = _made(page("over.html"))
    # Another site's page that asks for this sends no cookie, and must not make the browser forget one.
    return shown if cookies.ticket() is None else cookies.take_back(shown)


def _made(view: tuple[str, int]) -> Response:
    return Response(view[0], view[1], mimetype="text/html")
