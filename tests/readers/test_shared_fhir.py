"""FHIR files gathered elsewhere, where they lie beside the project: counts and sums agree with those made without it."""

import json
import os
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from reader_papers import read_bytes, refused

from explainer.model.document import Claim

_HERE = Path(__file__).resolve().parents[2]
_BESIDE = [Path(os.environ.get("EXPLAINER_SHARED", _HERE.parent / "shared")), _HERE.parent.parent / "shared"]
DATA = next((folder / "data" for folder in _BESIDE if (folder / "data").is_dir()), _BESIDE[0] / "data")
FILES = sorted((DATA / "fhir_eob").rglob("*.*")) if DATA.is_dir() else []
OTHER_JSON = sorted((DATA / "medicare_bluebutton_json").rglob("*.json")) if DATA.is_dir() else []
FIELDS = {"billed": "billed", "allowed": "allowed", "paid": "plan_paid", "patient_responsibility": "patient_owes"}

_PAID = "the truth takes what the patient paid for what the patient owes"
_TOTAL_ROW = "the truth counts the row of revenue code 0001, a hospital's total, as a service"
# Part of a file's name -> what is read there and why it differs from the truth.
DIFFERENT: dict[str, tuple[dict[str, str | int | None], str]] = {
    "out__ExplanationOfBenefit-DME": ({"service_lines": 3, "patient_responsibility": None}, f"{_TOTAL_ROW}; {_PAID}"),
    "out__ExplanationOfBenefit-HHA": ({"service_lines": 3, "patient_responsibility": None}, f"{_TOTAL_ROW}; {_PAID}"),
    "out__ExplanationOfBenefit-Hospice": ({"service_lines": 3, "patient_responsibility": None}, f"{_TOTAL_ROW}; {_PAID}"),
    "out__ExplanationOfBenefit-SNF": ({"service_lines": 3, "patient_responsibility": None}, f"{_TOTAL_ROW}; {_PAID}"),
    "out__ExplanationOfBenefit-Outpatient": (
        {"service_lines": 3, "paid": "62.30", "patient_responsibility": None},
        f"{_TOTAL_ROW}; the plan paid the provider 17.86 and the patient 44.44; {_PAID}",
    ),
    "out__ExplanationOfBenefit-Pharmacy": (
        {"paid": "55.58", "patient_responsibility": None}, f"the plan also paid 10.08 for what it does not cover; {_PAID}"),
    "v1__eobByPatientIdAll.": ({"patient_responsibility": "500.00"}, f"{_PAID}, and leaves out the claim that states a share"),
    "v1__eobByPatientIdPaged": ({"patient_responsibility": "500.00"}, f"{_PAID}, and leaves out the claim that states a share"),
    "v2__eobByPatientIdAll": ({"patient_responsibility": "500.00"}, _PAID),
    "v1__eobByPatientIdAllWithSamhsa": ({"patient_responsibility": None}, _PAID),
    "v1__eobReadPde": ({"patient_responsibility": None}, _PAID),
    "v2__eobReadPde": ({"patient_responsibility": None}, _PAID),
    "eob_read_in_pt_v1": ({"service_lines": 10}, _TOTAL_ROW),
    "eob_read_in_pt_v2": ({"service_lines": 10, "billed": "10000.00"}, f"{_TOTAL_ROW}, and so counts its amount twice"),
    "eob_read_out_pt_v2": ({"service_lines": 5}, _TOTAL_ROW),
    "fsh/EOBInpatient1.": ({"patient_responsibility": None}, _PAID),
    "fsh/EOBOutpatient1.": ({"patient_responsibility": None}, _PAID),
    "fsh/EOBProfessional1.": ({"patient_responsibility": None}, _PAID),
    "fsh/EOBPharmacy1.": ({"patient_responsibility": "80.00"}, f"{_PAID}, though the line states the member's liability"),
    "Aetna_-_Connectathon": ({"billed": "2856.00"}, "the truth leaves out the second claim's own adjudication"),
}  # fmt: skip

if not FILES:
    pytest.skip(f"no gathered FHIR files (looked in {DATA})", allow_module_level=True)
TRUTH: dict[str, Any] = json.loads((DATA / "truth.json").read_text("utf-8"))


def _total(claims: Iterable[Claim], name: str) -> Decimal | None:
    """The sum over claims of the printed total, else of the lines that give the amount."""
    found: list[Decimal] = []
    for claim in claims:
        known = [v for line in claim.lines if (v := line.amounts.get(name)) is not None]
        printed = claim.totals.get(name)
        found += [printed] if printed is not None else [sum(known, Decimal(0))] if known else []
    return sum(found, Decimal(0)) if found else None


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_counts_and_sums(path: Path) -> None:
    name = path.relative_to(DATA).as_posix()
    document = read_bytes(path.read_bytes(), path.name).document
    read: dict[str, Any] = {key: _total(document.claims, field) for key, field in FIELDS.items()}
    read["service_lines"] = len(document.lines)
    wanted = dict(TRUTH[name]["headline"])
    for part, (instead, _) in DIFFERENT.items():
        if part in name:
            assert any(_cents(wanted[key]) != _cents(value) for key, value in instead.items()), (
                "the exception is no longer needed"
            )
            wanted |= instead
    assert {key: _cents(value) for key, value in read.items()} == {key: _cents(value) for key, value in wanted.items()}


def _cents(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))


@pytest.mark.parametrize("path", OTHER_JSON, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_other_json_is_refused(path: Path) -> None:
    assert refused(path.read_bytes(), path.name) in ("json-not-fhir", "not-an-eob")
