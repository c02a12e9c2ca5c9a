"""SVC: one service, what was charged and paid for it, and why they differ."""

import re
from datetime import date
from decimal import Decimal

from explainer.model.amounts import ZERO, Amounts
from explainer.model.codes import code_system
from explainer.model.document import ServiceLine, Submitted
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.adjustments import NOTHING, Adjuster, Sums, sums_of
from explainer.readers.x12.loops import Loop, Segment, place_of
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.places import places_of
from explainer.readers.x12.values import at, days, number, system_of

ONE = Decimal(1)
_ONE_ASSUMED = ("units",)
_DATES_OF_CLAIM = ("service_date",)
_MADE = ("discount", "not_covered", "deductible", "copay", "coinsurance", "patient_owes")
_PRINTED = {2: "billed", 3: "plan_paid"}
_OTHER_COMPONENT = re.compile(r"[A-Z0-9]{2}([^A-Za-z0-9\s])[A-Z0-9]")
_MONEY = re.compile(r"-?\d+\.\d\d?")
_REVENUE = re.compile(r"\d{3,4}")
_NO_REMARKS: tuple[str, ...] = ()
Days = tuple[date | None, date | None]

_line, _amounts, _span = quick(ServiceLine), quick(Amounts), quick(Span)


class Services:
    """Makes service lines; their numbers count through the document."""

    def __init__(self, notes: Notes, adjuster: Adjuster, with_places: bool) -> None:
        self._notes = notes
        self._with_places = with_places
        self._adjuster = adjuster
        self.count = 0
        self.component = ":"
        self.remarks: set[str] = set()

    def line(self, loop: Loop, claim: int, claim_days: Days, shared: bool) -> ServiceLine:
        """The service of a loop. claim_days: of its claim, for a service without days of its own. shared: the claim as a whole
        has adjustments too, so that an amount missing here may stand there."""
        self.count += 1
        head, number_ = loop.head, self.count
        billed, paid = (number(head[2]), number(head[3])) if len(head) > 3 else (None, None)
        placed = True
        if billed is None or paid is None or self.component not in head[1]:
            placed = self._placed(loop, claim)
            if not placed:
                billed = paid = None
        allowed, first, last, remarks, adjusted = self._rest(loop)
        adjustments = self._adjuster.read(loop, claim, number_) if adjusted else ()
        uncertain: tuple[str, ...] = ()
        if first is None:
            first, last = claim_days
            if first is not None:
                uncertain = _DATES_OF_CLAIM
        units, assumed = self._units(loop, claim) if placed else (None, False)
        sums = sums_of(adjustments) if adjustments else NOTHING
        amounts, doubtful = self._amounts(billed, paid, allowed, sums, bool(adjustments), shared)
        qualifier, code, modifiers, description, revenue = self._code(head)
        return _line(
            number_, _span(self._notes.paper, 1, loop.start, loop.end), first, last if last != first else None,
            code, system_of(qualifier, code) if code else None, modifiers, description, units, None, revenue, None,
            amounts, adjustments, remarks, None, (*uncertain, *(_ONE_ASSUMED if assumed else ()), *doubtful),
            places_of(loop, self._notes.paper, False) if self._with_places else {},
            self._submitted(head, placed) if len(head) > 6 else None,
        )  # fmt: skip

    def _rest(self, loop: Loop) -> tuple[Decimal | None, date | None, date | None, tuple[str, ...], bool]:
        """What the other segments say: allowed amount, days, remark codes, and whether there are adjustments."""
        allowed = first = last = None
        remarks, adjusted = _NO_REMARKS, False
        for segment in loop.rest:
            name = segment[0]
            if name == "CAS":
                adjusted = True
            elif name == "DTM":
                if (what := at(segment, 1)) == "472" or (what == "150" and first is None):
                    first, end = days(segment)
                    last = end or last
                elif what == "151":
                    last = days(segment)[0]
            elif name == "AMT":
                if len(segment) > 2 and segment[1] == "B6" and allowed is None:
                    allowed = number(segment[2])
            elif name == "LQ" and (code := at(segment, 2)):
                remarks = (*remarks, code if at(segment, 1) != "RX" else f"RX {code}")
        if remarks and len(self.remarks) < 1_000:
            self.remarks.update(remarks)
        return allowed, first, last, remarks, adjusted

    def _placed(self, loop: Loop, claim: int) -> bool:
        """Whether the elements stand where they belong. What cannot be read is named, with its place."""
        head, place = loop.head, place_of(loop)
        if self.component not in at(head, 1) and (other := _OTHER_COMPONENT.match(at(head, 1))):
            self._notes.add("x12-component", place, claim, self.count, printed=self.component, used=other[1])
            self.component = other[1]
        bare = self.component not in at(head, 1) and code_system(at(head, 1)) is None
        if not at(head, 2) or (bare and _MONEY.fullmatch(at(head, 4))):
            self._notes.add("x12-line-shifted", place, claim, self.count, segment=loop.number, at=loop.start)
            return False
        for position, field in _PRINTED.items():
            if number(at(head, position)) is None:
                self._notes.add("bad-amount", place, claim, self.count, text=at(head, position)[:40], field=field)
        return True

    def _units(self, loop: Loop, claim: int) -> tuple[Decimal | None, bool]:
        """SVC05, and whether it is only assumed: where it is absent the count is one, by the guide's own rule."""
        text = loop.head[5] if len(loop.head) > 5 else ""
        if not text.strip():
            return ONE, True
        units = number(text)
        if units is None:
            self._notes.add("bad-count", (loop.start, loop.end), claim, self.count, text=text[:40])
        return units, False

    def _amounts(
        self, billed: Decimal | None, paid: Decimal | None, allowed: Decimal | None, sums: Sums | None, adjusted: bool, shared: bool
    ) -> tuple[Amounts, tuple[str, ...]]:
        """The amounts, and which of them are doubtful. A part that no adjustment names is nothing where the line is in
        balance; where it is not, the part is unknown."""
        if sums is None:
            return _amounts(billed, None, allowed, None, None, None, None, paid), ()
        total, written_off, deductible, coinsurance, copay, uncovered = sums
        if billed is not None and paid is not None and billed - total == paid:
            owes = deductible + coinsurance + copay + uncovered
            return _amounts(billed, written_off, allowed, uncovered, deductible, copay, coinsurance, paid, None, owes), ()
        if not adjusted:
            return _amounts(billed, None, allowed, None, None, None, None, paid), ()
        owes = deductible + coinsurance + copay + uncovered
        parts = tuple(v or None for v in (written_off, uncovered, deductible, copay, coinsurance, None if shared and not owes else owes))
        made = _amounts(billed, parts[0], allowed, *parts[1:5], paid, None, parts[5])
        return made, tuple(name for name, part in zip(_MADE, parts, strict=True) if part is not None)

    def _code(self, head: Segment) -> tuple[str, str | None, tuple[str, ...], str | None, str | None]:
        """Qualifier, code, modifiers, description and revenue code."""
        parts = head[1].split(self.component) if len(head) > 1 else [""]
        qualifier, code = (parts[0], parts[1]) if len(parts) > 1 else ("HC", parts[0]) if code_system(parts[0]) else (parts[0], "")
        modifiers = tuple([m for m in parts[2:6] if m]) if len(parts) > 2 else ()
        description = parts[6].strip() or None if len(parts) > 6 else None
        revenue = head[4].strip() if len(head) > 4 else ""
        if qualifier == "NU":
            return qualifier, None, modifiers, description, code or None
        return qualifier, code or None, modifiers, description, revenue if _REVENUE.fullmatch(revenue) else None

    def _submitted(self, head: Segment, placed: bool) -> Submitted | None:
        """SVC06 and SVC07: the code and the count that the provider sent, where the plan decided on others."""
        if not placed:
            return None
        parts = at(head, 6).split(self.component)
        code, modifiers = (parts[1], tuple(m for m in parts[2:6] if m)) if len(parts) > 1 else (parts[0], ())
        units = number(at(head, 7))
        return Submitted(code or None, modifiers, units) if code or units is not None else None
