"""The conversation: words in, an answer and what to remember out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from explainer.case import Case
from explainer.conversation import classify
from explainer.conversation.again import again, mark_of, together
from explainer.conversation.answer import Answer, render_answer
from explainer.conversation.asked import questions_of
from explainer.conversation.masking import featured_by
from explainer.conversation.next_questions import next_questions
from explainer.conversation.phrases import phrase_book
from explainer.conversation.question import Context, Question
from explainer.conversation.reply import Asked, Reply
from explainer.conversation.slots import Heard, SlotFinder
from explainer.conversation.topics import BUILDERS
from explainer.conversation.topics.asked_lines import told_of
from explainer.conversation.understand import Understood, understand
from explainer.conversation.whose import learned
from explainer.conversation.why import Why
from explainer.conversation.words import plain
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import WordingError
from explainer.paths import cache_dir

# How many topics a talk remembers as answered.
_KEPT = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """One question's answer, the context to hand in with the next question, and how the words were understood."""

    answer: Answer
    context: Context
    question: Question


@dataclass(frozen=True, slots=True)
class _Step:
    """One question of a turn with its reply, why it was understood so, and what is remembered after it."""

    question: Question
    reply: Reply
    why: Why
    context: Context


class Talker:
    """Answers questions about a case. Holds what is learned from content; keeps nothing of any conversation."""

    def __init__(self, knowledge: Knowledge, cache: Path | None = None) -> None:
        self._knowledge = knowledge
        book = phrase_book(knowledge)
        self._finder = SlotFinder(knowledge, book)
        self._classifier = classify.load(knowledge, cache or cache_dir(), featured_by(book))

    def ask(self, words: str, lang: Lang, case: Case, context: Context) -> Turn:
        """The answer to one turn's words: to each of its questions in order, where it asks several."""
        steps: list[_Step] = []
        now = context
        heard = self._finder.hear(words, case, context)
        questions = questions_of(heard, self._finder, self._classifier, case, context)
        for question in questions:
            # A turn that asks one thing is heard once.
            part = heard if len(questions) == 1 else self._finder.hear(question, case, now)
            steps.append(self._step(part, lang, case, now))
            topic = steps[-1].reply.topic
            answered = (*(t for t in now.answered if t != topic), topic)[-_KEPT:]
            now = replace(steps[-1].context, answered=answered)
        main = _main_of(steps)
        lang = main.question.lang
        reply = together([step.reply for step in steps], main.reply)
        follow = next_questions(reply, Asked(main.question, case, now, self._knowledge))
        answer = render_answer(reply, case, self._knowledge, lang, main.why, follow)
        if mark_of(answer.text) == context.said:
            shorter = again(reply, mark_of(words) == context.asked)
            answer = render_answer(shorter, case, self._knowledge, lang, main.why, follow)
        last = tuple(s.key for s in reply.statements)
        now = replace(now, asked=mark_of(words), said=mark_of(answer.text), last_keys=last)
        return Turn(answer, replace(now, turns=context.turns + 1), replace(main.question, words=words))

    def _step(self, heard: Heard, lang: Lang, case: Case, context: Context) -> _Step:
        """One question: its reply, and what is remembered after it."""
        understood = understand(heard, self._classifier, case, context, self._knowledge, lang)
        question = understood.question
        context = _of_this_plan(question, context)
        asked = Asked(question, case, context, self._knowledge)
        try:
            reply = BUILDERS[question.topic](asked)
            render_answer(reply, case, self._knowledge, question.lang)
        except WordingError:
            # A sentence without its figure must not be said; saying that there is no answer is better than no page.
            reply = BUILDERS["decline.unknown"](asked)
        person = learned(told_of(asked), heard.text, context, self._knowledge)
        return _Step(question, reply, understood.why, _remember(question, reply, context, person))

    def understood(self, words: str, lang: Lang, case: Case, context: Context) -> Understood:
        """How the words are understood, and why, without an answer."""
        heard = self._finder.hear(words, case, context)
        return understand(heard, self._classifier, case, context, self._knowledge, lang)


def _main_of(steps: Sequence[_Step]) -> _Step:
    """The step whose topic the answer has: the first one that is answered, else the first."""
    return next((step for step in steps if not step.reply.topic.startswith("decline.")), steps[0])


def _of_this_plan(question: Question, context: Context) -> Context:
    """Another plan than the one told before, or "Medicare" without saying which: what was told for the old plan does not hold."""
    before = context.facts.get("plan")
    slots = question.slots
    named = slots.plan or ("" if slots.plans or before in slots.not_plans or "medicare" in plain(question.words) else before)
    if (
        before is None
        or slots.supposed
        or named == before
        or (not named and before == "medicare-original" and not slots.plans and before not in slots.not_plans)
    ):
        return context
    return replace(context, facts={k: v for k, v in context.facts.items() if k not in ("plan", "notice", "got")})


def _remember(question: Question, reply: Reply, context: Context, person: Mapping[str, str]) -> Context:
    facts = {**context.facts, **reply.remember, **person}
    if question.slots.plan and not question.slots.supposed:
        facts["plan"] = question.slots.plan
    keeps = reply.topic.startswith("decline.")
    return replace(
        context,
        topic=context.topic if keeps else reply.topic,
        about=context.about if keeps else reply.lines or question.about,
        codes=context.codes if keeps else reply.codes or question.codes,
        keys=context.keys if keeps else reply.keys or question.keys,
        slots=context.slots if keeps else question.slots,
        facts=facts,
        pending=reply.pending,
    )
