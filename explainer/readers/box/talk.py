"""One child process from its start to its sure end, listened to with a watch in hand."""

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from explainer.readers.base import Unreadable
from explainer.readers.box import wire
from explainer.readers.box.check import Garbage
from explainer.settings import BoxLimits

_CHUNK = 64 * 1024
_SMALL = 2048
_MOST_NEWS = 2000


@dataclass(slots=True)
class Answer:
    """What a child has said so far. `deadline` moves once when it waits for its turn, and once when the slow part begins."""

    limits: BoxLimits
    deadline: float
    on_progress: Callable[[int, int], None] | None = None
    header: bytes = b""
    pictures: list[bytes] = field(default_factory=list)
    refusal: bytes | None = None
    fence: bytes = b"[]"
    news: int = 0
    said: set[bytes] = field(default_factory=set)
    rest: bytearray = field(default_factory=bytearray)

    def hear(self, chunk: bytes) -> None:
        """Takes in more bytes. Raises Garbage."""
        self.rest += chunk
        at = 0
        while len(self.rest) - at >= wire.HEAD.size:
            kind, length = wire.HEAD.unpack_from(self.rest, at)
            if length > self._most(kind):
                raise Garbage("length")
            end = at + wire.HEAD.size + length
            if len(self.rest) < end:
                break
            self._take(kind, bytes(self.rest[at + wire.HEAD.size : end]))
            at = end
        del self.rest[:at]

    def _most(self, kind: bytes) -> int:
        if kind == wire.HEADER:
            return 0 if self.header else self.limits.output
        if kind == wire.PICTURE:
            left = self.limits.pictures_all - sum(map(len, self.pictures))
            return min(self.limits.picture, left) if self.header and len(self.pictures) < self.limits.pictures else -1
        return _SMALL

    def _take(self, kind: bytes, body: bytes) -> None:
        if kind == wire.HEADER:
            self.header = body
        elif kind == wire.PICTURE:
            self.pictures.append(body)
        elif kind == wire.REFUSED:
            self.refusal = body
        elif kind == wire.FENCE:
            self.fence = body
        else:
            self._news(kind, body)

    def _news(self, kind: bytes, body: bytes) -> None:
        self.news += 1
        if self.news > _MOST_NEWS:
            raise Garbage("news")
        if kind == wire.PROGRESS and len(body) == wire.COUNTS.size:
            done, total = wire.COUNTS.unpack(body)
            if self.on_progress is not None and 0 <= done <= total <= self.limits.pages:
                self.on_progress(done, total)
        elif kind in (wire.WAITING, wire.SLOW) and kind not in self.said:
            more = self.limits.wait_ocr if kind == wire.WAITING else self.limits.wall_ocr
            self.deadline = time.monotonic() + more
            self.said.add(kind)
        elif kind not in (wire.PROGRESS, wire.WAITING, wire.SLOW):
            raise Garbage("kind")

    @property
    def waiting(self) -> bool:
        return wire.WAITING in self.said and wire.SLOW not in self.said


def talk(
    command: Sequence[str], data: bytes, limits: BoxLimits, folder: str, environment: Mapping[str, str],
    handed: Sequence[int] = (), on_progress: Callable[[int, int], None] | None = None,
) -> Answer:  # fmt: skip
    """Runs the command with `data` on its input. Raises Unreadable: box-slow, box-busy, box-failed. Leaves no process behind."""
    try:
        child = subprocess.Popen(  # noqa: S603 - our own program, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, env=dict(environment),
            start_new_session=True, pass_fds=handed,
        )  # fmt: skip
    except OSError as error:
        raise Unreadable("box-failed") from error
    answer = Answer(limits, time.monotonic() + limits.wall, on_progress)
    try:
        _listen(child, data, answer)
        code = child.wait(max(limits.grace, 0.1))
    except (Garbage, subprocess.TimeoutExpired) as error:
        raise Unreadable("box-failed") from error
    finally:
        _end(child, limits.grace)
    if code == -signal.SIGXCPU:
        raise Unreadable("box-slow")
    if code != 0:
        raise Unreadable("box-failed")
    return answer


def _listen(child: subprocess.Popen[bytes], data: bytes, answer: Answer) -> None:
    assert child.stdin is not None
    assert child.stdout is not None
    rest = memoryview(data)
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as both:
        both.register(child.stdin, selectors.EVENT_WRITE)
        both.register(child.stdout, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in both.select(max(0, answer.deadline - time.monotonic()))}
            if answer.deadline <= time.monotonic():
                raise Unreadable("box-busy" if answer.waiting else "box-slow")
            if child.stdout in ready and not _heard(child.stdout, answer):
                return
            if child.stdin in ready:
                rest = _feed(both, child.stdin, rest)


def _feed(both: selectors.BaseSelector, pipe: IO[bytes], rest: memoryview) -> memoryview:
    try:
        sent = os.write(pipe.fileno(), rest[:_CHUNK]) if rest else 0
    except BrokenPipeError:
        sent = len(rest)
    rest = rest[sent:]
    if not rest:
        both.unregister(pipe)
        _close(pipe)
    return rest


def _heard(pipe: IO[bytes], answer: Answer) -> bool:
    """False when the child has said all it will."""
    chunk = os.read(pipe.fileno(), _CHUNK)
    answer.hear(chunk)
    return bool(chunk)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with contextlib.suppress(BrokenPipeError):
            pipe.close()


def _end(child: subprocess.Popen[bytes], grace: float) -> None:
    """The child and all of its group are gone afterwards."""
    if child.poll() is None:
        _signal(child.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(grace)
    _signal(child.pid, signal.SIGKILL)
    child.wait()
    _close(child.stdin)
    _close(child.stdout)


def _signal(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)
