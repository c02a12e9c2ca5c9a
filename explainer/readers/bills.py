"""What stands on bills beside their charges: aging tables, balances carried over, receipts, collectors' letters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from explainer.model.document import Problem, Receipt
from explainer.model.source import Span
from explainer.readers.atoms import money_count
from explainer.readers.fields import dates, money
from explainer.readers.labels import LabelBook
from explainer.readers.record import LEDGER, LINE, PAYMENT, TOTAL, Record
from explainer.readers.rows import Row

_AGES = re.compile(r"(?<![\d.$/-])(?:0|1|30|31|60|61|90|91|120|121|150|180)(?![\d.,/])")
_AGED = re.compile(r"days?\b|d[íi]as?\b|over\b|m[áa]s de\b|\+|past due|vencid", re.I)
_AGED_INLINE = re.compile(
    r"(?<![\d.,$/-])(?:30|60|90|120)\+?(?:\s?[-–]\s?\d{2,3})?\s?(?:days?|d[íi]as?)?\s?:?\s{1,4}\$?[0-9][\d,]{0,9}\.\d\d", re.I
)
_ACCOUNT = re.compile(
    r"\b(?:account|acct|cuenta)\.?[ \t]?(?:number|no\.?|num\.?|#|n[uú]m\.?)?[ \t]*[:#]?[ \t]*"
    r"(?P<number>[A-Z]{0,4}-?[0-9][0-9A-Z-]{3,19})(?![\w./$-])",
    re.I,
)
_HEAD = 4
_LONGEST = 300
_PAID_BY = {"patient": "paid-by-patient", "plan": "paid-by-plan", "adjustment": "taken-off", "before": "carried-over"}
_TAKEN_OFF = re.compile(r"\b(?:discounts?|write-?\s?offs?|adjustments?|courtesy|descuentos?|ajustes?)\b", re.I)
_BY_PATIENT = re.compile(r"\b(?:co-?pay(?:ment)?s?|patient|pt|guarantor|self[- ]pay|copagos?|paciente)\b", re.I)
_BY_PLAN = re.compile(r"\b(?:insurance|ins|insurer|era|eob|medicare|medicaid|primary|secondary|seguro|aseguradora)\b", re.I)
# A row with a service's code is the service.
_CODE = re.compile(r"(?<![\w/.-])(?:[0-9]{5}|[A-Z][0-9]{4})(?![\w/.-])")
_COLLECTOR = re.compile(
    r"debt collector|attempt to collect (?:a|this) debt|collection agency"
    r"|cobrador de deudas|intento de cobrar una deuda|agencia de cobro",
    re.I,
)


def aging(rows: Sequence[Row]) -> set[int]:
    """The lines of a table that says how old a balance is: its amounts are parts of the balance, no charges."""
    found: set[int] = set()
    for at, row in enumerate(rows):
        if row.blank or len(row.text) > 300:
            continue
        if len(_AGED_INLINE.findall(row.text)) >= 2:
            found.add(row.index)
        elif len(set(_AGES.findall(row.text))) >= 2 and _AGED.search(row.text) and not money_count(row):
            found |= {row.index, *_amounts_below(rows[at + 1 : at + 4])}
    return found


def due_in_aging(book: LabelBook, rows: Sequence[Row], aside: set[int]) -> list[Record]:
    """What is due, where it is the last column of a table that says how old a balance is."""
    found = []
    for head, below in pairwise(r for r in rows if r.index in aside and r.cells):
        value = below.cells[-1]
        named = head.cells[-1].text if len(head.cells) == len(below.cells) and not money_count(head) else ""
        if book.field_of(named) in ("amount_due", "patient_owes") and money.amount(value.text) is not None:
            found.append(Record(TOTAL, value.start, value.end, {"amount_due": (value,)}, ("amount_due",)))
    return found


def _amounts_below(rows: Sequence[Row]) -> Iterator[int]:
    for row in rows:
        left = money.PRINTED.sub(" ", row.text)
        if money_count(row) >= 2 and sum(1 for c in left if c.isalpha()) <= 24:
            yield row.index
        elif money_count(row):
            return


def without(rows: Sequence[Row], aside: set[int]) -> list[Row]:
    """The same lines, with those set aside left blank."""
    return [replace(r, text="", cells=(), ruled=False) if r.index in aside else r for r in rows]


def is_receipt(book: LabelBook, rows: Sequence[Row]) -> bool:
    """Whether the head of a paper calls it a receipt, and neither a bill nor a plan's paper."""
    head = [r.text for r in [r for r in rows if not r.blank][:_HEAD] if not money_count(r)]
    return any(book.names("receipt", t) for t in head) and not any(book.names(k, t) for t in head for k in ("bill", "eob", "msn"))


