"""Made-up papers from file to finding: each planted fault is asked about, and nothing is asked about a clean paper.

The papers lie in tests/papers/cases, written by case_maker.py; expected.json beside them names the fault.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from explainer.case import check_case
from explainer.knowledge.base import Knowledge
from explainer.model.finding import Finding
from explainer.readers import Upload, read
from explainer.settings import Limits

CASES = Path(__file__).parents[1] / "papers" / "cases"
TODAY = date(2026, 6, 1)
FAULTS, CLEAN = (sorted((CASES / kind).iterdir()) for kind in ("faults", "clean"))


@pytest.fixture(scope="module")
def real() -> Knowledge:
    return Knowledge.load()


def _asked(folder: Path, knowledge: Knowledge) -> list[Finding]:
    files = [f for f in sorted(folder.iterdir()) if f.stem.isdigit()]
    documents = tuple(read(Upload(f"p{f.stem}", f.name, f.read_bytes()), knowledge, Limits()).document for f in files)
    return [f for f in check_case(documents, knowledge, TODAY).all_findings() if f.verdict == "ask"]


def _told(found: list[Finding]) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(f.id, f.case, f.lines) for f in found]


@pytest.mark.parametrize("folder", FAULTS, ids=lambda f: f.name)
def test_a_planted_fault_is_found(folder: Path, real: Knowledge) -> None:
    expected, found = json.loads((folder / "expected.json").read_text()), _asked(folder, real)
    named = [f for f in found if f.id == expected["ask"]]
    assert named, _told(found)
    if expected["lines"]:
        assert any(set(expected["lines"]) <= set(f.lines) for f in named), _told(named)


@pytest.mark.parametrize("folder", CLEAN, ids=lambda f: f.name)
def test_a_clean_paper_raises_no_question(folder: Path, real: Knowledge) -> None:
    assert _told(_asked(folder, real)) == []


def test_there_are_enough_of_both() -> None:
    assert len(FAULTS) >= 60
    assert len(CLEAN) >= 60
