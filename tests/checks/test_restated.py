"""A claim that comes again under a new number: the newer state counts, and nothing is added or asked twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from checks_build import KNOWLEDGE, claim, line, paper

from explainer.case import check_case, owed_by
from explainer.model.document import Document

_LATER = date(2026, 5, 2)
_DENIED = "130 0 0 0 0 0 130 0 130"
_WORSE = "130 66 64 0 0 50 0 14 50"


def _first(
    number: str = "EX1100100", amounts: str = "130 66 64 0 0 40 0 24 40", day: date | None = date(2026, 4, 12), **rest: str
) -> Document:
    return paper(claim(line(1, "97140", amounts), claim_id=number, processed=day, status="paid"), **rest)


def _denied() -> Document:
    first = _first(amounts=_DENIED)
    return replace(first, claims=tuple(replace(c, status="denied") for c in first.claims))


def _second(
    number: str, text: str = "", code: str = "97140", units: str = "2", told: date | None = _LATER, **rest: str
) -> Document:
    made = claim(line(1, code, _WORSE, units), claim_id=number, processed=told, status="paid", **rest)
    return paper(made, paper="p2", text=text)


def _named(number: str, text: str, **rest: Any) -> Document:
    return replace(_second(number, text, **rest), payer="Elm Health")


_ONE = [
    (_first("EX1100100-00"), _second("EX1100100-01")),
    (_first("EX-1100100"), _second("EX-1100100-02", units="3")),
    (_first("EX-1100100"), _second("EX-1100100 A1")),
    (_first(), _second("EX1100999", "This is a corrected claim. It replaces claim EX1100100.")),
    (_first(), _second("EX1100999", "Este pago corrige el reclamo EX-1100100.")),
    (_denied(), _second("EX1100999")),
    (_first("V-6", payer="Elm Health"), _named("W-1", "Corrected claim - replaces claim V-6")),
    (_first("V7", payer="Elm Health"), _named("V8", "Este reclamo reemplaza el reclamo V7.")),
    (_first("V-6", payer="Elm Health", day=None), _named("W-1", "It corrects claim V-6.", told=None)),
]
_OTHER_SERVICE = [
    (_first(), _second("EX1100999", "This replaces your claim number: EX-1100100.", code="97530")),
    (_first(), _second("EX1100999", "Original claim EX1100100", code="97530")),
]
_TWO = [
    (_first("V-6", payer="Fir Mutual"), _named("W-1", "Corrected claim - replaces claim V-6")),
    (_first("V-6"), _named("W-1", "Corrected claim - replaces claim V-6")),
    (_first("V-6", payer="Elm Health"), _named("W-1", "Corrected claim - replaces claim V-61")),
    (_first("V-6", payer="Elm Health"), _named("W-1", "It replaces claim V-6.", provider="Harbor OT Clinic")),
    (_first("V-6", payer="Elm Health"), _named("W-1", "It replaces claim V-6.", told=date(2026, 1, 5))),
    (_first(), _second("EX1100999")),
    (_first(), _second("EX1100999", "This is a corrected claim.", code="97530")),
    (_first(), _second("EX1100999", "The original claim was sent late.", code="97530")),
    (_first(), _second("EX1100999", "Claim EX1100777 replaces claim EX1100555.")),
    (_first("EX1100100-01"), _second("EX1100100-02", told=date(2026, 4, 12))),
    (_first("EX1100100-01"), _second("EX1100100-02", provider="Harbor OT Clinic")),
    (_first("EX1100100-01"), _second("EX1100100-02", code="97530")),
    (_denied(), _second("EX1100999", units="3")),
]


@pytest.mark.parametrize(("first", "second"), _ONE)
def test_the_newer_number_replaces_the_older_one(first: Document, second: Document) -> None:
    for documents in ((first, second), (second, first)):
        case = check_case(documents, KNOWLEDGE, _LATER)
        found = case.findings_of("")
        assert [(f.id, f.verdict, f.case) for f in found] == [("line.repeat", "explained", "newer-claim")]
        assert owed_by(case, None) == Decimal(50)


@pytest.mark.parametrize(("first", "second"), _OTHER_SERVICE)
def test_the_day_or_the_code_may_be_what_was_corrected(first: Document, second: Document) -> None:
    """Nothing repeats then, and still nothing is added."""
    for documents in ((first, second), (second, first)):
        assert owed_by(check_case(documents, KNOWLEDGE, _LATER), None) == Decimal(50)


@pytest.mark.parametrize(("first", "second"), _TWO)
def test_nothing_printed_makes_two_numbers_one(first: Document, second: Document) -> None:
    case = check_case((first, second), KNOWLEDGE, _LATER)
    assert not case.twins.pairs
