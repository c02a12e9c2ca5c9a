"""From words to slots: what a question names, with nothing guessed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from explainer.case import Case
from explainer.conversation import figures, named
from explainer.conversation.minutes_said import Spent, times_said
from explainer.conversation.phrases import Hit, PhraseBook
from explainer.conversation.plans import plans_meant
from explainer.conversation.question import Context, Slots
from explainer.conversation.words import Said, Token, tokens, values
from explainer.knowledge.base import Knowledge
from explainer.model.document import COUNTED

# In capitals only: in Spanish "va" and "cobra" are verbs, and "acá" is a place.
_IN_CAPITALS = {"VA": "va", "COBRA": "cobra", "ACA": "marketplace"}
_CAPITALS = re.compile(rf"\b({'|'.join(_IN_CAPITALS)})\b")
# "mintue", "minits", "munites": people mistype this word more than any other.
_MISSPELT = re.compile(r"m[iu]n[aeiotu]{1,3}[a-z]{0,3}")
_ONE = frozenset(("a", "each", "per", "every", "una", "cada", "por"))
_SMALL = ("that-line", "correction", "correction-weak", "other-plan")
_WAS = frozenset(("was", "were", "only", "just", "is", "eran", "fueran", "son", "solo", "y", "si", "if", "what"))
_HOURS = ("half-hour", "quarter-hour", "three-quarters", "hour-and-half", "one-hour")


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of a turn, the phrases found in them, the slots made of both, and which words said each slot's values."""

    text: str
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    slots: Slots
    said: Mapping[str, tuple[Said[object], ...]] = field(default_factory=dict)

    def has(self, *cues: str) -> bool:
        """Whether one of these cues was said."""
        return any(h.kind == "cue" and h.name in cues for h in self.hits)


class SlotFinder:
    """Finds slots; built once, since the phrases of content do not change."""

    def __init__(self, knowledge: Knowledge, book: PhraseBook) -> None:
        self._knowledge = knowledge
        self._book = book

    def hear(self, text: str, case: Case, context: Context) -> Heard:
        """The slots of one turn's words."""
        words = tokens(text)
        hits = self._book.find(words)
        numbers = figures.numbers(words, hits, self._knowledge)
        worded = _minutes(words, hits, numbers, self._knowledge)
        times = times_said(text, words, hits, numbers, worded, case, context, self._knowledge)
        plans = plans_meant(text, words, hits, _in_capitals(text))
        said: dict[str, tuple[Said[Any], ...]] = {
            "codes": _not_denied(_codes(text, words, hits, case, self._knowledge), words),
            "keys": named.keys(text, case, self._knowledge),
            "modifiers": named.modifiers(text, case, self._knowledge),
            "minutes": times.minutes,
            "minutes_by_code": times.by_code,
            "units": _counted(words, hits, numbers, "unit-word") or _one_unit(words, hits),
            "amounts": _amounts(text, words, hits, numbers, case, context),
            "dates": _days(text, case),
            "plan": plans.said,
            "terms": _named(words, hits, "term"),
            "unknown_codes": named.unknown(text, case, self._knowledge),
        }
        for kind in ("amounts", "units"):
            said[kind] = tuple(a for a in said[kind] if not any(m.start <= a.start < m.end for m in said["minutes"]))
        said = {kind: _corrected(values_said, words, hits) for kind, values_said in said.items()}
        slots = replace(
            _slots(said),
            plans=plans.rivals,
            not_plans=plans.denied,
            supposed=plans.supposed,
            minutes_open=times.open and said["minutes"] == times.minutes,
        )
        return Heard(text, words, hits, slots, said)


def _slots(said: Mapping[str, tuple[Said[Any], ...]]) -> Slots:
    """The values alone. Codes and words count once; numbers as often as they are said."""
    return Slots(
        codes=values(said["codes"]),
        keys=values(said["keys"]),
        modifiers=values(said["modifiers"]),
        minutes=_each(said["minutes"]),
        minutes_by_code=_each(said["minutes_by_code"]),
        units=_each(said["units"]),
        amounts=_each(said["amounts"]),
        dates=_each(said["dates"]),
        plan=next(iter(values(said["plan"])), None),
        terms=values(said["terms"]),
        unknown_codes=values(said["unknown_codes"]),
    )


def _corrected(said: tuple[Said[Any], ...], words: tuple[Token, ...], hits: tuple[Hit, ...]) -> tuple[Said[Any], ...]:
    """Without what is taken back: "97110, sorry, 97112" names one code."""
    for hit in hits:
        if hit.name == "correction":
            after = tuple(one for one in said if one.start >= words[hit.end - 1].end)
            said = after or said
    return said


_AGAINST = re.compile(
    r"\bsame as\b|\bdifferen|\bversus\b|\bvs\b|\bcompared? (?:to|with)\b|\bigual que\b|\blo mismo que\b|\bdiferen", re.I
)


