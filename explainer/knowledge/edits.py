"""Medicare's billing edits as loaded from CMS's quarterly files: how many units of a code fit a day (MUE), and which two codes
are not both paid on one day (NCCI).

A table speaks only of its own quarter and of its own kind of provider. Nothing is asked of another one in its place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from explainer.knowledge.edit_file import Edition, Kind, Setting, read_body, read_edition
from explainer.knowledge.load import ContentError, Fault

SUFFIX = ".csv"


def quarter_of(day: date) -> str:
    """The quarter of a day as the tables are named: 2026Q4."""
    return f"{day.year}Q{(day.month + 2) // 3}"


@dataclass(frozen=True, slots=True)
class Limit:
    """A code's most units. indicator: 1 counts each line; 2 counts the day and is never lifted; 3 counts the day, and more can be
    paid where the notes show the need."""

    units: int
    indicator: Literal[1, 2, 3]
    edition: Edition


@dataclass(frozen=True, slots=True)
class PairEdit:
    """Two codes of one day: `first` is paid, `second` is not paid on its own. allowed: whether a modifier can say that they were
    apart. until: the day from which the edit no longer holds, None while it does."""

    first: str
    second: str
    since: date
    until: date | None
    allowed: bool
    edition: Edition

    def holds_on(self, day: date) -> bool:
        """Whether the edit holds for services of that day."""
        return self.since <= day and (self.until is None or day < self.until)


class Table:
    """The rows of one file, sorted, looked up without reading all of them: a whole NCCI table has two million."""

    def __init__(self, edition: Edition, path: Path) -> None:
        self.edition = edition
        self._path = path

    @cached_property
    def _body(self) -> bytes:
        return read_body(self._path)

    def starting(self, *cells: str) -> Iterator[list[str]]:
        """The rows that begin with these cells."""
        begin = ",".join((*cells, "")).encode()
        at = _first_from(self._body, begin)
        while self._body.startswith(begin, at):
            end = self._body.index(b"\n", at)
            yield self._body[at:end].decode().split(",")
            at = end + 1


def _first_from(body: bytes, wanted: bytes) -> int:
    """Where the first line begins that does not sort before `wanted`. Every line ends with a line feed."""
    low, high = 0, len(body)
    while low < high:
        start = body.rfind(b"\n", 0, (low + high) // 2) + 1
        end = body.index(b"\n", start) + 1
        if body[start:end] < wanted:
            low = end
        else:
            high = start
    return low


class Edits:
    """All tables that are loaded."""

    def __init__(self, tables: Iterable[Table] = ()) -> None:
        self._tables = tuple(tables)

    @property
    def editions(self) -> tuple[Edition, ...]:
        """What is loaded, by name."""
        return tuple(sorted((t.edition for t in self._tables), key=lambda e: e.name))

    def _of(self, kind: Kind, setting: Setting, day: date) -> tuple[Table, ...]:
        wanted = (kind, setting, quarter_of(day))
        return tuple(t for t in self._tables if (t.edition.kind, t.edition.setting, t.edition.quarter) == wanted)

    def has(self, kind: Kind, setting: Setting, day: date) -> bool:
        """Whether any table of the day's quarter and that kind of provider is loaded."""
        return bool(self._of(kind, setting, day))

    def limit(self, code: str, setting: Setting, day: date) -> Limit | None:
        """The code's limit on that day, or None where no table of its quarter has one. Most are published, some are secret."""
        for table in self._of("mue", setting, day):
            for _, units, indicator in table.starting(code):
                return Limit(int(units), _INDICATORS[indicator], table.edition)
        return None

    def pairs_among(self, codes: Iterable[str], setting: Setting, day: date) -> tuple[PairEdit, ...]:
        """The edits between these codes that hold on that day, one for each two codes: one that is never lifted comes first."""
        wanted = frozenset(codes)
        found = [
            edit
            for table in self._of("ncci", setting, day)
            for first in sorted(wanted)
            for edit in _pairs(table, first, wanted)
            if edit.holds_on(day)
        ]
        firmest = {frozenset((e.first, e.second)): e for e in sorted(found, key=lambda edit: edit.allowed, reverse=True)}
        return tuple(sorted(firmest.values(), key=lambda edit: (edit.first, edit.second)))

    def uncovered(self, codes: Iterable[str], setting: Setting, day: date) -> frozenset[str]:
        """Those of the codes whose edits the loaded parts do not all hold."""
        editions = [t.edition for t in self._of("ncci", setting, day)]
        known = [(e, frozenset(e.codes)) for e in editions]
        return frozenset(code for code in codes if not _within([e for e, held in known if e.kept == "all" or code in held], code))


_INDICATORS: dict[str, Literal[1, 2, 3]] = {"1": 1, "2": 2, "3": 3}


def _pairs(table: Table, first: str, seconds: frozenset[str]) -> Iterator[PairEdit]:
    for _, second, since, until, allowed in table.starting(first):
        if second in seconds:
            ends = date.fromisoformat(until) if until else None
            yield PairEdit(first, second, date.fromisoformat(since), ends, allowed == "1", table.edition)


def _within(editions: Sequence[Edition], code: str) -> bool:
    """Whether these parts hold all rows with that first code. Between two parts that follow each other nothing is missing."""
    parts = {e.part: e for e in editions if e.part is not None}
    followed = [(parts[n].first, parts[n + 1].last) for n in parts if n + 1 in parts]
    ranges = [("" if e.part == 1 else e.first, e.last) for e in editions] + followed
    return any(low <= code <= high for low, high in ranges)


def load_edits(folders: Iterable[Path]) -> Edits:
    """The tables of these folders; where two hold the same one, the later folder's counts. Raises ContentError."""
    tables: dict[str, Table] = {}
    faults: list[Fault] = []
    for path in edition_files(folders):
        try:
            edition = read_edition(path)
        except ContentError as error:
            faults += error.faults
        else:
            tables[edition.name] = Table(edition, path)
    if faults:
        raise ContentError(faults)
    return Edits(tables.values())


def edition_files(folders: Iterable[Path]) -> Iterator[Path]:
    """Every file of a table, in a fixed order."""
    for folder in folders:
        yield from sorted(folder.glob(f"*{SUFFIX}"))
