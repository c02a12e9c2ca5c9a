"""The cases that these tests share: made-up papers, and the day on which they are looked at."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import product

from explainer.case import Case

TODAY = date(2026, 11, 25)
# Each case: the papers, and what is special about them.
CASES = {
    "paid": ("content/examples/therapy.txt",),
    "provider-denial": ("content/examples/denial.txt",),
    "medicare": ("content/examples/medicare.txt",),
    "printed-day": ("tests/papers/talks/wren-msn.txt",),
    "patient-denial": ("tests/papers/talks/ironwood.txt",),
    "bill-above": ("tests/papers/talks/prairie.txt", "tests/papers/talks/cottonwood-bill.txt"),
    "bill-alone": ("tests/papers/talks/cottonwood-bill.txt",),
    "two-plans": ("tests/papers/talks/redmesa.txt", "tests/papers/talks/ironwood.txt"),
    "paid-then-refused": ("content/examples/therapy.txt", "tests/papers/talks/ironwood.txt"),
    "two-refused": ("content/examples/denial.txt", "tests/papers/talks/ironwood.txt"),
    "two-people": ("tests/papers/readers/two-patients-one-space.txt",),
    "qmb": ("tests/papers/msn/qmb-marked-lines.txt",),
    "taken-back": ("tests/papers/readers/reversal.txt",),
    "remittance": ("tests/papers/x12/two-patients.835",),
    "uncovered-apart": ("tests/papers/talks/marigold-es.txt",),
    "benefits": ("tests/papers/readers/sbc-tabs.txt",),
}

DOLLARS = re.compile(r"-?\$([\d,]+\.\d\d)")


def dollars(texts: Iterable[str]) -> set[Decimal]:
    """Every amount in these texts."""
    return {Decimal(found.replace(",", "")) for text in texts for found in DOLLARS.findall(text)}


def known_amounts(case: Case) -> set[Decimal]:
    """Every amount that the papers print, sums of one column, and the figures of the checks."""
    known = {Decimal("0.00")}
    for document in case.documents:
        known |= {a for a in (document.amount_due, document.paid_at_visit) if a is not None}
        parts = [*document.claims, *document.lines]
        columns = [p.totals if hasattr(p, "totals") else p.amounts for p in parts]
        known |= {abs(v) for column in columns for v in column.known().values()}
        for name, part in product({n for column in columns for n in column.known()}, (document, *document.claims)):
            known.add(abs(sum((line.amounts.get(name) or Decimal(0) for line in part.lines), Decimal("0.00"))))
    for name in ("billed", "discount", "plan_paid", "other_paid", "patient_owes"):
        every = [
            line.amounts.get(name) or Decimal(0) for d in case.documents if d.kind not in ("bill", "sbc") for line in d.lines
        ]
        known.add(sum(every, Decimal("0.00")))
    for finding in case.all_findings():
        known |= {abs(v) for v in (finding.amount, *finding.values.values()) if isinstance(v, Decimal)}
    return known


# A paper that names only the subscriber is not surely of the person whom the other paper names; here it is made so.
NOBODY = b"Subscriber: Noor Example     ID: IW 4410 2289"
SAME = {
    "two-plans": b"Patient: Tomas Example     ID: IW 4410 2289",
    "paid-then-refused": b"Patient: Sample Person     ID: IW 4410 2289",
    "two-refused": b"Patient: Sample Person     ID: IW 4410 2289",
}
