"""Conversations with expected outcomes (tests/talks): held with the program, and each turn judged."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from explainer.case import Case, check_case
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document
from explainer.readers import Upload, read
from explainer.settings import Limits

TESTS = Path(__file__).resolve().parent.parent
PAPERS = TESTS / "papers" / "talks"
TODAY = date(2026, 11, 23)
SHOWN = 220


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation. `speech` is how the person talks: en, es or mixed; `lang` is what the program is told."""

    id: str
    documents: tuple[str, ...]
    lang: Any
    speech: str
    tags: tuple[str, ...]
    turns: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One turn: what was wanted and what came. `wrong` names what is wrong with it; a right turn has nothing there."""

    talk: Talk
    number: int
    wanted: dict[str, Any]
    topic: str
    text: str
    lines: tuple[int, ...]
    wrong: tuple[str, ...]
    harmful: bool

    @property
    def family(self) -> str:
        return str(self.wanted["topics"][0]).split(".")[0]

    def __str__(self) -> str:
        wanted = f"wanted {'|'.join(self.wanted['topics'])} {self.wanted.get('must', [])} lines {self.wanted.get('lines')}"
        came = f"came   {self.topic} lines {list(self.lines)}: {self.text[:SHOWN]!r}"
        mark = "HARMFUL " if self.harmful else ""
        return f"{mark}{self.talk.id}.{self.number} [{', '.join(self.wrong)}] {self.wanted['q']!r}\n    {wanted}\n    {came}"


def talks() -> Iterator[Talk]:
    """All conversations, in the order of the files."""
    for path in sorted((TESTS / "talks").glob("*.yaml")):
        for raw in yaml.safe_load(path.read_text("utf-8"))["talks"]:
            tags = (*raw["voice"], *raw.get("tags", ()))
            yield Talk(raw["id"], tuple(raw["documents"]), raw["lang"], raw.get("speech", raw["lang"]), tags, tuple(raw["turns"]))


def document(name: str, number: int, knowledge: Knowledge) -> Document:
    """One paper of tests/papers/talks, as the program reads it."""
    return read(Upload(f"p{number}", name, (PAPERS / name).read_bytes()), knowledge, Limits()).document


def hold(talker: Talker, knowledge: Knowledge) -> list[Judged]:
    """Every conversation held, every turn judged."""

    @cache
    def case_of(names: tuple[str, ...]) -> Case:
        return check_case(tuple(document(name, i, knowledge) for i, name in enumerate(names, 1)), knowledge, today=TODAY)

    return [judged for talk in talks() for judged in _one(talk, talker, case_of(talk.documents))]


def _one(talk: Talk, talker: Talker, case: Case) -> Iterator[Judged]:
    context = Context()
    for number, wanted in enumerate(talk.turns, 1):
        turn = talker.ask(wanted["q"], talk.lang, case, context)
        context = turn.context
        yield judge(talk, number, turn.answer.topic, turn.answer.text, turn.answer.lines)


def judge(talk: Talk, number: int, topic: str, text: str, lines: tuple[int, ...]) -> Judged:
    """What is wrong with an answer: its topic, a missing fact, a forbidden statement, its lines.

    Harmful is a forbidden statement, or an answer where the program should have declined.
    """
    wanted = talk.turns[number - 1]
    flat = " ".join(text.split())
    missing = [f"lacks {p}" for p in wanted.get("must", ()) if not _found(p, flat)]
    forbidden = [f"says {p}" for p in wanted.get("must_not", ()) if _found(p, flat)]
    answered = all(t.startswith("decline.") for t in wanted["topics"]) and not topic.startswith("decline.")
    wrong = [] if topic in wanted["topics"] else ["topic"]
    if not set(wanted.get("lines", ())) <= set(lines):
        wrong.append("lines")
    return Judged(talk, number, wanted, topic, flat, lines, (*wrong, *missing, *forbidden), bool(forbidden) or answered)


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None


def groups_of(judged: Judged) -> Iterator[str]:
    """The groups that a turn counts for in the score."""
    yield f"topic {judged.family}"
    yield f"speech {judged.talk.speech}"
    yield from (f"voice {tag}" for tag in judged.talk.tags)
    yield "turn first" if judged.number == 1 else "turn later"
    yield "papers none" if not judged.talk.documents else f"papers {len(judged.talk.documents)}"


def shares(all_judged: Iterable[Judged]) -> dict[str, tuple[int, int]]:
    """Group to (right turns, turns)."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for judged in all_judged:
        for group in groups_of(judged):
            counts[group][0] += not judged.wrong
            counts[group][1] += 1
    return {group: (right, turns) for group, (right, turns) in sorted(counts.items())}


def confusions(all_judged: Iterable[Judged]) -> Counter[tuple[str, str]]:
    """(best accepted topic, topic that came instead), most frequent first when asked with most_common."""
    return Counter((j.wanted["topics"][0], j.topic) for j in all_judged if "topic" in j.wrong)
