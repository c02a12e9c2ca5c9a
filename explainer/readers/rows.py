"""Text as printed lines of cells, each with its place. Cells are told by tabs, by bars, or by two spaces and more."""

import itertools
import re
from dataclasses import dataclass, replace

_GAPPED = re.compile(r"\S+(?: \S+)*")
_RULE = re.compile(r"[\s|:+=_\-–—.*~#│┼├┤─]+")
_BAR = re.compile(r"[|│]")
_EMPHASIS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|``")
# One dot or two between a long label and its amount are what is left of a row of them: "Toward your deductible . $100.00".
_LEADERS = re.compile(r"(?: ?\.){3,}|_{3,}|\u2026+|(?<=\S) (?:\.{1,2}|\. \.) (?=-?\$)")
# Written in each row that a cell of a row above reaches down to: "what stands above holds here too".
REACHES = "\u21a5"
FIRST, AGAIN = "first", "again"


@dataclass(frozen=True, slots=True)
class Cell:
    """Characters [start, end) of the document, and [left, right) within the line for comparing with a heading's place.

    reach: FIRST where the cell holds for rows below too, AGAIN where it was taken from the row above. above: of an empty cell,
    the one that reaches down to it.
    """

    text: str
    start: int
    end: int
    left: int
    right: int
    reach: str = ""
    above: "Cell | None" = None

    def part(self, start: int, end: int) -> "Cell":
        """A part of the cell, without the spaces around it."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        return Cell(text, self.start + start, self.start + start + len(text), self.left + start, self.left + start + len(text))


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line. `ruled`: its cells are told by tabs or bars, so that an empty cell keeps its place."""

    index: int
    text: str
    start: int
    cells: tuple[Cell, ...]
    ruled: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        return not self.cells

    @property
    def whole(self) -> Cell:
        """The line as one cell, without the spaces around it."""
        text = self.text.strip()
        left = len(self.text) - len(self.text.lstrip())
        return Cell(text, self.start + left, self.start + left + len(text), left, left + len(text))

    @property
    def single(self) -> Cell | None:
        """The only cell that holds something."""
        filled = [cell for cell in self.cells if cell.text]
        return filled[0] if len(filled) == 1 else None


def _divided(text: str, start: int, at: list[int]) -> tuple[Cell, ...]:
    edges = [-1, *at, len(text)]
    whole = Cell(text, start, start + len(text), 0, len(text))
    return tuple(whole.part(left + 1, right) for left, right in itertools.pairwise(edges))


def _barred(text: str, start: int) -> tuple[Cell, ...] | None:
    at = [m.start() for m in _BAR.finditer(text)]
    edged = text.lstrip()[:1] in ("|", "│")
    if len(at) < 2 and not (edged and at):
        return None
    cells = _divided(text, start, at)
    cells = cells[1:] if edged else cells
    return cells[:-1] if text.rstrip()[-1:] in ("|", "│") else cells


def unedged(row: Row) -> Row:
    """The line with a cell before its first bar and one behind its last: for tables whose bars stand only between cells."""
    at = [m.start() for m in _BAR.finditer(row.text)]
    return replace(row, cells=_divided(row.text, row.start, at), ruled=True) if at else row


def _cells(text: str, start: int) -> tuple[tuple[Cell, ...], bool]:
    if not text.strip() or (
        _RULE.fullmatch(text) and "\t" not in text and not any(c.isalnum() for c in text) and len(text.strip()) > 2
    ):
        return (), False
    if "\t" in text and text.strip():
        return _divided(text, start, [i for i, c in enumerate(text) if c == "\t"]), True
    barred = _barred(text, start)
    if barred is not None:
        return barred, True
    spaced = _LEADERS.sub(lambda m: " " * len(m.group()), text)
    return tuple(Cell(m.group(), start + m.start(), start + m.end(), m.start(), m.end()) for m in _GAPPED.finditer(spaced)), False


def _one_tab(cells: tuple[Cell, ...], ruled: bool) -> tuple[tuple[Cell, ...], bool]:
    """A tab before or behind a line that holds one thing is no table."""
    filled = tuple(cell for cell in cells if cell.text)
    return (filled, False) if ruled and len(filled) < 2 and len(cells) < 4 else (cells, ruled)


def rows_of(text: str, longest: int) -> tuple[list[Row], list[Row]]:
    """All printed lines, and those that are too long to be read (left blank among the first)."""
    rows, cut, start = [], [], 0
    for index, line in enumerate(_EMPHASIS.sub("  ", text).split("\n")):
        if len(line) > longest:
            cut.append(Row(index, line, start, ()))
            rows.append(Row(index, "", start, ()))
        else:
            cells, ruled = _one_tab(*_cells(line, start))
            rows.append(Row(index, line, start, cells, ruled))
        start += len(line) + 1
    return reaching(rows), cut


def reaching(rows: list[Row]) -> list[Row]:
    """The same rows, where cells that hold only the mark REACHES are empty and know the cell above that reaches down to them."""
    if not any(REACHES in row.text for row in rows):
        return rows
    out: list[Row] = []
    for row in rows:
        out.append(replace(row, cells=tuple(_emptied(out, at, cell) for at, cell in enumerate(row.cells))))
    return out


def _emptied(above: list[Row], at: int, cell: Cell) -> Cell:
    """A cell without the mark. The cell that it stands for is marked as reaching down."""
    if cell.text != REACHES:
        return cell
    cells = above[-1].cells if above and above[-1].ruled else ()
    source = (cells[at].above or cells[at]) if at < len(cells) else None
    if source is None or not source.text:
        return replace(cell, text="")
    source = replace(source, reach=FIRST)
    if cells[at].text:
        above[-1] = replace(above[-1], cells=(*cells[:at], source, *cells[at + 1 :]))
    return replace(cell, text="", above=source)


def filled_from_above(row: Row) -> Row:
    """The row with what reaches down to it, where it holds something of its own."""
    if row.blank or not any(c.above for c in row.cells) or not any(c.text for c in row.cells):
        return row
    return replace(row, cells=tuple(replace(c.above, reach=AGAIN) if c.above else c for c in row.cells))
