"""Labelled values gathered into services, totals and the facts of a claim, in printed order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from explainer.model.amounts import MONEY_FIELDS
from explainer.readers.below import amount_alone, value_below, values_under
from explainer.readers.columns import MONEY_COLUMNS
from explainer.readers.day_labels import is_bare
from explainer.readers.fields import codes
from explainer.readers.labels import LabelBook
from explainer.readers.pair import Pair
from explainer.readers.pairs import keyed, money_label, pairs_of
from explainer.readers.record import LINE, TOTAL, Record
from explainer.readers.rows import Cell, Row
from explainer.readers.service import unnumbered
from explainer.readers.titles import may_be_title, of_section, valued_label

_OF_A_LINE = frozenset(
    (
        "code",
        "modifiers",
        "modifiers_more",
        "units",
        "minutes",
        "description",
        "revenue_code",
        "place_of_service",
        "remarks",
        "approved",
    )
)
_OPENS_CLAIM = frozenset(("claim_id", "provider", "patient"))
# Amounts on such a line are a year's, whatever they are called: they are no claim's.
_OF_THE_YEAR = re.compile(r"\W*(?:(?:plan )?year[- ]to[- ]date|ytd|acumulado|en lo que va del año)\b", re.I)


# "For questions on 97110 call us. Deductible $500.00"
_SENTENCE = re.compile(r"[a-z0-9]\.\s*\Z")


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value that belongs to a claim or to the paper rather than to a service. bare: a day behind "Date" alone."""

    field: str
    value: Cell
    bare: bool = False


@dataclass(slots=True)
class _Group:
    """Labelled values that belong together, and the line above them; or `apart`, the line above an empty one."""

    title: Cell | None = None
    apart: Row | None = None
    numbered: bool = False
    cells: dict[str, tuple[Cell, ...]] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    bare: bool = False

    def add(self, pair: Pair, bare: bool) -> None:
        if not self.cells:
            self.start = self.title.start if self.title else pair.label.start
        self.cells[pair.field] = (*self.cells.get(pair.field, ()), pair.value)
        self.end = max(self.end, pair.value.end, pair.label.end)
        self.bare = self.bare or bare

    @property
    def monies(self) -> int:
        return sum(1 for name in self.cells if name in MONEY_FIELDS)

    @property
    def has_code(self) -> bool:
        texts = [c.text for name in ("code", "description") for c in self.cells.get(name, ())]
        return bool(self.cells.get("code")) or any(codes.search(t) for t in [*texts, self.title.text if self.title else ""])


