"""Amounts read from a picture, tried by the sums of their line: mended where these leave one reading, else named doubtful."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from explainer.model.amounts import MONEY_FIELDS, Amounts
from explainer.model.document import Document, Problem, ServiceLine
from explainer.readers.arithmetic import agrees, verdicts
from explainer.readers.base import Reading
from explainer.readers.mend import readings
from explainer.readers.pages import PRINTED
from explainer.readers.placed import PlacedText

Money = Mapping[str, Decimal]


@dataclass(slots=True)
class _Doubts:
    """What was met: fields mended by their line's sums, and lines whose sums speak against what was read."""

    mended: dict[int, str] = field(default_factory=dict)
    doubtful: list[int] = field(default_factory=list)


def tried(reading: Reading, text: PlacedText) -> Reading:
    """The reading with each line that came from a picture tried by its sums. `text` is what its places point into."""
    document, doubts = reading.document, _Doubts()
    unread = _unread(reading.problems)
    claims = tuple(
        replace(claim, lines=tuple(_tried(line, document, text, unread.get(line.number, {}), doubts) for line in claim.lines))
        for claim in document.claims
    )
    found = tuple(_problems(doubts))
    kept = tuple(p for p in reading.problems if not _is_mended(p, doubts))
    document = replace(document, claims=claims, problems=(*found, *kept))
    return replace(reading, document=document, problems=(*found, *kept))


def _unread(problems: Sequence[Problem]) -> dict[int, dict[str, str]]:
    """By line: what stands in cells that hold no plain amount."""
    out: dict[int, dict[str, str]] = {}
    for p in problems:
        name = p.values.get("field")
        if p.code == "bad-amount" and p.line is not None and name in MONEY_FIELDS:
            out.setdefault(p.line, {})[str(name)] = str(p.values.get("text", ""))
    return out


def _tried(line: ServiceLine, document: Document, text: PlacedText, unread: Mapping[str, str], doubts: _Doubts) -> ServiceLine:
    if text.sure(line.source) >= PRINTED:
        return line
    amounts = line.amounts.known()
    if agrees(amounts) and not unread:
        return line
    printed = {n: document.text[line.place(n).start : line.place(n).end] for n in amounts if n in line.places}
    found = _answers(amounts, {**printed, **unread})
    if len(found) == 1:
        name, value = found[0]
        doubts.mended[line.number] = name
        made = Amounts(**{**amounts, name: value})
        return replace(line, amounts=made, uncertain=tuple(dict.fromkeys((*line.uncertain, name))))
    if agrees(amounts):
        return line
    doubts.doubtful.append(line.number)
    return replace(line, uncertain=tuple(dict.fromkeys((*line.uncertain, *amounts))))


def _answers(amounts: Money, printed: Mapping[str, str]) -> list[tuple[str, Decimal]]:
    """Each one amount that, read otherwise, makes every sum of the line fit, and takes part in two sums at least."""
    found = []
    for name, text in printed.items():
        others = {n: v for n, v in amounts.items() if n != name}
        for value in readings(text):
            said = verdicts({**others, name: value})
            if all(said) and len(said) - len(verdicts(others)) >= (2 if name in amounts else 1) and len(said) >= 2:
                found.append((name, value))
    return found


def _is_mended(problem: Problem, doubts: _Doubts) -> bool:
    line = problem.line
    return problem.code == "bad-amount" and line is not None and doubts.mended.get(line) == problem.values.get("field")


def _problems(doubts: _Doubts) -> Iterator[Problem]:
    for line, name in doubts.mended.items():
        yield Problem("ocr-mended", {"field": name}, line=line)
    for line in doubts.doubtful:
        yield Problem("ocr-doubtful", line=line)
