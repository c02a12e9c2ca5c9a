"""One printed service, total or header as cells by field, before the cells are read. Every medium gives these."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from explainer.readers.rows import Cell

# A payment by its words, and one by the only column that it fills ("Check 1001 ... 20.00" under "Payments"); the sum of a year so
# far, which is of no claim.
LINE, TOTAL, PAYMENT, LEDGER, OF_YEAR = "line", "total", "payment", "ledger", "of-year"
# The field of a cell that holds the key of a note, if the paper has a note of that key.
MAYBE_KEY = "maybe_key"


@dataclass(frozen=True, slots=True)
class Record:
    """cells: what stands in each field's cells, in order. money: the fields whose column or label the paper has.

    uncertain: fields told by other means than a heading. blind: money columns of which it is not known where a value of
    this row belongs, so an empty cell says nothing. bare: the row stands without a code, day or words of its own.
    """

    kind: str
    start: int
    end: int
    cells: Mapping[str, tuple[Cell, ...]]
    money: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    blind: bool = False
    problems: tuple[str, ...] = ()
    group: int = 0
    extra: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """All the text of a field."""
        return " ".join(cell.text for cell in self.cells.get(name, ()) if cell.text)

    def cell(self, name: str) -> Cell | None:
        """The first cell of a field that holds something."""
        return next((cell for cell in self.cells.get(name, ()) if cell.text), None)
