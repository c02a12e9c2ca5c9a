"""Papers gathered for measuring (not part of the project): what is read of them must agree with what a person read.

They lie in a folder beside the project (shared/data), or where EXPLAINER_SHARED says. Nothing is wrong where we stay silent.
"""

import json
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from reader_papers import read_bytes

from explainer.case import total_of
from explainer.model.document import Document
from explainer.readers import Unreadable

FOLDERS = ("csv", "eob_text", "eob_html", "not_eob_text")
NAMES = {"billed": "billed", "allowed": "allowed", "plan_paid": "paid", "patient_owes": "patient_responsibility"}
# Papers on which another figure than the hand-read one is right to give, and why: (paper, amount) -> reason.
EXCEPTIONS: dict[tuple[str, str], str] = {}


def _shared() -> Path | None:
    beside = (parent.parent / "shared" for parent in Path(__file__).resolve().parents)
    named = os.environ.get("EXPLAINER_SHARED")
    places = [Path(named)] if named else list(beside)
    return next((p / "data" for p in places if (p / "data" / "truth.json").is_file()), None)


SHARED = _shared()


def _found() -> Iterator[Any]:
    if SHARED is None:
        yield pytest.param(None, marks=pytest.mark.skip(reason="no gathered papers on this machine (EXPLAINER_SHARED)"))
        return
    for folder in FOLDERS:
        for path in sorted(p for p in (SHARED / folder).rglob("*") if p.is_file()):
            yield pytest.param(path, id=str(path.relative_to(SHARED)))


PAPERS = list(_found())


def _truth(name: str) -> dict[str, Any]:
    assert SHARED is not None
    found = json.loads((SHARED / "truth.json").read_text("utf-8")).get(name, {})
    return found["headline"] if found.get("hand_read") else {}


def _figures(document: Document) -> dict[str, Decimal]:
    found = {name: total_of(document.claims, name) for name in NAMES}
    if document.kind == "bill" and document.amount_due is not None:
        found["patient_owes"] = document.amount_due
    return {name: value for name, value in found.items() if value is not None}


@pytest.mark.parametrize("path", PAPERS)
def test_no_figure_is_wrong(path: Path) -> None:
    assert SHARED is not None
    name = str(path.relative_to(SHARED))
    try:
        document = read_bytes(path.read_bytes(), path.name).document
    except Unreadable:
        return
    truth = _truth(name)
    wrong = {
        ours: (str(value), truth[theirs])
        for ours, theirs in NAMES.items()
        if (value := _figures(document).get(ours)) is not None
        and truth.get(theirs) is not None
        and abs(value - Decimal(str(truth[theirs]))) > Decimal("0.01")
        and (name, ours) not in EXCEPTIONS
    }
    assert wrong == {}
    if truth.get("service_lines"):
        assert len(document.lines) in (0, truth["service_lines"])


@pytest.mark.parametrize("path", PAPERS)
def test_a_bill_is_a_bill_and_a_plans_paper_is_none(path: Path) -> None:
    assert SHARED is not None
    try:
        kind = read_bytes(path.read_bytes(), path.name).document.kind
    except Unreadable:
        return
    bill = path.relative_to(SHARED).parts[0] == "not_eob_text"
    assert (kind == "bill") == bill or path.name in PROVIDER_BILLS


# Snippets that say of themselves that they are a provider's or a collector's bill, though they lie among the plans' papers.
PROVIDER_BILLS = ("ex-02.md", "ex-04.md", "ex-05.md")
