"""A question with its particulars taken out, so that topics are told by words, not by codes and amounts."""

import re
from collections.abc import Callable

from explainer.conversation.phrases import Hit, PhraseBook
from explainer.conversation.words import Token, plain, tokens

# The order matters: dollars and dates before bare numbers, grouped reason codes before procedure codes.
_COUNTS = r"\d+|one|two|three|four|five|six|seven|eight|dos|tres|cuatro|cinco|seis"
_NTH = "first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|primer|segundo|tercer|cuarto|primera|segunda|tercera|cuarta"
_LINE = "line|row|renglon|linea|fila"
_DOLLARS = r"\$\s?\d[\d,]*(?:\.\d+)?|\b\d[\d,]*\.\d{2}\b|\b\d[\d,]*(?= ?(?:dollars|bucks|dolares|usd)\b)"
_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(_DOLLARS), " xmoney "),
    (re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{4}-\d{2}-\d{2}\b"), " xdate "),
    (re.compile(r"\b(?:co|pr|oa|pi)[ -]?\d{1,3}\b|\b(?:ma?|n)\d{1,3}\b|\b[a-d]\d{1,2}\b"), " xreason "),
    (re.compile(r"\b(?:carc|rarc) ?\d+\b"), " xreason "),
    (re.compile(r"\b(?:\d{5}|[a-z]\d{4})(?:-[a-z0-9]{2})*\b"), " xcode "),
    (re.compile(r"(?<!\w)-?(?:gp|gn|kx|cq|gy|gz|ga|gx)\b|(?<!\w)-go\b|(?<=a )59\b"), " xmod "),
    (re.compile(r"(?<=modifier )\w\w\b|(?<=modificador )\w\w\b"), " xmod "),
    (re.compile(r"\b\d+(?=[ -]?(?:min|minute|minutes|mins|minutos|minuto|m)\b)"), " xmin "),
    (re.compile(rf"\b(?:{_COUNTS})(?= (?:timed )?(?:units?|unidades)\b)"), " xunits "),
    (re.compile(rf"\b(?:{_LINE}) (?:number |numero )?\d+\b|\b(?:{_NTH}) (?:{_LINE})\b"), " xline "),
    (re.compile(r"\b\d[\d,]*\b"), " xnum "),
)
_REPEATS = re.compile(r"([a-z])\1{2,}")
_PUNCTUATION = re.compile(r"[^\w?!' ]+")
_SPACES = re.compile(r"\s+")


def masked(text: str) -> str:
    """Lower case, no accents, no particulars, one space between words; ? and ! kept as words."""
    low = plain(text)
    for pattern, word in _MASKS:
        low = pattern.sub(word, low)
    low = _REPEATS.sub(r"\1\1", low)
    low = _PUNCTUATION.sub(" ", low.replace("?", " ? ").replace("!", " ! "))
    return _SPACES.sub(" ", low).strip()


def featured_by(book: PhraseBook) -> Callable[[str], str]:
    """A question for the classifier: masked, with services named in words shown as codes, and a tag for each known term.

    The tags let misspellings, synonyms and both languages meet: "deductable" and "deducible" are one tag.
    """

    def featured(text: str) -> str:
        words = tokens(text)
        hits = book.find(words)
        tags = [_tag(hit) for hit in hits if hit.kind in ("term", "plan")]
        return " ".join([masked(_with_codes(text, words, hits)), *tags])

    return featured


def _with_codes(text: str, words: tuple[Token, ...], hits: tuple[Hit, ...]) -> str:
    """The text with each service that is named in words replaced by a code, so that topics do not lean on services."""
    places = {(words[h.first].start, words[h.end - 1].end) for h in hits if h.kind == "code"}
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]} 00000 {text[end:]}"
    return text


def _tag(hit: Hit) -> str:
    return f"xterm_{hit.name.replace('-', '_')}" if hit.kind == "term" else "xplan_named"
