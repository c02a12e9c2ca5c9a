"""Text of a statement or bill, from any medium, to a Document."""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from explainer.model.document import Accumulator, Problem, plain_key
from explainer.model.source import Span
from explainer.readers import appeals, notes
from explainer.readers.assemble import Parts, assemble
from explainer.readers.atoms import money_count
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.bills import (
    aging,
    due_in_aging,
    is_known_aside,
    is_receipt,
    receipts_of,
    running_balances,
    told_of,
    without,
)
from explainer.readers.blocks import Fact, events_of, walk
from explainer.readers.count_period import with_periods
from explainer.readers.day_labels import speaks_of_another
from explainer.readers.estimates import estimate_in
from explainer.readers.fields import dates
from explainer.readers.fields.counts import is_of_year
from explainer.readers.head_day import day_of_head
from explainer.readers.headless import read_headless
from explainer.readers.kind import kind_as_asked, sender
from explainer.readers.labels import LabelBook
from explainer.readers.labels_below import read_labels_below
from explainer.readers.msn import footnotes
from explainer.readers.msn.heads import heads, with_claim_ids
from explainer.readers.msn.stays import read_stays
from explainer.readers.name_lines import name_lines
from explainer.readers.names import after_day, beside_values, in_sentences, networks, with_network, without_members
from explainer.readers.record import LINE, MAYBE_KEY, Record
from explainer.readers.rows import Cell, Row, rows_of
from explainer.readers.service import keys_of
from explainer.readers.stacked import read_stacked
from explainer.readers.summaries import repeated
from explainer.readers.tables import read_tables
from explainer.readers.text import CleanText
from explainer.readers.twin_tables import twin_tables
from explainer.readers.yearly import read_yearly
from explainer.settings import Limits

