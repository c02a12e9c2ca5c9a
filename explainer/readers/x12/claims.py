"""CLP: one claim of the remittance as a claim of ours."""

from collections.abc import Iterable
from datetime import date

from explainer.knowledge.base import Knowledge
from explainer.model.amounts import Amounts
from explainer.model.document import Claim, Note
from explainer.model.quick import quick
from explainer.model.source import Span
from explainer.readers.x12.adjustments import Adjuster
from explainer.readers.x12.balance import check_claim, fits, totals_of
from explainer.readers.x12.head import Head
from explainer.readers.x12.loops import ClaimLoop, Located, Segment
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.places import places_of
from explainer.readers.x12.separators import BLANK
from explainer.readers.x12.services import Services
from explainer.readers.x12.standing import ESTIMATE, FORWARDED, KNOWN, harmless_reasons, status_of
from explainer.readers.x12.values import NUMBERS, at, days, number, person
from explainer.readers.x12.whole import WholeClaim

_REMARKS = {"MOA": (3, 4, 5, 6, 7), "MIA": (5, 20, 21, 22, 23)}
_DETAILS = frozenset(("REF", "AMT", "QTY", "DTM"))
_DAYS_TAKEN = frozenset(("232", "233", "573"))
_AMOUNTS = ((3, "billed"), (4, "plan_paid"), (5, "patient_owes"))
_MOST_DETAILS = 40

_claim, _amounts, _note, _span = quick(Claim), quick(Amounts), quick(Note), quick(Span)


class _Facts:
    """What the segments of one claim say, before it is put together."""

    __slots__ = ("cas", "details", "first", "last", "member", "patient", "processed", "provider", "remarks")

    def __init__(self) -> None:
        self.patient: str | None = None
        self.provider: str | None = None
        self.member: str | None = None
        self.first: date | None = None
        self.last: date | None = None
        self.processed: date | None = None
        self.cas: list[tuple[Segment, int]] = []
        self.remarks: list[str] = []
        self.details: list[Note] = []


class Claims:
    """Makes claims of loops, one after the other. with_places: also where each field stands.

    people, members: the different patients and member numbers met; no more than two are kept. shifted: claims left out.
    """

    def __init__(self, notes: Notes, knowledge: Knowledge, with_places: bool) -> None:
        self._notes, self._with_places = notes, with_places
        self._harmless = harmless_reasons(knowledge)
        self.adjuster = Adjuster(notes, frozenset(knowledge.groups), frozenset(knowledge.reasons), with_places)
        self.services = Services(notes, self.adjuster, with_places)
        self.count = 0
        self.shifted = 0
        self.people: set[str] = set()
        self.members: set[str] = set()
        self.remarks: set[str] = set()

    def claim(self, loop: ClaimLoop | WholeClaim, head: Head) -> Claim | None:
        """The claim, or None where its elements do not stand where they belong: its money is then not known."""
        code, printed_number, account = at(loop.head, 2), at(loop.head, 7), at(loop.head, 1)
        if not self._placed(loop, code):
            return None
        self.count += 1
        facts, number_ = self._facts(loop.own()), self.count
        printed = self._printed(loop)
        own = self.adjuster.read(facts.cas, number_)[0] if facts.cas else ()
        lines, added = self.services.lines(loop, number_, (facts.first, facts.last))
        sums = None
        if own or not lines or not fits(printed, added):
            sums = check_claim(self._notes, number_, loop.place, printed, own, lines)
        totals = totals_of(printed, sums, bool(lines) and not own)
        self._say(code, number_, loop)
        self._meet(facts)
        return _claim(
            lines, printed_number or account or None, facts.patient, facts.provider or head.payee,
            facts.processed or head.processed, None, status_of(code, totals, own, lines, self._harmless), totals, (),
            places_of(loop, self._notes.paper, True) if self._with_places and isinstance(loop, ClaimLoop) else {}, own,
            tuple(facts.remarks), account if printed_number and account else None,
            facts.first, facts.last if facts.last != facts.first else None, tuple(facts.details),
        )  # fmt: skip

    def _placed(self, loop: ClaimLoop | WholeClaim, code: str) -> bool:
        """CLP02 is one or two characters and CLP03 and CLP04 are there. Else the elements are shifted."""
        if 0 < len(code) <= 2 and at(loop.head, 3) and at(loop.head, 4):
            return True
        self.shifted += 1
        self._notes.add("x12-claim-shifted", loop.place, segment=loop.number, at=loop.start, account=at(loop.head, 1)[:40])
        return False

    def _printed(self, loop: ClaimLoop | WholeClaim) -> Amounts:
        head = loop.head
        billed, paid, owes = NUMBERS[head[3]], NUMBERS[head[4]], NUMBERS[head[5]] if len(head) > 5 else None
        if billed is None or paid is None or (owes is None and at(head, 5)):
            for position, name in _AMOUNTS:
                if (text := at(head, position)) and number(text) is None:
                    self._notes.add("bad-amount", loop.place, self.count, text=text[:40], field=name)
        return _amounts(billed, None, None, None, None, None, None, paid, None, owes)

    def _facts(self, own: Iterable[Located]) -> _Facts:
        facts = _Facts()
        for segment, end in own:
            name, what = segment[0], segment[1] if len(segment) > 1 else ""
            if name == "NM1":
                self._name(facts, segment, what, end)
            elif name == "CAS":
                facts.cas.append((segment, end))
            elif name == "DTM" and what in _DAYS_TAKEN:
                self._days(facts, segment, what)
            elif name in _DETAILS:
                if len(segment) > 2 and (text := segment[2].strip(BLANK)):
                    self._detail(facts, f"{name} {what}", text, segment, end)
            elif name in _REMARKS:
                facts.remarks += [code for position in _REMARKS[name] if (code := at(segment, position))]
        return facts

    def _name(self, facts: _Facts, segment: Segment, what: str, end: int) -> None:
        if what == "82":
            facts.provider = person(segment)
        elif what == "QC":
            facts.patient, facts.member = person(segment), facts.member or at(segment, 9) or None
        else:
            facts.member = (at(segment, 9) if what == "IL" else "") or facts.member
            self._detail(facts, f"NM1 {what}", person(segment), segment, end)

    def _days(self, facts: _Facts, segment: Segment, what: str) -> None:
        first, last = days(segment)
        if what == "232":
            facts.first, facts.last = first, last or facts.last
        elif what == "233":
            facts.last = first
        else:
            facts.processed = first

    def _detail(self, facts: _Facts, key: str, text: str | None, segment: Segment, end: int) -> None:
        """What has no field of its own, under the name it is printed with."""
        if text and len(facts.details) < _MOST_DETAILS:
            facts.details.append(_note(key, text, _span(self._notes.paper, 1, end - len("*".join(segment)), end)))

    def _say(self, code: str, number_: int, loop: ClaimLoop | WholeClaim) -> None:
        if code in FORWARDED:
            self._notes.add("x12-forwarded", loop.place, number_)
        elif code == ESTIMATE:
            self._notes.add("x12-estimate", loop.place, number_)
        elif code not in KNOWN:
            self._notes.add("x12-status", loop.place, number_, text=code)

    def _meet(self, facts: _Facts) -> None:
        if facts.patient and len(self.people) < 2:
            self.people.add(facts.patient)
        if facts.member and len(self.members) < 2:
            self.members.add(facts.member)
        if facts.remarks and len(self.remarks) < 1_000:
            self.remarks.update(facts.remarks)
