"""From words to slots: what a question names, with nothing guessed."""

import re
from dataclasses import dataclass
from decimal import Decimal

from explainer.case import Case
from explainer.conversation import figures, named
from explainer.conversation.phrases import Hit, PhraseBook
from explainer.conversation.question import Context, Slots
from explainer.conversation.words import Token, tokens
from explainer.knowledge.base import Knowledge
from explainer.model.document import COUNTED

# In capitals only: in Spanish "va" and "cobra" are verbs, and "acá" is a place.
_IN_CAPITALS = {"VA": "va", "COBRA": "cobra", "ACA": "marketplace"}
_CAPITALS = re.compile(rf"\b({'|'.join(_IN_CAPITALS)})\b")
# "mintue", "minits", "munites": people mistype this word more than any other.
_MISSPELT = re.compile(r"m[iu]n[aeiotu]{1,3}[a-z]{0,3}")
_HOURS = ("half-hour", "quarter-hour", "three-quarters", "hour-and-half", "one-hour")


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of a turn, the phrases found in them, and the slots made of both."""

    text: str
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    slots: Slots

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
        said = figures.numbers(words, hits, self._knowledge)
        codes = self._codes(text, hits, case)
        minutes = _minutes(words, hits, said, self._knowledge)
        units = _counted(words, hits, said, "unit-word") or _one_unit(words, hits)
        keys = named.keys(text, case, self._knowledge)
        slots = Slots(
            codes=codes,
            keys=keys,
            modifiers=named.modifiers(text, case, self._knowledge),
            minutes=minutes,
            minutes_by_code=_by_code(words, hits, said, case, context, self._knowledge),
            units=units,
            amounts=self._amounts(text, words, hits, said, case),
            dates=tuple(d for d, _, _ in figures.dates(text, _paper_year(case))),
            plan=next((h.name for h in hits if h.kind == "plan"), _in_capitals(text)),
            terms=tuple(dict.fromkeys(h.name for h in hits if h.kind == "term")),
            unknown_codes=named.unknown(text, case, self._knowledge),
        )
        return Heard(text, words, hits, slots)

    def _codes(self, text: str, hits: tuple[Hit, ...], case: Case) -> tuple[str, ...]:
        said = named.procedures(text, case, self._knowledge)
        return said or _codes_by_name(hits, case)

    def _amounts(
        self, text: str, words: tuple[Token, ...], hits: tuple[Hit, ...], said: tuple[figures.Number, ...], case: Case
    ) -> tuple[Decimal, ...]:
        found = {start: amount for amount, start, _ in figures.amounts(text)}
        found |= {words[n.first].start: Decimal(n.value) for n in _beside(words, hits, said, "money-word")}
        found |= {start: amount for start, amount in _bare_amounts(words, hits, case) if start not in found}
        return tuple(amount.quantize(Decimal("0.01")) for _, amount in sorted(found.items()))


def _in_capitals(text: str) -> str | None:
    """A kind of plan whose name is told from a common word by its capitals; nothing where everything is in capitals."""
    found = _CAPITALS.search(text)
    return _IN_CAPITALS[found[1]] if found and (text != text.upper() or found[1] == text.strip(" .!?")) else None


def _codes_by_name(hits: tuple[Hit, ...], case: Case) -> tuple[str, ...]:
    """Codes named in words: those on the paper where the phrase fits one of them; without a paper, a phrase that means one code.

    With a paper, a service that it does not print as a code stays a word: a guessed code is worse than none.
    """
    printed = {line.code for d in case.documents for line in d.lines}
    places: dict[tuple[int, int], list[str]] = {}
    for hit in hits:
        if hit.kind == "code":
            places.setdefault((hit.first, hit.end), []).append(hit.name)
    out: list[str] = []
    for names in places.values():
        on_paper = [n for n in names if n in printed]
        out += on_paper or (names if len(names) == 1 and not case.lines else [])
    return tuple(dict.fromkeys(out))


def _paper_year(case: Case) -> int:
    days = [line.service_date for line in case.lines if line.service_date]
    return days[0].year if days else case.today.year


def _beside(
    words: tuple[Token, ...], hits: tuple[Hit, ...], said: tuple[figures.Number, ...], cue: str
) -> tuple[figures.Number, ...]:
    """Numbers that stand right before a word of that cue (one word may stand between: "3 timed units")."""
    starts = {h.first for h in hits if h.kind == "cue" and h.name == cue}
    return tuple(
        n for n in said if n.end in starts or (n.end + 1 in starts and n.end < len(words) and not words[n.end].text.isdigit())
    )


def _counted(words: tuple[Token, ...], hits: tuple[Hit, ...], said: tuple[figures.Number, ...], cue: str) -> tuple[int, ...]:
    return tuple(n.value for n in _beside(words, hits, said, cue))


def _one_unit(words: tuple[Token, ...], hits: tuple[Hit, ...]) -> tuple[int, ...]:
    """ "a unit", "each unit", "una unidad": one."""
    before = {words[h.first - 1].text for h in hits if h.name == "unit-word" and h.first > 0}
    return (1,) if before & {"a", "each", "per", "every", "una", "cada", "por"} else ()


def _minutes(
    words: tuple[Token, ...], hits: tuple[Hit, ...], said: tuple[figures.Number, ...], knowledge: Knowledge
) -> tuple[int, ...]:
    """Minutes said in numbers, glued ("45min"), or as parts of an hour. "15-minute units" names the unit, not a time."""
    unit_words = {i for h in hits if h.name in ("unit-word", "rule-word") for i in range(h.first, h.end)}
    found = {
        n.first: n.value
        for n in _beside(words, hits, said, "minute-word")
        if n.first not in unit_words and n.end not in unit_words
    }
    for i, token in enumerate(words):
        head = token.text.rstrip("abcdefghijklmnopqrstuvwxyz")
        if head.isdigit() and token.text[len(head) :] in ("min", "mins", "minutes", "m") and len(head) <= 3:
            found[i] = int(head)
    found |= {h.first: int(knowledge.cues[h.name].value or 0) for h in hits if h.name in _HOURS and not _inside(h, hits)}
    found |= {n.first: n.value * 60 for n in _beside(words, hits, said, "hour-word") if n.value <= 8 and n.value > 1}
    if not found and not unit_words:
        found = {n.first: n.value for n in said if n.end < len(words) and _MISSPELT.fullmatch(words[n.end].text)}
    return tuple(found[i] for i in sorted(found))


def _inside(hit: Hit, hits: tuple[Hit, ...]) -> bool:
    return any(
        o is not hit and o.name in _HOURS and o.first <= hit.first and hit.end <= o.end and o.end - o.first > hit.end - hit.first
        for o in hits
    )


def _by_code(
    words: tuple[Token, ...],
    hits: tuple[Hit, ...],
    said: tuple[figures.Number, ...],
    case: Case,
    context: Context,
    knowledge: Knowledge,
) -> tuple[tuple[str, int], ...]:
    """Minutes each with the code or service named after it: "25 minutes of exercise and 10 of 97140". At least two, else none."""
    named_at = sorted(
        [(i, t.text.upper()) for i, t in enumerate(words) if knowledge.procedure(t.text.upper())]
        + [(h.first, h.name) for h in hits if h.kind == "code"]
        + [(h.first, context.codes[-1]) for h in hits if h.name == "that-line" and context.codes]
    )
    minutes = [n for n in said if n.value >= 1]
    pairs: list[tuple[str, int]] = []
    for at, number in enumerate(minutes):
        until = minutes[at + 1].first if at + 1 < len(minutes) else len(words)
        code = next((c for i, c in named_at if number.end <= i < until), None)
        if code and code not in dict(pairs):
            pairs.append((code, number.value))
    return tuple(pairs) if len(pairs) >= 2 else ()


def _bare_amounts(words: tuple[Token, ...], hits: tuple[Hit, ...], case: Case) -> list[tuple[int, Decimal]]:
    """Numbers without a dollar sign that the paper prints as money, or that follow "paid"."""
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
    printed |= {d.amount_due for d in case.documents if d.amount_due}
    paid = [h.end for h in hits if h.kind == "cue" and h.name == "paid-word"]
    counted = {h.first - 1 for h in hits if h.name in ("unit-word", "minute-word", "hour-word", "line-word")}
    after_line = {h.end for h in hits if h.name == "line-word"}
    out: list[tuple[int, Decimal]] = []
    for i, token in enumerate(words):
        digits = token.text.replace(",", "")
        if not digits.isdigit() or len(digits) > 6 or i in counted or i in after_line:
            continue
        value = Decimal(digits)
        if (value in printed and value >= 10) or any(0 <= i - end <= 3 for end in paid):
            out.append((token.start, value))
    return out
