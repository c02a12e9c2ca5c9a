"""Keys in a remarks column, as printed; those of the form group and reason are adjustments too."""

import re
from dataclasses import dataclass
from decimal import Decimal

from explainer.readers.fields import money

_SHORT = re.compile(r"[(\[*†‡#]?(?:[A-Za-z]{0,2}[0-9]{1,3}[A-Za-z]?|[A-Za-z]{1,2}|[*†‡]{1,3})[)\]]?")
_GROUPED = re.compile(r"(?<![\w$.])(?P<group>CO|PR|OA|PI|CR)[ ]?[-–]?[ ]?(?P<reason>[A-Z]?[0-9]{1,3})(?![\w.])")
_KEY = re.compile(
    r"(?<![\w$.%/])(?:\((?:[A-Za-z]{0,2}[0-9]{1,3}|[A-Za-z])\)|[A-Z]{1,3}-?[0-9]{1,4}[A-Z]?|[0-9]{1,4}[A-Z]?|[A-Z]{1,2}|[*†‡#]{1,3})(?![\w.%]|-\w)"
)
_LETTERS = re.compile(r"[a-z](?:\s?[,;/ ]\s?[a-z])*")
_NOT_KEYS = frozenset(("NO", "NA", "SEE", "N", "Y", "OF", "IS", "TO"))


@dataclass(frozen=True, slots=True)
class Keyed:
    """One key. group and reason where it has that form; the amount only where it is printed with it."""

    key: str
    start: int
    end: int
    group: str | None = None
    reason: str | None = None
    amount: Decimal | None = None


def _grouped(text: str) -> list[Keyed]:
    found = []
    for match in _GROUPED.finditer(text):
        behind = money.PRINTED.match(text, match.end() + _gap(text, match.end()))
        value = money.amount(behind.group()) if behind else None
        found.append(
            Keyed(
                match.group().strip(),
                match.start(),
                match.end(),
                match["group"],
                match["reason"],
                abs(value) if value is not None else None,
            )
        )
    return found


def _gap(text: str, at: int) -> int:
    return len(text[at : at + 3]) - len(text[at : at + 3].lstrip(" :="))


def _apart(text: str, taken: list[Keyed]) -> str:
    for key in taken:
        text = text[: key.start] + " " * (key.end - key.start) + text[key.end :]
    return money.PRINTED.sub(lambda m: " " * len(m.group()), text)


def keys(text: str) -> tuple[Keyed, ...]:
    """The keys of a remarks cell in printed order. A cell of plain words holds none."""
    if _LETTERS.fullmatch(text.strip()):
        return tuple(Keyed(m.group(), m.start(), m.end()) for m in re.finditer(r"[a-z]", text))
    found = _grouped(text)
    rest = _apart(text, found)
    if any(
        len(w) > 3 and w.isalpha() and w.upper() not in ("NOTE", "NOTES", "CODE", "NOTA", "NOTAS")
        for w in re.findall(r"[^\W\d_]+", rest)
    ):
        return tuple(found)
    for match in _KEY.finditer(rest):
        key = match.group().strip("()")
        if key.upper() not in _NOT_KEYS:
            found.append(Keyed(key, match.start(), match.end()))
    return tuple(sorted(found, key=lambda k: k.start))


def reason_in_note(text: str) -> tuple[str, str] | None:
    """The one group and reason that the words of a note begin with ("PR-96: ...") or give in a bracket ("... [PR-96]")."""
    found = {(k.group, k.reason) for k in _grouped(text) if k.group and k.reason and _apart_in(text, k)}
    return found.pop() if len(found) == 1 else None


def _apart_in(text: str, key: Keyed) -> bool:
    before, after = text[: key.start].rstrip(), text[key.end :].lstrip()
    return not before or (before[-1] in "([" and after[:1] in (")", "]"))


def is_list(text: str) -> bool:
    """Whether a whole text is keys, each perhaps with its amount ("CO-45 $44.00; PR-1 $36.00")."""
    return bool(text.strip()) and is_key(money.PRINTED.sub(" ", text).replace(":", " ").replace("=", " "))


def is_short(text: str) -> bool:
    """Whether a text may be the key of a note of the paper's own: "A1", "a", "(3)", "**"."""
    return _SHORT.fullmatch(text.strip()) is not None


def is_key(text: str) -> bool:
    """Whether a whole text is a list of keys of at least one letter and digit or of the group form ("PR96", "M15, N130")."""
    parts = [p for p in re.split(r"[\s,;/]+", text.strip()) if p]
    return 0 < len(parts) <= 8 and all(_KEY.fullmatch(p) or _GROUPED.fullmatch(p) for p in parts)