def _codes(text: str, words: tuple[Token, ...], hits: tuple[Hit, ...], case: Case, knowledge: Knowledge) -> tuple[Said[str], ...]:
    """Codes in figures, else by name; both where one is set against the other ("is 97110 the same as massage")."""
    said = named.procedures(text, case, knowledge)
    against = len(said) == 1 and _AGAINST.search(text)
    by_name = _codes_by_name(words, hits, Case() if against else case) if against or not said else ()
    return tuple(sorted((*said, *by_name), key=lambda one: one.start))


# "97530, not 97140": what stands right behind the word is not meant, where something else is.
_NOT = frozenset(("not", "no", "instead"))


def _not_denied(said: tuple[Said[str], ...], words: tuple[Token, ...]) -> tuple[Said[str], ...]:
    before = {b.start: a.text for a, b in pairwise(words)}
    meant = tuple(one for one in said if before.get(one.start) not in _NOT)
    return meant if meant and len(meant) == len(said) - 1 else said


def _days(text: str, case: Case) -> tuple[Said[date], ...]:
    """Days that are named, also by their number alone ("on the 13th") where just one day of the papers has it."""
    found = [Said(day, start, end) for day, start, end in figures.dates(text, _paper_year(case))]
    printed = {line.service_date for d in case.documents for line in d.lines if line.service_date}
    for number, start, end in figures.bare_days(text):
        days = [day for day in printed if day.day == number]
        if len(days) == 1 and not any(one.start <= start < one.end for one in found):
            found.append(Said(days[0], start, end))
    return tuple(found)


def _each(said: tuple[Said[Any], ...]) -> tuple[Any, ...]:
    return tuple(one.value for one in said)


def _at(words: tuple[Token, ...], first: int, end: int) -> tuple[int, int]:
    """The characters of the tokens [first, end)."""
    return words[first].start, words[min(end, len(words)) - 1].end


def _named(words: tuple[Token, ...], hits: tuple[Hit, ...], kind: str) -> tuple[Said[str], ...]:
    return tuple(Said(h.name, *_at(words, h.first, h.end)) for h in hits if h.kind == kind)


def _in_capitals(text: str) -> tuple[Said[str], ...]:
    """A kind of plan whose name is told from a common word by its capitals; nothing where everything is in capitals."""
    found = _CAPITALS.search(text)
    if found is None or (text == text.upper() and found[1] != text.strip(" .!?")):
        return ()
    return (Said(_IN_CAPITALS[found[1]], found.start(), found.end()),)


def _amounts(
    text: str,
    words: tuple[Token, ...],
    hits: tuple[Hit, ...],
    numbers: tuple[figures.Number, ...],
    case: Case,
    context: Context,
) -> tuple[Said[Decimal], ...]:
    found = {start: (amount, end) for amount, start, end in figures.amounts(text)}
    beside = _beside(words, hits, numbers, "money-word")
    found |= {words[n.first].start: (Decimal(n.value), _at(words, n.first, until)[1]) for n, until in beside}
    bare = _bare_amounts(words, hits, _printed_money(case) if not _of_time(context) else frozenset())
    # "$60" is found with its sign already.
    held = [(at, end) for at, (_, end) in found.items()]
    found |= {at: (a, end) for at, end, a in bare if not any(first <= at < last for first, last in held)}
    return tuple(Said(found[at][0].quantize(Decimal("0.01")), at, found[at][1]) for at in sorted(found))


def _of_time(context: Context) -> bool:
    """Whether minutes or units were just spoken of: then a bare number is one of them, not money."""
    return (context.topic or "").startswith("units.") and bool(
        context.slots.minutes or context.slots.units or "minutes" in context.facts
    )


def _codes_by_name(words: tuple[Token, ...], hits: tuple[Hit, ...], case: Case) -> tuple[Said[str], ...]:
    """Codes named in words: those on the paper where the phrase fits one of them; without a paper, a phrase that means one code.

    With a paper, a service that it does not print as a code stays a word: a guessed code is worse than none.
    """
    printed = {line.code for d in case.documents for line in d.lines}
    places: dict[tuple[int, int], list[str]] = {}
    for hit in hits:
        if hit.kind == "code":
            places.setdefault((hit.first, hit.end), []).append(hit.name)
    out: list[Said[str]] = []
    for (first, end), names in places.items():
        on_paper = [n for n in names if n in printed]
        meant = on_paper or (names if len(names) == 1 and not case.lines else [])
        out += (Said(name, *_at(words, first, end)) for name in meant)
    return tuple(out)


def _paper_year(case: Case) -> int:
    days = [line.service_date for line in case.lines if line.service_date]
    return days[0].year if days else case.today.year


def _beside(
    words: tuple[Token, ...], hits: tuple[Hit, ...], numbers: tuple[figures.Number, ...], cue: str
) -> Iterator[tuple[figures.Number, int]]:
    """Numbers right before a word of that cue (one word may stand between: "3 timed units"), and the token where it ends."""
    ends = {h.first: h.end for h in hits if h.kind == "cue" and h.name == cue}
    for n in numbers:
        if n.end in ends:
            yield n, ends[n.end]
        elif n.end + 1 in ends and n.end < len(words) and not words[n.end].text.isdigit():
            yield n, ends[n.end + 1]


