"""Made-up claims whose amounts obey the arithmetic of an Explanation of Benefits."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CODES = {
    "97110": "Therapeutic exercise",
    "97112": "Balance retraining",
    "97140": "Manual therapy",
    "97116": "Walking training",
    "97530": "Therapeutic activities",
    "97535": "Self care training",
    "97161": "Therapy evaluation low",
    "97164": "Therapy re-check",
    "97035": "Ultrasound",
    "97010": "Hot or cold pack",
    "97150": "Group therapy",
    "G0283": "Electrical stimulation",
    "97750": "Performance test",
    "99213": "Office visit",
    "99203": "New patient visit",
    "73030": "X-ray of shoulder",
    "20610": "Joint injection",
    "J1030": "Steroid medicine",
    "92507": "Speech therapy",
    "97166": "Occupational therapy eval",
    "A4556": "Electrodes",
    "97018": "Paraffin bath",
    "97542": "Wheelchair training",
    "98941": "Spine adjustment 3-4 regions",
}
SPANISH = {
    "97110": "Ejercicio terapéutico",
    "97112": "Entrenamiento de equilibrio",
    "97140": "Terapia manual",
    "97116": "Entrenamiento de marcha",
    "97530": "Actividades terapéuticas",
    "97535": "Cuidado personal",
    "97035": "Ultrasonido",
    "99213": "Visita al consultorio",
    "97161": "Evaluación de terapia",
    "97010": "Compresa caliente o fría",
    "G0283": "Estimulación eléctrica",
}
MODIFIERS = ("GP", "GO", "59", "KX", "CQ", "GN", "25", "RT", "XS")
MONEY = ("billed", "discount", "allowed", "not_covered", "deductible", "copay", "coinsurance", "plan_paid", "patient_owes")
ZERO = Decimal("0.00")
GIVEN = ("Ana", "Luis", "Priscilla", "Omar", "Mei", "Tobias", "Ingrid", "Kwame", "Rosa", "Henry")
FAMILY = ("Example", "Pretend", "Mockman", "de la Prueba", "Fictor", "Sampleton", "O'Test", "Made-Up")
PROVIDERS = (
    "Birch Street Therapy",
    "Dr. Nora Vell, DPT",
    "Cedar & Stone Rehab LLC",
    "Northgate Physical Therapy PC",
    "Harbor Spine Clinic",
    "Lopez Family Wellness",
    "Quill Orthopedics",
    "Tamarack Hand Center",
    "J. Abara PT",
    "St. Brendan Outpatient Rehab",
)
KEYS = {
    "group": {"plain": ("CO-45",), "denied": ("PR-96", "CO-197", "PR-204"), "bundled": ("CO-97",)},
    "glued": {"plain": ("CO45",), "denied": ("PR96", "CO197"), "bundled": ("CO97",)},
    "rarc": {"plain": (), "denied": ("N130", "N30", "M25"), "bundled": ("M15", "N19")},
    "payer": {"plain": (), "denied": ("A1", "X24"), "bundled": ("B7",)},
    "mixed": {"plain": ("CO-45",), "denied": ("PR-96", "N130"), "bundled": ("CO-97", "M15")},
}


@dataclass
class Line:
    """One service: `day`, `until`, code, modifiers, words, units, all amounts, note keys."""

    day: date
    until: date
    code: str
    modifiers: list[str]
    words: str
    units: int
    money: dict[str, Decimal]
    remarks: list[str]


@dataclass
class Claim:
    """One claim of one person with one provider."""

    number: str
    patient: str
    provider: str
    processed: date
    lines: list[Line] = field(default_factory=list)

    def total(self, name: str) -> Decimal:
        """The sum of an amount over the lines."""
        return sum((line.money[name] for line in self.lines), ZERO)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass
class _Rules:
    """How a claim is priced."""

    network: bool
    deductible_left: Decimal
    copay: Decimal
    rate: Decimal


def _paid(r: random.Random, rules: _Rules, billed: Decimal) -> dict[str, Decimal]:
    allowed = _cents(billed * Decimal(r.randint(35, 90)) / 100)
    deductible = min(rules.deductible_left, allowed)
    rules.deductible_left -= deductible
    copay = min(rules.copay, allowed - deductible)
    rules.copay = ZERO
    coinsurance = _cents((allowed - deductible - copay) * rules.rate)
    excess, share = billed - allowed, deductible + copay + coinsurance
    beyond = ZERO if rules.network else excess
    return {
        "billed": billed,
        "discount": excess if rules.network else ZERO,
        "allowed": allowed,
        "not_covered": beyond,
        "deductible": deductible,
        "copay": copay,
        "coinsurance": coinsurance,
        "plan_paid": allowed - share,
        "patient_owes": share + beyond,
    }


def _unpaid(billed: Decimal, patient: bool, bundled: bool) -> dict[str, Decimal]:
    money = dict.fromkeys(MONEY, ZERO)
    off = {"discount": billed} if bundled else {"not_covered": billed}
    return {**money, "billed": billed, **off, "patient_owes": billed if patient and not bundled else ZERO}


def _line(r: random.Random, rules: _Rules, day: date, code: str, spanish: bool, keys: str) -> Line:
    billed = _cents(Decimal(r.choice([r.randint(1800, 34000), r.randint(1800, 34000), r.randint(100000, 240000)])) / 100)
    kind = r.choices(("plain", "denied", "bundled"), (80, 13, 7))[0]
    money = _paid(r, rules, billed) if kind == "plain" else _unpaid(billed, r.random() < 0.5, kind == "bundled")
    told = list(KEYS[keys][kind])
    if kind != "plain":
        told = told if keys == "mixed" else [r.choice(told)]
    elif not money["discount"] or r.random() < 0.5:
        told = []
    marks = r.sample(MODIFIERS, r.choices((0, 1, 2), (35, 45, 20))[0])
    words = SPANISH.get(code) if spanish else CODES[code]
    return Line(day, day, code, marks, words or CODES[code], r.choices((1, 2, 3, 4), (60, 25, 10, 5))[0], money, told)


def _number(r: random.Random) -> str:
    digits = "".join(r.choice("0123456789") for _ in range(r.randint(8, 13)))
    year = f"{r.randint(24, 26)}-{digits[:4]}-{digits[4:8]}"
    return r.choice([digits, f"{digits}-01", f"{digits[:9]}A", f"E{digits}", year, f"CLM{digits[:8]}"])


def claims(r: random.Random, spanish: bool, keys: str) -> list[Claim]:
    """One to three claims of one person."""
    patient, found = f"{r.choice(GIVEN)} {r.choice(FAMILY)}", []
    for _ in range(r.choices((1, 2, 3), (65, 25, 10))[0]):
        day = date(2026, 1, 4) + timedelta(days=r.randint(0, 300))
        processed = day + timedelta(days=r.randint(6, 30))
        deductible = r.choice([ZERO, ZERO, Decimal("40.00"), Decimal("150.00"), Decimal("75.25")])
        rules = _Rules(
            r.random() < 0.8, deductible, Decimal(r.choice([0, 0, 20, 35])), Decimal(r.choice([0, 10, 20, 30, 40])) / 100
        )
        claim = Claim(_number(r), patient, r.choice(PROVIDERS), processed)
        days = sorted(day + timedelta(days=r.choice([0, 0, 0, 2, 4])) for _ in range(r.randint(1, 6)))
        codes = r.sample(sorted(SPANISH if spanish else CODES), len(days))
        claim.lines = [_line(r, rules, d, code, spanish, keys) for d, code in zip(days, codes, strict=True)]
        found.append(claim)
    return found
