"""What the commands share: loading, reading files with limits, and printing text that cannot harm a terminal."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from explainer.knowledge.base import Knowledge
from explainer.knowledge.load import ContentError
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.readers import Reading, Unreadable, Upload, open_stream, read
from explainer.readers.export import defused
from explainer.settings import Settings

if TYPE_CHECKING:
    from explainer.readers.x12 import Stream

UNREADABLE = 3


def load_knowledge() -> Knowledge:
    """content/, or exit 1 with every fault on stderr."""
    try:
        return Knowledge.load()
    except ContentError as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error


def today() -> date:
    """The day by this machine's clock."""
    return date.today()


def read_file(name: str, paper: str, form: str, knowledge: Knowledge, settings: Settings) -> Reading:
    """One file, or standard input for "-". Raises Unreadable; reads never more than the limit."""
    return read(Upload(paper, name, _bytes(name, settings.limits.file), form), knowledge, settings.limits)


def _bytes(name: str, limit: int) -> bytes:
    with _opened(name) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise Unreadable("too-big")
    return data


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """The file, or standard input for "-". Raises Unreadable("no-file")."""
    if name == "-":
        yield sys.stdin.buffer
        return
    with _file(Path(name)) as file:
        yield file


def _file(path: Path) -> BinaryIO:
    if not path.is_file():
        raise Unreadable("no-file")
    try:
        return path.open("rb")
    except OSError as error:
        raise Unreadable("no-file") from error


@contextmanager
def read_any_size(name: str, paper: str, form: str, knowledge: Knowledge, settings: Settings) -> "Iterator[Document | Stream]":
    """One file as a document, or as a stream of claims where it is too big for that and its kind allows it. Raises Unreadable."""
    with _opened(name) as file:
        upload = Upload(paper, name, file.read(settings.limits.file + 1), form)
        yield _read_or_stream(file, upload, knowledge, settings)


def _read_or_stream(file: BinaryIO, upload: Upload, knowledge: Knowledge, settings: Settings) -> "Document | Stream":
    try:
        return read(upload, knowledge, settings.limits).document
    except Unreadable as error:
        stream = open_stream(file, upload, knowledge, settings.limits) if error.code == "too-big" else None
        if stream is None:
            raise
        return stream


def trouble(name: str, error: Unreadable, knowledge: Knowledge, lang: Lang = "en") -> dict[str, Any]:
    """The contract's error object of a file that could not be read."""
    return {
        "file": name,
        "error": {
            "code": error.code,
            "message": knowledge.say(f"read.{error.code}.message", lang, error.values),
            "try": knowledge.say(f"read.{error.code}.try", lang, error.values),
        },
    }


def print_json(value: object) -> None:
    """One line of JSON; NaN and Infinity are refused."""
    click.echo(defused(json.dumps(value, ensure_ascii=False, allow_nan=False)))


def print_text(text: str, err: bool = False) -> None:
    """Text without control characters: what a paper holds must not steer the terminal."""
    click.echo("".join(c for c in text if c in "\n\t" or (c.isprintable())), err=err)
