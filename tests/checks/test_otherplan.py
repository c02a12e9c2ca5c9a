"""Two plans that share a claim: the second one's sums lack what the first one paid, and the first one's paper says so."""

from datetime import date
from decimal import Decimal

import pytest
from checks_build import KNOWLEDGE, claim, line, paper

from explainer.checks import run_checks
from explainer.explain import finding_text
from explainer.model.document import Document


def _first(paid: str = "51.20", payer: str = "Evergreen Sample Health Plan", day: int = 12, **rest: str) -> Document:
    made = claim(line(1, amounts=f"120 56 64 0 0 12.80 0 {paid} 12.80"), claim_id="E-1001", processed=date(2026, 4, day), **rest)
    return paper(made, payer=payer)


def _second(totals: bool = False) -> Document:
    """The second plan's paper, with its amounts on the line or only in the totals."""
    bare = line(1, amounts="120 - - -" if totals else "120 64 12.80 0", columns="short")
    printed = "120 64 12.80 0" if totals else "- - - -"
    made = claim(bare, totals=printed, columns="short", claim_id="S-99001", processed=date(2026, 4, 20))
    return paper(made, paper="p2", payer="Second Sample Insurance")


_ROWS = [
    ("its own paper", _first(), ("explained", "other-paper")),
    ("another amount", _first("40.00"), ("ask", "ask-shared")),
    ("the same payer", _first(payer="Second Sample Insurance"), ("ask", "ask-shared")),
    ("another provider", _first(provider="Harbor OT Clinic"), ("ask", "ask-shared")),
    ("paid later", _first(day=25), ("ask", "ask-shared")),
]


@pytest.mark.parametrize(("first", "told"), [row[1:] for row in _ROWS], ids=[row[0] for row in _ROWS])
@pytest.mark.parametrize(("totals", "check"), [(False, "money.line"), (True, "money.claim")])
def test_the_first_plans_paper_explains_what_the_second_ones_sums_lack(
    first: Document, told: tuple[str, str], totals: bool, check: str
) -> None:
    found = [f for f in dict(run_checks((first, _second(totals)), KNOWLEDGE))["p2"] if f.id == check]
    assert [(f.verdict, f.case) for f in found] == [told]
    assert told[0] == "ask" or all("plan" in text for text in finding_text(found[0], KNOWLEDGE, "es"))


def test_without_the_first_paper_it_is_asked() -> None:
    found = dict(run_checks((_second(),), KNOWLEDGE))["p2"]
    assert [f.amount for f in found if f.verdict == "ask"] == [Decimal("51.20")]
