"""Where appeals go, in the paper's own words: an address or a fax printed near a word for appeals."""

import re
from collections.abc import Iterator

from explainer.conversation.reply import Statement
from explainer.conversation.topics.common import Talk, state
from explainer.model.document import Document
from explainer.model.source import Span

_PLACE = re.compile(r"\bp\.? ?o\.? ?box\b|\bapartado\b|\bfax\b", re.IGNORECASE)
_APPEAL = re.compile(r"\bappeal|\bapelaci|\bapelar\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[^\s.][a-z0-9)]\.)\s+(?=[A-Z¿])")
# How many lines above the address may speak of the appeal.
_ABOVE, _MOST = 2, 2


def printed_where(talk: Talk) -> tuple[Statement, ...]:
    """The paper's sentences that say where an appeal goes, quoted; none where it prints no such address."""
    if talk.eob is None:
        return ()
    found = dict(_addresses(talk.eob))
    said = (state("appeal.how.where-printed", (span,), words=words.rstrip(".")) for words, span in found.items())
    return tuple(said)[:_MOST]


def _addresses(paper: Document) -> Iterator[tuple[str, Span]]:
    lines, start = paper.text.split("\n"), 0
    for at, line in enumerate(lines):
        near = "\n".join(lines[max(0, at - _ABOVE) : at + 1])
        if _PLACE.search(line) and _APPEAL.search(near):
            yield from _sentences(paper, line, start)
        start += len(line) + 1


def _sentences(paper: Document, line: str, start: int) -> Iterator[tuple[str, Span]]:
    """The sentences of a line that hold the address."""
    begin = 0
    for end in (*(m.start() for m in _SENTENCE.finditer(line)), len(line)):
        words = line[begin:end].strip()
        if _PLACE.search(words):
            first = line.index(words, begin)
            yield " ".join(words.split()), Span(paper.paper, 1, start + first, start + first + len(words))
        begin = end
