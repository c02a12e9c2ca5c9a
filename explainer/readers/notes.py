"""What a paper says apart from its lines: the words behind note keys, running counts, phone numbers."""

import itertools
import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from explainer.model.document import COUNTED, Accumulator, Note, plain_key
from explainer.model.source import Span
from explainer.readers.atoms import money_count
from explainer.readers.fields import codes, money
from explainer.readers.fields.running import named_amounts
from explainer.readers.labels import LabelBook
from explainer.readers.rows import Cell, Row

_NOTE = re.compile(
    r"\s{0,20}[-*•]?\s?[(\[]?(?P<key>(?:CO|PR|OA|PI|CR)[ -]?[A-Z]?[0-9]{1,3}|[A-Za-z]{0,3}-?[0-9]{1,4}[A-Za-z]?|[A-Z]{1,3}|[a-z]|"
    r"[*†‡]{1,3})[)\]]?(?P<gap>\s{0,3}[:.=–—|]\s{0,8}|\s{0,3}-\s{1,8}|\s{2,12}|\t| )(?P<text>\S.*)"
)
# Medicare's notes have letters: a, b, ... Z, AA. "A claim ..." is a sentence, "A Your claim ..." a note.
_LETTER = re.compile(r"[A-Z]{1,2}|[a-z]")
_PHONE = re.compile(
    r"(?<![\w.-])(?:1[-. ])?(?:\([0-9]{3}\)\s?|[0-9]{3}[-. ])?[0-9]{3}[-.][0-9]{4}(?![\w-])|(?<![\w.-])1-8[0-9]{2}-[A-Z0-9-"
    r"]{5,12}(?!\w)"
)
_CALL = re.compile(
    r"call|phone|question|customer|service|tty|tel|contact|llame|preguntas|office|toll|help|line|ayuda|l[íi]nea|member|miembro|nurse|care",
    re.I,
)
_OF = re.compile(
    r"(?P<used>\$?[0-9][0-9,]{0,9}(?:\.[0-9]{2})?)\s?(?:visits? |visitas |sessions? |treatments? |sesiones |terapias )?"
    r"(?:(?:met|used|so far|applied|spent|cumplidos?|usad[oa]s?) )?"
    r"(?:of|out of|de|/)\s(?:your |a |the |su |un |las "
    r"|sus )?(?:(?:limit of|deductible of|deducible de) )?(?P<limit>\$?[0-9][0-9,]{0,9}(?:\.[0-9]{2})?)(?![\w/-])",
    re.I,
)
# "You have had $480.00 in out-of-pocket costs that count toward your $5,900.00 limit": the words of Medicare Advantage plans.
_TOWARD = re.compile(
    r"(?P<used>\$[0-9][0-9,]{0,9}(?:\.[0-9]{2})?)\s(?:in|of)\s[^$]{3,80}?\b(?:toward|towards|to|para|hacia)\s(?:your|the|su|el)\s"
    r"(?P<limit>\$[0-9][0-9,]{0,9}(?:\.[0-9]{2})?)",
    re.I,
)
# "Deductible: $1,200.00 individual. You have met $1,033.00 so far this plan year."
_THEN_USED = re.compile(
    r"(?P<limit>\$[0-9][0-9,]{0,9}(?:\.[0-9]{2})?)[^$.]{0,40}[.;,]?\s(?:so far,? )?(?:you(?:'ve| have)|usted(?: ya)? ha)\s"
    r"(?:now |already )?(?:met|spent|paid|used|satisfied|cumplido|gastado|pagado|usado)(?: con)?\s"
    r"(?P<used>\$[0-9][0-9,]{0,9}(?:\.[0-9]{2})?)\s(?:so far|to date|this|toward|hasta|este|en lo que va)(?![^.]*\$)",
    re.I,
)
_MET_ALL = re.compile(
    r"(?:met|satisfied|cumplido|alcanzado)\s(?:your|the|su|el)\s(?:\w{1,12}\s){0,3}(?P<limit>\$[0-9][0-9,]{0,9}(?:\.[0-9]{2})?)(?!\s*(?:of|out|de)\b)",
    re.I,
)
_YEARLY = re.compile(
    r"(?:(?:annual|yearly|calendar[- ]year|plan[- ]year)\s(?:individual |family )?deductible"
    r"|out[- ]of[- ]pocket (?:maximum|limit)"
    r"|deducible anual|m[áa]ximo de gastos de bolsillo)(?: (?:limit|amount))?\s{0,20}[:\t]?\s{0,20}"
    r"(?P<limit>\$[0-9][0-9,]{0,9}(?:\.[0-9]{2})?)",
    re.I,
)
_VISITS_LIMIT = re.compile(
    r"(?<![\d.$-])([0-9]{1,3})\s(?:\w{1,12}\s){0,2}?"
    r"(?:visits?|sessions?|treatments?|therapies|visitas|sesiones|terapias|tratamientos)\s(?:(?:are )?(?:allow"
    r"ed |covered |permitidas )?)?(?:per|each|a|in a|every|por|al|cada)\s(?:(?:calendar|plan|benefit|policy)\s)?(?:year|"
    r"año|period)",
    re.I,
)
_LEFT = re.compile(
    r"(?:remaining|left(?! for| to pay)|restante|restantes|quedan)\D{0,30}?(?P<left>\$?[0-9][0-9,]{0,9}(?:\.[0-9]{2})?)", re.I
)
_DEDUCTIBLE = re.compile(r"deductible|deducible", re.I)
_POCKET = re.compile(r"out[- ]of[- ]pocket|gastos de bolsillo|desembolso", re.I)
_VISITS = re.compile(r"visits?\b|sessions?\b|treatments?\b|therapies\b|visitas?\b|sesiones|terapias\b|tratamientos\b", re.I)
_BENEFIT_DAYS = re.compile(
    r"(?:(?:covered|benefit|hospital|nursing|inpatient|reserve)\s){1,3}days|d[íi]as (?:de beneficio|cubiertos|de hospital)", re.I
)
# "You have met the Part B deductible for 2010.": without an amount, but nothing is left of it.
_ALL_MET = re.compile(
    r"\W{0,3}(?:part [ab] )?(?:deductible:\s)?"
    r"you have (?:now )?met (?:the|your) (?:part [ab] )?(?:inpatient )?deductible\b(?! of)|"
    r"\W{0,3}(?:deducible de la parte [ab]:\s)?usted (?:ya )?ha cumplido (?:con )?(?:el|su) deducible\b",
    re.I,
)
_NAMED = (("out-of-pocket", _POCKET), ("deductible", _DEDUCTIBLE), ("visits", _VISITS))
# "Occupational therapy visits used this year: 60 of 60", "Visitas de terapia física": which care a count is for.
_CARE = (
    r"(?:(?:physical|occupational|speech|pt|ot|st)\b[ ,/&-]{0,3}(?:and |or )?){1,3}therap(?:y|ies)|chiropractic|acupuncture|"
    r"rehabilitation|terapias? (?:f[íi]sicas?|ocupacional(?:es)?|del habla)"
    r"(?:(?: y|,| o) (?:f[íi]sica|ocupacional|del habla)){0,2}|quiropr[áa]ctic[ao]|acupuntura|rehabilitaci[óo]n"
)
_FOR_CARE = re.compile(
    rf"(?P<care>{_CARE})\s(?:visits?|sessions?|treatments?|visitas|sesiones)|"
    rf"(?:visits?|sessions?|visitas|sesiones) (?:for|of|de) (?P<of>{_CARE})",
    re.I,
)
_APPLIES = re.compile(r"\(([A-Za-zÁÉÍÓÚÑáéíóúñ ,/&-]{4,80})\)")


