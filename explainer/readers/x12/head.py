"""ST to the first claim, and PLB behind the last: who paid whom, how much and when."""

from datetime import date
from decimal import Decimal

from explainer.model.amounts import ZERO
from explainer.model.document import Note, Payment
from explainer.model.source import Span
from explainer.readers.x12.loops import Segment, size_of
from explainer.readers.x12.notes import Notes
from explainer.readers.x12.values import at, day, number

_MOST_PHONES = 10


class Head:
    """One payment (ST to SE). processed: the day the payer's run ended, else the day it paid. paid: what its claims come to."""

    __slots__ = (
        "_party", "amount", "amount_place", "method", "number", "paid", "paid_on", "payee", "payer", "payer_place", "phones",
        "provider_level", "run_on",
    )  # fmt: skip

    def __init__(self) -> None:
        self.payer: str | None = None
        self.payer_place: tuple[int, int] | None = None
        self.payee: str | None = None
        self.amount: Decimal | None = None
        self.amount_place: tuple[int, int] | None = None
        self.method: str | None = None
        self.number: str | None = None
        self.paid_on: date | None = None
        self.run_on: date | None = None
        self.paid: Decimal | None = ZERO
        self.provider_level: Decimal | None = None
        self.phones: list[Note] = []
        self._party = ""

    @property
    def processed(self) -> date | None:
        """DTM*405, else BPR16."""
        return self.run_on or self.paid_on

    @property
    def payment(self) -> Payment | None:
        """The payment as a whole, where one is printed."""
        return Payment(self.amount, self.method, self.paid_on, self.number) if self.amount is not None else None

    def take(self, segment: Segment, start: int, notes: Notes) -> None:
        """One segment of the head."""
        name = segment[0]
        if name == "BPR":
            self._bpr(segment, start, notes)
        elif name == "TRN":
            self.number = at(segment, 2) or None
        elif name == "DTM" and at(segment, 1) == "405":
            self.run_on = day(at(segment, 2))
        elif name == "N1":
            self._n1(segment, start)
        elif name == "PER" and self._party == "PR":
            self._per(segment, start, notes)

    def _bpr(self, segment: Segment, start: int, notes: Notes) -> None:
        self.amount, self.method, self.paid_on = number(at(segment, 2)), at(segment, 4) or None, day(at(segment, 16))
        self.amount_place = (start, start + size_of(segment))
        if self.amount is None:
            notes.add("bad-amount", self.amount_place, text=at(segment, 2)[:40], field="payment")

    def _n1(self, segment: Segment, start: int) -> None:
        self._party = at(segment, 1)
        if self._party == "PR":
            self.payer, self.payer_place = at(segment, 2) or None, (start, start + size_of(segment))
        elif self._party == "PE":
            self.payee = at(segment, 2) or None

    def _per(self, segment: Segment, start: int, notes: Notes) -> None:
        """Telephone numbers of the payer, as printed."""
        for position in (3, 5, 7):
            text = at(segment, position + 1)
            if at(segment, position) == "TE" and text and len(self.phones) < _MOST_PHONES:
                place = Span(notes.paper, 1, start, start + size_of(segment))
                self.phones.append(Note(at(segment, 2) or self.payer or "", text, place))

    def plb(self, segment: Segment, start: int, notes: Notes) -> None:
        """PLB: pairs of a reason and an amount between payer and provider. They are no part of any patient's claim."""
        for position in range(4, len(segment), 2):
            if not (text := at(segment, position)):
                continue
            amount = number(text)
            if amount is None:
                notes.add("bad-amount", (start, start + size_of(segment)), text=text[:40], field="provider-adjustments")
                self.paid = None
            else:
                self.provider_level = (self.provider_level or ZERO) + amount

    def add(self, paid: Decimal | None) -> None:
        """One more claim's payment; an unknown one makes the sum unknown."""
        self.paid = None if paid is None or self.paid is None else self.paid + paid

    def close(self, notes: Notes) -> None:
        """The payment against its claims: what they come to, less what stays between payer and provider."""
        if self.provider_level is not None:
            notes.add("x12-provider-level", self.amount_place, amount=self.provider_level)
        if self.amount is None or self.paid is None:
            return
        added = self.paid - (self.provider_level or ZERO)
        if added != self.amount and self.provider_level:
            code = "x12-payment-differs-settled"
            notes.add(code, self.amount_place, printed=self.amount, claims=self.paid, added=added)
        elif added != self.amount:
            notes.add("x12-payment-differs", self.amount_place, printed=self.amount, added=added)
