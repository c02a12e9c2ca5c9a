"""X12 835 (005010X221A1, tolerant of 004010): what a payer sends a provider about the claims it has decided.

Segments are cut by the separators that the file itself names, gathered into claims and services, and made into the same
records as any other paper. Every 835 is read by the same code, whole or in pieces.
"""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from explainer.knowledge.base import Knowledge
from explainer.model.document import Claim, Document
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.x12.remittance import Remittances, quiet_collector
from explainer.settings import Limits

# What is made of a piece fits into the processor's cache; larger ones are slower.
PIECE = 16 * 1024
# Where claims are made one by one, only the text must fit, and a claim that lies in two pieces is slower.
CHUNK = 64 * 1024


def read_x12(upload: Upload, knowledge: Knowledge, limits: Limits) -> Reading:
    """The reading of one 835 of moderate size. Raises Unreadable; "too-big" where `Stream` is the way."""
    remittances = Remittances(upload.paper, knowledge, limits, keep=True)
    with quiet_collector():
        claims = [claim for piece in _pieces(upload.data, PIECE) for claim in remittances.feed(piece)]
        claims += remittances.feed(b"", last=True)
    remittances.finish()
    document = remittances.document(upload.name, tuple(claims))
    return Reading(document, document.problems)


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    """A file that is too big is refused on the way, before all of it was taken apart."""
    view = memoryview(data)
    return (bytes(view[at : at + size]) for at in range(0, len(data), size))


class Stream:
    """An 835 of any size: its head, its claims one after the other, and at the end what was met on the way.

    Memory does not grow with the file. Services and adjustments keep their places, but the text they point into is not kept.
    """

    def __init__(self, file: BinaryIO, upload: Upload, knowledge: Knowledge, limits: Limits) -> None:
        """The upload's data are what was read of the file already. Raises Unreadable where there is no claim to be read."""
        self._file, self._name = file, upload.name
        self._remittances = Remittances(upload.paper, knowledge, limits, keep=False)
        self._pieces = self._read(upload.data)
        with quiet_collector():
            self._waiting = next(filter(None, map(list, self._pieces)), [])
        self.head = self._remittances.document(self._name, ())

    def _read(self, start: bytes) -> Iterator[Iterator[Claim]]:
        """Claims piece by piece, each made when it is asked for. Nothing is kept of those that were given."""
        for piece in chain(_pieces(start, CHUNK), iter(lambda: self._file.read(CHUNK), b"")):
            yield self._remittances.feed(piece)
        yield self._remittances.feed(b"", last=True)
        self._remittances.finish()

    def __iter__(self) -> Iterator[Claim]:
        """The claims in printed order. Can be gone through once."""
        waiting, self._waiting = self._waiting, []
        with quiet_collector():
            yield from waiting
            try:
                yield from chain.from_iterable(self._pieces)
            except Unreadable as error:
                # What was given stands; before the first claim it would have been raised.
                self._remittances.notes.add("x12-stopped", reason=error.code)

    def closing(self) -> Document:
        """After the last claim: the document without claims, with all problems."""
        return self._remittances.document(self._name, ())
