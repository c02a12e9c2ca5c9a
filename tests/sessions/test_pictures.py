"""Pictures of pages are kept sealed beside their visit, opened by its ticket alone, and gone with it."""

import sqlite3
from pathlib import Path

import pytest
from session_samples import CANARY, PNG, FakeClock, sample_visit

from explainer.sessions import Keeper, Shelf, Visit
from explainer.sessions.embedded import EmbeddedShelf
from explainer.sessions.seal import Ticket
from explainer.settings import Times

SIGNS = (PNG[:8], CANARY.encode(), CANARY.split()[0].encode())


def _with_picture(keeper: Keeper) -> str:
    ticket = keeper.start(sample_visit())
    assert keeper.attach(ticket, {"p1-1": PNG, "p1-2": PNG[::-1]})
    return ticket


def test_comes_back_as_it_was(keeper: Keeper) -> None:
    ticket = _with_picture(keeper)
    assert keeper.attached(ticket, "p1-1") == PNG
    assert keeper.attached(ticket, "p1-2") == PNG[::-1]
    assert keeper.attached(ticket, "p1-3") is None


def test_a_question_does_not_touch_it(keeper: Keeper, shelf: Shelf) -> None:
    ticket = _with_picture(keeper)
    row = Ticket.parse(ticket).row  # type: ignore[union-attr]
    before = shelf.attached(row, "p1-1")
    keeper.change(ticket, lambda visit: visit.with_documents(()))
    assert shelf.attached(row, "p1-1") == before
    assert keeper.attached(ticket, "p1-1") == PNG


@pytest.mark.parametrize("other", [None, "", "A" * 64, "x"])
def test_another_ticket_opens_nothing(keeper: Keeper, other: str | None) -> None:
    _with_picture(keeper)
    assert keeper.attached(other, "p1-1") is None
    assert keeper.attached(keeper.start(Visit()), "p1-1") is None
    assert not keeper.attach(other, {"p1-1": PNG})


def test_one_moved_to_another_name_or_visit_does_not_open(keeper: Keeper, shelf: Shelf) -> None:
    ticket, other = _with_picture(keeper), keeper.start(Visit())
    mine, theirs = (Ticket.parse(t).row for t in (ticket, other))  # type: ignore[union-attr]
    blob = shelf.attached(mine, "p1-1")
    assert blob is not None
    for row, name, opens_with in ((mine, "p1-9", ticket), (theirs, "p1-1", other)):
        shelf.put(row, name, blob)
        assert keeper.attached(opens_with, name) is None


@pytest.mark.parametrize("way", ["end", "sweep", "detach"])
def test_gone_with_its_visit_or_paper(keeper: Keeper, shelf: Shelf, clock: FakeClock, way: str) -> None:
    ticket = _with_picture(keeper)
    row = Ticket.parse(ticket).row  # type: ignore[union-attr]
    if way == "end":
        keeper.end(ticket)
    elif way == "sweep":
        clock.forward(minutes=31)
        assert keeper.attached(ticket, "p1-1") is None, "past its time it opens no longer, even before the sweep"
        keeper.sweep()
    else:
        keeper.detach(ticket, ("p1-1", "p1-2"))
        assert keeper.find(ticket) is not None
    assert shelf.attached(row, "p1-1") is None
    assert shelf.attached(row, "p1-2") is None
    assert not (way != "detach" and keeper.attach(ticket, {"p1-1": PNG})), "nothing is kept for a visit that is gone"


def _on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_the_disk_holds_ciphertext_and_after_delete_not_even_that(store_file: Path, clock: FakeClock) -> None:
    keeper = Keeper(EmbeddedShelf(store_file), Times(), clock)
    ticket = _with_picture(keeper)
    kept = _on_disk(store_file.parent)
    assert not any(sign in kept for sign in SIGNS)
    blobs = [row[0] for row in sqlite3.connect(store_file).execute("SELECT blob FROM attached")]
    pieces = [blob[at : at + 40] for blob in blobs for at in (20, len(blob) // 2, len(blob) - 60)]
    assert all(piece in kept for piece in pieces)
    keeper.end(ticket)
    after = _on_disk(store_file.parent)
    assert not any(piece in after for piece in (*pieces, *SIGNS))
    keeper.close()


def test_pictures_without_a_visit_are_swept(store_file: Path, clock: FakeClock) -> None:
    shelf = EmbeddedShelf(store_file)
    keeper = Keeper(shelf, Times(), clock)
    _with_picture(keeper)
    with sqlite3.connect(store_file) as db:
        db.execute("DELETE FROM visits")
    keeper.sweep()
    assert sqlite3.connect(store_file).execute("SELECT count(*) FROM attached").fetchone() == (0,)
    shelf.close()


def test_a_visit_weighs_its_words_and_pictures() -> None:
    assert sample_visit().size == len(sample_visit().documents[0].text) + 30
