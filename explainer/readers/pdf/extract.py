"""A PDF taken apart inside the box: for each page its words, its lines, its picture, and what of it cannot be seen."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pypdfium2_raw as pdfium

from explainer.model.source import PageSize
from explainer.readers.box.extract import Extract, Options, Refused, Value
from explainer.readers.pages import Page, PageWord, Picture
from explainer.readers.pdf.drawn import Drawn, drawn_on
from explainer.readers.pdf.picture import Gray, as_png, has_ink, rendered
from explainer.readers.pdf.scans import NoOcr, scanned_words
from explainer.readers.pdf.words import Ink, TextPage, Upright, inks, is_tiny, odd_share, turns_of, upright

_PASSWORD = 4
_WIDGET, _FREE_TEXT = 20, 3
_MOST_NOTES = 2_000
_FEW_WORDS = 5
_ODD_TEXT = 0.2
_LARGE_PICTURE = 0.25
_WHOLE_PICTURE = 0.5
_TOO_MANY_PIXELS = 60_000_000
_SOME_INK = 0.0005
_SCANNED_TEXT = 0.85
_CHARS = 400_000
_AMOUNT = re.compile(r"[0-9]\.[0-9]{2}(?![0-9])")
_WORDS_BEFORE, _TOLD, _MOST_UNSEEN = 6, 80, 2_000


@dataclass(slots=True)
class _Found:
    """What has been taken out so far."""

    pages: list[Page] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    problems: list[tuple[str, Mapping[str, Value]]] = field(default_factory=list)
    scans: int = 0
    unseen: list[str] = field(default_factory=list)

    def problem(self, code: str, **values: Value) -> None:
        self.problems.append((code, values))


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise Refused("pdf-password" if pdfium.FPDF_GetLastError() == _PASSWORD else "pdf-damaged")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def extract(data: bytes, options: Options) -> Extract:
    """All pages of a PDF. Raises Refused: pdf-password, pdf-damaged, pdf-pages, ocr-missing."""
    found = _Found()
    with _opened(data) as document:
        count, most = pdfium.FPDF_GetPageCount(document), int(options.numbers["pages"])
        if count > most:
            raise Refused("pdf-pages", pages=count, most=most)
        for number in range(1, count + 1):
            _page(document, number, found, options)
            options.progress(number, count)
    if not found.pages:
        raise Refused("pdf-damaged")
    hidden = sum(page.hidden for page in found.pages)
    if hidden:
        found.problem("hidden-words", count=hidden, text=_telling(found.unseen))
    if not any(page.words for page in found.pages) and any(code == "ocr-missing" for code, _ in found.problems):
        raise Refused("ocr-missing")
    return Extract(tuple(found.pages), tuple(found.pictures), (), tuple(found.problems[:200]))


def _telling(words: list[str]) -> str:
    """Of the hidden words those up to the first amount, so that it can be compared with what is seen."""
    at = next((i for i, word in enumerate(words) if _AMOUNT.search(word)), len(words) - 1)
    return " ".join(words[max(0, at - _WORDS_BEFORE) : at + 1])[-_TOLD:]


@contextmanager
def _loaded(document: Any, number: int) -> Iterator[Any]:
    """The page with what was filled into its form made part of it; None where it cannot be opened."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if page and _filled_in(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, number - 1)
    try:
        yield page
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def _filled_in(page: Any) -> bool:
    for index in range(min(_MOST_NOTES, pdfium.FPDFPage_GetAnnotCount(page))):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        sort = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if sort in (_WIDGET, _FREE_TEXT):
            return True
    return False


def _page(document: Any, number: int, found: _Found, options: Options) -> None:
    with _loaded(document, number) as page:
        most = options.numbers["page_points"]
        if not page or not all(1 <= side <= most for side in (pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))):
            found.problem("page-not-read", page=number)
            return
        with TextPage(page) as letters:
            text = letters.text(_CHARS)
            turned = turns_of(letters, text)
            turns = (-turned - pdfium.FPDFPage_GetRotation(page)) % 4 if text.strip() else 0
            place = upright(page, turns)
            words = [ink for ink in inks(letters, text, place) if ink.turned == turned]
        look = _Look(page, number, turns, place, drawn_on(page, place, int(options.numbers["page_rules"])), options)
        _take(look, words, odd_share(text), found)


