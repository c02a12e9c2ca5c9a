"""What a file says of itself: its quarter, whose claims it is for, which part it is. What it does not say is never guessed."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from explainer.edit_import.refused import EditsRefused
from explainer.knowledge.edit_file import Setting
from explainer.knowledge.edits import quarter_of

_MONTHS = ("january", "april", "july", "october")
# Not whole tables of Medicare's: what changed since the last quarter, and Medicaid's own tables.
_NOT_OURS: tuple[tuple[Literal["changes", "medicaid"], re.Pattern[str]], ...] = (
    ("changes", re.compile(r"additions|revisions|changes", re.I)),
    ("medicaid", re.compile(r"medicaid|(?<![a-z])mcd(?![a-z])", re.I)),
)
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)[-_ ]?q([1-4])(?!\d)", re.I)
_YEAR_LAST = re.compile(r"(?<![a-z0-9])q([1-4])[-_ ]?(20\d\d)(?!\d)", re.I)
_EFFECTIVE = re.compile(
    r"eff(?:ective)?(?:\s*date)?[\s_:.-]*(?:(?P<m>\d{1,2})[-/_](?P<d>\d{1,2})[-/_](?P<y>20\d\d)"
    rf"|(?P<iso>20\d\d-\d\d-\d\d)|(?P<month>{'|'.join(_MONTHS)})\s+1(?:st)?,?\s+(?P<year>20\d\d))(?!\d)",
    re.I,
)
# "v323r0" and "version 32.3": version 26.0 began with 2020, and every quarter counts one up behind the point.
_VERSION = re.compile(r"(?:(?<![a-z])v(\d\d)([0-3])r\d|version\s+(\d\d)\.([0-3])(?!\d))", re.I)
_FIRST_VERSION = 1994
_PART = re.compile(r"[-_ ]f(\d{1,2})(?![a-z0-9])", re.I)
_SETTINGS: tuple[tuple[Setting, re.Pattern[str]], ...] = (
    ("practitioner", re.compile(r"practitioner|ccipra", re.I)),
    ("hospital", re.compile(r"hospital|facility|ccioph", re.I)),
    ("dme", re.compile(r"dme(?![a-z])|dme\W?supplier", re.I)),
)


def refuse_others(names: Iterable[str]) -> None:
    """Raises EditsRefused: changes, medicaid."""
    for code, shape in _NOT_OURS:
        for name in names:
            if shape.search(name):
                raise EditsRefused(code, name=name)


def quarters_in(text: str) -> set[str]:
    """Every quarter that a text names: 2026Q4, "Q4 2026", "Eff_10-01-2026", "v323r0". Only a quarter's first day names one."""
    named = {f"{y}Q{q}" for y, q in _YEAR_FIRST.findall(text)} | {f"{y}Q{q}" for q, y in _YEAR_LAST.findall(text)}
    versions = {f"{int(a or c) + _FIRST_VERSION}Q{int(b or d) + 1}" for a, b, c, d in _VERSION.findall(text)}
    return named | versions | {quarter_of(day) for day in _effective(text) if day.day == 1 and day.month % 3 == 1}


def _effective(text: str) -> Iterator[date]:
    for found in _EFFECTIVE.finditer(text):
        try:
            if found["iso"]:
                yield date.fromisoformat(found["iso"])
            elif found["month"]:
                yield date(int(found["year"]), 3 * _MONTHS.index(found["month"].lower()) + 1, 1)
            else:
                yield date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            continue


def the_quarter(texts: Iterable[str], told: str | None) -> str:
    """The one quarter that the texts or the person name. Raises EditsRefused: no-quarter, quarters-differ, other-quarter."""
    found = set().union(*(quarters_in(text) for text in texts))
    if len(found) > 1:
        raise EditsRefused("quarters-differ", found=", ".join(sorted(found)))
    if told and found and found != {told}:
        raise EditsRefused("other-quarter", found=found.pop(), told=told)
    if not told and not found:
        raise EditsRefused("no-quarter")
    return told or found.pop()


def settings_in(text: str) -> set[Setting]:
    """Every kind of provider that a text names."""
    return {setting for setting, shape in _SETTINGS if shape.search(text)}


def the_setting(texts: Iterable[str], told: Setting | None) -> Setting:
    """The kind of provider: of the first text that names one, else as told. Raises EditsRefused: no-setting, settings-differ,
    other-setting."""
    found = next((s for s in map(settings_in, texts) if s), set[Setting]())
    if len(found) > 1:
        raise EditsRefused("settings-differ", found=", ".join(sorted(found)))
    if told and found and found != {told}:
        raise EditsRefused("other-setting", found=found.pop(), told=told)
    if not told and not found:
        raise EditsRefused("no-setting")
    return told or found.pop()


def part_in(names: Iterable[str]) -> int | None:
    """The number of the part, as in "ccipra-v323r0-f2", or None."""
    found = next((m for m in map(_PART.search, names) if m), None)
    return int(found[1]) or None if found else None
