"""Medicare Summary Notices of the two designs, as people paste them: cells by place, by tabs, one space apart or one a line."""

import random
import string
import textwrap
from decimal import ROUND_HALF_UP, Decimal

from bench.layouts.style import english_day
from bench.layouts.truth import Claim, Line

NOTES = (
    "After your deductible, you pay 20 percent of the approved amount.",
    "Medicare does not pay for this item or service.",
    "This service is paid for as part of another service. You do not have to pay for it.",
    "The information provided does not support the need for this service.",
    "Your claim was sent to your other insurer.",
)
NEW_HEADS = (
    "Service Provided & Billing Code", "Service Approved?", "Amount Provider Charged", "Medicare-Approved Amount",
    "Amount Medicare Paid", "Maximum You May Be Billed", "See Notes Below",
)  # fmt: skip
OLD_HEADS = (
    "Dates of Service", "Services Provided", "Amount Charged", "Medicare Approved", "Medicare Paid Provider",
    "You May Be Billed", "See Notes Section",
)  # fmt: skip
MONEY = ("billed", "allowed", "plan_paid", "patient_owes")
WAYS = ("places", "places", "one-space", "tabs", "stacked", "bars")
ADDRESS = "12 Sample Street, Example City, ST 00000-0001"


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _priced(r: random.Random, line: Line) -> dict[str, Decimal]:
    """Medicare's amounts: 80 percent, less the federal cut now and then; a refused line is the patient's or nobody's."""
    billed, zero = line.money["billed"], Decimal("0.00")
    if not line.money["allowed"]:
        return {"billed": billed, "allowed": zero, "plan_paid": zero, "patient_owes": r.choice([zero, billed])}
    allowed, cut = line.money["allowed"], r.choice([Decimal(1), Decimal("0.98")])
    share = _cents(allowed / 5)
    return {"billed": billed, "allowed": allowed, "plan_paid": _cents((allowed - share) * cut), "patient_owes": share}


