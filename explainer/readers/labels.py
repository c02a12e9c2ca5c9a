"""Which field a printed heading or label stands for, told from the synonyms in content/labels."""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LabelEntry
from explainer.readers.base import Unreadable
from explainer.readers.words import Word, key_of, words

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GLUED_NUMBER = re.compile(r"(?<=[A-Za-z]{4})\d{1,2}(?=\s|$|[.,:])")
_LETTERED = re.compile(r"^\s*(?:\(?[A-Z]\)|[A-Z][.:])\s+|\s+\(?[A-Z]\)\s*$")
_RATE = re.compile(r"\(\s?[0-9]{1,3}\s?%\s?\)|(?<=\w)\s+[0-9]{1,3}\s?%(?![\w-])|\b[0-9]{1,3}\s?%[ -](?:off\s)?(?=\w)")
# "Plan pays (B-C-D)": how a column comes from others.
_FORMULA = re.compile(r"\(\s?[A-Z](?:\s?[-–+=]\s?[A-Z])+\s?\)")
_KEYS_TOO = re.compile(r"(?<=\w)\s{0,3}\((?:(?:see|ver)\s)?(?:remarks?|notes?|notas?|observaciones)\)", re.I)
_LONGEST = 8
_LEFT_OVER = 10
_LOOSELY = 1.4
_WAYS = 24
_LETTERS_A_WORD = 6
_REMEMBERED = 20_000
_NAME_LETTERS = 4
# What payers print with their own names.
_BY_PAYER = (
    ("{name} paid", "plan_paid"), ("{name} discount", "discount"), ("paid by {name}", "plan_paid"), ("{name} pays", "plan_paid"),
    ("{name} payment", "plan_paid"), ("amount {name} paid", "plan_paid"), ("amount paid by {name}", "plan_paid"),
    ("{name} allowed", "allowed"), ("{name} pagó", "plan_paid"), ("pagado por {name}", "plan_paid"),
)  # fmt: skip
_LOOSE = frozenset(
    [
        "your",
        "my",
        "total",
        "amount",
        "dollar",
        "usd",
        "line",
        "this",
        "what",
        "our",
        "net",
        "su",
        "sus",
        "monto",
        "cantidad",
        "importe",
    ]
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found in running text, and where it stands."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Holds:
    """A heading told by words it holds, wherever they stand in it."""

    field: str
    words: frozenset[str]
    never: tuple[frozenset[str], ...]

    def fits(self, held: frozenset[str]) -> bool:
        return self.words <= held and not any(never <= held for never in self.never)


@dataclass(slots=True)
class Effort:
    """How much looking-up one paper may cost: words looked at, and more for each way to cut them. Counted, not timed, so that
    the same paper always ends the same way."""

    left: int

    def spend(self, count: int) -> None:
        """Raises Unreadable("too-much-work") when there is none left."""
        self.left -= count
        if self.left < 0:
            raise Unreadable("too-much-work")


@dataclass(frozen=True, slots=True)
class LabelBook:
    """exact: a heading's key -> field. loose: the same without words like "your" and "amount", where only one field is left.

    own: what one paper's payer calls itself in its headings, key -> field.
    """

    exact: Mapping[str, str]
    loose: Mapping[str, str]
    holds: tuple[_Holds, ...]
    sorts: Mapping[str, frozenset[str]]
    memo: dict[str, str | None] = field(default_factory=dict)
    effort: Effort = field(default_factory=lambda: Effort(sys.maxsize))
    own: Mapping[str, str] = field(default_factory=dict)

    def for_one_paper(self, effort: int) -> "LabelBook":
        """The same book with a measure of how much one paper may cost."""
        return replace(self, effort=Effort(effort))

    def of_payer(self, name: str) -> "LabelBook":
        """The same book for a paper of that payer: "Evergreen paid" is what the plan paid."""
        whole = key_of(name)
        first = whole.partition(" ")[0]
        names = [n for n in dict.fromkeys((whole, first)) if len(n) >= _NAME_LETTERS and not self._says(n)]
        keys = {key_of(said.format(name=n)): field_ for n in names for said, field_ in _BY_PAYER}
        own = {key: field_ for key, field_ in keys.items() if key not in self.exact}
        return replace(self, exact={**self.exact, **own}, own=own) if own else self

    def _says(self, name: str) -> bool:
        """Whether the name is a word of headings itself, as "Plan" is and "Patient"."""
        return self.field_of(_BY_PAYER[0][0].format(name=name)) is not None

    def field_of(self, heading: str) -> str | None:
        """The field of a column heading or of a label before a colon, or None."""
        if self.own and (mine := self.own.get(key_of(heading))):
            return mine
        known = self.memo.get(heading, "")
        if known != "":
            return known
        if len(self.memo) > _REMEMBERED:
            self.memo.clear()
        return self.memo.setdefault(heading, self._field_of(heading))

    def _field_of(self, heading: str) -> str | None:
        self.effort.spend(1 + len(heading) // _LETTERS_A_WORD)
        heading = _KEYS_TOO.sub(" ", _FORMULA.sub(" ", _RATE.sub(" ", heading)))
        text = _LETTERED.sub("", _GLUED_NUMBER.sub("", _CAMEL.sub(" ", heading.strip())))
        key = key_of(text)
        if not key or len(key) > 90:
            return None
        return self.exact.get(key) or self.loose.get(_loosened(key)) or self._held(key)

    def exactly(self, heading: str) -> str | None:
        """The field of a heading that stands in the book word for word."""
        return self.exact.get(key_of(_GLUED_NUMBER.sub("", _RATE.sub(" ", heading).strip())))

    def _held(self, key: str) -> str | None:
        held = frozenset(key.split())
        if len(held) > _LONGEST:
            return None
        fields = {holds.field for holds in self.holds if holds.fits(held)}
        return fields.pop() if len(fields) == 1 else None

    def scan(self, text: str) -> list[Hit]:
        """All labels in running text, the longest first at each place, none over another."""
        found, at, listed = [], 0, words(text)
        self.effort.spend(len(listed))
        while at < len(listed):
            hit, used = self._longest(listed, at)
            if hit is None and listed[at].word in _LOOSE and at + 1 < len(listed) and not listed[at + 1].breaks:
                behind, more = self._longest(listed, at + 1)
                hit, used = (Hit(behind.field, listed[at].start, behind.end), more + 1) if behind else (None, used)
            if hit:
                found.append(hit)
            at += used
        return found

    def tiles(self, text: str) -> list[Hit]:
        """A row of headings one space apart cut into labels, so that the fewest words are left over and the fewest cuts made."""
        return self.cuts(text)[0]

    def cuts(self, text: str) -> list[list[Hit]]:
        """The ways to cut a row of headings into labels, the likeliest first."""
        listed = without_rates(words(text))
        self.effort.spend(_WAYS * len(listed))
        ways: list[list[tuple[float, list[Hit]]]] = [[(0, [])]]
        for end in range(1, len(listed) + 1):
            found = [(cost + _LEFT_OVER, hits) for cost, hits in ways[end - 1]]
            for start in range(max(0, end - _LONGEST), end):
                key = " ".join(w.word for w in listed[start:end])
                exact = self.exact.get(key)
                name = exact or self._around_loose(key)
                hit = Hit(name, listed[start].start, listed[end - 1].end) if name else None
                price = 1 if exact else _LOOSELY
                found += [(cost + price, [*hits, hit]) for cost, hits in ways[start]] if hit else []
            ways.append(sorted(found, key=lambda way: way[0])[:_WAYS])
        return [hits for _, hits in ways[-1]]

    def _around_loose(self, key: str) -> str | None:
        """The field of a label with a word like "your" or "amount" at its edge."""
        first, _, rest = key.partition(" ")
        return self.loose.get(_loosened(key)) if rest and (first in _LOOSE or rest.split()[-1] in _LOOSE) else None

    def _longest(self, listed: Sequence[Word], at: int) -> tuple[Hit | None, int]:
        key, best, used = "", None, 1
        for count, word in enumerate(listed[at : at + _LONGEST], 1):
            if count > 1 and word.breaks:
                break
            key = f"{key} {word.word}" if key else word.word
            name = self.exact.get(key)
            if name:
                best, used = Hit(name, listed[at].start, word.end), count
        return best, used

    def is_(self, sort: str, text: str) -> bool:
        """Whether a text is one of the words of that sort (total, denied, in ...)."""
        return key_of(text) in self.sorts.get(sort, frozenset())

    def names(self, sort: str, text: str) -> bool:
        """Whether one of the words of that sort stands anywhere in the text."""
        return self.place_of(sort, words(text)) is not None

    def place_of(self, sort: str, listed: Sequence[Word]) -> tuple[int, int] | None:
        """Where the first of the words of that sort stands."""
        keys = self.sorts.get(sort, frozenset())
        self.effort.spend(1 + len(listed) // 8)
        for at in range(len(listed)):
            key = ""
            for word in listed[at : at + _LONGEST]:
                key = f"{key} {word.word}" if key else word.word
                if key in keys:
                    return listed[at].start, word.end
        return None


def without_rates(listed: Sequence[Word]) -> list[Word]:
    """Words of headings without the rate that some name: "Coinsurance 20%" is coinsurance."""
    rated = {i for i, (one, two) in enumerate(pairwise(listed)) if one.word.isdigit() and two.word == "%"}
    return [word for i, word in enumerate(listed) if i not in rated and i - 1 not in rated]


def _loosened(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _LOOSE)


def _texts(entry: LabelEntry) -> Iterable[str]:
    return (*entry.headings.en, *entry.headings.es)


def _exact(entries: Iterable[LabelEntry]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        for text in _texts(entry):
            if not text.startswith("~"):
                found.setdefault(key_of(text), entry.field)
    return found


def _loose(exact: Mapping[str, str]) -> dict[str, str]:
    fields: dict[str, set[str]] = {}
    for key, name in exact.items():
        fields.setdefault(_loosened(key), set()).add(name)
    return {key: next(iter(names)) for key, names in fields.items() if len(names) == 1 and key}


def _holds(entries: Iterable[LabelEntry]) -> tuple[_Holds, ...]:
    found = []
    for entry in entries:
        never = tuple(frozenset(key_of(t[1:]).split()) for t in (*entry.never.en, *entry.never.es) if key_of(t[1:]))
        found += [_Holds(entry.field, frozenset(key_of(t[1:]).split()), never) for t in _texts(entry) if t.startswith("~")]
    return tuple(found)


@lru_cache(maxsize=4)
def label_book(knowledge: Knowledge) -> LabelBook:
    """The labels of content/, made ready once."""
    entries = list(knowledge.labels.values())
    headings = [e for e in entries if not e.field.startswith("word:")]
    sorts = {e.field[5:]: frozenset(key_of(t) for t in _texts(e)) for e in entries if e.field.startswith("word:")}
    exact = _exact(headings)
    return LabelBook(exact, _loose(exact), _holds(headings), sorts)
