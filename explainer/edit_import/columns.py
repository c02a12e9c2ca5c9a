"""Where the columns of a table stand. Notices come before the headings, and CMS wraps headings over several lines."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from explainer.edit_import.refused import EditsRefused
from explainer.knowledge.edit_file import Kind

Row = list[str]
_CODE = re.compile(r"[0-9A-Z]{5}")
_BEGUN = re.compile(r"[A-Z]|(?=.*\d)[0-9A-Z]{1,5}")
_BEFORE_1996 = date(1996, 1, 1)
_NO_DAY = ("", "*")
# How a heading is known when only its letters and figures are looked at.
_HEADINGS: Mapping[Kind, Mapping[str, Callable[[str], bool]]] = {
    "ncci": {
        "first": lambda text: text == "column1",
        "second": lambda text: text == "column2",
        "since": lambda text: text.startswith("effective"),
        "until": lambda text: text.startswith("deletion"),
        "allowed": lambda text: text.startswith("modifier"),
    },
    "mue": {
        "first": lambda text: text.startswith(("hcpcs", "cptcode")),
        "units": lambda text: "muevalue" in text,
        "indicator": lambda text: "adjudicationindicator" in text,
    },
}
# These alone say which kind of table it is.
_TELLING: Mapping[Kind, tuple[str, ...]] = {"ncci": ("first", "second"), "mue": ("first", "units")}


@dataclass(frozen=True, slots=True)
class Found:
    """A table: its kind, where its columns stand, the words above its rows, and the rows from number `begin` on."""

    kind: Kind
    at: Mapping[str, int]
    words: tuple[str, ...]
    heading: Row
    rows: Iterator[Row]
    begin: int

    def each(self) -> Iterator[tuple[int, Mapping[str, str], Row]]:
        """Every row's number, its cells by column, and all of its cells. What is no row of a table is left out where it is one
        cell of words. A column that a row does not reach has no cell."""
        for number, row in enumerate(self.rows, self.begin):
            cells = [cell.strip() for cell in row]
            if sum(map(bool, cells)) > 1 or _begins_a_code(cells):
                yield number, {name: cells[at] for name, at in self.at.items() if at < len(cells)}, cells


def _begins_a_code(cells: Row) -> bool:
    """A row cut off behind its first letters and figures."""
    return any(cells) and _BEGUN.fullmatch(next(filter(None, cells))) is not None


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def find_table(rows: Iterator[Row], most: int) -> Found | None:
    """The table below its headings, or None where the first `most` rows have none. Raises EditsRefused("columns")."""
    above: list[str] = []
    for number, row in enumerate(itertools.islice(rows, most), 1):
        above += [cell for cell in row if cell.strip()]
        for kind in _HEADINGS:
            at = _columns(kind, row)
            if all(name in at for name in _TELLING[kind]):
                _whole(kind, at, row)
                below, skipped = _below(rows, at["first"])
                return Found(kind, at, tuple(above), row, below, number + skipped + 1)
    return None


def _columns(kind: Kind, row: Row) -> dict[str, int]:
    bare = [_bare(cell) for cell in row]
    places = {name: next((i for i, text in enumerate(bare) if fits(text)), None) for name, fits in _HEADINGS[kind].items()}
    return {name: at for name, at in places.items() if at is not None}


def _whole(kind: Kind, at: Mapping[str, int], row: Row) -> None:
    missing = [name for name in _HEADINGS[kind] if name not in at]
    if missing:
        raise EditsRefused("columns", there=" | ".join(" ".join(cell.split())[:40] for cell in row if cell.strip()))


def _below(rows: Iterator[Row], first: int) -> tuple[Iterator[Row], int]:
    """The rows from the first one that begins with a code, and how many were left out: the rest of wrapped headings."""
    skipped = 0
    for row in rows:
        if len(row) > first and _CODE.fullmatch(row[first].strip()):
            return itertools.chain([row], rows), skipped
        skipped += 1
    return iter(()), skipped


def mue_row(cells: Mapping[str, str]) -> tuple[str, str]:
    """The code, and the row as it is kept. Raises ValueError."""
    units, indicator = int(cells["units"]), cells["indicator"][:1]
    if units < 0 or indicator not in ("1", "2", "3"):
        raise ValueError(cells)
    return code(cells["first"]), f"{code(cells['first'])},{units},{indicator}"


def ncci_row(cells: Mapping[str, str]) -> tuple[str, str, str | None]:
    """Both codes, and the row as it is kept; None for an edit that applies to nothing (indicator 9). Raises ValueError."""
    first, second, allowed = code(cells["first"]), code(cells["second"]), cells["allowed"][:1]
    since = _BEFORE_1996 if cells["since"] in _NO_DAY else day(cells["since"])
    until = None if cells["until"] in _NO_DAY else day(cells["until"])
    if allowed not in ("0", "1", "9"):
        raise ValueError(cells)
    return first, second, None if allowed == "9" else f"{first},{second},{since},{until or ''},{allowed}"


def code(text: str) -> str:
    """A code of five characters. Raises ValueError."""
    if not _CODE.fullmatch(text):
        raise ValueError(text)
    return text


def day(text: str) -> date:
    """20261001, 2026-10-01 or 10/1/2026. Raises ValueError."""
    return datetime.strptime(text, "%m/%d/%Y").date() if "/" in text else date.fromisoformat(text)


def known_to(codes: Iterable[str]) -> Callable[[str], bool]:
    """Whether a code is one of these, or of the numbers for therapy (97xxx) and speech (925xx, 926xx)."""
    held = frozenset(codes)
    return lambda text: text in held or text.startswith(("97", "925", "926"))
