"""Lines and table rows written out as one text, each word with its place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from explainer.model.source import PageSize
from explainer.readers.layout.lines import Line
from explainer.readers.pages import PageWord
from explainer.readers.placed import Piece, PlacedText


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, and what it is on the page. glued: no space stands before it. page: its number, where it is not
    the page that is written."""

    text: str
    on_page: PageWord
    glued: bool = False
    page: int = 0


Cell = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, cell by cell; an empty cell keeps its place."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line."""


Item = Line | TableRow | Blank


@dataclass(slots=True)
class Writer:
    """Writes page after page."""

    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    pages: list[PageSize] = field(default_factory=list)
    at: int = 0

    def page(self, size: PageSize, items: Sequence[Item], letter: float) -> None:
        """One page, in the order given; `letter` is the width of a letter, by which gaps become spaces."""
        self.pages.append(size)
        edge = min((item.left for item in items if isinstance(item, Line)), default=0.0)
        for item in items:
            if isinstance(item, TableRow):
                self._row(item)
            elif isinstance(item, Line):
                self._line(item, edge, letter)
            self._put("\n")

    def done(self) -> PlacedText:
        """All that was written."""
        return PlacedText("".join(self.parts), tuple(self.pieces), tuple(self.pages))

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)

    def _word(self, text: str, word: PageWord, page: int = 0) -> None:
        number = page or self.pages[-1].number
        self.pieces.append(Piece(self.at, self.at + len(text), number, word.box, word.sure))
        self._put(text)

    def _row(self, row: TableRow) -> None:
        for number, cell in enumerate(row.cells):
            if number:
                self._put("\t")
            for place, word in enumerate(cell):
                if place and not word.glued:
                    self._put(" ")
                self._word(word.text, word.on_page, word.page)

    def _line(self, line: Line, edge: float, letter: float) -> None:
        start = self.at
        for number, run in enumerate(line.runs):
            column = round((run.left - edge) / letter)
            self._put(" " * max(2 if number else 0, column - (self.at - start)))
            for place, word in enumerate(run.words):
                if place:
                    self._put(" ")
                self._word(word.text, word)
