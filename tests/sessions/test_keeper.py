"""A visit comes back as it was, only with its own ticket, only in its time, and never after it was deleted."""

import base64
import threading
from dataclasses import replace

import pytest
from session_samples import FakeClock, sample_visit

from explainer.sessions import Exchange, Keeper, Shelf, Visit
from explainer.sessions.codec import UnknownPayload, from_bytes, to_bytes
from explainer.sessions.seal import Ticket
from explainer.settings import Times


def test_comes_back_as_it_was(keeper: Keeper) -> None:
    assert keeper.find(keeper.start(sample_visit())) == sample_visit()


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[]", b'{"version":0,"visit":{"m":{}}}', b'{"version":1}', to_bytes(Visit())[:-9]]
)
def test_other_payloads_are_refused(data: bytes) -> None:
    with pytest.raises(UnknownPayload):
        from_bytes(data)


@pytest.mark.parametrize("position", [0, 20, 21, 22, 40, 63])
def test_a_flipped_bit_opens_nothing(keeper: Keeper, position: int) -> None:
    ticket = keeper.start(sample_visit())
    raw = bytearray(base64.urlsafe_b64decode(ticket))
    raw[position * len(raw) // 64] ^= 1
    assert keeper.find(base64.urlsafe_b64encode(bytes(raw)).decode()) is None
    assert keeper.find(ticket) is not None


@pytest.mark.parametrize("ticket", [None, "", "x", "A" * 64, "A" * 65, "é" * 64, "A" * 1_000_000, "=" * 64, "\x00" * 64])
def test_a_made_up_ticket_opens_nothing(keeper: Keeper, ticket: str | None) -> None:
    assert keeper.find(ticket) is None
    assert keeper.change(ticket, lambda visit: visit) is None
    keeper.end(ticket)


@pytest.mark.parametrize(
    ("steps", "alive"),
    [
        ([29 * 60 + 59], True),
        ([30 * 60], False),
        ([25 * 60] * 9, True),
        ([25 * 60] * 9 + [15 * 60], False),
        ([-200], True),
        ([-24 * 3600], False),
    ],
)
def test_its_time(keeper: Keeper, shelf: Shelf, clock: FakeClock, steps: list[int], alive: bool) -> None:
    ticket = keeper.start(sample_visit())
    for seconds in steps[:-1]:
        clock.forward(seconds=seconds)
        assert keeper.find(ticket) is not None
    clock.forward(seconds=steps[-1])
    assert keeper.sweep() == (0 if alive else 1)
    assert (keeper.find(ticket) is not None) is alive


def test_reading_alone_drops_what_is_past_its_time(keeper: Keeper, clock: FakeClock) -> None:
    ticket = keeper.start(sample_visit())
    clock.forward(minutes=31)
    assert keeper.change(ticket, lambda visit: visit) is None
    assert keeper.sweep() == 0


def test_a_write_in_flight_never_brings_back_a_deleted_visit(keeper: Keeper) -> None:
    ticket = keeper.start(sample_visit())

    def deletes_meanwhile(visit: Visit) -> Visit:
        keeper.end(ticket)
        return visit

    assert keeper.change(ticket, deletes_meanwhile) is None
    assert keeper.find(ticket) is None


def test_delete_against_writes_from_many_threads(keeper: Keeper) -> None:
    for _ in range(15):
        ticket = keeper.start(Visit())
        writers = [threading.Thread(target=lambda t=ticket: [keeper.change(t, lambda v: v) for _ in range(5)]) for _ in range(3)]
        for writer in writers:
            writer.start()
        keeper.end(ticket)
        assert keeper.find(ticket) is None
        for writer in writers:
            writer.join()
        assert keeper.find(ticket) is None


def test_no_exchange_is_lost_between_two_tabs(keeper: Keeper) -> None:
    ticket, answer = keeper.start(Visit()), sample_visit().exchanges[0].answer

    def ask(number: int) -> None:
        keeper.change(ticket, lambda visit: visit.with_exchange(Exchange(str(number), answer), visit.context, keep=60))

    asking = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    visit = keeper.find(ticket)
    assert visit is not None
    assert sorted(e.question for e in visit.exchanges) == [str(n) for n in range(8)]


def test_a_row_moved_to_another_place_does_not_open(shelf: Shelf, clock: FakeClock) -> None:
    keeper = Keeper(shelf, Times(), clock)
    mine, other = keeper.start(sample_visit()), keeper.start(Visit())
    held = {t: shelf.get(Ticket.parse(t).row) for t in (mine, other)}  # type: ignore[union-attr]
    shelf.swap(replace(held[other], blob=held[mine].blob, revision=2))  # type: ignore[type-var, union-attr]
    assert keeper.find(other) is None
