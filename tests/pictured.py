"""Made-up papers with pictures, and a reader of files of our own making that a test can slow down, for the page's tests."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from explainer.knowledge.base import Knowledge
from explainer.model.amounts import Amounts
from explainer.model.document import Claim, Document, Problem, ServiceLine
from explainer.model.source import Box, PageSize, Span
from explainer.readers import Reading, Unreadable, Upload, read
from explainer.readers.pages import Picture
from explainer.settings import Limits

WIDTH, HEIGHT, DOTS = 612, 792, 100 / 72
CANARY = "Quillfeather"
PROVIDER, PAYER = "Willow Street Physical Therapy", "Evergreen Health Plan"
_COLUMNS = {"service_date": 60, "code": 130, "units": 180, "billed": 250, "plan_paid": 350, "patient_owes": 460}
_ROWS = (
    ("2026-03-05", "97110", "2", "130.00", "24.00", "40.00"),
    ("2026-03-05", "97140", "1", "60.00", "30.00", "0.00"),
    ("2026-03-12", "97530", "1", "90.00", "30.00", "20.00"),
)


def png(rows: list[tuple[float, float, str]]) -> bytes:
    """A page with words at places in points."""
    picture = Image.new("L", (round(WIDTH * DOTS), round(HEIGHT * DOTS)), 255)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(size=16)
    for x, y, text in rows:
        draw.text((x * DOTS, y * DOTS), text, fill=0, font=font)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _line(number: int, row: tuple[str, ...], top: float, page: int, paper: str, unsure: tuple[str, ...]) -> ServiceLine:
    def box(name: str) -> Span:
        return Span(paper, page, 0, 0, Box(_COLUMNS[name], top, _COLUMNS[name] + 50, top + 13))

    day, code, units, billed, paid, owes = row
    return ServiceLine(
        number, Span(paper, page, 0, 0, Box(60, top, 520, top + 13)), service_date=date.fromisoformat(day), code=code,
        code_system="CPT", description=None, units=Decimal(units),
        amounts=Amounts(billed=Decimal(billed), plan_paid=Decimal(paid), patient_owes=Decimal(owes)),
        uncertain=unsure, places={name: box(name) for name in _COLUMNS},
    )  # fmt: skip


def reading(paper: str, *, patients: tuple[str | None, ...] = ("Ana Sample",), claim_id: str = "EX-1001", pages: int = 1,
            unsure: tuple[str, ...] = ("patient_owes",), kind: str = "eob") -> Reading:  # fmt: skip
    """An EOB with three lines on each page. Several patients share the lines in turn: a claim each."""
    rows, drawn, lines = [], [], []
    for page in range(1, pages + 1):
        words: list[tuple[float, float, str]] = [(60, 40, PAYER), (60, 60, "Explanation of Benefits"), (60, 80, str(patients[0]))]
        for at, row in enumerate(_ROWS):
            top = 140 + 40 * at
            words += [(x, top, value) for x, value in zip(_COLUMNS.values(), row, strict=True)]
            number = len(lines) + 1
            lines.append(_line(number, row, top, page, paper, unsure if number == 1 else ()))
        rows.append(words)
        drawn.append(Picture(page, round(WIDTH * DOTS), round(HEIGHT * DOTS), png(words)))
    share = [tuple(line for line in lines if (line.number - 1) % len(patients) == n) for n in range(len(patients))]
    claims = tuple(
        Claim(mine, claim_id=f"{claim_id}-{n}", patient=who, provider=PROVIDER, processed=date(2026, 3, 20))
        for n, (who, mine) in enumerate(zip(patients, share, strict=True), 1)
    )
    text = "\n".join(word for words in rows for _, _, word in words)
    document = Document(
        paper, "eob.pdf", "pdf", kind, text, claims, payer=PAYER,
        pages=tuple(PageSize(n, WIDTH, HEIGHT) for n in range(1, pages + 1)),
        problems=(Problem("encoding-guessed"),),
    )  # fmt: skip
    return Reading(document, document.problems, tuple(drawn))


PAPERS: dict[bytes, Callable[[str], Reading]] = {
    b"one": lambda paper: reading(paper),
    b"copy": lambda paper: reading(paper, patients=("SAMPLE, ANA",)),
    b"two-pages": lambda paper: reading(paper, pages=2),
    b"family": lambda paper: reading(paper, patients=("Ana Sample", "Leo Sample")),
    b"leo": lambda paper: reading(paper, patients=("Leo Sample",), claim_id="EX-2002"),
}


@dataclass
class SlowReader:
    """Reads "%PDF-one" and the like; every other file as the program does. A file in `held` waits until it is let go.

    A real PDF ("%PDF-1.4") is read by the program. "%PDF-broken" cannot be read, "%PDF-crash" ends in an error of ours.
    """

    knowledge: Knowledge
    limits: Limits = field(default_factory=Limits)
    go_on: threading.Event = field(default_factory=threading.Event)
    pages: int = 5

    def __call__(self, upload: Upload, tell: Callable[[int, int], None]) -> Reading:
        if not upload.data.startswith(b"%PDF-") or upload.data.startswith(b"%PDF-1"):
            return read(upload, self.knowledge, self.limits)
        kind, _, held = upload.data.removeprefix(b"%PDF-").partition(b" ")
        if held:
            tell(1, self.pages)
            self.go_on.wait(20)
            tell(self.pages, self.pages)
        if kind == b"broken":
            raise Unreadable("no-amounts")
        if kind == b"crash":
            raise RuntimeError(CANARY)
        return PAPERS[kind](upload.paper)
