"""Bills beside their charges: what is no charge must never be read as one, and a bill is no plan's paper."""

from decimal import Decimal

import pytest
from reader_papers import FOLDER, read_bytes, refused

from explainer.readers.bills import aging
from explainer.readers.rows import rows_of

BILL = "Oak Clinic\nPatient Statement\nPatient: Ann Prueba\n03/02/2026  99213  Office visit   $150.00\n"


@pytest.mark.parametrize(
    "table",
    [
        "Current      31-60 Days   61-90 Days   Over 90 Days\n$10.00       $20.00       $0.00        $0.00",
        "Current 30 Days 60 Days 90 Days 120+ Days\n10.00 20.00 0.00 0.00 0.00",
        "Account aging\n0-30 days\t31-60 days\t61-90 days\n$10.00\t$20.00\t$0.00",
        "Current: $10.00   30 days: $20.00   60 days: $0.00   90 days: $0.00",
        "Al corriente   30 días   60 días   90 días\n$10.00   $20.00   $0.00   $0.00",
    ],
)
def test_an_aging_table_holds_no_charges(table: str) -> None:
    document = read_bytes(f"{BILL}{table}\nAmount due $30.00\n".encode()).document
    assert [str(line.amounts.billed) for line in document.lines] == ["150.00"]
    assert str(document.amount_due) == "30.00"
    assert not [p for p in document.problems if p.code == "lines-not-understood"]


@pytest.mark.parametrize(
    "line",
    [
        "03/30/26  97110  Exercise  30.00  60.00",
        "Totals\t111.30\t28.00\t0.60",
        "Therapy 30 min, 60 min or 90 days  $90.00",
        "30  60.00",
    ],
)
def test_rows_of_services_are_no_aging_table(line: str) -> None:
    assert aging(rows_of(line, 2000)[0]) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RECEIPT\nOak Clinic\nCopay payment  $40.00\nBalance due $0.00\n", "receipt"),
        ("Green Leaf Pharmacy\nReceipt # 118\nTablets  $15.99\nTotal $15.99\n", "receipt"),
        ("RECIBO DE PAGO\nClínica Olivos\nPago  $40.00\n", "receipt"),
    ],
)
def test_receipts_are_refused(text: str, code: str) -> None:
    assert refused(text.encode()) == code


def test_a_due_upon_receipt_is_no_receipt() -> None:
    assert read_bytes(f"{BILL}Amount due $150.00\nPayment due upon receipt.\n".encode()).document.kind == "bill"


def test_a_collectors_letter_is_said_to_be_one() -> None:
    reading = read_bytes((FOLDER / "bill-collection-letter.txt").read_bytes())
    assert reading.document.kind == "bill"
    assert "collector-letter" in [p.code for p in reading.problems]


def test_payments_towards_a_balance_carried_over_were_not_made_at_the_visit() -> None:
    text = f"{BILL}Previous balance $80.00\nPayments received $80.00\nAmount due $150.00\n"
    assert read_bytes(text.encode()).document.paid_at_visit is None


@pytest.mark.parametrize("label", ["Available balance", "Previous balance", "Balance forward", "Insurance pending"])
def test_an_amount_that_is_set_aside_is_no_balance_due(label: str) -> None:
    document = read_bytes(f"{BILL}{label} $80.00\nAmount due $150.00\n".encode()).document
    assert document.claims[0].totals.known() == {}
    assert str(document.amount_due) == "150.00"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda p: p.name)
def test_no_paper_is_taken_for_another(path: object) -> None:
    name = path.name  # type: ignore[attr-defined]
    kind = read_bytes(path.read_bytes(), name).document.kind  # type: ignore[attr-defined]
    wanted = next((k for k in ("bill", "sbc", "msn") if name.startswith(k)), None)
    assert kind == wanted if wanted else kind not in ("bill", "sbc")


def test_a_row_that_fills_only_a_column_of_payments_is_one_whatever_its_words() -> None:
    """Who paid is told by its words, never by the column; a fee stays a line."""
    document = read_bytes((FOLDER / "bill-payments-in-any-words.txt").read_bytes()).document
    assert [line.description for line in document.lines] == ["Therapeutic exercise", "Therapeutic activities", "Late fee"]
    assert [(r.by, str(r.amount)) for r in document.receipts] == [
        ("patient", "30.00"), ("unknown", "15.00"), ("plan", "88.00"), ("adjustment", "62.00"),
    ]  # fmt: skip
    assert all(line.amounts.plan_paid is None for line in document.lines)


def test_payments_in_rows_of_their_own_are_kept() -> None:
    """Who paid, how much and on which day; a second amount is the balance that is left, and a service is no payment."""
    text = """Ash Therapy
Patient Statement
Patient: Ann Sample   Account: 55501   Statement date: 04/01/2026
Date        Code   Description           Charges   Payments   Balance
02/01/2026  97110  Insurance paid part   $120.00   $0.00   $120.00
02/10/2026         Insurance payment               $50.00  $70.00
02/10/2026         Contractual adjustment          $40.00  $30.00
02/20/2026         Payment - thank you             $10.00  $20.00
Previous balance $15.00
Your payments: $10.00
Amount due: $35.00
"""
    found = [(r.by, r.amount, r.day and r.day.isoformat()) for r in read_bytes(text.encode()).document.receipts]
    assert found == [
        ("plan", Decimal("50.00"), "2026-02-10"), ("adjustment", Decimal("40.00"), "2026-02-10"),
        ("patient", Decimal("10.00"), "2026-02-20"), ("before", Decimal("15.00"), None), ("patient", Decimal("10.00"), None),
    ]  # fmt: skip
