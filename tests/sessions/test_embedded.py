"""Nothing readable reaches the disk, at any time; a file that cannot be used says so once."""

import sqlite3
import stat
import time
from pathlib import Path

import pytest
from session_samples import CANARY, FakeClock, sample_visit

from explainer.sessions import Keeper, ShelfUnavailable, ShelfUnusable, Visit
from explainer.sessions.embedded import EmbeddedShelf
from explainer.sessions.memory import MemoryShelf
from explainer.sessions.sweeper import Sweeper
from explainer.settings import Times


def _on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def _signs(data: bytes) -> bool:
    return any(
        form in data for form in (CANARY.encode(), CANARY.lower().encode(), CANARY.split()[1].encode(), b"97110", b"money.owe")
    )


def test_no_file_holds_a_readable_word(store_file: Path, clock: FakeClock) -> None:
    keeper = Keeper(EmbeddedShelf(store_file), Times(), clock)
    ticket = keeper.start(sample_visit())
    assert len(_on_disk(store_file.parent)) > 1000
    assert not _signs(_on_disk(store_file.parent))
    keeper.change(ticket, lambda visit: visit.with_documents(visit.documents))
    assert not _signs(_on_disk(store_file.parent))
    assert ticket.encode() not in _on_disk(store_file.parent)
    keeper.close()


def test_delete_leaves_not_even_the_ciphertext(store_file: Path, clock: FakeClock) -> None:
    shelf = EmbeddedShelf(store_file)
    keeper = Keeper(shelf, Times(), clock)
    ticket = keeper.start(sample_visit())
    row = sqlite3.connect(store_file).execute("SELECT blob FROM visits").fetchone()[0]
    assert row[100:140] in _on_disk(store_file.parent)
    keeper.end(ticket)
    assert row[100:140] not in _on_disk(store_file.parent)
    shelf.close()


def test_only_the_owner_may_open_it(store_file: Path) -> None:
    EmbeddedShelf(store_file).close()
    assert stat.S_IMODE(store_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(store_file.parent.stat().st_mode) == 0o700


def test_a_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    with pytest.raises(ShelfUnusable, match="shared"):
        EmbeddedShelf(shared / "visits.sqlite3")


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be looked at" * 40, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_broken_file_is_refused_with_its_name(store_file: Path, content: bytes) -> None:
    store_file.parent.mkdir(mode=0o700)
    store_file.write_bytes(content)
    with pytest.raises(ShelfUnusable, match=store_file.name):
        EmbeddedShelf(store_file)


def test_a_file_of_another_shape_is_refused(store_file: Path) -> None:
    store_file.parent.mkdir(mode=0o700)
    with sqlite3.connect(store_file) as db:
        db.execute("CREATE TABLE visits (id TEXT)")
    with pytest.raises(ShelfUnusable):
        EmbeddedShelf(store_file)


def test_two_programs_see_each_others_delete(store_file: Path, clock: FakeClock) -> None:
    one, two = (Keeper(EmbeddedShelf(store_file), Times(), clock) for _ in range(2))
    ticket = one.start(sample_visit())
    assert two.find(ticket) is not None
    two.end(ticket)
    assert one.find(ticket) is None


def test_a_locked_file_is_a_passing_trouble(store_file: Path, clock: FakeClock) -> None:
    shelf = EmbeddedShelf(store_file)
    shelf._connection.execute("PRAGMA busy_timeout=50")
    keeper, other = Keeper(shelf, Times(), clock), sqlite3.connect(store_file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ShelfUnavailable):
        keeper.start(Visit())
    assert not keeper.ready()
    other.execute("ROLLBACK")
    assert keeper.ready()
    assert keeper.find(keeper.start(Visit())) == Visit()


def test_the_sweeper_deletes_without_any_visitor(clock: FakeClock) -> None:
    keeper = Keeper(MemoryShelf(), Times(), clock)
    keeper.start(Visit())
    clock.forward(minutes=31)
    keeper.start(Visit())
    sweeper = Sweeper((keeper.sweep,), 0.01).start()
    assert keeper.sweep() == 0, "the first sweep is over when start returns"
    clock.forward(minutes=31)
    deadline = time.monotonic() + 5
    shelf = keeper._shelf
    while shelf._rows and time.monotonic() < deadline:  # type: ignore[attr-defined]
        time.sleep(0.01)
    sweeper.stop()
    assert not shelf._rows  # type: ignore[attr-defined]
