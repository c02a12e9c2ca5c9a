"""The phrasings of tests/phrasings stay strangers to the topics' own, are a fifth of all, and are understood well enough."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from explainer.case import check_case
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.conversation.words import key_of
from explainer.knowledge.base import Knowledge

# Two phrasings are nearly the same where so much of all their words is in both.
NEARLY_SAME = 0.85
RIGHT_AT_LEAST, EACH_VOICE_AT_LEAST = 0.87, 0.70
LEAST_EXAMPLES = 3000


def held_out(root: Path) -> Iterator[tuple[str, str, str]]:
    """Topic, voice and words."""
    for path in sorted((root / "tests" / "phrasings").glob("*.yaml")):
        for topic, voices in yaml.safe_load(path.read_text("utf-8")).items():
            yield from ((topic, voice, words) for voice, said in voices.items() for words in said)


@pytest.fixture(scope="module")
def held(root: Path) -> list[tuple[str, str, str]]:
    return list(held_out(root))


def test_a_fifth_is_held_out(held: list[tuple[str, str, str]], knowledge: Knowledge) -> None:
    examples = sum(len(t.examples.en) + len(t.examples.es) for t in knowledge.topics.values())
    assert examples >= LEAST_EXAMPLES
    assert len(held) >= (examples + len(held)) * 0.199
    assert {topic for topic, _, _ in held} == set(knowledge.topics)


def test_no_example_is_nearly_one_that_is_held_out(held: list[tuple[str, str, str]], knowledge: Knowledge) -> None:
    examples = [frozenset(key_of(w)) for t in knowledge.topics.values() for w in (*t.examples.en, *t.examples.es)]
    having = defaultdict(list)
    for at, words in enumerate(examples):
        for word in words:
            having[word].append(at)
    alike = []
    for _, _, text in held:
        words = frozenset(key_of(text))
        shared = Counter(at for word in words for at in having[word])
        alike += [text for at, n in shared.most_common(3) if n >= NEARLY_SAME * len(words | examples[at])]
    assert not alike


def test_held_out_phrasings_are_understood(held: list[tuple[str, str, str]], talker: Talker, knowledge: Knowledge) -> None:
    """By the program as it is, without a paper and without a talk."""
    nothing = check_case((), knowledge, today=date(2026, 11, 23))
    right: dict[str, list[bool]] = defaultdict(list)
    for topic, voice, words in held:
        right[voice].append(talker.understood(words, "en", nothing, Context()).question.topic == topic)
    every = [one for voice in right.values() for one in voice]
    assert sum(every) >= RIGHT_AT_LEAST * len(every)
    assert {voice: sum(n) / len(n) for voice, n in right.items() if sum(n) < EACH_VOICE_AT_LEAST * len(n)} == {}
