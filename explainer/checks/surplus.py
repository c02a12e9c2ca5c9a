"""What a bill itself prints beside its charges that makes it higher: a balance carried over, a fee for being late."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from explainer.checks.money import TOTAL_TOLERANCE
from explainer.model.amounts import ZERO
from explainer.model.document import Document

_FEE = re.compile(
    r"^[ \t]*(?P<label>[^\n$\d]{0,30}?\b(?:late|finance|interest|returned|missed|no[- ]show|"
    r"rebilling|mora|inter[eé]s(?:es)?|recargo|atraso|cargo financiero)\b[^\n$\d]{0,30}?)[ \t:.]*\$?[ \t]*"
    r"(?P<amount>\d{1,3}(?:,\d{3})*\.\d{2})[ \t]*$",
    re.I | re.M,
)
_CHARGED = re.compile(r"\b(?:fees?|charges?|interest|penalt(?:y|ies)|cargos?|recargos?|inter[eé]s(?:es)?|mora|multas?)\b", re.I)
# More rows than these are no longer a reason that a reader could follow.
_MOST = 4
Row = tuple[str, Decimal]


def printed_reason(bill: Document, gap: Decimal) -> str | None:
    """The rows of the bill, as printed, that together come to the gap between it and the plan's paper; None where none do.

    What the patient paid since is taken off a balance that is carried over.
    """
    rows = tuple(_carried(bill)) + tuple(_fees(bill))
    paid = sum((r.amount for r in bill.receipts if r.by == "patient"), ZERO)
    for count in range(1, min(len(rows), _MOST) + 1):
        for chosen in combinations(rows[: _MOST + 1], count):
            more = sum((amount for _, amount in chosen), ZERO)
            if any(abs(gap - wanted) <= TOTAL_TOLERANCE for wanted in (more, more - paid)):
                return "; ".join(words for words, _ in chosen)
    return None


def _carried(bill: Document) -> Iterator[Row]:
    for receipt in bill.receipts:
        if receipt.by == "before" and receipt.amount > 0:
            yield _plain(bill.text[receipt.span.start : receipt.span.end]), receipt.amount


def _fees(bill: Document) -> Iterator[Row]:
    for match in _FEE.finditer(bill.text):
        if _CHARGED.search(match["label"]):
            yield _plain(match.group()), Decimal(match["amount"].replace(",", ""))


def _plain(row: str) -> str:
    return " ".join(row.split())