_HEAD = 6
_NEAR, _FAR = 6, 40
_OF_SERVICE = re.compile(
    r"\b(?:services?|visits?|treatments?|care|seen|appointment|session|servicios?|visita|atenci[óo]n|tratamiento|cita)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a text holds: records and facts in printed order, and the lines that are taken; `counted`: those of running counts."""

    events: list[Fact | Record]
    used: set[int]
    counted: set[int]
    rows: Sequence[Row]


def _start(event: Fact | Record) -> int:
    return event.value.start if isinstance(event, Fact) else event.start


def _says_day(book: LabelBook, text: str) -> bool:
    """A day alone, or behind a few words that speak of a service ("Services received March 2, 2026") and of no other day."""
    if dates.days(text):
        return True
    day = dates.search(text)
    before = text[: day.start()] if day and day.end() == len(text.rstrip(" :.")) else ""
    told = _OF_SERVICE.search(before) is not None and not any(c.isdigit() or c == "$" for c in before)
    return told and not speaks_of_another(book, before)


def _day_of_visit(book: LabelBook, row: Row) -> Cell | None:
    """ "04/06/2026   Visit 778120   Ann Sample": a day at the head of a line that names a visit and no amount."""
    first = row.cells[0] if row.cells else None
    whole = first is not None and dates.days(first.text) is not None and _OF_SERVICE.search(row.text) is not None
    return first if whole and not money_count(row) and len(row.cells) <= 4 and not speaks_of_another(book, row.text) else None


def _section_days(book: LabelBook, rows: Sequence[Row], used: set[int], records: Sequence[Record]) -> list[Fact]:
    """A day on a line of its own, a few lines above the services it holds for."""
    starts = sorted(r.start for r in records)
    found = []
    for at, row in enumerate(rows):
        cell = row.single or _day_of_visit(book, row)
        if row.index in used or cell is None or len(cell.text) > 50 or not _says_day(book, cell.text):
            continue
        after = bisect_right(starts, row.end)
        if after < len(starts) and _near(rows[at + 1 : at + _FAR], starts[after], used):
            day = dates.search(cell.text)
            found.append(Fact("section_date", cell.part(day.start(), day.end()) if day else cell))
            used.add(row.index)
    return found


def _near(rows: Sequence[Row], start: int, used: set[int]) -> bool:
    """Whether a record starts within these lines, behind few that hold something; the lines of a heading do not count."""
    between = [r for r in rows if r.end < start]
    return len(between) < len(rows) and sum(not r.blank and r.index not in used for r in between) < _NEAR


def find(book: LabelBook, text: str, rows: Sequence[Row], paper: str) -> tuple[Found, tuple[Accumulator, ...]]:
    """Everything of value in the lines of a text."""
    stays, aside = read_stays(text, rows, paper), aging(rows)
    due = due_in_aging(book, rows, aside)
    aside |= twin_tables(book, rows)
    rows = without(rows, aside)
    yearly, of_year = read_yearly(rows, paper)
    taken = stays.used | of_year
    below = read_labels_below(book, without(rows, taken), taken)
    records, used = read_tables(book, without(rows, taken))
    in_tables = used | aside | taken
    records += below
    records = running_balances(records + stays.records) + due
    used |= aside | taken
    records += read_stacked(book, rows, used)
    free = [r for r in rows if r.index not in used]
    counted: set[int] = set()
    legend = notes.legend(book, rows, used)
    # A note on one stay counts the days up to that stay only.
    free = [r for r in free if r.index not in legend or notes.kind_of_count(r.text) != "benefit-days"]
    counts = notes.accumulators(free, counted, paper)
    counted |= {r.index for r in free if is_of_year(r.text)}
    records += read_headless(book, [r for r in rows if r.index not in legend], used)
    blocks = walk(book, rows, used | counted | legend)
    labelled = [e for e in events_of(blocks) if not (isinstance(e, Fact) and e.field == "provider" and dates.days(e.value.text))]
    every = records + [e for e in labelled if isinstance(e, Record)]
    used |= blocks.used
    labelled = without_members(labelled, text)
    facts = [e for e in labelled if isinstance(e, Fact)]
    extra = [
        *_section_days(book, rows, used, every),
        *beside_values(book, rows, facts),
        *networks(rows, blocks.used),
        *after_day(rows),
    ]
    extra += in_sentences(rows, facts)
    lines = sorted(r.start for r in every if r.kind == LINE)
    people = name_lines(book, [r for r in rows if r.index not in in_tables], [*facts, *extra], lines)
    starts = [r.start for r in rows]
    used |= {rows[bisect_right(starts, f.value.start) - 1].index for f in people}
    extra += people
    extra += with_network(book, [r for r in rows if not r.blank], used)
    again = repeated(every, rows)
    events = with_claim_ids(sorted((e for e in [*records, *labelled, *extra] if id(e) not in again), key=_start), text)
    return Found(events, used, counted, rows), with_periods(rows, (*yearly, *counts, *stays.days))


def _unread(book: LabelBook, found: Found, cut: Sequence[Row], paper: str) -> tuple[tuple[Span, ...], list[Problem]]:
    """Lines that nothing was read from. Only those with an amount are worth a word."""
    left = [r for r in found.rows if not r.blank and r.index not in found.used]
    spans = tuple(Span(paper, 1, r.whole.start, r.whole.end) for r in (*left, *cut))
    missed = [r for r in left if money_count(r) and not is_known_aside(book, r)]
    problems = []
    if missed:
        whole = missed[0].whole
        problems.append(Problem("lines-not-understood", {"count": len(missed)}, span=Span(paper, 1, whole.start, whole.end)))
    if cut:
        problems.append(Problem("document-cut", {"count": len(cut)}, span=Span(paper, 1, cut[0].start, cut[0].end)))
    return spans, problems


def printed_keys(events: Sequence[Fact | Record]) -> set[str]:
    """The note keys that lines carry."""
    return {key.key for e in events if isinstance(e, Record) for key in keys_of(e)}


def _maybe_keys(events: Sequence[Fact | Record]) -> set[str]:
    return {e.text(MAYBE_KEY) for e in events if isinstance(e, Record) and MAYBE_KEY in e.cells}


def _keyed(event: Fact | Record, told: Collection[str]) -> Fact | Record:
    """A row with a lone mark behind its amounts, which is a key where the paper has a note of that key."""
    if not isinstance(event, Record) or MAYBE_KEY not in event.cells:
        return event
    cells = {name: found for name, found in event.cells.items() if name != MAYBE_KEY}
    if plain_key(event.text(MAYBE_KEY)) in told:
        cells["remarks"] = event.cells[MAYBE_KEY]
    return replace(event, cells=cells)


def cleaning_problems(clean: CleanText) -> list[Problem]:
    """What cleaning the text took out or had to guess."""
    found = [Problem("hidden-marks", {"count": clean.hidden})] if clean.hidden else []
    return found + ([Problem("encoding-guessed")] if clean.doubtful else [])


def _with_payer(book: LabelBook, rows: Sequence[Row]) -> LabelBook:
    """The book with the headings that the payer at the head of its own paper may use; a clinic's bill stands for itself."""
    head = [r.text for r in rows if not r.blank][:_HEAD]
    named = sender(book, rows, set()) if any(book.names("eob", text) for text in head) else None
    return book.of_payer(named.text) if named else book


def read_statement(book: LabelBook, upload: Upload, clean: CleanText, limits: Limits, format_: str = "text") -> Reading:
    """The reading of a text; `format_` is the format it came in. Raises Unreadable: not-an-eob, no-amounts, too-big."""
    text = footnotes.without(clean.text)
    rows, cut = rows_of(text, limits.line_chars)
    if len(rows) > limits.csv_rows:
        raise Unreadable("too-big")
    found, counts = find(_with_payer(book, rows), text, rows, upload.paper)
    beside = twin_tables(book, rows)
    twins = [r for r in rows if r.index in beside]
    if twins and not any(isinstance(e, Record) for e in found.events):
        raise Unreadable("side-by-side")
    fields = [n for e in found.events if isinstance(e, Record) for n in e.cells]
    kind = kind_as_asked(book, text, fields, upload.format)
    if is_receipt(book, rows) and kind != "msn":
        raise Unreadable("receipt")
    if kind is None:
        raise Unreadable("not-an-eob")
    found.events.extend(heads(rows, found.events) if kind == "msn" else day_of_head(rows, found.events))
    found.events.sort(key=_start)
    payer = sender(book, rows, found.used, kind == "bill")
    legend = notes.notes(book, rows, found.used, printed_keys(found.events) | _maybe_keys(found.events), upload.paper)
    told = {plain_key(note.key) for note in legend}
    found.events[:] = [_keyed(event, told) for event in found.events]
    appeal = appeals.appeal(rows, found.used, upload.paper)
    found.used.update(found.counted)
    spans, problems = _unread(book, found, cut, upload.paper)
    problems += [Problem("side-by-side", span=Span(upload.paper, 1, twins[0].start, twins[-1].end))] if twins else []
    parts = Parts(
        clean.text,
        kind,
        found.events,
        payer,
        legend,
        counts,
        appeal,
        notes.phones(rows, upload.paper),
        spans,
        (*cleaning_problems(clean), *(told_of(clean.text, upload.paper) if kind == "bill" else ()), *problems),
        receipts_of(book, rows, [e for e in found.events if isinstance(e, Record)], upload.paper) if kind == "bill" else (),
        estimate_in(book, rows, upload.paper),
    )
    return assemble(book, upload, format_, parts)
