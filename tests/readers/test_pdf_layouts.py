"""PDFs in designs that no reader was written for: nearly all is read, next to nothing wrongly."""

import pytest
from reader_papers import knowledge

from bench.layouts.measure import Score, judge
from bench.pdfs.designs import DESIGNS, paper
from bench.pdfs.printed import HTML_DESIGNS, browser, printed_papers

EACH = 4
SEED = 70_000
RIGHT = 0.97
WRONG = 0.005


def _check(score: Score) -> None:
    shown = "\n".join(score.faults[:20])
    assert score.asked > 80
    assert score.right >= RIGHT * score.asked, shown
    assert score.wrong <= max(1, WRONG * score.asked), shown
    assert score.spurious == 0, shown


@pytest.mark.parametrize("design", DESIGNS)
def test_a_design_is_read(design: str) -> None:
    score = Score()
    for number in range(EACH):
        score.add(judge(paper(design, SEED + number), knowledge()))
    _check(score)


@pytest.mark.skipif(browser() is None, reason="Chromium is not installed")
@pytest.mark.parametrize("design", HTML_DESIGNS)
def test_a_printed_web_page_is_read(design: str) -> None:
    score = Score()
    for made in printed_papers(design, range(SEED, SEED + EACH)):
        score.add(judge(made, knowledge()))
    _check(score)
