"""What a reading could not read, gathered with a bound: a file of a million faults must not fill the memory."""

from explainer.model.document import Problem, Scalar
from explainer.model.source import Span

_MOST = 200
_MOST_OF_ONE = 20


class Notes:
    """Problems in the order they were met. Of each sort only the first are kept; the rest are counted."""

    def __init__(self, paper: str) -> None:
        self.paper = paper
        self._kept: list[Problem] = []
        self._met: dict[str, int] = {}
        self._over = 0

    def add(
        self, code: str, place: tuple[int, int] | None = None, claim: int | None = None, line: int | None = None, **values: Scalar
    ) -> None:
        """One more problem; `place` is where it stands in the text."""
        met = self._met[code] = self._met.get(code, 0) + 1
        if met > _MOST_OF_ONE or len(self._kept) >= _MOST:
            self._over += 1
            return
        span = Span(self.paper, 1, *place) if place is not None else None
        self._kept.append(Problem(code, values, claim, line, span))

    def met(self, code: str) -> bool:
        """Whether such a problem was met."""
        return code in self._met

    def problems(self) -> tuple[Problem, ...]:
        """All that were kept, and how many were not."""
        more = (Problem("x12-more", {"count": self._over}),) if self._over else ()
        return (*self._kept, *more)
