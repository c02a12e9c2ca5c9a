"""A shelf that ends with the process."""

import threading
from dataclasses import replace

from explainer.sessions.shelf import Row


class MemoryShelf:
    """Rows in a dictionary."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._attached: dict[tuple[str, str], bytes] = {}
        self._lock = threading.Lock()

    def add(self, row: Row) -> None:
        with self._lock:
            self._rows[row.id] = row

    def get(self, row_id: str) -> Row | None:
        with self._lock:
            return self._rows.get(row_id)

    def swap(self, row: Row) -> bool:
        with self._lock:
            held = self._rows.get(row.id)
            if held is None or held.revision != row.revision - 1:
                return False
            self._rows[row.id] = row
            return True

    def put(self, row_id: str, name: str, blob: bytes) -> bool:
        with self._lock:
            if row_id not in self._rows:
                return False
            self._attached[row_id, name] = blob
            return True

    def attached(self, row_id: str, name: str) -> bytes | None:
        with self._lock:
            return self._attached.get((row_id, name))

    def detach(self, row_id: str, names: tuple[str, ...]) -> None:
        with self._lock:
            for name in names:
                self._attached.pop((row_id, name), None)

    def touch(self, row_id: str, seen: float) -> None:
        with self._lock:
            if row_id in self._rows:
                self._rows[row_id] = replace(self._rows[row_id], seen=seen)

    def remove(self, row_id: str) -> bool:
        with self._lock:
            return self._drop(row_id)

    def sweep(self, seen_before: float, created_before: float, created_after: float) -> int:
        with self._lock:
            old = [r.id for r in self._rows.values() if _is_old(r, seen_before, created_before, created_after)]
            return sum(self._drop(row_id) for row_id in old)

    def _drop(self, row_id: str) -> bool:
        for key in [key for key in self._attached if key[0] == row_id]:
            del self._attached[key]
        return self._rows.pop(row_id, None) is not None

    def ready(self) -> bool:
        return True

    def close(self) -> None:
        return None


def _is_old(row: Row, seen_before: float, created_before: float, created_after: float) -> bool:
    return row.seen <= seen_before or row.created <= created_before or row.created > created_after
