"""The file's plain form: sections between rules of dashes, and in them lines "Label: value"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from explainer.model.source import Span
from explainer.readers.rows import Cell

_RULE = re.compile(r"[-=_*\s]*[-=_]{5,}[-=_*\s]*")
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9 /'().-]{1,48}")
_WORDED = re.compile(r"(?:procedure|revenue|modifier|place|type of service|provider|diagnosis)\b")
_STRAY = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A label in small letters without its part behind a slash, and what stands behind the colon (it may be nothing)."""

    key: str
    value: Cell
    start: int

    def span(self, paper: str) -> Span:
        """Where the value stands."""
        return Span(paper, 1, self.value.start, self.value.end)


@dataclass(slots=True)
class Section:
    """What stands under one heading. name: the heading in small letters; empty before the first and between two rules."""

    name: str = ""
    entries: list[Entry] = field(default_factory=list)


def key_of(label: str) -> str:
    """ "Quantity Billed/Units" is "quantity billed"; "Modifier 1/Description" is "modifier 1"."""
    return _STRAY.sub(" ", label.partition("/")[0]).strip().lower()


def _entry(line: str, start: int) -> Entry | None:
    label, colon, value = line.partition(":")
    if not colon or not _LABEL.fullmatch(label.strip()):
        return None
    at = start + len(label) + 1
    return Entry(key_of(label), Cell(value, at, at + len(value), 0, 0).part(0, len(value)), start)


def _continued(entry: Entry, line: str, start: int) -> Entry:
    """A value whose line was broken in two, as mail programs and printers do."""
    end = start + len(line.rstrip())
    text = f"{entry.value.text} {line.strip()}".strip()
    first = entry.value.start if entry.value.text else end - len(line.strip())
    return Entry(entry.key, Cell(text, first, end, 0, 0), entry.start)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """The lines that hold something, and where each starts."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield line, start
        start += len(line) + 1


def sections_of(text: str) -> list[Section]:
    """The sections of the file in order. A heading is a line without a label between two rules, however long these are."""
    lines = list(_lines(text))
    ruled = [_RULE.fullmatch(line) is not None for line, _ in lines]
    found = [Section()]
    for at, (line, start) in enumerate(lines):
        if ruled[at]:
            continue
        entry = _entry(line, start)
        after_rule = at > 0 and ruled[at - 1]
        if entry is not None:
            found[-1].entries.append(entry)
        elif after_rule and at + 1 < len(lines) and ruled[at + 1]:
            found.append(Section(_STRAY.sub(" ", line).strip().lower()))
        elif not after_rule and found[-1].entries and _WORDED.match(found[-1].entries[-1].key):
            found[-1].entries[-1] = _continued(found[-1].entries[-1], line, start)
    return found
