"""Writes tests/papers/cases: papers with one planted fault each, and papers with none, with what must be found beside them.

Run from the project's folder: `python tests/checks/case_maker.py`. The papers are kept, so that people can read them too.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal as D
from pathlib import Path

from case_paper import (
    EOB_LAYOUTS,
    Bill,
    BillRow,
    Eob,
    Row,
    bill_short,
    bill_table,
    billed,
    medicare,
    sheet,
    with_rows,
)

FOLDER = Path(__file__).parents[1] / "papers" / "cases"
Paper = tuple[str, str]


@dataclass(frozen=True)
class Planted:
    """A case: its papers, and the finding that must be asked about (None: nothing may be). lines: of the first EOB."""

    name: str
    papers: tuple[Paper, ...]
    finding: str | None = None
    lines: tuple[int, ...] | None = None


def visit(day: str = "2026-04-06", n: int = 0) -> Eob:
    """A copay visit of two timed codes; `n` changes prices."""
    plus = D(n)
    return Eob(
        (
            Row(day, "97110", 2, D("120.00") + plus, D("66.40"), copay=D("30.00")),
            Row(day, "97140", 1, D("62.00") + plus, D("31.10"), modifiers=("GP", "59")),
        ),
        claim=f"EX-4821{n}",
    )


def shares(day: str = "2026-04-06") -> Eob:
    """Deductible on the first line, coinsurance on both."""
    return Eob(
        (
            Row(day, "97112", 1, D("75.00"), D("42.00"), deductible=D("20.00"), coinsurance=D("4.40")),
            Row(day, "97530", 2, D("140.00"), D("80.00"), coinsurance=D("16.00")),
            Row(day, "97010", 1, D("25.00"), D("0.00"), notes=("CO-97",)),
        ),
        claim="EX-59007", provider="Birch Corner Rehab",
    )  # fmt: skip


def laid(eob: Eob, *names: str) -> Iterator[tuple[str, Paper]]:
    """The same paper in these layouts (all without any)."""
    for name in names or tuple(EOB_LAYOUTS):
        yield name, EOB_LAYOUTS[name](eob)


def each(name: str, eob: Eob, finding: str | None, lines: tuple[int, ...] | None, *layouts: str) -> Iterator[Planted]:
    """One case a layout."""
    for layout, paper in laid(eob, *layouts):
        yield Planted(f"{name}-{layout}", (paper,), finding, lines)


# Planted faults


def money_faults() -> Iterator[Planted]:
    wrong = with_rows(visit(), 1, said={"patient_owes": D("43.00")})
    yield from each("line-share", wrong, "money.line", (1,), "wide", "narrow", "blocks", "csv", "es")
    discount = with_rows(visit(n=3), 2, said={"allowed": D("52.10")})
    yield from each("line-allowed", discount, "money.line", (2,), "wide", "csv", "blocks")
    total = replace(visit(n=1), totals={"patient_owes": D("61.10")})
    yield from each("total-share", total, "money.claim", None, "wide", "narrow", "blocks", "es")


def unit_faults() -> Iterator[Planted]:
    eob = replace(visit(), rows=(replace(visit().rows[0], units=4, minutes=25), replace(visit().rows[1], minutes=10)))
    yield from each("units-minutes", eob, "units.day", None, "wide", "csv", "blocks", "es")


def untimed_faults() -> Iterator[Planted]:
    pack = Row("2026-04-06", "97150", 3, D("120.00"), D("66.00"))
    eob = replace(visit(), rows=(*visit().rows, pack))
    yield from each("untimed-units", eob, "units.untimed", (3,), "wide", "csv", "835", "es")


DEDUCTIBLE_MET = "Individual deductible: $500.00 of $500.00 used"


def deductible_faults() -> Iterator[Planted]:
    for name in ("wide", "narrow", "blocks"):
        met = replace(visit(), extra=(DEDUCTIBLE_MET,))
        later = replace(shares("2026-05-11"), notice="2026-06-01", provider="Alder Lane Therapy")
        layout = "wide" if name == "narrow" else name
        papers = (EOB_LAYOUTS[name](met), EOB_LAYOUTS[layout](later))
        yield Planted(f"deductible-after-met-{name}", papers, "deductible.after-met")


def twice(eob: Eob, number: int = 1) -> Eob:
    return replace(eob, rows=(*eob.rows, eob.rows[number - 1]))


def repeat_faults() -> Iterator[Planted]:
    eob = twice(replace(shares(), rows=shares().rows[:2]), 2)
    yield from each("repeat", eob, "line.repeat", (2, 3))
    for name in ("wide", "csv", "narrow"):
        first, again = visit(), replace(visit(), claim="EX-99310", notice="2026-05-18")
        one, two = (EOB_LAYOUTS[name](e) for e in (first, again))
        yield Planted(f"repeat-two-papers-{name}", (one, two), "line.repeat")
    evaluation = Row("2026-04-06", "97161", 1, D("190.00"), D("101.00"), copay=D("30.00"))
    eob = Eob((evaluation, replace(evaluation, day="2026-04-13", code="97161", billed=D("195.00"), allowed=D("103.00"))))
    yield from each("evaluation", eob, "evaluation.repeat", (1, 2), "wide", "csv", "835")


def bill_faults() -> Iterator[Planted]:
    eob, other = shares(), visit(n=2)
    for name, layout in (("table", bill_table), ("short", bill_short)):
        for kind, one in (("wide", eob), ("835", other)):
            bill = billed(one)
            more = replace(bill.rows[1], balance=bill.rows[1].balance + D("7.25"))
            rows = (bill.rows[0], more, *bill.rows[2:])
            found = "bill.write-off-billed"
            yield Planted(f"bill-more-{kind}-{name}", (EOB_LAYOUTS[kind](one), layout(replace(bill, rows=rows))), found)
        cut = replace(billed(other), rows=tuple(replace(r, balance=r.charge - r.paid) for r in billed(other).rows))
        yield Planted(f"bill-write-off-{name}", (EOB_LAYOUTS["blocks"](other), layout(cut)), "bill.write-off-billed")
        bundled = billed(eob)
        rows = (*bundled.rows[:2], replace(bundled.rows[2], balance=D("25.00")))
        yield Planted(
            f"bill-bundled-{name}", (EOB_LAYOUTS["csv"](eob), layout(replace(bundled, rows=rows))), "bill.write-off-billed"
        )
        extra = BillRow("2026-04-06", "97116", 1, D("58.00"), D(0), D(0), D("58.00"))
        more_rows = replace(billed(eob), rows=(*billed(eob).rows, extra))
        yield Planted(f"bill-unknown-line-{name}", (EOB_LAYOUTS["wide"](eob), layout(more_rows)), "bill.unmatched")
        unpaid = replace(billed(other), due=D("30.00"), credit=D("30.00"))
        yield Planted(f"bill-payment-lost-{name}", (EOB_LAYOUTS["wide"](other), layout(unpaid)), "bill.more-than-eob")
        over = replace(billed(other), due=D("88.00"))
        yield Planted(f"bill-total-{name}", (EOB_LAYOUTS["narrow"](other), layout(over)), "bill.more-than-eob")


def refused(key: str, *, owed: bool, network: str | None = "in", billed_: str = "96.00") -> Eob:
    """A paid line and one that the plan did not pay, with its reason."""
    amount = D(billed_)
    line = Row("2026-04-06", "97530", 1, amount, D(0), not_covered=amount if owed else D(0), notes=(key,))
    return replace(visit(), rows=(*visit().rows, line), network=network, claim="EX-70113")


def denial_faults() -> Iterator[Planted]:
    yield from each("co-but-owed", refused("CO-50", owed=True), "denial", (3,), "wide", "csv", "blocks", "narrow")
    yield from each("late-but-owed", refused("PR-29", owed=True), "denial", (3,), "wide", "csv")
    yield from each("approval-but-owed", refused("PR-197", owed=True), "denial", (3,), "wide", "blocks", "es")
    gz = with_rows(refused("PR-50", owed=True, network=None), 3, modifiers=("GP", "GZ"))
    yield from each("gz-but-owed", gz, "denial", (3,), "wide", "csv")
    for name in ("wide", "blocks", "es"):
        words = {"es": "Visitas de terapia usadas: 12 de 30"}.get(name, "Physical therapy visits used: 12 of 30")
        eob = replace(refused("PR-119", owed=True), extra=(words,))
        yield from each("limit-with-visits-left", eob, "limit.visits", None, name)


def network_faults() -> Iterator[Planted]:
    rows = tuple(replace(r, place="22") for r in shares().rows[:2])
    eob = replace(shares(), rows=rows, network="out")
    yield from each("hospital-out", eob, "network.surprise", (1, 2), "wide", "csv", "blocks")


def medicare_rows(**more: object) -> tuple[Row, ...]:
    row = Row("2026-04-06", "97110", 2, D("130.00"), D("60.00"), coinsurance=D("12.00"), plan_paid=D("47.04"), **more)  # type: ignore[arg-type]
    return (row, replace(row, code="97140", units=1, billed=D("70.00"), allowed=D("30.00"), coinsurance=D("6.00"),
                         plan_paid=D("23.52")))  # fmt: skip


QMB = "You are in the Qualified Medicare Beneficiary (QMB) program. You do not owe the deductible or coinsurance."


def protection_faults() -> Iterator[Planted]:
    eob = replace(Eob(medicare_rows()), extra=(QMB,))
    yield Planted("qmb-msn", (medicare(eob),), "protection.qmb")
    free = Eob(tuple(replace(r, coinsurance=D(0), said={"patient_owes": D(0)}) for r in medicare_rows()), extra=(QMB,))
    bill = Bill(tuple(BillRow(r.day, r.code, r.units, r.billed, r.true("plan_paid"), D(0), D("9.00")) for r in medicare_rows()))
    yield Planted("qmb-bill", (medicare(free), bill_table(bill)), "protection.qmb")
    yield Planted("qmb-bill-short", (medicare(free), bill_short(bill)), "protection.qmb")


# Clean papers


def plain_visits() -> Iterator[Planted]:
    yield from each("copay", visit(), None, None)
    yield from each("shares", shares(), None, None)
    deductible = replace(visit(n=5), rows=tuple(replace(r, copay=D(0), deductible=r.allowed) for r in visit(n=5).rows))
    yield from each("deductible", deductible, None, None, "wide", "narrow", "csv", "835")
    two_days = replace(visit(), rows=(*visit().rows, *(replace(r, day="2026-04-09") for r in visit().rows)))
    yield from each("two-days", two_days, None, None, "wide", "blocks", "csv", "835")
    rounded = Row("2026-04-06", "97110", 1, D("61.00"), D("33.35"), coinsurance=D("6.67"))
    yield from each("rounded", Eob((rounded,)), None, None, "wide", "narrow")


def odd_but_right() -> Iterator[Planted]:
    """What looks like a fault and is none."""
    row = visit().rows[0]
    apart = replace(row, modifiers=("GP", "76"), copay=D(0))
    yield from each("same-code-apart", replace(visit(), rows=(row, apart)), None, None, "wide", "csv", "835")
    sides = tuple(replace(row, modifiers=("GP", side), copay=D(0)) for side in ("RT", "LT"))
    yield from each("two-sides", Eob(sides), None, None, "wide", "csv")
    kinds = (replace(row, copay=D(0)), replace(row, modifiers=("GO",), copay=D(0)))
    yield from each("pt-and-ot", Eob(kinds), None, None, "wide", "835")
    first = Row("2026-04-06", "97161", 1, D("190.00"), D("101.00"), copay=D("30.00"))
    again = replace(first, day="2026-04-27", code="97164", billed=D("120.00"), allowed=D("64.00"))
    yield from each("evaluation-again", Eob((first, again)), None, None, "wide", "csv")
    other = replace(first, code="97165", modifiers=("GO",), copay=D(0))
    yield from each("two-kinds-of-evaluation", Eob((first, other)), None, None, "wide", "blocks")
    caught = replace(row, allowed=D(0), copay=D(0), notes=("OA-18",))
    yield from each("copy-caught-by-plan", replace(visit(), rows=(row, caught)), None, None, "wide", "csv")


def minutes_clean() -> Iterator[Planted]:
    a, b = visit().rows
    for name, (one, two, units) in {"both": (30, 15, 2), "medicare": (33, 7, 2), "per-code": (8, 8, 1)}.items():
        rows = (replace(a, minutes=one, units=units), replace(b, minutes=two, units=1))
        yield from each(f"minutes-{name}", replace(visit(), rows=rows), None, None, "wide", "csv")


def refused_clean() -> Iterator[Planted]:
    yield from each("co-not-yours", refused("CO-50", owed=False), None, None, "wide", "narrow", "csv", "835")
    yield from each("not-covered-yours", refused("PR-96", owed=True), None, None, "wide", "csv", "835")
    yield from each("late-not-yours", refused("CO-29", owed=False), None, None, "wide", "csv")
    used_up = replace(refused("PR-119", owed=True), extra=("Physical therapy visits used: 30 of 30",))
    yield from each("limit-used-up", used_up, None, None, "wide", "blocks")
    yield from each("late-out-of-network", refused("PR-29", owed=True, network="out"), None, None, "wide")


def bills_clean() -> Iterator[Planted]:
    for kind in ("wide", "csv", "835"):
        one = shares() if kind != "835" else visit(n=4)
        for name, layout in (("table", bill_table), ("short", bill_short)):
            yield Planted(f"bill-fits-{kind}-{name}", (EOB_LAYOUTS[kind](one), layout(billed(one))))
    paid = replace(billed(visit()), credit=D("30.00"))
    yield Planted("bill-copay-credited", (EOB_LAYOUTS["wide"](visit()), bill_table(paid)))
    less = replace(billed(visit()), rows=tuple(replace(r, balance=D(0)) for r in billed(visit()).rows), due=D(0))
    yield Planted("bill-nothing-left", (EOB_LAYOUTS["blocks"](visit()), bill_table(less)))
    second = replace(visit("2026-04-13", 1), claim="EX-48299")
    both = replace(billed(visit()), rows=(*billed(visit()).rows, *billed(second).rows))
    yield Planted("bill-of-two-eobs", (EOB_LAYOUTS["wide"](visit()), EOB_LAYOUTS["narrow"](second), bill_table(both)))
    stranger = replace(billed(visit("2026-03-02")), day="2026-04-01")
    yield Planted("bill-of-another-visit", (EOB_LAYOUTS["wide"](visit()), bill_short(stranger)))
    out = replace(shares(), network="out")
    office = replace(billed(out), rows=tuple(replace(r, balance=r.charge - r.paid) for r in billed(out).rows[:2]))
    yield Planted("bill-out-of-network-office", (EOB_LAYOUTS["wide"](replace(out, rows=out.rows[:2])), bill_table(office)))


def medicare_clean() -> Iterator[Planted]:
    yield Planted("msn", (medicare(Eob(medicare_rows())),))
    kx = Eob(medicare_rows(modifiers=("GP", "KX")))
    yield Planted("msn-kx", (medicare(kx),))
    free = Eob(tuple(replace(r, coinsurance=D(0), said={"patient_owes": D(0)}) for r in medicare_rows()), extra=(QMB,))
    yield Planted("msn-qmb-nothing-shown", (medicare(free),))


def papers_clean() -> Iterator[Planted]:
    """Several papers of one course of care."""
    weeks = [replace(visit(f"2026-04-{day:02d}", n), claim=f"EX-6{n}00") for n, day in enumerate((6, 13, 20))]
    yield Planted("three-weeks", tuple(EOB_LAYOUTS["wide"](w) for w in weeks))
    yield Planted("three-weeks-mixed", tuple(EOB_LAYOUTS[k](w) for k, w in zip(("csv", "blocks", "narrow"), weeks, strict=True)))
    yield Planted("the-same-paper-twice", (EOB_LAYOUTS["wide"](visit()), EOB_LAYOUTS["csv"](visit())))
    hospital = replace(shares(), rows=tuple(replace(r, place="22") for r in shares().rows[:2]))
    yield Planted("hospital-in-network", (sheet(hospital),))
    office = replace(shares(), rows=tuple(replace(r, place="11") for r in shares().rows[:2]), network="out")
    yield Planted("office-out-of-network", (sheet(office),))
    met = replace(visit("2026-05-11"), extra=(DEDUCTIBLE_MET,), notice="2026-06-01", claim="EX-50002")
    yield Planted("deductible-met-later", (EOB_LAYOUTS["wide"](shares()), EOB_LAYOUTS["wide"](met)))
    new_year = replace(shares("2027-01-11"), notice="2027-02-01")
    yield Planted("deductible-of-a-new-year", (EOB_LAYOUTS["wide"](met), EOB_LAYOUTS["wide"](new_year)))
    met_early = replace(visit("2026-05-11"), extra=(DEDUCTIBLE_MET,), notice="2026-05-20")
    later = replace(shares("2026-05-28"), notice="2026-06-10", provider="Alder Lane Therapy")
    clean = {
        "december": (replace(visit("2025-12-18"), extra=(DEDUCTIBLE_MET,), notice="2026-01-05"),
                     replace(shares("2026-01-08"), notice="2026-01-20")),
        "own-year": (replace(met_early, extra=(DEDUCTIBLE_MET, "Plan year: July 1 to June 30")), later),
        "out-of-network": (met_early, replace(later, network="out")),
        "raised": (met_early, replace(later, extra=("Individual deductible: $270.00 of $1,000.00 used",))),
    }  # fmt: skip
    for name, papers in clean.items():
        yield Planted(f"deductible-met-{name}", tuple(EOB_LAYOUTS["wide"](p) for p in papers))
    unlisted = replace(visit(), rows=(*visit().rows, Row("2026-04-06", "97139", 2, D("80.00"), D("44.00"))))
    yield from each("unlisted-units", unlisted, None, None, "wide", "csv")
    untimed = replace(visit(), rows=(*visit().rows, Row("2026-04-06", "97150", 1, D("40.00"), D("22.00"))))
    yield from each("untimed-once", untimed, None, None, "wide", "csv")
    for kind in ("wide", "blocks"):
        counted = replace(visit(), extra=("Physical therapy visits used: 12 of 30",))
        yield Planted(f"visits-left-{kind}", (EOB_LAYOUTS[kind](counted),))


Source = Callable[[], Iterator[Planted]]
FAULTS: tuple[Source, ...] = (
    money_faults, unit_faults, untimed_faults, deductible_faults, repeat_faults,
    bill_faults, denial_faults, network_faults, protection_faults,
)  # fmt: skip
CLEAN: tuple[Source, ...] = (
    plain_visits, odd_but_right, minutes_clean, refused_clean, bills_clean, medicare_clean, papers_clean,
)  # fmt: skip


def write(kind: str, sources: tuple[Source, ...]) -> int:
    """Writes every case into a folder of its own. Gives how many there are."""
    shutil.rmtree(FOLDER / kind, ignore_errors=True)
    cases = [case for source in sources for case in source()]
    for case in cases:
        folder = FOLDER / kind / case.name
        folder.mkdir(parents=True)
        for number, (form, text) in enumerate(case.papers, 1):
            (folder / f"{number}.{form}").write_text(text)
        expected: Mapping[str, object] = {"ask": case.finding, "lines": list(case.lines) if case.lines else None}
        (folder / "expected.json").write_text(json.dumps(expected) + "\n")
    return len(cases)


if __name__ == "__main__":
    print(write("faults", FAULTS), write("clean", CLEAN))
