"""What stands in and behind the label of an amount besides its words: reasons in brackets, a rate of coinsurance."""

import re
from collections.abc import Sequence

from explainer.readers.labels import LabelBook
from explainer.readers.rows import Cell

# "Not covered (PR-96, N130)", "Coinsurance 40% (PR-2)": why and how much of it, beside a label and before its amount.
_REASONS = re.compile(r"\(((?:(?:CO|PR|OA|PI)[ -]?[A-Z]?[0-9]{1,3}|MA?[0-9]{1,3}|N[0-9]{1,3})(?:[,;]? (?=[A-Z])|(?=\)))){1,6}\)")
# "$170.00  (PR-45: the provider may bill you)"
_REASON_BEHIND = re.compile(r"\(((?:CO|PR|OA|PI)-?[A-Z]?[0-9]{1,3})\s?[:)–-]")
_PERCENT = re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,2})?\s?%")


def bare_label(book: LabelBook, text: str) -> str:
    """A label without the reasons in brackets behind it, and the label of coinsurance without its rate."""
    text = _REASONS.sub("", text).rstrip()
    bare = _PERCENT.sub("", text).strip()
    return bare if bare != text and book.field_of(bare) == "coinsurance" else text


def reasons_beside(label: Cell, behind: Sequence[Cell]) -> list[Cell]:
    """The reasons in brackets in a label, and those at the start of the cell straight behind its amount."""
    inside, after = _REASONS.search(label.text), _REASON_BEHIND.match(behind[0].text) if behind else None
    found = [label.part(inside.start() + 1, inside.end() - 1)] if inside else []
    return [*found, *([behind[0].part(after.start(1), after.end(1))] if after else [])]
