"""The box from outside: one child for one file, fed, listened to, ended, and what it says checked."""

import importlib.util
import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from explainer.readers.base import Unreadable
from explainer.readers.box import wire
from explainer.readers.box.check import Garbage, checked, parsed, values_of
from explainer.readers.box.extract import Extract
from explainer.readers.box.leftovers import PREFIX
from explainer.readers.box.talk import Answer, talk
from explainer.settings import BoxLimits, Limits

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = Path(__file__).with_name("child.py")
_TESSDATA = "TESSDATA_PREFIX"
_READABLE = ("/usr", "/lib", "/lib64", "/opt", "/etc/ld.so.cache", "/etc/fonts", "/dev/null", "/dev/urandom", "/proc/self",
             "/proc/sys/vm/overcommit_memory", "/proc/meminfo", "/proc/cpuinfo", "/sys/devices/system/cpu")  # fmt: skip

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """extractor: "module:function", imported in the child. refusals, problems: the codes that it may say.

    programs: whether it starts other programs. paths: further folders to import from.
    reads_pictures: whether it reads words from pictures, for which it starts tesseract where the library for it is missing.
    """

    extractor: str
    refusals: frozenset[str] = frozenset()
    problems: frozenset[str] = frozenset()
    programs: bool = False
    paths: tuple[str, ...] = ()
    reads_pictures: bool = False


# What may be said of pages whose words are read from their picture.
_OF_PICTURES = frozenset(("ocr-missing", "page-scanned", "page-not-read"))
TASKS: Mapping[str, Task] = {
    "nothing": Task(":"),
    "pdf": Task(
        "explainer.readers.pdf.extract:extract",
        frozenset(("pdf-password", "pdf-damaged", "pdf-pages", "ocr-missing")),
        frozenset(("hidden-words", "page-cut", "picture-too-large")) | _OF_PICTURES,
        reads_pictures=True,
    ),
    "image": Task(
        "explainer.readers.ocr.extract:extract",
        frozenset(("picture-kind", "picture-damaged", "picture-too-big", "picture-too-small", "picture-slow", "ocr-missing")),
        frozenset(("picture-moves", "pages-not-read")) | _OF_PICTURES,
        reads_pictures=True,
    ),
    "html": Task("explainer.readers.html.extract:extract", frozenset(("too-big", "binary")), frozenset(("web-hidden",))),
    "docx": Task(
        "explainer.readers.docx.extract:extract",
        frozenset(("too-big", "word-damaged", "sheet-password")),
        frozenset(("web-hidden",)),
    ),
    "sheet": Task(
        "explainer.readers.sheet.extract:extract",
        frozenset(("too-big", "sheet-damaged", "sheet-password")),
        frozenset(
            (
                "sheet-hidden",
                "sheet-rows-hidden",
                "sheet-columns-hidden",
                "sheet-errors",
                "sheet-no-value",
                "sheet-long-number",
                "sheet-days-1904",
            )
        ),
    ),
}


def run(task: str, data: bytes, limits: Limits, on_progress: OnProgress | None = None) -> Extract:
    """What the extractor of that task takes out of a file. Raises Unreadable: box-*, or a refusal of the task's own."""
    return run_task(TASKS[task], data, limits.box, on_progress)


def run_task(task: Task, data: bytes, limits: BoxLimits, on_progress: OnProgress | None = None) -> Extract:
    """The same for a task that is in no table."""
    answer = _asked(task, data, limits, on_progress)
    try:
        if answer.refusal is not None:
            raise _refusal(task, answer.refusal)
        return checked(answer.header, answer.pictures, task.problems, limits)
    except Garbage as error:
        raise Unreadable("box-failed") from error


def _asked(task: Task, data: bytes, limits: BoxLimits, on_progress: OnProgress | None) -> Answer:
    lock = _lock()
    try:
        with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
            command = [sys.executable, "-I", "-B", str(_CHILD), wire.as_json(_order(task, limits, lock)).decode()]
            return talk(command, data, limits, folder, _environment(), (lock,) if lock >= 0 else (), on_progress)
    finally:
        if lock >= 0:
            os.close(lock)


def _refusal(task: Task, body: bytes) -> Unreadable:
    said = parsed(body)
    if not (isinstance(said, list) and len(said) == 2 and isinstance(said[0], str) and said[0] in task.refusals):
        raise Garbage("refusal")
    return Unreadable(said[0], **values_of(said[1]))


def _order(task: Task, limits: BoxLimits, lock: int) -> dict[str, Any]:
    return {
        "extractor": task.extractor, "programs": task.programs or (task.reads_pictures and not _engine_within()),
        "paths": task.paths, "root": str(_ROOT), "lock": lock,
        "numbers": asdict(limits), "parent": os.getpid(), "readable": [*_readable(), *task.paths],
    }  # fmt: skip


@cache
def _engine_within() -> bool:
    return importlib.util.find_spec("tesserocr") is not None


def _readable() -> list[str]:
    libraries = sysconfig.get_paths()
    trained = os.environ.get(_TESSDATA)
    return [
        *_READABLE, sys.base_prefix, libraries["purelib"], libraries["platlib"], libraries["stdlib"], str(_ROOT / "explainer"),
        *([trained] if trained else []),
    ]  # fmt: skip


def _environment() -> dict[str, str]:
    kept = {_TESSDATA: os.environ[_TESSDATA]} if _TESSDATA in os.environ else {}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", **kept}


def _lock() -> int:
    """A file that one box at a time locks while it reads words from pictures; -1 where none can be made."""
    path = Path(tempfile.gettempdir(), f"eob-explainer-{os.getuid()}.lock")
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        return -1


@cache
def fence_steps() -> tuple[str, ...]:
    """The steps by which the kernel holds a child here (parent, network, files, calls), tried once."""
    said = parsed(_asked(TASKS["nothing"], b"", BoxLimits(), None).fence)
    return tuple(str(step) for step in said) if isinstance(said, list) else ()
