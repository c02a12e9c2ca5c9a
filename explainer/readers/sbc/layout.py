"""The cells of the form's rows, by tabs and bars, by the places of columns, or by the words alone where columns are gone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explainer.readers.rows import Cell, Row
from explainer.readers.sbc.anchors import ROW, Anchor, following, next_after
from explainer.readers.sbc.costs import START

_FAR = 3
_MOST = 1500
_NAME = 90


@dataclass(frozen=True, slots=True)
class Part:
    """One row or question: its anchor, all of its words [start, end), and its cells behind the name where they are sure.

    flow: the words behind the name in printed order, where there are no columns.
    """

    anchor: Anchor
    start: int
    end: int
    name: str = ""
    cells: tuple[str, ...] | None = None
    flow: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The text of a form, its lines, the fixed names in it, and where its last column of a table starts (ruled rows)."""

    text: str
    rows: Sequence[Row]
    anchors: Sequence[Anchor]

    def row_of(self, place: int) -> Row:
        """The line that holds that character."""
        low, high = 0, len(self.rows) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.rows[middle].start <= place else (low, middle - 1)
        return self.rows[low]


def parts_of(form: Form, sort: str) -> list[Part]:
    """The rows (ROW) or questions (ASK) of a form, each as it can be read."""
    mine = [a for a in form.anchors if a.sort == sort]
    if sort == ROW:
        mine = _in_table(form, mine)
    ruled = [a for a in mine if form.row_of(a.start).ruled]
    wide = [a for a in mine if len(form.row_of(a.start).cells) >= 3]
    if len(ruled) * 2 >= len(mine) > 0:
        return [_ruled(form, a) for a in mine]
    if len(wide) * 2 >= len(mine) > 0:
        return _placed(form, mine, wide)
    return [_flowing(form, a) for a in mine]


def _in_table(form: Form, mine: Sequence[Anchor]) -> list[Anchor]:
    """Names of services count between the heading of the table and the lists at the end."""
    heads = [a.start for a in form.anchors if a.kind in ("heading", "event")]
    lists = [a.start for a in form.anchors if a.sort == "list"]
    until = min([x for x in lists if mine and x > mine[0].start], default=len(form.text))
    since = min(heads, default=0)
    return [a for a in mine if since <= a.start < until]


def _clean(text: str) -> str:
    return " ".join(text[:_MOST].split()).strip(" |•*")


def _ruled(form: Form, anchor: Anchor) -> Part:
    row = form.row_of(anchor.start)
    at = next((i for i, c in enumerate(row.cells) if c.start <= anchor.start < max(c.end, c.start + 1)), None)
    if at is None or not row.ruled:
        return _flowing(form, anchor)
    behind = [_clean(c.text) for c in row.cells[at + 1 :]]
    while behind and not behind[-1]:
        behind.pop()
    return Part(anchor, anchor.start, row.whole.end, _clean(row.cells[at].text), tuple(behind))


def _flowing(form: Form, anchor: Anchor) -> Part:
    """Without columns: everything up to the next fixed name; the name runs on until a cost begins."""
    end = min(next_after(form.anchors, anchor.start, len(form.text)), anchor.end + _MOST)
    behind = form.text[anchor.end : end]
    first = START.search(behind[:_NAME]) if anchor.sort == ROW else None
    at = first.start() if first else 0
    last = anchor.start + len(form.text[anchor.start : end].rstrip())
    name = _clean(form.text[anchor.start : anchor.end + at])
    return Part(anchor, anchor.start, last, name, None, _clean(behind[at:]))


def _placed(form: Form, mine: Sequence[Anchor], wide: Sequence[Anchor]) -> list[Part]:
    """By the places of the columns, which the lines with a name show."""
    lefts = _columns(form, wide)
    lines = [form.row_of(a.start) for a in mine]
    out = []
    for number, anchor in enumerate(mine):
        above, here = (lines[number - 1] if number else None), lines[number]
        below = lines[number + 1] if number + 1 < len(mine) else None
        block = _block(form, anchor, above, here, below)
        cells = _cells(block, lefts)
        sure = _tops(here, lefts, anchor.sort) and (below is None or _parted(form, here, below, lefts, anchor.sort))
        last = block[-1].whole.end if block else here.whole.end
        name = _name(cells.get(0, "")) or form.text[anchor.start : anchor.end]
        said = tuple(_clean(cells.get(i, "")) for i in range(1, len(lefts))) if sure else None
        out.append(Part(anchor, anchor.start, last, name, said))
    return out


def _name(text: str) -> str:
    cost = START.search(text)
    return _clean(text[: cost.start()] if cost else text)


def _columns(form: Form, wide: Sequence[Anchor]) -> list[int]:
    """The left edges of the name's column and of those behind it."""
    firsts: Counter[int] = Counter()
    behind: Counter[int] = Counter()
    for anchor in wide:
        row = form.row_of(anchor.start)
        at = next((i for i, c in enumerate(row.cells) if c.start <= anchor.start < c.end), 0)
        firsts[row.cells[at].left] += 1
        behind.update(c.left for c in row.cells[at + 1 :])
    lefts = [firsts.most_common(1)[0][0]]
    for left in sorted(behind):
        if left - lefts[-1] > _FAR:
            lefts.append(left)
    return lefts


def _column_of(cell: Cell, lefts: Sequence[int]) -> int | None:
    """The number of the column in which a cell starts; None left of the name's column."""
    found = [i for i, left in enumerate(lefts) if left <= cell.left + _FAR]
    return found[-1] if found else None


def _block(form: Form, anchor: Anchor, above: Row | None, here: Row, below: Row | None) -> list[Row]:
    """The lines of a row: from its name to the next fixed name, or to an empty line."""
    at = here.index
    lines = (form.row_of(a.start).index for a in following(form.anchors, anchor.start))
    until = next((line for line in lines if line > at), len(form.rows))
    if below is not None:
        until = min(until, below.index)
    block = []
    for row in form.rows[at : max(until, at + 1)]:
        if row.blank:
            break
        block.append(row)
    if above is not None and above.index == here.index:
        return []
    return block


def _cells(block: Sequence[Row], lefts: Sequence[int]) -> Mapping[int, str]:
    out: dict[int, str] = {}
    for row in block:
        for cell in row.cells:
            at = _column_of(cell, lefts)
            if at is not None:
                out[at] = f"{out[at]} {cell.text}" if at in out else cell.text
    return out


def _tops(row: Row, lefts: Sequence[int], sort: str) -> bool:
    """Whether the row's cells start on the line of its name: then nothing of it stands above."""
    cells = {at: c.text for c in row.cells if (at := _column_of(c, lefts)) is not None}
    first = cells.get(1, "")
    begun = START.match(first) is not None if sort == ROW else bool(first) and not first[0].islower()
    return begun and not any(text[0].islower() for at, text in cells.items() if at > 1)


def _parted(form: Form, here: Row, below: Row, lefts: Sequence[int], sort: str) -> bool:
    """Whether it is sure where a row ends: an empty line stands before the next one, or the next one starts on its own line."""
    between = form.rows[here.index + 1 : below.index]
    return any(r.blank for r in between) or _tops(below, lefts, sort)
