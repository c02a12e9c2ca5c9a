"""A batch as tables in one language: headings, and cells that are text, a day, a number or dollars."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from explainer.batch.gather import ADDED_LATER, NO_CLAIMS
from explainer.batch.rows import Batch, Gap, Line, Patient, Row
from explainer.explain import finding_text
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank
from explainer.model.amounts import MONEY_FIELDS, Amounts
from explainer.model.finding import Finding

Name = Literal["lines", "claims", "questions", "unread"]
NAMES: tuple[Name, ...] = ("lines", "claims", "questions", "unread")


@dataclass(frozen=True, slots=True)
class Money:
    """A cell of dollars, told from a count."""

    amount: Decimal


Cell = str | int | date | Decimal | Money | None


@dataclass(frozen=True, slots=True)
class Table:
    """name: also of its sheet and file. rows come as they are asked for."""

    name: Name
    title: str
    heads: tuple[str, ...]
    rows: Iterator[tuple[Cell, ...]]


_WHOSE = ("patient", "member", "file", "kind", "payer", "provider", "claim", "account", "status", "note", "processed")
_LINE = ("line", "day", "end", "code", "modifiers", "description", "units")
_COLUMNS: dict[Name, tuple[str, ...]] = {
    "lines": (*_WHOSE, *_LINE, *MONEY_FIELDS, "keys", "unsure", "ask"),
    "claims": (*_WHOSE, "first", "last", "codes", *MONEY_FIELDS, "differs", "keys", "ask"),
    "questions": ("patient", "file", "claim", "provider", "of-lines", "amount", "what", "question"),
    "unread": ("file", "read", "reason", "try"),
}


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a batch in one language."""

    batch: Batch
    knowledge: Knowledge
    lang: Lang

    def table(self, name: Name) -> Table:
        """The one of that name."""
        makers: dict[Name, Callable[[], Iterator[tuple[Cell, ...]]]] = {
            "lines": self._lines, "claims": self._claims, "questions": self._questions, "unread": self._unread,
        }  # fmt: skip
        heads = tuple(self.say(f"batch.col.{column}") for column in _COLUMNS[name])
        return Table(name, self.say(f"batch.sheet.{name}"), heads, makers[name]())

    def say(self, key: str, **values: Blank) -> str:
        """A text of content in the tables' language."""
        return self.knowledge.say(key, self.lang, values)

    def status(self, row: Row) -> str:
        """paid, denied and so on, in words; "" where it is not known."""
        return self.say(f"batch.status.{row.status}") if row.status else ""

    def note(self, row: Row) -> str:
        """How the claim goes with another paper here."""
        return self.say(f"batch.relation.{row.relation}") if row.relation else ""

    def name(self, patient: Patient) -> str:
        """The name printed, or that there is none."""
        return patient.name or self.say("batch.nobody")

    def asks(self, row: Row) -> tuple[str, ...]:
        """What is worth asking about the claim, a sentence each."""
        return tuple(dict.fromkeys(self.short(f) for f in row.asks))

    def short(self, finding: Finding) -> str:
        """The question that a finding suggests, else what was found."""
        text, question = finding_text(finding, self.knowledge, self.lang)
        return question or text

    def differing(self, row: Row) -> str:
        """The amounts of which the claim's total and its lines do not say the same."""
        return "; ".join(self.field(name) for name in row.differs)

    def field(self, name: str) -> str:
        """What a column is called."""
        return self.say(f"batch.col.{name}")

    def gap(self, gap: Gap) -> tuple[str, str]:
        """What could not be read and what to try, in words."""
        if gap.code in (NO_CLAIMS, ADDED_LATER):
            return self.say(f"batch.gap.{gap.code}"), ""
        values = {name: _blank(value) for name, value in gap.values.items()}
        if gap.partly:
            return self.say(f"problem.{gap.code}", **values), ""
        return self.say(f"read.{gap.code}.message", **values), self.say(f"read.{gap.code}.try", **values)

    def left_out(self) -> tuple[str, str]:
        """How many claims did not fit, and what to try."""
        return self.say("batch.left-out", count=self.batch.left_out), self.say("batch.left-out-try")

    def _whose(self, row: Row) -> tuple[Cell, ...]:
        patient = self.batch.patients[row.patient]
        kind = self.say(f"batch.kind.{row.kind}")
        return (
            self.name(patient), patient.member, row.file, kind, row.payer, row.provider, row.claim_id, row.account,
            self.status(row), self.note(row), row.processed,
        )  # fmt: skip

    def _lines(self) -> Iterator[tuple[Cell, ...]]:
        """A row for each line; for a claim without lines one with the amounts of the claim."""
        for row in self.batch.rows:
            whose, ask = self._whose(row), " ".join(self.asks(row))
            for at, line in enumerate(row.lines):
                unsure = "; ".join(self.knows_field(name) for name in line.uncertain)
                yield (*whose, *_service(line), *_money(line.amounts), "; ".join(line.keys), unsure, "" if at else ask)
            if not row.lines:
                yield (*whose, None, row.first, row.last, *[None] * 4, *_money(row.totals), "; ".join(row.keys), "", ask)

    def knows_field(self, name: str) -> str:
        """A field's name in words, where content has them, else as it is."""
        key = f"web.field.{name}"
        return self.say(key) if key in self.knowledge.wording else name

    def _claims(self) -> Iterator[tuple[Cell, ...]]:
        for row in self.batch.rows:
            ask, keys = " ".join(self.asks(row)), "; ".join(dict.fromkeys((*row.keys, *(k for n in row.lines for k in n.keys))))
            days = (row.first, row.last if row.last != row.first else None)
            yield (*self._whose(row), *days, codes(row.lines), *_money(row.totals), self.differing(row), keys, ask)

    def _questions(self) -> Iterator[tuple[Cell, ...]]:
        for row in self.batch.rows:
            name = self.name(self.batch.patients[row.patient])
            yield from (self._question(f, name, row.file, row.claim_id, row.provider) for f in row.asks)
        yield from (self._question(f, None, file, None, None) for file, f in self.batch.loose)

    def _question(self, f: Finding, patient: str | None, file: str, claim: str | None, provider: str | None) -> tuple[Cell, ...]:
        text, question = finding_text(f, self.knowledge, self.lang)
        amount = None if f.amount is None else Money(f.amount)
        return (patient, file, claim, provider, ", ".join(map(str, f.lines)), amount, text, question)

    def _unread(self) -> Iterator[tuple[Cell, ...]]:
        for gap in self.batch.gaps:
            yield (gap.file, self.say("batch.read.partly" if gap.partly else "batch.read.no"), *self.gap(gap))
        if self.batch.left_out:
            yield ("", self.say("batch.read.partly"), *self.left_out())


def codes(lines: Iterable[Line]) -> str:
    """The codes of a claim with their units: "97110-GP x2; 97140"."""
    return "; ".join(map(_code, lines))


def _code(line: Line) -> str:
    name = "-".join((line.code or line.description or "?", *line.modifiers))
    return name if line.units is None else f"{name} x{_number(line.units)}"


def _service(line: Line) -> tuple[Cell, ...]:
    return (
        line.number, line.day, line.end if line.end != line.day else None, line.code, " ".join(line.modifiers) or None,
        line.description, line.units,
    )  # fmt: skip


def _money(amounts: Amounts) -> tuple[Cell, ...]:
    return tuple(None if (amount := amounts.get(name)) is None else Money(amount) for name in MONEY_FIELDS)


def _number(count: Decimal) -> str:
    return f"{count.normalize():f}"


def _blank(value: object) -> Blank:
    return value if isinstance(value, str | int | Decimal | date) else str(value)
