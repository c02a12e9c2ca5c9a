"""What a talk and its papers make more likely: short questions go on; a bill beside an EOB is compared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explainer.case import Case
from explainer.conversation.classify import Guess
from explainer.conversation.neighbours import asked_next
from explainer.conversation.question import Context, Slots
from explainer.conversation.reference import points_back
from explainer.conversation.slots import Heard

_SHORT, _MIDDLING = 7, 12
_UNSURE = ("decline.unclear", "decline.off-topic", "decline.unknown")
_UNSURE_AGAIN = 0.4
_BOTH_PAPERS, _BILL_NAMED = 2.0, 2.5


@dataclass(frozen=True, slots=True)
class _Pull:
    """By how much a guess grows: the topic itself, what people ask next, and its family.

    trust: the power to which the guess itself is taken; below 1 the words count for less.
    """

    same: float
    next: float
    family: float
    trust: float = 1.0


# Words that name a matter lean a little on the talk, those that point back more; words that name none have nothing else.
_NAMES = _Pull(3.0, 2.5, 2.0)
_POINTS = _Pull(4.8, 4.0, 3.2)
_EMPTY = _Pull(60.0, 15.0, 5.0, 0.5)


def lean(guesses: Sequence[Guess], heard: Heard, case: Case, context: Context) -> list[Guess]:
    """The guesses, most likely first, once the talk and the papers have had their say."""
    pull = _pull(heard, context)
    trust = pull.trust if pull else 1.0
    factors = (_of_talk(g.topic, context, pull) * _of_papers(g.topic, heard, case) * _of_needs(g, heard) for g in guesses)
    leaning = [replace(g, score=g.score**trust * factor) for g, factor in zip(guesses, factors, strict=True)]
    return sorted(leaning, key=lambda g: -g.score)


def names_nothing(heard: Heard) -> bool:
    """Whether the words name no matter of their own: "how would I ask for it?"."""
    empty = {i for h in heard.hits if h.kind == "cue" and h.name in _EMPTY_CUES for i in range(h.first, h.end)}
    return replace(heard.slots, terms=()) == Slots() and len(empty) == len(heard.tokens)


_EMPTY_CUES = frozenset(("no-matter", "small-words", "pointer", "that-line", "one-word"))


def _pull(heard: Heard, context: Context) -> _Pull | None:
    """How strongly the talk pulls; None where the words stand for themselves."""
    back, length = points_back(heard), len(heard.tokens)
    if context.topic is None or context.topic.startswith("decline."):
        return None
    if length <= _MIDDLING and names_nothing(heard):
        return _EMPTY
    if back and length <= _MIDDLING:
        return _POINTS
    return _NAMES if length <= _SHORT else None


def _of_talk(topic: str, context: Context, pull: _Pull | None) -> float:
    last = context.topic
    if last is None or pull is None:
        return 1.0
    if topic in _UNSURE:
        return 1.0 if pull is _NAMES else _UNSURE_AGAIN
    if topic == last:
        return pull.same
    if topic in asked_next(last):
        return pull.next
    return pull.family if topic.split(".")[0] == last.split(".")[0] else 1.0


# Topics that no turn is about without one of these words: what is left of the guess else.
_NEEDS = {"units.group": "group-word"}
_WITHOUT, _VERY_ALIKE = 0.02, 0.6


def _of_needs(guess: Guess, heard: Heard) -> float:
    cue = _NEEDS.get(guess.topic)
    said = cue is None or heard.has(cue) or "97150" in heard.slots.codes
    return 1.0 if said or (guess.alike >= _VERY_ALIKE and not heard.slots.amounts) else _WITHOUT


def _of_papers(topic: str, heard: Heard, case: Case) -> float:
    if not case.bills or case.main is None or case.main.kind == "bill" or not topic.startswith("bill."):
        return 1.0
    return _BOTH_PAPERS * (_BILL_NAMED if "bill" in heard.slots.terms else 1.0)
