"""Papers built by hand, so that an answer is tested without a reader. Every field has a place of its own."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

from explainer.case import Case
from explainer.conversation.question import Context, Question, Slots
from explainer.conversation.reply import Asked, Reply
from explainer.knowledge.base import Knowledge
from explainer.model.amounts import Amounts
from explainer.model.codes import code_system
from explainer.model.document import Accumulator, Adjustment, Claim, Document, Note, ServiceLine
from explainer.model.source import Span

_places: Iterator[int] = count(0, 10)
_GROUPS = ("CO", "PR", "OA", "PI")


def span(paper: str = "eob") -> Span:
    """A new place on a paper."""
    start = next(_places)
    return Span(paper, 1, start, start + 9)


def dollars(**amounts: str | None) -> Amounts:
    """Amounts from texts; None is an amount the paper lacks."""
    return Amounts(**{name: None if value is None else Decimal(value) for name, value in amounts.items()})


def line(
    number: int,
    code: str | None,
    description: str,
    units: int = 1,
    keys: str = "",
    day: str | None = "2026-03-05",
    paper: str = "eob",
    approved: bool | None = None,
    **amounts: str | None,
) -> ServiceLine:
    """A service line. `keys` are printed keys with blanks between: "CO-50" becomes an adjustment, "M15" a remark."""
    printed = keys.split()
    grouped = [key.split("-", 1) for key in printed if key[:2] in _GROUPS]
    return ServiceLine(
        number=number,
        source=span(paper),
        service_date=date.fromisoformat(day) if day else None,
        code=code,
        code_system=code_system(code) if code else None,
        description=description,
        units=Decimal(units),
        amounts=dollars(**amounts),
        adjustments=tuple(Adjustment(group, reason) for group, reason in grouped),
        remarks=tuple(key for key in printed if key[:2] not in _GROUPS),
        approved=approved,
        places={name: span(paper) for name in amounts},
    )


def claim(*lines: ServiceLine, totals: Mapping[str, str] | None = None, **fields: Any) -> Claim:
    """A claim of these lines, of "Dana Fields" at "Elm Street Therapy" unless told otherwise."""
    given = {"patient": "Dana Fields", "provider": "Elm Street Therapy", "network": "in", "processed": date(2026, 3, 20)}
    return Claim(lines=lines, totals=dollars(**(totals or {})), **{**given, **fields})


def paper(
    *claims: Claim,
    kind: str = "eob",
    payer: str | None = "Harvest Health",
    notes: Mapping[str, str] | None = None,
    counts: tuple[Accumulator, ...] = (),
    name: str = "eob",
    **fields: Any,
) -> Document:
    """A paper of these claims."""
    printed = tuple(Note(key, text, span(name)) for key, text in (notes or {}).items())
    return Document(
        paper=name,
        file=f"{name}.txt",
        format="text",
        kind=kind,
        text="",
        claims=claims,
        payer=payer,
        notes=printed,
        accumulators=counts,
        **fields,
    )


def deductible(used: str | None, limit: str | None, remaining: str | None = None, **fields: Any) -> Accumulator:
    """A running count of the deductible."""
    used_, limit_, left = (None if value is None else Decimal(value) for value in (used, limit, remaining))
    return Accumulator("deductible", span(), used=used_, limit=limit_, remaining=left, **fields)


@cache
def knowledge() -> Knowledge:
    """All of content, read once."""
    return Knowledge.load(cache=None)


def ask(
    builders: Mapping[str, Any],
    topic: str,
    *documents: Document,
    words: str = "",
    lang: Any = "en",
    context: Context | None = None,
    about: tuple[int, ...] = (),
    codes: tuple[str, ...] = (),
    keys: tuple[str, ...] = (),
    **slots: Any,
) -> tuple[Reply, str]:
    """The reply to a question of that topic, and its text."""
    question = Question(words, lang, topic, Slots(**slots), about=about, codes=codes, keys=keys)
    reply: Reply = builders[topic](Asked(question, Case(documents), context or Context(), knowledge()))
    return reply, " ".join(knowledge().say(s.key, lang, s.values) for s in reply.statements)
