"""Sentences with named blanks: amounts, dates, lists and plurals as each language writes them."""

import re
import string
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from explainer.knowledge.schema import Lang, Plural, WordingEntry

Blank = str | int | Decimal | date | tuple[str, ...] | None

# es_US, never es: in Spanish of the United States dollars stay $1,234.50, as they stand on the paper.
_LOCALES: Mapping[str, Locale] = {"en": Locale("en", "US"), "es": Locale("es", "US")}


# "Nadia Sample, P.T." at the end of a sentence brings a full stop of its own.
_ENDS_TWICE = re.compile(r"(?<=[A-Za-z])\.\.(?!\.)")


class WordingError(LookupError):
    """A sentence was asked for that content does not have, or without a value for one of its blanks."""


def money(value: Decimal, lang: Lang) -> str:
    """Dollars as the paper prints them: $1,234.50; a negative amount as -$5.00."""
    return format_currency(value, "USD", locale=_LOCALES[lang])


def day(value: date, lang: Lang) -> str:
    """March 29, 2027; 29 de marzo de 2027."""
    return format_date(value, "long", locale=_LOCALES[lang])


def clock(value: datetime, lang: Lang) -> str:
    """3:42 PM; 3:42 p. m. The time of day as it stands, with no look at its zone."""
    return format_time(value.replace(tzinfo=None), "short", locale=_LOCALES[lang])


def listed(values: tuple[str, ...], lang: Lang) -> str:
    """a, b, and c; a, b y c."""
    return format_list(values, style="standard", locale=_LOCALES[lang]) if values else ""


def number(value: int, lang: Lang) -> str:
    """A count. Years are dates or texts, so that 2026 does not become 2,026."""
    return format_decimal(value, locale=_LOCALES[lang])


def shown(value: Blank, lang: Lang) -> str:
    """A blank's value as the language writes it. Decimals are dollars; numbers that are not go in as texts or ints."""
    if isinstance(value, Decimal):
        return money(value, lang)
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, tuple):
        return listed(value, lang)
    if isinstance(value, int):
        return number(value, lang)
    if value is None:
        raise WordingError("a blank has no value")
    return value


class _Shown(str):
    """A blank's value, followed by the word that agrees with it where the blank names two: "{units:unit|units}".

    "{units:~is|are}" gives the word alone, for what stands apart from the number.
    """

    __slots__ = ("one",)
    one: bool

    @classmethod
    def of(cls, value: Blank, lang: Lang) -> "_Shown":
        made = cls(shown(value, lang))
        made.one = value in (1, "1")
        return made

    def __format__(self, words: str) -> str:
        if not words:
            return str(self)
        one, other = words.removeprefix("~").split("|")
        word = one if self.one else other
        return word if words.startswith("~") else f"{self!s} {word}"


# A blank that begins with "el" behind "de" or "a": del coseguro, al plan. Names are written with a capital.
_TWO_WORDS = re.compile(r"\b([Dd]e|[Aa]) el\b")


def blanks(text: str) -> frozenset[str]:
    """The names of a text's blanks."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def render(entry: WordingEntry, lang: Lang, values: Mapping[str, Blank]) -> str:
    """The sentence in that language with its blanks filled. Raises WordingError when a blank has no value."""
    text = entry.en if lang == "en" else entry.es
    if isinstance(text, Plural):
        text = text.one if entry.by is not None and values.get(entry.by) == 1 else text.other
    try:
        filled = _ENDS_TWICE.sub(".", text.format_map({name: _Shown.of(values[name], lang) for name in blanks(text)}))
        return _TWO_WORDS.sub(r"\1l", filled) if lang == "es" else filled
    except KeyError as missing:
        raise WordingError(f"no value for the blank {missing}") from missing
