"""Labels with their values: "Billed: $185", "Plan paid $70.00   Copay $20.00", "$400.00" above "Amount Billed"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from explainer.readers.columns import MONEY_COLUMNS
from explainer.readers.day_labels import DAYS, of_something_else
from explainer.readers.elsewhere import of_elsewhere
from explainer.readers.fields import codes, counts, dates, money, remarks
from explainer.readers.label_marks import bare_label, reasons_beside
from explainer.readers.labels import Hit, LabelBook
from explainer.readers.pair import Pair, is_of_an_earlier, lone_day
from explainer.readers.rows import Cell, Row
from explainer.readers.service import unnumbered
from explainer.readers.words import words

IDS = frozenset(("claim_id", "member_id"))
NAMES = frozenset(
    ("patient", "provider", "payer", "plan_words", "status", "network", "ignore_name", "reason_text", "description")
)
_COLON = re.compile(r":(?=\s|$|\$|[A-Za-z0-9(-])(?!//)")
_BETWEEN = re.compile(r"[)*]?[\s:.=\-–—#]{0,80}(?:(?:is|was|of|es|de|fue|on|el)\s{1,3})?(?:USD\s?)?", re.I)
_ID = re.compile(
    r"[A-Z]{2,4}(?: [0-9]{2,6}){2,4}(?![\w.])|[A-Za-z0-9][A-Za-z0-9/._-]{1,40}(?<![.,])|"
    r"\*{2,6}[0-9]{2,6}|[Xx]{3}-?[A-Za-z0-9-]{3,14}"
)
# "W1882 33410", "U55120987 01": a member's number in groups. Behind a claim's number the next group may be a code.
_GROUPED_MEMBER = re.compile(r"(?:[A-Z]{0,3}[0-9]{3,9}(?: [0-9]{3,9}){1,3}|[A-Z]{0,3}[0-9]{6,12} [0-9]{2})(?![\w./-])(?! ?:)")
# "2026298 00 12345": so too a claim's, where nothing stands behind it and two groups or one of two digits follow.
_GROUPED_CLAIM = re.compile(
    r"[A-Z]{0,3}[0-9]{3,9}(?: [0-9]{1,9}){2,4}|[A-Z]{0,3}[0-9]{4,12} [0-9]{2}|[A-Z]{1,4}(?: [0-9]{1,9}){2,5}|"
    r"[A-Z]{1,4}-[0-9]{1,9}(?: [0-9]{1,9}){1,4}"
)
_CAPITAL = re.compile(r"[A-ZÁÉÍÓÚÑ0-9(][^\s]*(?: [A-Za-zÁÉÍÓÚÑáéíóúñ0-9&.'(),/-]+){0,8}")
_COUNTED = re.compile(
    r"\s{0,2}(?:(?:met|used|so far|applied|spent|cumplidos?|usados?)\s)?(?:of|out of|de|/)\s{1,2}"
    r"(?:your |a |su |un |the )?\$?[0-9]",
    re.I,
)
_SAID_BESIDE = NAMES | {"code", "modifiers", "remarks", "units", "minutes", "description", "claim_id", "member_id", "approved"}
_SAID_BESIDE |= {"revenue_code", "place_of_service"}
_PEOPLE = frozenset(("patient", "provider", "payer"))
_COLON_VALUED = frozenset(("code", "modifiers", "remarks", "units", "minutes", "revenue_code", "place_of_service", "approved"))
_COUNT_LABEL = re.compile(r"\b(?:number of|how many|count of|n[úu]mero de|cu[áa]nt[oa]s|cantidad de servicios)\b[^:]*$", re.I)
_PAYMENT = re.compile(r"\b(?:payments?|pmts?|pagos?)\b", re.I)
_NUMBER_ALONE = re.compile(r"(?<![A-Za-z(])[0-9]{2}")
_BEFORE_LABEL = re.compile(r"(?P<said>[^:$]{2,60}?)\s+[-–—]\s+(?P<label>[a-záéíóúñ][a-záéíóúñ. ]{2,40})")
_LONGEST_LABEL = 70
_LEAST_FIGURES = 4
_LONGEST_VALUE = 240


def _valued(field: str, cell: Cell) -> Cell | None:
    """The value of a label without a colon: only what has the sort of the field, straight behind it."""
    straight = money.PRINTED.match(cell.text) if field in MONEY_COLUMNS else None
    if field in MONEY_COLUMNS and (straight or money.is_dash(cell.text)):
        return _money(cell)
    gap = _BETWEEN.match(cell.text)
    rest = cell.part(gap.end() if gap else 0, min(len(cell.text), _LONGEST_VALUE))
    if not rest.text:
        return None
    if field in MONEY_COLUMNS:
        return _money(rest)
    if field in DAYS:
        day = dates.PRINTED.match(rest.text.lower())
        return rest.part(0, day.end()) if day else None
    return _other(field, rest)


def _money(rest: Cell) -> Cell | None:
    """The amount straight ahead; "$412.00 of $3,200.00" is a running count and no amount of a service."""
    found = money.PRINTED.match(rest.text)
    if found is None:
        return rest if money.is_dash(rest.text) else None
    return None if _COUNTED.match(rest.text, found.end()) else rest.part(0, found.end())


def _whole_number(text: str) -> bool:
    """Meant as an amount, though not plainly one: it is kept, so that it can be refused aloud."""
    return bool(text) and text[0] in "$-(0123456789" and len(text) <= 24 and not _COUNTED.search(text)


def _other(field: str, rest: Cell) -> Cell | None:
    if field == "code":
        found = codes.search(rest.text)
        return rest if (found and found.start == 0) or (not found and _noted(rest)) else None
    if field in IDS:
        match = _id_at(field, rest.text)
        long_enough = match and _long_enough(field, match.group())
        return rest.part(0, match.end()) if match and long_enough else None
    if field in ("units", "minutes"):
        first = rest.text.split(" ")[0]
        return rest.part(0, len(first)) if counts.units(first) is not None else None
    if field == "remarks":
        return rest if _noted(rest) else None
    return None


def _long_enough(field: str, number: str) -> bool:
    """Whether it is a number and no word: four figures; of a member's number some may be hidden ("XXX-XX-1A23")."""
    figures = sum(c.isdigit() for c in number)
    hidden = sum(c in "Xx*" for c in number) if field == "member_id" else 0
    return figures >= _LEAST_FIGURES or (figures > 1 and hidden > 2 and figures + hidden >= _LEAST_FIGURES)


