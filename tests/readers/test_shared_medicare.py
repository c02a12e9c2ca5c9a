"""The gathered Blue Button files, where they are on this machine: as many services and the same sums as counted apart."""

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from reader_papers import read_bytes, refused

SHARED = Path(os.environ.get("EXPLAINER_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "data"
SUMS = {"billed": "billed", "allowed": "allowed", "paid": "plan_paid", "patient_responsibility": "patient_owes"}
# Files that hold no claim of Part A or B, and the code that says why.
REFUSED = {
    "va-negative": "health-record",  # the VA's record has the same look and no claims
    "jones": "no-claims",  # its drugs are the person's own list, no claims
    "metaOnly": "no-claims",
    "missingSections": "no-claims",
    "noSources": "no-claims",
    "singleSection": "no-claims",
}


def _gathered() -> list[tuple[str, dict[str, Any]]]:
    truth = SHARED / "truth.json"
    if not truth.is_file():
        return []
    told = json.loads(truth.read_text("utf-8"))
    return [(name, entry["headline"]) for name, entry in told.items() if name.startswith("medicare_bluebutton_txt/")]


@pytest.mark.skipif(not _gathered(), reason="no gathered papers on this machine")
@pytest.mark.parametrize(("name", "truth"), _gathered() or [("", {})], ids=lambda value: value if isinstance(value, str) else "")
def test_a_gathered_file(name: str, truth: dict[str, Any]) -> None:
    data = (SHARED / name).read_bytes()
    code = next((code for part, code in REFUSED.items() if part in name), None)
    if code is not None:
        assert not truth["service_lines"]
        assert refused(data) == code
        return
    document = read_bytes(data).document
    assert len(document.lines) == truth["service_lines"]
    for label, field in SUMS.items():
        added = sum((c.totals.get(field) or Decimal(0) for c in document.claims), Decimal(0))
        assert added == Decimal(str(truth[label])), label
