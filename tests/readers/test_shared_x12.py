"""Gathered 835 files against an independent count of them, and hostile ones against the class each must fall in. Nothing of them
is part of the project; where they are not on this machine, the tests say so."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from reader_papers import read_bytes

from explainer.model.document import Claim, Document
from explainer.readers import Unreadable

SHARED = Path(os.environ.get("EXPLAINER_SHARED") or Path(__file__).resolve().parents[3] / "shared")
if not SHARED.is_dir():
    SHARED = Path(__file__).resolve().parents[4] / "shared"
TRUTH: dict[str, Any] = json.loads((SHARED / "data" / "truth.json").read_text("utf-8")) if (SHARED / "data").is_dir() else {}
FILES = sorted(name for name in TRUTH if name.startswith("x12_835/"))
# Their claims have money where the status belongs, so that no amount can be trusted: the honest answer is a refusal.
SHIFTED = tuple(
    f"x12_835/clawdgeorge-x12-parser/fixtures__sample_{name}.edi"
    for name in ("835", "835_discrepancy", "835_shifted_elements", "missing_se", "multi_interchange", "multi_transaction",
                 "se_count_wrong", "trailing_whitespace", "whitespace_irregular")
)  # fmt: skip
needs_files = pytest.mark.skipif(not FILES, reason="no gathered files on this machine")


def _total(claims: tuple[Claim, ...], name: str) -> Decimal:
    return sum((_of_claim(claim, name) for claim in claims), Decimal(0))


def _of_claim(claim: Claim, name: str) -> Decimal:
    if name == "patient_owes" and claim.two_amounts is not None:
        return claim.two_amounts[0]  # neither is taken; the count was made of what CLP05 prints
    printed = claim.totals.get(name)
    known = [amount for line in claim.lines if (amount := line.amounts.get(name)) is not None]
    return sum(known, Decimal(0)) if printed is None else printed


def _found(document: Document) -> dict[str, float]:
    allowed = [line.amounts.allowed for line in document.lines if line.amounts.allowed is not None]
    return {
        "service_lines": len(document.lines), "billed": float(_total(document.claims, "billed")),
        "paid": float(_total(document.claims, "plan_paid")), "allowed": float(sum(allowed, Decimal(0))),
        "patient_responsibility": float(_total(document.claims, "patient_owes")),
    }  # fmt: skip


@needs_files
@pytest.mark.parametrize("name", FILES)
def test_counts_and_sums(name: str) -> None:
    data = (SHARED / "data" / name).read_bytes()
    if name in SHIFTED:
        with pytest.raises(Unreadable, match="x12-shifted"):
            read_bytes(data, name)
        return
    headline = {key: value or 0 for key, value in TRUTH[name]["headline"].items()}
    assert _found(read_bytes(data, name).document) == headline


@needs_files
def test_other_x12_papers_are_refused_by_name() -> None:
    for path in (SHARED / "data" / "x12_not_835").rglob("*.*"):
        with pytest.raises(Unreadable, match="x12-820"):
            read_bytes(path.read_bytes(), path.name)


@pytest.mark.skipif(not (SHARED / "attack" / "make.py").is_file(), reason="no hostile files on this machine")
def test_hostile_files_fall_in_their_class(tmp_path: Path) -> None:
    make = SHARED / "attack" / "make.py"
    subprocess.run([sys.executable, str(make), str(tmp_path), "--only", "x12"], check=True, capture_output=True)
    for item in json.loads((tmp_path / "manifest.json").read_text("utf-8"))["items"]:
        try:
            document = read_bytes((tmp_path / item["file"]).read_bytes(), item["file"]).document
            got = "accept-with-warning" if document.problems else "accept"
        except Unreadable:
            got = "reject-4xx"
        assert got in (item["expect"], *item["also_ok"]), item["file"]
