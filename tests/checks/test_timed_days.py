"""Which lines of a day the unit rules add up."""

import pytest
from checks_build import claim, line

from explainer.checks.days import timed_days
from explainer.knowledge.base import Knowledge
from explainer.model.document import ServiceLine


@pytest.mark.parametrize(
    ("lines", "services"),
    [
        ((line(1, "97110"), line(2, "97810", units="1")), {"97110": 2}),
        ((line(1, "97810", units="1"), line(2, "97811", units="2")), {"97810": 3}),
        ((line(1, "97112"), line(2, "97112", adjustments=("CO-18",))), {"97112": 2}),
        ((line(1, "97112"), line(2, "97112", remarks=("OA18",))), {"97112": 2}),
        ((line(1, "97112"), line(2, "97140", units=None)), {"97112": 2, "97140": None}),
        ((line(1, "97112"), line(2, "97161", units="1")), {"97112": 2}),
    ],
)
def test_the_services_of_a_day(lines: tuple[ServiceLine, ...], services: dict[str, int | None], knowledge: Knowledge) -> None:
    (day,) = timed_days(claim(*lines), knowledge)
    assert dict(day.services) == services
