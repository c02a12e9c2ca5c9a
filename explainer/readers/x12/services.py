"""SVC: one service, what was charged and paid for it, and why they differ."""

import re
from datetime import date
from decimal import Decimal

from explainer.model.amounts import Amounts
from explainer.model.codes import code_system
from explainer.model.document import ServiceLine, Submitted
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.adjustments import NOTHING, Adjuster, Parts
from explainer.readers.x12.balance import Added, added_of
from explainer.readers.x12.composite import REVENUE, Composite, composite
from explainer.readers.x12.loops import ClaimLoop, Located, Loop, Segment, size_of
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.places import places_of
from explainer.readers.x12.plain import DAYS_OF_CLAIM, ONE, ONE_ASSUMED, Days, Plain, remark
from explainer.readers.x12.values import at, days, number
from explainer.readers.x12.whole import WholeClaim

_PARTS = ("discount", "not_covered", "deductible", "copay", "coinsurance")
_PRINTED = {2: "billed", 3: "plan_paid"}
_OTHER_COMPONENT = re.compile(r"[A-Z0-9]{2}([^A-Za-z0-9\s])[A-Z0-9]")
_MONEY = re.compile(r"-?\d+\.\d\d?")
_MOST_KEPT = 5_000
_NAMELESS = Composite()
Rest = tuple[Decimal | None, date | None, date | None, tuple[str, ...], list[Located]]

_line, _amounts, _span = quick(ServiceLine), quick(Amounts), quick(Span)


