"""Papers that take seconds to read: a few at a time in threads of their own, a short queue, and how far each has come."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from explainer.readers import Upload
from explainer.sessions.seal import Ticket
from explainer.settings import Settings, Times
from explainer.web.privacy import place_of
from explainer.web.problems import Trouble
from explainer.web.readings import Batch, read_all
from explainer.web.services import Services

_REMEMBERED = 600.0  # seconds that the end of a job can be asked for
State = Literal["queued", "running", "done", "failed"]
_log = logging.getLogger("explainer.web")


@dataclass(slots=True)
class Job:
    """One sending of papers. `file` of `files` is at work, at page `page` of `pages` (0: not known yet).

    deliver: puts what was read where it belongs; called once, never after `cancelled`. replaces: the visit that these papers
    are to take the place of, None when they are added to one. batch: it ends on the desk, with a
    table of what could not be read. Held in memory only, with the visitor's ticket.
    """

    uploads: tuple[Upload, ...]
    deliver: Callable[[Batch], None]
    ticket: str | None = None
    starts: bool = False
    replaces: str | None = None
    batch: bool = False
    files: int = 1
    file: int = 0
    page: int = 0
    pages: int = 0
    state: State = "queued"
    trouble: Trouble | None = None
    cancelled: bool = False
    began: float = field(default_factory=time.monotonic)
    ended: float = 0.0
    finished: threading.Event = field(default_factory=threading.Event)

    @property
    def known(self) -> bool:
        """Whether it is known how far it is."""
        return self.pages > 1

    def tell(self, done: int, total: int) -> None:
        """How many pages of the file at work are done."""
        self.page, self.pages = min(done + 1, total), total

    def end(self, state: State, trouble: Trouble | None = None) -> None:
        """It is over; what was sent, and whom it was for, is let go of."""
        self.state, self.trouble, self.uploads, self.ended = state, trouble, (), time.monotonic()
        self.deliver = _nobody
        self.finished.set()


def _nobody(_batch: Batch) -> None:
    """Takes what nobody waits for any more."""


class Pool:
    """A few jobs at a time, a few more in line, each with a time after which it has failed: by `settings`."""

    def __init__(self, services: Services, settings: Settings) -> None:
        self._services, self._times = services, settings.times
        self._workers, self._most = settings.limits.readings_at_once, settings.limits.readings_waiting
        self._lock = threading.Lock()
        self._waiting: deque[Job] = deque()
        self._by_visit: dict[str, Job] = {}
        self._running = 0
        self._callers = threading.BoundedSemaphore(settings.limits.callers_waiting)

    @contextmanager
    def caller(self) -> Iterator[None]:
        """One of the few requests that may hold a thread until a paper is read. Raises Trouble when there are too many."""
        if not self._callers.acquire(blocking=False):
            raise Trouble("reading-busy")
        try:
            yield
        finally:
            self._callers.release()

    def submit(self, job: Job) -> Job:
        """Puts a job in line. Raises Trouble when the line is full, or the visit has one under way."""
        key, job.files = _key(job.ticket), len(job.uploads)
        with self._lock:
            self._expire()
            if key in self._by_visit and self._by_visit[key].state in ("queued", "running"):
                raise Trouble("still-reading")
            if len(self._waiting) >= self._most:
                raise Trouble("reading-busy")
            self._waiting.append(job)
            if key:
                self._by_visit[key] = job
            if self._running < self._workers:
                self._running += 1
                threading.Thread(target=self._drain, name="reading", daemon=True).start()
        return job

    def of(self, ticket: str | None) -> Job | None:
        """The job of that visit, until it is forgotten."""
        with self._lock:
            self._expire()
            return self._by_visit.get(_key(ticket))

    def forget(self, ticket: str | None) -> None:
        """The visit's job is not wanted any more: what it still reads is thrown away."""
        with self._lock:
            job = self._by_visit.pop(_key(ticket), None)
            if job is not None:
                job.cancelled = True
                if job in self._waiting:
                    self._waiting.remove(job)

    def sweep(self) -> None:
        """Forgets what is past its time, whether or not anybody comes by."""
        with self._lock:
            self._expire()

    def _expire(self) -> None:
        """Jobs past their time have failed, whatever their thread still does; what ended a while ago is forgotten."""
        now = time.monotonic()
        for key in [k for k, job in self._by_visit.items() if job.finished.is_set() and now - job.ended > _REMEMBERED]:
            del self._by_visit[key]
        for job in self._by_visit.values():
            if job.state == "running" and now - job.began > patience(self._times, job.files):
                job.cancelled = True
                job.end("failed", Trouble("reading-too-long"))

    def _drain(self) -> None:
        while (job := self._next()) is not None:
            self._work(job)

    def _next(self) -> Job | None:
        with self._lock:
            if self._waiting:
                job = self._waiting.popleft()
                job.state, job.began = "running", time.monotonic()
                return job
            self._running -= 1
            return None

    def _work(self, job: Job) -> None:
        """Reads and delivers. As with a request, whatever goes wrong is logged by its place alone, and the thread goes on."""
        try:
            batch = read_all(job.uploads, self._services, job)
            if (batch.readings or job.batch) and not job.cancelled:
                job.deliver(batch)
            if not job.cancelled:
                job.end("done" if batch.readings or job.batch else "failed", None if job.batch else batch.trouble)
        except Trouble as error:
            job.end("failed", error)
        except Exception as error:  # noqa: BLE001  the outermost frame of a thread; the default would print the paper's words
            _log.error("failed exc=%s at=%s", type(error).__name__, place_of(error.__traceback__))
            job.end("failed", Trouble("our-fault"))


def patience(times: Times, files: int) -> float:
    """How many seconds that many files may take from when their turn has come."""
    return min(times.job_deadline * files, times.job_most)


def _key(ticket: str | None) -> str:
    found = Ticket.parse(ticket)
    return found.row if found else ""