def _id_at(field: str, text: str) -> re.Match[str] | None:
    grouped = _GROUPED_MEMBER.match(text) if field == "member_id" else _GROUPED_CLAIM.fullmatch(text)
    return grouped or _ID.match(text)


def _noted(rest: Cell) -> bool:
    return any(c.isdigit() for c in rest.text) and remarks.is_list(rest.text)


def _colons(book: LabelBook, cell: Cell) -> list[tuple[str | None, int, int, int]]:
    """Field, start and end of each label before a colon, and where its value starts."""
    out: list[tuple[str | None, int, int, int]] = []
    floor = 0
    for match in _COLON.finditer(cell.text):
        since = max(floor, match.start() - _LONGEST_LABEL)
        found = _label_before(book, cell.text[since : match.start()], first=not out)
        if found is None:
            continue
        field, start = found
        out.append((field, since + start, match.start(), match.end()))
        floor = match.end()
    return out


def _label_before(book: LabelBook, text: str, first: bool) -> tuple[str | None, int] | None:
    """The longest known label that ends where the colon stands; an unknown one only at the start of a cell."""
    listed = words(text)
    if first and text.strip() and not _NUMBER_ALONE.search(text):
        field = book.field_of(text)
        if field:
            return field, len(text) - len(text.lstrip())
    last_digit = max((w.end for w in listed if w.word.isdigit()), default=0)
    for word in listed[-8:]:
        if word.start < last_digit:
            continue
        field = book.exactly(text[word.start :])
        counted = field == "units" and text[: word.start].rstrip()[-1:].isdigit()
        if field and of_something_else(book, field, text[: word.start], text[word.start :]):
            return None, word.start
        if field and not counted:
            return field, word.start
    return (None, 0) if first and text.strip() else None


def _bare(book: LabelBook, cell: Cell) -> list[Pair]:
    """Labels without a colon, each with its value straight behind it."""
    hits = book.scan(cell.text)
    out: list[Pair] = []
    for number, hit in enumerate(hits):
        if out and hit.field == "service_end" and cell.start + hit.start < out[-1].value.end:
            continue  # "12/28/2025 through 01/03/2026" is one value
        ends = number + 2 if hits[number + 1 : number + 2] and hits[number + 1].field == "service_end" else number + 1
        ends = ends if hit.field == "service_date" else number + 1
        until = hits[ends].start if ends < len(hits) else len(cell.text)
        if of_something_else(book, hit.field, cell.text[: hit.start], cell.text[hit.start : hit.end]):
            continue
        value = _valued(hit.field, cell.part(hit.end, until))
        if value and hit.field in MONEY_COLUMNS and of_elsewhere(cell, hit, value):
            continue
        if value and hit.field == "code" and codes.is_other_number(cell.text[: value.start - cell.start]):
            continue
        if value and money.is_dash(value.text) and until < len(cell.text):
            continue  # "Deductible - see below": a dash between words stands for nothing
        if value is None and number + 1 < len(hits):
            value = _valued(hit.field, cell.part(hit.end, len(cell.text)))
        first = cell.text.find(" ", hit.start, hit.end)
        if value:
            out.append(Pair(hit.field, cell.part(hit.start, hit.end), value))
        elif first > 0 and hit.field != "ignore":
            out += _bare(book, cell.part(first, until))
    return out


