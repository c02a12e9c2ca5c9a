"""How many questions a turn asks: what is surely asked beside something else gets an answer of its own."""

from dataclasses import dataclass

from explainer.case import Case
from explainer.conversation.classify import Classifier
from explainer.conversation.danger import is_danger
from explainer.conversation.hints import fills
from explainer.conversation.leaning import lean
from explainer.conversation.neighbours import asked_next
from explainer.conversation.parts import Part, parts_of
from explainer.conversation.question import Context
from explainer.conversation.slots import Heard, SlotFinder

# An asking counts for itself where the examples leave little doubt; more so where it is likely said of the one before.
_SURE, _ALIKE = 0.4, 0.25
_LEAST_WORDS = 2
_SMALL = ("what-is", "small-words", "pointer", "part-join")
# No answer of their own beside another: what is not understood, and thanks.
_NONE = ("decline.unclear", "decline.off-topic", "decline.unknown", "help.greeting")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A part of a turn and the topic it surely asks for; None where that is open."""

    part: Part
    topic: str | None


def questions_of(heard: Heard, finder: SlotFinder, classifier: Classifier, case: Case, context: Context) -> tuple[str, ...]:
    """The questions of a turn, each with all its characters in their places; the whole turn where it asks one thing."""
    text = heard.text
    if is_danger(heard) or (context.pending and fills(heard, (), context.pending)):
        return (text,)
    parts = parts_of(heard)
    if len(parts) < 2:
        return (text,)
    asked: list[_Asked] = []
    named: frozenset[object] = frozenset()
    for part in parts:
        before = next((a.topic for a in reversed(asked) if a.topic), None)
        heard_part = finder.hear(part.asking(text), case, Context())
        topic = _sure_topic(heard_part, before, classifier, case) if not (asked and _only_why(heard_part)) else None
        if topic is None or (topic == before and not _named(heard_part) - named) or (asked and asked[-1].topic is None):
            asked = _joined(asked, part, topic)
        else:
            asked.append(_Asked(part, topic))
        named |= _named(heard_part)
    sure = [a for a in asked if a.topic]
    if len(sure) < 2:
        return (text,)
    return tuple(a.part.of(text) for a in asked)


def _joined(asked: list[_Asked], part: Part, topic: str | None) -> list[_Asked]:
    """The part added to the one before, which it goes with; the first stands open."""
    if not asked:
        return [_Asked(part, topic)]
    last = asked[-1]
    begins = last.part.begins if last.topic else part.begins
    return [*asked[:-1], _Asked(Part(last.part.start, part.end, begins), last.topic or topic)]


def _named(heard: Heard) -> frozenset[object]:
    """The terms, codes and keys that the words name."""
    return frozenset((*heard.slots.terms, *heard.slots.codes, *heard.slots.keys))


def _sure_topic(heard: Heard, before: str | None, classifier: Classifier, case: Case) -> str | None:
    """The topic these words surely ask for, after a question of the topic `before`."""
    weighed = classifier.weigh(heard.text)
    guesses = lean(weighed.guesses, heard, case, Context(topic=before)) if before else list(weighed.guesses)
    best, every = guesses[0], sum(guess.score for guess in guesses)
    if len(heard.tokens) < _LEAST_WORDS or best.topic in _NONE:
        return None
    if before and heard.has("what-now") and (following := asked_next(before)):
        return best.topic if best.topic in following else None
    sure = best.score >= _SURE * every and best.alike >= _ALIKE
    return best.topic if sure or _asks_a_word(heard) else None


def _only_why(heard: Heard) -> bool:
    """ "and why", "y por qué": they ask of what stands before them."""
    told = {i for h in heard.hits if h.name in ("why-word", *_SMALL) for i in range(h.first, h.end)}
    return heard.has("why-word") and len(told) == len(heard.tokens)


def _asks_a_word(heard: Heard) -> bool:
    """ "what is a copay", "and the deductible?": one term, and nothing else but small words; which topic tells it is all one."""
    small = {i for h in heard.hits if h.kind == "term" or h.name in _SMALL for i in range(h.first, h.end)}
    return len(heard.slots.terms) == 1 and len(small) == len(heard.tokens)
