"""Whether a text says a phrase of content's cues."""

from explainer.conversation.words import key_of, tokens
from explainer.knowledge.base import Knowledge

# How many words "*" in a phrase may stand for.
_BETWEEN = 3


def says(text: str, knowledge: Knowledge, *names: str) -> bool:
    """Whether a text, such as a paper's note, holds a phrase of one of these cues."""
    words = tuple(token.text for token in tokens(text))
    cues = [cue for name in names if (cue := knowledge.cues.get(name))]
    phrases = [phrase.split("*") for cue in cues for phrase in (*cue.phrases.en, *cue.phrases.es)]
    return any(_within([key_of(part) for part in parts], words) for parts in phrases)


def _within(parts: list[tuple[str, ...]], words: tuple[str, ...]) -> bool:
    """Whether the words hold these parts one after another, with at most a few words between."""
    ends = set(range(len(words) + 1))
    for n, part in enumerate(parts):
        begins = {end + gap for end in ends for gap in range(_BETWEEN + 1 if n else 1)}
        ends = {i + len(part) for i in begins if words[i : i + len(part)] == part}
    return bool(ends)
