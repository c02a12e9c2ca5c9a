"""Sentences before a language is chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording key with its values, before a language is chosen."""

    key: str
    values: Mapping[str, Blank]


def said(phrases: Iterable[Phrase], knowledge: Knowledge, lang: Lang) -> str:
    """The sentences in one language, one after the other."""
    return " ".join(knowledge.say(p.key, lang, p.values) for p in phrases)
