"""Minutes in a turn, and which service each is for. One number that cannot be placed leaves all open: none is counted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from explainer.case import Case
from explainer.conversation.figures import Number, dates
from explainer.conversation.phrases import Hit
from explainer.conversation.question import Context
from explainer.conversation.services_said import Service, services_said
from explainer.conversation.words import Said, Token, plain
from explainer.knowledge.base import Knowledge

_CLOCK = re.compile(r"(?<![\d:$.])(\d{1,2})(?::([0-5]\d))?(?![\d:%]|\.\d)\s?([ap])?(?(3)\.?m\b\.?)")
_TO = re.compile(r"\s*(?:to|till|until|-|a|hasta)\s*(?:a\s)?(?:las?\s)?")
_HALF_DAY, _LONGEST_VISIT = 12 * 60, 5 * 60
# A bare number below this is rather a count ("3 exercises") than minutes.
_LEAST, _MOST = 5, 240
_BREAKS = frozenset(",.;!?\n")
_STOPS = frozenset(".;!?\n")
_JOINS = frozenset(("and", "then", "plus", "after", "but", "while", "or", "y", "e", "luego", "despues", "mas", "pero", "o"))
_LISTED = frozenset((*_JOINS, "to", "a", "of", "de", "for", "on", "doing"))
_WITH = frozenset(("with", "con", "en", "in", "at", "alone", "solo", "sola"))
# A leap year: only where days stand in the text is asked.
_ANY_YEAR = 2024
# Between minutes and the service they are for, and between a number and a word for minutes.
_FAR, _NEAR = 5, 3
# How far from the number stand words that make it the whole time, and how long a turn may be to need none.
_BEFORE, _BEHIND, _STORY = 8, 6, 14


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes [first, end) in tokens."""

    value: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Times:
    """What a turn tells of minutes. open: some of them cannot be placed, as of one service or as the whole time."""

    minutes: tuple[Said[int], ...] = ()
    by_code: tuple[Said[tuple[str, int]], ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Turn:
    text: str
    words: tuple[Token, ...]
    hits: tuple[Hit, ...]
    services: tuple[Service, ...]

    def cues(self, *names: str) -> tuple[Hit, ...]:
        return tuple(h for h in self.hits if h.kind == "cue" and h.name in names)

    def held(self, *names: str) -> set[int]:
        """The tokens of these cues."""
        return {i for h in self.cues(*names) for i in range(h.first, h.end)}

    def between(self, end: int, first: int) -> str:
        """The text from one token's end to another's start."""
        return plain(self.text[self.words[end - 1].end : self.words[first].start])

    def broken(self, end: int, first: int) -> bool:
        """Whether a pause or a joining word stands between the token before `end` and the token `first`."""
        return bool(_BREAKS & set(self.between(end, first))) or any(w.text in _JOINS for w in self.words[end:first])

    def said(self, first: int, end: int) -> tuple[int, int]:
        return self.words[first].start, self.words[end - 1].end


def times_said(
    text: str,
    words: tuple[Token, ...],
    hits: tuple[Hit, ...],
    numbers: tuple[Number, ...],
    worded: tuple[Spent, ...],
    case: Case,
    context: Context,
    knowledge: Knowledge,
) -> Times:
    """The minutes of a turn: `worded` are those beside a word for minutes or hours."""
    turn = _Turn(text, words, hits, services_said(words, hits, case, context, knowledge))
    clock = _by_the_clock(turn)
    spent = _with_bare(turn, numbers, (*worded, clock) if clock else worded, context)
    minutes = tuple(Said(s.value, *turn.said(s.first, s.end)) for s in spent)
    pairs = _placed(turn, spent)
    if pairs:
        by_code: dict[str, Said[tuple[str, int]]] = {}
        for one, service in pairs:
            code, at = service.code or "", turn.said(min(one.first, service.first), max(one.end, service.end))
            before = by_code[code].value[1] if code in by_code else 0
            by_code[code] = Said((code, before + one.value), *at)
        return Times(minutes, tuple(by_code.values()))
    return Times(minutes, open=spent != (clock,) and (_open(turn, spent) or _more(turn, numbers, spent)))


def _by_the_clock(turn: _Turn) -> Spent | None:
    """ "From 2:00 to 3:10 pm": the minutes between; None unless just two times are told, within hours of each other."""
    found = [m for m in _CLOCK.finditer(plain(turn.text)) if _is_time(m[1])]
    times = [m for at, m in enumerate(found) if m[2] or m[3] or _leads_to(turn, found[at : at + 2])]
    if len(times) != 2:
        return None
    first, last = (int(m[1]) * 60 + int(m[2] or 0) for m in times)
    minutes = (last - first) % _HALF_DAY
    inside = [i for i, word in enumerate(turn.words) if times[0].start() <= word.start < times[1].end()]
    return Spent(minutes, inside[0], inside[-1] + 1) if inside and 0 < minutes <= _LONGEST_VISIT else None


def _is_time(hour: str) -> bool:
    return 1 <= int(hour) <= 12


def _leads_to(turn: _Turn, found: list[re.Match[str]]) -> bool:
    """Whether a bare number leads to a time: the 2 of "2 to 3:10"."""
    if len(found) < 2 or not (found[1][2] or found[1][3]):
        return False
    return _TO.fullmatch(plain(turn.text)[found[0].end() : found[1].start()]) is not None


def _with_bare(turn: _Turn, numbers: tuple[Number, ...], worded: tuple[Spent, ...], context: Context) -> tuple[Spent, ...]:
    """The minutes said with a word for them, and bare numbers that stand in a list with them or beside a service."""
    bare = [n for n in numbers if _is_bare(turn, n) and not any(s.first <= n.first < s.end for s in worded)]
    free = [n for n in bare if n.value >= _LEAST]
    of_time = (context.topic or "").startswith("units.") or (context.pending or "").startswith("units.")
    spoken = bool(worded) or of_time or bool(turn.cues("asks-units", "unit-word", "how-long", "minute-word"))
    found = {s.first: s for s in worded}
    if spoken:
        found |= {n.first: Spent(n.value, n.first, n.end) for n in free if _beside_service(turn, n)}
    grown = True
    while grown:
        more = [n for n in free if n.first not in found and any(_listed(turn, n, s) for s in found.values())]
        found |= {n.first: Spent(n.value, n.first, n.end) for n in more}
        grown = bool(more)
    if len(found) > 1:
        found |= {n.first: Spent(n.value, n.first, n.end) for n in bare if _beside_service(turn, n)}
    return tuple(found[first] for first in sorted(found))


def _is_bare(turn: _Turn, number: Number) -> bool:
    """Whether nothing beside a number says that it counts something else, and it may be minutes."""
    start, end = turn.words[number.first].start, turn.words[number.end - 1].end
    if not 1 <= number.value <= _MOST or turn.text[max(0, start - 1) : start] in ("$", "#", "/", ".", ":"):
        return False
    if re.match(r"%|/|:\d|\.\d", turn.text[end:]):
        return False
    counted = turn.cues("unit-word", "money-word", "hour-word", "visit-word", "rule-word")
    asking = turn.held("part-asks", "part-wh")
    behind = {h.first for h in counted} | {h.first - 1 for h in counted if h.first - 1 not in asking}
    ahead = {h.end for h in turn.cues("line-word", "code-word", "modifier-word", "paid-word")}
    return number.end not in behind and number.first not in ahead | turn.held("unit-word", "rule-word")


def _beside_service(turn: _Turn, number: Number) -> bool:
    return any(
        (0 <= s.first - number.end <= _NEAR - 1 and not turn.broken(number.end, s.first))
        or (0 <= number.first - s.end <= _NEAR and not turn.broken(s.end, number.first))
        for s in turn.services
    )


def _listed(turn: _Turn, number: Number, spent: Spent) -> bool:
    """ "25 and 10 and 8 minutes": only joining words between, and behind the number no thing that it counts."""
    end, first = (number.end, spent.first) if number.first < spent.first else (spent.end, number.first)
    joined = all(word.text in _JOINS | {"to", "a"} for word in turn.words[end:first]) and first - end <= 2
    after = turn.words[number.end].text if number.end < len(turn.words) else ""
    stops = not after or after in _LISTED or bool(_BREAKS & set(turn.between(number.end, number.end + 1)))
    return joined and (stops or number.first < spent.first)


def _placed(turn: _Turn, spent: tuple[Spent, ...]) -> tuple[tuple[Spent, Service], ...]:
    """Each number of minutes with its service, where there is one way to do so; empty otherwise.

    One number in a sentence that names several services may be of all of them.
    """
    choices = [tuple(_beside(turn, one)) for one in spent]
    ways = [way for way in product(*choices) if len({s.first for s in way}) == len(way)] if len(spent) <= _STORY else []
    if not spent or len(ways) != 1 or any(s.code is None for s in ways[0]) or _shared(turn, ways[0]):
        return ()
    if len(spent) == 1 and any(s.code != ways[0][0].code and _same_sentence(turn, spent[0], s) for s in turn.services):
        return ()
    return tuple(zip(spent, ways[0], strict=True))


def _beside(turn: _Turn, spent: Spent) -> Iterator[Service]:
    """The services right before and right behind, with no pause between."""
    before = [s for s in turn.services if s.end <= spent.first]
    behind = [s for s in turn.services if s.first >= spent.end]
    if before and spent.first - before[-1].end <= _FAR and not turn.broken(before[-1].end, spent.first):
        yield before[-1]
    if behind and behind[0].first - spent.end <= _FAR and not turn.broken(spent.end, behind[0].first):
        yield behind[0]


def _shared(turn: _Turn, used: tuple[Service, ...]) -> bool:
    """ "40 minutes of exercise and manual": a service of its own joined to one that got the minutes."""
    places = {s.first for s in used}
    return any(
        (one.first in places) != (other.first in places)
        and other.first - one.end <= 2
        and one.code != other.code
        and all(word.text in _JOINS | {"the", "with", "con", "el", "la"} for word in turn.words[one.end : other.first])
        for one, other in pairwise(turn.services)
    )


def _more(turn: _Turn, numbers: tuple[Number, ...], spent: tuple[Spent, ...]) -> bool:
    """Whether a bare number beside the minutes may be minutes too: "10 minutes on the bike, then 15 with her"."""
    days = [(start, end) for _, start, end in dates(turn.text, _ANY_YEAR)]
    for n in numbers if spent else ():
        at = turn.words[n.first].start
        taken = any(s.first <= n.first < s.end for s in spent) or any(start <= at < end for start, end in days)
        before = turn.words[n.first - 1].text if n.first else ""
        going_on = n.end < len(turn.words) and not _BREAKS & set(turn.between(n.end, n.end))
        behind = turn.words[n.end].text if going_on else ""
        if not taken and n.value >= _LEAST and _is_bare(turn, n) and (before in _JOINS or behind in _LISTED | _WITH):
            return True
    return False


def _same_sentence(turn: _Turn, spent: Spent, service: Service) -> bool:
    end, first = (service.end, spent.first) if service.end <= spent.first else (spent.end, service.first)
    return first <= end or not _STOPS & set(turn.between(end, first))


def _open(turn: _Turn, spent: tuple[Spent, ...]) -> bool:
    """Whether minutes without a service are not surely the whole time of the visit."""
    if len(spent) != 1:
        return len(spent) > 1
    whole = any(_is_of(turn, spent[0], hit) for hit in turn.cues("whole-time"))
    part = bool(turn.services or turn.cues("part-time")) or len(turn.words) > _STORY
    return not whole and part


def _is_of(turn: _Turn, spent: Spent, hit: Hit) -> bool:
    """Whether the words stand by the minutes, in one sentence with them."""
    end, first = (hit.end, spent.first) if hit.end <= spent.first else (spent.end, hit.first)
    near = first - end <= (_BEFORE if hit.end <= spent.first else _BEHIND)
    return near and (first <= end or not _STOPS & set(turn.between(end, first)))
