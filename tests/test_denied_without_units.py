"""A line denied under CO without a unit: no discount, and nothing of minutes; and what is in no other part of the price."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from explainer.case import Case, check_case, uncovered_apart
from explainer.explain import explain_line
from explainer.knowledge.base import Knowledge
from explainer.readers import Upload, read
from explainer.settings import Limits
from explainer.web.money import money_of

PAPERS = Path(__file__).parent / "papers"


def _case(name: str, knowledge: Knowledge) -> Case:
    document = read(Upload("p1", name, (PAPERS / name).read_bytes()), knowledge, Limits()).document
    return check_case((document,), knowledge, date(2026, 8, 15))


def test_a_denial_is_no_discount(knowledge: Knowledge) -> None:
    document = _case("x12/denied-without-units.835", knowledge).documents[0]
    said = [explain_line(line, document, knowledge, "en") for line in document.lines]
    assert "discount took off $45.00" in str(said[0])
    assert "discount" not in str(said[1])
    assert "letters CO" in str(said[1])


def test_no_unit_stands_for_no_minutes(knowledge: Knowledge) -> None:
    found = _case("x12/denied-without-units.835", knowledge).findings
    days = [f for _, each in found for f in each if f.id == "units.day"]
    assert [f.lines for f in days] == [(1,)]


def test_the_bar_holds_what_is_in_no_other_part(knowledge: Knowledge) -> None:
    document = _case("talks/marigold-es.txt", knowledge).documents[0]
    assert uncovered_apart(document.claims) == Decimal("38.00")
    parts = {part.name: part.amount for part in money_of(document).parts}
    assert parts == {
        "discount": Decimal("60.00"),
        "plan_paid": Decimal("55.00"),
        "patient_owes": Decimal("25.00"),
        "not_covered": Decimal("38.00"),
    }


def test_not_covered_that_the_patient_owes_is_no_part_of_its_own(knowledge: Knowledge) -> None:
    document = _case("talks/ironwood.txt", knowledge).documents[0]
    assert uncovered_apart(document.claims) is None
