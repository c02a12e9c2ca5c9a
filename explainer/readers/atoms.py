"""The smallest parts of a row that can each be a value: an amount, a day, a code, a count, a key, or words."""

import re
from dataclasses import dataclass

from explainer.readers.fields import codes, dates, money, remarks
from explainer.readers.rows import Cell, Row
from explainer.readers.words import plain

MONEY, DATE, CODE, COUNT, TALLY, KEY, DASH, PERCENT, YES, TEXT = (
    "money", "date", "code", "count", "tally", "key", "dash", "percent", "yes", "text",
)  # fmt: skip
_COUNT = re.compile(r"[0-9]{1,4}(?:\.0{1,3})?", re.ASCII)
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?\s?%", re.ASCII)
_YES = frozenset(("yes", "no", "y", "n", "sí", "si"))
_WORDY = (TEXT, KEY, COUNT, YES)
_DIGIT = re.compile("[0-9]")
_LINE_NUMBER = re.compile(r"([0-9]{1,3}) (?=[0-9])")
_TOKEN = re.compile(r"[^\s()\[\]]\S*|[(\[](?=\S*[^\s()\[\]])\S+")


@dataclass(frozen=True, slots=True)
class Atom:
    """A value's sort and its cell."""

    sort: str
    cell: Cell


def sort_of(text: str) -> str:
    """What a whole cell looks like."""
    if money.is_dash(text):
        return DASH
    if text[0] not in "0123456789$(-–£.":
        return _sort_of_words(text)
    if money.PRINTED.fullmatch(text):
        return MONEY
    if _COUNT.fullmatch(text):
        return CODE if len(text) == 5 else COUNT
    if dates.days(text):
        return DATE
    if _PERCENT.fullmatch(text):
        return PERCENT
    found = codes.search(text)
    if found and found.start == 0 and found.end == len(text):
        return CODE
    return KEY if remarks.is_key(text) else TEXT


def _sort_of_words(text: str) -> str:
    found = codes.PRINTED.fullmatch(text)
    if found:
        return CODE
    if text.lower() in _YES:
        return YES
    if remarks.is_key(text):
        return KEY
    return DATE if dates.days(text) else TEXT


def coarse(row: Row) -> list[Atom]:
    """Each cell is one value, but amounts that stand one space apart come apart."""
    found: list[Atom] = []
    spaced = _spaced(row)
    for cell in row.cells:
        sort = sort_of(cell.text) if cell.text else TEXT
        if cell in spaced:
            found.append(Atom(MONEY, cell))  # read as no amount, and told
        elif sort == TEXT and not row.ruled:
            led, rest = _led(cell)
            found += [*led, *_around_money(rest)]
        else:
            found.append(Atom(sort, cell))
    return found


def _spaced(row: Row) -> list[Cell]:
    """The cells that are amounts with spaces between thousands: several of a row, or one beside a count of its own. One alone
    may be a count and an amount one space apart."""
    found = [c for c in row.cells if c.text and money.is_grouped(c.text)]
    counted = any(_COUNT.fullmatch(c.text) and len(c.text) < 4 for c in row.cells)
    return found if len(found) > 1 or counted or any("$" in c.text for c in found) else []


def _led(cell: Cell) -> tuple[list[Atom], Cell]:
    """A line's number, days and a code one space apart at a cell's start ("01 08/01/26 08/01/26 97110/GP Ther ex"), and the
    rest. One day alone may be part of the words behind it."""
    fixed, at, led = _fixed_places(cell.text), 0, list[Atom]()
    number = _LINE_NUMBER.match(cell.text)
    if number:
        led, at = [Atom(COUNT, cell.part(0, number.end(1)))], number.end()
    for start, end, sort in fixed:
        if start != at or sort == MONEY:
            break
        led.append(Atom(sort, cell.part(start, end)))
        at = end + (cell.text[end : end + 1] == " ")
        if sort == CODE:
            break
    days = [a.sort for a in led].count(DATE)
    many = days >= 2 or (days == 1 and led[-1].sort == CODE)
    return (led, cell.part(at, len(cell.text))) if many else ([], cell)


