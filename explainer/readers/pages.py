"""Pages of words with places: what a PDF, a scan or a photo gives before anybody asks what the words mean."""

from dataclasses import dataclass

from explainer.model.source import Box, PageSize

PRINTED = 1.0


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word and its box in points from the upper left corner. sure: 0 to 1; 1 where the file itself holds the text."""

    text: str
    box: Box
    sure: float = PRINTED


@dataclass(frozen=True, slots=True)
class Page:
    """One page upright, as a person reads it. rules: the straight lines drawn on it, as thin boxes.

    cut: words were left out because there were too many. hidden: how many words cannot be seen (no ink, the paper's colour).
    """

    size: PageSize
    words: tuple[PageWord, ...]
    rules: tuple[Box, ...] = ()
    cut: bool = False
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG, to be shown beside what was read of it. Its proportions are those of the page's size."""

    page: int
    width: int
    height: int
    png: bytes