def _with_colons(book: LabelBook, cell: Cell) -> list[Pair]:
    out: list[Pair] = []
    labels = _colons(book, cell)
    if labels and labels[0][1] > 0:
        out += _bare(book, cell.part(0, labels[0][1]))
    for number, (field, start, end, value_at) in enumerate(labels):
        until = labels[number + 1][1] if number + 1 < len(labels) else len(cell.text)
        value = cell.part(value_at, until)
        if field is None:
            out += _bare(book, value)
            continue
        kept = _cut(book, field, value)
        if kept is None or (field in MONEY_COLUMNS and _counts_things(cell.text[:end], kept.text)):
            continue
        out.append(Pair(field, cell.part(start, end), kept))
        out += _bare(book, value.part(kept.end - value.start, len(value.text))) if kept.end < value.end else []
    return out


def _counts_things(before: str, value: str) -> bool:
    """ "Number of services Medicare denied: 1" is no amount, though a label of one stands before the colon."""
    return _COUNT_LABEL.search(before) is not None and money.PRINTED.match(value) is None


def _cut(book: LabelBook, field: str, value: Cell) -> Cell | None:
    """A value up to where the next label with a value starts. Names keep all their words unless a labelled value follows."""
    if field in MONEY_COLUMNS:
        return _money(value) or (value if _whole_number(value.text) else None)
    if field in DAYS:
        day = dates.PRINTED.match(value.text.lower())
        return value.part(0, day.end()) if day else value
    if field in _PEOPLE and (money.PRINTED.match(value.text) or value.text[:1].islower()):
        return None
    match = _id_at(field, value.text) if field in IDS else None
    if match:
        return value.part(0, match.end())
    following = [p for p in _bare(book, value) if p.label.start > value.start]
    return value.part(0, following[0].label.start - value.start) if following else value


def _named(cell: Cell, hit: Hit) -> Pair | None:
    """ "Patient Alex Sample": a name straight behind its label, in a cell of nothing else."""
    rest = cell.part(hit.end, len(cell.text))
    proper = _CAPITAL.fullmatch(rest.text)
    goes_on = rest.text.split(" ")[0].lower() in ("de", "del", "of", "the", "and", "y", "para", "for")
    if hit.start == 0 and hit.field in _PEOPLE and proper and not goes_on and 2 <= len(rest.text.split()) <= 8:
        return Pair(hit.field, cell.part(0, hit.end), rest)
    return None


def _of_cell(book: LabelBook, cell: Cell) -> list[Pair]:
    found = _with_colons(book, cell) if ":" in cell.text else []
    return found or _bare(book, cell)


def _next_to(book: LabelBook, label: Cell, value: Cell, alone: bool) -> Pair | None:
    """A label in one cell and its value in the next."""
    text = bare_label(book, label.text.rstrip(":").rstrip(" ."))
    valued = len(text) > _LONGEST_LABEL or _NUMBER_ALONE.search(text) is not None
    # "Insurance payment - BCBS": who paid stands behind the label.
    field = None if valued else book.field_of(text) or _led(book, text)
    if field is None or not value.text:
        return None
    if label.text.endswith(":") and (field in NAMES or field in _COLON_VALUED):
        return Pair(field, label, value)
    if field in MONEY_COLUMNS and money.is_dash(value.text):
        return Pair(field, label, value)
    kept = _valued(field, value)
    if kept is None and alone and field in _SAID_BESIDE and book.exactly(text) and not book.exactly(value.text):
        kept = value
    return Pair(field, label, kept) if kept else None


def _led(book: LabelBook, text: str) -> str | None:
    field = book.exactly(text.split(" - ")[0])
    return field if field in MONEY_COLUMNS else None


def _reasons(pair: Pair, behind: Sequence[Cell]) -> list[Cell]:
    """The reasons in brackets beside an amount that is more than nothing."""
    told = pair.field in MONEY_COLUMNS and money.amount(pair.value.text)
    return reasons_beside(pair.label, behind) if told else []


def pairs_of(book: LabelBook, row: Row) -> list[Pair]:
    """All labels with values of one line."""
    out: list[Pair] = []
    cells = [c for c in row.cells if c.text]
    skip, alone = False, len(cells) == 2 or _by_turns(book, cells)
    for number, cell in enumerate(cells):
        if skip:
            skip = False
            continue
        after = cells[number + 1] if number + 1 < len(cells) else None
        beside = _next_to(book, cell, after, alone) if after and not _listed(cells[number + 1 :]) else None
        if beside:
            out.append(beside)
            out += [Pair("remarks", beside.label, c) for c in _reasons(beside, cells[number + 2 : number + 3])]
            skip = True
        else:
            out += [p for p in _of_cell(book, cell) if p.value.text]
    out = [_meant(keyed(p)) for p in out]
    out += lone_day(cells, out)
    out = [p for p in out if not is_of_an_earlier(row, p)]
    return out + _names(book, cells, bool(out)) or _reversed(book, cells) or _label_last(book, row)


