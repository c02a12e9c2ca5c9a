"""The parts of a running count: what is used, the limit, and what is left."""

import re
from collections.abc import Mapping
from decimal import Decimal

from explainer.readers.fields import money

# The first that fits a label counts: "Amount remaining" is what remains.
_FIELDS = (
    ("remaining", re.compile(r"remain|left\b|to go\b|balance|rest(?:ante|a)|queda|falta", re.I)),
    ("used", re.compile(r"\bused|\bmet\b|applied|spent|accumulat|to[- ]date|so far|paid|cumplid|usad|acumulad|aplicad", re.I)),
    ("limit", re.compile(r"limit|max|annual|yearly|total|amount|l[íi]mite|m[áa]ximo|anual|cantidad|monto", re.I)),
)
_AFTER_LIMIT = re.compile(
    r"[\s,;:.|(-]{0,20}(?:(?:amount |you have |ya )?(?P<used>(?:used|met|spent|applied|accumulated)(?: (?:so far|to date))?|"
    r"so far|usad[oa]|cumplid[oa]|acumulad[oa])|(?P<remaining>remaining|left(?: to go)?|restante|le queda))[\s:=.-]{0,20}", re.I
)  # fmt: skip
_LONGEST_NAME = 60


def part_named(text: str) -> str | None:
    """used, limit or remaining, whichever a heading or label names."""
    return next((name for name, words in _FIELDS if words.search(text)), None)


def fits(found: Mapping[str, Decimal]) -> bool:
    """Amounts that contradict each other are not read."""
    used, limit, left = found.get("used"), found.get("limit"), found.get("remaining")
    if any(value < 0 for value in found.values()):
        return False
    if used is not None and limit is not None and left is not None:
        return used + left == limit
    return limit is None or all(v is None or v <= limit for v in (used, left))


def named_amounts(text: str) -> dict[str, Decimal] | None:
    """ "Out-of-pocket limit $4,000.00   Used $1,912.40   Remaining $2,087.60": the limit first, then what is used or left, each
    behind its name. None where any amount has another name, or where they contradict each other: "Deductible $40.00  Plan paid
    $60.00" are a service's."""
    found: dict[str, Decimal] = {}
    at, surely = 0, False
    for match in money.PRINTED.finditer(text):
        label, at = text[at : match.start()], match.end()
        named = _AFTER_LIMIT.fullmatch(label)
        name = str(named.lastgroup) if named else None if found else _limit_named(label)
        value = money.amount(match.group())
        if name is None or value is None or name in found or (not found and name != "limit"):
            return None
        surely = surely or name == "used" or (not found and part_named(label) == "limit")
        found[name] = value
    return found if surely and len(found) > 1 and fits(found) else None


def _limit_named(label: str) -> str | None:
    return "limit" if len(label) <= _LONGEST_NAME and part_named(label) in ("limit", None) else None
