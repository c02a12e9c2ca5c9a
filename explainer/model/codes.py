"""Which code set a printed code belongs to, told from its shape alone."""

import re

_SHAPES = (
    ("CPT", re.compile(r"\d{5}|\d{4}[A-Z]")),
    ("CDT", re.compile(r"D\d{4}")),
    ("HCPCS", re.compile(r"[A-CE-Z]\d{4}")),
)


def code_system(code: str) -> str | None:
    """ "CPT" (five digits, or four and a letter), "HCPCS" (a letter and four digits), "CDT" (D and four digits), or None."""
    return next((system for system, shape in _SHAPES if shape.fullmatch(code.upper())), None)
