"""Writes the expected JSON beside every paper. A person reads the difference: PYTHONPATH=tests/readers python
tests/readers/regenerate.py"""

import json

from reader_papers import FOLDER, said

for paper in sorted(p for p in FOLDER.iterdir() if p.suffix in (".txt", ".csv", ".html")):
    paper.with_suffix(".json").write_text(json.dumps(said(paper), indent=1, ensure_ascii=False) + "\n", "utf-8")
