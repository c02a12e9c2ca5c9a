"""Drawing tables and lines on pages, by hand, so that each habit of printed papers can be chosen."""

import io
from dataclasses import dataclass, field

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import landscape, letter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

MARGIN = 36.0


@dataclass
class Look:
    """How a paper is printed. rules: grid, level, head, none. fill: none, zebra, head (white words on dark).

    stand: where amounts stand beside words of several lines. lead: line height by size. repeat: headings again on each page.
    """

    font: str = "Helvetica"
    size: float = 8.0
    wide: bool = False
    rules: str = "grid"
    fill: str = "none"
    stand: str = "top"
    right: bool = False
    centred: bool = False
    pad: float = 4.0
    lead: float = 1.2
    repeat: bool = True
    below: bool = False
    break_words: bool = False
    narrow: float = 1.0
    turned: bool = False
    heads: bool = True
    running: bool = False
    top_space: float = 0.0
    box_rules: bool = False


def wrapped(text: str, font: str, size: float, width: float, break_words: bool) -> list[str]:
    """The text in lines of that width; words that are too long are broken, or stick out."""
    lines, line = [], ""
    for word in text.split(" "):
        while break_words and stringWidth(word, font, size) > width and len(word) > 6:
            cut = next((n for n in range(len(word) - 1, 2, -1) if stringWidth(word[:n], font, size) <= width), 6)
            if line:
                lines.append(line)
            lines.append(word[:cut])
            line, word = "", word[cut:]
        tried = f"{line} {word}".strip()
        if line and stringWidth(tried, font, size) > width:
            lines.append(line)
            line = word
        else:
            line = tried
    return [*lines, line] if line or not lines else lines


@dataclass
class Sheet:
    """The pages of one paper."""

    look: Look
    payer: str = ""
    out: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self.width, self.height = landscape(letter) if self.look.wide else letter
        self.canvas = canvas.Canvas(self.out, pagesize=(self.width, self.height), pageCompression=1, invariant=1)
        self.number = 0
        self.open()

    def open(self) -> None:
        """A new page."""
        if self.number:
            self.close_page()
        self.number += 1
        if self.look.turned:
            self.canvas.translate(self.height, 0)
            self.canvas.rotate(90)
            self.canvas.setPageRotation(90)
        self.y = self.height - MARGIN - (self.look.top_space if self.number == 1 else 0)
        if self.look.running and self.number > 1:
            self.say(MARGIN, self.payer, 8)
            self.down(14)

    def close_page(self) -> None:
        """The foot of the page."""
        if self.look.running:
            self.canvas.setFont("Helvetica", 7)
            self.canvas.drawString(self.width / 2 - 20, 20, f"Page {self.number} of 3")
        self.canvas.showPage()

    def done(self) -> bytes:
        """The whole paper."""
        self.close_page()
        self.canvas.save()
        return self.out.getvalue()

    def say(self, x: float, text: str, size: float, bold: bool = False, right: float = 0) -> None:
        """One line of words; `right`: the edge to end at."""
        font = bold_of(self.look.font) if bold else self.look.font
        self.canvas.setFont(font, size)
        at = right - stringWidth(text, font, size) if right else x
        self.canvas.drawString(at, self.y - size * 0.8, text)

    def down(self, by: float) -> None:
        self.y -= by

    def room(self, height: float) -> bool:
        return self.y - height > MARGIN


