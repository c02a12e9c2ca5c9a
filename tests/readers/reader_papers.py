"""What the tests of the readers share: a paper read and put in a short form that leaves nothing out but empty values and
places."""

from pathlib import Path
from typing import Any

from explainer.knowledge.base import Knowledge
from explainer.readers import Reading, Unreadable, Upload, read
from explainer.readers.export import document_json
from explainer.settings import Limits

FOLDER = Path(__file__).parent.parent / "papers" / "readers"
MSN_FOLDER, BLUE_FOLDER = FOLDER.parent / "msn", FOLDER.parent / "bluebutton"
_PLACES = ("source", "places", "file", "line", "claim", "code_system", "unread", "message")
_KNOWLEDGE: list[Knowledge] = []


def papers() -> list[Path]:
    """Every made-up paper of text, of a table or of a saved page; its expected JSON lies beside it."""
    return sorted(
        [
            *FOLDER.glob("*.txt"),
            *FOLDER.glob("*.csv"),
            *FOLDER.glob("*.html"),
            *MSN_FOLDER.glob("*.txt"),
            *BLUE_FOLDER.glob("*.txt"),
        ]
    )


def knowledge() -> Knowledge:
    """The content of the project, loaded once."""
    if not _KNOWLEDGE:
        _KNOWLEDGE.append(Knowledge.load())
    return _KNOWLEDGE[0]


def read_bytes(data: bytes, name: str = "paper.txt", format_: str = "auto") -> Reading:
    """The reading of bytes under a name."""
    return read(Upload("p1", name, data, format_), knowledge(), Limits())


def refused(data: bytes, name: str = "paper.txt", format_: str = "auto") -> str | None:
    """The code under which bytes are refused, or None."""
    try:
        read_bytes(data, name, format_)
    except Unreadable as reason:
        return reason.code
    return None


def short(value: Any) -> Any:
    """Without places and without what is empty: what a paper is read to say, and nothing else."""
    if isinstance(value, dict):
        return {k: short(v) for k, v in value.items() if k not in _PLACES and v not in (None, [], {})}
    return [short(v) for v in value] if isinstance(value, list) else value


def said(path: Path) -> Any:
    """The short form of a paper."""
    reading = read_bytes(path.read_bytes(), path.name)
    out = short(document_json(reading.document, knowledge()))
    out["warnings"] = [p.code for p in reading.problems]
    return out
