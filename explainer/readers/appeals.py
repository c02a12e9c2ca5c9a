"""What a paper says of the member's own first appeal: days and from when, or a last day. All other times are none of it."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from explainer.model.counted import Count, counts
from explainer.model.document import AppealNotice
from explainer.model.source import Span
from explainer.readers.fields import dates
from explainer.readers.rows import Row
from explainer.readers.words import plain

_APPEAL = re.compile(
    r"\bappeal|\bapel|redetermination|redeterminacion|reconsidera|review of (?:this|our)|revision de (?:esta|nuestra)"
)
# "You must file your appeal by August 23. You have 120 days": the second sentence goes on with the first.
_GOES_ON = re.compile(
    r"\W*(?:you (?:have|must|may|can)|usted (?:tiene|debe|puede)|(?:debe|tiene|puede)\b|this must|do (?:so|this|it))"
)
_SENTENCE = re.compile(r"(?<!\bno)(?<!\bp\.o)(?<!\bst)[.!?](?=\s+\S)|;")
_PART = re.compile(r"[,;:]\s|\s[—–-]\s|\b(?:and|but|y|pero|while|mientras)\b|\(")
# Times that are not the member's for the first appeal.
_NOT_OURS = re.compile(
    r"\bsecond\b|\b2nd\b|\blevel (?:2|3|two|three|ii)|\bsegund[oa]\b|\bnivel (?:2|dos)|\b(?:another|further"
    r"|next) (?:appeal|level|step)"
    r"|external|independent|externa\b|independiente|hearing|audiencia|administrative law|\bcourt\b|tribunal|\blawsuit"
    r"|demanda judicial"
    r"|\bproviders?'?s? appeals?|\b(?:for|by|from) (?:the |your |in-network |participating )?(?:providers?|facilit\w+"
    r"|doctors?)\b"
    r"|\bproviders?:|apelaci\w+ (?:de|del|de los|por) (?:el |los |su )?proveedor|\bpara (?:los )?proveedores"
    r"|keep (?:getting|receiving)|continu\w+ (?:\w+ ){0,3}(?:services|benefits|care|coverage)|(?:seguir|continuar) recibiendo"
    r"|timely filing|\bpay (?:\w+ ){0,3}within|payments? (?:is|are|must|due)|pagar (?:\w+ ){0,3}dentro"
    r"|previous|prior (?:claim|notice|appeal)|earlier (?:claim|notice)|\banterior\b"
)
_PROVIDER = re.compile(
    r"(?<!or )(?<!and )(?<!or your )(?<!and your )(?<!or the )(?<!o )(?<!o su )(?<!y )\b(?:providers?|facilit\w+"
    r"|hospitals?|doctors?|clinics?"
    r"|proveedor(?:es)?|hospital(?:es)?|medicos?|clinicas?) (?:\w+ ){0,2}?"
    r"(?:may|must|can|has|have|should|wish\w*|puede[n]?|debe[n]?|tiene[n]?)\b"
)
# "Your provider or you may appeal" is the member's as well.
_AND_MEMBER = re.compile(r"(?:provider|doctor|proveedor|medico)\w* (?:or|and|o|y) (?:you|the member|usted)\b")
_GRIEVANCE = re.compile(r"grievance|complaint|\bquejas?\b|agravio|reclamacion")
_BOTH = re.compile(
    r"appeals? (?:or|and|/) (?:a |an )?(?:grievance|complaint)|(?:grievances?|complaints?) (?:or|and"
    r"|/) (?:an )?appeal|apelaci\w+ (?:o|y) quejas?"
    r"|quejas? (?:o|y) apelaci"
)
_CLAIM_FILED = re.compile(
    r"\bclaims?\b(?! office| decision| review)[^.]{0,30}\b(?:filed|submitted|sent|received)|\b(?:file|submit"
    r"|send) (?:\w+ ){0,2}claims?\b"
    r"(?! appeal)|reclam(?:o|os|aciones) (?:\w+ ){0,3}(?:presentar|enviar|mandar)|(?:presentar|enviar"
    r"|mandar) (?:\w+ ){0,2}reclam"
)
_ANSWER = re.compile(
    r"\b(?:we|plan|insurer|company|medicare|committee|department|reviewers?)\b(?:'ll)?(?: \w+){0,3}? "
    r"(?:answer|respond|decide|reply|notify|tell|send|mail|complete|finish|resolve|process|make|let|acknowledge"
    r"|review|give|contact|write)\b"
    r"|\bbe (?:\w+ )?(?:answered|decided|reviewed|processed|completed|resolved|notified|acknowledged|made|told"
    r"|(?:sent|mailed) (?:to )?you)"
    r"|\b(?:is|are) (?:answered|decided|reviewed|completed|resolved|processed)"
    r"|\b(?:get|receive|have|hear) (?:\w+ )?(?:answer|decision|response|back|reply)\b|\b(?:answer|decision"
    r"|response)s? (?:will|within)\b"
    r"|\b(?:respond|decid|contest|resolv|notific|inform|procesa|revisa|enviar|mandar)(?:a|e|i)?(?:r)?(?:emos|an)\b"
    r"|\b(?:debemos|tenemos que|vamos a|podemos|debe|tiene que) (?:responder|decidir|contestar|resolver|notificar|avisar)"
    r"|\b(?:se|sera|seran) (?:respond|contest|resuel|decid|revis)\w+|\b(?:respuesta en|(?:respuesta"
    r"|decision) dentro)\b|\ble (?:respond|contest)"
)
# In "appeal this decision within 180 days" the decision is what is appealed, not the plan's answer.
_APPEALED = re.compile(
    r"(?P<appeal>\bappeal(?:s|ing|ed)?(?: of| against)?|\bapel\w+(?: de| contra)?) (?:this|the|our|that|any|a|your|esta|la"
    r"|nuestra|dicha|una|su) (?:\w+ ){0,2}?(?:decision|determination|response|answer|respuesta|determinacion)s?\b"
)
_WILL_ANSWER = re.compile(
    r"\bwe (?:will|must|shall|have to|should|may|can|'ll)\b|\bthe plan (?:will|must)\b|\byou(?:r appeal)? will (?:get"
    r"|hear|receive|be)\b"
    r"|\b(?:responderemos|contestaremos|decidiremos|resolveremos|debemos)\b|\bwill be (?:answered|decided)|\bsera\b"
)
_BY = re.compile(
    r"\b(?:by|no later than|not later than|until|up to|through|a mas tardar(?: el)?|hasta(?: el)?|para el"
    r"|no mas tarde del?)\s*:?\s*(?:\w+,\s*)?$"
)
_LAST = re.compile(r"deadline|last day|last date|due (?:date|by|on)|fecha limite|ultimo dia|\bplazo|\bvence")
# "Appeals filed by May 1 go to PO Box 1" sets no day.
_FILED = re.compile(
    r"\bappeals? (?:that (?:are|were|you) )?(?:filed|received|sent|mailed|postmarked|made)\b"
    r"|apelaciones (?:presentadas|recibidas|enviadas)"
)
_MUST = re.compile(r"\b(?:must|should|need to|have to|deben?|tienen? que)\b")
_ENDED = re.compile(r"[.!?]\s*$")
# Lines of so many cells are of a table; lines of so many characters may be broken within a sentence.
_TABLE, _LONG = 3, 45
_WINDOW = 5


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement about the member's appeal: a count or a last day, where it stands, and the words."""

    span: Span
    words: str
    count: Count | None = None
    last: date | None = None


