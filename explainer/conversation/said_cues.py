"""Whether a text says a phrase of content's cues."""

from collections.abc import Sequence
from functools import lru_cache

from explainer.conversation.words import key_of, tokens
from explainer.knowledge.base import Knowledge

# How many words "*" in a phrase may stand for.
_BETWEEN = 3


def says(text: str, knowledge: Knowledge, *names: str) -> bool:
    """Whether a text, such as a paper's note, holds a phrase of one of these cues."""
    words = tuple(token.text for token in tokens(text))
    cues = [cue for name in names if (cue := knowledge.cues.get(name))]
    held = frozenset(words)
    return any(
        _may_hold(phrase, held) and _within(_parts(phrase), words)
        for cue in cues
        for phrase in (*cue.phrases.en, *cue.phrases.es)
    )


@lru_cache(maxsize=8192)
def _parts(phrase: str) -> tuple[tuple[str, ...], ...]:
    """A phrase of content in its parts; only content's own words are remembered, never anybody's."""
    return tuple(key_of(part) for part in phrase.split("*"))


def _may_hold(phrase: str, held: frozenset[str]) -> bool:
    first = next(iter(_parts(phrase)[0]), None)
    return first is None or first in held


def _within(parts: Sequence[tuple[str, ...]], words: tuple[str, ...]) -> bool:
    """Whether the words hold these parts one after another, with at most a few words between."""
    ends = set(range(len(words) + 1))
    for n, part in enumerate(parts):
        begins = {end + gap for end in ends for gap in range(_BETWEEN + 1 if n else 1)}
        ends = {i + len(part) for i in begins if words[i : i + len(part)] == part}
    return bool(ends)
