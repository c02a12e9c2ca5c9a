"""Where the form's fixed names stand in a text, whatever became of its columns."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from explainer.readers.labels import LabelBook
from explainer.readers.rows import Cell, Row
from explainer.readers.words import Word, words

ROW, ASK, LIST, END = "row", "ask", "list", "end"
_LONGEST = 12
_TITLE = re.compile(
    r"summary\s+of\s+benefits\s+and\s+coverage|resumen\s+de\s+(?:los\s+)?beneficios\s+y\s+(?:la\s+)?cobertura", re.I
)
_ARTICLE = re.compile(r"(?:(?:the|el|la|los|las)\s+)?[\s¿¡*•\"“'(]*$", re.I)
_WRAPPED = 6
_BEFORE = 20
_FORM = (
    re.compile(r"important\s+questions|preguntas\s+importantes", re.I),
    re.compile(r"common\s+medical\s+event|eventos?\s+m[ée]dicos?\s+com[úu]n", re.I),
    re.compile(r"services\s+you\s+may\s+need|servicios\s+que\s+(?:podr[íi]a|puede)\s+necesitar", re.I),
    re.compile(r"overall\s+deductible|deducible\s+(?:general|total)", re.I),
    re.compile(r"referral\s+to\s+see\s+a\s+specialist|para\s+ver\s+a\s+un\s+especialista", re.I),
    re.compile(r"what\s+you\s+will\s+pay|lo\s+que\s+usted\s+pagar[áa]", re.I),
)


def is_sbc(text: str) -> bool:
    """Whether a text is the form itself rather than a paper that speaks of it."""
    said = sum(1 for part in _FORM if part.search(text))
    return said >= (2 if _TITLE.search(text) else 4)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A fixed name at characters [start, end). sort: row, ask, list or end. kind: rehabilitation, deductible, ..."""

    sort: str
    kind: str
    start: int
    end: int


def _names(book: LabelBook) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for name, keys in book.sorts.items():
        form, _, rest = name.partition("-")
        sort, _, kind = rest.partition("-")
        if form == "sbc" and sort in (ROW, ASK, LIST, END):
            found |= dict.fromkeys(keys, (sort, kind))
    return found


def anchors_in(book: LabelBook, text: str, rows: Sequence[Row]) -> list[Anchor]:
    """All fixed names that start a line, a cell, or what follows another fixed name, in printed order."""
    names, listed = _names(book), words(text)
    starts = {c.start for row in rows for c in row.cells} | {row.whole.start for row in rows if not row.blank}
    found: list[Anchor] = []
    at = 0
    while at < len(listed):
        hit, used = _longest(names, listed, at)
        hit = _begun(hit, text, starts, found) if hit else None
        if hit is not None:
            found.append(hit)
        at += used if hit else 1
    taken = {a.start for a in found}
    wrapped = [a for a in _wrapped(names, rows) if a.start not in taken]
    return sorted([*found, *wrapped], key=lambda a: a.start)


def _wrapped(names: dict[str, tuple[str, str]], rows: Sequence[Row]) -> Iterator[Anchor]:
    """Names that run on below, within their own column, while other columns stand beside them."""
    for at, row in enumerate(rows):
        for cell in row.cells if not row.ruled and len(row.cells) > 1 else ():
            below = _below(rows[at + 1 : at + _WRAPPED], cell)
            hit, _ = _longest(names, words(" ".join([cell.text, *below])), 0) if below else (None, 0)
            if hit is not None and hit.start < 8 and hit.end > len(cell.text):
                yield Anchor(hit.sort, hit.kind, cell.start, cell.end)


def _below(rows: Sequence[Row], cell: Cell) -> list[str]:
    out: list[str] = []
    for row in rows:
        beneath = next((c for c in row.cells if abs(c.left - cell.left) <= 1), None)
        if beneath is None:
            break
        out.append(beneath.text)
    return out


def _longest(names: dict[str, tuple[str, str]], listed: Sequence[Word], at: int) -> tuple[Anchor | None, int]:
    best: tuple[Anchor | None, int] = (None, 1)
    key = ""
    for count, word in enumerate(listed[at : at + _LONGEST], 1):
        key = f"{key} {word.word}" if key else word.word
        told = names.get(key)
        if told:
            best = Anchor(*told, listed[at].start, word.end), count
    return best


def _begun(hit: Anchor, text: str, starts: set[int], found: Sequence[Anchor]) -> Anchor | None:
    """The name with what belongs before it, if it may start there."""
    since = max(0, hit.start - _BEFORE)
    line = max(text.rfind("\n", since, hit.start) + 1, since)
    led = _ARTICLE.search(text, line, hit.start)
    start = led.start() if led else hit.start
    while start < hit.start and text[start].isspace():
        start += 1
    behind = text[found[-1].end : start] if found and found[-1].end <= start else "x"
    open_ = start in starts or hit.start in starts or not behind.strip(" \t?:|&;,.*-–")
    # The form's own explanations follow an answer on the same line.
    follows = hit.kind == "why" or (hit.sort == END and behind[-2:] in (". ", "? "))
    return replace(hit, start=start) if open_ or follows else None


def following(anchors: Sequence[Anchor], start: int) -> Iterator[Anchor]:
    """The fixed names that start behind that character."""
    first = bisect_right(anchors, start, key=lambda a: a.start)
    return (anchors[i] for i in range(first, len(anchors)))


def next_after(anchors: Sequence[Anchor], start: int, end: int) -> int:
    """Where the next fixed name starts, else `end`."""
    at = bisect_right(anchors, start, key=lambda a: a.start)
    return anchors[at].start if at < len(anchors) else end
