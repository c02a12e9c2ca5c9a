"""Made-up papers in several layouts, from one description of a visit. Only `case_maker` uses it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

CENT = Decimal("0.01")
NAMES = {
    "97110": "Therapeutic exercise", "97112": "Neuromuscular training", "97530": "Therapeutic activities",
    "97140": "Manual therapy",
    "97010": "Hot or cold pack", "97161": "PT evaluation low", "97164": "PT re-evaluation", "97165": "OT evaluation low",
    "92507": "Speech treatment",
    "97139": "Unlisted therapy", "97150": "Group therapy", "99213": "Office visit", "97116": "Gait training",
}  # fmt: skip
SPANISH = {
    "97110": "Ejercicios terapeuticos", "97112": "Entrenamiento neuromuscular", "97530": "Actividades terapeuticas",
    "97140": "Terapia manual", "97010": "Compresa", "97161": "Evaluacion de terapia", "97164": "Reevaluacion",
    "97165": "Evaluacion ocupacional", "92507": "Terapia del habla", "97150": "Terapia de grupo", "99213": "Visita",
    "97116": "Marcha", "97139": "Terapia no listada",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One service line. Amounts in dollars; `notes`: keys printed beside it. `said`: amounts the paper misprints."""

    day: str
    code: str
    units: int
    billed: Decimal
    allowed: Decimal
    deductible: Decimal = Decimal(0)
    copay: Decimal = Decimal(0)
    coinsurance: Decimal = Decimal(0)
    not_covered: Decimal = Decimal(0)
    plan_paid: Decimal | None = None
    modifiers: tuple[str, ...] = ("GP",)
    notes: tuple[str, ...] = ()
    minutes: int | None = None
    place: str | None = None
    said: Mapping[str, Decimal] = field(default_factory=dict)

    def amount(self, name: str) -> Decimal:
        """What the paper prints."""
        return self.said.get(name, self.true(name))

    def true(self, name: str) -> Decimal:
        """What it would print without a fault."""
        if name == "discount":
            return self.billed - self.allowed - self.not_covered
        if name == "patient_owes":
            return self.deductible + self.copay + self.coinsurance + self.not_covered
        if name == "plan_paid":
            mine = self.deductible + self.copay + self.coinsurance
            return self.allowed - mine if self.plan_paid is None else self.plan_paid
        return Decimal(getattr(self, name))


@dataclass(frozen=True)
class Eob:
    """A plan's paper. totals: printed totals that are wrong. extra: further lines below the table."""

    rows: tuple[Row, ...]
    claim: str = "EX-48210"
    patient: str = "Rosa Muster"
    provider: str = "Alder Lane Therapy"
    payer: str = "Meadow Sample Health"
    network: str | None = "in"
    notice: str = "2026-05-04"
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    extra: tuple[str, ...] = ()

    def total(self, name: str) -> Decimal:
        """The printed total of a column."""
        return self.totals.get(name, sum((r.true(name) for r in self.rows), Decimal(0)))


def us(day: str) -> str:
    """2026-04-06 as 04/06/2026."""
    year, month, number = day.split("-")
    return f"{month}/{number}/{year}"


def dollars(value: Decimal) -> str:
    """$1,234.50"""
    return f"${value.quantize(CENT):,}" if value >= 0 else f"-${-value.quantize(CENT):,}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns three spaces apart, the first three to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "   ".join(c.ljust(w) if i < 3 else c.rjust(w) for i, (c, w) in enumerate(zip(r, widths, strict=True))) for r in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _coded(row: Row) -> str:
    return "-".join((row.code, *row.modifiers))


_WIDE = ("billed", "discount", "allowed", "deductible", "copay", "coinsurance", "not_covered", "plan_paid", "patient_owes")
_WIDE_HEADS = ("Billed", "Discount", "Allowed", "Deductible", "Copay", "Coinsurance", "Not covered", "Plan paid", "You may owe")


def wide(eob: Eob) -> tuple[str, str]:
    """Every column."""
    return _table(eob, _WIDE, _WIDE_HEADS)


def narrow(eob: Eob) -> tuple[str, str]:
    """Four amounts."""
    names = ("billed", "allowed", "plan_paid", "patient_owes")
    return _table(eob, names, ("Amount billed", "Allowed amount", "Plan paid", "Your responsibility"))