def _by_turns(book: LabelBook, cells: Sequence[Cell]) -> bool:
    """ "Claim number  123   Patient  Sam Sample": label, value, label, value."""
    labels = [book.exactly(c.text.rstrip(":")) is not None for c in cells]
    return len(cells) >= 4 and len(cells) % 2 == 0 and all(labels[::2]) and not any(labels[1::2])


def _meant(pair: Pair) -> Pair:
    """ "Payment due: 11/25/2026" is a day; "Patient payments  -40.00" is what was paid, not what is owed."""
    if pair.field == "ignore" and codes.search(pair.value.text) and not unnumbered(f"{pair.label.text}:"):
        return replace(pair, field="description")  # "Line 1: 97530 (Practice)"
    if pair.field == "amount_due" and dates.days(pair.value.text):
        return replace(pair, field="due_date")
    less = pair.value.text.startswith(("-", "(", "–")) or money.amount(pair.value.text) == 0
    if pair.field == "patient_owes" and less and _PAYMENT.search(pair.label.text):
        return replace(pair, field="patient_paid")
    return pair


def _listed(cells: Sequence[Cell]) -> bool:
    """Several amounts side by side stand under headings of their own ("Used", "Limit"): no label's value."""
    return len(cells) > 1 and all(money.PRINTED.fullmatch(c.text) for c in cells)


def keyed(pair: Pair) -> Pair:
    """ "Codes: CO-45, M15": keys of notes under a label that elsewhere stands for the procedure."""
    told = pair.field == "code" and not codes.search(pair.value.text)
    keys = remarks.is_list(pair.value.text) or money.is_dash(pair.value.text)
    return replace(pair, field="remarks") if told and keys else pair


def _names(book: LabelBook, cells: Sequence[Cell], others: bool) -> list[Pair]:
    hits = ((c, h) for c in cells if ":" not in c.text and len(c.text) < 90 for h in book.scan(c.text)[:1])
    return [p for c, h in hits if (p := _named(c, h)) and (others or " " in p.label.text)]


def _reversed(book: LabelBook, cells: Sequence[Cell]) -> list[Pair]:
    """ "$400.00 Amount Billed": the amount before its label."""
    text = cells[0] if cells else None
    found = money.PRINTED.match(text.text) if text else None
    if text is None or found is None:
        return []
    label = text.part(found.end(), len(text.text)) if found.end() < len(text.text) else (cells[1] if len(cells) == 2 else None)
    field = book.exactly(label.text) if label and len(cells) <= 2 else None
    return [Pair(field, label, text.part(0, found.end()))] if label and field in MONEY_COLUMNS else []


def _label_last(book: LabelBook, row: Row) -> list[Pair]:
    """ "Ms. Ann Sample - patient", "NW-1200 - claim number": a name or number, a dash, and its label in small letters."""
    match = _BEFORE_LABEL.fullmatch(row.whole.text) if row.single else None
    field = book.exactly(match["label"]) if match else None
    if match is None or field not in ("patient", "provider", "claim_id", "member_id"):
        return []
    said = match["said"]
    fits = _ID.fullmatch(said) and any(c.isdigit() for c in said) if field in IDS else _CAPITAL.fullmatch(said) and " " in said
    titled = book.names("eob", said) or book.names("bill", said) or book.field_of(said) is not None
    value, label = (row.whole.part(*match.span(name)) for name in ("said", "label"))
    return [Pair(field, label, value)] if fits and not titled else []


def lone_label(book: LabelBook, row: Row) -> str | None:
    """The field of a line that is only a label."""
    cell = row.single
    if cell is None or len(cell.text) > _LONGEST_LABEL:
        return None
    return book.field_of(cell.text[:-1]) if cell.text.endswith(":") else book.exactly(cell.text)


def money_label(book: LabelBook, row: Row) -> str | None:
    """The money field of a line that is only a label, though not known word for word; the line beside it must hold an amount."""
    cell = row.single
    short = cell is not None and len(cell.text.split()) <= 6 and not _NUMBER_ALONE.search(cell.text)
    field = book.field_of(cell.text.rstrip(":")) if cell and short else None
    return field if field in MONEY_COLUMNS else None


def lone_value(field: str, row: Row) -> Cell | None:
    """The value of a line that is only a value of that field's sort."""
    cell = row.single
    if cell is None:
        return None
    value = _valued(field, cell)
    return value if value and value.text == cell.text else None
