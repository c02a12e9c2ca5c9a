"""`python -m bench.pdfs.speed [--n 12]`: what reading a PDF costs, step by step, in milliseconds a page or a file.

The steps within the box (words, pictures) run here without it, so that each can be told apart from the box itself.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import pypdfium2_raw as pdfium

from bench.pdfs.designs import DESIGNS, paper
from explainer.knowledge.base import Knowledge
from explainer.readers import Upload, box, read
from explainer.readers.labels import label_book
from explainer.readers.layout.page import lay_out
from explainer.readers.pdf.words import TextPage, inks, upright
from explainer.settings import Limits

_CHARS = 400_000


def _took(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of a few runs, in milliseconds."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, 1000 * (time.perf_counter() - started))
    return best


def _words_of(data: bytes) -> int:
    """Takes all words with their boxes out of a PDF; how many pages it has."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    pages: int = pdfium.FPDF_GetPageCount(document)
    for number in range(pages):
        page = pdfium.FPDF_LoadPage(document, number)
        with TextPage(page) as letters:
            list(inks(letters, letters.text(_CHARS), upright(page, 0)))
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return pages


def _line(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    return f"{name:34} p50 {statistics.median(ordered):8.1f} ms   p95 {ordered[int(len(ordered) * 0.95)]:8.1f} ms"


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="bench.pdfs.speed")
    parser.add_argument("--n", type=int, default=len(DESIGNS), help="papers, one of each design in turn")
    count = parser.parse_args().n
    pdfium.FPDF_InitLibrary()
    knowledge, limits = Knowledge.load(), Limits()
    book, designs = label_book(knowledge), list(DESIGNS)
    words, laid, boxed, whole = list[float](), list[float](), list[float](), list[float]()
    for number in range(count):
        data = paper(designs[number % len(designs)], 90_000 + number).data
        pages = box.run("pdf", data, limits).pages
        words.append(_took(lambda data=data: _words_of(data)) / len(pages))  # type: ignore[misc]
        laid.append(_took(lambda pages=pages: lay_out(pages, book)) / len(pages))  # type: ignore[misc]
        boxed.append(_took(lambda data=data: box.run("pdf", data, limits)))  # type: ignore[misc]
        whole.append(_took(lambda data=data: read(Upload("p1", "a.pdf", data), knowledge, limits)))  # type: ignore[misc]
    print(_line("words with boxes, a page", words))
    print(_line("layout, a page", laid))
    print(_line("the box (with pictures), a file", boxed))
    print(_line("reading, a file", whole))


if __name__ == "__main__":
    main()
