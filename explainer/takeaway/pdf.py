"""The page to take along as a PDF: one page a person where it fits, in smaller type where it must, else on more pages."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Literal

from explainer.takeaway.sheet import Part, Sheet, clean

Paper = Literal["letter", "a4"]
PAPERS: tuple[Paper, ...] = ("letter", "a4")
# Sizes of type, the largest first.
_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
_MARGIN = 38.0
_GAP = 14.0
_FRAME = 6.0  # what the library keeps free inside the margins
_FONT, _BOLD = "Handout", "Handout-Bold"
_FILES = {_FONT: "DejaVuSansCondensed.ttf", _BOLD: "DejaVuSansCondensed-Bold.ttf"}
_INK, _SOFT, _RULE, _TINT = "#1b1b1b", "#4a5560", "#9aa5b1", "#f1f4f7"


def handout_pdf(people: Sequence[tuple[Sheet, ...]], paper: Paper = "letter") -> bytes:
    """The pages of these people. Each has a sheet, or two in two languages that go side by side."""
    _fonts()
    return _largest(people, paper, _SIZES[:1]) or _largest(people, paper, _SIZES[1:]) or _built(people, paper, _SIZES[-1])[0]


def _largest(people: Sequence[tuple[Sheet, ...]], paper: Paper, sizes: tuple[float, ...]) -> bytes | None:
    """The PDF in the largest of these sizes in which each person has one page; None where none is small enough."""
    found, low, high = None, 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        data, pages = _built(people, paper, sizes[middle])
        if pages <= len(people):
            found, high = data, middle
        else:
            low = middle + 1
    return found


@lru_cache(maxsize=1)
def _fonts() -> None:
    """Fonts that have every letter of Spanish and of most names; the PDF carries the letters that it uses."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FILES.items():
        registerFont(TTFont(name, str(Path(__file__).parent / "fonts" / file)))


def _built(people: Sequence[tuple[Sheet, ...]], paper: Paper, size: float) -> tuple[bytes, int]:
    """The PDF in that size of type, and how many pages it has."""
    from reportlab.lib import pagesizes
    from reportlab.platypus import PageBreak, SimpleDocTemplate

    page = pagesizes.A4 if paper == "a4" else pagesizes.letter
    pen = _Pen(size, page[0] - 2 * _MARGIN - 2 * _FRAME)
    story: list[Any] = []
    for sheets in people:
        story += [PageBreak()] * bool(story) + list(pen.person(sheets))
    out = io.BytesIO()
    first = people[0][0]
    document = SimpleDocTemplate(
        out, pagesize=page, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN, title=first.title,
        lang=first.lang, displayDocTitle=True, author="", creator="", producer="", invariant=1,
    )  # fmt: skip
    document.build(story, onLaterPages=_numbered)
    return out.getvalue(), document.page


def _numbered(canvas: Any, document: Any) -> None:
    canvas.setFont(_FONT, 8)
    canvas.drawRightString(document.pagesize[0] - _MARGIN, _MARGIN / 2, str(document.page))


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws in one size of type (points) on a page of that width."""

    size: float
    width: float

    def person(self, sheets: tuple[Sheet, ...]) -> Iterable[Any]:
        """One person's page; sheets in two languages go side by side, part beside part."""
        if len(sheets) == 1:
            yield from self._head(sheets[0], self.width)
            for part in sheets[0].parts:
                yield from self._part(part, self.width)
            return
        half = (self.width - _GAP) / 2
        yield self._beside([list(self._head(s, half)) for s in sheets])
        for parts in zip(*(s.parts for s in sheets), strict=True):
            yield self._beside([list(self._part(p, half)) for p in parts])

    def _beside(self, cells: list[list[Any]]) -> Any:
        from reportlab.platypus import Table

        half = (self.width + _GAP) / 2
        rules = [("VALIGN", (0, 0), (-1, -1), "TOP"), *self._padding(0)]
        rules += [("RIGHTPADDING", (0, 0), (0, -1), _GAP), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
        return Table([cells], colWidths=[half, self.width - half], style=rules, splitInRow=1, hAlign="LEFT")

    def _padding(self, points: float) -> list[tuple[Any, ...]]:
        return [(f"{side}PADDING", (0, 0), (-1, -1), points) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]

    def _head(self, sheet: Sheet, _width: float) -> Iterable[Any]:
        yield self._text(sheet.title, bold=True, scale=1.6, after=0.2)
        for line in sheet.about:
            yield self._text(line, colour=_SOFT, after=0.1)

    def _part(self, part: Part, width: float) -> Iterable[Any]:
        from reportlab.platypus import HRFlowable

        yield HRFlowable(width="100%", thickness=0.6, color=_RULE, spaceBefore=self.size * 0.55, spaceAfter=self.size * 0.25)
        yield self._text(part.title, bold=True, scale=1.08, after=0.15, stay=True)
        if part.rows:
            yield self._rows(part, width)
        colour = _SOFT if part.name == "limits" else _INK
        for number, text in enumerate(part.texts):
            yield self._text(text, colour=colour, tint=part.name == "script" and number == 0)
        for item in part.items:
            yield self._text(item, colour=colour, bullet="\u2610" if part.name == "ask" else "\u2022")

    def _rows(self, part: Part, width: float) -> Any:
        """Amounts stand to the right; what happened stands beside its day."""
        from reportlab.platypus import Table

        money = part.name == "money"
        first = width * (0.72 if money else 0.26)
        cells = [[self._text(a, bold=not money), self._text(b, right=money, bold=money)] for a, b in part.rows]
        rules = [("VALIGN", (0, 0), (-1, -1), "TOP"), *self._padding(0), ("RIGHTPADDING", (0, 0), (0, -1), 8)]
        return Table(cells, colWidths=[first, width - first], style=rules, splitInRow=1, hAlign="LEFT")

    def _text(
        self, text: str, *, bold: bool = False, right: bool = False, scale: float = 1.0, after: float = 0.25, stay: bool = False,
        colour: str = _INK, bullet: str | None = None, tint: bool = False,
    ) -> Any:  # fmt: skip
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        size = self.size * scale
        style = ParagraphStyle(
            "text", fontName=_BOLD if bold else _FONT, fontSize=size, leading=size * 1.25, textColor=colour,
            spaceBefore=4 if tint else 0, spaceAfter=self.size * after + (4 if tint else 0), alignment=2 if right else 0,
            keepWithNext=stay, leftIndent=self.size * 1.4 if bullet else 0, bulletFontName=_FONT, bulletFontSize=size,
            backColor=_TINT if tint else None, borderPadding=3 if tint else 0, splitLongWords=True,
        )  # fmt: skip
        return Paragraph(escape(clean(text), quote=False).replace("\n", "<br/>"), style, bulletText=bullet)