@dataclass(slots=True)
class Blocks:
    """The state of one walk down the lines that no table took."""

    book: LabelBook
    events: list[Fact | Record] = field(default_factory=list)
    groups: list[tuple[int, _Group]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    group: _Group = field(default_factory=_Group)
    title: Row | None = None
    apart: Row | None = None
    title_used: int = -1
    gap: bool = False

    def close(self) -> None:
        """Ends the group of labelled values, if one is open."""
        if self.group.cells:
            self.groups.append((len(self.events), self.group))
            self.events.append(Fact("", self.group.title or next(iter(self.group.cells.values()))[0]))
        self.group = _Group()

    def take(self, row: Row, pairs: Sequence[Pair]) -> None:
        """The labelled values of one line."""
        self.used.add(row.index)
        lead = self._lead(row, pairs)
        if lead is not None:
            self.close()
            self.group = _Group(lead)
        if not any(map(self._of_service, pairs)):
            self.apart = None
        for pair in pairs:
            if self._of_service(pair):
                if self._begins_services(row, pair):
                    self.close()
                self._into_group(pair)
            else:
                if pair.field in _OPENS_CLAIM:
                    self.close()
                self.events.append(Fact(pair.field, pair.value))
        self.title, self.gap = None, False

    def _begins_services(self, row: Row, pair: Pair) -> bool:
        """ "Service details" with a service below it: the amounts before it are those of the whole claim."""
        below = pair.value.start > row.end and pair.field in ("description", "code")
        return below and self.group.monies > 1 and not self.group.has_code and codes.search(pair.value.text) is not None

    def _of_service(self, pair: Pair) -> bool:
        if pair.field in ("status", "reason_text"):
            return not self.gap and bool(self.group.cells) and (self.group.monies > 0 or self.group.title is not None)
        return pair.field in MONEY_COLUMNS or pair.field in _OF_A_LINE or pair.field in ("service_date", "service_end")

    def _into_group(self, pair: Pair) -> None:
        twice = pair.field in self.group.cells and pair.field not in (
            "remarks",
            "modifiers",
            "modifiers_more",
            "description",
            "reason_text",
        )
        # "Service 2:" before its words begins a service, as a title does.
        twice = twice or (pair.field == "description" and not unnumbered(f"{pair.label.text}:") and bool(self.group.cells))
        apart = self.gap and self.group.monies > 0 and pair.field not in MONEY_COLUMNS and pair.field != "remarks"
        if self.title is not None or twice or apart:
            self.close()
            self.entitle(self.group, self.title)
            self.title = None
        if not self.group.cells:
            self.group.apart = self.apart
        self.apart = None
        self.group.add(pair, pair.field == "service_date" and is_bare(self.book, pair.label.text.rstrip(":")))

    def entitle(self, group: _Group, title: Row | None) -> None:
        """Gives labelled values the words of a line above them."""
        if title is not None:
            group.title = title.whole
            group.numbered = not unnumbered(title.whole.text.rstrip(":"))
            self.used.add(title.index)

    def _lead(self, row: Row, pairs: Sequence[Pair]) -> Cell | None:
        """The words of a service before its labelled amounts on the same line."""
        whole = row.whole
        first = min(p.label.start for p in pairs)
        before = whole.part(0, max(0, first - whole.start))
        lead = before.text.rstrip(" :-–—,;")
        found = codes.search(lead) if pairs[0].field in MONEY_COLUMNS or pairs[0].field == "units" else None
        if found is None or len(lead) >= 160 or codes.is_other_number(lead[: found.start]) or _SENTENCE.search(before.text):
            return None
        return before

    def other(self, row: Row) -> None:
        """A line without labelled values: it may be the title of what follows."""
        if self.group.cells and not self.gap and (valued_label(row) or amount_alone(row)):
            return
        self.apart = None
        if may_be_title(row):
            self.title = row
            if codes.search(row.text) and self.group.monies:
                self.close()
        else:
            self.title = None

    def unknown(self, row: Row, after: Row | None, value_first: bool | None) -> bool:
        """Whether a line among labels with their values below is a label that nobody knows, and the next its amount."""
        among = bool(self.group.cells) and not self.gap and value_first is False and row.single is not None
        title = codes.search(row.text) is not None or not unnumbered(row.text.strip())
        return among and not title and amount_alone(after) and not money_label(self.book, row) and not amount_alone(row)

    def blank(self) -> None:
        """An empty line parts a title from what follows, unless the title is a service by itself."""
        self.gap = True
        if self.title is not None and not codes.search(self.title.text) and unnumbered(self.title.text.strip().rstrip(":")):
            self.title, self.apart = None, self.title


def walk(book: LabelBook, rows: Sequence[Row], taken: set[int]) -> Blocks:
    """All labelled values in the lines that are not in `taken`."""
    blocks = Blocks(book)
    at, value_first, run = 0, None, -1
    while at < len(rows):
        row = rows[at]
        at += 1
        if row.index in taken:
            blocks.close()
            blocks.title = None
            continue
        if row.blank:
            blocks.blank()
            continue
        found = [] if _OF_THE_YEAR.match(row.text) else pairs_of(book, row)
        if found:
            blocks.take(row, found)
            continue
        if blocks.unknown(row, rows[at] if at < len(rows) else None, value_first):
            at += 1
            continue
        under = values_under(book, rows, at - 1)
        if under and under[1] not in taken:
            blocks.take(row, under[0])
            blocks.used.add(under[1])
            at = under[1] + 1
            continue
        two = value_below(book, rows, at - 1, value_first, run == at - 1)
        if two and two[1] not in taken:
            value_first = two[2] if two[0].field in MONEY_COLUMNS else value_first
            blocks.take(row, [keyed(two[0])])
            blocks.used.add(two[1])
            at = run = two[1] + 1
        else:
            blocks.other(row)
    blocks.close()
    return blocks


def _kind(book: LabelBook, group: _Group, alike: bool) -> str | None:
    title = group.title.text.rstrip(":").strip() if group.title else ""
    if title and (book.is_("total", title) or title.lower().startswith(("total", "subtotal"))):
        return TOTAL
    if group.has_code or (group.monies and (group.numbered or group.cells.get("description") or group.cells.get("units"))):
        return LINE
    if not any(name in MONEY_COLUMNS for name in group.cells):
        return None
    dated = "service_date" in group.cells
    if alike and group.monies >= 2 and (dated or (title and not _titled_as_section(book, group))):
        return LINE
    return TOTAL


def _titled_as_section(book: LabelBook, group: _Group) -> bool:
    """A title that ends with a colon, or is a word for a paper or a section, names no service."""
    return of_section(book, group.title.text if group.title else "")


def _undecided(book: LabelBook, group: _Group) -> bool:
    return group.monies >= 2 and (
        "service_date" in group.cells or (group.title is not None and not _titled_as_section(book, group))
    )


def _entitle_cards(blocks: Blocks) -> None:
    """The headlines of cards are the words of their services, though an empty line stands below them: where several cards have a
    code each, and headlines that differ and are none of a section."""
    cards = [g for _, g in blocks.groups if g.apart and not g.title and g.cells.get("code") and not g.cells.get("description")]
    said = {card.apart.text.strip() for card in cards if card.apart}
    if len(said) < 2 or any(of_section(blocks.book, text) for text in said):
        return
    for card in cards:
        blocks.entitle(card, card.apart)
        card.start = card.title.start if card.title else card.start


def _record(group: _Group, kind: str) -> Record:
    cells = dict(group.cells)
    if kind == LINE and group.title and not group.numbered:
        cells["description"] = (group.title, *cells.get("description", ()))
    names = tuple(name for name in cells if name in MONEY_COLUMNS)
    return Record(kind, group.start, group.end, cells, names, group=2000)


def events_of(blocks: Blocks) -> list[Fact | Record]:
    """Facts and records in printed order."""
    book = blocks.book
    _entitle_cards(blocks)
    open_ = [g for _, g in blocks.groups if _undecided(book, g) and _kind(book, g, False) == TOTAL
             and not (g.title and book.is_("total", g.title.text.rstrip(":")))]  # fmt: skip
    alike = len(open_) >= 2 and len({frozenset(n for n in g.cells if n in MONEY_COLUMNS) for g in open_}) == 1
    among = {id(g) for g in open_}
    events: list[list[Fact | Record]] = [[e] for e in blocks.events]
    for at, group in blocks.groups:
        kind = _kind(book, group, alike and id(group) in among)
        day = group.cells.get("service_date") if kind != LINE else None
        events[at] = [Fact("service_date", day[0], group.bare)] if day else []
        events[at] += [_denied(book, _record(group, kind))] if kind else []
    return [e for es in events for e in es if not (isinstance(e, Fact) and not e.field)]


def _denied(book: LabelBook, record: Record) -> Record:
    said = f"{record.text('status')}"
    return replace(record, extra={"denied": "yes"}) if said and book.names("denied", said) else record