def notes(book: LabelBook, rows: Sequence[Row], used: set[int], keys: Collection[str], paper: str) -> tuple[Note, ...]:
    """The paper's legend: a key and its words, which may run on over the next lines."""
    wanted, found, section = {plain_key(k) for k in keys}, [], False
    open_: list[Row] = []
    for row in rows:
        if row.index in used or row.blank:
            open_ = []
            continue
        if book.is_("notes-section", row.text.strip().rstrip(":")):
            section, open_ = True, []
            used.add(row.index)
            continue
        match = _NOTE.fullmatch(row.text)
        if match and _is_note(match, wanted, section):
            start = row.start + match.start("key")
            found.append(Note(match["key"], match["text"].strip(), Span(paper, 1, start, row.end)))
            open_ = [row]
            used.add(row.index)
        elif open_ and found and _runs_on(row):
            last = found.pop()
            found.append(Note(last.key, f"{last.text} {row.text.strip()}", Span(paper, 1, last.span.start, row.end)))
            used.add(row.index)
    return tuple(found)


def legend(book: LabelBook, rows: Sequence[Row], used: Collection[int]) -> set[int]:
    """The numbers of the lines that are notes by their place: their amounts and labels are none of a service."""
    found, section = set(), False
    for row in rows:
        if row.index in used or row.blank:
            continue
        if book.is_("notes-section", row.text.strip().rstrip(":")):
            section = True
        elif section and (match := _NOTE.fullmatch(row.text)) and _is_note(match, set(), True):
            found.add(row.index)
    return found


