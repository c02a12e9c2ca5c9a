"""The made-up FHIR files, each with what must be read beside it in NAME.expected.json.

Regenerate: PYTHONPATH=tests/readers python tests/readers/fhir_papers.py; a person reads the difference."""

import json
from pathlib import Path
from typing import Any

from reader_papers import FOLDER, read_bytes, refused, said

FHIR = FOLDER.parent / "fhir"
FILES = sorted(p for p in FHIR.iterdir() if not p.name.endswith(".expected.json"))
READ = [p for p in FILES if not p.name.startswith("refused-")]


def expected(paper: Path) -> Path:
    """Where the expected result lies."""
    return paper.with_name(f"{paper.name}.expected.json")


def told(paper: Path) -> Any:
    """What is read of a file: its short form with the lines' adjustments, or the code under which it is refused."""
    code = refused(paper.read_bytes(), paper.name)
    if code is not None:
        return {"refused": code}
    out, document = said(paper), read_bytes(paper.read_bytes(), paper.name).document
    out["code_systems"] = [line.code_system for line in document.lines]
    return out


if __name__ == "__main__":
    for file in FILES:
        expected(file).write_text(json.dumps(told(file), indent=1, ensure_ascii=False) + "\n", "utf-8")
