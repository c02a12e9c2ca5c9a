"""Answers as statements: each has a key of a sentence in content, its values, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from explainer.case import Case
from explainer.conversation.question import Context, Question
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank
from explainer.model.source import Span


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement rests on a source of content/sources by its id, through an entry or fact (`entry`, as in "carc:45")."""

    source: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """A statement about the program itself or the talk ("hello", "I did not understand"): rests on nothing outside."""


Support = Span | Cited | Own


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or two of an answer. `key` is a wording key. Refused without support.

    `part`: paragraph (default), item (of a list) or letter (kept as it is, for letters and scripts).
    """

    key: str
    support: tuple[Support, ...]
    values: Mapping[str, Blank] = field(default_factory=dict)
    part: str = "paragraph"

    def __post_init__(self) -> None:
        if not self.support:
            raise ValueError(f"statement {self.key} rests on nothing")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a topic answers. `topic` differs from the question's where the honest answer is another one (decline.unknown).

    lines: the lines it speaks of. values: figures for the contract's `values`. ask_next: topics worth asking about next.
    remember: what to keep of this turn (facts told). pending: a topic that waits for a missing fact.
    """

    topic: str
    statements: tuple[Statement, ...]
    lines: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    values: Mapping[str, Blank] = field(default_factory=dict)
    ask_next: tuple[str, ...] = ()
    remember: Mapping[str, str] = field(default_factory=dict)
    pending: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a topic's builder may look at."""

    question: Question
    case: Case
    context: Context
    knowledge: Knowledge

    @property
    def lang(self) -> Lang:
        return self.question.lang