def _counted(
    words: tuple[Token, ...], hits: tuple[Hit, ...], numbers: tuple[figures.Number, ...], cue: str
) -> tuple[Said[int], ...]:
    return tuple(Said(n.value, *_at(words, n.first, end)) for n, end in _beside(words, hits, numbers, cue))


def _one_unit(words: tuple[Token, ...], hits: tuple[Hit, ...]) -> tuple[Said[int], ...]:
    """ "a unit", "each unit", "una unidad": one."""
    before = [h for h in hits if h.name == "unit-word" and h.first > 0 and words[h.first - 1].text in _ONE]
    return tuple(Said(1, *_at(words, h.first - 1, h.end)) for h in before[:1])


def _minutes(
    words: tuple[Token, ...], hits: tuple[Hit, ...], numbers: tuple[figures.Number, ...], knowledge: Knowledge
) -> tuple[Spent, ...]:
    """Minutes said in numbers, glued ("45min"), or as parts of an hour. "15-minute units" names the unit, not a time."""
    unit_words = {i for h in hits if h.name in ("unit-word", "rule-word") for i in range(h.first, h.end)}
    found = {
        n.first: (n.value, end)
        for n, end in _beside(words, hits, numbers, "minute-word")
        if n.first not in unit_words and n.end not in unit_words
    }
    for i, token in enumerate(words):
        head = token.text.rstrip("abcdefghijklmnopqrstuvwxyz")
        if head.isdigit() and token.text[len(head) :] in ("min", "mins", "minutes", "m") and len(head) <= 3:
            found[i] = int(head), i + 1
    parts = (h for h in hits if h.name in _HOURS and not _inside(h, hits))
    found |= {h.first: (int(knowledge.cues[h.name].value or 0), h.end) for h in parts}
    hours = _beside(words, hits, numbers, "hour-word")
    found |= {n.first: (n.value * 60, end) for n, end in hours if n.value <= 8 and n.value > 1}
    if not found and not unit_words:
        misspelt = (n for n in numbers if n.end < len(words) and _MISSPELT.fullmatch(words[n.end].text))
        found = {n.first: (n.value, n.end + 1) for n in misspelt}
    if not found and not unit_words:
        found = {n.first: (n.value, n.end) for n in numbers if len(numbers) == 1 and _named_before(words, hits, n.first)}
    return tuple(Spent(found[i][0], i, found[i][1]) for i in sorted(found))


def _named_before(words: tuple[Token, ...], hits: tuple[Hit, ...], at: int) -> bool:
    """ "the minutes: what if it was only 30": nothing but small words between the minutes and their number."""
    named = max((h.end for h in hits if h.name == "minute-word" and h.end <= at), default=at)
    small = {i for h in hits if h.name in _SMALL for i in range(h.first, h.end)}
    small |= {i for i, word in enumerate(words) if word.text in _WAS}
    return named < at and all(i in small for i in range(named, at)) and len(words[at].text) <= 3


def _inside(hit: Hit, hits: tuple[Hit, ...]) -> bool:
    return any(
        o is not hit and o.name in _HOURS and o.first <= hit.first and hit.end <= o.end and o.end - o.first > hit.end - hit.first
        for o in hits
    )


def _printed_money(case: Case) -> frozenset[Decimal]:
    """Every amount that the papers print."""
    printed = {
        a
        for d in case.documents
        for c in d.claims
        for s in (c.totals, *(x.amounts for x in c.lines))
        for a in s.known().values()
        if a
    }
    printed |= {
        v for d in case.documents for x in d.accumulators for v in (x.used, x.limit, x.remaining) if v and x.kind not in COUNTED
    }
    return frozenset(printed | {d.amount_due for d in case.documents if d.amount_due})


def _bare_amounts(words: tuple[Token, ...], hits: tuple[Hit, ...], printed: frozenset[Decimal]) -> list[tuple[int, int, Decimal]]:
    """Numbers without a dollar sign that are among the printed money, or that follow "paid"."""
    paid = [h.end for h in hits if h.kind == "cue" and h.name == "paid-word"]
    counted = {h.first - 1 for h in hits if h.name in ("unit-word", "minute-word", "hour-word", "line-word")}
    after_line = {h.end for h in hits if h.name == "line-word"}
    out: list[tuple[int, int, Decimal]] = []
    for i, token in enumerate(words):
        digits = token.text.replace(",", "")
        if not digits.isdigit() or len(digits) > 6 or i in counted or i in after_line:
            continue
        value = Decimal(digits)
        if (value in printed and value >= 10) or any(0 <= i - end <= 3 for end in paid):
            out.append((token.start, token.end, value))
    return out
