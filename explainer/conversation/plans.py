"""Which kind of plan is the person's own, of the kinds that a turn names: not one that is denied, over, or somebody else's."""

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.conversation.phrases import Hit
from explainer.conversation.words import Said, Token

# Kinds that tell the same plan more or less exactly.
_JOB = frozenset(("employer", "employer-self-funded", "employer-insured", "government-employer", "church"))
_ENDS = frozenset(".,;:?!()\n")
_JOINS = frozenset(("and", "or", "y", "o", "e", "u"))
_MEDICARE, _BOTH = "medicare", "medicaid"


@dataclass(frozen=True, slots=True)
class Plans:
    """said: the one kind that is meant. rivals: several that may be meant, then none is said. denied: kinds that are not it.

    supposed: the kind that is meant is only thought of ("what if I had Medicare"): it holds for this turn alone.
    """

    said: tuple[Said[str], ...] = ()
    rivals: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    supposed: bool = False


@dataclass(frozen=True, slots=True)
class _Turn:
    words: tuple[Token, ...]
    hits: tuple[Hit, ...]
    text: str

    def cues(self, name: str, first: int, end: int) -> bool:
        """Whether a phrase of that cue stands within these tokens."""
        return any(h.kind == "cue" and h.name == name and first <= h.first and h.end <= end for h in self.hits)

    def part(self, at: int) -> tuple[int, int]:
        """The part of the sentence that holds the token: between punctuation and words that begin another part."""
        ends = [i for i in range(1, len(self.words)) if self._turns(i)]
        return max((i for i in ends if i <= at), default=0), min((i for i in ends if i > at), default=len(self.words))

    def sentence(self, at: int) -> tuple[int, int]:
        """The tokens between punctuation that hold this one."""
        ends = [i for i in range(1, len(self.words)) if self._stops(i)]
        return max((i for i in ends if i <= at), default=0), min((i for i in ends if i > at), default=len(self.words))

    def _stops(self, i: int) -> bool:
        return bool(_ENDS & set(self.text[self.words[i - 1].end : self.words[i].start]))

    def _turns(self, i: int) -> bool:
        past = [h for h in self.hits if h.name == "plan-past" and h.first < i < h.end]
        begins = any(h.name == "plan-turn" and h.first == i for h in self.hits)
        return self._stops(i) or (begins and not past)

    def denies(self, mention: "_Mention") -> bool:
        """Whether a "not" stands right before it, with nothing but small words and other plans between."""
        first, _ = self.part(mention.first)
        nots = (h for h in self.hits if h.name == "plan-not" and first <= h.first and h.end <= mention.first)
        sure = (h for h in nots if not self.cues("plan-unsure", h.first, h.end + 2))
        return any(all(self._small(i) for i in range(h.end, mention.first)) for h in sure)

    def _small(self, i: int) -> bool:
        return any(h.first <= i < h.end and (h.kind == "plan" or h.name in ("plan-between", "plan-not")) for h in self.hits)

    def apart(self, one: "_Mention", other: "_Mention") -> bool:
        """Whether two kinds are told as two plans, not one by two names ("Medicare Advantage through my job")."""
        same_part = self.part(one.first) == self.part(other.first)
        return not same_part or bool({t.text for t in self.words[one.end : other.first]} & _JOINS)


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    first: int
    end: int


def plans_meant(text: str, words: tuple[Token, ...], hits: tuple[Hit, ...], spelled: tuple[Said[str], ...]) -> Plans:
    """What a turn says of the kind of plan. spelled: kinds told from common words by their capitals."""
    turn = _Turn(words, hits, text)
    every = sorted((m for m in _mentions(turn, spelled) if not _of_others(turn, m)), key=lambda m: m.first)
    kept = [m for m in every if not turn.denies(m) and not turn.cues("plan-gone", *turn.part(m.first))]
    denied = tuple(dict.fromkeys(m.name for m in every if m not in kept))
    mine = [m for m in kept if not _before_or_theirs(turn, m)] or kept
    left = _different(turn, mine)
    if len(left) > 1:
        return Plans(rivals=tuple(m.name for m in left), denied=denied)
    found = left[0] if left and left[0].name != _MEDICARE else None
    said = (Said(found.name, words[found.first].start, words[found.end - 1].end),) if found else ()
    others = tuple(n for n in denied if not found or n != found.name)
    return Plans(said, (), others, supposed=found is not None and turn.cues("plan-if", *turn.part(found.first)))


def _mentions(turn: _Turn, spelled: tuple[Said[str], ...]) -> Iterator[_Mention]:
    named = [h for h in turn.hits if h.kind == "plan"]
    taken = {i for h in named for i in range(h.first, h.end)}
    yield from (_Mention(h.name, h.first, h.end) for h in named)
    for one in spelled:
        at = [i for i, t in enumerate(turn.words) if one.start <= t.start < one.end and i not in taken]
        yield from (_Mention(one.value, i, i + 1) for i in at[:1])
    if any(h.name == _BOTH for h in named):
        bare = [h for h in turn.hits if h.name == "says-medicare" and h.first not in taken]
        yield from (_Mention(_MEDICARE, h.first, h.end) for h in bare)


def _of_others(turn: _Turn, mention: _Mention) -> bool:
    """Whether the plan is a stranger's, one to choose or to get, or that of one of the family who is not the person."""
    part = turn.part(mention.first)
    not_me = turn.cues("plan-theirs", *part) and turn.cues("plan-not-me", 0, len(turn.words))
    return not_me or turn.cues("plan-strangers", *part) or turn.cues("plan-wish", *turn.sentence(mention.first))


def _before_or_theirs(turn: _Turn, mention: _Mention) -> bool:
    part = turn.part(mention.first)
    return turn.cues("plan-past", *part) or turn.cues("plan-theirs", *part)


def _different(turn: _Turn, mentions: list[_Mention]) -> list[_Mention]:
    """The mentions that are plans of their own; the first of those that tell the same plan."""
    left: list[_Mention] = []
    for m in mentions:
        if not any(_same(turn, one, m) for one in left):
            left.append(m)
    return left


def _same(turn: _Turn, one: _Mention, other: _Mention) -> bool:
    both = {one.name, other.name}
    of_medicare = _MEDICARE in both and any(name.startswith("medicare-") for name in both)
    return len(both) == 1 or both <= _JOB or of_medicare or not turn.apart(one, other)
