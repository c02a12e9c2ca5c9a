"""Which kind of therapy a count of visits, a line or a question is of: PT, OT, SLP; DC, AC (chiropractic, acupuncture), OTHER."""

import re

from explainer.knowledge.base import Knowledge
from explainer.model.document import Accumulator, ServiceLine

# Words as papers and people write them, in both languages. A plan's count often names two or three kinds that share it.
_WORDS = {
    "PT": re.compile(r"\bphysical\b(?! exam)|\bp\.?t\b|\bphysiotherap|\bf[ií]sica\b|\bfisioterap|\bfisio\b", re.IGNORECASE),
    "OT": re.compile(r"\boccupational\b|\bo\.?t\b|\bocupacional", re.IGNORECASE),
    "SLP": re.compile(r"\bspeech\b|\blanguage path|\bslp\b|(?-i:\bST\b)|\bhabla\b|\blenguaje\b|\blogopedia\b", re.IGNORECASE),
    "DC": re.compile(r"\bchiropract|\bquiropr", re.IGNORECASE),
    "AC": re.compile(r"\bacupunct|\bacupunt", re.IGNORECASE),
    "OTHER": re.compile(r"\b(?:mental|behaviou?ral|home health|cardiac|pulmonary|vision|nursing)\b|\bdomicilio\b", re.IGNORECASE),
}
_OF_MARK = {"GP": "PT", "GO": "OT", "GN": "SLP"}


def named_in(text: str) -> frozenset[str]:
    """The kinds that a text names; none where it speaks of therapy or visits in general."""
    return frozenset(kind for kind, words in _WORDS.items() if words.search(text))


def of_count(count: Accumulator) -> frozenset[str]:
    """The kinds that share a count of visits; none where the paper does not say which."""
    return named_in(f"{count.words} {count.applies_to or ''}") if count.kind == "visits" else frozenset()


def of_line(line: ServiceLine, knowledge: Knowledge) -> frozenset[str]:
    """The kind that a line is of: by its modifier, else by the code of an evaluation or of speech therapy; none where it is open.

    Most treatment codes are used by several kinds of therapist, so they do not tell.
    """
    if marked := {_OF_MARK[m] for m in line.modifiers if m in _OF_MARK}:
        return frozenset(marked)
    entry = knowledge.procedure(line.code)
    if entry is None or not (entry.evaluation or set(entry.disciplines) <= {"SLP", "AUD"}):
        return frozenset()
    return frozenset(entry.disciplines)


def may_be_of(kinds: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a count can hold a line, or answer a question: they share a kind, or one of them names none."""
    return not kinds or not others or bool(kinds & others)
