"""The bytes of a paper that an assistant gives: as text, as base64, or as a file under a folder that the person named."""

import binascii
import os
import stat
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath

from explainer.cli.assistant.arguments import Paper
from explainer.readers import Unreadable, Upload
from explainer.settings import Limits

_BLANK = str.maketrans("", "", " \t\r\n")


class Folders:
    """The folders that the person named. A file is opened step by step from one of them, and no link is followed on the way."""

    def __init__(self, named: Sequence[Path]) -> None:
        # A folder is known by the name the person gave and by its real one; links in these are the person's own.
        self._known = [(name, path.resolve()) for path in named for name in dict.fromkeys((path.absolute(), path.resolve()))]

    def read(self, path: str, limit: int) -> bytes:
        """The file's bytes. Raises Unreadable: path-outside, no-file, too-big."""
        folder, parts = self._place(path)
        try:
            with _opened(folder, parts) as file:
                if not stat.S_ISREG(os.fstat(file).st_mode):
                    raise Unreadable("no-file")
                with os.fdopen(os.dup(file), "rb") as content:
                    data = content.read(limit + 1)
        except (OSError, ValueError) as error:
            raise Unreadable("no-file") from error
        if len(data) > limit:
            raise Unreadable("too-big")
        return data

    def _place(self, path: str) -> tuple[Path, tuple[str, ...]]:
        """The folder a path lies under, and the steps from there. A path that is not absolute starts at the first folder."""
        wanted = PurePath(path)
        if ".." not in wanted.parts and "\0" not in path:
            if not wanted.is_absolute() and wanted.parts and self._known:
                return self._known[0][1], wanted.parts
            for name, folder in self._known:
                if wanted.is_relative_to(name) and wanted != name:
                    return folder, wanted.relative_to(name).parts
        raise Unreadable("path-outside")


@contextmanager
def _opened(folder: Path, parts: Sequence[str]) -> Iterator[int]:
    """The file at the end of these steps. Raises OSError where a step is a link or is not there."""
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for number, part in enumerate(parts, 1):
            # O_NONBLOCK: a pipe that lies there must not make us wait.
            kind = os.O_NONBLOCK if number == len(parts) else os.O_DIRECTORY
            below = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | kind, dir_fd=here)
            os.close(here)
            here = below
        yield here
    finally:
        os.close(here)


def uploads(papers: Sequence[Paper], folders: Folders, limits: Limits) -> Iterator[tuple[str, Upload | Unreadable]]:
    """Each paper's name and its upload, or why there is none. What is too much in all is refused from there on."""
    room = limits.visit_bytes
    for number, paper in enumerate(papers, 1):
        name = paper.name or PurePath(paper.path).name or f"document {number}"
        try:
            data = _bytes(paper, folders, limits)
            if (room := room - len(data)) < 0:
                raise Unreadable("too-big")
            yield name, Upload(f"p{number}", name, data, paper.format)
        except Unreadable as error:
            yield name, error


def _bytes(paper: Paper, folders: Folders, limits: Limits) -> bytes:
    if sum(map(bool, (paper.text, paper.base64, paper.path))) != 1:
        raise Unreadable("no-contents")
    if paper.path:
        return folders.read(paper.path, limits.file)
    return _decoded(paper.base64, limits.file) if paper.base64 else _encoded(paper.text, limits.pasted_text)


def _encoded(text: str, limit: int) -> bytes:
    data = text.encode("utf-8", "replace")
    if len(data) > limit:
        raise Unreadable("too-big")
    return data


def _decoded(text: str, limit: int) -> bytes:
    # Files come as "data:application/pdf;base64,..." too.
    body = (text.partition(",")[2] if text.startswith("data:") else text).translate(_BLANK)
    if len(body) > limit * 4 // 3 + 4:
        raise Unreadable("too-big")
    try:
        return b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("bad-base64") from error
