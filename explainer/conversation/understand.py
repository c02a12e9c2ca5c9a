"""From what was heard to one question: its topic, and what it is about after references are settled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from explainer.case import Case
from explainer.conversation.classify import Classifier, Guess, Weighed
from explainer.conversation.danger import is_danger
from explainer.conversation.hints import fills, instead, of_bill, sure_words, topic_of_amounts
from explainer.conversation.leaning import lean, names_nothing
from explainer.conversation.question import Context, Question, Slots
from explainer.conversation.reference import lines_meant, points_back
from explainer.conversation.settle import filled, settled
from explainer.conversation.slots import Heard
from explainer.conversation.whose import only_person
from explainer.conversation.why import Led, Why, decisive, tooks, weightiest, whole
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang

# Below these the words are not like anything known: asking back is the honest answer.
_UNSURE_SCORE, _UNSURE_ALIKE = 0.06, 0.10
_URGENT_SCORE, _URGENT_ALIKE = 0.55, 0.22
_SHORT = 7
# Below this a question that names a word of these papers is taken to ask for its meaning.
_WORD_ONLY = 0.13
_CODE_TOPICS = ("code.", "denial.code", "document.term", "document.line", "units.", "decline.un", "coverage.covered")
_NEXT_STEP = {
    "denial": "denial.next",
    "appeal": "appeal.how",
    "bill": "bill.dispute",
    "units": "units.check",
    "coverage": "denial.next",
    "money": "money.to-whom",
    "document": "money.to-whom",
}
# Of these a single line cannot be asked: "line 4" after them asks for that line.
_NOT_PER_LINE = frozenset(
    (
        "document.summary", "document.dates", "document.provider", "document.missing", "money.to-whom", "bill.two-papers",
        "bill.not-a-bill",
    )
)  # fmt: skip
_EMPTY_WORDS = (
    "greeting", "what-is", "pointer", "that-line", "small-words", "line-word", "one-word", "last-line", "line-below",
    "line-above", "other-one", "code-word",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Understood:
    """The question that was understood, and what led to it."""

    question: Question
    why: Why


def understand(
    heard: Heard, classifier: Classifier, case: Case, context: Context, knowledge: Knowledge, lang: Lang
) -> Understood:
    """The question these words ask in this talk."""
    named = lines_meant(heard, case, context, knowledge)
    weighed = classifier.weigh(heard.text)
    guesses = lean(weighed.guesses, heard, case, context)
    if case.people.several and only_person(heard.text, case, knowledge) and not named.lines:
        topic = context.pending or _spoken_of(context) or "document.summary"
        question = Question(heard.text, lang, topic, heard.slots, follow_up=False, score=guesses[0].score, why=("person",))
        return Understood(question, Why(topic, Led("person", (whole(heard.text),)), tooks(heard, question, named, case)))
    turn = _Turn(heard, guesses, named.lines, case, context)
    found = turn.decided()
    back = points_back(heard) or found.bare
    slots = filled(heard, context, found.topic) if found.bare or (back and heard.slots == Slots()) else heard.slots
    question = Question(
        words=heard.text,
        lang=lang,
        topic=found.topic,
        slots=slots,
        about=found.about,
        codes=found.codes,
        keys=found.keys,
        follow_up=back and context.topic is not None,
        score=guesses[0].score,
        why=found.why,
    )
    return Understood(question, Why(found.topic, turn.led(found, weighed, classifier), tooks(heard, question, named, case)))


@dataclass(frozen=True, slots=True)
class _Decided:
    """The topic and how it was found; `first` is what the examples alone would have it. bare: nothing but pointing words."""

    topic: str
    why: tuple[str, ...]
    first: str
    bare: bool
    about: tuple[int, ...]
    codes: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    """Everything that decides on the topic."""

    heard: Heard
    guesses: Sequence[Guess]
    named: tuple[int, ...]
    case: Case
    context: Context

    def decided(self) -> _Decided:
        """The topic, and the lines, codes and keys it is about."""
        heard, case, context = self.heard, self.case, self.context
        bare = _only_points(heard)
        first, why = _topic(heard, self.guesses, self.named, bare, case, context)
        back = points_back(heard) or bare
        about = self.named or (context.about if back and not _own_subject(heard.slots, case) else ())
        codes = heard.slots.codes or _codes_of(about, case) or (context.codes if back or _no_paper_follow_up(heard, case) else ())
        on = (back and not heard.slots.codes) or _no_paper_follow_up(heard, case)
        keys = heard.slots.keys or (context.keys if on else ())
        by_examples = why == ("examples",)
        topic = settled(instead(first, heard, self.named, case), heard, about, keys, case) if by_examples else first
        return _Decided(topic, why, first, bare, about, codes, keys)

    def same(self, found: _Decided, heard: Heard, named: bool) -> bool:
        """Whether it would have been decided the same way with less heard, or without the lines that are named."""
        other = replace(self, heard=heard, named=self.named if named else ()).decided()
        return (other.topic, other.why) == (found.topic, found.why)

    def led(self, found: _Decided, weighed: Weighed, classifier: Classifier) -> Led:
        """What led to the topic: the words that weigh most, or those without which another rule would have held."""
        same = partial(self.same, found)
        if found.why != ("examples",) and (said := decisive(self.heard, same)):
            return Led(found.why[0], said)
        words, leaned = weightiest(self.heard, weighed, classifier.led(weighed, found.first)), self._leaned(weighed)
        if found.why != ("examples",):
            return Led(found.why[0], words if found.first == weighed.guesses[0].topic else ())
        if found.topic == found.first:
            return Led("examples", words, leaned=leaned)
        return Led("fits", decisive(self.heard, same), found.first, words, leaned)

    def _leaned(self, weighed: Weighed) -> str:
        """Whether the talk or the papers changed which topic the words are most like: "talk", "papers" or ""."""
        best = self.guesses[0].topic
        if weighed.guesses[0].topic == best:
            return ""
        return "papers" if lean(weighed.guesses, self.heard, self.case, Context())[0].topic == best else "talk"


def _spoken_of(context: Context) -> str | None:
    """The topic that goes on for another person."""
    return context.topic if context.topic and not context.topic.startswith(("decline.", "help.")) else None


def _no_paper_follow_up(heard: Heard, case: Case) -> bool:
    return case.main is None and len(heard.tokens) <= _SHORT and heard.slots.codes == () and heard.slots.keys == ()


def _own_subject(slots: Slots, case: Case) -> bool:
    """A code or key that is named but on no line: the question has a subject of its own."""
    return bool(slots.codes or slots.keys or slots.unknown_codes)


def _codes_of(about: tuple[int, ...], case: Case) -> tuple[str, ...]:
    lines = (case.line(number) for number in about)
    return tuple(dict.fromkeys(line.code for line in lines if line and line.code))


def _only_points(heard: Heard) -> bool:
    """Whether nothing is left once pointing words, codes, lines and numbers are taken out."""
    covered = {i for h in heard.hits if _covers(h.kind, h.name) for i in range(h.first, h.end)}
    left = [t for i, t in enumerate(heard.tokens) if i not in covered and not _is_slot(t.text, heard)]
    # "Is the massage on me?" is made of small words, and yet asks something.
    return not left and not heard.has("may-bill")


def _covers(kind: str, name: str) -> bool:
    return kind in ("code", "plan") or (
        kind == "cue"
        and (
            name in _EMPTY_WORDS or name.startswith(("ordinal-", "number-")) or name in ("minute-word", "unit-word", "hour-word")
        )
    )


def _is_slot(text: str, heard: Heard) -> bool:
    known = {
        *heard.slots.codes,
        *heard.slots.modifiers,
        *(p for k in heard.slots.keys for p in (k, *k.split("-"), k.replace("-", ""))),
    }
    return text.upper() in known or text.replace(",", "").isdigit()


def _topic(
    heard: Heard, guesses: Sequence[Guess], named: tuple[int, ...], bare: bool, case: Case, context: Context
) -> tuple[str, tuple[str, ...]]:
    best = guesses[0]
    if is_danger(heard) or _urgent(best):
        return "decline.urgent", ("danger",)
    if heard.has("other-business") and not (heard.slots.codes or heard.slots.keys or named):
        return "decline.off-topic", ("other-business",)
    if heard.slots.unknown_codes and not heard.slots.codes and not heard.slots.keys and best.topic.startswith(_CODE_TOPICS):
        return "decline.unknown", ("unknown-code",)
    if context.pending and fills(heard, named, context.pending):
        return context.pending, ("answers-back",)
    if (sure := sure_words(heard, context)) is not None:
        return sure, ("sure-words",)
    if (asked := of_bill(heard, case, context)) is not None:
        return asked, ("of-a-bill",)
    if (going_on := _goes_on(heard, context)) is not None:
        return going_on, ("goes-on",)
    if bare:
        pointed = _pointed_topic(heard, named, case, context)
        return (topic_of_amounts(heard.slots, case) or pointed if pointed == "decline.unclear" else pointed), ("points-back",)
    if _is_why(heard) and context.topic is None:
        return "decline.unclear", ("why-of-nothing",)
    if _is_why(heard) and context.topic and not context.topic.startswith("decline."):
        return context.topic, ("why",)
    if best.score < _UNSURE_SCORE and best.alike < _UNSURE_ALIKE:
        return topic_of_amounts(heard.slots, case) or "decline.unclear", ("unsure",)
    if best.topic == "decline.urgent":
        best = next(g for g in guesses if g.topic != "decline.urgent")
    asks_word = (heard.has("what-is") or len(heard.tokens) <= 4) and not (context.topic and names_nothing(heard))
    if best.score < _WORD_ONLY and asks_word and heard.slots.terms and not heard.slots.codes and not heard.slots.keys:
        return "document.term", ("term",)
    return best.topic, ("examples",)


def _urgent(best: Guess) -> bool:
    """Danger that no phrase of the list names: only where the examples leave no doubt."""
    return best.topic == "decline.urgent" and best.score >= _URGENT_SCORE and best.alike >= _URGENT_ALIKE


def _goes_on(heard: Heard, context: Context) -> str | None:
    """Short questions for the source of what was said, or for the next step: their topic hangs on the last one."""
    if context.topic is None or len(heard.tokens) > _SHORT:
        return None
    family = context.topic.split(".")[0]
    if heard.has("asks-source"):
        return "units.rule" if family == "units" else context.topic
    if heard.has("what-now"):
        return _NEXT_STEP.get(family)
    return None


def _is_why(heard: Heard) -> bool:
    whys = [h for h in heard.hits if h.name == "why-word"]
    return bool(whys) and sum(h.end - h.first for h in whys) >= len(heard.tokens) - 1


def _pointed_topic(heard: Heard, named: tuple[int, ...], case: Case, context: Context) -> str:
    """A question of pointing words only: what it points at decides, or else the topic goes on."""
    slots = heard.slots
    if heard.has("greeting") and not named and slots == Slots():
        return "help.greeting"
    if heard.has("what-is") and points_back(heard) and len(context.about) == 1 and slots == Slots() and not named:
        return "document.line"
    if heard.has("what-is") and (asked := _topic_of_slots(replace(slots, minutes=(), units=()), named)):
        return asked
    going_on = context.topic if context.topic and not context.topic.startswith(("decline.", "help.")) else None
    if going_on in _NOT_PER_LINE and named:
        return "document.line"
    if going_on and (named or slots != Slots() or _has_number(heard)):
        return _fits(going_on, slots)
    return _topic_of_slots(slots, named) or going_on_pointer(heard, going_on) or "decline.unclear"


def going_on_pointer(heard: Heard, going_on: str | None) -> str | None:
    """The last topic again, where the words say more than "what about the other thing"."""
    return going_on if going_on and points_back(heard) and not heard.has("other-one") else None


def _fits(topic: str, slots: Slots) -> str:
    """The last topic, unless what is named now belongs to another kind."""
    if slots.keys and not topic.startswith(("denial.", "money.", "appeal.", "bill.")):
        return "denial.code"
    if slots.keys and topic in ("denial.reason", "denial.code", "denial.next"):
        return "denial.code"
    if slots.modifiers and not slots.codes and topic.startswith(("code.", "denial.")):
        return "code.modifier"
    return topic


def _has_number(heard: Heard) -> bool:
    return any(t.text.isdigit() for t in heard.tokens) or any(h.name.startswith("number-") for h in heard.hits)


def _topic_of_slots(slots: Slots, named: tuple[int, ...]) -> str | None:
    for given, topic in (
        (slots.unknown_codes, "decline.unknown"),
        (slots.keys, "denial.code"),
        (slots.modifiers, "code.modifier"),
        (slots.codes, "code.meaning"),
        (named, "document.line"),
        (slots.minutes, "units.from-minutes"),
        (slots.units, "units.minutes"),
        (slots.terms, "document.term"),
    ):
        if given:
            return topic
    return None
