"""The last steps of every reader of pages: places put on their pages, and doubtful words named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from explainer.knowledge.base import Knowledge
from explainer.model.amounts import MONEY_FIELDS
from explainer.model.document import Document, Problem, ServiceLine
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.box.extract import Extract
from explainer.readers.fields import money
from explainer.readers.labels import LabelBook, label_book
from explainer.readers.layout import lay_out
from explainer.readers.meaning import read_meaning
from explainer.readers.ocr.mend import is_scanned
from explainer.readers.ocr.repair import Read, read_scanned
from explainer.readers.pages import Page
from explainer.readers.pairs import pairs_of
from explainer.readers.placed import PlacedText, placed
from explainer.readers.rows import rows_of
from explainer.readers.text import CleanText
from explainer.settings import SURE_ENOUGH, Limits

_LONGEST_HIDDEN = 200
_DOUBTED = ("service_date", "code", "modifiers", "description", "units", "minutes", "remarks", *MONEY_FIELDS)


def finish(reading: Reading, text: PlacedText, threshold: float = SURE_ENOUGH) -> Reading:
    """The same reading with every place on its page, and the fields of words that are less sure than that marked uncertain."""
    document: Document = placed(reading.document, text)
    claims = tuple(
        replace(claim, lines=tuple(_doubted(line, text, threshold) for line in claim.lines)) for claim in document.claims
    )
    document = replace(document, claims=claims, pages=text.pages)
    return replace(reading, document=document, problems=placed(reading.problems, text))


def _doubted(line: ServiceLine, text: PlacedText, threshold: float) -> ServiceLine:
    """A field whose words are not sure is uncertain; one without a place of its own goes by the whole line's."""
    if text.sure(line.source) >= threshold:
        return line
    doubtful = [n for n in _DOUBTED if _known(line, n) and n in line.places and text.sure(line.places[n]) < threshold]
    return replace(line, uncertain=tuple(dict.fromkeys((*line.uncertain, *doubtful))))


def _known(line: ServiceLine, name: str) -> bool:
    value = line.amounts.get(name) if name in MONEY_FIELDS else getattr(line, name)
    return value not in (None, ())


def _conflict(book: LabelBook, document: Document, hidden: Problem) -> Iterator[Problem]:
    """The amount that may be owed, where hidden words name another one than the paper shows. What is shown stays the answer."""
    rows, _ = rows_of(str(hidden.values.get("text", "")), _LONGEST_HIDDEN)
    shown = [
        amount
        for c in document.claims
        for amount in (c.totals.patient_owes, *(x.amounts.patient_owes for x in c.lines))
        if amount
    ]
    for pair in (p for row in rows if not row.blank for p in pairs_of(book, row) if p.field == "patient_owes"):
        amount = money.amount(pair.value.text)
        if amount is not None and shown and amount not in shown:
            yield Problem("conflicting-amounts", {"first": shown[0], "second": amount})


def read_extract(upload: Upload, knowledge: Knowledge, extract: Extract, limits: Limits, format_: str) -> Reading:
    """The reading of the pages that came out of the box. Raises Unreadable: no-words, and what the readers of meaning raise."""
    book = label_book(knowledge)

    def read(pages: Sequence[Page]) -> Read:
        return _read(book, upload, pages, limits, format_)

    done = read_scanned(extract.pages, read) if any(map(is_scanned, extract.pages)) else read(extract.pages).done
    told = [Problem(code, dict(values)) for code, values in extract.problems]
    problems = (*told, *(conflict for p in told if p.code == "hidden-words" for conflict in _conflict(book, done.document, p)))
    document = replace(done.document, problems=(*problems, *done.document.problems))
    return replace(done, document=document, problems=(*problems, *done.problems), pictures=extract.pictures)


def _read(book: LabelBook, upload: Upload, pages: Sequence[Page], limits: Limits, format_: str) -> Read:
    laid_out = lay_out(pages, book)
    text = laid_out.placed.text
    if not any(c.isalnum() for c in text):
        raise Unreadable("no-words")
    if len(text) > limits.extracted_text:
        raise Unreadable("too-big")
    reading = read_meaning(book, upload, CleanText(text, laid_out.hidden), limits, format_)
    structural = {line.number: line.uncertain for line in reading.document.lines}
    return Read(finish(reading, laid_out.placed), laid_out.placed, structural)
