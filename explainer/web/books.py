"""A batch where it is kept: made anew from the papers of the visit where they are few, else laid beside the visit by pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from explainer.batch import Batch, Gap, Row, compared, one_by_one
from explainer.batch.gather import ADDED_LATER, Part
from explainer.sessions import Keeper, Visit
from explainer.sessions.codec import UnknownPayload, packed, unpacked
from explainer.settings import Limits
from explainer.web.problems import Trouble, size
from explainer.web.readings import Batch as Sent
from explainer.web.readings import fitting, pictures_of
from explainer.web.services import Services

_INDEX = "batch"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Index:
    """A kept batch without its rows, and how many pages of them lie beside it."""

    batch: Batch
    pages: int
    claims: int


@dataclass(frozen=True, slots=True)
class Book:
    """A batch opened at a page, from 1. kept: the papers themselves are there too, to be opened and explained."""

    batch: Batch
    page: int
    pages: int
    claims: int
    kept: bool


def keep(keeper: Keeper, ticket: str, sent: Sent, services: Services, stopped: Callable[[], bool]) -> bool:
    """Puts what was sent into the visit of that ticket; False when the visit is gone. Raises Trouble when it is too much."""
    limits = services.limits
    if not sent.streams and sum(len(r.document.claims) for r in sent.readings) <= limits.batch_compared:
        with_papers = fitting(Visit(refused=sent.refused), sent.readings, limits, limits.batch_files)
        keeper.attach(ticket, pictures_of(with_papers, sent.readings))
        return keeper.change(ticket, lambda _: with_papers) is not None
    blobs = _pages(_large(sent, services, stopped), limits)
    if sum(map(len, blobs.values())) > limits.visit_bytes:
        raise Trouble("papers-too-big", limit=size(limits.visit_bytes))
    return keeper.attach(ticket, blobs) and keeper.change(ticket, lambda v: replace(v, tabled=True)) is not None


def _large(sent: Sent, services: Services, stopped: Callable[[], bool]) -> Batch:
    parts: list[Part] = [(r.document, r.document.claims) for r in sent.readings]
    parts += [(stream.head, stream) for stream in sent.streams]
    return one_by_one(parts, sent.refused, services.knowledge, services.today(), services.limits.batch_claims, stopped)


def _pages(batch: Batch, limits: Limits) -> dict[str, bytes]:
    rows, step = batch.rows, limits.batch_page
    cut = [rows[at : at + step] for at in range(0, len(rows), step)]
    index = Index(replace(batch, rows=()), len(cut), len(rows))
    return {_INDEX: packed(Index, index), **{f"{_INDEX}-{n}": packed(tuple[Row, ...], c) for n, c in enumerate(cut, 1)}}


def opened(keeper: Keeper, ticket: str | None, visit: Visit, services: Services, page: int) -> Book:
    """The batch at that page; the nearest there is. Raises Trouble when the visit is gone."""
    if visit.tabled:
        index = _index(keeper, ticket)
        page = min(max(page, 1), max(index.pages, 1))
        batch = replace(_later(index.batch, visit), rows=_rows(keeper, ticket, page))
        return Book(batch, page, index.pages, index.claims, False)
    batch, step = whole(keeper, ticket, visit, services), services.limits.batch_page
    pages = max((len(batch.rows) + step - 1) // step, 1)
    page = min(max(page, 1), pages)
    return Book(replace(batch, rows=batch.rows[(page - 1) * step : page * step]), page, pages, len(batch.rows), True)


def whole(keeper: Keeper, ticket: str | None, visit: Visit, services: Services) -> Batch:
    """All of it. Raises Trouble when the visit is gone."""
    if not visit.tabled:
        return compared(visit.papers, visit.refused, services.knowledge, services.today())
    index = _index(keeper, ticket)
    rows = tuple(row for page in range(1, index.pages + 1) for row in _rows(keeper, ticket, page))
    return replace(_later(index.batch, visit), rows=rows)


def _later(batch: Batch, visit: Visit) -> Batch:
    """Says of papers that were added after a large batch was made that they are not in its tables."""
    return replace(batch, gaps=(*batch.gaps, *(Gap(document.file, ADDED_LATER, {}, True) for document in visit.documents)))


def _index(keeper: Keeper, ticket: str | None) -> Index:
    return _kept(keeper, ticket, _INDEX, Index)


def _rows(keeper: Keeper, ticket: str | None, page: int) -> tuple[Row, ...]:
    return _kept(keeper, ticket, f"{_INDEX}-{page}", tuple[Row, ...])


def _kept(keeper: Keeper, ticket: str | None, name: str, kind: type[T]) -> T:
    blob = keeper.attached(ticket, name)
    try:
        if blob is not None:
            return unpacked(kind, blob)
    except UnknownPayload:
        pass
    raise Trouble("visit-over")
