"""Words of a question made comparable: lower case, no accents, one form of quotes, split into tokens with places."""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
_TOKEN = re.compile(r"\d[\d,]*\d(?![a-z])|[a-z0-9]+(?:['][a-z0-9]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word and where it stands in the text as asked."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What was taken from a text, and which of its characters [start, end) said it."""

    value: T
    start: int
    end: int


def values(said: Iterable[Said[T]]) -> tuple[T, ...]:
    """The values in order, each once."""
    return tuple(dict.fromkeys(s.value for s in said))


def plain(text: str) -> str:
    """Lower case without accents; every character keeps its place, so that spans fit the text as asked."""
    text = text.translate(_APOSTROPHES)
    return text.lower() if text.isascii() else "".join(_bare(c) for c in text)


def _bare(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if len(base) == 1 else char


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order."""
    return tuple(Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(plain(text)))


def key_of(phrase: str) -> tuple[str, ...]:
    """A phrase as a tuple of plain words, for looking up."""
    return tuple(t.text for t in tokens(phrase))
