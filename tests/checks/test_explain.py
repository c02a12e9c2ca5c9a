"""Lines and papers in words."""

from datetime import date
from decimal import Decimal

import pytest
from checks_build import DAY, KNOWLEDGE, claim, line, paper

from explainer.case import check_case
from explainer.checks.money import deductible_left, reasons_that_fit
from explainer.explain import case_summary, explain_line, finding_text, summary
from explainer.model.document import Accumulator, Document, ServiceLine
from explainer.model.source import Span

SPAN = Span("p1")
MANUAL = line(2, "97140", "62 33 29 0 0 0 0 29 0", "1")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((line(1),), "2 units. If this was the only timed service that day, about 30 minutes; the rules allow 23 to 37."),
        ((line(1, units="1"),), "1 unit. If this was"),
        ((line(1, units="1"), MANUAL), "one unit does not prove 8 minutes"),
        ((line(1), MANUAL), "3 units in all. Medicare's rule looks at the total: 38 to 52 minutes."),
        ((line(1), line(2, modifiers=("59",))), "for them together"),
        ((line(1), line(2, "97140", units=None)), "does not print units for all"),
        ((line(1, units=None),), "does not print how many units"),
        ((line(1, "97161", units="1"),), "not counted by time"),
        ((line(1, "97010", units="2"),), "More than one can be right"),
        ((line(1, "97597", units="2"),), "count something else"),
        ((line(1, "92607", units="1"),), "31 to 90 minutes"),
        ((line(1, "98980", units="1"),), "stands for 20 minutes"),
        ((line(1, "97551", units="1"),), "adds time to 97550"),
        ((line(1, "97110", units="1.5"),), "1.5 for units"),
        ((line(1, "J1234", units="40"),), "I do not know what one unit"),
    ],
)
def test_units_in_words(lines: tuple[ServiceLine, ...], words: str) -> None:
    assert words in explain_line(lines[0], paper(*lines), KNOWLEDGE, "en").units_text


@pytest.mark.parametrize(
    ("code", "description", "words"),
    [
        ("97110", "THERAPEUTIC EXERCISES", "97110 is made-up name. Made-up words."),
        ("12345", "STRANGE SERVICE", "I have no plain-words entry for code 12345; the paper calls it “STRANGE SERVICE”."),
        ("12345", None, "gives it no name"),
        (None, "PHYSICAL THERAPY", "prints no service code on this line; it calls it “PHYSICAL THERAPY”"),
        (None, None, "no service code and no name"),
    ],
)
def test_the_code_in_words(code: str | None, description: str | None, words: str) -> None:
    one = line(1, code, description=description)
    assert words in explain_line(one, paper(one), KNOWLEDGE, "en").code_meaning


@pytest.mark.parametrize(
    ("one", "about", "words", "never"),
    [
        (
            line(1),
            {"network": "in"},
            ("$66.00; in your network you do not pay this", "may owe $40.00", "$40.00 is your copay"),
            "$0.00",
        ),
        (line(1), {}, ("you normally do not pay this part",), "in your network"),
        (line(1), {"network": "out"}, ("Out of network, ask",), "do not pay"),
        (
            line(1, "97010", "25 25 0 0 0 0 0 0 0", remarks=("M15",)),
            {},
            ("part of another service", "paid nothing", "$0.00"),
            "copay",
        ),
        (line(1, amounts="64 0 0 64 0 0 0 0 0", remarks=("CO-50",)), {}, ("you do not pay this",), "copay"),
        (line(1, amounts="124 0 0 124 0 0 0 0 124", remarks=("PR-119",)), {}, ("$124.00 is not covered",), "do not pay"),
        (line(1, amounts="130 - - -", columns="short"), {}, ("does not give an amount for you",), "may owe $"),
        (line(1, amounts="-130 -66 -64 0 0 -40 0 -24 -40"), {"status": "reversed"}, ("taken back",), "may owe"),
    ],
)
def test_money_in_words(one: ServiceLine, about: dict[str, str], words: tuple[str, ...], never: str) -> None:
    told = explain_line(one, paper(claim(one, **about)), KNOWLEDGE, "en").money_text
    assert all(part in told for part in words)
    assert never not in told


def test_a_line_cites_its_entry_and_its_rule() -> None:
    assert explain_line(line(1), paper(line(1)), KNOWLEDGE, "es").sources == ("made-up", "cms-104-5-20-2")


@pytest.mark.parametrize(
    ("document", "starts", "holds"),
    [
        (
            paper(claim(line(1), totals="130 66 64 0 0 40 0 24 40")),
            "The paper says you may owe $40.00. This is not a bill.",
            "April 7, 2026",
        ),
        (
            paper(line(1), MANUAL),
            "Adding the paper's own amounts, you may owe $40.00. This is not a bill.",
            "The plan paid $53.00.",
        ),
        (
            paper(line(1, amounts="130 64 64 -", columns="short")),
            "The paper does not give one amount for you.",
            "wait for the provider's bill",
        ),
        (paper(line(1, amounts="64 64 0 0 0 0 0 0 0", remarks=("CO-50",))), "Adding", "did not pay one line"),
        (
            paper(line(1), kind="bill", amount_due=Decimal("40")),
            "This is a bill from the provider. It asks you for $40.00.",
            "compare it",
        ),
        (paper(line(1), kind="remittance"), "Adding", "not a bill"),
        (paper(kind="sbc"), "This is a summary of what a plan covers.", "not a bill"),
        (paper(line(1), line(2, service_date=date(2026, 4, 9))), "Adding", "from April 7, 2026 to April 9, 2026"),
    ],
)
def test_a_paper_in_words(document: Document, starts: str, holds: str) -> None:
    told = summary(document, KNOWLEDGE, "en")
    assert told.startswith(starts)
    assert holds in told


