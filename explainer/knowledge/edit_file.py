"""The file that a loaded table is kept in: a header in YAML, a line of dashes, then rows of numbers, sorted.

Only codes, counts, days and indicators are kept. CMS's files also hold rationales and notices, which are not ours to pass on.
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, ValidationError

from explainer.knowledge.load import ContentError, Fault, strict_yaml
from explainer.knowledge.schema import Record, Text

Kind = Literal["mue", "ncci"]
Setting = Literal["practitioner", "hospital", "dme"]
Code = Annotated[str, Field(pattern=r"^[0-9A-Z]{5}$")]

COLUMNS: dict[Kind, str] = {"mue": "code,units,indicator", "ncci": "first,second,since,until,allowed"}
_DAY = r"\d{4}-\d\d-\d\d"
_ROWS: dict[Kind, re.Pattern[bytes]] = {
    "mue": re.compile(rb"[0-9A-Z]{5},\d{1,6},[123]\n"),
    "ncci": re.compile(rf"[0-9A-Z]{{5}},[0-9A-Z]{{5}},{_DAY},(?:{_DAY})?,[01]\n".encode()),
}
_RULE = b"---\n"
_HEADER = 64 * 1024


class Edition(Record):
    """One loaded table, or one part of it.

    setting: whose claims it is for. part: the file's number where CMS splits the table. file, sha256: of the zip that was
    loaded; table: the name of the table inside it. kept: "all" codes, or "known" ones only, which are then listed. first, last:
    the first and last code in column 1 of the whole table, before any were left out. rows: how many are kept.
    """

    kind: Kind
    setting: Setting
    quarter: Annotated[str, Field(pattern=r"^20\d\dQ[1-4]$")]
    part: Annotated[int, Field(ge=1, le=99)] | None = None
    file: Text
    table: Text
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    imported: date
    kept: Literal["all", "known"]
    codes: tuple[Code, ...] = ()
    first: Code
    last: Code
    rows: Annotated[int, Field(ge=0)]

    @property
    def name(self) -> str:
        """The name of its file, without the ending."""
        part = f"-f{self.part}" if self.part else ""
        return f"{self.kind}-{self.setting}-{self.quarter}{part}"


def write_edition(path: Path, edition: Edition, rows: Iterable[str]) -> None:
    """The file, in one step, so that nobody reads half of it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = edition.model_dump(mode="json")
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(yaml.safe_dump(header, sort_keys=False, default_flow_style=None, width=120))
            file.write(f"{_RULE.decode()}{COLUMNS[edition.kind]}\n")
            file.writelines(f"{row}\n" for row in sorted(set(rows)))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_edition(path: Path) -> Edition:
    """The header of a table's file. Raises ContentError."""
    try:
        with path.open("rb") as file:
            head, rule, _ = file.read(_HEADER).partition(_RULE)
        if not rule:
            raise ContentError([Fault(path.name, 1, "no header that ends with ---")])
        edition = Edition.model_validate(strict_yaml(head.decode("utf-8")))
    except ValidationError as error:
        raise ContentError([_header_fault(path, e["loc"], e["msg"]) for e in error.errors()]) from error
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise ContentError([Fault(path.name, 1, str(error))]) from error
    if path.stem != edition.name:
        raise ContentError([Fault(path.name, 1, f"the header is of {edition.name}")])
    return edition


def _header_fault(path: Path, where: tuple[int | str, ...], message: str) -> Fault:
    return Fault(path.name, 1, f"{'.'.join(map(str, where))}: {message}")


def read_body(path: Path) -> bytes:
    """The rows of a table's file, without its header and column names."""
    return path.read_bytes().partition(_RULE)[2].partition(b"\n")[2]


def edition_faults(path: Path) -> list[Fault]:
    """All faults of a table's file: its header, its columns, and rows that are malformed or out of order."""
    try:
        edition = read_edition(path)
    except ContentError as error:
        return error.faults
    head, _, rest = path.read_bytes().partition(_RULE)
    columns, _, body = rest.partition(b"\n")
    begin = head.count(b"\n") + 2
    if columns.decode("utf-8", "replace") != COLUMNS[edition.kind]:
        return [Fault(path.name, begin, f"the columns are not {COLUMNS[edition.kind]}")]
    lines = body.splitlines(keepends=True)
    told = f"{len(lines)} rows, but the header says {edition.rows}"
    counted = [] if len(lines) == edition.rows else [Fault(path.name, 1, told)]
    return [*counted, *_row_faults(path.name, begin, lines, _ROWS[edition.kind])]


def _row_faults(name: str, begin: int, lines: list[bytes], shape: re.Pattern[bytes]) -> Iterator[Fault]:
    before = b""
    for number, line in enumerate(lines, begin + 1):
        if not shape.fullmatch(line):
            yield Fault(name, number, "not a row of this table")
        elif line <= before:
            yield Fault(name, number, "out of order, or twice")
        before = line
