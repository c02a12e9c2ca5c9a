"""Uploads read, and what was read put into a visit with its pictures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from explainer.batch import Gap
from explainer.readers import Reading, Unreadable, Upload
from explainer.readers.formats import found_format
from explainer.sessions import Keeper, Kept, Visit
from explainer.settings import Limits
from explainer.web.problems import PaperTrouble, Trouble, size
from explainer.web.services import Services

if TYPE_CHECKING:
    from explainer.readers.x12 import Stream

_SLOW = ("pdf", "image")


@dataclass(frozen=True, slots=True)
class Batch:
    """What of one sending could be read, and the first trouble among the rest.

    refused: each file that could not be read. streams: 835s too big to be one document, where they may be had claim by claim.
    """

    readings: tuple[Reading, ...]
    trouble: Trouble | None = None
    refused: tuple[Gap, ...] = ()
    streams: "tuple[Stream, ...]" = ()


class Watcher(Protocol):
    """Is told how far the reading is."""

    file: int
    cancelled: bool
    batch: bool

    def tell(self, done: int, total: int) -> None:
        """Pages done of the file at work."""


def is_slow(uploads: Iterable[Upload]) -> bool:
    """Whether one of them is of a kind that can take seconds."""
    return any(found_format(upload.data, upload.name) in _SLOW for upload in uploads)


def read_all(uploads: tuple[Upload, ...], services: Services, watcher: Watcher | None = None) -> Batch:
    """Each upload read, one after the other."""
    readings: list[Reading] = []
    streams: list[Stream] = []
    refused: list[Gap] = []
    trouble: Trouble | None = None
    for number, upload in enumerate(uploads, 1):
        if watcher is not None:
            if watcher.cancelled:
                break
            watcher.file = number
        try:
            if len(upload.data) > services.limits.file:
                raise Unreadable("too-big")
            readings.append(services.read(upload, watcher.tell if watcher else None))
        except Unreadable as error:
            stream = services.stream(upload) if error.code == "too-big" and watcher is not None and watcher.batch else None
            if stream is not None:
                streams.append(stream)
                continue
            trouble = trouble or PaperTrouble(error)
            refused.append(Gap(upload.name, error.code, error.values))
    return Batch(tuple(readings), trouble, tuple(refused), tuple(streams))


def fitting(visit: Visit, readings: tuple[Reading, ...], limits: Limits, most: int | None = None) -> Visit:
    """The visit with more papers, and with the pictures that there is room for. Raises Trouble when the papers are too many."""
    larger, most = visit.with_documents(tuple(r.document for r in readings)), most or limits.documents_per_visit
    if len(larger.documents) > most:
        raise Trouble("too-many-papers", limit=most)
    if larger.size > limits.visit_bytes:
        raise Trouble("papers-too-big", limit=size(limits.visit_bytes))
    for reading in readings:
        illustrated = larger.with_documents((), _kept(reading))
        larger = illustrated if illustrated.size <= limits.visit_bytes else larger
    return larger


def _kept(reading: Reading) -> tuple[Kept, ...]:
    paper = reading.document.paper
    return tuple(Kept(paper, p.page, p.width, p.height, len(p.png)) for p in reading.pictures)


def begin(keeper: Keeper, readings: tuple[Reading, ...], limits: Limits) -> tuple[str, Visit]:
    """A new visit with these papers: its ticket, and itself. Raises Trouble."""
    visit = fitting(Visit(), readings, limits)
    ticket = keeper.start(visit)
    keeper.attach(ticket, pictures_of(visit, readings))
    return ticket, visit


def add(keeper: Keeper, ticket: str | None, readings: tuple[Reading, ...], limits: Limits) -> Visit | None:
    """The visit with these papers too; None when it is gone. Raises Trouble, and then nothing is kept."""
    held = keeper.find(ticket)
    if held is None:
        return None
    blobs = pictures_of(fitting(held, readings, limits), readings)
    if not keeper.attach(ticket, blobs):
        return None
    try:
        return keeper.change(ticket, lambda visit: fitting(visit, readings, limits))
    except Trouble:
        keeper.detach(ticket, tuple(blobs))
        raise


def pictures_of(visit: Visit, readings: tuple[Reading, ...]) -> dict[str, bytes]:
    """The pictures that the visit has room for, under the names they are kept by."""
    wanted = {kept.name for kept in visit.pictures}
    every = {kept.name: p.png for r in readings for kept, p in zip(_kept(r), r.pictures, strict=True)}
    return {name: png for name, png in every.items() if name in wanted}