def _table(eob: Eob, names: Sequence[str], heads: Sequence[str]) -> tuple[str, str]:
    timed = any(r.minutes is not None for r in eob.rows)
    placed = any(r.place for r in eob.rows)
    noted = any(r.notes for r in eob.rows)
    head = ["Date of service", "Code", "Description", "Units"]
    head += ["Minutes"] * timed + ["Place of service"] * placed + list(heads) + ["Notes"] * noted
    rows = [head]
    for r in eob.rows:
        cells = [us(r.day), _coded(r), NAMES[r.code], str(r.units)]
        cells += [str(r.minutes or "")] * timed + [r.place or ""] * placed
        rows.append([*cells, *(dollars(r.amount(n)) for n in names), *([" ".join(r.notes)] * noted)])
    blank = [""] * (3 + timed + placed)
    rows.append(["Total", *blank, *(dollars(eob.total(n)) for n in names), *([""] * noted)])
    text = f"""{eob.payer}
EXPLANATION OF BENEFITS - THIS IS NOT A BILL
Notice date: {us(eob.notice)}
Patient: {eob.patient}      Member ID: MS4471902
Claim number: {eob.claim}   Provider: {_provider(eob)}

{table(rows)}
"""
    return "txt", text + _below(eob)


def _provider(eob: Eob) -> str:
    words = {"in": " (in network)", "out": " (out of network)", None: ""}
    return eob.provider + words[eob.network]


def _below(eob: Eob) -> str:
    return "\n" + "\n".join(eob.extra) + "\n" if eob.extra else ""


def blocks(eob: Eob) -> tuple[str, str]:
    """A block of labelled values for each line."""
    parts = [
        eob.payer, "Explanation of Benefits", "This is not a bill.", "", f"Date of this notice: {us(eob.notice)}",
        f"Patient name: {eob.patient}", f"Claim number: {eob.claim}", f"Provider: {_provider(eob)}", "",
    ]  # fmt: skip
    labels = dict(zip(_WIDE, ("Amount billed", "Plan discount", "Allowed amount", "Deductible", "Copay", "Coinsurance",
                              "Not covered", "Plan paid", "Your share"), strict=True))  # fmt: skip
    for number, r in enumerate(eob.rows, 1):
        parts += [f"Service {number}", f"Date of service: {us(r.day)}", f"Procedure code: {_coded(r)}"]
        parts += [f"Description: {NAMES[r.code]}", f"Units: {r.units}"]
        parts += [f"Minutes: {r.minutes}"] * (r.minutes is not None)
        parts += [f"Place of service: {r.place}"] * bool(r.place)
        parts += [f"{labels[n]}: {dollars(r.amount(n))}" for n in _WIDE]
        parts += [f"Remark codes: {', '.join(r.notes)}"] * bool(r.notes)
        parts.append("")
    parts.append("Totals for this claim")
    parts += [f"{labels[n]}: {dollars(eob.total(n))}" for n in ("billed", "allowed", "plan_paid", "patient_owes")]
    return "txt", "\n".join(parts) + "\n" + _below(eob)


def sheet(eob: Eob) -> tuple[str, str]:
    """A portal's export."""
    timed, placed = any(r.minutes is not None for r in eob.rows), any(r.place for r in eob.rows)
    head = "Claim Number,Patient,Provider,Network,Service Date,Procedure Code,Modifiers,Description,Units"
    head += ",Minutes" * timed + ",Place of Service" * placed
    head += ",Billed,Discount,Allowed,Deductible,Copay,Coinsurance,Not Covered,Plan Paid,You Owe,Remark Codes"
    rows = [head]
    network = {"in": "In", "out": "Out", None: ""}[eob.network]
    for r in eob.rows:
        cells = [
            eob.claim,
            eob.patient,
            eob.provider,
            network,
            us(r.day),
            r.code,
            " ".join(r.modifiers),
            NAMES[r.code],
            str(r.units),
        ]
        cells += [str(r.minutes or "")] * timed + [r.place or ""] * placed
        rows.append(",".join([*cells, *(f"{r.amount(n).quantize(CENT)}" for n in _WIDE), " ".join(r.notes)]))
    return "csv", "\n".join(rows) + "\n"


