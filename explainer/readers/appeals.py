"""What a paper says of the member's own first appeal: days and from when, or a last day. All other times are none of it."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from explainer.model.counted import Count, counts
from explainer.model.document import AppealNotice
from explainer.model.source import Span
from explainer.readers.appeal_others import APPEAL, answers, not_ours, others
from explainer.readers.fields import dates
from explainer.readers.rows import Row
from explainer.readers.words import plain

# "You must file your appeal by August 23. You have 120 days": the second sentence goes on with the first.
_GOES_ON = re.compile(
    r"\W*(?:you (?:have|must|may|can)|usted (?:tiene|debe|puede)|(?:debe|tiene|puede)\b|this must|do (?:so|this|it))"
)
_SENTENCE = re.compile(r"(?<!\bno)(?<!\bp\.o)(?<!\bst)[.!?](?=\s+\S)|;")
_PART = re.compile(r"[,;:]\s|\s[—–-]\s|\b(?:and|but|y|pero|while|mientras)\b|\(")
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
# A time that no count or day was read from: "within the time limit shown in your booklet", "by the end of next month".
_UNTOLD = re.compile(
    r"\b(?:within|no later than|not later than|dentro del?|a mas tardar|no mas tarde|en un plazo)\b[^.;]{0,70}?"
    r"\b(?:days?|weeks?|months?|years?|times?|periods?|deadlines?|dias?|semanas?|mes(?:es)?|anos?|plazos?|tiempo)\b"
    r"|\b(?:by|until|before|hasta|antes de) ?(?:the |el |l )?(?:[0-9]{1,2}(?:st|nd|rd|th|/|-)|[a-z-]+t(?:h|ieth)\b"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december) [0-9]"
    r"|(?:end|close) of|(?:last|final) day|deadline|time limit|fin(?:al)? de)"
)
# Months and years in a sentence are a time to appeal only behind such words: records of appeals are kept for years.
_GIVES = re.compile(
    r"\b(?:within|in|no later than|not later than|have|has|up to|before|until"
    r"|dentro|en|hasta|tienen?|plazo|antes|a mas tardar)\b"
)
_MUST = re.compile(r"\b(?:must|should|need to|have to|deben?|tienen? que)\b")
_ENDED = re.compile(r"[.!?]\s*$")
# Lines of so many cells are of a table; lines of so many characters may be broken within a sentence.
_TABLE, _LONG = 3, 45
_WINDOW = 5


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement about the member's appeal: a count, a last day, or neither for a time that was not understood; where it
    stands, and the words."""

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
    return AppealNotice(said[0].span, words=" ".join(dict.fromkeys(one.words for one in said)))


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
            before = bool(APPEAL.search(low[start:end]))
            continue
        sentence = low[start:end]
        about = bool(APPEAL.search(sentence)) or (before and bool(_GOES_ON.match(sentence)))
        if about:
            inside = end <= len(row.text.strip())
            last_row = next(line for reach, line in ends if reach >= end)
            span = Span(paper, 1, row.whole.start, last_row.end)
            words = row.whole.text if inside else text[:end].strip()
            found += _statements(span, words, text[start:end], sentence)
        before = about
    return found


def _statements(span: Span, words: str, sentence: str, low: str) -> list[_Said]:
    """The counts and the last day of a sentence about the member's appeal; the bare words of a time that is neither."""
    found = [_Said(span, words, count=count) for count in _own_counts(sentence, low)]
    last = _last_day(sentence, low)
    if last is not None:
        found.append(_Said(span, words, last=last))
    return found or ([_Said(span, words)] if _untold(low) else [])


def _untold(low: str) -> bool:
    """Whether a sentence names a time for the member's appeal that was not understood."""
    if not APPEAL.search(low) or (_FILED.search(low) and not _MUST.search(low)):
        return False
    known = list(counts(low))
    times = [m for m in _UNTOLD.finditer(low) if not any(c.start < m.end() and m.start() < c.end for c in known)]
    return any(not others(low, m.start(), m.end()) for m in times)


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
        if blanks > bool(APPEAL.search(plain(rows[at].text))):
            return
        if not row.blank:
            yield row


def _runs_on(above: Row, row: Row) -> bool:
    """Whether a sentence goes on from one line to the next."""
    before, after = above.text.strip(), row.text.strip()
    if _ENDED.search(before) or len(after) >= 400:
        return False
    if APPEAL.search(plain(before)):
        return True
    plain_lines = len(above.cells) < _TABLE and len(row.cells) < _TABLE
    return plain_lines and (after[:1].islower() or after[:1].isdigit() or len(before) >= _LONG)


def _is_middle(rows: Sequence[Row], at: int) -> bool:
    """Whether a line goes on with a sentence that began on the line before, and was read there."""
    return bool(at) and not rows[at - 1].blank and _runs_on(rows[at - 1], rows[at])


def _ended_on_appeal(rows: Sequence[Row], at: int) -> bool:
    above = rows[at - 1] if at and not rows[at - 1].blank else None
    return above is not None and bool(APPEAL.search(re.split(r"[.!?]\s", plain(above.text).rstrip(" .!?"))[-1]))


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
        ours = not count.theirs and not others(part, count.start - start, count.end - start)
        if ours and (count.printed.endswith(" days") or _GIVES.search(part[: count.start - start])):
            own.append(count)
    return own


def _cut(low: str, start: int, end: int) -> int:
    parts = list(_PART.finditer(low, start, end))
    return parts[0].start() if parts else end


def _last_day(sentence: str, low: str) -> date | None:
    """A printed last day to appeal: "by", "no later than", "deadline" beside the day, in a sentence about the member's appeal."""
    if not APPEAL.search(low) or (_FILED.search(low) and not _MUST.search(low)) or not_ours(low):
        return None
    match = dates.search(sentence)
    if match is None:
        return None
    ahead = low[: match.start()]
    behind = low[match.end() :].lstrip(" isel,")
    if answers(ahead) or not (_BY.search(ahead) or _LAST.search(ahead[-70:]) or _LAST.match(behind)):
        return None
    found = dates.from_match(match)
    return found.first if found and found.last is None else None
