"""Labels with their values on the next line, or on the line before."""

from collections.abc import Sequence

from explainer.readers.columns import MONEY_COLUMNS
from explainer.readers.fields import money, remarks
from explainer.readers.labels import LabelBook
from explainer.readers.pair import Pair
from explainer.readers.pairs import lone_label, lone_value, money_label
from explainer.readers.rows import Cell, Row

_NAMED = ("provider", "patient", "payer", "claim_id", "member_id", "description", "code", "plan_words")
_OVER_VALUES = ("provider", "patient", "claim_id", "member_id", "processed", "plan_words", "network", "status", "ignore_name")
_OFF = 2
_SHORT = ("modifiers", "revenue_code", "place_of_service", "remarks", "description", "code")


def amount_alone(row: Row | None) -> bool:
    """Whether a line holds an amount, or a dash for none, and nothing else."""
    cell = row.single if row else None
    return cell is not None and (money.PRINTED.fullmatch(cell.text) is not None or money.is_dash(cell.text))


def _beside(book: LabelBook, rows: Sequence[Row], at: int, label: str, here: Cell, after: Row, run: bool) -> Cell | None:
    """A name or number below its label: the label has a colon, or stands in a list of labels with values below them."""
    value = after.single
    if value is None or label not in (*_NAMED, *_SHORT) or lone_label(book, after) is not None or ":" in value.text:
        return None
    if label == "remarks" and not (remarks.is_list(value.text) or money.is_dash(value.text)):
        return None
    if here.text.endswith(":"):
        return value
    below = next((r for r in rows[after.index - rows[at].index + at + 1 :][:1]), None)
    listed = run or (below is not None and not below.blank and lone_label(book, below) is not None)
    fits = len(value.text) <= 60 and (value.text[0].isupper() or value.text[0].isdigit()) and not money.PRINTED.search(value.text)
    return value if listed and (fits or (label in _SHORT and money.is_dash(value.text))) else None


def _values_above(book: LabelBook, rows: Sequence[Row], at: int) -> bool:
    """Whether amounts and labels that take turns from this amount on end with a label: then each stands below its amount."""
    last_money = True
    for row in rows[at + 1 : at + 80]:
        cell = row.single
        if cell is None:
            break
        is_money = amount_alone(row)
        if is_money == last_money:
            break
        last_money = is_money
    return not last_money


def value_below(
    book: LabelBook, rows: Sequence[Row], at: int, value_first: bool | None, run: bool
) -> tuple[Pair, int, bool] | None:
    """A label and its value on two lines, whichever stands above; and whether the value did."""
    here, after = rows[at], next((r for r in rows[at + 1 : at + 3] if not r.blank), None)
    if after is None or here.single is None or after.single is None:
        return None
    label = lone_label(book, here) or (money_label(book, here) if not value_first else None)
    if label and not (value_first and label in MONEY_COLUMNS):
        value = lone_value(label, after)
        value = value or _beside(book, rows, at, label, here.single, after, run)
        if value:
            return Pair(label, here.single, value), after.index, False
    return _above(book, here, after) if value_first or (value_first is None and _values_above(book, rows, at)) else None


def values_under(book: LabelBook, rows: Sequence[Row], at: int) -> tuple[list[Pair], int] | None:
    """ "Member name   Member ID   ICN" over "SAMPLE, ANN   12345678   2026001": a row of labels and a row of their values.

    Each value begins where its label does, and one of them is a number."""
    here, after = rows[at], next((r for r in rows[at + 1 : at + 3] if not r.blank), None)
    labels = [(i, book.exactly(c.text.rstrip(":"))) for i, c in enumerate(here.cells) if c.text]
    if after is None or len(labels) < 2 or any(name not in _OVER_VALUES for _, name in labels):
        return None
    pairs = [Pair(str(name), here.cells[i], value) for i, name in labels if (value := _under(here, i, after)) is not None]
    values = [c for c in after.cells if c.text]
    numbers = all(any(x.isdigit() for x in p.value.text) for p in pairs if p.field in ("claim_id", "member_id"))
    told = any(p.field == "claim_id" for p in pairs) and len({p.field for p in pairs}) == len(pairs) == len(values)
    return (pairs, after.index) if told and numbers and not any(book.exactly(c.text) for c in values) else None


def _under(here: Row, at: int, after: Row) -> Cell | None:
    if here.ruled or after.ruled:
        return after.cells[at] if here.ruled and after.ruled and at < len(after.cells) and after.cells[at].text else None
    near = [c for c in after.cells if abs(c.left - here.cells[at].left) <= _OFF]
    return near[0] if len(near) == 1 else None


def _above(book: LabelBook, here: Row, after: Row) -> tuple[Pair, int, bool] | None:
    assert here.single is not None
    assert after.single is not None
    under = lone_label(book, after) if money.PRINTED.fullmatch(here.single.text) else None
    if under in MONEY_COLUMNS:
        return Pair(str(under), after.single, here.single), after.index, True
    return None
