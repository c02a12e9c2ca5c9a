"""Scans and photos from file to document."""

import sys
from dataclasses import asdict, replace
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from ocr_pictures import ROWS, as_bytes, as_picture, paper_pdf
from PIL import Image, ImageDraw

from explainer.knowledge.base import Knowledge
from explainer.model.source import PageSize
from explainer.readers import Reading, Unreadable, Upload, box, read
from explainer.readers.box.extract import Options, Refused
from explainer.readers.ocr import engine as engines
from explainer.readers.ocr import extract as extracts
from explainer.readers.ocr import page as pages
from explainer.readers.ocr import recognise
from explainer.readers.ocr.engine import Seen, data_folder, read_table
from explainer.readers.ocr.language import looks_spanish
from explainer.readers.ocr.look import both
from explainer.readers.ocr.second import Rapid, second_engine
from explainer.settings import BoxLimits, Limits

needs_tesseract = pytest.mark.skipif(data_folder() is None, reason="Tesseract's data is not installed: pictures are not read")
OPTIONS = Options(asdict(BoxLimits()), lambda done, total: None, lambda: None)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def read_picture(knowledge: Knowledge, picture: Image.Image, name: str = "scan.png", **options: Any) -> Reading:
    return read(Upload("p1", name, as_bytes(picture, **options)), knowledge, Limits())


def printed(reading: Reading) -> list[tuple[str | None, ...]]:
    return [
        (str(line.service_date), line.code, str(line.units), *(f"${line.amounts.get(n):.2f}" for n in
         ("billed", "discount", "allowed", "plan_paid", "patient_owes")))
        for line in reading.document.lines
    ]  # fmt: skip


WANTED = [(f"2026-{row[0][:2]}-{row[0][3:5]}", *row[1:]) for row in ROWS]


@needs_tesseract
@pytest.mark.parametrize("turned", [0, 2.5, 90, 180, 270])
def test_a_scan_is_read_however_it_lies(knowledge: Knowledge, turned: float) -> None:
    picture = as_picture(paper_pdf()).rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    reading = read_picture(knowledge, picture)
    assert printed(reading) == WANTED
    assert [p.code for p in reading.problems] == ["page-scanned"]
    assert (reading.document.format, reading.document.claims[0].claim_id) == ("image", "26-0001")


@needs_tesseract
@pytest.mark.filterwarnings("ignore:Image size")
def test_boxes_lie_on_the_picture_that_is_shown(knowledge: Knowledge) -> None:
    reading = read_picture(knowledge, as_picture(paper_pdf()).rotate(90, expand=True))
    shown, size = reading.pictures[0], reading.document.pages[0]
    assert shown.width / shown.height == pytest.approx(size.width / size.height, rel=0.01)
    box_ = reading.document.lines[0].place("billed").box
    assert box_ is not None
    import io

    scale = shown.width / size.width
    under = Image.open(io.BytesIO(shown.png)).convert("L").crop(tuple(int(v * scale) for v in
        (box_.left, box_.top, box_.right, box_.bottom)))  # fmt: skip
    assert under.getextrema()[0] < 100


@needs_tesseract
def test_pages_of_a_fax_are_all_read(knowledge: Knowledge) -> None:
    page = as_picture(paper_pdf())
    reading = read_picture(knowledge, page, "fax.tif", kind="TIFF", save_all=True, append_images=[page], compression="tiff_lzw")
    assert {line.source.page for line in reading.document.lines} == {1, 2}


@needs_tesseract
def test_a_pdf_of_pictures_is_read_page_by_page(knowledge: Knowledge) -> None:
    page = as_picture(paper_pdf())
    data = as_bytes(page, "PDF", save_all=True, append_images=[page], resolution=200)
    reading = read(Upload("p1", "scan.pdf", data), knowledge, Limits())
    assert {line.source.page for line in reading.document.lines} == {1, 2}
    assert [p.code for p in reading.problems if p.code == "page-scanned"] == ["page-scanned"] * 2