def _is_note(match: re.Match[str], wanted: set[str], section: bool) -> bool:
    key, text = plain_key(match["key"]) or match["key"], match["text"]
    if len(text) < 8 or not any(c.isalpha() for c in text):
        return False
    if section and _LETTER.fullmatch(match["key"]) and len(text.split()) >= 4 and (text[0].isupper() or text[0] in '$"¡¿“'):
        return True
    if money.PRINTED.match(text):
        return False
    if key in wanted:
        return True
    telling = any(c.isdigit() for c in key) and (any(c.isalpha() for c in key) or section)
    return telling and match["gap"] != " " and len(text.split()) >= 2 and (section or len(text.split()) >= 4)


def _runs_on(row: Row) -> bool:
    text = row.text.strip()
    return ":" not in text and not text.isupper() and len(row.cells) == 1 and (row.text[:1] == " " or text[:1].islower())


def _number(text: str) -> Decimal | None:
    return money.amount(text)


def kind_of_count(text: str) -> str | None:
    """What a running count on that line would count, or None."""
    if _BENEFIT_DAYS.search(text):
        return "benefit-days"
    if _POCKET.search(text):
        return "out-of-pocket"
    if _DEDUCTIBLE.search(text):
        return "deductible"
    return "visits" if _VISITS.search(text) else None


def period_of_count(text: str) -> str | None:
    """calendar-year or plan-year where the words say so."""
    if re.search(r"calendar year|año calendario", text, re.I):
        return "calendar-year"
    return "plan-year" if re.search(r"(?:plan|benefit|policy) year|año del plan", text, re.I) else None


def scope_of_count(text: str) -> str | None:
    """individual or family where the words say so."""
    if re.search(r"family|familiar", text, re.I):
        return "family"
    return "individual" if re.search(r"individual", text, re.I) else None


def net_of_count(text: str) -> str | None:
    """in or out where the words name a network."""
    if re.search(r"out[- ]of[- ]network|fuera de la red", text, re.I):
        return "out"
    return "in" if re.search(r"in[- ]network|dentro de la red", text, re.I) else None


def _counts(text: str, kind: str) -> tuple[Decimal | None, Decimal | None, Decimal | None] | None:
    """used, limit, remaining; None where the text gives no running count."""
    both = _OF.search(text) or _TOWARD.search(text) or _THEN_USED.search(text)
    dollars = kind not in COUNTED
    if both and ("$" in both["used"] or "." in both["used"]) == dollars:
        return _number(both["used"]), _number(both["limit"]), None
    named = named_amounts(text) if dollars else None
    if named:
        return named.get("used"), named.get("limit"), named.get("remaining")
    left = _LEFT.search(text)
    if left and ("$" in left["left"] or "." in left["left"]) == dollars:
        return None, None, _number(left["left"])
    yearly = _YEARLY.fullmatch(text.strip()) if dollars else None
    if yearly:
        return None, _number(yearly["limit"]), None
    whole = _MET_ALL.search(text) if dollars else None
    if whole:
        return _number(whole["limit"]), _number(whole["limit"]), None
    if kind == "deductible" and _ALL_MET.match(text) and not money.PRINTED.search(text):
        return None, None, money.amount("$0.00")
    limit = _VISITS_LIMIT.search(text) if kind == "visits" else None
    return (None, Decimal(limit[1]), None) if limit else None


