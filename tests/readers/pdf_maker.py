"""Small made-up PDFs, each with one habit or one trick."""

import io
from collections.abc import Callable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

HEAD = (
    "EXPLANATION OF BENEFITS",
    "Fernhill Health Plan",
    "Patient: Ana Example",
    "Claim number: 5550001112",
    "Provider: Oak Street PT",
)
COLUMNS = ("Date of service", "Code", "Amount billed", "Plan discount", "Plan paid", "You may owe")
ROW = ("03/02/2026", "97110", "$120.00", "$55.80", "$24.20", "$40.00")
AT = (50, 150, 220, 310, 400, 490)

Draw = Callable[[canvas.Canvas], None]


def pdf(*pages: Draw, size: tuple[float, float] = (612, 792), **how: object) -> bytes:
    """A PDF of pages, each drawn by a function."""
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=size, invariant=1, **how)  # type: ignore[arg-type]
    for page in pages:
        page(paper)
        paper.showPage()
    paper.save()
    return out.getvalue()


def head(c: canvas.Canvas, top: float = 740) -> None:
    """The words above the table."""
    c.setFont("Helvetica", 10)
    for n, line in enumerate(HEAD):
        c.drawString(50, top - 14 * n, line)


def row(c: canvas.Canvas, cells: tuple[str, ...], y: float) -> None:
    """One line of a table."""
    for x, cell in zip(AT, cells, strict=True):
        c.drawString(x, y, cell)


def plain(c: canvas.Canvas) -> None:
    """An EOB of one line."""
    head(c)
    c.setFont("Helvetica", 8)
    row(c, COLUMNS, 640)
    row(c, ROW, 622)


def white_on_dark(c: canvas.Canvas) -> None:
    """The heading is white on a dark band: everyone can read it."""
    head(c)
    c.setFont("Helvetica", 8)
    c.setFillGray(0.1)
    c.rect(45, 634, 530, 16, stroke=0, fill=1)
    c.setFillGray(1)
    row(c, COLUMNS, 640)
    c.setFillGray(0)
    row(c, ROW, 622)


def with_hidden(how: str) -> Draw:
    """The plain paper with an amount nobody can see."""

    def draw(c: canvas.Canvas) -> None:
        plain(c)
        text = c.beginText(50, 500)
        text.setFont("Helvetica", 0.9 if how == "tiny" else 10)
        if how == "no ink":
            text.setTextRenderMode(3)
        if how == "white":
            c.setFillGray(1)
        if how == "off the page":
            text.setTextOrigin(50, -300)
        text.textLine("You may owe $9,999.00")
        c.drawText(text)
        if how == "covered":
            c.setFillGray(1)
            c.rect(40, 490, 300, 30, stroke=0, fill=1)

    return draw


def turned(quarter: int, by_page: bool) -> bytes:
    """A landscape paper whose words stand upright only when the page is turned: by its own mark, or by the reader."""

    def draw(c: canvas.Canvas) -> None:
        c.saveState()
        c.translate(*{0: (0, 0), 1: (612, 0), 2: (612, 792), 3: (0, 792)}[quarter])
        c.rotate(90 * quarter)
        c.translate(0, 0 if quarter % 2 == 0 else -180)
        plain(c)
        c.restoreState()
        if by_page and quarter:
            c.setPageRotation(90 * quarter)

    # reportlab turns the sheet's own size with the page's mark.
    return pdf(draw, size=(792, 612) if by_page and quarter % 2 else (612, 792))


def form(c: canvas.Canvas) -> None:
    """The amounts were typed into a form."""
    head(c)
    c.setFont("Helvetica", 8)
    row(c, COLUMNS, 640)
    row(c, (*ROW[:2], "", "", "", ""), 622)
    for x, name, value in zip(AT[2:], "abcd", ROW[2:], strict=True):
        c.acroForm.textfield(name=name, value=value, x=x, y=616, width=70, height=14, fontSize=8, borderWidth=0)


def locked(user: str) -> bytes:
    """Protected by a password; an empty one lets everybody read."""
    return pdf(plain, encrypt=StandardEncryption(user, ownerPassword="owner", canPrint=1))


def cropped() -> bytes:
    """Only a part of the sheet is shown: what lies outside is no part of the page."""

    def draw(c: canvas.Canvas) -> None:
        plain(c)
        c.drawString(50, 30, "You may owe $9,999.00")
        c.setCropBox((30, 100, 590, 780))

    return pdf(draw)


def two_pages() -> bytes:
    """The table goes on over the page; both pages have a running head and a page number."""

    def page(number: int, rows: int) -> Draw:
        def draw(c: canvas.Canvas) -> None:
            if number == 1:
                head(c)
                c.setFont("Helvetica", 8)
                row(c, COLUMNS, 640)
            c.setFont("Helvetica", 8)
            c.drawString(50, 775, "Fernhill Health Plan statement")
            c.drawString(280, 20, f"Page {number} of 2")
            for n in range(rows):
                row(c, (f"03/{2 * number + n:02}/2026", *ROW[1:]), (622 if number == 1 else 740) - 16 * n)

        return draw

    return pdf(page(1, 3), page(2, 2))


def scan(c: canvas.Canvas) -> None:
    """Drawn shapes, no words: as good as a picture."""
    for n in range(40):
        c.rect(60 + 9 * (n % 10), 700 - 20 * (n // 10), 6, 9, fill=1)
