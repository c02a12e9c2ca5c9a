"""What counts as a line that was not paid: one notion for the findings and for the answers."""

from decimal import Decimal

import pytest
from checks_build import claim, line, paper

from explainer.checks.denials import denials
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import Amounts


@pytest.fixture(scope="module")
def real() -> Knowledge:
    return Knowledge.load()


@pytest.mark.parametrize(
    ("amounts", "keys", "refused"),
    [
        ({"billed": "240", "allowed": "144", "not_covered": "144", "plan_paid": "0", "patient_owes": "144"}, ("PR-119",), True),
        ({"billed": "240", "allowed": "144", "not_covered": "0", "plan_paid": "0", "patient_owes": "144"}, ("PR-119",), False),
        ({"billed": "100", "allowed": "60", "deductible": "60", "plan_paid": "0", "patient_owes": "60"}, ("PR-1",), False),
        ({"billed": "100", "patient_owes": "100"}, ("PR-96",), True),
        ({"billed": "100", "patient_owes": "100", "not_covered": "0"}, ("PR-96",), False),
        ({"billed": "100", "patient_owes": "100"}, (), False),
        ({"billed": "100", "allowed": "80", "patient_owes": "20"}, ("PR-96",), False),
    ],
)
def test_not_paid(amounts: dict[str, str], keys: tuple[str, ...], refused: bool, real: Knowledge) -> None:
    document = paper(
        claim(line(1, amounts=Amounts(**{name: Decimal(value) for name, value in amounts.items()}), adjustments=keys))
    )
    assert bool(denials(document, real)) is refused


def test_a_group_that_nobody_knows_leaves_open_who_pays(real: Knowledge) -> None:
    amounts = Amounts(billed=Decimal(100), allowed=Decimal(0), plan_paid=Decimal(0), patient_owes=Decimal(100))
    refused = line(1, amounts=amounts, adjustments=("ZZ-96:100.00",))
    assert [d.who for d in denials(paper(claim(refused, status="denied")), real)] == ["unclear"]
