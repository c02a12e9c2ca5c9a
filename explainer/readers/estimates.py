"""Papers that only say before care what a plan would pay: nothing on them was paid, and nothing is owed."""

import re
from collections.abc import Sequence

from explainer.model.source import Span
from explainer.readers.atoms import money_count
from explainer.readers.labels import LabelBook
from explainer.readers.rows import Row
from explainer.readers.words import words

_HEAD = 6
# "Predetermination number 55": such a one was made before; this paper is another.
_NUMBERED = re.compile(r"\s*(?:(?i:no|num|number|nbr|ref\w*|id|n[úu]mero)\b|[#:])")
_SAID = re.compile(
    r"^\W*(?:this|it) is (?:only |just )?an? (?:estimate|predetermination|pre-?treatment)\b"
    r"|\bno services (?:have|has) been (?:billed|performed)"
    r"|^\W*est[oae] es (?:solo |s[óo]lo )?una? (?:c[áa]lculo|estimaci[óo]n|estimado|predeterminaci[óo]n)\b",
    re.I,
)


def estimate_in(book: LabelBook, rows: Sequence[Row], paper: str) -> Span | None:
    """Where a paper calls itself an estimate: in its head, or in a sentence of its own."""
    filled = [r for r in rows if not r.blank]
    for row in filled[:_HEAD]:
        at = None if money_count(row) else book.place_of("estimate", words(row.text))
        if at and not _NUMBERED.match(row.text, at[1]):
            return Span(paper, 1, row.start + at[0], row.start + at[1])
    said = ((r, found) for r in filled if (found := _SAID.search(r.text.strip())))
    return next((Span(paper, 1, r.whole.start, r.whole.end) for r, _ in said), None)
