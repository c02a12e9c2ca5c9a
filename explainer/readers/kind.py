"""What sort of paper a text is, and who sent it."""

import re
from collections.abc import Sequence

from explainer.readers.base import Unreadable
from explainer.readers.fields import dates, money
from explainer.readers.labels import LabelBook
from explainer.readers.pairs import pairs_of
from explainer.readers.rows import Cell, Row
from explainer.readers.words import words

_HEAD_ROWS = 6
_READ = 200_000
_FULL_TITLE = re.compile(r"\s+(?:-{1,3}|[–—|•])\s+|\s{2,}|\t")
_NOT_A_NAME = re.compile(r"[$@\[\]{}<>#]|https?:|www\.|[0-9]{4,}|[.!?]$|:|,\s?[A-Z]{2}\s[0-9]{5}", re.I)
# "Your Claim Recap" is a title, no sender.
_TITLE = re.compile(
    r"(?:your|my|su|sus|mi|dear|hello|hi|estimad[oa]s?|querid[oa]s?|claims?|member|patient|page|important|resumen|detalle)\b|.*\b(?:recap|summary|details?|notice|resumen|aviso)$",
    re.I,
)
_MARKS = " \t#*_>-–—|=~"


def kind_as_asked(book: LabelBook, text: str, fields: Sequence[str], asked: str) -> str | None:
    """What somebody says that a paper is (msn, bill), where the paper does not say that it is something else; `asked` may be any
    format. Raises Unreadable("other-format") where it does."""
    kind = kind_of(book, text, fields)
    if asked not in ("msn", "bill") or kind == asked:
        return kind
    listed = words(text[:_READ])
    told = book.place_of("eob", listed) is not None and book.place_of("bill", listed) is None
    named = any(word.word == "medicare" for word in listed)
    other = {"bill": kind == "msn" or told or book.place_of("not-bill", listed) is not None, "msn": kind == "bill" or not named}
    if kind and other[asked]:
        raise Unreadable("other-format", asked=asked, found=kind)
    return asked


def kind_of(book: LabelBook, text: str, fields: Sequence[str]) -> str | None:
    """eob, msn or bill; None when nothing says that it is any of them. fields: the money fields that were read."""
    listed = words(text[:_READ])
    if book.place_of("msn", listed):
        return "msn"
    says_eob, says_bill = book.place_of("eob", listed), book.place_of("bill", listed)
    if book.place_of("not-bill", listed):
        return "eob"
    if says_bill and ("amount_due" in fields or not (says_eob or _decided(fields))):
        return "bill"
    if says_eob:
        return "eob"
    insurer = {"allowed", "plan_paid", "discount", "deductible", "coinsurance", "copay", "not_covered", "patient_owes"}
    return "eob" if len(insurer & set(fields)) >= 2 else None


def _decided(fields: Sequence[str]) -> bool:
    """What only a plan decides stands in columns: what it allows, pays, and leaves out or counts as deductible."""
    held = frozenset(fields)
    return {"allowed", "plan_paid"} <= held and bool(held & {"not_payable", "not_covered", "deductible"})


def _named(book: LabelBook, text: str) -> str | None:
    """The name in a heading line: "Summit Mutual - Explanation of Benefits" is Summit Mutual."""
    for part in _FULL_TITLE.split(text.strip(_MARKS)):
        name = part.strip(_MARKS)
        if (
            not name
            or len(name) > 60
            or len(name.split()) > 7
            or _NOT_A_NAME.search(name)
            or _TITLE.match(name)
            or not any(c.isalpha() for c in name)
        ):
            continue
        if book.names("eob", name) or book.names("bill", name) or book.names("msn", name):
            before = _before_title(book, name)
            if before:
                return before
            continue
        if dates.days(name) or money.amount(name) or book.exactly(name) or book.is_("total", name):
            continue
        return name
    return None


def _before_title(book: LabelBook, name: str) -> str | None:
    """ "MEDICARE EOB": the words before the title."""
    listed = words(name)
    at = book.place_of("eob", listed)
    before = name[: at[0]].strip(" -–—:") if at and at[1] >= len(name) - 1 else ""
    return (
        before
        if len(before) > 2 and before.lower() not in ("your", "an", "the", "health", "sample", "example", "su", "an example")
        else None
    )


def sender(book: LabelBook, rows: Sequence[Row], taken: set[int], of_bill: bool = False) -> Cell | None:
    """The name at the head of the paper, above everything else. An insurer's name at the head of a bill is not who sends it."""
    seen = 0
    for row in rows:
        if row.blank:
            continue
        seen += 1
        if seen > _HEAD_ROWS or row.index in taken or len(row.text) > 300:
            return None
        name = None if pairs_of(book, row) else _named(book, row.text)
        if name and not (of_bill and book.names("insurer", name)):
            at = row.text.index(name)
            return Cell(name, row.start + at, row.start + at + len(name), at, at + len(name))
    return None
