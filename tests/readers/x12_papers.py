"""What the tests of the 835 reader share: the made-up papers and their short form."""

import json
from pathlib import Path
from typing import Any

from reader_papers import knowledge, read_bytes, short

from explainer.readers import Unreadable
from explainer.readers.export import document_json

FOLDER = Path(__file__).parent.parent / "papers" / "x12"


def said(path: Path) -> Any:
    """What a paper is read to say, and its warnings with their claim, line and place in segments; or why it is refused."""
    try:
        reading = read_bytes(path.read_bytes(), path.name)
    except Unreadable as reason:
        return {"refused": reason.code}
    out = short(document_json(reading.document, knowledge()))
    warnings = [(p.code, p.claim, p.line, p.values.get("segment")) for p in reading.problems]
    out["warnings"] = [" ".join(str(part) for part in warning if part) for warning in warnings]
    return out


if __name__ == "__main__":
    for paper in sorted(FOLDER.glob("*.835")):
        paper.with_suffix(".json").write_text(json.dumps(said(paper), indent=1, ensure_ascii=False) + "\n", "utf-8")