def spanish(eob: Eob) -> tuple[str, str]:
    """Spanish headings."""
    timed, noted = any(r.minutes is not None for r in eob.rows), any(r.notes for r in eob.rows)
    head = ["Fecha de servicio", "Código", "Descripción", "Unidades", *(["Minutos"] * timed), "Monto facturado", "Descuento",
            "Monto permitido", "Deducible", "Copago", "Coaseguro", "No cubierto", "Pagado por el plan", "Usted debe",
            *(["Notas"] * noted)]  # fmt: skip
    rows = [head]
    for r in eob.rows:
        cells = [us(r.day), _coded(r), SPANISH[r.code], str(r.units), *([str(r.minutes or "")] * timed)]
        rows.append([*cells, *(dollars(r.amount(n)) for n in _WIDE), *([" ".join(r.notes)] * noted)])
    rows.append(["Total", "", "", "", *([""] * timed), *(dollars(eob.total(n)) for n in _WIDE), *([""] * noted)])
    words = {"in": " (dentro de la red)", "out": " (fuera de la red)", None: ""}
    return (
        "txt",
        f"""Plan de Salud Pradera
EXPLICACIÓN DE BENEFICIOS - ESTO NO ES UNA FACTURA
Fecha del aviso: {us(eob.notice)}
Paciente: {eob.patient}      Número de miembro: MS4471902
Número de reclamación: {eob.claim}    Proveedor: {eob.provider}{words[eob.network]}

{table(rows)}
"""
        + _below(eob),
    )


def remittance(eob: Eob) -> tuple[str, str]:
    """X12 835. Notes such as CO-97 take the whole of what is not allowed; other keys are remarks."""
    body = [f"CLP*{eob.claim}*1*{eob.total('billed')}*{eob.total('plan_paid')}*{eob.total('patient_owes')}*12*PL{eob.claim}*11*1",
            "NM1*QC*1*MUSTER*ROSA****MI*MS4471902"]  # fmt: skip
    for r in eob.rows:
        code = ":".join(("HC", r.code, *r.modifiers))
        body += [f"SVC*{code}*{r.billed}*{r.true('plan_paid')}**{r.units}", f"DTM*472*{r.day.replace('-', '')}"]
        groups = [n.split("-") for n in r.notes if n[:3] in ("CO-", "PR-", "OA-", "PI-")]
        refused = r.not_covered or (r.billed if r.allowed == 0 else Decimal(0))
        body += [f"CAS*{g}*{reason}*{refused}" for g, reason in groups if refused]
        cut = r.billed - r.allowed - r.not_covered if not (groups and refused) else Decimal(0)
        body += [f"CAS*CO*45*{cut}"] * bool(cut)
        shares = ((r.deductible, "1"), (r.coinsurance, "2"), (r.copay, "3"))
        body += [f"CAS*PR*{reason}*{share}" for share, reason in shares if share]
        body += [f"LQ*HE*{n}" for n in r.notes if "-" not in n]
    head = [
        "ISA*00*          *00*          *ZZ*MADEUPPAYER    *ZZ*MADEUPCLINIC   *260504*1200*^*00501*000000001*0*T*:",
        "GS*HP*MADEUPPAYER*MADEUPCLINIC*20260504*1200*1*X*005010X221A1", "ST*835*0001",
        f"BPR*I*{eob.total('plan_paid')}*C*CHK************20260505", "TRN*1*TRACE0001*1999999999", "DTM*405*20260504",
        f"N1*PR*{eob.payer.upper()}", "N3*1 TEST WAY", "N4*TESTVILLE*NY*00000", "PER*CX*MEMBER HELP*TE*5555550100",
        f"N1*PE*{eob.provider.upper()}*XX*1234567893", "LX*1",
    ]  # fmt: skip
    count = len(head) - 2 + len(body) + 1
    return "835", "~\n".join([*head, *body, f"SE*{count}*0001", "GE*1*1", "IEA*1*000000001"]) + "~\n"


