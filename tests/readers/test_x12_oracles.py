"""Counts and sums against two other readers of X12, on made-up files. A file that one of them cannot read is named as skipped."""

import io
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from reader_papers import read_bytes
from x12_papers import FOLDER

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench.remittances import Counted, remittance

pyx12_file = pytest.importorskip("pyx12.x12file")
x12sdk_io = pytest.importorskip("x12sdk.io")

STANDARD = ("no-line-breaks", "six-adjustments", "replaced-code", "reversal-and-correction", "secondary-payer", "patient-denial",
            "institutional-no-services", "provider-level", "odd-separators", "two-patients", "remarks-of-claim")  # fmt: skip
Sums = tuple[int, int, Decimal, Decimal, Decimal, int]


def _generated() -> bytes:
    return b"".join(remittance(300, Counted(), seed=7, each=50))


def _data(name: str) -> bytes:
    return _generated() if name == "generated" else (FOLDER / f"{name}.835").read_bytes()


def _ours(data: bytes) -> Sums:
    document = read_bytes(data, "a.835").document
    adjusted = [a for c in document.claims for a in (*c.adjustments, *(b for line in c.lines for b in line.adjustments))]
    return (
        len(document.claims), len(document.lines), sum((c.totals.billed or Decimal(0) for c in document.claims), Decimal(0)),
        sum((c.totals.plan_paid or Decimal(0) for c in document.claims), Decimal(0)),
        sum((a.amount or Decimal(0) for a in adjusted), Decimal(0)), len(adjusted),
    )  # fmt: skip


def _of_segments(segments: list[list[str]]) -> Sums:
    """The same counts of bare segments, as another reader cuts them."""
    claims = [s for s in segments if s[0] == "CLP"]
    amounts = [Decimal(s[i]) for s in segments if s[0] == "CAS" for i in range(3, len(s), 3)]
    return (
        len(claims), sum(s[0] == "SVC" for s in segments), sum((Decimal(s[3]) for s in claims), Decimal(0)),
        sum((Decimal(s[4]) for s in claims), Decimal(0)), sum(amounts, Decimal(0)), len(amounts),
    )  # fmt: skip


@pytest.mark.parametrize("name", [*STANDARD, "generated"])
def test_pyx12_counts_the_same(name: str) -> None:
    data = _data(name)
    with pyx12_file.X12Reader(io.StringIO(data.decode())) as reader:
        segments = [[s.get_seg_id(), *(s.get_value(f"{i:02}") or "" for i in range(1, len(s) + 1))] for s in reader]
    assert _ours(data) == _of_segments(segments)


@pytest.mark.parametrize("name", [*STANDARD, "generated"])
def test_x12sdk_counts_the_same(name: str) -> None:
    data = _data(name)
    try:
        with x12sdk_io.X12ModelReader(data.decode()) as reader:
            found = [model.x12() for model in reader.models()]
    except ValueError as error:
        pytest.skip(f"x12sdk does not read {name}: {str(error)[:80]}")
    segments = [s.strip().split("*") for text in found for s in text.split("~") if s.strip()]
    assert _ours(data) == _of_segments(segments)
