"""A label with its value; and what stands in a line of such pairs and is none, or is another claim's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from explainer.readers.day_labels import DAYS
from explainer.readers.fields import dates
from explainer.readers.rows import Cell, Row

# "(reversal of claim 700099)", "replaces your claim 12": the number of another claim than the one at hand.
_OF_AN_EARLIER = re.compile(
    r"\b(?:(?:reversal|replacement|correction|adjustment|void) (?:of|to|for)|reverses|replac(?:es|ing)|supersedes|corrects|"
    r"adjusts|voids|original|previous|prior|earlier|(?:reverso|anulaci[oó]n|correcci[oó]n|ajuste) del?|"
    r"anula|reemplaza|sustituye|corrige)"
    r"(?: (?:your|our|the|su|nuestro|el|la|al?|original|previous|prior|earlier)){0,3}\s*\Z",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A field, the place of its label and of its value."""

    field: str
    label: Cell
    value: Cell


def lone_day(cells: Sequence[Cell], pairs: Sequence[Pair]) -> list[Pair]:
    """ "Service 1: 97110   03/05/2026   Units: 2": a day without a label among those of one service is the day of it."""
    named = {p.field for p in pairs}
    if not named & {"code", "description"} or named & DAYS:
        return []
    bare = [c for c in cells if dates.days(c.text) and not any(p.label.start < c.end and c.start < p.value.end for p in pairs)]
    return [Pair("service_date", bare[0], bare[0])] if len(bare) == 1 else []


def is_of_an_earlier(row: Row, pair: Pair) -> bool:
    """Whether a claim's number is said to be that of an earlier claim, which this one takes back or replaces."""
    return pair.field == "claim_id" and _OF_AN_EARLIER.search(row.text, 0, max(0, pair.label.start - row.start)) is not None
