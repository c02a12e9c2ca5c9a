"""What the commands share: loading, reading files with limits, and printing text that cannot harm a terminal."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from explainer.knowledge.base import Knowledge
from explainer.knowledge.load import ContentError
from explainer.knowledge.schema import Lang
from explainer.readers import Reading, Unreadable, Upload, read
from explainer.readers.export import defused
from explainer.settings import Settings

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
    if name == "-":
        data = sys.stdin.buffer.read(limit + 1)
    else:
        path = Path(name)
        if not path.is_file():
            raise Unreadable("no-file")
        try:
            with path.open("rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise Unreadable("no-file") from error
    if len(data) > limit:
        raise Unreadable("too-big")
    return data


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
