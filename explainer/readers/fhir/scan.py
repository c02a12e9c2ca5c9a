"""JSON with a place for every value. Strict: what the standard does not allow is refused, naming line and column only."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from explainer.readers.base import Unreadable
from explainer.settings import Limits

_SPACE = re.compile(r"[ \t\n\r]*")
_PIECE = re.compile(r'[ \t\n\r]*(?:("[^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+")|([{}\[\],:])|([^\s{}\[\],:"]+))', re.S)
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
_WORDS = {"true": True, "false": False, "null": None}
_LONE = re.compile("[\ud800-\udfff]")

Plain = str | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value and its characters [start, end) in the text: an object, an array, or a plain value."""

    value: "Plain | Mapping[str, Node] | tuple[Node, ...]"
    start: int
    end: int


@dataclass(slots=True)
class Scanner:
    """One pass over a text. repeated: keys that stood twice in their object with different values, and so say nothing.

    damaged: half characters that were replaced.
    """

    text: str
    limits: Limits
    repeated: set[str] = field(default_factory=set)
    damaged: int = 0
    nodes: int = 0
    at: int = 0
    _kind: int = 0
    _piece: str = field(default="", repr=False)
    _start: int = 0

    def document(self) -> Node:
        """The one value of the text. Raises Unreadable."""
        node = self.value(0)
        if not self.finished():
            raise self.broken(self.at)
        return node

    def finished(self) -> bool:
        """Whether nothing but white space is left."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at >= len(self.text)

    def broken(self, at: int, code: str = "json-broken") -> Unreadable:
        """The refusal of what stands there."""
        line = self.text.count("\n", 0, at) + 1
        return Unreadable(code, row=line, column=at - self.text.rfind("\n", 0, at))

    def value(self, depth: int) -> Node:
        """The value that starts here. Raises Unreadable: json-broken, json-too-deep, json-number, too-big."""
        self._next()
        return self._value(depth)

    def _next(self) -> None:
        match = _PIECE.match(self.text, self.at)
        if match is None:
            self.finished()
            raise self.broken(self.at)
        self._kind, self.at = match.lastindex or 0, match.end()
        self._piece, self._start = match[self._kind], match.start(self._kind)

    def _value(self, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > self.limits.json_nodes:
            raise Unreadable("too-big")
        if self._kind == 1:
            start = self._start
            return Node(self._string(), start, self.at)
        if self._kind == 3:
            return Node(self._word(), self._start, self.at)
        if self._piece not in "{[":
            raise self.broken(self._start)
        if depth >= self.limits.json_depth:
            raise self.broken(self._start, "json-too-deep")
        return self._object(depth) if self._piece == "{" else self._array(depth)

    def _object(self, depth: int) -> Node:
        start, unsure = self._start, set[str]()
        found: dict[str, Node] = {}
        self._next()
        while self._piece != "}" or self._kind == 1:
            if self._kind != 1:
                raise self.broken(self._start)
            key = self._string()
            self._want(":")
            value = self.value(depth + 1)
            if key in found and self._differ(found[key], value):
                unsure.add(key)
            found[key] = value
            self._comma("}")
        self.repeated |= unsure
        return Node({name: node for name, node in found.items() if name not in unsure} if unsure else found, start, self.at)

    def _differ(self, one: Node, other: Node) -> bool:
        return self.text[one.start : one.end] != self.text[other.start : other.end]

    def _array(self, depth: int) -> Node:
        start = self._start
        found: list[Node] = []
        self._next()
        while self._piece != "]" or self._kind == 1:
            found.append(self._value(depth + 1))
            self._comma("]")
        return Node(tuple(found), start, self.at)

    def _comma(self, closing: str) -> None:
        """Behind a value: the closing mark, or a comma and another token."""
        self._next()
        if self._kind == 2 and self._piece == closing:
            return
        if self._kind != 2 or self._piece != ",":
            raise self.broken(self._start)
        self._next()
        if self._kind == 2 and self._piece == closing:
            raise self.broken(self._start)

    def _want(self, mark: str) -> None:
        self._next()
        if self._kind != 2 or self._piece != mark:
            raise self.broken(self._start)

    def _string(self) -> str:
        token = self._piece
        if "\\" not in token:
            return token[1:-1]
        try:
            made: str = json.loads(token)
        except ValueError:
            raise self.broken(self._start) from None
        whole, lone = _LONE.subn("\ufffd", made)
        self.damaged += lone
        return whole

    def _word(self) -> Plain:
        if self._piece in _WORDS:
            return _WORDS[self._piece]
        match = _NUMBER.fullmatch(self._piece)
        if match is None:
            raise self.broken(self._start)
        whole, fraction, power = match[1], match[2] or "", match[3] or "0"
        digits = self.limits.json_digits
        if len(whole) > digits or len(fraction) > self.limits.json_fraction or len(power) > 3 or abs(int(power)) > digits:
            raise self.broken(self._start, "json-number")
        return Decimal(self._piece)
