"""Where the samples are that the project may measure with but not hold: beside the checkout, or where EXPLAINER_SHARED says."""

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("EXPLAINER_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")


def samples(*parts: str) -> Path:
    """A folder or file of the samples. Skips the test, visibly, where it is not there."""
    place = ROOT.joinpath(*parts)
    if not place.exists():
        pytest.skip(f"no samples: {'/'.join(parts)} is not beside this checkout")
    return place
