"""What amounts of one line obey, used to tell columns and empty cells; never to make up an amount."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, permutations
from typing import TypeVar

from explainer.model.amounts import MONEY_FIELDS, ZERO

K = TypeVar("K")
V = TypeVar("V")
Money = Mapping[str, Decimal]
TOLERANCE = Decimal("0.02")
_SEQUESTER = Decimal("0.02")
_SHARES = ("deductible", "copay", "coinsurance")
_MOST_UNKNOWN = 3
_MOST_HEADLESS = 6


def _same(one: Decimal, two: Decimal) -> bool:
    return abs(one - two) <= TOLERANCE


def _billed(a: Money) -> bool | None:
    """billed = allowed + discount + not covered; some plans count the discount within the part not covered."""
    if "billed" not in a or "allowed" not in a:
        return None
    gap = a["billed"] - a["allowed"]
    known = [a[f] for f in ("discount", "not_covered") if f in a]
    if not known:
        return None
    if _same(gap, sum(known, ZERO)):
        return True
    if len(known) == 2:
        return _same(gap, a["not_covered"]) or _same(gap, a["discount"])
    return None if gap > known[0] else False


def _allowed(a: Money) -> bool | None:
    """allowed = deductible + copay + coinsurance + plan paid + other paid (+ 2 percent that Medicare holds back)."""
    if "allowed" not in a or "plan_paid" not in a:
        return None
    known = [a[f] for f in _SHARES if f in a]
    gap = a["allowed"] - a["plan_paid"] - a.get("other_paid", ZERO) - sum(known, ZERO)
    held_back = (a["plan_paid"] + gap) * _SEQUESTER
    if _same(gap, ZERO) or (gap > 0 and _same(gap, held_back)):
        return True
    return False if len(known) == len(_SHARES) else None


def _owed(a: Money) -> bool | None:
    """owed = deductible + copay + coinsurance, with or without the part not covered."""
    if "patient_owes" not in a:
        return None
    known = [a[f] for f in _SHARES if f in a]
    total = sum(known, ZERO)
    if _same(a["patient_owes"], total) or _same(a["patient_owes"], total + a.get("not_covered", ZERO)):
        return True if known else None
    return False if len(known) == len(_SHARES) and "not_covered" in a else None


def _whole(a: Money) -> bool | None:
    """billed = discount + paid + owed (+ a part not covered that is nobody's)."""
    if not {"billed", "plan_paid", "patient_owes"} <= set(a):
        return None
    left = a["billed"] - a["plan_paid"] - a["patient_owes"] - a.get("other_paid", ZERO)
    if "discount" not in a:
        return None
    return True if _same(left, a["discount"]) or _same(left, a["discount"] + a.get("not_covered", ZERO)) else None


def _split(a: Money) -> bool | None:
    """allowed = plan paid + owed, in network where nothing is left uncovered."""
    if not {"allowed", "plan_paid", "patient_owes"} <= set(a):
        return None
    return True if _same(a["allowed"], a["plan_paid"] + a["patient_owes"]) else None


# Each sum, and the fields that it may be made of.
_SUMS = (
    (_billed, ("billed", "allowed", "discount", "not_covered")),
    (_allowed, ("allowed", "plan_paid", "other_paid", *_SHARES)),
    (_owed, ("patient_owes", "not_covered", *_SHARES)),
    (_whole, ("billed", "discount", "not_covered", "plan_paid", "other_paid", "patient_owes")),
    (_split, ("allowed", "plan_paid", "patient_owes")),
)


def sums(amounts: Money) -> list[tuple[frozenset[str], bool]]:
    """The sums that can be made of these amounts: the fields of each, and whether it fits or cannot."""
    return [(frozenset(f for f in fields if f in amounts), said) for fits, fields in _SUMS if (said := fits(amounts)) is not None]


def verdicts(amounts: Money) -> list[bool]:
    """What the sums say that can be made of these amounts: True for each that fits, False for each that cannot."""
    return [said for _, said in sums(amounts)]


# What each sum is made of: the whole, and its parts.
_MADE_OF = (
    ("billed", ("allowed", "discount", "not_covered")),
    ("billed", ("discount", "plan_paid", "other_paid", "patient_owes")),
    ("allowed", ("plan_paid", "other_paid", *_SHARES)),
    ("allowed", ("plan_paid", "patient_owes")),
    ("patient_owes", (*_SHARES, "not_covered")),
    ("patient_owes", _SHARES),
)


def missing(amounts: Money, field: str) -> Decimal | None:
    """What a field must be for the sums of its line to fit; None where they do not say so, or allow more than one amount."""
    guesses = set()
    for whole, parts in _MADE_OF:
        known = sum((amounts[p] for p in parts if p in amounts and p != field), ZERO)
        if field == whole and any(p in amounts for p in parts):
            guesses.add(known)
        elif field in parts and whole in amounts:
            guesses.add(amounts[whole] - known)
    before = len(verdicts(amounts))
    fits = [g for g in guesses if g >= 0 and all(said := verdicts({**amounts, field: g})) and len(said) > before]
    return fits[0] if len(fits) == 1 else None


def agrees(amounts: Money) -> bool:
    """No sum speaks against these amounts."""
    return all(verdicts(amounts))


def _bears_out(amounts: Money) -> bool:
    """At least two sums fit and none speaks against; the billed amount is the largest."""
    said = verdicts(amounts)
    return (
        all(said)
        and len(said) >= 2
        and amounts.get("billed", max(amounts.values(), default=ZERO)) >= max(amounts.values(), default=ZERO)
    )


def _possible(amounts: Money) -> bool:
    """No sum speaks against, and nothing is larger than what holds it."""
    said = verdicts(amounts)
    most = max(amounts.values(), default=ZERO)
    within = amounts.get("allowed", most) <= amounts.get("billed", most)
    paid = [amounts[f] for f in ("plan_paid", "patient_owes") if f in amounts]
    return all(said) and within and amounts.get("billed", most) >= max(most, sum(paid, ZERO))


def shared(solutions: Iterable[Mapping[K, V]]) -> dict[K, V]:
    """What all solutions agree on."""
    rest = list(solutions)
    if not rest:
        return {}
    return {key: value for key, value in rest[0].items() if all(s.get(key) == value for s in rest[1:])}


def placed(values: Sequence[Decimal], fields: Sequence[str]) -> dict[str, Decimal]:
    """Fewer amounts than columns, places unknown: which amount is which, as far as the sums leave one answer."""
    if len(fields) > 12 or not any(values):  # naught alone would make every sum fit
        return {}
    found: list[dict[str, Decimal]] = []
    for chosen in _choices(len(fields), len(values)):
        amounts = dict.fromkeys(fields, ZERO)
        amounts.update({fields[at]: value for at, value in zip(chosen, values, strict=True)})
        if _possible(amounts) and amounts not in found:
            found.append(amounts)
    explained = any(_billed(a) or _whole(a) for a in found)
    return shared(found) if explained else {}


def _choices(places: int, count: int) -> Iterable[tuple[int, ...]]:
    return combinations(range(places), count) if count <= places else ()


def columns_told(rows: Sequence[Sequence[Decimal | None]], known: Sequence[str | None]) -> tuple[dict[int, str], bool]:
    """Fields for the columns whose heading is unknown, from the sums that every row obeys; and whether any was left open.

    rows: the amounts of each row, a column each. known: the columns' fields, None where unknown.
    """
    open_ = [i for i, field in enumerate(known) if field is None]
    # That another insurer paid is never told by sums alone.
    free = [f for f in MONEY_FIELDS if f not in known and f != "other_paid"]
    headless = len(open_) == len(known)
    full = [r for r in rows if None not in r and any(r)]
    if not open_ or not full or len(open_) > (_MOST_HEADLESS if headless else _MOST_UNKNOWN) or (headless and len(full) < 2):
        return {}, bool(open_)
    solutions: list[dict[int, str]] = []
    largest = {i for i in open_ if all(row[i] == max(v for v in row if v is not None) for row in full)}
    for fields in permutations(free, len(open_)):
        guess = dict(zip(open_, fields, strict=True))
        # The price is the largest amount of every row; without any heading it must be there. This leaves few guesses to try.
        at = next((i for i, field in guess.items() if field == "billed"), None)
        if (at is None and headless) or (at is not None and at not in largest):
            continue
        names = [guess.get(i) or field for i, field in enumerate(known)]
        if _borne_out(full, names, guess):
            solutions.append(guess)
    told = shared(solutions)
    if headless and len(told) < len(open_):
        return {}, True
    return told, len(told) < len(open_)


def _borne_out(rows: Sequence[Sequence[Decimal | None]], names: Sequence[str | None], told: Mapping[int, str]) -> bool:
    """Every row supports it; or at least two do, and no sum of the others, of which too little is printed, speaks against it."""
    others = [row for row in rows if not _supported(row, names, told)]
    return len(rows) - len(others) >= min(2, len(rows)) and all(_possible(_named(row, names)) for row in others)


def _named(row: Sequence[Decimal | None], names: Sequence[str | None]) -> dict[str, Decimal]:
    return {name: value for name, value in zip(names, row, strict=True) if name in MONEY_FIELDS and value is not None}


def _supported(row: Sequence[Decimal | None], names: Sequence[str | None], told: Mapping[int, str]) -> bool:
    """The row's sums fit with the new fields, and each new field has a part in a sum that would not fit without it."""
    amounts = _named(row, names)
    if not _bears_out(amounts):
        return False
    return all(_needed(amounts, field) for field in told.values())


def _needed(amounts: Money, field: str) -> bool:
    without = {name: value for name, value in amounts.items() if name != field}
    if len(verdicts(without)) < len(verdicts(amounts)) or not agrees(without):
        return True
    return amounts[field] == ZERO
