"""What was broken over lines, or over pages, put together again."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from explainer.readers.atoms import CODE, DATE, MONEY, sort_of
from explainer.readers.layout.headings import cell_of, said
from explainer.readers.layout.lines import Run
from explainer.readers.layout.write import Cell, TableRow
from explainer.readers.pages import PageWord

_WHOLE = (DATE, CODE, MONEY)


def joined_body(lines: Sequence[Sequence[PageWord]]) -> Cell:
    """The words of a cell of several printed lines: a day, code or amount broken over lines is put together again."""
    words = [w for line in lines for w in line]
    if len(lines) < 2:
        return cell_of(words)
    breaks = list(itertools.accumulate(len(line) for line in lines))[:-1]
    tight = cell_of(words, breaks)
    if Run(tuple(words)).sort not in _WHOLE and sort_of(said(tight)) in _WHOLE:
        return tight
    broken = [b for b in breaks if _hyphened(words[b - 1].text, words[b].text)]
    going_on = [b for b in breaks if b not in broken and _goes_on_behind_dash(words[b - 1].text, words[b].text)]
    return cell_of(words, (*broken, *going_on), [b - 1 for b in broken])


def _hyphened(before: str, after: str) -> bool:
    whole = "-" not in before[:-1] and "-" not in after
    return len(before) > 2 and before[-1] == "-" and before[-2].islower() and after[:1].islower() and whole


def longer(row: TableRow, more: TableRow, page: int) -> TableRow:
    """A row with what stands of it on the next page, of that number."""
    return TableRow(tuple(_longer(cell, rest, page) for cell, rest in zip(row.cells, more.cells, strict=True)))


def _longer(cell: Cell, more: Cell, page: int) -> Cell:
    if not more:
        return cell
    joined = joined_body([[w.on_page for w in cell], [w.on_page for w in more]])
    first, *rest = joined[len(cell) :]
    end = replace(cell[-1], text=joined[len(cell) - 1].text) if cell else None
    kept = (*cell[:-1], end) if end else ()
    return (*kept, *(replace(w, page=page) for w in (first, *rest)))


def _goes_on_behind_dash(before: str, after: str) -> bool:
    """ "(97110-" "GP)", "PR-" "96", "one-on-" "one": the dash is a part of what is broken."""
    return len(before) > 2 and before[-1] == "-" and before[-2].isalnum() and after[:1].isalnum()
