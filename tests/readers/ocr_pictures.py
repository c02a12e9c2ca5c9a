"""Pictures for the tests, drawn here."""

import io

import pypdfium2
from PIL import Image, ImageDraw
from reportlab.pdfgen import canvas

ROWS = (
    ("03/04/2026", "97110", "2", "$120.00", "$55.80", "$64.20", "$24.20", "$40.00"),
    ("03/04/2026", "97140", "1", "$61.00", "$21.50", "$39.50", "$31.60", "$7.90"),
    ("03/11/2026", "G0283", "1", "$33.10", "$20.00", "$13.10", "$0.00", "$13.10"),
)
HEADS = ("Date of service", "Code", "Units", "Amount billed", "Plan discount", "Allowed amount", "Plan paid", "You may owe")
_WIDTHS = (78, 52, 40, 76, 74, 80, 62, 70)


def paper_pdf(rows: tuple[tuple[str, ...], ...] = ROWS, ruled: bool = True) -> bytes:
    """A made-up Explanation of Benefits on one page."""
    out = io.BytesIO()
    c = canvas.Canvas(out, pagesize=(612, 420), invariant=1)
    c.setFont("Helvetica", 11)
    lines = (
        "Example Health Plan",
        "Explanation of Benefits",
        "This is not a bill",
        "Patient: Ana Example",
        "Claim number: 26-0001",
    )
    for at, text in enumerate(lines):
        c.drawString(36, 390 - 16 * at, text)
    y = 290
    for row in (HEADS, *rows):
        x = 36
        c.setFont("Helvetica-Bold" if row is HEADS else "Helvetica", 8)
        for text, width in zip(row, _WIDTHS, strict=True):
            c.drawString(x + 4, y + 6, text)
            if ruled:
                c.rect(x, y, width, 20)
            x += width
        y -= 20
    c.save()
    return out.getvalue()


def as_picture(pdf: bytes, dpi: int = 200) -> Image.Image:
    """The first page."""
    return pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")


def as_bytes(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def words_drawn(size: tuple[int, int] = (1600, 1200), ruled: bool = False) -> Image.Image:
    """Lines of letters, and a table's lines."""
    picture = Image.new("L", size, 255)
    draw = ImageDraw.Draw(picture)
    for y in range(100, size[1] - 100, 60):
        for x in range(100, size[0] - 250, 260):
            draw.text((x + y * 37 % 90, y), f"Words {y} {x}", fill=0, font_size=24)
    if ruled:
        for y in (280, 640):
            draw.line((80, y - 14, size[0] - 80, y - 14), fill=90, width=3)
        draw.line((80, 266, 80, 626), fill=90, width=3)
    return picture
