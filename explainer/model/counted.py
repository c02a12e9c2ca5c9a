"""Counts of days in a paper's sentences, in figures or words, and the day that each is counted from: told by the words right
behind the count. A count of months or years is found too, but is no number of days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from explainer.model.number_words import PATTERN, number

Start = Literal["receipt", "notice", "service", "other"]
_PLAIN = str.maketrans("áéíóúüñ\u2019", "aeiouun'")
_COUNT = re.compile(
    rf"(?:(?<![\d.$/-])(?P<figure>[0-9]{{1,3}})\)?(?: ?\((?P<gloss>{PATTERN})\))?"
    rf"|(?P<words>{PATTERN})(?: ?\((?P<in_figures>[0-9]{{1,3}})\))?)"
    r"[ -]?(?P<kind>(?:calendar |business |working |consecutive |full ){0,2})-?"
    r"(?P<unit>days?|dias?|weeks?|semanas?|months?|mes(?:es)?|years?|anos?)\b"
    r"(?P<kind_es> (?:habiles|laborables|laborales|de trabajo|calendario|naturales|corridos|consecutivos))?"
)
_DAYS = ("day", "dia")
_BUSINESS = re.compile("business|working|habiles|laborables|laborales|de trabajo")
_FROM = re.compile(
    r"\b(?:from|of|after|following|since|beginning|starting|desde|a partir de(?=l?\b)|despues de(?=l?\b)|contados de(?=l?\b)"
    r"|siguientes? a(?=l?\b)|posteriores a(?=l?\b)|de|del)\b"
)
_HEAD = re.compile(r"\W*(?:from|after|starting|beginning|desde|a partir de|despues de|contados desde)\b")
_STOP = re.compile(r"[.;:,!?](?:\s|$)|\b(?:or|whichever|and|o|lo que)\b")
_SERVICE = re.compile(
    r"^service$|dates? of (?:the |your )?(?:service|care|visit|treatment)|service dates?|date (?:the |your )?services?\b"
    r"|(?:receiv|g[eo]t)\w* (?:the |your )?(?:services?|care|treatment|therapy)|services? (?:was|were|is|are)"
    r"|fechas? (?:de|del|en que (?:se dio|recibio)) (?:el |su |la )?(?:servicio|atencion|visita)|recib\w+ (?:el|su"
    r"|la) (?:servicio|atencion)"
)
# "The date we receive your appeal" starts the plan's time to answer.
_THEIRS = re.compile(
    r"\bwe (?:\w+ )?(?:receiv|get|got)|\b(?:plan|provider|office|insurer) (?:\w+ )?(?:receiv|gets?\b|got)"
    r"|(?:receiv\w*|receipt|filing|sending|date) (?:of )?(?:your|an|the|su) (?:\w+ )?(?:appeal|request)"
    r"|^\W*\w+ (?:your|an|the) appeal"
    r"|(?:recib\w+|de) (?:su|la) (?:apelacion|solicitud)|recibamos|recibimos"
)
_RECEIPT = re.compile(r"receipt|receiv|\byou(?:'ve| have)? g[eo]t|\bgetting\b|\brecib|\brecepcion|\ble llego|reaches you")
_NOTICE = re.compile(
    r"\bnotices?\b|\bletters?\b|\beobs?\b|explanation of benefits|\bdecision|determination|denial|\bstatement|\bthis document"
    r"|\bdate (?:above|shown above|printed)|\baviso|\bcarta|explicacion de beneficios|\bdeterminacion|\bnegacion|\bdenegacion"
    r"|este documento|este estado"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A time in a text; characters [start, end). printed: its number and unit. days: None for business days, other units, and
    words that do not agree with the figure beside them. whence: None where nothing tells a start."""

    printed: str
    days: int | None
    start: int
    end: int
    whence: Start | None
    theirs: bool = False


def plain(text: str) -> str:
    """Small letters without accents, character for character."""
    return "".join(low if len(low := one.lower()) == 1 else one for one in text).translate(_PLAIN)


def counts(text: str) -> Iterator[Count]:
    """The counts of days of a sentence, in printed order."""
    low = plain(text)
    found = list(_COUNT.finditer(low))
    for at, match in enumerate(found):
        till = found[at + 1].start() if at + 1 < len(found) else len(low)
        behind = _behind(low[match.end() : till]) or (_before(low[: match.start()]) if not at else "")
        printed = _number(match)
        unit = "days" if match["unit"].startswith(_DAYS) else match["unit"].rstrip("s")
        days = printed if unit == "days" and not _BUSINESS.search(f"{match['kind']}{match['kind_es'] or ''}") else None
        yield Count(f"{printed} {unit}", days, match.start(), match.end(), start_of(behind), bool(_THEIRS.search(behind)))


def _number(match: re.Match[str]) -> int | None:
    """The number in figures, in words, or in both where they agree: "sixty (60) days"."""
    figure, words = match["figure"] or match["in_figures"], match["gloss"] or match["words"]
    told = {*([int(figure)] if figure else []), *([number(words)] if words else [])}
    return told.pop() if len(told) == 1 else None


def start_of(words: str) -> Start | None:
    """Which day words such as "the date of this notice" mean; other: none that is known; None without words."""
    low = plain(words)
    if not low.strip():
        return None
    if _THEIRS.search(low):
        return "other"
    if _SERVICE.search(low):
        return "service"
    if _RECEIPT.search(low):
        return "receipt"
    return "notice" if _NOTICE.search(low) else "other"


def start_in(words: str, days: int) -> Start | None:
    """From which day a text counts that number of days; None where it does not say, or says two things."""
    told = {count.whence for count in counts(words) if count.days == days}
    return told.pop() if len(told) == 1 else None


def _behind(tail: str) -> str:
    """The words behind a count that tell its start: from "from", "of", "after", until the phrase ends."""
    ended = re.split(r"[.;:!?](?:\s|$)", tail, maxsplit=1)[0]
    opened = _FROM.search(ended)
    if opened is None:
        return ""
    phrase = ended[opened.start() :]
    stop = _STOP.search(phrase, opened.end() - opened.start())
    return phrase[: stop.start() if stop else None].strip()


def _before(head: str) -> str:
    """The same words before a count: "From the date of this notice, you have 180 days"."""
    sentence = re.split(r"[.;:!?]\s", head)[-1]
    return re.split(r"[,]| you | usted | tiene ", sentence)[0] if _HEAD.match(sentence) else ""
