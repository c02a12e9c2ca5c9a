"""Where the columns of a table stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from explainer.readers.layout.lines import Run

_OUTSIDE_LEFT, _OUTSIDE_RIGHT = 12.0, 60.0


@dataclass(frozen=True, slots=True)
class Extent:
    """From where to where a column's words stand."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def shared(self, left: float, right: float) -> float:
        """How much of [left, right] lies in it; below zero: how far away it is."""
        return min(self.right, right) - max(self.left, left)

    def with_(self, run: Run) -> "Extent":
        """Wide enough for the run too."""
        return Extent(min(self.left, run.left), max(self.right, run.right))


def nearest(left: float, right: float, columns: Sequence[Extent]) -> int:
    """The column that holds [left, right], else the closest one."""
    both = left + right
    found, away, off = 0, float("inf"), float("inf")
    for at, column in enumerate(columns):  # a plain loop: every word of a page comes here, many times over
        a, b = column.left, column.right
        apart = max(0.0, (a if a > left else left) - (b if b < right else right))
        if apart < away or (apart == away and abs(a + b - both) < off):
            found, away, off = at, apart, abs(a + b - both)
    return found


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a table, the fields of their headings, and which of them hold amounts."""

    columns: tuple[Extent, ...]
    fields: tuple[str | None, ...]
    money: frozenset[int]

    def bounds(self, at: int) -> tuple[float, float]:
        """How far a column's words may reach: to the edge of the words of its neighbours."""
        here = self.columns[at]
        left = self.columns[at - 1].right if at else here.left - _OUTSIDE_LEFT
        right = self.columns[at + 1].left if at + 1 < len(self.columns) else here.right + _OUTSIDE_RIGHT
        return min(left, here.left), max(right, here.right)

    def within(self, run: Run) -> int | None:
        """The column that a run stands in, reaching into no other; None where there is none."""
        at = nearest(run.left, run.right, self.columns)
        left, right = self.bounds(at)
        return at if left - 1 <= run.left and run.right <= right + 1 else None

    def words_column(self) -> int | None:
        """The column for words that stand below a row: of descriptions, else of codes."""
        return next((self.fields.index(f) for f in ("description", "code") if f in self.fields), None)
