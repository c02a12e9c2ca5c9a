"""Printed names in parts: which two are surely one person's, which may be, and which are not."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Title -> of a man (m), of a woman (f), or of either. Mrs. John Sample is the wife of Mr. John Sample.
_TITLES = {"mr": "m", "sr": "m", "don": "m", "mrs": "f", "ms": "f", "miss": "f", "sra": "f", "srta": "f", "dona": "f", "dr": ""}
_SUFFIXES = {"jr": "jr", "sr": "sr", "ii": "ii", "2nd": "ii", "iii": "iii", "3rd": "iii", "iv": "iv", "4th": "iv"}
# Written out they are names too ("Junior Sample"), so they count only behind a first and a family name.
_SPELLED = {"junior": "jr", "hijo": "jr", "hija": "jr", "senior": "sr", "padre": "sr", "madre": "sr"}
# Behind a name: the fifth of that name, or the middle name of a list that begins with family names. Nobody can tell.
_NUMERALS = frozenset({"v", "i"})
# What a scanner makes of a letter inside a word.
_MISREAD = str.maketrans("015", "ols")


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name in parts, in small letters without accents, the first name first.

    suffix: jr, sr, ii ... or "". open_end: the last word may be such a suffix or an initial ("John Sample V").
    listed: in capitals without a comma, as lists print names: the family name may stand first.
    title: m or f, as printed titles tell; "" without one, or with both ("Mr. and Mrs.").
    """

    words: tuple[str, ...]
    suffix: str = ""
    open_end: bool = False
    listed: bool = False
    title: str = ""

    @classmethod
    def of(cls, printed: str) -> "Name":
        """ "SAMPLE, JOHN Q" is ("john", "q", "sample")."""
        parts = [_words(part) for part in printed.split(",")]
        suffix = _suffix(parts)
        parts = [left for part in parts if (left := [w for at, w in enumerate(part) if not _ends(w, at, part, parts)])]
        open_end = any(len(part) > 1 and part[-1] in _NUMERALS for part in parts) and not suffix
        words = [w for part in (*parts[1:], *parts[:1]) for w in part]
        titles: set[str] = set()
        while len(words) > 1 and words[0] in _TITLES:
            titles.add(_TITLES[words[0]])
            words = words[1:]
        title = "".join(titles) if len(titles - {""}) == 1 else ""
        return cls(tuple(words), suffix, open_end, printed.isupper() and "," not in printed, title)

    def is_same(self, other: "Name") -> bool:
        """Whether both are surely one person's: first and family name in full and equal, and the suffix too.

        Only an initial in the middle may be missing. J. may be John or Jane, and John may be the father of John Jr.: not sure.
        Two names the other way round are equal here; whose numbers differ may still be Thomas James and James Thomas.
        """
        if self.suffix != other.suffix or self._is_titled_apart(other) or not self.words:
            return False
        if sorted(self.words) == sorted(other.words):
            return self.words == other.words or self.open_end == other.open_end or self.listed or other.listed
        whole = not (self.open_end or other.open_end)
        return whole and any(_same_order(a, b) for a in self._orders for b in other._orders)

    def _is_titled_apart(self, other: "Name") -> bool:
        return {self.title, other.title} == {"m", "f"}

    def is_turned(self, other: "Name") -> bool:
        """Whether one begins where the other one does not."""
        return self.words[:1] != other.words[:1]

    @property
    def _orders(self) -> tuple[tuple[str, ...], ...]:
        """As printed, and with the first word as the family name, where it can be: SAMPLE JOHN Q, Sample J."""
        turned = (*self.words[1:], *self.words[:1])
        short = len(self.words) == 2 and len(self.words[0]) > 1 == len(self.words[1])
        return (self.words, turned) if short or (self.listed and len(turned) > 1 < len(turned[0])) else (self.words,)

    def is_like(self, other: "Name") -> bool:
        """Whether both can be one person: J. is John, a middle name may be missing, the order of a bare list may differ."""
        if not self.words or not other.words or (self.suffix and other.suffix and self.suffix != other.suffix):
            return False
        if self._is_titled_apart(other):
            return False
        return sorted(self.words) == sorted(other.words) or any(_alike(a, b) for a in self._orders for b in other._orders)

    @property
    def is_whole(self) -> bool:
        """Whether the first name is written out: "J. Sample" fits everybody of a family whose name begins so."""
        return all(len(order[0]) > 1 for order in self._orders) and len(self.words) > 1

    def is_of_one_age(self, other: "Name") -> bool:
        """Whether nothing tells a father from his son of the same name."""
        return self.suffix == other.suffix and (not (self.open_end or other.open_end) or self.is_same(other))

    def is_surely_other(self, other: "Name") -> bool:
        """Within one paper: a Jr. beside a name without it, or a whole middle name beside none, are two people."""
        extra = {w for w in set(self.words) ^ set(other.words) if len(w) > 1}
        initials = {w for w in (*self.words, *other.words) if len(w) == 1}
        left = {w for w in extra if w[0] not in initials}
        return self.suffix != other.suffix or (min(len(self.words), len(other.words)) > 1 and bool(left))


def _suffix(parts: Sequence[Sequence[str]]) -> str:
    found = (w for part in parts for at, w in enumerate(part) if _ends(w, at, part, parts))
    return next(((_SUFFIXES | _SPELLED)[w] for w in found), "")


def _ends(word: str, at: int, part: Sequence[str], parts: Sequence[Sequence[str]]) -> bool:
    """Whether the word of a part is a Jr. and the like: behind a name, or alone between commas."""
    if word in _SPELLED:
        return at == len(part) - 1 and sum(map(len, parts)) > 2
    return word in _SUFFIXES and (at > 0 or (len(parts) > 1 and len(part) == 1))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return [w.translate(_MISREAD) if re.search("[a-z]", w) and w not in _SUFFIXES else w for w in re.findall(r"[^\W_]+", bare)]


def _same_order(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether first and last words are equal and whole, and what is between them does not tell of two people."""
    if min(len(one), len(other), len(one[0])) > 1 and one[0] == other[0] and "".join(one) == "".join(other):
        return True  # De la Cruz, Delacruz
    ends = (one[0], one[-1]) == (other[0], other[-1]) and min(len(one), len(other), len(one[0]), len(one[-1])) > 1
    few, many = sorted((one[1:-1], other[1:-1]), key=len)
    left = _left_over(few, many) if ends else None
    return left is not None and all(len(word) == 1 for word in left)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return len(short[0]) > 1 and short[0] in long
    if _same_order(short, long):
        return True
    family = {w for w in short[1:] if len(w) > 1} & set(long[1:])
    return bool(family) and _fits(short[0], long[0]) and _all_in(short[1:], long[1:])


def _fits(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _all_in(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether each word has a word of its own among the others."""
    return _left_over(few, many) is not None


def _left_over(few: Sequence[str], many: Sequence[str]) -> list[str] | None:
    """The others that no word takes for its own; None where a word finds none."""
    left = list(many)
    for word in sorted(few, key=len, reverse=True):
        mate = next((w for w in left if w == word), None) or next((w for w in left if _fits(w, word)), None)
        if mate is None:
            return None
        left.remove(mate)
    return left
