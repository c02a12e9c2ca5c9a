"""Codes in a question: procedure codes, reason and remark codes, modifiers, and codes nobody knows."""

import re
from collections.abc import Iterator

from explainer.case import Case
from explainer.conversation.words import plain
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
# "97140 with 59", "59 on 97140": two digits that are often a modifier, beside a code.
_BESIDE_CODE = re.compile(r"(?:(?<=with )|(?<=and )|(?<=con )|(?<=a ))(59|25|76|77)(?= |$|\?)")
_FIVE = re.compile(r"(?<![\w$.,/-])\d{5}(?![\w/-]|\.\d)")
_CHAIN = re.compile(r"(?<!\w)(?:\d{5}|[a-z]\d{4})?((?:-[a-z0-9]{2})+)(?![\w-])")
_SAID_MODIFIER = re.compile(r"\b(?:modifiers?|modifer|mod|modificador(?:es)?|sufijo|suffix)\s+(?:code\s+)?[\"']?([a-z0-9]{2})\b")
_BARE = re.compile(r"(?<![\w$.,/-])([A-Z][A-Z0-9]|\d{2})(?![\w%/-]|\.\d)")
# Letters that are words of English or Spanish, or stand for "physical therapy", count as a modifier only when said to be one.
_WORDLIKE = frozenset({"go", "co", "pt", "at", "ot", "cr", "la", "me", "us", "no", "yo", "es"})
# Words that look like a code but are none.
_NOT_CODES = re.compile(
    r"^(?:x12|835|837|\d+(?:st|nd|rd|th|min|mins|pt|x|k|am|pm|yo|hr|hrs)|[a-z]+\d?|401k|1099\w?|mp3|covid19|\d+[ap]m)$"
)


def procedures(text: str, case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    """Codes that content or the paper knows."""
    known = {line.code for line in case.lines if line.code}
    found = (m.group(1).upper() for m in _PROCEDURE.finditer(plain(text)))
    return tuple(dict.fromkeys(code for code in found if code in known or knowledge.procedure(code)))


def unknown(text: str, case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    """What looks like a code and is on no list and on no paper."""
    low = plain(text)
    known = {plain_key(k) for k in _paper_keys(case)} | {line.code for line in case.lines}
    found = [m.group().upper() for p in (_ODD, _FIVE) for m in p.finditer(low) if not _NOT_CODES.match(m.group())]
    found += [m[1].upper() for m in _CALLED_CODE.finditer(low)]
    return tuple(
        dict.fromkeys(
            code
            for code in found
            if code not in known
            and code not in knowledge.modifiers
            and not knowledge.procedure(code)
            and not knowledge.remark_or_reason(code)
            and not _split_known(code, knowledge)
        )
    )


def _split_known(code: str, knowledge: Knowledge) -> bool:
    return knowledge.procedure(code[:5]) is not None and code[5:] in ("", *knowledge.modifiers)


def keys(text: str, case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    """Reason and remark codes, and the payer's own keys that stand on the paper, in the order said."""
    low = plain(text)
    places = dict(_known_keys(low, knowledge))
    places |= {start: key for start, key in _printed_keys(text, case) if start not in places}
    return tuple(dict.fromkeys(places[start] for start in sorted(places)))


def _known_keys(low: str, knowledge: Knowledge) -> Iterator[tuple[int, str]]:
    for m in _GROUPED.finditer(low):
        yield m.start(), f"{m[1].upper()}-{m[2].upper()}"
    for m in _REASON.finditer(low):
        yield m.start(), m[1].upper()
    for m in _REMARK.finditer(low):
        if m[1].upper() in knowledge.remarks:
            yield m.start(), m[1].upper()


def _paper_keys(case: Case) -> tuple[str, ...]:
    printed = [key for document in case.documents for key in (*document.keys(), *(n.key for n in document.notes))]
    return tuple(dict.fromkeys(printed))


def _printed_keys(text: str, case: Case) -> Iterator[tuple[int, str]]:
    for key in _paper_keys(case):
        shape = r"[\s-]?".join(map(re.escape, re.findall(r"[a-z]+|\d+", key.lower())))
        if len(plain_key(key)) < 2 or (key.isdigit() and len(key) < 3) or not shape:
            continue
        for m in re.finditer(rf"(?<![\w$.,-])(?:{shape})(?![\w])", plain(text)):
            yield m.start(), key
    for m in _SAID_NOTE.finditer(plain(text)):
        yield from ((m.start(1), key) for key in _paper_keys(case) if key.lower() == m[1])


def modifiers(text: str, case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    """Two-character modifiers: behind a dash, called one, or in capitals; bare digits only where the paper prints them."""
    low = plain(text)
    printed = {m for document in case.documents for line in document.lines for m in line.modifiers}
    said = [(m.start(1), m[1].upper()) for m in _SAID_MODIFIER.finditer(low)]
    said += [(m.start(1) + 3 * i, part.upper()) for m in _CHAIN.finditer(low) for i, part in enumerate(m[1].split("-")[1:])]
    bare = [(m.start(1), m[1]) for m in _BARE.finditer(text) if _counts(m[1], printed)]
    low_bare = [(m.start(1), m[1]) for m in _BESIDE_CODE.finditer(low)]
    low_bare += [
        (m.start(), m.group().upper()) for m in re.finditer(r"(?<![\w-])(?:kx|gp|gn|cq|gy|gz|gx|xs|xu|xp|xe)(?![\w])", low)
    ]
    found = sorted((*said, *bare, *low_bare))
    return tuple(dict.fromkeys(m for _, m in found if m in knowledge.modifiers or m in printed))


def _counts(text: str, printed: set[str]) -> bool:
    return (text in printed and (not text.isdigit() or text in ("59", "25", "76", "77", "95"))) or (
        not text.isdigit() and text.lower() not in _WORDLIKE
    )