class Services:
    """Makes service lines; their numbers count through the document. remarks: the remark codes met."""

    def __init__(self, notes: Notes, adjuster: Adjuster, with_places: bool) -> None:
        self._notes, self._adjuster, self._with_places = notes, adjuster, with_places
        self.count = 0
        self.remarks: set[str] = set()
        self.component = ":"
        self._known: dict[str, Composite] = {}
        self._plain = Plain(notes.paper, self._known, adjuster.groups, adjuster.reasons, self.remarks)

    def separate(self, component: str) -> None:
        """From here on the parts of a composite are separated by that character."""
        self.component = component
        self._known.clear()

    def lines(self, loop: ClaimLoop | WholeClaim, claim: int, of_claim: Days) -> tuple[tuple[ServiceLine, ...], Added | None]:
        """The services of a claim and what they come to. of_claim: its own days, for a service without days."""
        if isinstance(loop, WholeClaim):
            plain, odd, added = self._plain.lines(loop, self.count + 1, of_claim)
            if not odd:
                self.count += len(plain)
                return tuple(plain), added
            made = self._between(plain, odd, loop, claim, of_claim)
        else:
            made = [self._next(service, claim, of_claim) for service in loop.services()]
        return tuple(made), added_of(made)

    def _between(
        self, plain: list[ServiceLine], odd: list[int], loop: WholeClaim, claim: int, of_claim: Days
    ) -> list[ServiceLine]:
        """What is not of the commonest make between what is. Another separator of composites makes all that follow odd."""
        made, following, component = [], iter(plain), self.component
        for service in loop.services():
            line = None if self.count + 1 in odd else next(following)
            if line is None or self.component != component:
                made.append(self._next(service, claim, of_claim))
            else:
                self.count += 1
                made.append(line)
        return made

    def _next(self, loop: Loop, claim: int, of_claim: Days) -> ServiceLine:
        self.count += 1
        line = self._line(loop, claim, of_claim)
        if line.remarks and len(self.remarks) < _MOST_KEPT:
            self.remarks.update(line.remarks)
        return line

    def _line(self, loop: Loop, claim: int, of_claim: Days) -> ServiceLine:
        """The service of a loop, whatever its shape."""
        count = self.count
        head = loop.head
        size = len(head)
        known = self._known.get(head[1]) if size > 3 else None
        billed, paid = (number(head[2]), number(head[3])) if size > 3 else (None, None)
        if known is None or billed is None or paid is None:
            known = self._looked_at(loop, claim)
            if known is None:
                known, billed, paid, size = self._code(head), None, None, 0
        allowed, first, last, remarks, cas = self._rest(loop, claim)
        adjustments, sums = self._adjuster.read(cas, claim, count) if cas else ((), NOTHING)
        uncertain: tuple[str, ...] = ()
        if first is None:
            first, last = of_claim
            uncertain = DAYS_OF_CLAIM if first is not None else ()
        units = number(head[5]) if size > 5 else None
        if units is None and size:
            units, assumed = self._counted(loop, claim)
            uncertain += assumed
        if sums is not None and billed is not None and billed - sums[0] == paid:
            _, discount, deductible, coinsurance, copay, uncovered, owed = sums
            amounts = _amounts(billed, discount, allowed, uncovered, deductible, copay, coinsurance, paid, None, owed)
        else:
            amounts, doubtful = _unbalanced(billed, paid, allowed, sums if adjustments else None)
            uncertain += doubtful
        revenue = known.revenue or (head[4] if size > 4 and REVENUE.fullmatch(head[4]) else None)
        return _line(
            count, _span(self._notes.paper, 1, loop.start, loop.end), first, last if last != first else None,
            known.code, known.system, known.modifiers, known.description, units, None, revenue, None, amounts, adjustments,
            remarks, None, uncertain, places_of(loop, self._notes.paper, False) if self._with_places else {},
            self._submitted(head) if size > 6 else None,
        )  # fmt: skip

    def _rest(self, loop: Loop, claim: int) -> Rest:
        """What the other segments say: allowed amount, first and last day, remark codes; and its CAS with their ends."""
        allowed = first = last = None
        remarks: tuple[str, ...] = ()
        cas: list[Located] = []
        for segment, end in zip(loop.rest, loop.ends, strict=False):
            name = segment[0]
            if name == "CAS":
                cas.append((segment, end))
            elif name == "REF" or len(segment) < 3:
                continue
            elif name == "DTM":
                what = segment[1]
                if what == "472" or (what == "150" and first is None):
                    first, until = days(segment)
                    last = until or last
                    if first is None:
                        self._undated(segment, end, claim)
                elif what == "151":
                    last = days(segment)[0]
            elif name == "AMT":
                if segment[1] == "B6" and allowed is None:
                    allowed = number(segment[2])
            elif name == "LQ":
                remarks += remark(segment)
        return allowed, first, last, remarks, cas

    def _undated(self, segment: Segment, end: int, claim: int) -> None:
        place, text = (end - size_of(segment), end), at(segment, 2) or at(segment, 6)
        self._notes.add("bad-date", place, claim, self.count, text=text[:40], field="service_date")

    def _looked_at(self, loop: Loop, claim: int) -> Composite | None:
        """A code not met before, or an element that is no number: named with its place. None where elements are shifted."""
        head, place = loop.head, loop.place
        text = at(head, 1)
        if self.component not in text and (other := _OTHER_COMPONENT.match(text)):
            self._notes.add("x12-component", place, claim, self.count, printed=self.component, used=other[1])
            self.separate(other[1])
        bare = self.component not in text and code_system(text) is None
        if not at(head, 2) or (bare and _MONEY.fullmatch(at(head, 4))):
            self._notes.add("x12-line-shifted", place, claim, self.count, segment=loop.number, at=loop.start)
            return None
        for position, field in _PRINTED.items():
            if number(at(head, position)) is None:
                self._notes.add("bad-amount", place, claim, self.count, text=at(head, position)[:40], field=field)
        return self._code(head)

    def _code(self, head: Segment) -> Composite:
        found = composite(head[1], self.component) if len(head) > 1 else _NAMELESS
        if len(self._known) < _MOST_KEPT and len(head) > 1:
            self._known[head[1]] = found
        return found

    def _counted(self, loop: Loop, claim: int) -> tuple[Decimal | None, tuple[str, ...]]:
        """No count that can be read: where SVC05 is absent it is one, by the guide's own rule; it is then marked."""
        text = at(loop.head, 5)
        if not text:
            return ONE, ONE_ASSUMED
        self._notes.add("bad-count", loop.place, claim, self.count, text=text[:40])
        return None, ()

    def _submitted(self, head: Segment) -> Submitted | None:
        """SVC06 and SVC07: the code and the count that the provider sent, where the plan decided on others."""
        sent, units = composite(head[6], self.component), number(at(head, 7))
        code = sent.code or sent.revenue
        return Submitted(code, sent.modifiers, units) if code or units is not None else None


def _unbalanced(
    billed: Decimal | None, paid: Decimal | None, allowed: Decimal | None, parts: Parts | None
) -> tuple[Amounts, tuple[str, ...]]:
    """A line whose adjustments do not lead from the charge to the payment. What they name is given as doubtful. What is left to
    the patient is not known: a part may stand elsewhere or be wrong."""
    if parts is None:
        return _amounts(billed, None, allowed, None, None, None, None, paid), ()
    _, discount, deductible, coinsurance, copay, uncovered, _ = (part or None for part in parts)
    given = (discount, uncovered, deductible, copay, coinsurance)
    made = _amounts(billed, discount, allowed, uncovered, deductible, copay, coinsurance, paid)
    return made, tuple(name for name, part in zip(_PARTS, given, strict=True) if part is not None)
