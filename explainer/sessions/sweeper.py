"""Deletes what is past its time, whether or not anybody comes by."""

import logging
import threading

from explainer.sessions.keeper import Keeper
from explainer.sessions.shelf import ShelfUnavailable

_log = logging.getLogger("explainer.sessions")


class Sweeper:
    """Sweeps once at once, then every `seconds` in a thread that ends with the process."""

    def __init__(self, keeper: Keeper, seconds: float) -> None:
        self._keeper, self._seconds = keeper, seconds
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
        try:
            self._keeper.sweep()
        except ShelfUnavailable:
            _log.warning("sweep-failed")
