"""A question with its particulars taken out, so that topics are told by words, not by codes and amounts."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

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
_MARKS = re.compile(r"[?!]")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text while it is changed, and which characters [start, end) of the question each of its characters stands for."""

    text: str
    places: tuple[tuple[int, int], ...]

    def put(self, changes: Iterable[tuple[int, int, str]]) -> "_Text":
        """With each change's word in the place of its [start, end); in order, none over another."""
        parts: list[str] = []
        places: list[tuple[int, int]] = []
        done = 0
        for start, end, word in changes:
            whole = (self.places[start][0], self.places[end - 1][1])
            parts += (self.text[done:start], word)
            places += (*self.places[done:start], *(whole for _ in word))
            done = end
        return _Text("".join((*parts, self.text[done:])), (*places, *self.places[done:])) if done else self

    def sub(self, pattern: re.Pattern[str], word: str) -> "_Text":
        """With each match replaced."""
        return self.put((m.start(), m.end(), m.expand(word)) for m in pattern.finditer(self.text))

    def words(self) -> tuple[Token, ...]:
        """Its words, placed in the question."""
        return tuple(Token(m.group(), self.places[m.start()][0], self.places[m.end() - 1][1]) for m in _WORD.finditer(self.text))


def masked(text: str) -> str:
    """Lower case, no accents, no particulars, one space between words; ? and ! kept as words."""
    return " ".join(word.text for word in _masked(_plain(text)).words())


def _plain(text: str) -> _Text:
    return _Text(plain(text), tuple((i, i + 1) for i in range(len(text))))


def _masked(text: _Text) -> _Text:
    for pattern, word in _MASKS:
        text = text.sub(pattern, word)
    for pattern, word in ((_REPEATS, r"\1\1"), (_MARKS, r" \g<0> "), (_PUNCTUATION, " ")):
        text = text.sub(pattern, word)
    return text


def featured_by(book: PhraseBook) -> Callable[[str], tuple[Token, ...]]:
    """A question for the classifier: masked, with services named in words shown as codes, and a tag for each known term.

    The tags let misspellings, synonyms and both languages meet: "deductable" and "deducible" are one tag. Each word keeps the
    place of the words of the question that it stands for.
    """

    def featured(text: str) -> tuple[Token, ...]:
        words = tokens(text)
        hits = book.find(words)
        tags = (Token(_tag(h), words[h.first].start, words[h.end - 1].end) for h in hits if h.kind in ("term", "plan"))
        return (*_masked(_with_codes(text, words, hits)).words(), *tags)

    return featured


def _with_codes(text: str, words: tuple[Token, ...], hits: tuple[Hit, ...]) -> _Text:
    """The text with each service that is named in words replaced by a code, so that topics do not lean on services."""
    places = {(words[h.first].start, words[h.end - 1].end) for h in hits if h.kind == "code"}
    return _plain(text).put((start, end, " 00000 ") for start, end in sorted(places))


def _tag(hit: Hit) -> str:
    return f"xterm_{hit.name.replace('-', '_')}" if hit.kind == "term" else "xplan_named"
