"""Rows that were taken back or are not decided yet: told by a status, or by a mark set off from the words."""

import pytest
from reader_papers import knowledge, read_bytes

from explainer.case import total_of
from explainer.readers.labels import label_book
from explainer.readers.status import printed_status

STATUSES = (
    ("Pending", "pending"),
    ("Pending - information requested from provider", "pending"),
    ("In process - waiting for accident details", "pending"),
    ("On hold: records needed", "pending"),
    ("Pendiente de información", "pending"),
    ("Voided 04/20/2026", "reversed"),
    ("Paid 03/02, reversed 03/20", "reversed"),
    ("Anulada el 3 de mayo", "reversed"),
    ("Denied - not covered", "denied"),
    ("Paid", "paid"),
    ("Paid on 03/02/2026", "paid"),
    ("Received 03/01/2026, paid 03/09/2026", None),
    ("Processed - denied", None),
    ("No longer pending", None),
    ("", None),
)
MARKS = (
    ("REVERSED Ther ex", False),
    ("Ther ex (void)", False),
    ("*CANCELLED* Ther ex", False),
    ("Ther ex, voided", False),
    ("VOID Ther ex", False),
    ("Reversal - Ther ex", False),
    ("Anulado: ejercicios", False),
    ("Post-void bladder scan", True),
    ("Vasectomy reversal", True),
    ("Cancelled appointment", True),
    ("Crown (replaced)", True),
    ("(", True),
)


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_a_status_is_told_by_the_words_before_what_explains_it(text: str, status: str | None) -> None:
    assert printed_status(label_book(knowledge()), text) == status


@pytest.mark.parametrize(("said", "counts"), MARKS)
def test_a_row_marked_as_taken_back_is_not_added(said: str, counts: bool) -> None:
    paper = f"""Elm Plan Explanation of Benefits
Patient: Ann Prueba   Claim: E-1
Date        Code   Service                     Billed   Allowed  Plan paid  You owe
03/04/2026  97110  {said:<26}  $120.00  $70.00   $50.00     $20.00
03/05/2026  97140  Manual therapy              $60.00   $35.00   $25.00     $10.00
"""
    claims = read_bytes(paper.encode()).document.claims
    assert str(total_of(claims, "patient_owes")) == ("30.00" if counts else "10.00")


def test_a_minus_takes_off_what_it_undoes() -> None:
    paper = """Elm Plan Explanation of Benefits
Patient: Ann Prueba   Claim: E-1
Date        Code   Billed    Allowed  Plan paid  You owe  Status
03/04/2026  97110  $120.00   $70.00   $50.00     $20.00   Paid
03/04/2026  97110  -$120.00  -$70.00  -$50.00    -$20.00  Reversed
03/04/2026  97110  $60.00    $35.00   $25.00     $10.00   Paid
"""
    claims = read_bytes(paper.encode()).document.claims
    assert str(total_of(claims, "patient_owes")) == "10.00"
