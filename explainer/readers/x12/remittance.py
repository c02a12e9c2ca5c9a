"""835 bytes, in one piece or many, to claims; and what is known of the paper as a whole."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from explainer.knowledge.base import Knowledge
from explainer.model.document import Claim, Document, Payment, Problem
from explainer.model.source import Span
from explainer.readers.base import Unreadable
from explainer.readers.x12.claims import Claims
from explainer.readers.x12.cutting import Cutter, Decoder
from explainer.readers.x12.gather import Gathered, Gatherer
from explainer.readers.x12.head import Head
from explainer.readers.x12.notes import Notes
from explainer.settings import Limits

FORMAT = "x12-835"
_MOST_PAYMENTS = 100
_SHOWN_CODES = 12
# Kinds of X12 papers that people may hold and that have words of their own.
_NAMED = frozenset(("837", "820", "834", "271", "277"))


@contextmanager
def quiet_collector() -> Iterator[None]:
    """No cyclic collection meanwhile: nothing made here has cycles, and looking for them would take most of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Remittances:
    """Takes bytes and gives claims. keep: the whole text and each field's place are kept, and its size is limited."""

    def __init__(self, paper: str, knowledge: Knowledge, limits: Limits, keep: bool) -> None:
        self.notes = Notes(paper)
        self._knowledge = knowledge
        self._decoder, self._cutter = Decoder(), Cutter(keep)
        self._gatherer = Gatherer(self.notes, limits.x12_elements, limits.x12_segments if keep else None, quickly=not keep)
        self._claims = Claims(self.notes, knowledge, keep)
        self._payers: dict[str, tuple[int, int] | None] = {}
        self._payments: list[Payment] = []
        self._first_head: Head | None = None

    def feed(self, data: bytes, last: bool = False) -> Iterator[Claim]:
        """The claims that these bytes complete, made as they are asked for: all must be, before more bytes. Raises Unreadable."""
        for batch in self._cutter.feed(self._decoder.feed(data, last), last):
            if batch.fresh:
                self._claims.services.separate(batch.separators.component)
            yield from self._made(self._gatherer.take(batch))
        if last:
            yield from self._made(self._gatherer.close(self._cutter.open_end))

    def _made(self, gathered: Iterable[Gathered]) -> Iterator[Claim]:
        for loop, head in gathered:
            claim = self._claims.claim(loop, head)
            head.add(claim.totals.plan_paid if claim else None)
            self._first_head = self._first_head or head
            if claim is not None:
                yield claim
        for head in self._gatherer.closed:
            self._close(head)
        self._gatherer.closed.clear()

    def _close(self, head: Head) -> None:
        head.close(self.notes)
        self._first_head = self._first_head or head
        if head.payer and len(self._payers) < 2:
            self._payers.setdefault(head.payer, head.payer_place)
        if head.payment and len(self._payments) < _MOST_PAYMENTS:
            self._payments.append(head.payment)

    def finish(self) -> None:
        """After the last bytes: what only shows over the whole file. Raises Unreadable where it holds no claim to be read."""
        envelope = self._gatherer.envelope
        for at in self._cutter.broken:
            self.notes.add("x12-envelope", (at, at), at=at)
        if not envelope.sets and envelope.others:
            kind = next(iter(envelope.others))
            raise Unreadable(f"x12-{kind}") if kind in _NAMED else Unreadable("x12-other", kind=kind[:20])
        if self._claims.shifted and not self._claims.count:
            raise Unreadable("x12-shifted")
        if not self._claims.count:
            if not envelope.sets or self._is_broken():
                raise Unreadable("x12-no-claims")
            self.notes.add("x12-no-claims")
        self._add_last(envelope.others)

    def _is_broken(self) -> bool:
        return any(self.notes.met(code) for code in ("x12-cut", "x12-envelope", "x12-outside"))

    def _add_last(self, others: dict[str, int]) -> None:
        for kind, count in others.items():
            self.notes.add("x12-other-set", kind=kind[:20], count=count)
        if len(self._payers) > 1:
            self.notes.add("x12-payers")
        if len(self._claims.people) > 1:
            self.notes.add("x12-people")
        unknown = self._unknown_codes()
        if unknown:
            self.notes.add("x12-unknown-codes", codes=", ".join(unknown[:_SHOWN_CODES]), count=len(unknown))
        if self._decoder.guessed:
            self.notes.add("encoding-guessed")
        if self._cutter.hidden:
            self.notes.add("hidden-marks", count=self._cutter.hidden)

    def _unknown_codes(self) -> list[str]:
        """Codes that the paper prints and that have no entry, as printed."""
        remarks = {r for r in self._claims.services.remarks | self._claims.remarks if r not in self._knowledge.remarks}
        return sorted(self._claims.adjuster.unknown) + sorted(remarks)

    def document(self, name: str, claims: tuple[Claim, ...]) -> Document:
        """The document with those claims, and all problems met so far."""
        heads = self._first_head
        several = len(self._payers) > 1
        payer = None if several else next(iter(self._payers), heads.payer if heads else None)
        member = next(iter(self._claims.members)) if len(self._claims.members) == 1 else None
        place = heads.payer_place if heads and payer else None
        return Document(
            self.notes.paper, name, FORMAT, "remittance", self._cutter.text, claims, payer, member_id=member,
            phones=tuple(heads.phones) if heads and not several else (), problems=self.problems(),
            places={"payer": Span(self.notes.paper, 1, *place)} if place else {}, payments=tuple(self._payments),
        )  # fmt: skip

    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, or is worth knowing."""
        return self.notes.problems()