@dataclass(slots=True)
class _Look:
    """A page, how it is held, and what is drawn on it."""

    page: Any
    number: int
    turns: int
    upright: Upright
    drawn: Drawn
    options: Options

    def gray(self, dpi: float) -> Gray | None:
        """Its picture; None where a picture in it is too large to be unpacked."""
        if self.drawn.pixels > _TOO_MANY_PIXELS:
            return None
        most = int(self.options.numbers["page_pixels"])
        return rendered(self.page, self.upright.width, self.upright.height, self.turns, dpi, most)

    @property
    def size(self) -> PageSize:
        return PageSize(self.number, self.upright.width, self.upright.height)

    def share(self, at_least: float) -> bool:
        """Whether one picture takes that share of the page."""
        whole = self.upright.width * self.upright.height
        return any((p.right - p.left) * (p.bottom - p.top) >= at_least * whole for p in self.drawn.pictures)


def _take(look: _Look, words: list[Ink], odd: float, found: _Found) -> None:
    gray = look.gray(look.options.numbers["shown_dpi"])
    layered = look.share(_WHOLE_PICTURE) and sum(1 for w in words if w.light is None) > len(words) // 2
    seen = [w for w in words if look.upright.holds(w.box) and (layered or _seen(w, gray))]
    kept_words = {id(w) for w in seen}
    found.unseen += [w.text for w in words[:_MOST_UNSEEN] if id(w) not in kept_words]
    if look.drawn.pixels > _TOO_MANY_PIXELS:
        found.problem("picture-too-large", page=look.number)
    if gray is not None:
        found.pictures.append(Picture(look.number, gray.width, gray.height, as_png(gray)))
    if odd > _ODD_TEXT or _is_scan(look, seen, gray):
        _scan(look, seen if odd <= _ODD_TEXT else [], len(words) - len(seen), found)
        return
    most = int(look.options.numbers["page_words"])
    if len(seen) > most:
        found.problem("page-cut", page=look.number)
    chars = int(look.options.numbers["word_chars"])
    sure = _SCANNED_TEXT if layered else 1.0
    kept = tuple(PageWord(w.text[:chars], look.upright.within(w.box), sure) for w in seen[:most])
    found.pages.append(Page(look.size, kept, tuple(look.drawn.rules), len(seen) > most, len(words) - len(seen)))


def _seen(word: Ink, gray: Gray | None) -> bool:
    if word.light is None or is_tiny(word):
        return False
    return has_ink(gray, word.box, word.light) if gray is not None else word.light < 240


def _is_scan(look: _Look, words: list[Ink], gray: Gray | None) -> bool:
    """Whether the page's words stand in a picture: hardly a word of its own, or a large picture with hardly a word on it."""
    inked = gray is not None and gray.ink > _SOME_INK
    if len(words) < _FEW_WORDS:
        return inked
    if not inked or not look.share(_LARGE_PICTURE):
        return False
    whole = look.upright.width * look.upright.height
    large = [p for p in look.drawn.pictures if (p.right - p.left) * (p.bottom - p.top) >= _LARGE_PICTURE * whole]
    return any(sum(1 for w in words if _inside(w, p)) < _FEW_WORDS for p in large)


def _inside(word: Ink, picture: Any) -> bool:
    x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    return bool(picture.left <= x <= picture.right and picture.top <= y <= picture.bottom)


def _scan(look: _Look, words: list[Ink], hidden: int, found: _Found) -> None:
    """A page whose words have to be read from its picture."""
    found.scans += 1
    own = tuple(PageWord(w.text, look.upright.within(w.box)) for w in words)
    if look.drawn.pixels > _TOO_MANY_PIXELS or found.scans > look.options.numbers["ocr_pages"]:
        _unscanned(look, own, hidden, found, "page-not-read")
        return
    look.options.slow()
    try:
        read = scanned_words(look.gray, look.size, look.options)
    except NoOcr:
        _unscanned(look, own, hidden, found, "ocr-missing")
        return
    if read is None:
        _unscanned(look, own, hidden, found, "page-not-read")
        return
    found.problem("page-scanned", page=look.number)
    found.pages.append(read[0])
    found.pictures[:] = [p for p in found.pictures if p.page != look.number] + [read[1]]


def _unscanned(look: _Look, own: tuple[PageWord, ...], hidden: int, found: _Found, code: str) -> None:
    """A scanned page of which only the few words of its own are known."""
    found.problem(code, page=look.number)
    found.pages.append(Page(look.size, own, tuple(look.drawn.rules), False, hidden))
