"""Members' and claims' numbers as they are compared, and how a claim names its patient."""

from explainer.model.document import Claim, Document

# Letters that a scanner takes for digits in a number.
_MISREAD_DIGITS = str.maketrans("OILSBZ", "011582")
# Shorter numbers are printed on many papers.
SURE_NUMBER = 4

Written = tuple[str, str]
"""How a claim names its patient: the printed name, and the member's number as `plain_number` gives it ("" without one)."""


def written(document: Document, claim: Claim) -> Written:
    return claim.patient or "", plain_number(member_of(document, claim)) or ""


def member_of(document: Document, claim: Claim) -> str | None:
    """The member's number of a claim: its own, else the paper's."""
    return claim.member_id or document.member_id


def plain_number(text: str | None) -> str | None:
    """A claim's or member's number as it is compared: a scanner takes some letters for digits. None where none is printed."""
    return "".join(c for c in (text or "").upper() if c.isalnum()).translate(_MISREAD_DIGITS) or None


def is_one_number(one: str, other: str) -> bool:
    """Whether two plain numbers can be one; a part may be hidden ("XXXXX2003"), or name the person of a family ("...-01")."""
    short, long = sorted((one.lstrip("X"), other.lstrip("X")), key=len)
    return long.startswith(short) or long.endswith(short)