def medicare(eob: Eob) -> tuple[str, str]:
    """A Medicare Summary Notice for Part B. What Medicare pays is 80 % less the 2 % cut, where the row does not say otherwise."""
    rows = [["Service Provided & Billing Code", "Service Approved?", "Amount Provider Charged", "Medicare-Approved Amount",
             "Amount Medicare Paid", "Maximum You May Be Billed", "See Notes Below"]]  # fmt: skip
    for r in eob.rows:
        what = f"{r.units} {NAMES[r.code]} ({_coded(r)})"
        amounts = [dollars(r.amount(n)) for n in ("billed", "allowed", "plan_paid", "patient_owes")]
        rows.append([what, "Yes" if r.allowed else "No", *amounts, ", ".join(r.notes)])
    names = ("billed", "allowed", "plan_paid", "patient_owes")
    rows.append([f"Total for Claim #{eob.claim}", "", *(dollars(eob.total(n)) for n in names), ""])
    return (
        "txt",
        f"""Medicare Summary Notice
Part B (Medical Insurance)
Rosa Muster
THIS IS NOT A BILL
Date of This Notice: May 4, 2026

Your Claims for Part B (Medical Insurance)

{us(eob.rows[0].day)}
{eob.provider}, (555) 555-0177
2 Test Way, Testville NY 00000
{table(rows)}
"""
        + _below(eob),
    )


@dataclass(frozen=True)
class BillRow:
    """One line of a provider's bill."""

    day: str
    code: str
    units: int
    charge: Decimal
    paid: Decimal
    adjusted: Decimal
    balance: Decimal


@dataclass(frozen=True)
class Bill:
    """A provider's bill. due: printed amount due, else the sum. credit: paid at the visit, where it is printed."""

    rows: tuple[BillRow, ...]
    provider: str = "Alder Lane Therapy"
    patient: str = "Rosa Muster"
    due: Decimal | None = None
    credit: Decimal | None = None
    day: str = "2026-05-20"


def bill_table(bill: Bill) -> tuple[str, str]:
    """Charges, payments, adjustments and balance by line."""
    heads = ("Service Date", "Code", "Description", "Units", "Charges", "Insurance Payments", "Adjustments", "Patient Balance")
    rows: list[Sequence[str]] = [heads]
    for r in bill.rows:
        amounts = (dollars(v) for v in (r.charge, -r.paid, -r.adjusted, r.balance))
        rows.append((us(r.day), r.code, NAMES[r.code], str(r.units), *amounts))
    return "txt", _bill_text(bill, table(rows))


def bill_short(bill: Bill) -> tuple[str, str]:
    """Charge and balance only."""
    rows: list[Sequence[str]] = [("Date", "Code", "Service", "Charge", "You owe")]
    rows += [(us(r.day), r.code, NAMES[r.code], dollars(r.charge), dollars(r.balance)) for r in bill.rows]
    return "txt", _bill_text(bill, table(rows))


def _bill_text(bill: Bill, rows: str) -> str:
    due = sum((r.balance for r in bill.rows), Decimal(0)) - (bill.credit or 0) if bill.due is None else bill.due
    credit = f"Paid at visit: {dollars(bill.credit)}\n" if bill.credit is not None else ""
    return f"""{bill.provider}
PATIENT STATEMENT
Statement Date: {us(bill.day)}
Patient: {bill.patient}
Account Number: 77-3120

{rows}

{credit}Total Amount Due: {dollars(due)}
Payment due date: 06/15/2026
"""


def billed(eob: Eob) -> Bill:
    """The bill that fits an EOB."""
    rows = tuple(
        BillRow(r.day, r.code, r.units, r.billed, r.true("plan_paid"), r.billed - r.true("plan_paid") - r.true("patient_owes"),
                r.true("patient_owes"))
        for r in eob.rows
    )  # fmt: skip
    return Bill(rows, eob.provider, eob.patient)


Layout = Callable[[Eob], tuple[str, str]]
EOB_LAYOUTS: Mapping[str, Layout] = {
    "wide": wide,
    "narrow": narrow,
    "blocks": blocks,
    "csv": sheet,
    "es": spanish,
    "835": remittance,
}


def with_rows(eob: Eob, number: int, **changes: object) -> Eob:
    """The EOB with one row changed (from 1)."""
    rows = list(eob.rows)
    rows[number - 1] = replace(rows[number - 1], **changes)  # type: ignore[arg-type]
    return replace(eob, rows=tuple(rows))
