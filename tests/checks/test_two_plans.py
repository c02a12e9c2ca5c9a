"""One service on two plans' claims, and one claim that replaces another on the same paper: nothing is added twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from checks_build import KNOWLEDGE, claim, line, paper, the

from explainer.case import check_case, owed_by, total_of
from explainer.explain.cases import case_summary
from explainer.model.document import Claim, Document

_TODAY = date(2026, 6, 1)
_COLUMNS = {"amounts": "130 66 64 0 0 40 0 24 40", "units": "2"}


def _first(**rest: object) -> Claim:
    return claim(line(1, **_COLUMNS), claim_id="A-1", patient="Rosa Quill", status="paid", **rest)


def _second(other: str = "24.00", owes: str = "5.00", **rest: object) -> Claim:
    made = line(2, "97110", "130 - 64 0 0 - 0 35 5", "2")
    amounts = replace(made.amounts, other_paid=Decimal(other), patient_owes=Decimal(owes))
    return claim(replace(made, amounts=amounts), claim_id="Z-9", patient="Rosa Quill", status="paid", **rest)


def _one(*claims: Claim) -> tuple[Document, ...]:
    return (paper(*claims, payer="Elm Health"),)


def _two(*claims: Claim) -> tuple[Document, ...]:
    return tuple(
        paper(c, paper=f"p{n}", payer=p) for n, (c, p) in enumerate(zip(claims, ("Elm Health", "Fir Mutual"), strict=True), 1)
    )


@pytest.mark.parametrize("given", [_one, _two], ids=["on one paper", "on two papers"])
def test_what_the_second_plan_says_is_left(given: object) -> None:
    for claims in ((_first(), _second()), (_second(), _first())):
        case = check_case(given(*claims), KNOWLEDGE, _TODAY)  # type: ignore[operator]
        assert owed_by(case, None) == Decimal(5)
        assert not [f for f in case.all_findings() if f.id == "line.repeat" and f.verdict == "ask"]
        told = case_summary(case, KNOWLEDGE, "en")
        assert "$5.00" in told
        assert "$40.00" not in told
        assert "$45.00" not in told


@pytest.mark.parametrize(
    "second",
    [
        _second(other="23.00"),
        _second(other="0.00"),
        replace(_second(), patient="Omar Quill"),
        replace(_second(), provider="Harbor OT Clinic"),
        _second(processed=date(2026, 4, 1)),
    ],
    ids=["another amount", "nothing from others", "another person", "another provider", "told before"],
)
def test_what_is_not_surely_a_second_plan_is_not_left_out(second: Claim) -> None:
    first = _first(processed=date(2026, 4, 20))
    assert total_of((first, second), "patient_owes") == Decimal(45)


def test_what_a_second_plan_has_not_decided_is_not_known() -> None:
    claims = (_first(processed=date(2026, 4, 20)), replace(_second(), status="pending"))
    assert total_of(claims, "patient_owes") is None


def test_two_papers_that_are_not_surely_one_after_the_other_are_not_added() -> None:
    case = check_case(_two(_first(), _second(other="23.00")), KNOWLEDGE, _TODAY)
    assert owed_by(case, None) is None
    assert "I did not add" in case_summary(case, KNOWLEDGE, "en")


def test_a_claim_that_another_one_of_the_paper_replaces_counts_no_more() -> None:
    newer = replace(_second(other="0.00"), replaces=("A-1",))
    case = check_case(_one(_first(), newer), KNOWLEDGE, _TODAY)
    assert total_of(case.documents[0].claims, "billed") == Decimal(130)
    assert owed_by(case, None) == Decimal(5)
    assert [f.case for f in the(case.all_findings(), "line.repeat")] == ["newer-state"]
    other = replace(newer, replaces=("A-2",))
    assert total_of((_first(), other), "billed") == Decimal(260)
