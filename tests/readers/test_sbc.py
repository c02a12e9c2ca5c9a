"""Summaries of Benefits and Coverage: the costs of a row, the amounts of a year, and what must stay unknown."""

from decimal import Decimal

import pytest
from reader_papers import FOLDER, read_bytes, refused

from explainer.readers.sbc.anchors import is_sbc
from explainer.readers.sbc.costs import plain, two_cells, visits
from explainer.readers.sbc.yearly import yearly


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("$40 copay/visit 50% coinsurance 30 visits/year", ("$40 copay/visit", "50% coinsurance", "30 visits/year")),
        ("No charge Not covered None", ("No charge", "Not covered", "None")),
        ("20% coinsurance after deductible 40% coinsurance after deductible Preauthorization is required.",
         ("20% coinsurance after deductible", "40% coinsurance after deductible", "Preauthorization is required.")),
        ("$35 copay/office visit; deductible does not apply 50% coinsurance None",
         ("$35 copay/office visit; deductible does not apply", "50% coinsurance", "None")),
        ("$250 copay/visit then 20% coinsurance Not covered", ("$250 copay/visit then 20% coinsurance", "Not covered", "")),
        ("20% coinsurance 40% coinsurance $500 penalty without approval",
         ("20% coinsurance", "40% coinsurance", "$500 penalty without approval")),
        ("$40 de copago por visita Sin cobertura Ninguna", ("$40 de copago por visita", "Sin cobertura", "Ninguna")),
        ("$250 copay/visit Copay is waived if admitted.", None),
        ("Office: $30 copay Hospital: 20% coinsurance 40% coinsurance", None),
        ("20% coinsurance and 40% coinsurance", None), ("None", None), ("", None),
    ],
)  # fmt: skip
def test_a_row_without_columns(words: str, cells: tuple[str, str, str] | None) -> None:
    assert two_cells(words) == cells


@pytest.mark.parametrize(
    ("cost", "copay", "coinsurance", "after"),
    [
        ("$40 copay/visit", "40", None, None), ("20% coinsurance after deductible", None, "20", True),
        ("$1,250 copay/stay; deductible does not apply", "1250", None, False), ("$35 copayment per visit", "35", None, None),
        ("$250 copay/visit then 20% coinsurance", None, None, None), ("No charge", None, None, None),
        ("$50 copay; deductible does not apply to the first 3 visits", "50", None, None), ("$40", None, None, None),
        ("copago de $25", "25", None, None),
        ("30% de coseguro después del deducible", None, "30", True), (None, None, None, None),
    ],
)  # fmt: skip
def test_a_cost_is_plain_or_unknown(cost: str | None, copay: str | None, coinsurance: str | None, after: bool | None) -> None:
    found = plain(cost)
    assert (found.copay, found.coinsurance) == tuple(Decimal(x) if x else None for x in (copay, coinsurance))
    assert found.after is after


@pytest.mark.parametrize(
    ("limits", "count", "period"),
    [
        ("30 visits/year combined PT/OT", 30, "year"), ("Limited to 60 visits per calendar year.", 60, "calendar-year"),
        ("30-visit limit per benefit year", 30, "plan-year"), ("35 visitas por año calendario", 35, "calendar-year"),
        ("30 visits/year. Preauthorization after 8 visits.", 30, "year"), ("20 visits/year PT; 25 visits/year ST", None, None),
        ("30 combined visits per person per year", 30, "year"), ("60 days/year", None, None), ("None", None, None),
        ("30 visits per condition", None, None), ("$30 visits/year", None, None), (None, None, None),
    ],
)  # fmt: skip
def test_visits(limits: str | None, count: int | None, period: str | None) -> None:
    assert visits(limits) == (count, period)


@pytest.mark.parametrize(
    ("answer", "amounts"),
    [
        ("$500 / individual or $1,000 / family", [("500", "individual", None), ("1000", "family", None)]),
        ("Individual $800 / Family $1,600", [("800", "individual", None), ("1600", "family", None)]),
        ("Network: $500 individual / $1,000 family. Out-of-network: $900 individual / $1,800 family",
         [("500", "individual", "in"), ("1000", "family", "in"), ("900", "individual", "out"), ("1800", "family", "out")]),
        ("$2,000 in-network, $4,000 out-of-network", [("2000", None, "in"), ("4000", None, "out")]),
        ("$0", [("0", None, None)]), ("Tier 1: $250. Tier 2: $750.", []),
        ("$500 individual, $750 more with a spouse", []), ("None", []),
    ],
)  # fmt: skip
def test_the_amounts_of_a_year(answer: str, amounts: list[tuple[str, str | None, str | None]]) -> None:
    assert [(y.amount, y.scope, y.network) for y in yearly(answer)] == [(Decimal(a), s, n) for a, s, n in amounts]


def test_papers_that_only_speak_of_the_form() -> None:
    assert not is_sbc("EXPLANATION OF BENEFITS. See your Summary of Benefits and Coverage for your overall deductible.")
    assert not any(
        is_sbc(path.read_text("utf-8", "replace")) for path in FOLDER.glob("*.txt") if not path.name.startswith("sbc-")
    )


def test_a_form_of_nothing_but_names_is_refused() -> None:
    head = "Summary of Benefits and Coverage\nImportant Questions\nCommon Medical Event\n"
    assert refused((head + "Rehabilitation services $40 copay/visit 50% coinsurance None\n" * 5_000).encode()) == "too-big"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("sbc-*.txt")), ids=lambda p: p.name)
def test_a_row_stands_where_its_place_says(path: object) -> None:
    document = read_bytes(path.read_bytes()).document  # type: ignore[attr-defined]
    assert document.kind == "sbc"
    assert any(b.kind == "rehabilitation" for b in document.benefits)
    for benefit in document.benefits:
        shown = " ".join(document.text[benefit.span.start : benefit.span.end].split())
        first = (benefit.in_network or benefit.limits or benefit.service).split()[0]
        assert first in shown
