"""CLP: one claim of the remittance as a claim of ours."""

from dataclasses import replace

from explainer.knowledge.base import Knowledge
from explainer.model.amounts import Amounts
from explainer.model.document import Claim
from explainer.model.quick import quick
from explainer.readers.x12.adjustments import Adjuster
from explainer.readers.x12.balance import check_claim, fits, silent, totals_of, two_amounts, unsettled, without_unsaid
from explainer.readers.x12.facts import Facts
from explainer.readers.x12.head import Head
from explainer.readers.x12.loops import ClaimLoop
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.places import places_of
from explainer.readers.x12.separators import BLANK
from explainer.readers.x12.services import Services
from explainer.readers.x12.standing import ESTIMATE, FORWARDED, KNOWN, PROCESSED, REVERSAL, harmless_reasons, status_of
from explainer.readers.x12.values import AMOUNT, NUMBERS, at, number, person
from explainer.readers.x12.whole import WholeClaim

_AS_USUAL = PROCESSED - FORWARDED
_AMOUNTS = ((3, "billed"), (4, "plan_paid"), (5, "patient_owes"))

_claim = quick(Claim, "network", "diagnoses")
_printed = quick(Amounts, "discount", "allowed", "not_covered", "deductible", "copay", "coinsurance", "other_paid")


# Status, account number, the payer's number of the claim, totals.
Said = tuple[str, str, str, Amounts, Facts]
_MOST_PROVIDERS = 1_000


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
        self._providers: dict[str, str] = {}

    def claim(self, loop: ClaimLoop | WholeClaim, head: Head) -> Claim | None:
        """The claim, or None where its elements do not stand where they belong: its money is then not known."""
        said = self._said(loop) if isinstance(loop, WholeClaim) else self._looked_at(loop)
        if said is None:
            return None
        self.count = number_ = self.count + 1
        code, account, printed_number, printed, facts = said
        corrected = self.adjuster.corrections
        own = self.adjuster.read(facts.cas, number_)[0] if facts.cas else ()
        first, last = facts.first, facts.last if facts.last != facts.first else None
        lines, added = self.services.lines(loop, number_, (first, last))
        sums = None
        if own or not lines or not fits(printed, added):
            sums = check_claim(self._notes, number_, loop.place, printed, own, lines)
        totals, two = totals_of(printed, sums, bool(lines) and not own), None
        if code == REVERSAL or self.adjuster.corrections > corrected:
            groups = {a.group for part in (*lines, None) for a in (part.adjustments if part else own)}
            lines = tuple(silent(line, groups, code == REVERSAL) for line in lines)
            totals = replace(without_unsaid(totals, groups), patient_owes=printed.patient_owes)
        elif sums is not None and (two := two_amounts(printed, sums)) is not None:
            self._notes.add("conflicting-amounts", loop.place, number_, first=two[0], second=two[1])
            totals, lines = replace(totals, patient_owes=None), tuple(map(unsettled, lines))
        if code not in _AS_USUAL:
            self._say(code, number_, loop)
        self._meet(facts)
        return _claim(
            lines, printed_number or account or None, facts.patient, facts.provider or head.payee,
            facts.processed or head.processed, status_of(code, totals, own, lines, self._harmless), totals,
            places_of(loop, self._notes.paper, True) if self._with_places and isinstance(loop, ClaimLoop) else {}, own,
            tuple(facts.remarks), account if printed_number and account else None,
            first, last, tuple(facts.details), two, facts.member,
        )  # fmt: skip

    def _looked_at(self, loop: ClaimLoop) -> Said | None:
        """What a CLP says. What is amiss in it is named."""
        code = at(loop.head, 2)
        if not self._placed(loop, code):
            return None
        facts = Facts(self._notes.paper)
        facts.take(loop.own())
        return code, at(loop.head, 1), at(loop.head, 7), self._printed(loop), facts

    def _said(self, loop: WholeClaim) -> Said:
        """What a claim says that stands whole."""
        account, code, billed, paid, owes, number_, patient, provider, own = loop.head.groups()
        facts = Facts(self._notes.paper)
        if patient:
            segment = patient.split(loop.run.shapes.element)
            facts.patient, facts.member = person(segment), at(segment, 9) or None
        if provider:
            facts.provider = self._providers.get(provider) or self._provider(provider, loop.run.shapes.element)
        if own:
            facts.take_text(own, loop.run.at + loop.head.start("own"), loop.run.shapes.element, loop.run.shapes.end)
        owed = AMOUNT(owes) if owes else None
        printed = _printed(AMOUNT(billed), AMOUNT(paid), owed)
        return code, account.strip(BLANK), number_.strip(BLANK) if number_ else "", printed, facts

    def _provider(self, raw: str, element: str) -> str | None:
        """A provider not met before: most claims of a file have the same few."""
        name = person(raw.split(element))
        if name and len(self._providers) < _MOST_PROVIDERS:
            self._providers[raw] = name
        return name

    def _placed(self, loop: ClaimLoop, code: str) -> bool:
        """CLP02 is one or two characters and CLP03 and CLP04 are there. Else the elements are shifted."""
        if 0 < len(code) <= 2 and at(loop.head, 3) and at(loop.head, 4):
            return True
        self.shifted += 1
        self._notes.add("x12-claim-shifted", loop.place, segment=loop.number, at=loop.start, account=at(loop.head, 1)[:40])
        return False

    def _printed(self, loop: ClaimLoop) -> Amounts:
        head = loop.head
        billed, paid, owes = NUMBERS[head[3]], NUMBERS[head[4]], NUMBERS[head[5]] if len(head) > 5 else None
        if billed is None or paid is None or (owes is None and at(head, 5)):
            for position, name in _AMOUNTS:
                if (text := at(head, position)) and number(text) is None:
                    self._notes.add("bad-amount", loop.place, self.count + 1, text=text[:40], field=name)
        return _printed(billed, paid, owes)

    def _say(self, code: str, number_: int, loop: ClaimLoop | WholeClaim) -> None:
        if code in FORWARDED:
            self._notes.add("x12-forwarded", loop.place, number_)
        elif code == ESTIMATE:
            self._notes.add("x12-estimate", loop.place, number_)
        elif code not in KNOWN:
            self._notes.add("x12-status", loop.place, number_, text=code)

    def _meet(self, facts: Facts) -> None:
        if facts.patient and len(self.people) < 2:
            self.people.add(facts.patient)
        if facts.member and len(self.members) < 2:
            self.members.add(facts.member)
        if facts.remarks and len(self.remarks) < 1_000:
            self.remarks.update(facts.remarks)
