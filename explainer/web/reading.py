"""While a paper is being read: how far it is, and what comes of it. Works without scripts by loading itself anew."""

from functools import partial

from flask import Blueprint, jsonify, redirect
from werkzeug.wrappers import Response

from explainer.readers import Upload
from explainer.sessions import Visit
from explainer.web import books, cookies
from explainer.web.desk import desk, to
from explainer.web.jobs import Job
from explainer.web.problems import Trouble
from explainer.web.readings import Batch, add, is_slow, read_all
from explainer.web.render import desk_page, page, say, start_page, visit_page

reading = Blueprint("reading", __name__)
View = Response | tuple[str, int]


@reading.get("/visit/reading")
def show() -> View:
    """How far the paper is; once it is over, what came of it."""
    job = desk().pool.of(cookies.ticket())
    if job is None:
        return redirect(to("visits.show"), 303)
    if job.state in ("done", "failed"):
        return outcome(job)
    return page("reading.html", job=job, words=words(job))


@reading.get("/visit/reading.json")
def state() -> Response:
    """The same for the page's script."""
    job = desk().pool.of(cookies.ticket())
    if job is None:
        return jsonify(state="done", words="", page=0, pages=0)
    return jsonify(state=job.state, words=words(job), page=job.page, pages=job.pages)


@reading.post("/visit/reading/stop")
def stop() -> View:
    """Gives up on the paper. What was there before stays."""
    job = desk().pool.of(cookies.ticket())
    if job is None:
        return redirect(to("visits.show"), 303)
    return _back(job, None)


def words(job: Job) -> str:
    """How far it is, in a sentence."""
    if job.state == "queued":
        return say("web.reading.queued")
    many = f"{say('web.reading.file', file=job.file, files=job.files)} " if job.files > 1 else ""
    if job.known:
        return many + say("web.reading.page", page=job.page, pages=job.pages)
    return many + say("web.reading.running")


def start(uploads: tuple[Upload, ...], held: str | None) -> View:
    """A new visit whose papers take a while. The open one ends once they are read; if they cannot be, it stays."""
    keeper, limits = desk().keeper, desk().settings.limits
    ticket = keeper.start(Visit())

    def deliver(batch: Batch) -> None:
        if add(keeper, ticket, batch.readings, limits) is None:
            raise Trouble("visit-over")
        keeper.end(held)

    return _begun(Job(uploads, deliver, ticket, starts=True, replaces=held), ticket)


def start_batch(uploads: tuple[Upload, ...], held: str | None) -> View:
    """A batch for the desk: a new visit, in the place of the open one. What cannot be read of it is told in its tables."""
    keeper, services = desk().keeper, desk().services
    ticket = keeper.start(Visit())

    def deliver(batch: Batch) -> None:
        if not books.keep(keeper, ticket, batch, services, lambda: job.cancelled):
            raise Trouble("visit-over")
        keeper.end(held)

    job = Job(uploads, deliver, ticket, starts=True, replaces=held, batch=True)
    return _begun(job, ticket)


def _begun(job: Job, ticket: str) -> View:
    """The answer to papers that start a visit, with its ticket unless nothing came of them."""
    try:
        desk().pool.submit(job)
    except Trouble:
        desk().keeper.end(ticket)
        raise
    response = _answer(_waited(job))
    return response if job.state == "failed" else cookies.give(response, ticket)


def more(uploads: tuple[Upload, ...], ticket: str | None) -> View:
    """More papers for the open visit, which take a while."""
    keeper, limits = desk().keeper, desk().settings.limits

    def deliver(batch: Batch) -> None:
        if add(keeper, ticket, batch.readings, limits) is None:
            raise Trouble("visit-over")

    return _waited(desk().pool.submit(Job(uploads, deliver, ticket)))


def now(uploads: tuple[Upload, ...]) -> Batch:
    """What uploads say, waited for. Slow kinds stand in the same line as those of the pages. Raises Trouble."""
    if not is_slow(uploads):
        return read_all(uploads, desk().services)
    found: list[Batch] = []
    with desk().pool.caller():
        job = desk().pool.submit(Job(uploads, found.append))
        job.cancelled = not job.finished.wait(desk().settings.times.job_most)
    return found[0] if found else Batch((), job.trouble or Trouble("reading-too-long"))


def _waited(job: Job) -> View:
    """Most papers are read within a moment; the others get a page that says how far they are."""
    job.finished.wait(desk().settings.times.read_patience)
    return outcome(job) if job.finished.is_set() else redirect(to("reading.show"), 303)


def outcome(job: Job) -> View:
    """What came of a job that is over."""
    if job.state == "failed":
        return _back(job, job.trouble)
    desk().pool.forget(job.ticket)
    if job.batch:
        return redirect(to("batches.show"), 303)
    visit = desk().keeper.find(job.ticket)
    return visit_page(visit, job.trouble) if job.trouble and visit else redirect(to("visits.show"), 303)


def _back(job: Job, trouble: Trouble | None) -> View:
    """To where the papers were sent from, with nothing lost: the visit, or the first page with the visit that was open."""
    desk().pool.forget(job.ticket)
    visit = desk().keeper.find(job.ticket)
    if not job.starts and visit is not None:
        return visit_page(visit, trouble) if trouble else redirect(to("visits.show"), 303)
    desk().keeper.end(job.ticket)
    begun, again = ("batches.show", desk_page) if job.batch else ("visits.start", partial(start_page, ticket=job.replaces))
    response = _answer(again(trouble=trouble) if trouble else redirect(to(begun), 303))
    return cookies.give(response, job.replaces) if job.replaces else cookies.forget(response)


def _answer(view: View) -> Response:
    return view if isinstance(view, Response) else Response(view[0], view[1], mimetype="text/html")
