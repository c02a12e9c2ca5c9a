"""Whole made-up papers: clean ones give no question, planted faults do."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from checks_build import DAY, KNOWLEDGE, claim, line, money, paper, the

from explainer.checks import run_checks
from explainer.explain import finding_text
from explainer.model.document import Accumulator, Document, Note
from explainer.model.finding import Finding
from explainer.model.source import Span

SPAN = Span("p1")
VISIT = (
    line(1),
    line(2, "97140", "62 33 29 0 0 0 0 29 0", "1", modifiers=("59", "GP")),
    line(3, "97010", "25 25 0 0 0 0 0 0 0", "1", remarks=("M15",)),
)
TOTALS = "217 124 93 0 0 40 0 53 40"
EOB = paper(claim(*VISIT, totals=TOTALS, network="in"), plan_words="employer plan", notice_date=date(2026, 5, 1))


def bill(
    *amounts: str, due: str | None = None, paid: str | None = None, codes: tuple[str, ...] = ("97110", "97140", "97010")
) -> Document:
    """A bill whose amounts are charge and balance, for the codes in turn."""
    lines = tuple(
        line(
            n,
            code,
            replace(
                money("0 0 0 0", "short"),
                billed=Decimal(a.split()[0]),
                allowed=None,
                plan_paid=None,
                patient_owes=Decimal(a.split()[1]),
            ),
            None,
        )
        for n, (code, a) in enumerate(zip(codes, amounts, strict=True), 1)
    )
    return paper(
        claim(*lines),
        paper="b1",
        kind="bill",
        amount_due=Decimal(due) if due else None,
        paid_at_visit=Decimal(paid) if paid else None,
    )


def found(*documents: Document) -> list[Finding]:
    return [f for _, findings in run_checks(documents, KNOWLEDGE) for f in findings]


CLEAN: dict[str, tuple[Document, ...]] = {
    "copay visit": (EOB,),
    "all to the deductible": (paper(line(1, amounts="130 66 64 0 64 0 0 0 64")),),
    "deductible then coinsurance": (paper(line(1, amounts="52.63 31.45 21.18 0 11.69 0 0.95 8.54 12.64")),),
    "coinsurance rounded down": (paper(line(1, amounts="200 45.81 154.19 0 0 0 30.83 123.36 30.83")),),
    "not covered, yours": (paper(line(1, amounts="124 0 0 124 0 0 0 0 124", remarks=("PR-119",))),),
    "not needed, provider's": (paper(line(1, amounts="64 64 0 0 0 0 0 0 0", remarks=("CO-50",))),),
    "not covered, provider's": (paper(line(1, amounts="64 0 0 64 0 0 0 0 0", remarks=("CO-50",))),),
    "Medicare with the federal cut": (
        paper(line(1, amounts="200 100 39.20 60", columns="short", modifiers=("GP", "KX")), kind="msn"),
    ),
    "Medicare without": (paper(line(1, amounts="124 58 46.40 11.60", columns="short"), kind="msn"),),
    "Medicare not approved": (paper(line(1, amounts="124 0 0 124", columns="short", approved=False), kind="msn"),),
    "out of network, balance with you": (
        paper(claim(line(1, amounts="117.89 0 62.66 55.23 0 0 6.27 56.39 61.50"), network="out")),
    ),
    "out of network, the plan's part sent to the person": (
        paper(claim(line(1, amounts="200 120 0 72 200", columns="sent"), network="out")),
    ),
    "out of network, balance not shown": (paper(claim(line(1, amounts="100 0 60 0 0 0 12 48 12"), network="out")),),
    "discount inside not covered": (paper(line(1, amounts="160 92 68 92 0 0 13.60 54.40 13.60")),),
    "health account": (paper(line(1, amounts="400 125 275 0 245 0 0 30 0"), account_paid=Decimal("245")),),
    "other insurance": (
        paper(line(1, amounts="130 66 64 0 0 0 0 24 0"), notes=(Note("1", "Other insurance paid first.", SPAN),)),
    ),
    "copay above the price of one line": (
        paper(
            line(1, amounts="60 30 30 0 0 40 0 0 40"),
            line(2, "97140", "60 31 29 0 0 0 0 19 0"),
        ),
    ),
    "copay paid at the visit": (paper(line(1, amounts="130 66 64 0 0 40 0 24 0")),),
    "reversal": (paper(claim(line(1, amounts="-130 -66 -64 0 0 -40 0 -24 -40", units="-2"), status="reversed")),),
    "paid, taken back and paid again": (
        paper(
            claim(line(1)),
            claim(line(2, amounts="-130 -66 -64 0 0 -40 0 -24 -40", units="-2"), status="reversed"),
            claim(line(3, amounts="130 66 64 0 0 30 0 34 30")),
        ),
    ),
    "pending": (paper(claim(line(1, amounts="130 0 0 0 0 0 0 0 0"), status="pending")),),
    "no share columns": (
        paper(line(1, amounts="48.96 48.96 0 0", columns="savings"), line(2, "97530", "150.49 69.86 80.63 0", columns="savings")),
    ),
    "bundled, an amount beside it": (paper(line(1, "97010", "25 0 0 25 0 0 0 0 25", "1", remarks=("M15",))),),
    "no discount column": (paper(line(1, amounts="132.39 0 0 0 0 0 132.39", columns="shares")),),
    "nothing but a price": (paper(line(1, amounts="130 - - -", columns="short")),),
    "allowed above billed": (paper(line(1, amounts="50 0 64 0 0 0 0 64 0")),),
    "one code split for an assistant": (
        paper(line(1, modifiers=("GP",), units="1"), line(2, modifiers=("GP", "CQ"), units="1")),
    ),
    "one code split unevenly": (paper(line(1), line(2, amounts="65 33 32 0 0 0 0 32 0", units="1")),),
    "twice a day, marked": (paper(line(1), line(2, modifiers=("76",))),),
    "two disciplines": (paper(line(1, modifiers=("GP",)), line(2, modifiers=("GO",))),),
    "a copy that was not paid": (paper(line(1), line(2, amounts="130 130 0 0 0 0 0 0 0", remarks=("CO-18",))),),
    "two lines that nobody pays": (paper(*(line(n, amounts="130 130 0 0 0 0 0 0 0", remarks=("CO-50",)) for n in (1, 2))),),
    "a line and its empty twin": (paper(line(1), line(2, amounts="130 130 0 0 0 0 0 0 0", remarks=("CO-50",))),),
    "a copy the plan caught": (paper(line(1), line(2, amounts="130 66 64 0 64 0 0 0 64", remarks=("OA-18",))),),
    "two evaluations, two clinics": (
        paper(
            claim(line(1, "97161", units="1"), provider="One"),
            claim(line(2, "97162", units="1"), provider="Two"),
        ),
    ),
    "an evaluation and a re-evaluation": (
        paper(line(1, "97161", units="1"), line(2, "97164", units="1", service_date=date(2026, 5, 5))),
    ),
    "PT and OT evaluations": (paper(line(1, "97161", units="1"), line(2, "97165", units="1")),),
    "minutes printed and right": (paper(line(1, minutes=33), line(2, "97140", VISIT[1].amounts, "1", minutes=10)),),
    "minutes that only the pooled rule fits": (paper(line(1, minutes=33), line(2, "97140", VISIT[1].amounts, "1", minutes=7)),),
    "more minutes than units": (paper(line(1, minutes=60)),),
    "remittance that balances": (
        paper(
            line(
                1,
                amounts=replace(money("130 66 63.20 0", "savings"), patient_owes=Decimal("0")),
                adjustments=("CO-45:66.00", "CO-253:0.80"),
            ),
            kind="remittance",
            format="x12-835",
        ),
    ),
    "a file of an app changed as a whole": (
        paper(
            claim(
                line(1, amounts="130 66 64 0", columns="savings", adjustments=("CO-45:66.00",)),
                totals="130 66 50 0",
                columns="savings",
            ),
            kind="remittance",
            format="fhir-eob",
        ),
    ),
    "bill of the share": (EOB, bill("130 40", "62 0", "25 0", due="40.00")),
    "bill of less than the share": (EOB, bill("130 10", "62 0", "25 0", due="10.00")),
    "bill less what was paid": (EOB, bill("130 0", "62 0", "25 0", due="0.00", paid="40.00")),
    "bill for another day": (
        EOB,
        replace(bill("130 130", codes=("97110",), due="130"), claims=(claim(line(1, service_date=date(2026, 6, 1))),)),
    ),
    "bill out of network": (
        replace(EOB, claims=(replace(EOB.claims[0], network="out"),)),
        bill("130 106", "62 0", "25 0", due="106"),
    ),
    "the same paper twice": (EOB, replace(EOB, paper="p2")),
    "a claim worked on again": (
        paper(claim(line(1), claim_id="EX-100")),
        paper(claim(line(1, amounts="130 66 64 0 0 0 0 64 0"), claim_id="EX-100"), paper="p2"),
    ),
    "two plans": (
        replace(EOB, payer="One Plan"),
        replace(EOB, paper="p2", payer="Other Plan", claims=(replace(EOB.claims[0], claim_id="X9"),)),
    ),
    "visits left": (replace(EOB, accumulators=(Accumulator("visits", SPAN, Decimal(9), Decimal(30)),)),),
    "a summary of benefits": (paper(kind="sbc"),),
}


@pytest.mark.parametrize("documents", CLEAN.values(), ids=CLEAN.keys())
def test_clean_papers_give_no_question(documents: tuple[Document, ...]) -> None:
    assert [f for f in found(*documents) if f.verdict == "ask"] == []


FAULTS: dict[str, tuple[str, str, str | None, tuple[Document, ...]]] = {
    "share too high": ("money.line", "ask-owed", "5.00", (paper(line(1, amounts="130 66 64 0 0 40 0 24 45")),)),
    "copay misread": ("money.line", "ask-owed", "30.00", (paper(line(1, amounts="130 66 64 0 0 10 0 24 40")),)),
    "paid too little": ("money.line", "ask-allowed", "10.00", (paper(line(1, amounts="130 66 64 0 0 0 0 54 0")),)),
    "paid too much": ("money.line", "ask-allowed", "10.00", (paper(line(1, amounts="130 66 64 0 0 0 0 74 0")),)),
    "allowed off": ("money.line", "ask-allowed", "3.00", (paper(line(1, amounts="130 66 67 0 0 40 0 24 40")),)),
    "price off": ("money.line", "ask-counted", "9.00", (paper(line(1, amounts="139 66 64 0 0 40 0 24 40")),)),
    "discount off": ("money.line", "ask-counted", "27.00", (paper(line(1, amounts="130 93 64 0 0 40 0 24 40")),)),
    "short layout, paid off": (
        "money.line",
        "ask-shared",
        "20.00",
        (paper(line(1, amounts="110 59.41 39.41 0", columns="short")),),
    ),
    "short layout, share off": (
        "money.line",
        "ask-shared",
        "30.00",
        (paper(line(1, amounts="110 59.41 59.41 30", columns="short")),),
    ),
    "savings layout, paid off": (
        "money.line",
        "ask-price",
        "10.00",
        (paper(line(1, amounts="132.17 60.36 61.81 0", columns="savings")),),
    ),
    "five columns, paid off": (
        "money.line",
        "ask-price",
        "12.00",
        (paper(line(1, amounts="130 66 0 12 40", columns="uncounted")),),
    ),
    "Medicare, share off": (
        "money.line",
        "ask-shared",
        "5.00",
        (paper(line(1, amounts="124 58 46.40 16.60", columns="short"), kind="msn"),),
    ),
    "not covered is yours but less asked": (
        "money.line",
        "ask-owed",
        "100.00",
        (paper(line(1, amounts="124 0 0 124 0 0 0 0 24", remarks=("PR-119",))),),
    ),
    "remittance out of balance": (
        "money.line",
        "ask-balance",
        "4.00",
        (
            paper(
                line(1, amounts="130 66 60 0", columns="savings", adjustments=("CO-45:66.00",)),
                kind="remittance",
                format="x12-835",
            ),
        ),
    ),
    "total owed off": ("money.claim", "ask-total", "9.00", (paper(claim(*VISIT, totals="217 124 93 0 0 40 0 53 49")),)),
    "total billed off": ("money.claim", "ask-total", "100.00", (paper(claim(*VISIT, totals="317 124 93 0 0 40 0 53 40")),)),
    "total paid off": ("money.claim", "ask-total", "18.00", (paper(claim(*VISIT, totals="217 124 93 0 0 40 0 35 40")),)),
    "totals alone do not add up": ("money.claim", "ask-allowed", "10.00", (paper(claim(totals="217 124 93 0 0 40 0 43 40")),)),
    "too few minutes": ("units.day", "too-many", None, (paper(line(1, minutes=20)),)),
    "too few minutes for two": (
        "units.day",
        "too-many",
        None,
        (paper(line(1, minutes=20), line(2, "97140", VISIT[1].amounts, "1", minutes=5)),),
    ),
    "Medicare pools": (
        "units.day",
        "per-code-on-medicare",
        None,
        (
            paper(
                line(1, amounts="124 58 46.40 11.60", columns="short", units="1", minutes=8),
                line(2, "97140", "58 27 21.60 5.40", "1", columns="short", minutes=8),
                kind="msn",
            ),
        ),
    ),
    "a line twice": ("line.repeat", "ask", "130", (paper(line(1), line(2)),)),
    "an untimed line twice": (
        "line.repeat",
        "ask",
        "100",
        (paper(line(1, "97150", "100 50 50 0 0 0 0 50 0", "1"), line(2, "97150", "100 50 50 0 0 0 0 50 0", "1")),),
    ),
    "a refused line twice": (
        "line.repeat",
        "ask-unpaid",
        "124",
        (paper(*(line(n, amounts="124 0 0 124 0 0 0 0 124", remarks=("PR-119",)) for n in (1, 2))),),
    ),
    "a line twice, once refused": (
        "line.repeat",
        "ask-once-paid",
        "130",
        (paper(line(1), line(2, amounts="130 66 64 0 64 0 0 0 64")),),
    ),
    "a remittance's lines do not come to its total": (
        "money.claim",
        "ask-total",
        "20.00",
        (
            paper(
                claim(
                    line(1, amounts="130 66 60 4", columns="savings", adjustments=("CO-45:66.00", "PR-3:4.00")),
                    totals="150 66 60 4",
                    columns="savings",
                ),
                kind="remittance",
                format="x12-835",
            ),
        ),
    ),
    "a line on two claims": ("line.repeat", "ask", "130", (paper(claim(line(1)), claim(line(2), claim_id="C2")),)),
    "a line on two papers": (
        "line.repeat",
        "ask-across",
        "130",
        (paper(line(1)), paper(claim(line(1), claim_id="C2"), paper="p2")),
    ),
    "two first evaluations": (
        "evaluation.repeat",
        "ask",
        None,
        (paper(line(1, "97161", units="1"), line(2, "97162", units="1", service_date=date(2026, 4, 21))),),
    ),
    "CO but yours": ("denial", "co-but-owed", "64", (paper(line(1, amounts="64 0 0 64 0 0 0 0 64", remarks=("CO-50",))),)),
    "late but yours": (
        "denial",
        "late-but-owed",
        "64",
        (paper(claim(line(1, amounts="64 0 0 64 0 0 0 0 64", remarks=("PR-29",)), network="in")),),
    ),
    "no approval but yours": (
        "denial",
        "authorization-but-owed",
        "64",
        (paper(claim(line(1, amounts="64 0 0 64 0 0 0 0 64", remarks=("PR197",)), network="in")),),
    ),
    "GZ but yours": (
        "denial",
        "gz-but-owed",
        "64",
        (paper(line(1, amounts="64 0 0 64", columns="short", modifiers=("GZ",), approved=False), kind="msn"),),
    ),
    "bundled and CO but yours": (
        "denial",
        "co-but-owed",
        "25",
        (paper(line(1, "97010", "25 0 0 25 0 0 0 0 25", "1", remarks=("CO-97",))),),
    ),
    "shares without a not-covered column": (
        "money.line",
        "ask-owed",
        "7.00",
        (paper(line(1, amounts="130 64 0 40 0 24 47", columns="shares")),),
    ),
    "limit reached with visits left": (
        "limit.visits",
        "denied-with-visits-left",
        None,
        (
            paper(
                line(1, amounts="124 0 0 124 0 0 0 0 124", remarks=("PR-119",)),
                accumulators=(Accumulator("visits", SPAN, Decimal(12), Decimal(30)),),
            ),
        ),
    ),
    "out of network in a hospital": (
        "network.surprise",
        "hospital",
        None,
        (paper(claim(line(1, amounts="117.89 0 62.66 55.23 0 0 6.27 56.39 61.50", place_of_service="22"), network="out")),),
    ),
    "discount on the bill": ("bill.write-off-billed", "discount", "66", (EOB, bill("130 106", "62 0", "25 0", due="106"))),
    "bundled on the bill": ("bill.write-off-billed", "bundled", "25", (EOB, bill("130 40", "62 0", "25 25", due="65"))),
    "CO on the bill": (
        "bill.write-off-billed",
        "contract",
        "64",
        (paper(line(1, amounts="64 0 0 64 0 0 0 0 0", remarks=("CO-50",))), bill("64 64", codes=("97110",), due="64")),
    ),
    "more than price and cut": ("bill.more-than-eob", "line", "110", (EOB, bill("130 150", "62 0", "25 0", due="150"))),
    "bill above the shares": ("bill.more-than-eob", "total", "91", (EOB, bill("130 106", "62 0", "25 25", due="131"))),
    "payment not taken off": ("bill.more-than-eob", "payment", "40", (EOB, bill("130 40", "62 0", "25 0", due="40", paid="40"))),
    "not on the plan's paper": (
        "bill.unmatched",
        "not-on-eob",
        "75",
        (EOB, bill("130 40", "75 75", codes=("97110", "97535"), due="115")),
    ),
}


@pytest.mark.parametrize(("check", "case", "amount", "documents"), FAULTS.values(), ids=FAULTS.keys())
def test_planted_faults_are_found(check: str, case: str, amount: str | None, documents: tuple[Document, ...]) -> None:
    asked = [f for f in found(*documents) if f.verdict == "ask" and (f.id, f.case) == (check, case)]
    assert len(asked) == 1
    assert asked[0].amount == (Decimal(amount) if amount else None)
    for lang in ("en", "es"):
        text, question = finding_text(asked[0], KNOWLEDGE, lang)
        assert text
        assert question.endswith("?")


HONEST = [
    ("Medicare with the federal cut", "money.line", "sequestration"),
    ("health account", "money.line", "account"),
    ("other insurance", "money.line", "other-insurance"),
    ("copay above the price of one line", "money.line", "visit"),
    ("copay paid at the visit", "money.line", "copay-at-visit"),
    ("out of network, the plan's part sent to the person", "money.line", "whole-price"),
    ("out of network, balance not shown", "money.line", "difference-not-shown"),
    ("out of network, balance with you", "money.line", "ok"),
    ("discount inside not covered", "money.line", "ok"),
    ("pending", "money.line", "pending"),
    ("nothing but a price", "money.line", "columns"),
    ("reversal", "money.line", "ok"),
    ("allowed above billed", "money.line", "allowed-above-billed"),
    ("a file of an app changed as a whole", "money.claim", "claim-level"),
    ("copay visit", "money.claim", "ok"),
    ("a copy that was not paid", "line.repeat", "copy-unpaid"),
    ("two lines that nobody pays", "line.repeat", "none-counted"),
    ("a line and its empty twin", "line.repeat", "unpaid"),
    ("one code split for an assistant", "line.repeat", "modifier"),
    ("one code split unevenly", "line.repeat", "amounts"),
    ("a copy the plan caught", "line.repeat", "plan-caught"),
    ("paid, taken back and paid again", "line.repeat", "reversal"),
    ("a claim worked on again", "line.repeat", "same-claim"),
    ("two plans", "line.repeat", "two-payers"),
    ("two evaluations, two clinics", "evaluation.repeat", "providers"),
    ("minutes printed and right", "units.day", "fits"),
    ("minutes that only the pooled rule fits", "units.day", "medicare-only"),
    ("more minutes than units", "units.day", "more-minutes"),
    ("copay visit", "units.day", "no-minutes"),
    ("copay visit", "denial", "bundled"),
    ("not needed, provider's", "denial", "provider-necessity"),
    ("not covered, yours", "denial", "patient"),
    ("pending", "denial", "pending"),
    ("no discount column", "denial", "no-reason"),
    ("bill of the share", "bill.more-than-eob", "total-ok"),
    ("bill less what was paid", "bill.more-than-eob", "total-paid-ok"),
    ("bill of less than the share", "bill.more-than-eob", "total-less-ok"),
    ("bill for another day", "bill.unmatched", "no-eob"),
    ("bill out of network", "bill.more-than-eob", "out-of-network"),
    ("visits left", "limit.visits", "left"),
    ("Medicare with the federal cut", "threshold.kx", "printed"),
    ("copay visit", "units.mue", "no-table"),
    ("copay visit", "pair.ncci", "no-table"),
]


@pytest.mark.parametrize(("name", "check", "case"), HONEST)
def test_what_explains_a_clean_paper(name: str, check: str, case: str) -> None:
    assert case in {f.case for f in the(tuple(found(*CLEAN[name])), check)}


@pytest.mark.parametrize("documents", [*CLEAN.values(), *(row[3] for row in FAULTS.values())])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_finding_has_words(documents: tuple[Document, ...], lang: str) -> None:
    for finding in found(*documents):
        text, question = finding_text(finding, KNOWLEDGE, "en" if lang == "en" else "es")
        assert "{" not in text + question
        assert bool(question) == (finding.verdict != "ok")


@pytest.mark.parametrize(
    ("billed", "says"),
    [
        (bill("130 40", "62 0", "25 0", due="40.00"), ["asks $40.00", "may owe $40.00", "agree"]),
        (bill("130 0", "62 0", "25 0", due="0.00", paid="40.00"), ["asks $0.00", "may owe $40.00", "paid $40.00", "agree"]),
        (bill("130 10", "62 0", "25 0", due="10.00"), ["asks $10.00", "up to $40.00", "$30.00 less"]),
    ],
)
def test_a_bill_that_fits_is_said_with_its_figures(billed: Document, says: list[str]) -> None:
    (fits,) = (f for f in found(EOB, billed) if f.id == "bill.more-than-eob")
    text, question = finding_text(fits, KNOWLEDGE, "en")
    assert [part for part in says if part not in text] == []
    assert question == ""


def test_the_day_s_units_say_both_windows() -> None:
    day = next(f for f in found(EOB) if f.id == "units.day")
    assert {k: day.detail[k] for k in ("timed_units", "total_minutes", "per_code_minutes", "minutes", "fits")} == {
        "timed_units": 3,
        "total_minutes": {"min": 38, "max": 52},
        "per_code_minutes": {"min": 31, "max": 59},
        "minutes": None,
        "fits": "cannot-tell",
    }
    assert day.lines == (1, 2)


def test_an_add_on_counts_with_its_base() -> None:
    documents = paper(line(1, "97129", units="1"), line(2, "97130", units="2"), line(3, "97551", units="1"))
    day = next(f for f in found(documents) if f.id == "units.day")
    assert (day.lines, day.detail["per_code_minutes"]) == ((1, 2), {"min": 38, "max": 52})


def test_an_uncertain_amount_is_no_fault() -> None:
    documents = paper(line(1, amounts="130 66 64 0 0 40 0 24 45", uncertain=("patient_owes",)))
    assert {f.verdict for f in found(documents) if f.id == "money.line"} == {"not-checked"}


def test_a_missing_line_that_could_not_be_read_is_no_fault() -> None:
    text = "04/07/2026 smudged $84.00"
    documents = paper(claim(line(1), totals=money("214 - - -", "short")), text=text, unread=(Span("p1", 1, 0, len(text)),))
    assert [(f.verdict, f.case) for f in found(documents) if f.id == "money.claim"] == [("not-checked", "unread-line")]


def test_people_are_not_mixed_up() -> None:
    documents = paper(claim(line(1), patient="One"), claim(line(2), patient="Two", claim_id="C2"))
    assert not the(tuple(found(documents)), "line.repeat")


def test_a_copy_of_a_paper_repeats_nothing() -> None:
    assert not the(tuple(found(*CLEAN["the same paper twice"])), "line.repeat")


@pytest.mark.parametrize(("day", "found_on"), [(DAY, True), (date(2026, 4, 8), False)])
def test_a_repeat_is_of_one_day(day: date, found_on: bool) -> None:
    assert bool(the(tuple(found(paper(line(1), line(2, service_date=day)))), "line.repeat")) == found_on
