"""Deletes what is past its time, whether or not anybody comes by."""

import logging
import threading
from collections.abc import Callable, Sequence

from explainer.sessions.shelf import ShelfUnavailable

_log = logging.getLogger("explainer.sessions")


class Sweeper:
    """Calls each of `sweeps` once at once, then every `seconds` in a thread that ends with the process."""

    def __init__(self, sweeps: Sequence[Callable[[], object]], seconds: float) -> None:
        self._sweeps, self._seconds = tuple(sweeps), seconds
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> "Sweeper":
        """The first sweep is over when this returns."""
        self._once()
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends the thread."""
        self._done.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._done.wait(self._seconds):
            self._once()

    def _once(self) -> None:
        for sweep in self._sweeps:
            try:
                sweep()
            except ShelfUnavailable:
                _log.warning("sweep-failed")
