"""Looking into JSON that may be of any shape: what is missing or of the wrong sort is None, and the wrong sort is noted."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from explainer.model.source import Span
from explainer.readers.fhir.scan import Node

T = TypeVar("T")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,40})?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T.*)?")
# The most characters of one text that are of use to anybody; longer ones are documents of their own.
_KEPT = 4_000


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """A value and where it stands."""

    value: T
    span: Span


@dataclass(slots=True)
class Look:
    """What looking through one file found odd. wrong: names of elements of the wrong sort. undated: texts that are no day.

    hidden: where texts with unseen marks begin.
    """

    paper: str
    wrong: dict[str, Span] = field(default_factory=dict)
    undated: list[Said[str]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


def plain(text: str) -> str:
    """A text with single spaces and without marks that nobody sees or that turn the order of what is shown."""
    shown = text if text.isprintable() else "".join(" " if c.isspace() else c for c in text if c.isspace() or not _unseen(c))
    return " ".join(shown.split())[:_KEPT]


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN


@dataclass(frozen=True, slots=True)
class View:
    """A place in the file, or a place that is not there (node None)."""

    node: Node | None
    look: Look

    def __bool__(self) -> bool:
        return self.node is not None

    @property
    def span(self) -> Span:
        """Where it stands. Only asked of what is there."""
        assert self.node is not None
        return Span(self.look.paper, 1, self.node.start, self.node.end)

    @property
    def names(self) -> Mapping[str, Node]:
        """The elements of an object; none of anything else."""
        return self.node.value if self.node is not None and isinstance(self.node.value, Mapping) else {}

    def one(self, *names: str) -> "View":
        """The object below, along the names."""
        at = self
        for name in names:
            at = at._object(name)
        return at

    def _object(self, name: str) -> "View":
        node = self.names.get(name)
        if node is None or node.value is None:
            return View(None, self.look)
        return View(node, self.look) if isinstance(node.value, Mapping) else self._odd(name, node)

    def _odd(self, name: str, node: Node) -> "View":
        self.look.wrong.setdefault(name, Span(self.look.paper, 1, node.start, node.end))
        return View(None, self.look)

    def many(self, name: str) -> "list[View]":
        """The objects of a list."""
        node = self.names.get(name)
        if node is None or node.value is None:
            return []
        if not isinstance(node.value, tuple):
            self._odd(name, node)
            return []
        for item in node.value:
            if not isinstance(item.value, Mapping):
                self._odd(name, item)
        return [View(item, self.look) for item in node.value if isinstance(item.value, Mapping)]

    def any(self, name: str) -> "list[View]":
        """The objects of a list, or a single one that stands without a list (an older version of the standard)."""
        node = self.names.get(name)
        return [self.one(name)] if node is not None and isinstance(node.value, Mapping) else self.many(name)

    def numbers(self, name: str) -> list[str]:
        """The whole numbers of a list, as texts."""
        node = self.names.get(name)
        listed = node.value if node is not None and isinstance(node.value, tuple) else ()
        return [f"{item.value:f}" for item in listed if isinstance(item.value, Decimal)]

    def _plain(self, name: str, made: Callable[[Node], T | None]) -> Said[T] | None:
        node = self.names.get(name)
        if node is None or node.value is None:
            return None
        value = made(node)
        if value is None:
            self._odd(name, node)
            return None
        return Said(value, Span(self.look.paper, 1, node.start, node.end))

    def text(self, name: str) -> Said[str] | None:
        """A text that says something."""
        found = self._plain(name, lambda node: node.value if isinstance(node.value, str) else None)
        if found is None:
            return None
        shown = plain(found.value)
        if not found.value.isprintable() and any(_unseen(c) and not c.isspace() for c in found.value):
            self.look.hidden.add(found.span.start)
        return Said(shown, found.span) if shown else None

    def number(self, name: str) -> Said[Decimal] | None:
        """A number, also one written as a text."""
        return self._plain(name, _decimal)

    def day(self, name: str) -> Said[date] | None:
        """The day of a date or of a time, as it is written there. A month or a year alone is no day."""
        found = self.text(name)
        match = _DAY.fullmatch(found.value) if found else None
        if found is None:
            return None
        try:
            return Said(date(int(match[1]), int(match[2]), int(match[3])), found.span) if match else None
        except ValueError:
            self.look.undated.append(found)
            return None


def _decimal(node: Node) -> Decimal | None:
    if isinstance(node.value, str):
        return Decimal(node.value) if _DECIMAL.fullmatch(node.value) else None
    return node.value if isinstance(node.value, Decimal) else None
