"""Made-up papers in layouts that no reader was written for: nearly all is read, next to nothing wrongly, no line is made up."""

import pytest
from reader_papers import knowledge

from bench.layouts.measure import Score, judge
from bench.layouts.papers import FAMILIES, paper

EACH = 6
SEED = 40_000
RIGHT = {"collapsed": 0.97, "two-line": 0.97}
SILENT = ("headless", "stacked-headless")


def _score(family: str) -> Score:
    score = Score()
    for number in range(EACH):
        score.add(judge(paper(family, SEED + number), knowledge()))
    return score


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_of_layouts_is_read(family: str) -> None:
    score = _score(family)
    shown = "\n".join(score.faults[:20])
    assert score.spurious == 0, shown
    assert score.wrong <= 0.003 * score.asked, shown
    if family not in SILENT:
        assert score.asked > 150
        assert score.right >= RIGHT.get(family, 0.99) * score.asked, shown


def test_the_truth_of_a_paper_obeys_the_arithmetic() -> None:
    for number in range(30):
        for claim in paper("csv", number).truth:
            for line in claim["lines"]:  # type: ignore[attr-defined]
                money = line["hidden"]
                shares = money["deductible"] + money["copay"] + money["coinsurance"]
                assert money["billed"] == money["allowed"] + money["discount"] + money["not_covered"]
                assert money["allowed"] == money["plan_paid"] + shares
