"""Which language a question is in, told by its own words."""

from explainer.conversation.words import tokens
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang

_CUE, _WEAK = "of-language", "of-names"
# One word of another language can be a name or a slip.
_LEAST = 2
_OPENING = frozenset("¿¡")


def spoken(words: str, running: Lang, knowledge: Knowledge) -> Lang:
    """The language of these words; the running one where they are too few, of both, or only codes and names."""
    counted: dict[Lang, int] = {lang: _count(words, lang, knowledge) for lang in ("en", "es")}
    if counted["es"] and _OPENING & set(words):
        counted["es"] += 1
    other: Lang = "en" if running == "es" else "es"
    return other if counted[other] >= _LEAST and counted[other] > counted[running] else running


def _count(words: str, lang: Lang, knowledge: Knowledge) -> int:
    """How many of the words are only that language's. A capital that the place does not ask for is a name: De La Cruz."""
    phrases = knowledge.cues[_CUE].phrases
    known = frozenset(phrases.en if lang == "en" else phrases.es)
    shouted = words.isupper()
    said = known & {t.text for t in tokens(words) if shouted or not _is_name(words, t.start)}
    weak = knowledge.cues[_WEAK].phrases
    return len(said) if said - frozenset(weak.en if lang == "en" else weak.es) else 0


def _is_name(words: str, at: int) -> bool:
    before = words[:at].rstrip(" ¿¡\"'(")
    return words[at].isupper() and bool(before) and before[-1] not in ".?!:" and words[at : at + 2] != "I "
