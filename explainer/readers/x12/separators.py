"""The characters that take an X12 file apart. They are read from its own envelope; in a pattern they mean only themselves."""

from dataclasses import dataclass

BLANK = " \t\n"
# The sixteenth separator of an ISA stands at character 103; files whose elements are not padded end sooner, few end later.
ISA_WITHIN = 400
_ISA_SEPARATORS = 16
_NEXT_WITHIN = 4_000
COMPONENT, TERMINATOR = ":", "~"


@dataclass(frozen=True, slots=True)
class Separators:
    """element, component and segment: one character each. told: the component separator stands in the envelope."""

    element: str
    component: str
    segment: str
    told: bool = True

    @property
    def usable(self) -> bool:
        """Three different characters, none of which can be part of a value."""
        three = {self.element, self.component, self.segment}
        return len(three) == 3 and not any(c.isalnum() or c in " ." for c in three) and self.element not in BLANK


def separators_at(text: str) -> Separators | None:
    """Those of a text that starts with ISA, GS or ST; None where they cannot be told."""
    found = _of_interchange(text) if text.startswith("ISA") else _of_headless(text)
    return found if found is not None and found.usable else None


def _of_interchange(text: str) -> Separators | None:
    element = text[3:4]
    end = _after(text, element, _ISA_SEPARATORS)
    if end < 0 or _broken(text[:end], element):
        return None
    following = text.find(f"GS{element}", end)
    if not 0 <= following - end <= ISA_WITHIN:
        return _pair(text[end : end + 2], element)
    between, rest = text[end:following], text[following : following + ISA_WITHIN]
    marks = between.strip(BLANK)
    if not marks:
        return Separators(element, COMPONENT, "\n", False) if "\n" in between else None
    if len(marks) > 1:
        return _pair(marks, element)
    if "\n" in between and not rest.partition("\n")[0].rstrip(BLANK).endswith(marks):
        return Separators(element, marks, "\n")
    return Separators(element, COMPONENT, marks, False)


def _pair(marks: str, element: str) -> Separators | None:
    return Separators(element, marks[0], marks[1]) if len(marks) > 1 else None


def _after(text: str, element: str, count: int) -> int:
    """Where the text goes on after that many separators; -1 where they are not there."""
    at = -1
    for _ in range(count):
        at = text.find(element, at + 1, ISA_WITHIN) if element else -1
        if at < 0:
            return -1
    return at + 1


def _broken(header: str, element: str) -> bool:
    """Whether another segment starts inside: the header has fewer elements than it must have."""
    at = header.find(f"GS{element}")
    before = header[:at].rstrip(BLANK)[-1:]
    return at > 0 and before != element and not before.isalnum()


def _of_headless(text: str) -> Separators | None:
    """A file that starts with GS or ST: the character before the next segment that must follow ends a segment."""
    element = text[2:3]
    following = "ST" if text.startswith("GS") else "BPR"
    at = text.find(f"{following}{element}", 3, _NEXT_WITHIN)
    if at < 0 or not element:
        return None
    before = text[:at].rstrip(BLANK)[-1:]
    if before.isalnum() or before == element:
        return Separators(element, COMPONENT, "\n", False) if text[at - 1] in BLANK else None
    return Separators(element, COMPONENT, before, False)
