"""Codes in a question: procedure codes, reason and remark codes, modifiers, and codes nobody knows."""

import re
from collections.abc import Iterator

from explainer.case import Case
from explainer.conversation.words import Said, plain
from explainer.knowledge.base import Knowledge
from explainer.model.document import plain_key

_PROCEDURE = re.compile(r"(?<![\w$.,/])(\d{5}|[a-z]\d{4}|\d{4}[a-z])(?:[-\s]?(?=[a-z0-9]{2}\b)|(?![\w]))")
_GROUPED = re.compile(r"(?<![\w])(co|pr|oa|pi|cr)[\s-]?(\d{1,3}|[abp]\d{1,3})(?![\w])")
_REASON = re.compile(r"\b(?:carc|reason code|adjustment code|codigo de razon)\s*#?\s*(\d{1,3}|[ab]\d{1,2})\b")
_REMARK = re.compile(r"(?<![\w])(ma?\d{1,3}|n\d{1,3})(?![\w])")
_ODD = re.compile(r"(?<![\w$.,/])(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{4,6}(?![\w/])")
# "house code K7Q": said to be a code, and holding a digit and a letter.
_CALLED_CODE = re.compile(r"\b(?:code|remark|codigo|clave)\s+(?=[a-z]*\d)(?=\d*[a-z])([a-z0-9]{2,6})(?![\w/-])")
_SAID_NOTE = re.compile(r"\b(?:note|remark|key|footnote|nota|clave)\s+\(?([a-z]|\d{1,2})\)?(?![\w])")
# "the b next to massage", "what is the letter b": a letter that the paper prints as a note's key.
_LETTER = re.compile(
    r"\b(?:the|letter|la|letra|una?|an?)\s+[\"'(]?([a-z])[\"')]?"
    r"(?=\s*(?:next|beside|by|on|in|at|after|for|mean|means|stands?|junto|al lado|en|de|significa)\b|\s*[?.!,]|\s*$)"
)
# "97140 with 59", "59 on 97140": two digits that are often a modifier, beside a code.
_BESIDE_CODE = re.compile(r"(?:(?<=with )|(?<=and )|(?<=con )|(?<=a ))(59|25|76|77)(?= |$|\?)")
_FIVE = re.compile(r"(?<![\w$.,/-])\d{5}(?![\w/-]|\.\d)")
_CHAIN = re.compile(r"(?<!\w)(?:\d{5}|[a-z]\d{4})?((?:-[a-z0-9]{2})+)(?![\w-])")
_SAID_MODIFIER = re.compile(r"\b(?:modifiers?|modifer|mod|modificador(?:es)?|sufijo|suffix)\s+(?:code\s+)?[\"']?([a-z0-9]{2})\b")
_LOW_BARE = re.compile(r"(?<![\w-])(?:kx|gp|gn|cq|gy|gz|gx|xs|xu|xp|xe)(?![\w])")
_BARE = re.compile(r"(?<![\w$.,/-])([A-Z][A-Z0-9]|\d{2})(?![\w%/-]|\.\d)")
# Letters that are words of English or Spanish, or stand for "physical therapy", count as a modifier only when said to be one.
_WORDLIKE = frozenset({"go", "co", "pt", "at", "ot", "cr", "la", "me", "us", "no", "yo", "es"})
# Words that look like a code but are none.
_NOT_CODES = re.compile(
    r"^(?:x12|835|837|\d+(?:st|nd|rd|th|min|mins|pt|x|k|am|pm|yo|hr|hrs)|[a-z]+\d?|401k|1099\w?|mp3|covid19|\d+[ap]m)$"
)


def _said(match: re.Match[str], group: int = 0) -> Said[str]:
    return Said(match.group(group).upper(), match.start(group), match.end(group))


def procedures(text: str, case: Case, knowledge: Knowledge) -> tuple[Said[str], ...]:
    """Codes that content or the paper knows."""
    known = {line.code for line in case.lines if line.code}
    found = (_said(m, 1) for m in _PROCEDURE.finditer(plain(text)))
    return tuple(code for code in found if code.value in known or knowledge.procedure(code.value))