@needs_tesseract
def test_an_amount_that_cannot_be_read_is_left_out(knowledge: Knowledge) -> None:
    picture = as_picture(paper_pdf())
    scale = 200 / 72
    at = [36 + sum((78, 52, 40)), 420 - 290]
    ImageDraw.Draw(picture).rectangle(
        [(at[0] + 8) * scale, (at[1] + 3) * scale, (at[0] + 70) * scale, (at[1] + 17) * scale], fill=60
    )
    lines = read_picture(knowledge, picture).document.lines
    assert all(
        line.amounts.billed is None or f"${line.amounts.billed:.2f}" == row[3] for line, row in zip(lines, ROWS, strict=False)
    )


@needs_tesseract
@pytest.mark.parametrize("size", [(600, 800), (60, 60)])
def test_a_page_without_words_is_told_so(knowledge: Knowledge, size: tuple[int, int]) -> None:
    with pytest.raises(Unreadable, match="no-words"):
        read_picture(knowledge, Image.new("L", size, 255))


def test_words_for_every_refusal_and_problem(knowledge: Knowledge) -> None:
    task = box.parent.TASKS["image"]
    for code in task.refusals:
        assert knowledge.say(f"read.{code}.message", "en", {}) != knowledge.say(f"read.{code}.message", "es", {})
        assert knowledge.say(f"read.{code}.try", "en", {})
    for code in task.problems | {"ocr-mended", "ocr-doubtful"}:
        assert knowledge.say(f"problem.{code}", "es", {"page": 1, "first": 11, "count": 2, "words": "a = b", "line": 3})


class _Fake:
    """An engine that says what it is told to."""

    quick = True

    def __init__(self, words: list[Seen] | None = None, error: Exception | None = None) -> None:
        self.seen, self.error = words or [], error

    def words(self, picture: Image.Image, seconds: float) -> list[Seen]:
        if self.error:
            raise self.error
        return self.seen

    def line(self, picture: Image.Image, seconds: float) -> list[Seen]:
        return self.seen[:1]


def recognised(monkeypatch: pytest.MonkeyPatch, first: _Fake, second: _Fake | None = None) -> Any:
    monkeypatch.setattr(pages, "engine", lambda language="eng": first)
    monkeypatch.setattr(pages, "second_engine", lambda: second)
    picture = as_picture(paper_pdf())
    size = PageSize(3, 612, 612 * picture.height / picture.width)
    return recognise(picture.tobytes(), picture.width, picture.height, size, OPTIONS)


GARBLED = [Seen(f"gib{n}rish", 10 + n, 40, 60 + n, 60, 0.2) for n in range(8)]
CLEAR = [Seen(f"word{n}", 10 + n, 40, 60 + n, 60, 0.95) for n in range(8)]


@pytest.mark.parametrize(
    ("first", "second", "read_"),
    [(GARBLED, CLEAR, "word0"), (CLEAR, GARBLED, "word0"), (GARBLED, None, "gib0rish"), (GARBLED, [], "gib0rish")],
)
def test_the_second_engine_is_asked_only_where_the_first_is_unsure(
    monkeypatch: pytest.MonkeyPatch, first: list[Seen], second: list[Seen] | None, read_: str
) -> None:
    page, picture = recognised(monkeypatch, _Fake(first), None if second is None else _Fake(second))
    assert read_ in [w.text for w in page.words]
    assert (page.size.number, picture.page) == (3, 3)


def test_a_page_that_takes_too_long_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert recognised(monkeypatch, _Fake(error=engines.TooSlow())) is None


def test_a_picture_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracts, "engine", lambda: None)
    monkeypatch.setattr(extracts, "recognise", lambda *_: None)
    with pytest.raises(Refused, match="picture-slow"):
        extracts.extract(as_bytes(Image.new("L", (100, 100))), OPTIONS)