def _around_money(cell: Cell) -> list[Atom]:
    found, at = [], 0
    for match in money.PRINTED.finditer(cell.text):
        found += _as_atom(cell.part(at, match.start()))
        found.append(Atom(MONEY, cell.part(match.start(), match.end())))
        at = match.end()
    return found + _as_atom(cell.part(at, len(cell.text)))


def _as_atom(cell: Cell) -> list[Atom]:
    return [Atom(sort_of(cell.text), cell)] if cell.text else []


def _fixed_places(text: str) -> list[tuple[int, int, str]]:
    """Days, codes and amounts that stand anywhere in a line, none over another."""
    found = [(m.start(), m.end(), DATE) for m in dates.PRINTED.finditer(plain(text)) if dates.from_match(m)]
    found += [(m.start(), m.end(), MONEY) for m in money.PRINTED.finditer(text)]
    taken = [(a, b) for a, b, _ in found]
    found += [
        (m.start(), m.end(), CODE)
        for m in codes.PRINTED.finditer(text)
        if not any(a < m.end() and m.start() < b for a, b in taken)
    ]
    return sorted(found)


def fine(row: Row) -> list[Atom]:
    """Every word and number of its own, for rows whose columns stand one space apart."""
    cell, found, at = row.whole, [], 0
    for start, end, sort in _fixed_places(cell.text):
        if start < at:
            continue
        found += _tokens(cell, at, start)
        found.append(Atom(sort, cell.part(start, end)))
        at = end
    return _joined(cell, found + _tokens(cell, at, len(cell.text)))


def _tokens(cell: Cell, start: int, end: int) -> list[Atom]:
    return [
        Atom(sort_of(m.group()), cell.part(start + m.start(), start + m.end())) for m in _TOKEN.finditer(cell.text[start:end])
    ]


def _joined(cell: Cell, atoms: list[Atom]) -> list[Atom]:
    """Words, keys and counts between days, codes and amounts are one value ("PT EVAL LOW COMPLEX 20 MIN"), but for a count at
    their edge; what stands behind the last amount stays apart."""
    last = max((i for i, a in enumerate(atoms) if a.sort == MONEY), default=len(atoms))
    out: list[Atom] = []
    run: list[Atom] = []
    for atom in atoms[:last]:
        if atom.sort in _WORDY:
            run.append(atom)
        else:
            out += [*_phrase(cell, run), atom]
            run = []
    return [*out, *_phrase(cell, run), *_texts_joined(cell, atoms[last:])]


def _phrase(cell: Cell, run: list[Atom]) -> list[Atom]:
    if not any(a.sort == TEXT for a in run):
        return run
    first = 1 if run[0].sort == COUNT else 0
    until = max(i for i, a in enumerate(run) if a.sort != COUNT) + 1
    whole = cell.part(run[first].cell.start - cell.start, run[until - 1].cell.end - cell.start)
    return [*run[:first], Atom(TEXT, whole), *run[until:]]


def _texts_joined(cell: Cell, atoms: list[Atom]) -> list[Atom]:
    out: list[Atom] = []
    for atom in atoms:
        if out and atom.sort == TEXT == out[-1].sort:
            first = out.pop().cell
            out.append(Atom(TEXT, cell.part(first.start - cell.start, atom.cell.end - cell.start)))
        else:
            out.append(atom)
    return out


def atoms_of(row: Row) -> list[Atom]:
    """The row's values: by cells where the line shows them, else word by word."""
    if row.ruled:
        return [Atom(sort_of(c.text) if c.text else TEXT, c) for c in row.cells if c.text]
    by_cell = coarse(row)
    if len(row.cells) >= 3 or len(row.cells) * 2 >= len(by_cell):
        return by_cell
    return fine(row)


def money_count(row: Row) -> int:
    """How many amounts a row holds."""
    if not row.cells or _DIGIT.search(row.text) is None:
        return 0
    return len(money.PRINTED.findall(row.text))
