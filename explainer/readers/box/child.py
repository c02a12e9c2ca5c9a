"""The program inside the box: `python -I -B child.py ORDER`, the file on standard input, messages on standard output.

Run by its path, so that it works from a checkout and from a wheel alike. ORDER is JSON: where the package is, which function to
call, and the limits. The limits and the fence come first, before anything looks at the file.
"""

import fcntl
import importlib
import json
import os
import resource
import sys
import time
import types
from pathlib import Path
from typing import Any

_POLL = 0.05


def _limit(numbers: dict[str, int], ocr: str) -> None:
    """The soft limits; the hard ones are those of reading words from pictures, so that these can still be reached."""
    resource.setrlimit(resource.RLIMIT_AS, (numbers[f"memory{ocr}"], numbers["memory_ocr"]))
    resource.setrlimit(resource.RLIMIT_CPU, (numbers[f"cpu{ocr}"], numbers["cpu_ocr"] + 1))


def _confine(numbers: dict[str, int], parent: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (numbers["written"], numbers["written"]))
    resource.setrlimit(resource.RLIMIT_NOFILE, (numbers["open_files"], numbers["open_files"]))
    _limit(numbers, "")
    os.nice(numbers["niceness"])
    _stay_with(parent)


def _stay_with(parent: int) -> None:
    """Ends where the parent is gone. Asked again once the kernel watches: it may go in between."""
    if parent != os.getppid():
        os._exit(1)


def _open_package(root: str) -> None:
    """Makes `explainer.readers.*` importable without its own `__init__`, which loads knowledge that has no business here."""
    sys.path.insert(0, root)
    package = types.ModuleType("explainer.readers")
    package.__path__ = [str(Path(root, "explainer", "readers"))]
    sys.modules["explainer.readers"] = package
    box = types.ModuleType("explainer.readers.box")
    box.__path__ = [str(Path(root, "explainer", "readers", "box"))]
    sys.modules["explainer.readers.box"] = box


class _Slow:
    """Waits until no other box reads words from pictures, and raises the limits. The lock ends with the process."""

    def __init__(self, numbers: dict[str, int], lock: int, say: Any) -> None:
        self.numbers, self.lock, self.say, self.begun = numbers, lock, say, False

    def __call__(self) -> None:
        if self.begun:
            return
        self.begun = True
        if self.lock >= 0 and not self._mine():
            self.say(b"W")
            while not self._mine():
                time.sleep(_POLL)
        _limit(self.numbers, "_ocr")
        self.say(b"S")

    def _mine(self) -> bool:
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def main(order: dict[str, Any]) -> None:
    """Reads, extracts, answers."""
    _confine(order["numbers"], order["parent"])
    _open_package(order["root"])
    sys.path[1:1] = order["paths"]
    from explainer.readers.box import fence, wire
    from explainer.readers.box.extract import Options, Refused

    out = sys.stdout.buffer

    def say(kind: bytes, body: bytes = b"") -> None:
        out.write(wire.frame(kind, body))
        out.flush()

    raised = fence.raise_(order["readable"], order["programs"])
    _stay_with(order["parent"])
    say(wire.FENCE, wire.as_json(raised))
    module, function = order["extractor"].split(":")
    extract = getattr(importlib.import_module(module), function) if function else None
    options = Options(
        order["numbers"], lambda done, total: say(wire.PROGRESS, wire.COUNTS.pack(done, total)),
        _Slow(order["numbers"], order["lock"], say),
    )  # fmt: skip
    try:
        for message in wire.packed(extract(sys.stdin.buffer.read(), options)) if extract else ():
            out.write(message)
        out.flush()
    except Refused as refused:
        say(wire.REFUSED, wire.as_json([refused.code, refused.values]))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