def told_of(text: str, paper: str) -> list[Problem]:
    """What a reader of a bill should be told of the whole paper."""
    match = _COLLECTOR.search(text)
    return [Problem("collector-letter", {}, span=Span(paper, 1, match.start(), match.end()))] if match else []


def is_known_aside(book: LabelBook, row: Row) -> bool:
    """A line with an amount that is known and left alone: a balance carried over, a part that is pending."""
    amount = money.PRINTED.search(row.text)
    label = row.text[: amount.start()].strip(" :.-\t") if amount else ""
    return bool(label) and len(label) < 60 and book.field_of(re.split(r"\s[-–]\s", label)[0]) in ("ignore", "patient_paid")


def account_of(text: str) -> str | None:
    """The account that a bill names, where it names one only."""
    found = {match["number"] for match in _ACCOUNT.finditer(text)}
    return found.pop() if len(found) == 1 else None


def receipts_of(book: LabelBook, rows: Sequence[Row], records: Sequence[Record], paper: str) -> tuple[Receipt, ...]:
    """The payments that stand in rows of their own: "02/20/2026  Payment - thank you   $10.00   $20.00"."""
    ledger = {r.start: r for r in records if r.kind == LEDGER}
    found = (_posted(book, r, paper) if (r := ledger.get(row.whole.start)) else _receipt(book, row, paper) for row in rows)
    return tuple(receipt for receipt in found if receipt is not None)


def _posted(book: LabelBook, record: Record, paper: str) -> Receipt | None:
    """A row that fills only a column of payments or credits. Who paid is told by its words alone: the column is everybody's."""
    name = next(n for n in record.cells if n in record.money and n != "patient_owes" and money.amount(record.text(n)))
    value, day = money.amount(record.text(name)), dates.days(record.text("service_date"))
    by = _payer(book, record.text("description"), name)
    span = Span(paper, 1, record.start, record.end)
    return Receipt(by, abs(value), span, day.first if day else None) if value is not None else None


def _payer(book: LabelBook, said: str, name: str) -> str:
    by = next((who for who, sort in _PAID_BY.items() if book.names(sort, said)), None)
    if by is not None:
        return by
    if name in ("discount", "not_payable") or _TAKEN_OFF.search(said):
        return "adjustment"
    patient, plan = _BY_PATIENT.search(said) is not None, _BY_PLAN.search(said) is not None or book.names("insurer", said)
    return "unknown" if patient == plan else "patient" if patient else "plan"


def _receipt(book: LabelBook, row: Row, paper: str) -> Receipt | None:
    """A row that names who paid before its first amount; a second amount is the balance that is left."""
    if row.blank or len(row.text) > _LONGEST or not 0 < money_count(row) <= 2:
        return None
    amount = money.PRINTED.search(row.text)
    label = row.text[: amount.start()] if amount else ""
    value = money.amount(amount.group()) if amount else None
    by = next((who for who, sort in _PAID_BY.items() if book.names(sort, label)), None)
    if amount is None or value is None or by is None or _CODE.search(label):
        return None
    day = dates.search(label)
    found = dates.days(day.group()) if day else None
    return Receipt(by, abs(value), Span(paper, 1, row.start, row.end), found.first if found else None)


def running_balances(records: list[Record]) -> list[Record]:
    """In a ledger, where payments have rows of their own with a balance behind them, a charge's balance is not what it leaves."""
    ledgers = {r.group for r in records if r.kind in (PAYMENT, LEDGER) and r.cell("patient_owes") is not None}
    return [_unbalanced(r) if r.group in ledgers and r.kind == LINE else r for r in records]


def _unbalanced(record: Record) -> Record:
    cells = {name: cell for name, cell in record.cells.items() if name != "patient_owes"}
    return replace(record, cells=cells, money=tuple(n for n in record.money if n != "patient_owes"))
