"""The file's entries gathered into claims and their lines, before any value is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from explainer.readers.bluebutton.entries import Entry, Section

_LINES_OF = "claim lines for claim number"
# Sections that hold claims; the others are what people entered themselves, plans, other insurance.
_OF_CLAIMS = ("", "claim summary", "claims", "claim details")
_TITLE = "medicare.gov personal health information"


@dataclass(slots=True)
class Labelled:
    """Labels with their entries; the first of a label counts."""

    start: int
    end: int = 0
    entries: dict[str, Entry] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """One more entry."""
        self.entries.setdefault(entry.key, entry)
        self.end = max(self.end, entry.value.end, entry.start + len(entry.key))

    def text(self, key: str) -> str:
        """What stands behind a label, or nothing."""
        entry = self.entries.get(key)
        return entry.value.text if entry else ""


@dataclass(slots=True)
class FiledClaim(Labelled):
    """A claim's own entries, and those of each of its lines."""

    lines: list[Labelled] = field(default_factory=list)


@dataclass(slots=True)
class Filed:
    """All claims of Part A and Part B, and how many drug claims of Part D the file holds."""

    claims: list[FiledClaim] = field(default_factory=list)
    drugs: int = 0
    open: Labelled | None = None
    number: Entry | None = None

    def entry(self, entry: Entry) -> None:
        """The next entry of a section of claims."""
        if entry.key == _LINES_OF:
            self.number, self.open = entry, None
        elif entry.key == "claim type" and entry.value.text.lower().replace(" ", "") == "partd":
            self._drug(entry)
        elif entry.key == "claim number" and not self._in_drug():
            self.open = FiledClaim(entry.start)
            self.claims.append(self.open)
            self.open.add(entry)
        elif entry.key == "line number":
            self.open = Labelled(entry.start)
            self._claim().lines.append(self.open)
        elif self.open is not None:
            self.open.add(entry)

    def _in_drug(self) -> bool:
        return self.open is not None and "drug" in self.open.entries and "claim number" not in self.open.entries

    def _drug(self, entry: Entry) -> None:
        """A drug claim names its type before its number, or behind it: then what was opened as a claim is none."""
        if self.claims and self.open is self.claims[-1] and not self.claims[-1].lines:
            self.claims.pop()
        self.drugs += 1
        self.open = Labelled(entry.start)
        self.open.entries["drug"] = entry

    def _claim(self) -> FiledClaim:
        """The claim that the lines at hand name, else the last one."""
        wanted = self.number.value.text if self.number else ""
        known = [c for c in self.claims if c.text("claim number") == wanted] if wanted else self.claims[-1:]
        if known:
            return known[-1]
        made = FiledClaim(self.number.start if self.number else 0)
        if self.number:
            made.add(Entry("claim number", self.number.value, self.number.start))
        self.claims.append(made)
        return made


def filed(sections: Sequence[Section]) -> Filed:
    """The claims of the sections that hold claims."""
    found = Filed()
    for section in sections:
        if section.name not in _OF_CLAIMS and _TITLE not in section.name:
            found.open = found.number = None
            continue
        for entry in section.entries:
            found.entry(entry)
    return found
