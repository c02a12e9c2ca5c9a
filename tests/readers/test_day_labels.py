"""A day that a paper labels as another's is never the day of a service."""

from datetime import date

import pytest
from reader_papers import read_bytes

_PAPER = """Harbor Mutual Explanation of Benefits
Claim: ZX-4410   Patient: Ida Probe
{said}
Proc    Qty  Charge   Allowed  Plan paid  Your share
97140   2    130.00   80.00    60.00      20.00
"""
_SERVED = "Date of service: 03/04/2026"
_DAY = date(2026, 1, 2)


def _day(said: str) -> date | None:
    (claim,) = read_bytes(_PAPER.format(said=said).encode()).document.claims
    return claim.lines[0].service_date


@pytest.mark.parametrize("label", [
    "Injury date:", "Crash date", "Remit date:",
    "Coverage start date:", "Admit date:", "Voucher date", "Next date:", "Prior visit",
    "Upcoming appointment", "Previous date of service:", "Policy issue date:", "Fecha de la lesión:",
    "Fecha del referido", "Próxima visita", "Última fecha de servicio:",
])  # fmt: skip
def test_another_day_is_no_day_of_service(label: str) -> None:
    assert _day(f"{label} 01/02/2026") is None
    assert _day(f"{_SERVED}\n{label} 01/02/2026") == date(2026, 3, 4)


@pytest.mark.parametrize("label", [
    "Date:", "Date", "Visit date:",
    "Your visit:", "Dates of service", "Therapy date:", "Service from", "Fecha:", "Fecha de la cita:",
    "Services received", "Desde:",
])  # fmt: skip
def test_a_day_of_service_is_known(label: str) -> None:
    assert _day(f"{label} 01/02/2026") == _DAY


@pytest.mark.parametrize("said", ["Date: 01/02/2026\n{}", "{}\nDate: 01/02/2026", "{}\nFecha 01/02/2026"])
def test_a_bare_day_yields_to_the_labelled_day_of_service(said: str) -> None:
    assert _day(said.format(_SERVED)) == date(2026, 3, 4)
