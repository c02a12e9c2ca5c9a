"""Made-up 835 files that balance, the same ones for the same numbers. Nobody in them is real."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

CENT = Decimal("0.01")
_CODES = ("97110", "97140", "97530", "97112", "99213", "97161", "92507", "G0283")
_LAST = ("SAMPLE", "TESTCASE", "EXAMPLE", "PLACEHOLDER", "MADEUP", "DEMO")
_FIRST = ("ALEX", "CHRIS", "DANA", "JORDAN", "MORGAN", "RILEY", "TAYLOR")


@dataclass(slots=True)
class Counted:
    """What a file holds, to compare with what was read."""

    claims: int = 0
    lines: int = 0
    segments: int = 0
    billed: Decimal = Decimal("0.00")
    paid: Decimal = Decimal("0.00")
    owed: Decimal = Decimal("0.00")
    discount: Decimal = Decimal("0.00")
    remarks: int = 0
    _control: int = field(default=0, repr=False)


def remittance(claims: int, counted: Counted, seed: int = 835, each: int = 250) -> Iterator[bytes]:
    """A file of so many claims, piece by piece: `each` claims a transaction; about four services a claim."""
    chance = random.Random(seed)
    yield _line(
        "ISA",
        "00",
        " " * 10,
        "00",
        " " * 10,
        "ZZ",
        "MADEUPPAYER    ",
        "ZZ",
        "MADEUPCLINIC   ",
        "260314",
        "1200",
        "^",
        "00501",
        "000000001",
        "0",
        "T",
        ":",
    ).encode()
    yield _line("GS", "HP", "MADEUPPAYER", "MADEUPCLINIC", "20260314", "1200", "1", "X", "005010X221A1").encode()
    sets = 0
    for first in range(0, claims, each):
        sets += 1
        yield _transaction(chance, counted, sets, first, min(each, claims - first))
    counted.segments += 4
    yield (_line("GE", str(sets), "1") + _line("IEA", "1", "000000001")).encode()


def _line(*elements: str) -> str:
    return "*".join(elements) + "~\n"


def _transaction(chance: random.Random, counted: Counted, number: int, first: int, count: int) -> bytes:
    paid_before, control = counted.paid, f"{number:04}"
    body = "".join(_claim(chance, counted, first + i) for i in range(count))
    fee = Decimal(chance.randrange(0, 500)) * CENT
    paid = counted.paid - paid_before - fee
    head = (
        _line("ST", "835", control) + _line("BPR", "I", str(paid), "C", "CHK", *[""] * 11, "20260320")
        + _line("TRN", "1", f"TRACE{number:06}", "1999999999") + _line("DTM", "405", "20260318")
        + _line("N1", "PR", "MADE UP HEALTH PLAN") + _line("N3", "1 TEST WAY") + _line("N4", "TESTVILLE", "NY", "00000")
        + _line("PER", "CX", "MEMBER HELP", "TE", "5555550100") + _line("N1", "PE", "MADE UP CLINIC", "XX", "1234567893")
        + _line("LX", "1")
    )  # fmt: skip
    tail = _line("PLB", "1234567893", "20261231", "WO:MADEUP", str(fee))
    segments = (head + body + tail).count("~") + 1
    counted.segments += segments
    return (head + body + tail + _line("SE", str(segments), control)).encode()


def _claim(chance: random.Random, counted: Counted, number: int) -> str:
    services = [_service(chance, counted, number, i) for i in range(chance.choice((3, 4, 4, 4, 5)))]
    billed, paid, owed = (sum((s[i] for s in services), Decimal("0.00")) for i in (1, 2, 3))
    extra = CENT * chance.randrange(1, 400) if number % 10 == 0 and paid > 4 else Decimal("0.00")
    paid, counted.paid, counted.discount = paid - extra, counted.paid - extra, counted.discount + extra
    counted.claims += 1
    name = (chance.choice(_LAST), chance.choice(_FIRST))
    return (
        _line("CLP", f"ACCT{number:07}", "1", str(billed), str(paid), str(owed), "12", f"CLAIM{number:09}", "11", "1")
        + (_line("CAS", "CO", "253", str(extra)) if extra else "")
        + _line("NM1", "QC", "1", *name, "", "", "", "MI", f"ZZZ{number:08}")
        + _line("NM1", "82", "1", "THERAPIST", "PAT", "", "", "", "XX", "1234567893")
        + _line("REF", "EA", f"MR{number:06}") + _line("DTM", "050", "20260310") + _line("AMT", "AU", str(billed))
        + "".join(s[0] for s in services)
    )  # fmt: skip


def _service(chance: random.Random, counted: Counted, claim: int, place: int) -> tuple[str, Decimal, Decimal, Decimal]:
    units = chance.choice((1, 1, 2, 3))
    billed = CENT * chance.randrange(4_000, 30_000)
    allowed = (billed * chance.randrange(40, 80) / 100).quantize(CENT)
    share, copay = (allowed * chance.choice((0, 10, 20)) / 100).quantize(CENT), Decimal(chance.choice((0, 0, 25)))
    copay = copay if copay <= allowed - share else Decimal(0)
    patient = [part for reason, amount in (("2", share), ("3", copay)) if amount for part in (reason, str(amount), "")]
    paid, owed = allowed - share - copay, share + copay
    counted.lines += 1
    counted.billed, counted.paid, counted.owed = counted.billed + billed, counted.paid + paid, counted.owed + owed
    counted.discount += billed - allowed
    remark = chance.random() < 0.3
    counted.remarks += remark
    text = (
        _line("SVC", f"HC:{chance.choice(_CODES)}:GP", str(billed), str(paid), "", str(units))
        + _line("DTM", "472", f"202603{1 + claim % 28:02}") + _line("CAS", "CO", "45", str(billed - allowed))
        + (_line("CAS", "PR", *patient[:-1]) if patient else "")
        + _line("REF", "6R", f"{claim}L{place}") + _line("AMT", "B6", str(allowed))
        + (_line("LQ", "HE", "N130") if remark else "")
    )  # fmt: skip
    return text, billed, paid, owed
