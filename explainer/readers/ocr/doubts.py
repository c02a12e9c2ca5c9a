"""What the sums of a scanned paper say of its amounts: which are borne out, which are doubtful, which must have been misread."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from explainer.model.amounts import MONEY_FIELDS, ZERO
from explainer.model.document import Claim, Document, Problem, ServiceLine
from explainer.model.source import Box
from explainer.readers.arithmetic import TOLERANCE, sums
from explainer.readers.base import Reading
from explainer.readers.fields import money
from explainer.readers.ocr.mend import Change
from explainer.readers.pages import PRINTED
from explainer.readers.placed import Piece, PlacedText
from explainer.settings import SURE_ENOUGH

# Figures that are taken for one another.
_ALIKE = {
    "0": "869", "1": "74", "2": "7", "3": "859", "4": "19", "5": "638", "6": "058", "7": "12", "8": "0369", "9": "0483",
}  # fmt: skip
_DIGITS = re.compile(r"\d")
_NO_POINT = re.compile(r"([-(]{0,2}\$?)(\d{3,6})(\)?)")
_FALSE_SIGN = re.compile(r"([-(]?)[0-9](\d{1,6}\.\d\d\)?)")
_SHOWN = 6


Columns = tuple[frozenset[str], frozenset[str]]
Kept = tuple[set[tuple[int, Box]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """borne_out, doubtful: the fields of sums that fit, and of sums that do not."""

    borne_out: frozenset[str]
    doubtful: frozenset[str]


def verdict(amounts: Mapping[str, Decimal]) -> Verdict:
    """Of one line's amounts."""
    said = sums(amounts)
    fit = frozenset(f for fields, right in said if right for f in fields)
    return Verdict(fit, frozenset(f for fields, right in said if not right for f in fields))


def _columns(claim: Claim) -> Columns:
    """The fields whose lines add up to the printed total, and those whose lines do not."""
    right, wrong = set[str](), set[str]()
    for name, total in claim.totals.known().items():
        values = [line.amounts.get(name) for line in claim.lines]
        if len(values) > 1 and None not in values:
            whole = sum((v for v in values if v is not None), ZERO)
            (right if abs(whole - total) <= TOLERANCE else wrong).add(name)
    return frozenset(right), frozenset(wrong)


def weighed(reading: Reading, text: PlacedText, structural: Mapping[int, Sequence[str]], changes: Sequence[Change]) -> Reading:
    """The reading with the doubts that its sums raise, and without those that they lift.

    structural: by line number, the fields that were uncertain for another reason than misread words.
    """
    problems: list[Problem] = []
    claims = []
    changed = {(c.page, c.box) for c in changes}
    for number, claim in enumerate(reading.document.claims, 1):
        right, wrong = _columns(claim)
        lines = []
        for line in claim.lines:
            said = verdict(line.amounts.known()) if text.sure(line.source) < PRINTED else Verdict(frozenset(), frozenset())
            lines.append(_weighed(line, text, said, (right, wrong), (changed, structural.get(line.number, ()))))
            if said.doubtful:
                problems.append(Problem("ocr-doubtful", {"line": line.number}, claim=number, line=line.number, span=line.source))
        claims.append(replace(claim, lines=tuple(lines)))
    problems += [_told(changes)] if changes else []
    document = replace(reading.document, claims=tuple(claims), problems=(*reading.document.problems, *problems))
    return replace(reading, document=document, problems=(*reading.problems, *problems))


def _told(changes: Sequence[Change]) -> Problem:
    words = ", ".join(f"{c.was} = {c.now}" for c in changes[:_SHOWN])
    return Problem("ocr-mended", {"count": len(changes), "words": words + (" ..." if len(changes) > _SHOWN else "")})


