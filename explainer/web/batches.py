"""The desk: many papers at once, as a table for each patient and claim, and as files for a spreadsheet."""

from collections.abc import Iterator

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from explainer.batch import NAMES, Name, Tables, TooManyRows, csv_pieces, xlsx_file
from explainer.web import books, cookies, reading
from explainer.web.desk import desk, lang, to
from explainer.web.forms import sent
from explainer.web.guard import limiter
from explainer.web.opened import download, open_visit
from explainer.web.problems import Trouble
from explainer.web.render import desk_page
from explainer.web.tabled import table_view

batches = Blueprint("batches", __name__)
View = AnyResponse | tuple[str, int]
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _upload_rate() -> str:
    return desk().settings.rates.upload


def _question_rate() -> str:
    return desk().settings.rates.question


@batches.get("/desk")
@limiter.limit(_question_rate)
def show() -> View:
    """The tables of the open visit, or where to send papers."""
    visit, job = desk().keeper.find(cookies.ticket()), desk().pool.of(cookies.ticket())
    if job is not None and job.batch:
        return redirect(to("reading.show"), 303)
    if visit is None or not (visit.documents or visit.refused or visit.tabled):
        return desk_page()
    asked = request.args.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    book = books.opened(desk().keeper, cookies.ticket(), visit, desk().services, page)
    return desk_page(table_view(book, visit, desk().services, lang()))


@batches.post("/desk/papers")
@limiter.limit(_upload_rate)
def begin() -> View:
    """A new batch. Papers that were open in this browser go once it is read."""
    keeper, limits = desk().keeper, desk().settings.limits
    try:
        uploads = sent(limits)
        if len(uploads) > limits.batch_files:
            raise Trouble("too-many-papers", limit=limits.batch_files)
        return reading.start_batch(uploads, cookies.ticket() if keeper.find(cookies.ticket()) else None)
    except Trouble as error:
        return desk_page(trouble=error)


@batches.get("/desk/<name>.csv")
@limiter.limit(_question_rate)
def table(name: str) -> Response:
    """One table as CSV."""
    chosen = next((n for n in NAMES if n == name), None)
    if chosen is None:
        raise Trouble("not-found")
    return download(_csv(chosen), "text/csv", f"{chosen}.csv")


@batches.get("/desk/tables.xlsx")
@limiter.limit(_question_rate)
def workbook() -> Response:
    """All tables as one workbook."""
    try:
        data = xlsx_file(_tables(), desk().settings.limits.workbook_lines)
    except TooManyRows:
        raise Trouble("too-many-rows") from None
    return download(data, _WORKBOOK, "tables.xlsx")


def _csv(name: Name) -> Iterator[bytes]:
    return csv_pieces(_tables().table(name))


def _tables() -> Tables:
    """The tables of the open visit. Raises Trouble for none."""
    whole = books.whole(desk().keeper, cookies.ticket(), open_visit(), desk().services)
    return Tables(whole, desk().services.knowledge, lang())
