"""Numbers below a thousand written out in English or Spanish, such as "one hundred and eighty" or "ciento ochenta"."""

import re
from collections.abc import Iterator, Sequence

_SIMPLE: Sequence[tuple[int, int, str]] = (
    (1, 1, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"),
    (20, 10, "twenty thirty forty fifty sixty seventy eighty ninety"),
    (1, 1, "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho"
    " diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"),
    (30, 10, "treinta cuarenta cincuenta sesenta setenta ochenta noventa cien"),
    (100, 100, "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"),
)  # fmt: skip
_VALUES = {
    **{word: start + step * at for start, step, row in _SIMPLE for at, word in enumerate(row.split())},
    **{"fourty": 40, "un": 1, "una": 1, "veintiun": 21, "veintiuna": 21},
}
_HUNDRED = "hundred"
_BETWEEN = frozenset(("and", "y"))
_ONE = "|".join(sorted((*_VALUES, _HUNDRED), key=len, reverse=True))
PATTERN = rf"\b(?:a (?=hundred))?(?:{_ONE})(?:(?:[ -]and|[ -]y)?[ -](?:{_ONE}))*\b"
"""Finds such words in small letters without accents; has no group of its own."""


def number(words: str) -> int | None:
    """The number that words mean; None where they are no one number, such as "sixty ninety"."""
    total, below = 0, 1000
    for value in _values(words):
        if value == _HUNDRED:
            if total > 9:
                return None
            total, below = (total or 1) * 100, 100
            continue
        if not isinstance(value, int) or value >= below:
            return None
        total, below = total + value, _next_below(value)
    return total or None


def _values(words: str) -> Iterator[int | str]:
    for word in re.split(r"[ -]+", words.strip()):
        if word not in _BETWEEN and word != "a":
            yield _VALUES.get(word, word)


def _next_below(value: int) -> int:
    """What may be added behind a number: ones behind tens, both behind hundreds."""
    if value >= 100:
        return 100
    return 10 if value >= 20 and value % 10 == 0 else 1