def test_without_tesseract_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise engines.NoEngine

    monkeypatch.setattr(extracts, "engine", missing)
    with pytest.raises(Refused, match="ocr-missing"):
        extracts.extract(as_bytes(Image.new("L", (100, 100))), OPTIONS)


def test_pages_beyond_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracts, "engine", lambda: None)
    monkeypatch.setattr(extracts, "recognise", lambda gray, number, options, point: ("page", "picture"))
    page = Image.new("L", (100, 100), 255)
    data = as_bytes(page, "TIFF", save_all=True, append_images=[page] * 4)
    options = replace(OPTIONS, numbers={**OPTIONS.numbers, "ocr_pages": 3})
    found = extracts.extract(data, options)
    assert len(found.pages) == 3
    assert ("pages-not-read", {"first": 4}) in found.problems


def test_the_trained_data_is_looked_for_where_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "tessdata").mkdir()
    (tmp_path / "tessdata" / "xyz.traineddata").write_bytes(b"")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert data_folder("xyz") == str(tmp_path / "tessdata")
    assert data_folder("zyx") is None


@pytest.mark.skipif(data_folder() is None or engines._program() is None, reason="the tesseract program is not installed")
def test_the_program_reads_as_the_library_does() -> None:
    program, folder = engines._program(), data_folder()
    assert program
    assert folder
    seen = engines._ByProgram(program, folder, "eng").words(as_picture(paper_pdf(ruled=False)), 30)
    assert {"$120.00", "97110", "Explanation"} <= {w.text for w in seen}


def test_tesseracts_table() -> None:
    rows = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
            "4\t1\t1\t1\t1\t0\t5\t6\t70\t8\t-1\t", "5\t1\t1\t1\t1\t1\t5\t6\t30\t8\t96.5\t$5.00",
            "5\t1\t1\t1\t1\t2\t9\t6\t3\t8\t12\t "]  # fmt: skip
    assert list(read_table("\n".join(rows))) == [Seen("$5.00", 5, 6, 35, 14, 0.965)]


@pytest.mark.parametrize(
    ("first", "second", "text", "sure"),
    [(("$5.00", 0.7), ("$5.00", 0.95), "$5.00", 0.95), (("$500", 0.9), ("$5.00", 0.8), "$5.00", 0.5),
     (("$5.00", 0.96), ("$6.00", 0.9), "$5.00", 0.5), (("CO-45", 0.4), ("45", 0.9), "CO-45", 0.4),
     (("x1", 0.2), ("A1", 0.8), "A1", 0.5)],
)  # fmt: skip
def test_two_looks(first: tuple[str, float], second: tuple[str, float], text: str, sure: float) -> None:
    one, two = (Seen(t, 0, 0, 9, 9, s) for t, s in (first, second))
    assert (both(one, two).text, both(one, two).sure) == (text, sure)


def test_spanish_pages_are_told() -> None:
    def said(text: str) -> list[Seen]:
        return [Seen(w, 0, 0, 1, 1, 0.9) for w in text.split()]

    assert looks_spanish(said("Fecha de servicio del paciente y cantidad que usted debe al proveedor por la factura"))
    assert not looks_spanish(said("Date of service and the amount you may owe for this claim at Clinica de la Salud del Sol"))


def test_rapidocr_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    corners = [[10.0, 5.0], [110.0, 5.0], [110.0, 25.0], [10.0, 25.0]]
    found = SimpleNamespace(boxes=[corners], txts=("Paid $5.00",), scores=(0.9,))
    library = ModuleType("rapidocr")
    library.RapidOCR = lambda: lambda picture: found  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rapidocr", library)
    second_engine.cache_clear()
    reader = second_engine()
    second_engine.cache_clear()
    assert isinstance(reader, Rapid)
    assert reader.words(Image.new("L", (200, 40)), 5) == [Seen("Paid", 10, 5, 50, 25, 0.9), Seen("$5.00", 60, 5, 110, 25, 0.9)]
