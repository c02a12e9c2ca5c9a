"""Made-up papers for the tests of answers: each shows one thing that answers must get right."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from build import claim, deductible, dollars, line, paper, span

from explainer.model.document import Note

_COLUMNS = ("billed", "discount", "allowed", "deductible", "copay", "coinsurance", "not_covered", "plan_paid", "patient_owes")


def row(number: int, code: str, name: str, amounts: str, keys: str = "", day: str | None = "2026-03-05", units: int = 1):  # type: ignore[no-untyped-def]
    """A line from its nine amounts in the order of the usual columns."""
    return line(number, code, name, units, keys, day, **dict(zip(_COLUMNS, amounts.split(), strict=True)))


COPAY = paper(
    claim(
        row(1, "97110", "THERAPEUTIC EXERCISE", "90.00 40.00 50.00 0.00 30.00 0.00 0.00 20.00 30.00", units=2),
        row(2, "97112", "NEUROMUSCULAR REEDUC", "70.00 35.00 35.00 0.00 0.00 0.00 0.00 35.00 0.00"),
        row(3, "97014", "ELECTRICAL STIM", "20.00 20.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00", "CO-97 Z9"),
        totals={"billed": "180.00", "discount": "95.00", "allowed": "85.00", "plan_paid": "55.00", "patient_owes": "30.00"},
    ),
    notes={"Z9": "Included in the payment for another service"},
)
MIXED = paper(
    claim(
        row(1, "97161", "PT EVAL LOW", "150.00 50.00 100.00 60.00 0.00 8.00 0.00 32.00 68.00"),
        row(2, "97530", "THERAPEUTIC ACTIVITIES", "80.00 30.00 50.00 0.00 0.00 10.00 0.00 40.00 10.00"),
    ),
    counts=(deductible("900.00", "1000.00"),),
)
REFUSED = paper(
    claim(
        row(1, "97140", "MANUAL THERAPY", "60.00 0.00 0.00 0.00 0.00 0.00 60.00 0.00 60.00", "PR-96"),
        row(2, "97110", "THERAPEUTIC EXERCISE", "45.00 45.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00", "CO-197"),
    ),
    notes={"PR-96": "This service is not a benefit of your plan."},
)
MEDICARE = paper(
    claim(
        line(
            1,
            "97110",
            "Therapeutic exercises",
            2,
            approved=True,
            billed="100.00",
            allowed="60.00",
            plan_paid="48.00",
            patient_owes="12.00",
        ),
        line(
            2, "97116", "Gait training", 1, approved=True, billed="50.00", allowed="30.00", plan_paid="24.00", patient_owes="6.00"
        ),
        network=None,
        processed=None,
    ),
    kind="msn",
    payer=None,
    notice_date=date(2026, 4, 1),
)
UNEVEN = paper(
    claim(
        row(1, "97110", "THERAPEUTIC EXERCISE", "90.00 40.00 50.00 0.00 0.00 5.00 0.00 45.00 5.00"),
        row(2, "97112", "NEUROMUSCULAR REEDUC", "70.00 20.00 50.00 0.00 0.00 12.00 0.00 38.00 12.00"),
    )
)
WRONG_SUM = paper(
    claim(
        row(1, "97110", "THERAPEUTIC EXERCISE", "90.00 40.00 50.00 0.00 10.00 0.00 0.00 20.00 45.00"),
        row(2, "97112", "NEUROMUSCULAR REEDUC", "70.00 20.00 50.00 0.00 0.00 0.00 0.00 50.00 0.00"),
        totals={"billed": "175.00", "patient_owes": "45.00"},
    )
)
BARE = paper(
    claim(
        line(1, None, "Physical Therapy", day=None, billed="80.00"),
        line(2, None, "Physical Therapy", day=None, billed="80.00"),
        provider=None,
        patient=None,
        network=None,
        processed=None,
    ),
    payer=None,
)
OUT = paper(claim(*COPAY.claims[0].lines, network="out"))
TAKEN_BACK = paper(
    claim(row(1, "97110", "EXERCISE", "-90.00 -40.00 -50.00 0.00 -30.00 0.00 0.00 -20.00 -30.00"), status="reversed")
)
TWO_PEOPLE = paper(
    claim(row(1, "97110", "EXERCISE", "90.00 40.00 50.00 0.00 30.00 0.00 0.00 20.00 30.00"), patient="Dana Fields"),
    claim(row(2, "97112", "BALANCE", "70.00 20.00 50.00 0.00 25.00 0.00 0.00 25.00 25.00"), patient="Robin Fields"),
)
TWO_VISITS = paper(
    claim(row(1, "97110", "EXERCISE", "90.00 40.00 50.00 0.00 30.00 0.00 0.00 20.00 30.00"), claim_id="A1"),
    claim(row(2, "97110", "EXERCISE", "90.00 40.00 50.00 0.00 30.00 0.00 0.00 20.00 30.00", day="2026-03-12"), claim_id="A2"),
)
BILL = paper(
    claim(
        line(1, "97110", "Exercise", 2, paper="bill", billed="90.00", plan_paid="20.00", discount="0.00", patient_owes="70.00"),
        line(
            2, "97112", "Balance training", paper="bill", billed="70.00", plan_paid="35.00", discount="35.00", patient_owes="0.00"
        ),
        line(
            3, "97014", "Electrical stim", paper="bill", billed="20.00", plan_paid="0.00", discount="0.00", patient_owes="20.00"
        ),
        line(4, "99070", "Supplies", paper="bill", billed="15.00", plan_paid="0.00", discount="0.00", patient_owes="15.00"),
        processed=None,
    ),
    kind="bill",
    payer=None,
    name="bill",
    amount_due=Decimal("105.00"),
    due_date=date(2026, 5, 1),
    phones=(Note("billing", "Billing questions: (555) 010-0199", span("bill")),),
)
SUMMARY_OF_BENEFITS = paper(kind="sbc", name="sbc")
HEADLINE_ONLY = replace(
    COPAY, claims=(replace(COPAY.claims[0], lines=(), totals=dollars(billed="180.00", patient_owes="30.00")),)
)

ALL = {
    "copay": (COPAY,),
    "mixed": (MIXED,),
    "refused": (REFUSED,),
    "medicare": (MEDICARE,),
    "uneven": (UNEVEN,),
    "wrong": (WRONG_SUM,),
    "bare": (BARE,),
    "out": (OUT,),
    "taken-back": (TAKEN_BACK,),
    "two-people": (TWO_PEOPLE,),
    "two-visits": (TWO_VISITS,),
    "with-bill": (COPAY, BILL),
    "bill-alone": (BILL,),
    "sbc": (SUMMARY_OF_BENEFITS,),
    "no-lines": (HEADLINE_ONLY,),
    "none": (),
}
