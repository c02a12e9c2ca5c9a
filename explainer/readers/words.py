"""Printed words made comparable: case, accents, plurals, punctuation and usual short forms do not matter."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache


def _plain_letters() -> dict[int, str]:
    table = {code: chr(code).lower() for code in range(65, 91)}
    for code in range(0xC0, 0x180):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isascii():
            table[code] = base
    table[0x2019] = "'"
    return table


_LETTERS = _plain_letters()
_WORD = re.compile(r"[a-z]+|[0-9]+|[%#]")
_BREAK = re.compile("[:;|=$\\t\\n\ufffd]|  ")
_SHORT = {
    "amt": "amount", "amts": "amount", "nbr": "number", "num": "number", "#": "number", "svc": "service", "svcs": "service",
    "srv": "service", "proc": "procedure", "pymt": "payment", "pmt": "payment", "pmts": "payment", "desc": "description",
    "descr": "description", "chgs": "charge", "chrg": "charge", "resp": "responsibility", "ins": "insurance", "dt": "date",
    "cd": "code", "mbr": "member", "prov": "provider", "ded": "deductible", "deduct": "deductible", "coins": "coinsurance",
    "disc": "discount", "adj": "adjustment", "pd": "paid", "copayment": "copay", "copayments": "copay", "cpay": "copay",
    "quantity": "qty", "noncov": "noncovered", "ineligable": "ineligible", "pays": "pays", "dates": "date",
}  # fmt: skip
_JOINED = {
    ("co", "pay"): "copay", ("co", "pays"): "copay", ("co", "payment"): "copay", ("co", "payments"): "copay",
    ("co", "insurance"): "coinsurance", ("co", "ins"): "coinsurance", ("co", "seguro"): "coaseguro", ("non",
    "covered"): "noncovered",
    ("write", "off"): "writeoff", ("write", "offs"): "writeoff", ("cost", "share"): "costshare", ("de", "ductible"): "deductible",
}  # fmt: skip
FILLERS = frozenset(
    ["the", "a", "an", "of", "is", "was", "are", "s", "and", "or", "de", "del", "la", "el", "los", "las", "y", "o", "en", "l"]
)


@dataclass(frozen=True, slots=True)
class Word:
    """A comparable word and its place in the text it came from. `breaks`: a label cannot run on into it from the word before."""

    word: str
    start: int
    end: int
    breaks: bool


def plain(text: str) -> str:
    """The same text in lower case without accents, of the same length."""
    return text.translate(_LETTERS)


@lru_cache(maxsize=8192)
def _comparable(word: str) -> str:
    word = _SHORT.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in ("pays", "paid", "less"):
        word = word[:-1]
    return _SHORT.get(word, word)


def _breaks(gap: str, before: str) -> bool:
    return gap != " " and (_BREAK.search(gap) is not None or ("." in gap and len(before) > 5))


@lru_cache(maxsize=4096)
def _words_of_short(text: str) -> tuple[Word, ...]:
    return tuple(_words(text))


def words(text: str) -> Sequence[Word]:
    """All words of a text without fillers."""
    return _words_of_short(text) if len(text) < 200 else _words(text)


def _words(text: str) -> list[Word]:
    lowered = plain(text)
    end, last = 0, ""
    found: list[Word] = []
    for match in _WORD.finditer(lowered):
        word, start = match.group(), match.start()
        breaks = bool(found) and _breaks(lowered[end:start], last)
        joined = _JOINED.get((last, word)) if not breaks and start - end <= 2 and found else None
        if joined and found[-1].end == end:
            found[-1] = Word(joined, found[-1].start, match.end(), found[-1].breaks)
        elif word not in FILLERS:
            found.append(Word(_comparable(word), start, match.end(), breaks))
        end, last = match.end(), word
    return found


def key_of(text: str) -> str:
    """A heading as one comparable key: "12 Service(s) Approved?" is "service approved". Numbers are footnotes and fall away."""
    return " ".join(w.word for w in words(text) if not w.word.isdigit())
