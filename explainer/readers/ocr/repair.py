"""Scanned pages read, put right, and read again; with the doubts that are left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from explainer.readers.base import Reading
from explainer.readers.ocr.doubts import repairs, verdict, weighed
from explainer.readers.ocr.mend import mended, rewritten
from explainer.readers.pages import Page
from explainer.readers.placed import PlacedText


@dataclass(frozen=True, slots=True)
class Read:
    """done: the finished reading. structural: by line, the fields that were uncertain before words were weighed."""

    done: Reading
    text: PlacedText
    structural: dict[int, tuple[str, ...]]

    @property
    def failing(self) -> int:
        """How many lines have a sum that fails."""
        return sum(1 for line in self.done.document.lines if verdict(line.amounts.known()).doubtful)


def read_scanned(pages: Sequence[Page], read: Callable[[Sequence[Page]], Read]) -> Reading:
    """The reading of pages of which some are scanned. Raises what `read` raises."""
    right, changes = mended(pages)
    found = read(right)
    more = repairs(found.done.document, found.text)
    if more:
        again = read(rewritten(right, more))
        if len(again.done.document.lines) == len(found.done.document.lines) and again.failing <= found.failing:
            found, changes = again, (*changes, *more)
    return weighed(found.done, found.text, found.structural, changes)