def bold_of(font: str) -> str:
    """The bold face of a font."""
    return {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold"}.get(font, font)


def table(sheet: Sheet, heads: list[str], rows: list[list[str]], money: list[bool], words_at: int | None) -> None:
    """A table in the sheet's look, over as many pages as it takes."""
    look = sheet.look
    below = words_at if look.below else None
    kept = [i for i in range(len(heads)) if i != below]
    while sum(
        widths := _widths(sheet, [heads[i] for i in kept], [[r[i] for i in kept] for r in rows], [money[i] for i in kept])
    ) > (sheet.width - 2 * MARGIN + 1):
        look.size -= 0.25
    if look.heads:
        _row(sheet, [heads[i] for i in kept], widths, [money[i] for i in kept], head=True)
    for number, row in enumerate(rows):
        cells = [row[i] for i in kept]
        under = row[below] if below is not None else ""
        if not sheet.room(_height(sheet, cells, widths, under)):
            sheet.open()
            if look.repeat and look.heads:
                _row(sheet, [heads[i] for i in kept], widths, [money[i] for i in kept], head=True)
        _row(sheet, cells, widths, [money[i] for i in kept], number=number, under=under)
    sheet.down(10)


def _widths(sheet: Sheet, heads: list[str], rows: list[list[str]], money: list[bool]) -> list[float]:
    look = sheet.look
    whole = sheet.width - 2 * MARGIN
    least = []
    for i, head in enumerate(heads):
        texts = [row[i] for row in rows]
        words = [w for t in texts for w in (t.split(" ") if not money[i] else [t])] + (
            [] if look.break_words else head.split(" ")
        )
        need = max((stringWidth(w, look.font, look.size) for w in words), default=8)
        bold = (
            stringWidth("Deducti", bold_of(look.font), look.size)
            if look.break_words
            else max(stringWidth(w, bold_of(look.font), look.size) for w in head.split(" "))
        )
        least.append(max(need, bold) + 2 * look.pad)
    most = [
        max(n, min(170, max(stringWidth(t, look.font, look.size) for t in [h, *(r[i] for r in rows)]) + 2 * look.pad))
        for i, (h, n) in enumerate(zip(heads, least, strict=True))
    ]
    rest, wish = whole - sum(least), sum(m - n for m, n in zip(most, least, strict=True))
    share = max(0.0, min(1.0, rest / wish if wish else 0.0)) * look.narrow
    return [n + (m - n) * share for m, n in zip(most, least, strict=True)]


def _lines(sheet: Sheet, cells: list[str], widths: list[float], head: bool) -> list[list[str]]:
    look = sheet.look
    font = bold_of(look.font) if head else look.font
    return [wrapped(t, font, look.size, w - 2 * look.pad + 0.5, look.break_words) for t, w in zip(cells, widths, strict=True)]


def _height(sheet: Sheet, cells: list[str], widths: list[float], under: str = "", head: bool = False) -> float:
    look = sheet.look
    count = max(len(ls) for ls in _lines(sheet, cells, widths, head)) + bool(under)
    return count * look.size * look.lead + 2 * look.pad * 0.6


def _row(
    sheet: Sheet, cells: list[str], widths: list[float], money: list[bool], head: bool = False, number: int = 0, under: str = ""
) -> None:
    look, c = sheet.look, sheet.canvas
    lines = _lines(sheet, cells, widths, head)
    height = _height(sheet, cells, widths, under, head)
    whole = sum(widths)
    top, x = sheet.y, MARGIN
    if (look.fill == "zebra" and not head and number % 2) or (look.fill == "head" and head):
        c.setFillColor(HexColor("#1f3a5f") if head else HexColor("#e8eef4"))
        c.rect(x, top - height, whole, height, stroke=0, fill=1)
    c.setFillColor(white if look.fill == "head" and head else black)
    for text, width, is_money in zip(lines, widths, money, strict=True):
        _cell(sheet, text, x, width, height - (look.size * look.lead if under else 0), is_money, head)
        x += width
    if under:
        c.setFont(look.font, look.size)
        c.drawString(MARGIN + widths[0] + look.pad, top - height + look.pad * 0.6 + look.size * 0.3, under)
    c.setFillColor(black)
    _rules(sheet, widths, top, height, head)
    sheet.down(height)


def _cell(sheet: Sheet, lines: list[str], x: float, width: float, height: float, is_money: bool, head: bool) -> None:
    look = sheet.look
    step = look.size * look.lead
    inner = len(lines) * step
    free = max(0.0, height - 2 * look.pad * 0.6 - inner)
    start = {"top": 0.0, "middle": free / 2, "bottom": free}["bottom" if head and look.stand != "top" else look.stand]
    y = sheet.y - look.pad * 0.6 - start - look.size * 0.85
    font = bold_of(look.font) if head else look.font
    sheet.canvas.setFont(font, look.size)
    for text in lines:
        wide = stringWidth(text, font, look.size)
        at = x + look.pad
        if is_money and look.right:
            at = x + width - look.pad - wide
        elif look.centred and (is_money or head):
            at = x + (width - wide) / 2
        sheet.canvas.drawString(at, y, text)
        y -= step


def _rules(sheet: Sheet, widths: list[float], top: float, height: float, head: bool) -> None:
    look, c, whole = sheet.look, sheet.canvas, sum(widths)
    c.setLineWidth(0.5)
    if look.rules == "grid":
        x = MARGIN
        for width in widths:
            c.rect(x, top - height, width, height, stroke=1, fill=0)
            x += width
    elif look.rules == "level" or (look.rules == "head" and head):
        c.line(MARGIN, top - height, MARGIN + whole, top - height)
