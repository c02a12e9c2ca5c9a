"""Tesseract: in this process by tesserocr, else the program. Both answer with the same table of words."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

LANGUAGE, SPANISH = "eng", "spa"
_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata", "/usr/share/tesseract-ocr/tessdata", "/usr/share/tessdata",
    "/usr/local/share/tessdata", "/opt/homebrew/share/tessdata", "/opt/local/share/tessdata",
)  # fmt: skip
_PROGRAMS = ("/usr/bin/tesseract", "/usr/local/bin/tesseract", "/opt/homebrew/bin/tesseract", "/opt/local/bin/tesseract")
_ONE_BLOCK, _ONE_LINE = 6, 7
_WORD = "5"
_DPI = 200


class NoEngine(ImportError):
    """Words cannot be read from pictures here: no tesseract, or no trained data for it."""


class TooSlow(Exception):
    """The page took longer than it may."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word as the engine read it: its box in pixels, and how sure the engine is, 0 to 1."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float


class Engine(Protocol):
    """What reads words from a picture. quick: whether a single word costs next to nothing."""

    quick: bool

    def words(self, picture: Image.Image, seconds: float) -> list[Seen]:
        """The words in reading order. Raises TooSlow."""

    def line(self, picture: Image.Image, seconds: float) -> list[Seen]:
        """The words of a picture of one line. Raises TooSlow."""


def data_folder(language: str = LANGUAGE) -> str | None:
    """The folder with tesseract's trained data: TESSDATA_PREFIX, else where systems put it."""
    told = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(told), Path(told, "tessdata")] if told else []
    for pattern in _FOLDERS:
        folders += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    return next((str(folder) for folder in folders if (folder / f"{language}.traineddata").is_file()), None)


def _program() -> str | None:
    return next((path for path in _PROGRAMS if os.access(path, os.X_OK)), None)


@cache
def engine(language: str = LANGUAGE) -> Engine:
    """The engine of this machine. Raises NoEngine."""
    folder = data_folder(language)
    if folder is None:
        raise NoEngine
    try:
        import tesserocr

        return _InProcess(tesserocr, folder, language)
    except (ImportError, RuntimeError) as error:
        program = _program()
        if program is None:
            raise NoEngine from error
        return _ByProgram(program, folder, language)


class _InProcess:
    quick = True

    def __init__(self, library: Any, folder: str, language: str) -> None:
        self.api = library.PyTessBaseAPI(path=folder, lang=language, psm=_ONE_BLOCK, oem=1)
        self.api.SetVariable("debug_file", "")  # it would open a file to write to, and crash where it may not

    def words(self, picture: Image.Image, seconds: float) -> list[Seen]:
        return self._read(picture, seconds, _ONE_BLOCK)

    def line(self, picture: Image.Image, seconds: float) -> list[Seen]:
        return self._read(picture, seconds, _ONE_LINE)

    def _read(self, picture: Image.Image, seconds: float, how: int) -> list[Seen]:
        self.api.SetPageSegMode(how)
        self.api.SetImage(picture)
        self.api.SetSourceResolution(_DPI)
        if not self.api.Recognize(int(seconds * 1000)):
            raise TooSlow
        return list(read_table(self.api.GetTSVText(0)))


class _ByProgram:
    quick = False

    def __init__(self, program: str, folder: str, language: str) -> None:
        self.program, self.folder, self.language = program, folder, language

    def _read(self, picture: Image.Image, seconds: float, how: int) -> list[Seen]:
        png = BytesIO()
        picture.save(png, "PNG", compress_level=1)
        told = ["--tessdata-dir", self.folder, "-l", self.language, "--dpi", str(_DPI), "--psm", str(how), "tsv"]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program on a picture of our own making
                [self.program, "-", "-", *told], input=png.getvalue(), capture_output=True, timeout=seconds, check=False,
                env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise TooSlow from error
        except OSError as error:
            raise NoEngine from error
        return list(read_table(done.stdout.decode("utf-8", "replace")))

    def words(self, picture: Image.Image, seconds: float) -> list[Seen]:
        return self._read(picture, seconds, _ONE_BLOCK)

    def line(self, picture: Image.Image, seconds: float) -> list[Seen]:
        return self._read(picture, seconds, _ONE_LINE)


def read_table(table: str) -> Iterator[Seen]:
    """The words of tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, how sure, text."""
    for row in table.splitlines():
        cells = row.split("\t", 11)
        if len(cells) == 12 and cells[0] == _WORD and cells[11].strip():
            left, top, width, height = (int(cell) for cell in cells[6:10])
            yield Seen(cells[11].strip(), left, top, left + width, top + height, max(0.0, min(1.0, float(cells[10]) / 100)))
