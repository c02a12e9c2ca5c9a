"""A long turn is weighed twice: as a whole, and by what asks in it, so that a story does not drown its question."""

from dataclasses import replace

from explainer.conversation.classify import Classifier, Guess, Weighed
from explainer.conversation.parts import parts_of
from explainer.conversation.slots import Heard

_LONG = 16
# Words that say little by themselves, or point at what was told ("is that allowed?"), have no say beside the whole.
_SURE, _POINTING, _ALIKE = 0.4, 0.75, 0.25


def weighed_by_asking(heard: Heard, classifier: Classifier) -> Weighed:
    """All topics for a turn. Of a long one, a sure asking at its end counts as much as the whole."""
    whole = classifier.weigh(heard.text)
    begins = parts_of(heard)[-1].begins if len(heard.tokens) > _LONG else 0
    if not heard.text[:begins].strip():
        return whole
    points = any(h.name == "that-line" and heard.tokens[h.first].start >= begins for h in heard.hits)
    asking = classifier.weigh(heard.text[begins:])
    best = asking.guesses[0]
    sure = best.score >= (_POINTING if points else _SURE) and best.alike >= _ALIKE
    return replace(whole, guesses=_both(whole, asking)) if sure else whole


def _both(whole: Weighed, asking: Weighed) -> tuple[Guess, ...]:
    """The topics that both are like: the root of the two scores' product, all together 1 again."""
    by_topic = {guess.topic: guess for guess in asking.guesses}
    pairs = [(guess, by_topic[guess.topic]) for guess in whole.guesses]
    scores = [(one.score * other.score) ** 0.5 for one, other in pairs]
    every = sum(scores)
    both = (Guess(a.topic, s / every, max(a.alike, b.alike)) for (a, b), s in zip(pairs, scores, strict=True))
    return tuple(sorted(both, key=lambda guess: -guess.score))
