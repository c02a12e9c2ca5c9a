"""The questions of one turn: sentences and clauses that ask, each with what was told for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.conversation.slots import Heard

_ENDS = frozenset(".?!;\n")
_PAUSES = frozenset(",:-\u2013\u2014(")
_MOST = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a turn's text, as characters [start, end). begins: where its own asking begins, after what was told for it."""

    start: int
    end: int
    begins: int

    def of(self, text: str) -> str:
        """The piece alone, every character in its place: what is not of it is blank."""
        return " " * self.start + text[self.start : self.end]

    def asking(self, text: str) -> str:
        """The asking alone, every character in its place."""
        return " " * self.begins + text[self.begins : self.end]


def parts_of(heard: Heard) -> tuple[Part, ...]:
    """The askings of a turn in order, each with what was told before it; one where nothing asks twice.

    What is told after the last asking belongs to it. Beyond three, the rest stays together.
    """
    pieces = list(_pieces(heard))
    asking = [at for at, piece in enumerate(pieces) if _asks(heard, *piece)]
    if not asking:
        return (Part(0, len(heard.text), 0),)
    ends = [pieces[at][1] for at in asking[:_MOST]]
    ends[-1] = len(heard.tokens)
    firsts = [0, *ends[:-1]]
    return tuple(_part(heard, first, pieces[at][0], end) for first, at, end in zip(firsts, asking, ends, strict=False))


def _part(heard: Heard, first: int, begins: int, end: int) -> Part:
    until = heard.tokens[end].start if end < len(heard.tokens) else len(heard.text)
    at = heard.tokens[first].start if first else 0
    return Part(at, until, heard.tokens[begins].start if begins else 0)


def _pieces(heard: Heard) -> Iterator[tuple[int, int]]:
    """The tokens [first, end) of each sentence, cut also where a question begins behind "and" or a comma."""
    first = 0
    for at in range(1, len(heard.tokens)):
        if _cut(heard, at):
            yield first, at
            first = at
    if heard.tokens:
        yield first, len(heard.tokens)


def _cut(heard: Heard, at: int) -> bool:
    between = heard.text[heard.tokens[at - 1].end : heard.tokens[at].start]
    if _ENDS & set(between) and any(c.isspace() for c in between):
        return True
    joined = max((h.end for h in heard.hits if h.name == "part-join" and h.first == at), default=at)
    return (joined > at or bool(_PAUSES & set(between))) and _begins(heard, joined)


def _begins(heard: Heard, at: int) -> bool:
    return any(h.name == "part-asks" and h.first == at for h in heard.hits)


def _asks(heard: Heard, first: int, end: int) -> bool:
    """Whether it ends in a question mark, begins as a question, or holds words that always ask."""
    until = heard.tokens[end].start if end < len(heard.tokens) else len(heard.text)
    if "?" in heard.text[heard.tokens[end - 1].end : until]:
        return True
    opening = max((h.end for h in heard.hits if h.name == "part-join" and h.first == first), default=first)
    return _begins(heard, opening) or any(h.name == "part-wh" and first <= h.first < end for h in heard.hits)
