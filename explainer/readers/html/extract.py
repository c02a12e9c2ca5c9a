"""Bytes of a saved web page to lines and rows of cells. Runs in the box; scripts are dropped, nothing is fetched."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from explainer.readers.base import Unreadable
from explainer.readers.box.extract import Extract, Options, Refused, SheetRows
from explainer.readers.rows import REACHES
from explainer.readers.text import decode

_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "select", "textarea", "head", "map",
     "audio", "video", "nav")
)  # fmt: skip
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)  # fmt: skip
_LINES = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li",
     "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul")
)  # fmt: skip
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DECLARED = re.compile(r"<!--|<[!?]")
_BLANKS = re.compile(r"\s+")
_MOST_SPAN = 50
_NAME = "page"


def extract(data: bytes, options: Options) -> Extract:
    """The page's rows as one sheet. Raises Refused: too-big, binary."""
    if len(data) > options.numbers["page_bytes"]:
        raise Refused("too-big")
    try:
        text, _ = decode(data)
    except Unreadable as reason:
        raise Refused("binary") from reason
    page = _Page(options.numbers)
    page.feed(_undeclared(text))
    page.close()
    page.end()
    told = (("web-hidden", {"count": page.hidden}),) if page.hidden else ()
    return Extract(sheets=(SheetRows(_NAME, tuple(page.rows)),), problems=told)


def _undeclared(text: str) -> str:
    """Without comments and declarations, in one pass: the parser takes very long over many that are never closed."""
    out, at = [], 0
    for match in _DECLARED.finditer(text):
        if match.start() < at:
            continue
        out.append(text[at : match.start()])
        end = "-->" if match.group() == "<!--" else ">"
        found = text.find(end, match.end())
        at = found + len(end) if found >= 0 else len(text)
        if found < 0:
            break
    return "".join([*out, text[at:]])


class _Page(HTMLParser):
    """Gathers lines, and the cells of tables. A table within a cell ends that cell's row: such tables only lay out a page.

    Lines of a cell that stands alone in its row are lines of their own.
    """

    def __init__(self, numbers: Mapping[str, float]) -> None:
        super().__init__(convert_charrefs=True)
        self.numbers = numbers
        self.rows: list[tuple[str, ...]] = []
        self.hidden = 0
        self._words: list[str] = []
        self._cells: list[str] | None = None
        self._in_cell = False
        self._skip: list[str] = []
        self._below: dict[int, tuple[int, str]] = {}
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skip:
            if tag not in _VOID:
                self._skip.append(tag)
            return
        shown = dict(attrs)
        if tag not in _VOID and (tag in _UNSEEN or self._unseen(shown)):
            self._skip.append(tag)
        elif tag == "table":
            self._end_row()
            self._below = {}
        elif tag == "tr":
            self._end_row()
            self._cells = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._cells = [] if self._cells is None else self._cells
            self._in_cell = True
            self._span = _number(shown.get("colspan")), _number(shown.get("rowspan"))
        elif tag in _LINES:
            if self._cells and not self._in_cell:
                self._end_row()
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            if tag in self._skip:
                while self._skip.pop() != tag:
                    pass
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()
        elif tag in _LINES:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._words.append(_BLANKS.sub(" ", data))

    def end(self) -> None:
        """What is left open at the end of the page."""
        self._end_row()
        self._break()

    def _unseen(self, shown: Mapping[str, str | None]) -> bool:
        if "hidden" in shown or _NOT_SHOWN.search(shown.get("style") or ""):
            self.hidden += 1
            return True
        return False

    def _text(self) -> str:
        """The words so far; lines of a cell stay apart until it is known whether it stands beside others."""
        text = "\n".join(line for part in "".join(self._words).split("\n") if (line := " ".join(part.split())))
        self._words = []
        if len(text) > self.numbers["cell_chars"]:
            raise Refused("too-big")
        return text

    def _break(self) -> None:
        if self._in_cell:
            self._words.append("\n")
        elif text := self._text():
            self._emit((text,))

    def _end_cell(self) -> None:
        if not self._in_cell or self._cells is None:
            self._break()
            return
        self._in_cell = False
        self._from_above(self._cells)
        at = len(self._cells)
        self._cells += [self._text(), *[""] * (self._span[0] - 1)]
        if self._span[1] > 1:
            self._below |= dict.fromkeys(range(at, len(self._cells)), (self._span[1], ""))
            self._below[at] = self._span[1], REACHES if self._cells[at] else ""
        if len(self._cells) > self.numbers["sheet_columns"]:
            raise Refused("too-big")

    def _from_above(self, cells: list[str]) -> None:
        """Cells that say so where one of a row above reaches down."""
        while (above := self._below.get(len(cells))) and len(cells) < self.numbers["sheet_columns"]:
            cells.append(above[1])

    def _end_row(self) -> None:
        self._end_cell()
        cells, self._cells = self._cells, None
        if cells is None:
            return
        self._from_above(cells)
        self._below = {at: (rows - 1, mark) for at, (rows, mark) in self._below.items() if rows > 1}
        own = [bool(cell) and cell != REACHES for cell in cells]
        if own and own[0] and not any(own[1:]):
            for line in cells[0].split("\n"):
                self._emit((line,))
        elif any(own):
            self._emit(tuple(cell.replace("\n", " ") for cell in cells))

    def _emit(self, row: tuple[str, ...]) -> None:
        if len(self.rows) >= self.numbers["sheet_rows"]:
            raise Refused("too-big")
        self.rows.append(row)


def _number(text: str | None) -> int:
    return min(int(text), _MOST_SPAN) if text and text.isascii() and text.isdigit() and int(text) > 0 else 1
