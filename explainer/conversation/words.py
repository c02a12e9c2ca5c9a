"""Words of a question made comparable: lower case, no accents, one form of quotes, split into tokens with places."""

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(r"\d[\d,]*\d(?![a-z])|[a-z0-9]+(?:['][a-z0-9]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word and where it stands in the text as asked."""

    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """Lower case without accents; every character keeps its place, so that spans fit the text as asked."""
    return "".join(_bare(c) for c in text.translate(_APOSTROPHES))


def _bare(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if len(base) == 1 else char


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order."""
    return tuple(Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(plain(text)))


def key_of(phrase: str) -> tuple[str, ...]:
    """A phrase as a tuple of plain words, for looking up."""
    return tuple(t.text for t in tokens(phrase))
