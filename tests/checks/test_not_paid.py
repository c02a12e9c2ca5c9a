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