class Notice:
    """One notice while it is drawn, and what it says."""

    def __init__(self, r: random.Random, claims: list[Claim], old: bool) -> None:
        self.r, self.claims, self.old = r, claims, old
        self.way = r.choice(("places", "tabs") if old else WAYS)
        self.dollars = r.choice(["all", "first"])
        self.keys = string.ascii_lowercase if old else string.ascii_uppercase
        self.money = {id(line): _priced(r, line) for c in claims for line in c.lines}
        noted = self.keys[: len(NOTES)]
        self.notes = {id(line): r.choice(noted) if r.random() < 0.4 else "" for c in claims for line in c.lines}
        self.numbers = ["-".join(str(r.randint(10 ** (n - 1), 10**n - 1)) for n in (2, 5, 3, 3)) for _ in claims]

    def amount(self, value: Decimal, first: bool) -> str:
        """With a dollar sign, or without one below the first row."""
        return f"${value:,.2f}" if first or self.dollars == "all" else f"{value:,.2f}"

    def service(self, line: Line) -> str:
        """The description with its code at the end."""
        count = f"{line.units} " if self.old else ""
        return f"{count}{line.words} ({'-'.join([line.code, *line.modifiers])})"

    def row(self, line: Line, first: bool) -> list[str]:
        """The cells of a service."""
        money = [self.amount(self.money[id(line)][n], first) for n in MONEY]
        if self.old:
            return [english_day("mm/dd/yy", line.day), self.service(line), *money, self.notes[id(line)]]
        said = "Yes" if self.money[id(line)]["allowed"] else self.r.choice(["No", "NO"])
        return [self.service(line), said, *money, self.notes[id(line)]]

    def total(self, at: int, claim: Claim) -> list[str]:
        """The last row of a claim."""
        sums = [f"${sum((self.money[id(x)][n] for x in claim.lines), Decimal(0)):,.2f}" for n in MONEY]
        lead = ["", "Claim Total"] if self.old else [f"Total for Claim #{self.numbers[at]}", ""]
        return [*lead, *sums, ""]

    def table(self, rows: list[list[str]]) -> list[str]:
        """The heading and the rows in this notice's way."""
        heads = list(OLD_HEADS if self.old else NEW_HEADS)
        if self.way == "tabs":
            return ["\t".join(row) for row in [heads, *rows]]
        if self.way == "bars":
            return [" | ".join(row) for row in [heads, *rows]]
        if self.way == "one-space":
            return [" ".join(t for t in row if t) for row in [heads, *rows]]
        if self.way == "stacked":
            return [cell for row in [heads, *rows] for cell in row if cell]
        return self.placed(heads, rows)

    def placed(self, heads: list[str], rows: list[list[str]]) -> list[str]:
        """Cells at their places; long services wrap below."""
        broken: list[list[str]] = []
        at = 1 if self.old else 0
        for row in rows:
            first, *more = textwrap.wrap(row[at], self.r.choice([28, 40, 60]), break_on_hyphens=False) or [""]
            broken.append([*row[:at], first, *row[at + 1 :]])
            broken += [["" if i != at else part for i in range(len(row))] for part in more]
        widths = [max(len(row[i]) for row in [heads, *broken]) for i in range(len(heads))]
        return ["   ".join(t.ljust(widths[i]) for i, t in enumerate(row)).rstrip() for row in [heads, *broken]]

    def claim(self, at: int, claim: Claim) -> list[str]:
        """A claim with what stands above it."""
        rows = [self.row(line, n == 0) for n, line in enumerate(claim.lines)]
        body = self.table([*rows, self.total(at, claim)])
        if self.old:
            return [f"Claim Number: {self.numbers[at]}", f"{claim.provider}, {ADDRESS}", *body, ""]
        day = english_day("March 2, 2026", claim.lines[0].day)
        phone = f"(555) 555-{self.r.randint(100, 199):04}"
        return [day, f"{claim.provider}, {phone}", *([ADDRESS] if self.r.random() < 0.5 else []), *body, ""]

    def text(self) -> str:
        """The whole notice."""
        out = ["Medicare Summary Notice"]
        patient = self.claims[0].patient
        if self.old:
            out += [f"Beneficiary: {patient}", "", "PART B MEDICAL INSURANCE - ASSIGNED CLAIMS", ""]
        else:
            out += ["for Part B (Medical Insurance)", "THIS IS NOT A BILL", f"Notice for {patient}"]
            out += [f"Date of This Notice: {english_day('March 2, 2026', self.claims[-1].processed)}"]
            out += ["Part B Deductible: You have now met $85.00 of your $283.00 deductible for 2026.", ""]
        for at, claim in enumerate(self.claims):
            out += self.claim(at, claim)
        out += ["Notes Section:" if self.old else "Notes for Claims Above"]
        out += [f"{self.keys[n]} {text}" for n, text in enumerate(NOTES)]
        return "\n".join([*out, "", "You must file your appeal by December 30, 2026.", ""])

    def truth(self) -> list[dict[str, object]]:
        """What it says."""
        return [
            {
                "claim_id": number, "patient": claim.patient, "provider": claim.provider,
                "totals": {n: str(sum((self.money[id(x)][n] for x in claim.lines), Decimal(0))) for n in MONEY},
                "lines": [self.said(line) for line in claim.lines],
            }
            for number, claim in zip(self.numbers, self.claims, strict=True)
        ]  # fmt: skip

    def said(self, line: Line) -> dict[str, object]:
        """What it says of a service."""
        money, note = self.money[id(line)], self.notes[id(line)]
        return {
            "hidden": money, "service_date": line.day.isoformat(), "code": line.code, "modifiers": line.modifiers,
            "description": line.words, "remarks": [note] if note else [], **({"units": str(line.units)} if self.old else {}),
            **{n: str(money[n]) for n in MONEY},
        }  # fmt: skip


def notice(r: random.Random, claims: list[Claim], old: bool) -> Notice:
    """A notice of these claims; in the new design all services of a claim are of one day."""
    for claim in claims if not old else ():
        for line in claim.lines:
            line.day = line.until = claim.lines[0].day
    return Notice(r, claims, old)
