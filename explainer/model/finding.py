"""What a check says of a case: a question to ask, never an accusation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from explainer.model.source import Span

Verdict = Literal["ok", "ask", "explained", "not-checked"]
Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's outcome. `id` is one of the contract's; its words are in content/findings under `id` and `case`.

    lines: numbers in the first EOB of the case. values: the blanks of its sentences. detail: the contract's extra keys.
    sources: ids of cited sources or facts. spans: the places on the papers it rests on.
    """

    id: str
    verdict: Verdict
    case: str
    paper: str | None = None
    lines: tuple[int, ...] = ()
    amount: Decimal | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    detail: Mapping[str, object] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
