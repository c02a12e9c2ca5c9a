"""What lies in a zip of CMS's, as tables of text. An archive is judged by its own list before anything in it is unpacked."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from explainer.edit_import.refused import EditsRefused
from explainer.readers.base import Unreadable
from explainer.readers.box import run
from explainer.settings import EditLimits, Limits

_ZIP = b"PK\x03\x04"
_TEXT, _SHEET = (".txt", ".csv", ".tsv"), (".xlsx", ".xls")
_SMALL = 1024 * 1024
_SNIFFED = 64 * 1024
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error)
Row = list[str]


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside the zip. `sheet`: whether it is a spreadsheet."""

    archive: zipfile.ZipFile
    name: str
    sheet: bool

    def rows(self, limits: Limits) -> Iterator[Row]:
        """Its rows of cells. Raises EditsRefused: damaged, sheet-too-big, too-many-rows."""
        found = self._of_sheet(limits) if self.sheet else self._of_text()
        for number, row in enumerate(found, 1):
            if number > limits.tables.rows:
                raise EditsRefused("too-many-rows", name=self.name, most=limits.tables.rows)
            yield row

    def ends_in_a_line(self) -> bool:
        """Whether a text ends with the end of a line; a text that was cut seldom does. Raises EditsRefused("damaged")."""
        last = b""
        try:
            with self.archive.open(self.name) as stream:
                while part := stream.read(_SMALL):
                    last = part[-1:]
        except _BROKEN as error:
            raise EditsRefused("damaged", name=self.name) from error
        return self.sheet or last in (b"\n", b"\r", b"\x1a")

    def _of_text(self) -> Iterator[Row]:
        try:
            with self.archive.open(self.name) as stream:
                sample = stream.read(_SNIFFED)
            mark = "\t" if sample.count(b"\t") > sample.count(b",") else ","
            with io.TextIOWrapper(self.archive.open(self.name), "utf-8-sig", errors="replace", newline="") as text:
                yield from csv.reader(text, delimiter=mark)
        except (csv.Error, *_BROKEN) as error:
            raise EditsRefused("damaged", name=self.name) from error

    def _of_sheet(self, limits: Limits) -> Iterator[Row]:
        try:
            taken = run("sheet", self.archive.read(self.name), limits)
        except Unreadable as error:
            raise EditsRefused("sheet-too-big" if error.code == "too-big" else "damaged", name=self.name) from error
        except _BROKEN as error:
            raise EditsRefused("damaged", name=self.name) from error
        for sheet in taken.sheets:
            yield from (list(row) for row in sheet.rows)


def members(path: Path, limits: EditLimits) -> Iterator[Member]:
    """The tables of the zip, those in text first. Raises EditsRefused: no-file, not-a-zip, too-big, damaged, locked, no-table."""
    with closing(_opened(path, limits)) as archive:
        names = [i.filename for i in archive.infolist() if not i.is_dir() and not PurePosixPath(i.filename).name.startswith(".")]
        for endings in (_TEXT, _SHEET):
            yield from (Member(archive, name, endings is _SHEET) for name in names if name.lower().endswith(endings))


def _opened(path: Path, limits: EditLimits) -> zipfile.ZipFile:
    try:
        if path.stat().st_size > limits.file:
            raise EditsRefused("too-big")
        with path.open("rb") as file:
            if file.read(4) != _ZIP:
                raise EditsRefused("not-a-zip")
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        # A damaged list of files may ask for a version of zip that there is not.
        raise EditsRefused("damaged", name=path.name) from error
    except OSError as error:
        raise EditsRefused("no-file") from error
    _judge(archive.infolist(), limits)
    return archive


def _judge(listed: list[zipfile.ZipInfo], limits: EditLimits) -> None:
    """No more is ever unpacked of a file than the list says, so the list is enough to tell a bomb."""
    if len(listed) > limits.members or sum(i.file_size for i in listed) > limits.unpacked:
        raise EditsRefused("too-big")
    if any(i.file_size > _SMALL and i.file_size > limits.ratio * max(i.compress_size, 1) for i in listed):
        raise EditsRefused("too-big")
    if any(i.flag_bits & 1 for i in listed):
        raise EditsRefused("locked")