_OPEN = claim(line(2, amounts="130 66 64 0 0 40 0 24 -"), claim_id="C2")


@pytest.mark.parametrize(
    ("document", "says", "never"),
    [
        (paper(claim(line(1)), _OPEN), ["For claim C1 it says you may owe $40.00.", "one other claim it gives no amount"], []),
        (paper(claim(line(1)), claim(line(2), claim_id="C2")), ["you may owe $80.00"], ["For claim"]),
        (paper(_OPEN), ["does not give one amount"], ["For claim"]),
        (paper(claim(line(1), network="in")), ["The paper says Willow Street Therapy is in your network."], ["out of"]),
        (paper(claim(line(1), network="in", provider=None)), ["The paper says it was in your network."], []),
        (paper(claim(line(1), network="out")), ["Willow Street Therapy is out of your network"], ["in your network"]),
        (paper(claim(line(1), network="in"), claim(line(2), network="out")), ["part of it was not"], []),
        (paper(claim(line(1), network="in"), claim(line(2))), [], ["network"]),
    ],
)
def test_what_each_claim_says(document: Document, says: list[str], never: list[str]) -> None:
    told = summary(document, KNOWLEDGE, "en")
    assert [part for part in says if part not in told] == []
    assert [part for part in never if part in told] == []


def test_a_finding_of_totals_names_its_claim() -> None:
    totals = "130 66 64 0 0 40 0 24 40"
    document = paper(claim(line(1), totals=totals), claim(line(2), totals=totals, claim_id="C2"))
    found = (f for f in check_case((document,), KNOWLEDGE, DAY).all_findings() if f.id == "money.claim")
    texts = [finding_text(f, KNOWLEDGE, "en")[0] for f in found]
    assert [text.split(":")[0] for text in texts] == ["Claim C1", "Claim C2"]


def test_more_than_the_price_is_no_discount() -> None:
    one = line(1, amounts="100 -20 120 0 0 0 0 120 0")
    told = explain_line(one, paper(one), KNOWLEDGE, "en").money_text
    assert "$20.00 more than this price" in told
    assert "-$" not in told


def test_a_count_that_is_printed_twice_is_told_once() -> None:
    count = Accumulator("visits", SPAN, Decimal(7), Decimal(20))
    document = paper(line(1), accumulators=(count, Accumulator("visits", Span("p1", 1, 9, 12), Decimal(7), Decimal(20))))
    assert len([f for f in check_case((document,), KNOWLEDGE, DAY).all_findings() if f.id == "limit.visits"]) == 1


@pytest.mark.parametrize(
    ("documents", "holds"),
    [
        ((), "no papers"),
        ((paper(kind="sbc"),), "nothing that needs a question"),
        ((paper(line(1)),), "For 2 points that I could not check"),
        ((paper(line(1), line(2)),), "one thing worth a question"),
    ],
)
def test_a_case_in_words(documents: tuple[Document, ...], holds: str) -> None:
    assert holds in case_summary(check_case(documents, KNOWLEDGE, date(2026, 6, 1)), KNOWLEDGE, "en")


@pytest.mark.parametrize(
    ("amounts", "fits"),
    [
        ("130 66 64 0 0 40 0 24 40", ()),
        ("130 66 64 0 0 40 0 24 0", ("copay-at-visit",)),
        ("130 66 64 0 0 40 0 24 45", ()),
    ],
)
def test_reasons_that_fit(amounts: str, fits: tuple[str, ...]) -> None:
    one = line(1, amounts=amounts)
    assert reasons_that_fit(one, paper(one))[:1] == fits


@pytest.mark.parametrize(
    ("counts", "scope", "left"),
    [
        ([("412", "3200", None, None)], None, "2788"),
        ([("412", "3200", "2788.00", None)], None, "2788"),
        ([], None, None),
        ([("283", "283", None, None)], None, "0"),
        ([("412", None, None, None)], None, None),
        ([("400", "1000", None, "individual"), ("900", "2000", None, "family")], None, None),
        ([("400", "1000", None, "individual"), ("900", "2000", None, "family")], "family", "1100"),
    ],
)
def test_deductible_left(
    counts: list[tuple[str | None, str | None, str | None, str | None]], scope: str | None, left: str | None
) -> None:
    made = tuple(
        Accumulator("deductible", SPAN, *(None if v is None else Decimal(v) for v in row[:3]), scope=row[3]) for row in counts
    )
    assert deductible_left(paper(accumulators=made), scope) == (Decimal(left) if left else None)
