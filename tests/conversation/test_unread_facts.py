"""A figure that nobody has read in a source is never said, by any topic, for any kind of plan, in any language."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import papers as p
import pytest
from build import knowledge

from explainer.case import Case
from explainer.conversation.question import Context, Question, Slots
from explainer.conversation.reply import Asked, Reply
from explainer.conversation.topics import BUILDERS
from explainer.knowledge.base import Knowledge
from explainer.knowledge.load import load_raw
from explainer.knowledge.schema import LANGS, Lang
from explainer.paths import data_dir

# No paper and no other content has these digits.
ODD, SHOWN = 7919, ("7919", "7,919", "7.919")


def remembered() -> Knowledge:
    """All of content, with every figure of a fact replaced by an odd one that is only remembered."""
    raw = {family: dict(entries) for family, entries in load_raw(data_dir("content"), None).items()}
    for name, entry in raw["fact"].items():
        values = [
            {**value, "value": ODD if value["value"] is not None else None, "sure": "unverified"} for value in entry["values"]
        ]
        raw["fact"][name] = {**entry, "values": values}
    return Knowledge(raw)


UNREAD = remembered()


def replies(topic: str, lang: Lang) -> Iterator[Reply]:
    """The topic's answers with every phrase that makes a builder say more, with and without a paper, for every kind of plan."""
    cues = [cue for name, cue in knowledge().cues.items() if name.startswith(("asks-", "says-"))]
    words = " ".join(phrase for cue in cues for phrase in getattr(cue.phrases, lang)[:1])
    for plan in (None, *UNREAD.rights):
        for said in ("", words) if plan is None else (words,):
            for documents in ((), (p.REFUSED,)):
                slots = Slots(plan=plan, dates=(date(2026, 9, 30),), codes=("97110",), keys=("PR-50",), units=(2,), minutes=(30,))
                question = Question(said, lang, topic, slots, codes=("97110",), keys=("PR-50",))
                case = Case(documents, today=date(2026, 11, 25))
                yield BUILDERS[topic](Asked(question, case, Context(), UNREAD))


def test_no_fact_is_a_figure_before_it_was_read() -> None:
    told = [name for name in UNREAD.facts for year in range(1990, 2040) if UNREAD.fact_on(name, date(year, 6, 1))]
    assert len(UNREAD.facts) > 60
    assert told == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", sorted(BUILDERS))
def test_no_topic_says_it(topic: str, lang: Lang) -> None:
    for reply in replies(topic, lang):
        said = " ".join(UNREAD.say(s.key, lang, s.values) for s in reply.statements)
        assert [digits for digits in SHOWN if digits in said] == [], said
        assert Decimal(ODD) not in reply.values.values()


def test_the_odd_figure_would_show() -> None:
    """The same walk does show a figure that was read, so the test above can fail."""
    raw = {family: dict(entries) for family, entries in load_raw(data_dir("content"), None).items()}
    fact = raw["fact"]["appeal.aca-employer.internal"]
    raw["fact"]["appeal.aca-employer.internal"] = {**fact, "values": [{**fact["values"][0], "value": ODD}]}
    read = Knowledge(raw)
    question = Question("", "en", "appeal.deadline", Slots(plan="employer"))
    reply = BUILDERS["appeal.deadline"](Asked(question, Case(today=date(2026, 11, 25)), Context(), read))
    assert "7,919" in " ".join(read.say(s.key, "en", s.values) for s in reply.statements)
