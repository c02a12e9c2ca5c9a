"""Guides to the notice print it with small numbers glued to its words ("Date of This Notice4", "December 6, 20175")."""

import re

# The title itself carries a number: only then are numbers behind words no part of them.
_MARKED = re.compile(r"\bSummary Notice\d{1,2}\b(?!-)")
_GLUED = re.compile(
    r"(?<=[a-z]{3})\d{1,2}(?![\w/.-])"
    r"|(?<=[A-Za-z]\s\d,\s(?:19|20)\d\d)\d{1,2}(?!\w)|(?<=[A-Za-z]\s\d\d,\s(?:19|20)\d\d)\d{1,2}(?!\w)"
    r"|(?<![\w$.,/-])\d{1,2}"
    r"(?=\s(?:Services?\sApproved|Amount\s(?:Provider|Medicare|Facility)|Medicare[\s-]Approved|Maximum\sYou|See\sNotes)\b)"
    r"|(?<=[a-z]\?)\d{1,2}(?!\w)"
)
_BEFORE_DAY = re.compile(r"(?<=[a-z]{3} )(\d{1,2})(?=\s[A-Z][a-z]{2,8}\s\d{1,2},\s(?:19|20)\d\d\b)")


def without(text: str) -> str:
    """The text with such numbers as spaces, so that every place stays where it was; other texts stay as they are."""
    if not _MARKED.search(text):
        return text
    return _GLUED.sub(lambda m: " " * len(m.group()), _BEFORE_DAY.sub(lambda m: " " * len(m.group()), text))
