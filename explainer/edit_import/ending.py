"""Whether a table of text was cut off. A cut at the end of a row leaves no sign; one within a row does."""

from dataclasses import dataclass, field

Row = list[str]
# The last column says why an edit is there, in one of a few ways.
_MOST_WAYS = 10_000


@dataclass(slots=True)
class Ending:
    """What is known of the last row seen so far: its number, and whether it goes to the end as rows before it do.

    A first row has none before it to tell, so that a table of one row is whole only with the end of a line behind it.
    """

    number: int = 0
    whole: bool = True
    width: int = 0
    _ways: set[str] = field(default_factory=set)

    def see(self, number: int, row: Row) -> None:
        last = row[-1] if row else ""
        self.whole = len(row) >= self.width and last in self._ways
        self.number, self.width = number, len(row)
        if len(self._ways) < _MOST_WAYS:
            self._ways.add(last)