def unknown(text: str, case: Case, knowledge: Knowledge) -> tuple[Said[str], ...]:
    """What looks like a code and is on no list and on no paper."""
    low = plain(text)
    known = {plain_key(k) for k in _paper_keys(case)} | {line.code for line in case.lines}
    found = [_said(m) for p in (_ODD, _FIVE) for m in p.finditer(low) if not _NOT_CODES.match(m.group())]
    found += [_said(m, 1) for m in _CALLED_CODE.finditer(low)]
    return tuple(said for said in found if said.value not in known and not _known(said.value, knowledge))


def _known(code: str, knowledge: Knowledge) -> bool:
    return bool(
        code in knowledge.modifiers
        or knowledge.procedure(code)
        or knowledge.remark_or_reason(code)
        or _split_known(code, knowledge)
    )


def _split_known(code: str, knowledge: Knowledge) -> bool:
    return knowledge.procedure(code[:5]) is not None and code[5:] in ("", *knowledge.modifiers)


def keys(text: str, case: Case, knowledge: Knowledge) -> tuple[Said[str], ...]:
    """Reason and remark codes, and the payer's own keys that stand on the paper, in the order said."""
    low = plain(text)
    places = {said.start: said for said in _known_keys(low, knowledge)}
    places |= {said.start: said for said in _printed_keys(text, case) if said.start not in places}
    return tuple(places[start] for start in sorted(places))


def _known_keys(low: str, knowledge: Knowledge) -> Iterator[Said[str]]:
    for m in _GROUPED.finditer(low):
        yield Said(f"{m[1].upper()}-{m[2].upper()}", m.start(), m.end())
    for m in _REASON.finditer(low):
        yield Said(m[1].upper(), m.start(), m.end())
    for m in _REMARK.finditer(low):
        if m[1].upper() in knowledge.remarks:
            yield _said(m, 1)


def _paper_keys(case: Case) -> tuple[str, ...]:
    printed = [key for document in case.documents for key in (*document.keys(), *(n.key for n in document.notes))]
    return tuple(dict.fromkeys(printed))


def _printed_keys(text: str, case: Case) -> Iterator[Said[str]]:
    for key in _paper_keys(case):
        shape = r"[\s-]?".join(map(re.escape, re.findall(r"[a-z]+|\d+", key.lower())))
        if len(plain_key(key)) < 2 or (key.isdigit() and len(key) < 3) or not shape:
            continue
        for m in re.finditer(rf"(?<![\w$.,-])(?:{shape})(?![\w])", plain(text)):
            yield Said(key, m.start(), m.end())
    for m in _SAID_NOTE.finditer(plain(text)):
        yield from (Said(key, m.start(1), m.end(1)) for key in _paper_keys(case) if key.lower() == m[1])
    for m in _LETTER.finditer(plain(text)):
        yield from (Said(key, m.start(1), m.end(1)) for key in _paper_keys(case) if key.lower() == m[1])


def modifiers(text: str, case: Case, knowledge: Knowledge) -> tuple[Said[str], ...]:
    """Two-character modifiers: behind a dash, called one, or in capitals; bare digits only where the paper prints them."""
    low = plain(text)
    printed = {m for document in case.documents for line in document.lines for m in line.modifiers}
    found = [_said(m, 1) for pattern in (_SAID_MODIFIER, _BESIDE_CODE) for m in pattern.finditer(low)]
    found += [said for m in _CHAIN.finditer(low) for said in _chained(m)]
    found += [_said(m, 1) for m in _BARE.finditer(text) if _counts(m[1], printed)]
    found += [_said(m) for m in _LOW_BARE.finditer(low)]
    found.sort(key=lambda said: (said.start, said.value))
    return tuple(said for said in found if said.value in knowledge.modifiers or said.value in printed)


def _chained(chain: re.Match[str]) -> Iterator[Said[str]]:
    """The parts of "-gp-59" behind a code."""
    for at in range(chain.start(1), chain.end(1), 3):
        yield Said(chain.string[at + 1 : at + 3].upper(), at + 1, at + 3)


def _counts(text: str, printed: set[str]) -> bool:
    return (text in printed and (not text.isdigit() or text in ("59", "25", "76", "77", "95"))) or (
        not text.isdigit() and text.lower() not in _WORDLIKE
    )
