"""From what was heard to one question: its topic, and what it is about after references are settled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from explainer.case import Case
from explainer.conversation.classify import Classifier, Guess, Weighed
from explainer.conversation.danger import is_danger
from explainer.conversation.focus import weighed_by_asking
from explainer.conversation.hints import fills, instead, of_bill, sure_words
from explainer.conversation.leaning import lean, names_nothing
from explainer.conversation.pointed import only_points, pointed_topic
from explainer.conversation.question import Context, Question, Slots
from explainer.conversation.reference import Named, lines_meant, points_back
from explainer.conversation.settle import filled, settled
from explainer.conversation.slots import Heard
from explainer.conversation.units_asked import of_units
from explainer.conversation.whose import only_person
from explainer.conversation.why import Led, Why, decisive, tooks, weightiest, whole, with_places
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang

# Below these the words are not like anything known: asking back is the honest answer.
_UNSURE_SCORE, _UNSURE_ALIKE = 0.06, 0.10
_URGENT_SCORE, _URGENT_ALIKE = 0.55, 0.22
_SHORT = 7
# Below this a question that names a word of these papers is taken to ask for its meaning.
_WORD_ONLY = 0.13
_CODE_TOPICS = ("code.", "denial.code", "document.term", "document.line", "units.", "decline.un", "coverage.covered")
_SMALL = ("small-words", "pointer", "that-line", "no-matter")
_NEXT_STEP = {
    "denial": "denial.next",
    "appeal": "appeal.how",
    "bill": "bill.dispute",
    "units": "units.check",
    "coverage": "denial.next",
    "money": "money.to-whom",
    "document": "money.to-whom",
}


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
    weighed = weighed_by_asking(heard, classifier)
    guesses = lean(weighed.guesses, heard, case, context)
    if case.people.several and only_person(heard.text, case, knowledge) and not _names_lines(heard, named):
        topic = context.pending or _spoken_of(context) or "document.summary"
        question = Question(heard.text, lang, topic, heard.slots, follow_up=False, score=guesses[0].score, why=("person",))
        return Understood(question, Why(topic, Led("person", (whole(heard.text),)), tooks(heard, question, named, case)))
    if (other := _other_tongue(heard)) is not None and len(heard.tokens) <= _SHORT:
        return _said_again(heard, other, guesses[0].score, case, context)
    turn = _Turn(heard, guesses, named, case, context)
    found = turn.decided()
    back = points_back(heard) or found.bare
    slots = filled(heard, context, found.topic, named) if found.bare or (back and heard.slots == Slots()) else heard.slots
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


def _other_tongue(heard: Heard) -> Lang | None:
    return "es" if heard.has("other-tongue-es") else "en" if heard.has("other-tongue-en") else None


def _said_again(heard: Heard, lang: Lang, score: float, case: Case, context: Context) -> Understood:
    """ "And in Spanish, please": the last question once more, in the other language."""
    topic = _spoken_of(context) or ("document.summary" if case.main is not None else "help.abilities")
    question = Question(
        heard.text, lang, topic, context.slots, context.about, context.codes, context.keys, follow_up=True, score=score,
        why=("other-tongue",),
    )  # fmt: skip
    return Understood(question, Why(topic, Led("goes-on", (whole(heard.text),)), ()))


def _names_lines(heard: Heard, named: Named) -> bool:
    """Whether lines are meant: "la otra persona" holds "la otra", but means a person."""
    return bool(named.lines) and not heard.has("other-person")


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
    named: Named
    case: Case
    context: Context

    def decided(self) -> _Decided:
        """The topic, and the lines, codes and keys it is about."""
        heard, case, context = self.heard, self.case, self.context
        bare, named = only_points(heard, self.named), self.named.lines
        first, why = _topic(heard, self.guesses, named, bare, case, context)
        back = (points_back(heard) or bare or why == ("why",)) and self._of_lines(context.about)
        about = named or (context.about if back and not _own_subject(heard.slots, case) else ())
        codes = heard.slots.codes or _codes_of(about, case) or (context.codes if back or _no_paper_follow_up(heard, case) else ())
        on = (back and not heard.slots.codes) or _no_paper_follow_up(heard, case)
        keys = heard.slots.keys or (context.keys if on else ())
        by_examples = why == ("examples",)
        topic = settled(instead(first, heard, named, case), heard, about, keys, case) if by_examples else first
        return _Decided(topic, why, first, bare, about, codes, keys)

    def _of_lines(self, about: tuple[int, ...]) -> bool:
        """Whether the dollars named, if any, are not a total of the paper that none of these lines print."""
        lines = [line for number in about if (line := self.case.line(number))]
        printed = {a for line in lines for a in line.amounts.known().values()}
        totals = {a for c in (self.case.main.claims if self.case.main else ()) for a in c.totals.known().values()}
        return not any(a in totals and a not in printed for a in self.heard.slots.amounts)

    def same(self, found: _Decided, heard: Heard, named: bool) -> bool:
        """Whether it would have been decided the same way with less heard, or without the lines that are named."""
        other = replace(self, heard=heard, named=self.named if named else Named()).decided()
        return (other.topic, other.why) == (found.topic, found.why)

    def led(self, found: _Decided, weighed: Weighed, classifier: Classifier) -> Led:
        """What led to the topic: the words that weigh most, or those without which another rule would have held."""
        same = partial(self.same, found)
        if found.why != ("examples",) and (said := decisive(self.heard, same)):
            return Led(found.why[0], with_places(self.heard, said, self.named.at) if found.bare else said)
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


def _topic(
    heard: Heard, guesses: Sequence[Guess], named: tuple[int, ...], bare: bool, case: Case, context: Context
) -> tuple[str, tuple[str, ...]]:
    best = guesses[0]
    if is_danger(heard) or (_urgent(best) and not heard.has("was-emergency")):
        return "decline.urgent", ("danger",)
    if _urgent(best):
        return "coverage.surprise", ("was-emergency",)
    if heard.has("other-business") and not (heard.slots.codes or heard.slots.keys or named):
        return "decline.off-topic", ("other-business",)
    if heard.slots.unknown_codes and not heard.slots.codes and not heard.slots.keys and best.topic.startswith(_CODE_TOPICS):
        return "decline.unknown", ("unknown-code",)
    if context.pending and fills(heard, named, context.pending):
        return context.pending, ("answers-back",)
    if (sure := sure_words(heard, context)) is not None:
        return sure, ("sure-words",)
    if (asked := of_units(heard, case, context)) is not None:
        return asked, ("sure-words",)
    if (asked := of_bill(heard, case, context)) is not None:
        return asked, ("of-a-bill",)
    if (going_on := _goes_on(heard, context)) is not None:
        return going_on, ("goes-on",)
    if bare:
        return pointed_topic(heard, named, case, context), ("points-back",)
    if _is_why(heard) and context.topic is None:
        return "decline.unclear", ("why-of-nothing",)
    if _is_why(heard) and context.topic and not context.topic.startswith("decline."):
        return _why_topic(heard, context.topic, context.about, case), ("why",)
    if best.score < _UNSURE_SCORE and best.alike < _UNSURE_ALIKE:
        return "decline.unclear", ("unsure",)
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
    whys = {i for h in heard.hits if h.name == "why-word" for i in range(h.first, h.end)}
    small = {i for h in heard.hits if h.name in _SMALL for i in range(h.first, h.end)}
    return bool(whys) and len(whys) >= len(heard.tokens) - 1 and len(whys | small) == len(heard.tokens)


# Of these, "why not?" asks why the plan did not pay.
_PAID_OR_NOT = ("document.line", "money.owe", "money.plan-paid", "money.not-covered", "coverage.covered")


def _why_topic(heard: Heard, topic: str, about: tuple[int, ...], case: Case) -> str:
    """The last topic; of lines that the plan paid nothing for, "why not?" asks for the reason."""
    spoken = [line.amounts.plan_paid for number in about if (line := case.line(number))]
    unpaid = bool(spoken) and not any(spoken) and None not in spoken
    return "denial.reason" if topic in _PAID_OR_NOT and unpaid and any(t.text in ("not", "no") for t in heard.tokens) else topic
