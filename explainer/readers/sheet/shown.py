"""What a cell shows to a person, as text: amounts with their cents, codes without ".0", days as ISO."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

_ZEROS = re.compile(r"0{2,10}")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DECIMALS = re.compile(r"[0#?]\.(0+)")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_CENT = Decimal("0.01")
_NEAR = Decimal("0.000001")
# Excel keeps fifteen digits of a number: longer ones end in noughts that nobody wrote.
EXACT = 10**15
# What stands for a formula whose result was not saved: an empty cell would say that there is nothing.
NO_VALUE = "=?"
# Told of a workbook whose bare numbers of days count from 1904 on.
DAYS_FROM_1904 = "sheet-days-1904"


def text_of(value: object, code: str = "") -> str:
    """The text of a cell's value under its number format (Excel's notation; "" where none is known)."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number(Decimal(repr(value)), code)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return " ".join(_CONTROLS.sub(" ", str(value)).split())


def number(value: Decimal, code: str = "") -> str:
    """A number as its format shows it. Stored dust is swept off: 64.199999999 is 64.20 where cents are meant."""
    if not value.is_finite():
        return ""
    plain = _QUOTED.sub("", code.split(";")[0])
    decimals = _DECIMALS.search(plain)
    if "%" in plain:
        return f"{round(value * 100, len(decimals[1]) if decimals else 0):f}%"
    if _ZEROS.fullmatch(plain) and value == value.to_integral_value() and value >= 0:
        return str(int(value)).zfill(len(plain))
    if decimals and len(decimals[1]) == 2:
        return f"{value.quantize(_CENT):f}" if abs(value) < EXACT else f"{value:f}"
    return _general(value)


def _general(value: Decimal) -> str:
    whole = value.to_integral_value()
    if value == whole:
        return f"{int(whole)}"
    cents = value.quantize(_CENT) if abs(value) < EXACT else value
    return f"{cents:f}" if abs(cents - value) < _NEAR else f"{value:f}"