def appeal(rows: Sequence[Row], used: set[int], paper: str) -> AppealNotice | None:
    """The paper's own words on the member's first appeal. A printed last day counts before any number of days; two different
    counts, or business days, give the words alone."""
    said: list[_Said] = []
    for at, row in enumerate(rows):
        found = _at(rows, at, paper)
        if found:
            said += found
            used.add(row.index)
    if not said:
        return None
    counted = [one for one in said if one.count is not None]
    told = {(one.count.printed, one.count.days, one.count.whence) for one in counted if one.count and one.count.whence}
    bare = {(one.count.printed, one.count.days) for one in counted if one.count}
    one_count = counted[0] if len(bare) == 1 and len(told) <= 1 else None
    if one_count is not None and told:
        one_count = next(one for one in counted if one.count and one.count.whence)
    days, whence = _taken(one_count)
    lasts = [one for one in said if one.last is not None]
    if lasts and len({one.last for one in lasts}) == 1:
        return AppealNotice(lasts[0].span, days, whence, lasts[0].last, lasts[0].words)
    if one_count is not None and not lasts:
        return AppealNotice(one_count.span, days, whence, None, one_count.words)
    return AppealNotice(said[0].span, None, None, None, " ".join(dict.fromkeys(one.words for one in said)))


def _taken(said: _Said | None) -> tuple[int | None, str | None]:
    if said is None or said.count is None or said.count.days is None:
        return None, None
    whence = said.count.whence
    return said.count.days, whence if whence != "other" else None


def _at(rows: Sequence[Row], at: int, paper: str) -> list[_Said]:
    """What the sentences say that begin on a line; they may run on over the next lines."""
    row = rows[at]
    if row.blank or len(row.text) > 2000:
        return []
    text, ends = _joined(rows, at)
    middle = _is_middle(rows, at)
    low, found, before = plain(text), [], _ended_on_appeal(rows, at)
    for start, end in _sentences(low):
        if start >= len(row.text.strip()):
            break
        if start == 0 and middle:
            before = bool(_APPEAL.search(low[start:end]))
            continue
        sentence = low[start:end]
        about = bool(_APPEAL.search(sentence)) or (before and bool(_GOES_ON.match(sentence)))
        if about:
            inside = end <= len(row.text.strip())
            last_row = next(line for reach, line in ends if reach >= end)
            span = Span(paper, 1, row.whole.start, last_row.end)
            words = row.whole.text if inside else text[:end].strip()
            found += [_Said(span, words, count=c) for c in _own_counts(text[start:end], sentence)]
            last = _last_day(text[start:end], sentence)
            found += [_Said(span, row.whole.text, last=last)] if last is not None else []
        before = about
    return found