def accumulators(rows: Sequence[Row], used: set[int], paper: str) -> tuple[Accumulator, ...]:
    """Running counts: "Deductible met so far: $412.00 of $3,200.00", "Visits used: 9 of 30", "20 visits per calendar year"."""
    found = []
    for at, row in enumerate(rows):
        text = _with_next(rows, at)
        if len(text) >= 400 or (codes.search(row.text) and money_count(row) >= 3):
            continue
        counted = [one for start, end in _kinds_apart(text) if (one := _counter(row, text[start:end], start, paper))]
        if counted:
            found += counted
            used.add(row.index)
    return tuple(found)


def _kinds_apart(text: str) -> list[tuple[int, int]]:
    """Where a line tells of several kinds of counts ("Deductible: $416.50 of $1,000.00. Out-of-pocket: $811.00 of $4,000.00"),
    the part of each; else the whole line. A kind stands before its figures, or behind them where the first figure comes first."""
    names = sorted((m.start(), m.end(), kind) for kind, shape in _NAMED for m in shape.finditer(text))
    figures = [m.start() for m in re.finditer("[0-9]", text)]
    parted = [
        (before, name)
        for before, name in itertools.pairwise(names)
        if before[2] != name[2] and any(before[1] <= at < name[0] for at in figures)
    ]
    if not parted or not figures:
        return [(0, len(text))]
    behind = figures[0] < names[0][0]
    cuts = [before[1] if behind else name[0] for before, name in parted]
    return list(itertools.pairwise([0, *cuts, len(text)]))


def _counter(row: Row, text: str, start: int, paper: str) -> Accumulator | None:
    """The running count of a part of a line that begins at `start` of it."""
    kind = kind_of_count(text)
    counted = _counts(text, kind) if kind else None
    if kind is None or counted is None:
        return None
    applies = _care_of(text) if kind == "visits" else None
    whole = row.whole if not start and len(text) >= len(row.text) else _part(row, start, text)
    return Accumulator(
        kind, Span(paper, 1, whole.start, whole.end), _plain(counted[0], kind), _plain(counted[1], kind),
        _plain(counted[2], kind), period_of_count(row.text), scope_of_count(row.text), net_of_count(row.text),
        applies, whole.text,
    )  # fmt: skip


def _care_of(text: str) -> str | None:
    """Which care a count of visits is for, as printed."""
    named, bracket = _FOR_CARE.search(text), _APPLIES.search(text)
    found = (named["care"] or named["of"]) if named else bracket[1] if bracket else None
    return found.strip() if found else None


def _part(row: Row, start: int, text: str) -> Cell:
    line = Cell(row.text, row.start, row.end, 0, len(row.text))
    return line.part(start, min(start + len(text), len(row.text)))


def _with_next(rows: Sequence[Row], at: int) -> str:
    """A line with the next where it breaks off within "$85.00 of your $147.00"."""
    text = rows[at].text
    broken = len(text) < 300 and re.search(r"[0-9]\s(?:out of|of|de)\s*$", text) and at + 1 < len(rows)
    return f"{text.rstrip()} {rows[at + 1].text.strip()}" if broken else text


def _plain(value: Decimal | None, kind: str) -> Decimal | None:
    return value.quantize(Decimal(1)) if value is not None and kind in COUNTED else value


def phones(rows: Sequence[Row], paper: str) -> tuple[Note, ...]:
    """Phone numbers with the words before them."""
    found = []
    for row in rows:
        if not row.cells or len(row.text) > 400 or not _CALL.search(row.text):
            continue
        for match in _PHONE.finditer(row.text):
            before = row.text[: match.start()].strip(" :-–\t|(")[-80:]
            found.append(Note(before, match.group(), Span(paper, 1, row.start + match.start(), row.start + match.end())))
    return tuple(found[:20])
