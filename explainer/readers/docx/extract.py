"""Bytes of a Word file (DOCX) to lines and rows of cells. Runs in the box; nothing outside the file is looked at."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from explainer.readers.box.extract import Extract, Options, Refused, SheetRows
from explainer.readers.rows import REACHES
from explainer.readers.sheet.archive import opened, part

_NAME = "document"
_DAMAGED = "word-damaged"
_MOST_SPAN = 50


def extract(data: bytes, options: Options) -> Extract:
    """The document's lines and tables as one sheet. Raises Refused: word-damaged, sheet-password, too-big."""
    try:
        with opened(data, options.numbers) as archive:
            body = part(archive, "word/document.xml")
    except Refused as reason:
        raise (Refused(_DAMAGED) if reason.code == "sheet-damaged" else reason) from reason
    if body is None:
        raise Refused(_DAMAGED)
    paper = _Paper(options.numbers)
    try:
        for event, element in iterparse(BytesIO(body), events=("start", "end")):
            paper.take(event, element.tag.rsplit("}", 1)[-1], element)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Refused(_DAMAGED) from error
    told = (("web-hidden", {"count": paper.hidden}),) if paper.hidden else ()
    return Extract(sheets=(SheetRows(_NAME, tuple(paper.rows)),), problems=told)


class _Paper:
    """Gathers lines and rows. A table within a cell is words of that cell; a box of text floats, so it is lines of its own."""

    def __init__(self, numbers: Mapping[str, float]) -> None:
        self.numbers = numbers
        self.rows: list[tuple[str, ...]] = []
        self.hidden = 0
        self._words: list[str] = []
        self._cells: list[str] = []
        self._depth = 0
        self._unseen = False
        self._span = 1
        self._reached = False
        self._twice = 0
        self._around: list[tuple[list[str], list[str], int]] = []

    def take(self, event: str, tag: str, element: Any) -> None:
        """One start or end of an element."""
        if event == "start":
            self._depth += tag == "tbl"
            self._twice += tag == "Fallback"
            if tag == "txbxContent":
                self._around.append((self._words, self._cells, self._depth))
                self._words, self._cells, self._depth = [], [], 0
            self._unseen = self._unseen and tag != "r"
            return
        if tag == "vanish":
            self._unseen, self.hidden = True, self.hidden + 1
        elif tag == "t" and not self._unseen and not self._twice:
            self._words.append(element.text or "")
        elif tag == "gridSpan" and self._depth == 1:
            self._span = _count(element)
        elif tag == "vMerge" and self._depth == 1:
            self._reached = _value(element) != "restart"
        elif tag in ("tab", "br", "cr"):
            self._words.append(" " if self._depth or tag != "tab" else "\t")
        elif tag == "p":
            self._words.append(" ") if self._depth else self._emit(tuple(self._text().split("\t")))
        elif tag == "tc" and self._depth == 1:
            text = self._text().replace("\t", " ")
            self._cells += [REACHES if self._reached else text, *[""] * (self._span - 1)]
            self._span, self._reached = 1, False
        elif tag == "tr" and self._depth == 1:
            self._emit(tuple(self._cells) if any(c and c != REACHES for c in self._cells) else ())
            self._cells = []
        elif tag == "txbxContent" and self._around:
            self._words, self._cells, self._depth = self._around.pop()
        self._depth -= tag == "tbl"
        self._twice -= tag == "Fallback"
        if tag in ("p", "tr", "tbl"):
            element.clear()

    def _text(self) -> str:
        text = "".join(self._words)
        self._words = []
        if len(text) > self.numbers["cell_chars"]:
            raise Refused("too-big")
        return "\t".join(" ".join(part.split()) for part in text.split("\t"))

    def _emit(self, row: tuple[str, ...]) -> None:
        if len(self.rows) >= self.numbers["sheet_rows"] or len(row) > self.numbers["sheet_columns"]:
            raise Refused("too-big")
        self.rows.append(row)


def _value(element: Any) -> str:
    return next((v for k, v in element.attrib.items() if k.endswith("val")), "")


def _count(element: Any) -> int:
    text = _value(element)
    return min(int(text), _MOST_SPAN) if text.isascii() and text.isdigit() and int(text) > 0 else 1