def _weighed(line: ServiceLine, text: PlacedText, said: Verdict, columns: Columns, kept: Kept) -> ServiceLine:
    if text.sure(line.source) >= PRINTED:
        return line
    (right, wrong), (changed, structural) = columns, kept
    mended = {n for n, s in line.places.items() if any((p.page, p.box) in changed for p in text.under(s.start, s.end))}
    lifted = (said.borne_out | right) - said.doubtful - mended - set(structural)
    known = line.amounts.known()
    doubtful = [n for n in known if n in said.doubtful or (n in wrong and n not in said.borne_out)]
    uncertain = [n for n in line.uncertain if n not in lifted or n not in MONEY_FIELDS]
    return replace(line, uncertain=tuple(dict.fromkeys((*uncertain, *doubtful))))


def repairs(reading: Document, text: PlacedText) -> list[Change]:
    """Doubtful words of lines whose sums fail that must have been another amount: only where one change alone puts it right."""
    found: list[Change] = []
    for claim in reading.claims:
        for line in claim.lines:
            found += _repair(claim, line, text)
    return found


def _repair(claim: Claim, line: ServiceLine, text: PlacedText) -> list[Change]:
    known = line.amounts.known()
    missing = [n for n in _expected(claim) if n not in known]
    if text.sure(line.source) >= SURE_ENOUGH or not (verdict(known).doubtful or len(missing) == 1):
        return []
    found: dict[tuple[str, Decimal], Change] = {}
    for piece, name in _doubtful(line, text, missing):
        for now in candidates(text.text[piece.start : piece.end]):
            value = money.amount(now)
            if value is not None and _fits(claim, line, {**known, name: abs(value)}, name):
                found.setdefault((name, abs(value)), Change(piece.page, piece.box, text.text[piece.start : piece.end], now))
    return list(found.values()) if len(found) == 1 else []


def _expected(claim: Claim) -> list[str]:
    """The fields that half of the claim's lines have, or more."""
    return [n for n in MONEY_FIELDS if 2 * sum(line.amounts.get(n) is not None for line in claim.lines) >= len(claim.lines)]


def _doubtful(line: ServiceLine, text: PlacedText, missing: Sequence[str]) -> Iterator[tuple[Piece, str]]:
    """The words that may have been misread, each with its field; one without a place is for the only field that is missing."""
    places = {n: s for n, s in line.places.items() if n in MONEY_FIELDS}
    for piece in text.under(line.source.start, line.source.end):
        if piece.sure >= SURE_ENOUGH or not _DIGITS.search(text.text[piece.start : piece.end]):
            continue
        name = next((n for n, s in places.items() if s.start <= piece.start < s.end), None)
        taken = any(s.start <= piece.start < s.end for n, s in line.places.items() if n not in MONEY_FIELDS)
        if name:
            yield piece, name
        elif len(missing) == 1 and not taken:
            yield piece, missing[0]


def candidates(word: str) -> list[str]:
    """What a misread amount may have been: one figure taken for another, a lost point, a sign taken for a figure."""
    found = [word[:at] + other + word[at + 1 :] for at, c in enumerate(word) for other in _ALIKE.get(c, "")]
    pointless, false_sign = _NO_POINT.fullmatch(word), _FALSE_SIGN.fullmatch(word)
    if pointless:
        found = [f"{pointless[1]}{pointless[2][:-2]}.{pointless[2][-2:]}{pointless[3]}"]
    if false_sign:
        found.append(f"{false_sign[1]}${false_sign[2]}")
    return found


def _fits(claim: Claim, line: ServiceLine, amounts: Mapping[str, Decimal], name: str) -> bool:
    """All sums of the line fit, the amount has a part in one, and the column's printed total is not spoken against."""
    said = verdict(amounts)
    if said.doubtful or name not in said.borne_out:
        return False
    total = claim.totals.get(name)
    values = [amounts[name] if other.number == line.number else other.amounts.get(name) for other in claim.lines]
    if total is None or None in values:
        return True
    return abs(sum((v for v in values if v is not None), ZERO) - total) <= TOLERANCE
