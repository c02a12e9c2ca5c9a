"""Where on a paper a value stands. Nothing that came from a paper goes without one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page's number (from 1) and its size in points, upright."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Span:
    """A place: which paper, which page (from 1), which characters of the paper's text [start, end), which box.

    Test a span with `is not None`; never by truth.
    """

    paper: str
    page: int = 1
    start: int = 0
    end: int = 0
    box: Box | None = None
