"""Every made-up paper says exactly what stands beside it: nothing missed, nothing invented."""

import json
from pathlib import Path

import pytest
from reader_papers import FOLDER, read_bytes, said

PAPERS = sorted(p for p in FOLDER.iterdir() if p.suffix in (".txt", ".csv", ".html"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.name)
def test_paper(paper: Path) -> None:
    assert said(paper) == json.loads(paper.with_suffix(".json").read_text("utf-8"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.name)
def test_every_amount_stands_where_its_place_says(paper: Path) -> None:
    document = read_bytes(paper.read_bytes(), paper.name).document
    for line in document.lines:
        assert 0 <= line.source.start < line.source.end <= len(document.text)
        for name, amount in line.amounts.known().items():
            if amount and name in line.places:
                place = line.places[name]
                printed = document.text[place.start : place.end].replace(",", "")
                assert str(abs(amount)).removesuffix("0").removesuffix(".0").removesuffix("0").rstrip(".") in printed


def test_there_are_papers() -> None:
    assert len(PAPERS) >= 25