def _joined(rows: Sequence[Row], at: int) -> tuple[str, list[tuple[int, Row]]]:
    """A line with the next ones that its last sentence runs on over; and how far each line reaches in that text."""
    last, text = rows[at], rows[at].text.strip()
    ends = [(len(text), last)]
    for row in _below(rows, at):
        if not _runs_on(last, row):
            break
        last, text = row, f"{text} {row.text.strip()}"
        ends.append((len(text), row))
    return text, ends


def _below(rows: Sequence[Row], at: int) -> Iterator[Row]:
    """The next lines; over a blank one only from a line that speaks of appeals, such as "We must receive your appeal by:"."""
    blanks = 0
    for row in rows[at + 1 : at + 1 + _WINDOW]:
        blanks += row.blank
        if blanks > bool(_APPEAL.search(plain(rows[at].text))):
            return
        if not row.blank:
            yield row


def _runs_on(above: Row, row: Row) -> bool:
    """Whether a sentence goes on from one line to the next."""
    before, after = above.text.strip(), row.text.strip()
    if _ENDED.search(before) or len(after) >= 400:
        return False
    if _APPEAL.search(plain(before)):
        return True
    plain_lines = len(above.cells) < _TABLE and len(row.cells) < _TABLE
    return plain_lines and (after[:1].islower() or after[:1].isdigit() or len(before) >= _LONG)


def _is_middle(rows: Sequence[Row], at: int) -> bool:
    """Whether a line goes on with a sentence that began on the line before, and was read there."""
    return bool(at) and not rows[at - 1].blank and _runs_on(rows[at - 1], rows[at])


def _ended_on_appeal(rows: Sequence[Row], at: int) -> bool:
    above = rows[at - 1] if at and not rows[at - 1].blank else None
    return above is not None and bool(_APPEAL.search(re.split(r"[.!?]\s", plain(above.text).rstrip(" .!?"))[-1]))


def _sentences(low: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(low):
        yield start + len(low[start:]) - len(low[start:].lstrip()), match.end()
        start = match.end()
    if low[start:].strip():
        yield start + len(low[start:]) - len(low[start:].lstrip()), len(low)


def _own_counts(sentence: str, low: str) -> list[Count]:
    """The counts of a sentence that are the member's for the first appeal."""
    found = list(counts(sentence))
    cuts = [_cut(low, a.end, b.start) for a, b in itertools.pairwise(found)]
    edges = [0, *cuts, len(low)]
    own = []
    for count, start, end in zip(found, edges, edges[1:], strict=False):
        part = low[start:end]
        if not count.theirs and not _others(part, count.start - start, count.end - start):
            own.append(count)
    return own


def _cut(low: str, start: int, end: int) -> int:
    parts = list(_PART.finditer(low, start, end))
    return parts[0].start() if parts else end


def _others(part: str, at: int, end: int) -> bool:
    """Whether a part of a sentence around a count is about somebody else's time, or another step."""
    ahead, behind = part[:at], part[end:]
    return (
        _not_ours(part)
        or (bool(_CLAIM_FILED.search(part)) and not _APPEAL.search(ahead))
        or _answers(ahead)
        or bool(_WILL_ANSWER.search(behind))
    )


def _answers(ahead: str) -> bool:
    """Whether the words before a time are about the plan's answer."""
    return bool(_ANSWER.search(_APPEALED.sub(lambda m: m["appeal"], ahead)))


def _not_ours(part: str) -> bool:
    return (
        bool(_NOT_OURS.search(part))
        or (bool(_PROVIDER.search(part)) and not _AND_MEMBER.search(part))
        or (bool(_GRIEVANCE.search(part)) and not _BOTH.search(part))
    )


def _last_day(sentence: str, low: str) -> date | None:
    """A printed last day to appeal: "by", "no later than", "deadline" beside the day, in a sentence about the member's appeal."""
    if not _APPEAL.search(low) or (_FILED.search(low) and not _MUST.search(low)) or _not_ours(low):
        return None
    match = dates.search(sentence)
    if match is None:
        return None
    ahead = low[: match.start()]
    behind = low[match.end() :].lstrip(" isel,")
    if _answers(ahead) or not (_BY.search(ahead) or _LAST.search(ahead[-70:]) or _LAST.match(behind)):
        return None
    found = dates.from_match(match)
    return found.first if found and found.last is None else None
