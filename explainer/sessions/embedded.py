"""The default shelf: one SQLite file that only its owner may read, holding nothing but ciphertext."""

import contextlib
import os
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from explainer.sessions.shelf import Row, ShelfUnavailable, ShelfUnusable

_PRAGMAS = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA temp_store=MEMORY",
)
_TABLES = (
    "CREATE TABLE IF NOT EXISTS visits (id TEXT PRIMARY KEY, revision INTEGER NOT NULL, created REAL NOT NULL,"
    " seen REAL NOT NULL, blob BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS attached (visit TEXT NOT NULL, name TEXT NOT NULL, blob BLOB NOT NULL,"
    " PRIMARY KEY (visit, name))",
)
_ORPHANS = "DELETE FROM attached WHERE visit NOT IN (SELECT id FROM visits)"


def default_file() -> Path:
    """A file in the user's state folder; where that cannot be written, in a new folder of the system's temporary one."""
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "eob-explainer"
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        state = Path(tempfile.mkdtemp(prefix="eob-explainer-"))
    return state / "visits.sqlite3"


class EmbeddedShelf:
    """Rows in a file. Raises ShelfUnusable when the file cannot be opened or is something else."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            _own_folder(self._file.parent)
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
            self._file.chmod(0o600)
            connection = sqlite3.connect(self._file, check_same_thread=False, isolation_level=None)
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            for table in _TABLES:
                connection.execute(table)
            connection.execute("SELECT id, revision, created, seen, blob FROM visits LIMIT 1").fetchone()
            connection.execute("SELECT visit, name, blob FROM attached LIMIT 1").fetchone()
        except (OSError, sqlite3.Error) as error:
            raise ShelfUnusable(f"{self._file}: {type(error).__name__}: {error}") from None
        return connection

    @contextlib.contextmanager
    def _db(self) -> Iterator[sqlite3.Connection]:
        """The connection, one user at a time; a forked process opens its own."""
        with self._lock:
            if self._process != os.getpid():
                self._process, self._connection = os.getpid(), self._open()
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise ShelfUnavailable(type(error).__name__) from None

    def add(self, row: Row) -> None:
        with self._db() as db:
            db.execute("INSERT INTO visits VALUES (?,?,?,?,?)", (row.id, row.revision, row.created, row.seen, row.blob))

    def get(self, row_id: str) -> Row | None:
        with self._db() as db:
            found = db.execute("SELECT id, revision, created, seen, blob FROM visits WHERE id=?", (row_id,)).fetchone()
        return Row(*found) if found else None

    def swap(self, row: Row) -> bool:
        with self._db() as db:
            change = "UPDATE visits SET revision=?, seen=?, blob=? WHERE id=? AND revision=?"
            return db.execute(change, (row.revision, row.seen, row.blob, row.id, row.revision - 1)).rowcount == 1

    def put(self, row_id: str, name: str, blob: bytes) -> bool:
        with self._db() as db:
            new = "INSERT OR REPLACE INTO attached SELECT id, ?, ? FROM visits WHERE id=?"
            return db.execute(new, (name, blob, row_id)).rowcount == 1

    def attached(self, row_id: str, name: str) -> bytes | None:
        with self._db() as db:
            found = db.execute("SELECT blob FROM attached WHERE visit=? AND name=?", (row_id, name)).fetchone()
        return bytes(found[0]) if found else None

    def detach(self, row_id: str, names: tuple[str, ...]) -> None:
        with self._db() as db:
            db.executemany("DELETE FROM attached WHERE visit=? AND name=?", [(row_id, name) for name in names])
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def touch(self, row_id: str, seen: float) -> None:
        with self._db() as db:
            db.execute("UPDATE visits SET seen=? WHERE id=?", (seen, row_id))

    def remove(self, row_id: str) -> bool:
        with self._db() as db:
            with _whole(db):
                gone = db.execute("DELETE FROM visits WHERE id=?", (row_id,)).rowcount == 1
                db.execute("DELETE FROM attached WHERE visit=?", (row_id,))
            if gone:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def sweep(self, seen_before: float, created_before: float, created_after: float) -> int:
        old = "DELETE FROM visits WHERE seen<=? OR created<=? OR created>?"
        with self._db() as db:
            with _whole(db):
                gone = db.execute(old, (seen_before, created_before, created_after)).rowcount
                left = db.execute(_ORPHANS).rowcount
            if gone or left:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def ready(self) -> bool:
        try:
            with self._db() as db:
                db.execute("BEGIN IMMEDIATE")
                db.execute("ROLLBACK")
        except (ShelfUnavailable, ShelfUnusable):
            return False
        return True

    def close(self) -> None:
        with self._lock:
            self._connection.close()


@contextlib.contextmanager
def _whole(db: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except sqlite3.Error:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _own_folder(folder: Path) -> None:
    """Makes the folder for its owner only; one that others may open is refused."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        raise PermissionError("the folder belongs to another user")
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise PermissionError(f"others may open the folder {folder}: chmod 700 it")
