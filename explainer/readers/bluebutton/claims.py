"""A filed claim's labels as the fields of a claim and its lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from explainer.model.amounts import Amounts
from explainer.model.codes import code_system
from explainer.model.document import Claim, Problem, ServiceLine
from explainer.model.source import Span
from explainer.readers.bluebutton.entries import Entry
from explainer.readers.bluebutton.filed import FiledClaim, Labelled
from explainer.readers.fields import counts, dates, money
from explainer.readers.status import told_status

_CLAIM_MONEY = {
    "billed": "amount charged", "allowed": "medicare approved", "plan_paid": "provider paid", "patient_owes": "you may be billed",
}  # fmt: skip
_LINE_MONEY = {"billed": "submitted amount", "allowed": "allowed amount", "not_covered": "non-covered"}
_MODIFIERS = tuple(f"modifier {n}" for n in (1, 2, 3, 4))
_CODED = re.compile(r"(?P<code>[A-Z0-9]{1,7})(?:\s*-\s*(?P<words>.*))?", re.S)
_MISSING = re.compile(r"\W*(?:no information available|not available|n/?a)?\W*", re.I)
_TOTAL_ROW = "0001"
_SHOWN = 40


def _parted(text: str) -> tuple[str, str]:
    """ "97110 - Therapeutic exercises" as code and words; words alone have no code."""
    match = _CODED.fullmatch(text)
    return (match["code"], (match["words"] or "").strip()) if match else ("", text)


def _is_sum(line: Labelled) -> bool:
    """Hospitals close a claim with a row of revenue code 0001, which adds up the others and is no service."""
    return _parted(line.text("revenue code"))[0] == _TOTAL_ROW


@dataclass(slots=True)
class ClaimMaker:
    """Makes claims one after the other; lines are counted through the whole file."""

    paper: str
    number: int = 0
    claim: int = 0
    problems: list[Problem] = field(default_factory=list)

    def make(self, filed: FiledClaim) -> Claim:
        """The claim with its lines. What could not be read is added to `problems`."""
        self.claim += 1
        lines = tuple(self._line(line, filed) for line in filed.lines if not _is_sum(line))
        provider = filed.text("provider")
        totals = self._amounts(filed, _CLAIM_MONEY, None)
        return Claim(
            lines, filed.text("claim number") or None, None, None if _MISSING.fullmatch(provider) else provider,
            status=told_status(lines), totals=self._with_sum(totals, filed),
            diagnoses=tuple(
                _parted(e.value.text)[0] or e.value.text for k, e in filed.entries.items()
                if k.startswith("diagnosis code") and e.value.text
            ),
            places=self._places(filed, {**_CLAIM_MONEY, "claim_id": "claim number", "provider": "provider"}),
        )  # fmt: skip

    def _with_sum(self, totals: Amounts, filed: FiledClaim) -> Amounts:
        """The total row's charges stand in where the claim's own are not printed."""
        rows = [line for line in filed.lines if _is_sum(line)]
        if totals.billed is not None or len(rows) != 1:
            return totals
        return replace(totals, billed=self._amounts(rows[0], {"billed": "submitted amount"}, None).billed)

    def _line(self, line: Labelled, filed: FiledClaim) -> ServiceLine:
        self.number += 1
        first, last, doubtful = self._days(line, filed)
        code, said = _parted(line.text("procedure code"))
        revenue, of_revenue = _parted(line.text("revenue code"))
        return ServiceLine(
            self.number, Span(self.paper, 1, line.start, line.end), first, last, code or None,
            code_system(code) if code else None,
            tuple(m for key in _MODIFIERS if (m := _parted(line.text(key))[0])), said or of_revenue or None,
            self._units(line), None, revenue or None, _parted(line.text("place of service"))[0] or None,
            self._amounts(line, _LINE_MONEY, self.number), uncertain=("service_date",) if doubtful else (),
            places=self._places(line, {
                **_LINE_MONEY, "service_date": "date of service from", "service_end": "date of service to",
                "code": "procedure code", "description": "procedure code" if said else "revenue code",
                "modifiers": "modifier 1", "units": "quantity billed", "revenue_code": "revenue code",
                "place_of_service": "place of service",
            }),
        )  # fmt: skip

    def _days(self, line: Labelled, filed: FiledClaim) -> tuple[date | None, date | None, bool]:
        """The line's own days; else the claim's, as an inferred value."""
        first, last = self._day(line, "date of service from", self.number), self._day(line, "date of service to", self.number)
        if first is None:
            of_claim = self._day(filed, "service start date", self.number)
            return of_claim, self._day(filed, "service end date", self.number), of_claim is not None
        return first, last if last and last > first else None, False

    def _day(self, fields: Labelled, key: str, line: int) -> date | None:
        entry = fields.entries.get(key)
        found = dates.days(entry.value.text) if entry else None
        if entry and found is None and not _MISSING.fullmatch(entry.value.text):
            self._refuse("bad-date", "service_date", entry, line)
        return found.first if found else None

    def _units(self, line: Labelled) -> Decimal | None:
        entry = line.entries.get("quantity billed")
        value = counts.units(entry.value.text) if entry else None
        if entry and value is None and not _MISSING.fullmatch(entry.value.text):
            self._refuse("bad-count", "units", entry, self.number)
        return value

    def _amounts(self, fields: Labelled, labels: Mapping[str, str], line: int | None) -> Amounts:
        said = {name: self._amount(fields.entries.get(key), name, line) for name, key in labels.items()}
        return Amounts(
            said.get("billed"), None, said.get("allowed"), said.get("not_covered"), plan_paid=said.get("plan_paid"),
            patient_owes=said.get("patient_owes"),
        )  # fmt: skip

    def _amount(self, entry: Entry | None, name: str, line: int | None) -> Decimal | None:
        """ "* Not Available *" is no amount and no fault."""
        if entry is None or _MISSING.fullmatch(entry.value.text):
            return None
        value = money.amount(entry.value.text)
        if value is None:
            self._refuse("bad-amount", name, entry, line)
        return value

    def _refuse(self, code: str, name: str, entry: Entry, line: int | None) -> None:
        values = {"text": entry.value.text[:_SHOWN], "field": name}
        self.problems.append(Problem(code, values, self.claim, line, entry.span(self.paper)))

    def _places(self, fields: Labelled, labels: Mapping[str, str]) -> dict[str, Span]:
        found = {name: fields.entries.get(key) for name, key in labels.items()}
        return {name: e.span(self.paper) for name, e in found.items() if e and not _MISSING.fullmatch(e.value.text)}
