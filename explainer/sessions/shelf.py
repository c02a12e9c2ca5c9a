"""What a place for sealed visits must be able to do. It never sees a key, a name or a word."""

from dataclasses import dataclass
from typing import Protocol


class ShelfUnavailable(Exception):
    """The store cannot be used right now (locked, disk full); trying again later may work."""


class ShelfUnusable(Exception):
    """The store cannot be opened at all; says which file and what is wrong with it, for whoever runs the program."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sealed visit. created, seen: seconds since 1970. revision counts the writes."""

    id: str
    revision: int
    created: float
    seen: float
    blob: bytes


class Shelf(Protocol):
    """Rows by id. Every method may raise ShelfUnavailable."""

    def add(self, row: Row) -> None:
        """Puts a new row."""

    def get(self, row_id: str) -> Row | None:
        """The row, or None."""

    def swap(self, row: Row) -> bool:
        """Replaces the row whose revision is one less. False, and nothing written, when it is gone or has moved on."""

    def put(self, row_id: str, name: str, blob: bytes) -> bool:
        """Keeps a sealed attachment with the row. False, and nothing written, when the row is gone."""

    def attached(self, row_id: str, name: str) -> bytes | None:
        """The sealed attachment of that name, or None."""

    def detach(self, row_id: str, names: tuple[str, ...]) -> None:
        """Takes attachments away for good."""

    def touch(self, row_id: str, seen: float) -> None:
        """Notes that the row was used."""

    def remove(self, row_id: str) -> bool:
        """Takes the row and its attachments away for good. False when there was none."""

    def sweep(self, seen_before: float, created_before: float, created_after: float) -> int:
        """Removes rows unused, or made, before those times, or made after the last, with their attachments; says how many."""

    def ready(self) -> bool:
        """Whether it can be used right now. Never raises."""

    def close(self) -> None:
        """Lets go of files and connections."""
