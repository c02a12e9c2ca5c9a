"""Amounts in sentences that are no claim's: another year's, an example's, what is usual."""

import re

from explainer.readers.labels import Hit
from explainer.readers.rows import Cell

# "Last year your deductible was $500.00", "If your copay is $20.00 ...": an amount of another time or of no claim at all.
_OF_ELSEWHERE = re.compile(
    r"\b(?:(?:last|next|prior|previous|past|coming|this|each|every|plan|calendar|benefit|per|a)\s(?:plan\s|calendar\s|benefit\s)?year|"
    r"annual|annually|yearly|so far|to date|if|when|unless|suppose|imagine|example|average|typical(?:ly)?|usual(?:ly)?|"
    r"in 20[0-9]{2}|appl(?:y|ies) to (?!this\b|your\b|the\b|claim)|"
    r"(?:el|este|cada|por|al)\s(?:próximo\s)?año|año (?:pasado|próximo)|anual|anualmente|hasta ahora|si|cuando|suponga|ejemplo|"
    r"promedio|normalmente|en 20[0-9]{2})\b",
    re.I,
)
_YEARLY = re.compile(r"\b(?:annual|yearly|anual)\b", re.I)
_SENTENCE_ENDS = re.compile(r"[.!?;](?=\s+[^a-z]|\s*$)")


def of_elsewhere(cell: Cell, hit: Hit, value: Cell) -> bool:
    """Whether the sentence around a label and its amount speaks of another year, of what is usual, or of an example."""
    end = value.end - cell.start
    before = max((m.end() for m in _SENTENCE_ENDS.finditer(cell.text, 0, hit.start)), default=0)
    after = _SENTENCE_ENDS.search(cell.text, end)
    around = cell.text[before : hit.start], cell.text[end : after.start() if after else len(cell.text)]
    return any(map(_OF_ELSEWHERE.search, around)) or _YEARLY.search(cell.text, hit.start, hit.end) is not None
