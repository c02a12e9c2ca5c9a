"""Why something was not paid, from the payer's own words ("benefit maximum reached"). A note key itself is never looked up."""

import re
import unicodedata
from functools import lru_cache

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Phrases

_SPACE = re.compile(r"[\s\-\u2010-\u2015]+")


def worded_bucket(text: str, knowledge: Knowledge) -> str | None:
    """The kind of reason that the words name; the longest phrase counts. None for none, and where two kinds are named alike."""
    words = _plain(text)
    found = [(longest, bucket) for bucket in knowledge.refusals if (longest := _longest(words, bucket, knowledge))]
    best = max((length for length, _ in found), default=0)
    named = [bucket for length, bucket in found if length == best]
    return named[0] if len(named) == 1 else None


def _longest(words: str, bucket: str, knowledge: Knowledge) -> int:
    entry = knowledge.refusals[bucket]
    if any(pattern.search(words) for pattern in _patterns(entry.never)):
        return 0
    return max((len(found[0]) for pattern in _patterns(entry.phrases) if (found := pattern.search(words))), default=0)


@lru_cache(maxsize=64)
def _patterns(phrases: Phrases) -> tuple[re.Pattern[str], ...]:
    """Whole words; a star stands for the rest of a word, and "..." for up to three words between."""
    return tuple(re.compile(_regex(_plain(phrase))) for phrase in (*phrases.en, *phrases.es))


def _regex(phrase: str) -> str:
    body = re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ \.\.\.\ ", r"(?: [^ .]+){0,3} ")
    return rf"(?<!\w){body}(?!\w)"


def _plain(text: str) -> str:
    """Small letters without accents, since papers drop them."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return _SPACE.sub(" ", bare).strip()
