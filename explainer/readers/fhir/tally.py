"""The amounts of one line or of one claim: coded amounts gathered, and one settled for each field, or none."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from explainer.knowledge.schema import FhirMeaning
from explainer.model.amounts import MONEY_FIELDS, Amounts
from explainer.model.document import Note, Problem
from explainer.model.source import Span
from explainer.readers.fhir.book import Books
from explainer.readers.fhir.codings import codings, named, words_of
from explainer.readers.fhir.tree import Said, View

CENT = Decimal("0.01")
_DUST = Decimal("0.0001")
_DOLLARS = ("USD", "")


@dataclass(frozen=True, slots=True)
class Coded:
    """One amount with what it means."""

    meaning: FhirMeaning
    amount: Said[Decimal]


@dataclass(slots=True)
class Tally:
    """Amounts as they are found. foreign: other currencies. unknown: the payer's words for what has no meaning here.
    rounded: amounts with parts of a cent, by their places."""

    books: Books
    coded: list[Coded] = field(default_factory=list)
    uncertain: set[str] = field(default_factory=set)
    rounded: dict[Span, Decimal] = field(default_factory=dict)
    foreign: dict[str, Span] = field(default_factory=dict)
    unknown: dict[str, Span] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    values: dict[str, Said[Decimal]] = field(default_factory=dict)

    def money(self, view: View) -> Said[Decimal] | None:
        """The dollars of a Money (or of an older Quantity); another currency is noted and is no amount."""
        said = view.number("value")
        unit = view.text("currency") or view.text("code") or view.text("unit")
        currency = unit.value.upper() if unit else ""
        if said and currency not in _DOLLARS:
            self.foreign.setdefault(currency[:12], view.span)
            return None
        return self._in_cents(said.value, view.span) if said else None

    def _in_cents(self, value: Decimal, span: Span) -> Said[Decimal]:
        """Rounded to cents. Where that takes off more than the dust that a program leaves behind, it is kept in mind."""
        cents = value.quantize(CENT, ROUND_HALF_UP)
        if abs(cents - value) >= _DUST:
            self.rounded[span] = value
        return Said(cents, span)

    def add(self, entry: View) -> None:
        """An adjudication or a total: a category and an amount."""
        said = self.money(entry.one("amount"))
        category = entry.one("category")
        listed = codings(category)
        if said is None or self.books.codes.first("network", listed):
            return
        meanings = self.books.codes.amount(listed) if listed else self._by_words(category)
        if len(meanings) == 1:
            self._keep(meanings[0], said, category)
        elif said.value:
            self._unknown(category, said)

    def _by_words(self, category: View) -> tuple[FhirMeaning, ...]:
        """A category without any code is told by its words, as a heading on a paper is."""
        words = words_of(category)
        name = self.books.labels.exactly(words) if words else None
        if name not in MONEY_FIELDS:
            return ()
        self.uncertain.add(name)
        return (FhirMeaning.model_validate({"field": name}),)

    def _keep(self, meaning: FhirMeaning, said: Said[Decimal], category: View) -> None:
        if meaning.field == "note":
            self._note(category, said)
        elif meaning.field != "none":
            self.coded.append(Coded(meaning, said))

    def _note(self, category: View, said: Said[Decimal]) -> None:
        if said.value:
            self.notes.append(Note(named(category), f"${said.value:,.2f}", said.span))

    def _unknown(self, category: View, said: Said[Decimal]) -> None:
        self._note(category, said)
        self.unknown.setdefault(named(category), said.span)

    def put(self, name: str, said: Said[Decimal] | None, rank: int, uncertain: bool = False) -> None:
        """An amount that stands in an element of its own. It counts only where no better one is there."""
        if said is None:
            return
        if uncertain and not any(c.meaning.field == name for c in self.coded):
            self.uncertain.add(name)
        self.coded.append(Coded(FhirMeaning.model_validate({"field": name, "rank": rank}), said))

    def settle(self) -> None:
        """One amount for each field. Two that contradict each other give none, and a problem."""
        for name in dict.fromkeys(c.meaning.field for c in self.coded):
            mine = [c for c in self.coded if c.meaning.field == name]
            best = min(c.meaning.rank for c in mine)
            same = [c for c in mine if c.meaning.rank == best]
            found = self._settled(same)
            if found is not None:
                self.values[name] = found
                self._doubt(name, same)

    def _doubt(self, name: str, same: list[Coded]) -> None:
        """An amount that was rounded is not sure; the first of them is told."""
        rounded = next((c.amount.span for c in same if c.amount.span in self.rounded), None)
        if rounded is None:
            return
        self.uncertain.add(name)
        if all(p.code != "fhir-rounded" for p in self.problems):
            text = f"{self.rounded[rounded].normalize():f}"[:20]
            self.problems.append(Problem("fhir-rounded", {"text": text}, span=rounded))

    def _settled(self, same: list[Coded]) -> Said[Decimal] | None:
        first = same[0].amount
        if all(c.meaning.adds for c in same):
            return Said(sum((c.amount.value for c in same), Decimal("0.00")), first.span)
        different = {c.amount.value: c.amount for c in same}
        telling = [said for value, said in different.items() if value] or [first]
        if len(telling) == 1:
            return telling[0]
        values = {"first": telling[0].value, "second": telling[1].value}
        self.problems.append(Problem("fhir-two-amounts", values, span=first.span))
        return None

    def amounts(self) -> Amounts:
        """The settled amounts of the model's fields."""
        return Amounts(**{name: said.value for name, said in self._shown()})

    def places(self) -> dict[str, Span]:
        """Where each of them stands."""
        return {name: said.span for name, said in self._shown()}

    def _shown(self) -> Iterator[tuple[str, Said[Decimal]]]:
        """A discount with a minus in front is a discount, unless everything on the line is taken back."""
        billed = self.values.get("billed")
        for name in MONEY_FIELDS:
            said = self.values.get(name)
            if said and name == "discount" and said.value < 0 and not (billed and billed.value < 0):
                said = Said(-said.value, said.span)
            if said:
                yield name, said
