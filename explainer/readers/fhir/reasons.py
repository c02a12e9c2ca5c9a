"""Why an amount was cut: adjustment groups and reasons, remark codes, and the payer's own reasons in its own words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from explainer.model.document import Adjustment, Note
from explainer.readers.fhir.book import CodeBook
from explainer.readers.fhir.codings import Coding, codings
from explainer.readers.fhir.tally import Tally
from explainer.readers.fhir.tree import Said, View

_GROUPS = ("CO", "PR", "OA", "PI", "CR")
_JOINED = re.compile(r"(CO|PR|OA|PI|CR)-?([0-9]{1,3}|[A-Z][0-9]{1,2})")
_SHARES = {"1": "deductible", "2": "coinsurance", "3": "copay"}
_OWN = 20


@dataclass(slots=True)
class Reasons:
    """What the reasons of one line or claim say. network: the statuses printed (in, out)."""

    adjustments: list[Adjustment] = field(default_factory=list)
    remarks: dict[str, None] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    network: set[str] = field(default_factory=set)

    def gather(self, entries: Iterable[View], tally: Tally) -> None:
        """The reasons of a list of adjudications."""
        for entry in entries:
            listed = [*codings(entry.one("category")), *codings(entry.one("reason"))]
            self.network |= networks(tally.books.codes, listed)
            self._reasons(tally.books.codes, listed, codings(entry.one("reason")), tally.money(entry.one("amount")))

    def _reasons(self, book: CodeBook, listed: Sequence[Coding], own: Sequence[Coding], amount: Said[Decimal] | None) -> None:
        group = next((c.code.upper() for c in listed if book.entry("group", c) and c.code.upper() in _GROUPS), None)
        pairs = {key: coding for coding in listed for key in [_pair(book, coding, group)] if key}
        for (named, reason), coding in pairs.items():
            worth = amount.value if amount and len(pairs) == 1 else None
            if not named:
                # The system says that it is a standard reason; bare, the number could be a payer's own key.
                self._own_words(f"CARC-{reason}", coding)
            elif worth is not None or not self._has(named, reason):
                self.adjustments.append(Adjustment(named, reason, worth, span=coding.span))
        for coding in own:
            if book.entry("remark", coding):
                self.remarks.setdefault(coding.code.upper())
            elif _payers_own(book, coding):
                self._own_words(coding.code, coding)

    def _has(self, group: str, reason: str) -> bool:
        return any((a.group, a.reason) == (group, reason) for a in self.adjustments)

    def _own_words(self, key: str, coding: Coding) -> None:
        """A reason without a group, or of the payer's own making: its key as a remark, with the words the file gives for it."""
        self.remarks.setdefault(key)
        if coding.words and not any(n.key == key for n in self.notes):
            self.notes.append(Note(key, coding.words, coding.span))


def networks(book: CodeBook, listed: Iterable[Coding]) -> set[str]:
    """The networks (in, out) that codes name."""
    return {m.field for c in listed if (m := book.meaning("network", c)) and m.field in ("in", "out")}


def _pair(book: CodeBook, coding: Coding, group: str | None) -> tuple[str | None, str] | None:
    """The group ("" for none stated) and the reason of a coding that is one."""
    if book.entry("joined", coding):
        match = _JOINED.fullmatch(coding.code.upper())
        return (match[1], match[2]) if match else None
    return (group, coding.code.upper()) if book.entry("reason", coding) else None


def _payers_own(book: CodeBook, coding: Coding) -> bool:
    """Whether a reason is in a code system that nobody here knows, with words that say what it means."""
    known = any(book.entry(role, coding) for role in ("group", "reason", "joined", "network", "ignored"))
    return not known and bool(coding.words) and len(coding.code) <= _OWN


def fill(tally: Tally, adjustments: Iterable[Adjustment]) -> None:
    """Amounts that only the adjustments give. CO is what the provider writes off; PR is the patient's share, by its reason."""
    given = set(tally.values)
    for adjustment in adjustments:
        name = _field_of(adjustment)
        if name is None or name in given or adjustment.amount is None or adjustment.span is None:
            continue
        before = tally.values.get(name)
        worth = adjustment.amount + (before.value if before else Decimal(0))
        tally.values[name] = Said(worth, before.span if before else adjustment.span)


def _field_of(adjustment: Adjustment) -> str | None:
    if adjustment.group == "CO":
        return "discount"
    return _SHARES.get(adjustment.reason, "not_covered") if adjustment.group == "PR" else None
