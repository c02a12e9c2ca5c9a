"""Keeps visits on a shelf, sealed, and only for their time."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from explainer.sessions.codec import UnknownPayload, from_bytes, to_bytes
from explainer.sessions.seal import Broken, Ticket
from explainer.sessions.shelf import Row, Shelf, ShelfUnavailable
from explainer.sessions.visit import Visit
from explainer.settings import Times

Clock = Callable[[], datetime]
_BACKWARD = 300.0
_ATTEMPTS = 40


class StoreBusy(ShelfUnavailable):
    """The same visit is being changed from too many places at once."""


def system_clock() -> datetime:
    """Now, with its time zone."""
    return datetime.now(UTC)


class Keeper:
    """Visits by ticket. A visit that is expired, deleted, somebody else's or never was looks the same: None."""

    def __init__(self, shelf: Shelf, times: Times, clock: Clock = system_clock) -> None:
        self._shelf, self._times, self._clock = shelf, times, clock

    def start(self, visit: Visit) -> str:
        """Keeps a new visit and gives the ticket that opens it. The ticket is kept nowhere here."""
        ticket, now = Ticket.new(), self._now()
        self._shelf.add(_sealed(ticket, visit, 1, now, now))
        return str(ticket)

    def attach(self, text: str | None, blobs: Mapping[str, bytes]) -> bool:
        """Keeps pictures with the visit, each sealed apart, so that a question does not write them anew. False: it is gone."""
        held = self._row(text)
        if held is None:
            return False
        ticket, row = held
        sealed = ((name, ticket.seal(blob, _bound_to(row.created, name))) for name, blob in blobs.items())
        return all(self._shelf.put(ticket.row, name, blob) for name, blob in sealed)

    def attached(self, text: str | None, name: str) -> bytes | None:
        """A picture of that visit, or None."""
        held = self._row(text)
        blob = self._shelf.attached(held[0].row, name) if held else None
        if held is None or blob is None:
            return None
        ticket, row = held
        try:
            return ticket.open(blob, _bound_to(row.created, name))
        except Broken:
            return None

    def detach(self, text: str | None, names: tuple[str, ...]) -> None:
        """Takes pictures away for good."""
        held = self._row(text)
        if held is not None and names:
            self._shelf.detach(held[0].row, names)

    def find(self, text: str | None) -> Visit | None:
        """The visit of that ticket; being looked at counts as being used."""
        found = self._held(text)
        if found is None:
            return None
        ticket, row, visit = found
        self._shelf.touch(ticket.row, max(row.seen, self._now()))
        return visit

    def change(self, text: str | None, step: Callable[[Visit], Visit]) -> Visit | None:
        """The visit after `step`, which may run again if somebody else changed it meanwhile. Never brings back a deleted one.

        Raises what `step` raises, and StoreBusy.
        """
        for _ in range(_ATTEMPTS):
            found = self._held(text)
            if found is None:
                return None
            ticket, row, visit = found
            changed = step(visit)
            if self._shelf.swap(_sealed(ticket, changed, row.revision + 1, row.created, max(row.seen, self._now()))):
                return changed
        raise StoreBusy("changed too often")

    def end(self, text: str | None) -> None:
        """Deletes now. The same for a visit that is there and one that is not."""
        ticket = Ticket.parse(text)
        if ticket is not None and self._held(text) is not None:
            self._shelf.remove(ticket.row)

    def until(self, text: str | None) -> datetime | None:
        """When the visit ends if nobody uses it again; None when it is gone. Asking does not count as use."""
        held = self._row(text)
        if held is None:
            return None
        seen, created = held[1].seen, held[1].created
        return datetime.fromtimestamp(min(seen + self._times.visit_idle, created + self._times.visit_absolute), UTC)

    def now(self) -> datetime:
        """The time by the keeper's clock."""
        return self._clock()

    def sweep(self) -> int:
        """Deletes what is past its time; says how many."""
        now = self._now()
        return self._shelf.sweep(now - self._times.visit_idle, now - self._times.visit_absolute, now + _BACKWARD)

    def ready(self) -> bool:
        """Whether the store can be used right now."""
        return self._shelf.ready()

    def close(self) -> None:
        """Lets go of the store."""
        self._shelf.close()

    def _row(self, text: str | None) -> tuple[Ticket, Row] | None:
        """The ticket and its row in time; whether the ticket opens it shows when something is opened."""
        ticket = Ticket.parse(text)
        row = self._shelf.get(ticket.row) if ticket else None
        return (ticket, row) if ticket is not None and row is not None and self._in_time(row) else None

    def _held(self, text: str | None) -> tuple[Ticket, Row, Visit] | None:
        ticket = Ticket.parse(text)
        row = self._shelf.get(ticket.row) if ticket else None
        if ticket is None or row is None:
            return None
        try:
            visit = from_bytes(ticket.open(row.blob, _bound(row.created)))
        except (Broken, UnknownPayload):
            return None
        if not self._in_time(row):
            self._shelf.remove(ticket.row)
            return None
        return ticket, row, visit

    def _in_time(self, row: Row) -> bool:
        now = self._now()
        idle, whole = now - row.seen, now - row.created
        return idle < self._times.visit_idle and -_BACKWARD <= whole < self._times.visit_absolute

    def _now(self) -> float:
        return self._clock().timestamp()


def _sealed(ticket: Ticket, visit: Visit, revision: int, created: float, seen: float) -> Row:
    return Row(ticket.row, revision, created, seen, ticket.seal(to_bytes(visit), _bound(created)))


def _bound(created: float) -> bytes:
    return created.hex().encode()


def _bound_to(created: float, name: str) -> bytes:
    """An attachment opens only in its own visit and under its own name."""
    return _bound(created) + b" " + name.encode()
