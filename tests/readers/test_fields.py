"""Single values: what is read, and what must be refused."""

from datetime import date
from decimal import Decimal

import pytest

from explainer.readers.fields import codes, counts, dates, day_order, money, remarks
from explainer.readers.fields.running import named_amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$1,234.50", "1234.50"), ("190", "190.00"), ("$190", "190.00"), ("45.5", "45.50"), ("(1) 92.00", "92.00"),
        ("80%=54.40", "54.40"),
        ("-$55.80", "-55.80"), ("$-55.80", "-55.80"), ("(55.80)", "-55.80"), ("55.80-", "-55.80"), ("55.80 CR", "-55.80"),
        ("$116 (80%)", "116.00"), ("$28 (copay)", "28.00"), ("$28 copay", "28.00"), ("$ 50.00", "50.00"), ("0.00*", "0.00"),
        ("1.234,50", None), ("50,00", None), ("1,23.00", None), ("1,234.567", None), ("NaN", None), ("Infinity", None),
        ("1E+2", None),
        ("0x1F", None), ("--5", None), ("00.05$", None), ("$ 5 0 . 0 0", None), ("٥٠.٠٠", None), ("５０.００", None),
        ("½", None), ("(1)", None), ("1 200.00", None), ("$1 200.00", None), ("USD 1,120.50", "1120.50"),
        ("9" * 400, None), ("", None), ("\ufffd00.05", None),
    ],
)  # fmt: skip
def test_amount(text: str, amount: str | None) -> None:
    assert money.amount(text) == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("03/02/26", (2026, 3, 2), None), ("3-2-26", (2026, 3, 2), None), ("2026-03-02", (2026, 3, 2), None),
        ("20260302", (2026, 3, 2), None),
        ("Jan 24, 2026", (2026, 1, 24), None), ("May 4, 2026", (2026, 5, 4), None), ("4 May 2026", (2026, 5, 4), None),
        ("4 de mayo de 2026", (2026, 5, 4), None), ("enero 15, 2026", (2026, 1, 15), None),
        ("2026-03-14T09:30:00", (2026, 3, 14), None),
        ("03/02/2026 - 03/04/2026", (2026, 3, 2), (2026, 3, 4)), ("June 18 – June 21, 2017", (2017, 6, 18), (2017, 6, 21)),
        ("Jan 10-15, 2026", (2026, 1, 10), (2026, 1, 15)), ("03/02/2026 to 03/02/2026", (2026, 3, 2), None),
        ("2026.02.03", (2026, 2, 3), None), ("Feb. 5 '26", (2026, 2, 5), None), ("2026.13.03", None, None),
        ("14/03/2026", None, None), ("2026-02-30", None, None), ("0000-00-00", None, None), ("9999-12-31", None, None),
        ("1/2", None, None),
        ("03/04/2026 - 03/02/2026", None, None), ("1-800-555-0142", None, None),
    ],
)  # fmt: skip
def test_days(text: str, first: tuple[int, int, int] | None, last: tuple[int, int, int] | None) -> None:
    expected = dates.Days(date(*first), date(*last) if last else None) if first else None
    assert dates.days(text) == expected


@pytest.mark.parametrize(
    ("paper", "order"),
    [
        ("08/09/2026", day_order.MONTH_FIRST), ("08/09/2026 and 22/09/2026", day_order.DAY_FIRST),
        ("22/09/2026 and 09/24/26", day_order.BOTH), ("22-09-2026", day_order.DAY_FIRST),
        ("22-09-26 may begin with its year", day_order.MONTH_FIRST), ("45/09/2026", day_order.MONTH_FIRST),
        ("claim 22/09/2026-77", day_order.MONTH_FIRST), ("22/19/2026", day_order.MONTH_FIRST),
    ],
)  # fmt: skip
def test_a_day_that_fits_one_order_only_proves_it_for_the_paper(paper: str, order: str) -> None:
    assert day_order.order_in(paper) == order


@pytest.mark.parametrize(
    ("text", "code", "modifiers"),
    [
        ("97110-GP-59", "97110", ("GP", "59")), ("97110 GP 59", "97110", ("GP", "59")), ("97110GP", "97110", ("GP",)),
        ("Therapeutic exercises (97110-GP-KX)", "97110", ("GP", "KX")), ("97140-59-GP MANUAL", "97140", ("59", "GP")),
        ("97110 MANUAL", "97110", ()), ("97110 CO-45", "97110", ()), ("G0283", "G0283", ()), ("0424T", "0424T", ()),
        ("D2392", "D2392", ()),
        ("Springfield, IL 62701-1234", None, ()), ("$97110", None, ()), ("555-97110", None, ()), ("#97110", None, ()),
        ("97110.50", None, ()),
        ("claim 9711022", None, ()),
    ],
)  # fmt: skip
def test_code(text: str, code: str | None, modifiers: tuple[str, ...]) -> None:
    found = codes.search(text)
    assert (found.code, found.modifiers) == (code, modifiers) if found else code is None


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Therapeutic exercise (97110)  Qty 2", 2), ("x2 exercises", 2), ("97110 x 3", 3), ("exercises, 2 units", 2),
        ("(4 units)", 4),
        ("2 unidades", 2), ("PT EVAL LOW COMPLEX 20 MIN", None), ("MANUAL THERAPY 1/> REGIONS", None), ("2x4 board", None),
    ],
)  # fmt: skip
def test_units_in_words(text: str, units: int | None) -> None:
    found = counts.in_service(text)
    assert (int(found.units) if found else None) == units


@pytest.mark.parametrize(
    ("text", "keys", "grouped"),
    [
        ("PR96", ["PR96"], [("PR", "96", None)]), ("CO 50", ["CO 50"], [("CO", "50", None)]), ("M15 N130", ["M15", "N130"], []),
        ("A1, D7; 908", ["A1", "D7", "908"], []), ("(1)", ["1"], []), ("CO-45 $55.80", ["CO-45"], [("CO", "45", "55.80")]),
        ("CO-45 (55.80), PR-1", ["CO-45", "PR-1"], [("CO", "45", "55.80"), ("PR", "1", None)]), ("-", [], []),
        ("See note A1", ["A1"], []), ("Not covered by your plan", [], []),
    ],
)  # fmt: skip
def test_remarks(text: str, keys: list[str], grouped: list[tuple[str, str, str | None]]) -> None:
    found = remarks.keys(text)
    assert [k.key for k in found] == keys
    assert [(k.group, k.reason, str(k.amount) if k.amount is not None else None) for k in found if k.group] == grouped


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Out-of-pocket limit $4,000.00   Used $1,912.40   Remaining $2,087.60", "limit used remaining"),
        ("Deductible: $2,000.00, met: $500.00", "limit used"), ("Deducible: $2,000.00  Acumulado: $500.00", "limit used"),
        ("Annual deductible $500.00  Remaining $80.00", "limit remaining"),
        ("Deductible $100.00  Remaining $80.00", ""), ("Deductible: $40.00   Plan paid: $20.00", ""),
        ("Deductible: $40.00   Balance: $20.00", ""), ("Applied to deductible: $40.00   Met: $20.00", ""),
        ("Deductible limit $400.00  Used $500.00", ""), ("Deductible limit $400.00", ""),
    ],
)  # fmt: skip
def test_named_amounts(text: str, parts: str) -> None:
    assert " ".join(named_amounts(text) or ()) == parts
