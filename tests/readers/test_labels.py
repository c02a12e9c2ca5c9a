"""Headings: what they stand for, and what looks alike and must not."""

import pytest
from reader_papers import knowledge

from explainer.readers.labels import label_book
from explainer.readers.words import key_of


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("AMOUNT BILLED", "billed"), ("Billed\u00a0amount", "billed"), ("Provider charges", "billed"), ("Submitted Amt.",
        "billed"),
        ("Member rate", "allowed"), ("Amount covered (allowed)", "allowed"), ("Maximum approved fee", "allowed"),
        ("15 Medicare-Approved Amount", "allowed"),
        ("Plan Discounts", "discount"), ("Contractual adj.", "discount"), ("Network savings", "discount"), ("Fee adjust",
        "discount"),
        ("Amount not covered", "not_covered"), ("Non-covered", "not_covered"), ("NonCovered charges", "not_covered"),
        ("Amount Not Payable", "not_payable"), ("Ineligible", "not_payable"), ("Pending or not payable", "not_payable"),
        ("Applied to deductible", "deductible"), ("Deduct applied", "deductible"), ("Your co-pay", "copay"), ("Co-payment",
        "copay"),
        ("Carrier co-pay", "plan_paid"), ("Co-pay %", "percent"), ("Cost share", "coinsurance"), ("Co-ins.", "coinsurance"),
        ("Amount Medicare Paid", "plan_paid"), ("What your plan paid", "plan_paid"), ("Health Plan Responsibility", "plan_paid"),
        ("Total Benefits", "plan_paid"), ("Ins. paid", "plan_paid"), ("Other insurance paid", "other_paid"), ("COB",
        "other_paid"),
        ("Maximum You May Be Billed", "patient_owes"), ("Your Total Costs", "patient_owes"), ("Patient payment", "patient_owes"),
        ("Provider May Bill You", "patient_owes"), ("You Owe", "patient_owes"), ("Member liability", "patient_owes"),
        ("What my accounts paid", "account_paid"), ("You already paid", "patient_paid"), ("Paid by beneficiary", "patient_paid"),
        ("Total Amount You Owe the Provider(s)", "owes_after"), ("Amount remaining", "ignore"), ("You saved", "ignore"),
        ("Deductible remaining", "ignore"), ("serviceDate", "service_date"), ("Date(s) of Service", "service_date"),
        ("Proc Code", "code"),
        ("Copay/Deductible", "copay/deductible"), ("Deductible and copay amount", "deductible/copay"),
        ("Coinsurance 20%", "coinsurance"), ("20% copay", "copay"), ("Plan's 20%-off discount", "discount"),
        ("Previously paid", "paid_before"), ("Amount you may not be billed", "discount"), ("You may not owe", None),
        ("Fecha de esta notificación", "notice_date"), ("Date this notice was mailed", "notice_date"),
        ("Usted debe", "patient_owes"), ("Monto no cubierto", "not_covered"), ("Pagado por el plan", "plan_paid"),
        ("Código", "code"),
        ("Favourite colour", None), ("", None),
    ],
)  # fmt: skip
def test_heading(heading: str, field: str | None) -> None:
    assert label_book(knowledge()).field_of(heading) == field


def test_no_heading_stands_for_two_fields() -> None:
    seen: dict[str, str] = {}
    twice = []
    for entry in knowledge().labels.values():
        for text in (*entry.headings.en, *entry.headings.es):
            counts = not text.startswith("~") and not entry.field.startswith("word:")
            if counts and seen.setdefault(key_of(text), entry.field) != entry.field:
                twice.append((text, seen[key_of(text)], entry.field))
    assert twice == []
