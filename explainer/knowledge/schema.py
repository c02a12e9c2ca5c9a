"""The shape of every file in content/. Unknown keys, keys that are not strings and missing languages are refused."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Lang = Literal["en", "es"]
LANGS: tuple[Lang, ...] = ("en", "es")
Text = Annotated[str, Field(min_length=1)]
SourceId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
Sure = Literal["verified", "secondary", "unverified"]


class Record(BaseModel):
    """Frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Words(Record):
    """One text in every language."""

    en: Text
    es: Text

    def in_(self, lang: Lang) -> str:
        """The text in that language."""
        return self.en if lang == "en" else self.es


class WordList(Record):
    """A list of short texts in every language, the same number in each."""

    en: tuple[Text, ...] = ()
    es: tuple[Text, ...] = ()

    def in_(self, lang: Lang) -> tuple[str, ...]:
        """The texts in that language."""
        return self.en if lang == "en" else self.es

    @model_validator(mode="after")
    def _as_many(self) -> "WordList":
        if len(self.en) != len(self.es):
            raise ValueError(f"{len(self.en)} texts in en, {len(self.es)} in es")
        return self


class Phrases(Record):
    """Ways to say something, per language; the numbers may differ."""

    en: tuple[Text, ...] = ()
    es: tuple[Text, ...] = ()


class Source(Record):
    """Where a rule is written. `sure` says how it was read: the text itself, a copy or report of it, or from memory."""

    title: Text
    url: str | None = None
    as_of: date
    checked: date
    sure: Sure
    official: bool = False


class Cited(Record):
    """What every entry carries: whose rule it is, the day it held, the day somebody last checked."""

    source: SourceId
    as_of: date
    checked: date
    sure: Sure = "verified"


class Timing(Record):
    """timed: billed by `unit_minutes` of one-on-one time. untimed: once, however long it takes.

    `first_minutes`: a first unit of another length. `addon_to`: only ever billed on top of that code.
    `by`: what an untimed code is counted by, where it is not the visit (area, region, body-part, muscles).
    """

    kind: Literal["timed", "untimed"]
    unit_minutes: int | None = None
    addon_to: str | None = None
    by: str | None = None
    band: str | None = None

    @model_validator(mode="after")
    def _minutes(self) -> "Timing":
        if (self.kind == "timed") != (self.unit_minutes is not None):
            raise ValueError("a timed code has unit_minutes, an untimed one has not")
        return self


class CodedNote(Record):
    """A further remark on a code, for one payer or in general."""

    payer: str | None = None
    text: Words
    source: SourceId | None = None


class ProcedureEntry(Cited):
    """A procedure code (CPT, HCPCS) in our own words."""

    name: Words
    plain: Words
    examples: WordList = WordList()
    used_for: WordList = WordList()
    documentation: WordList = WordList()
    differs: dict[str, Words] = {}
    timing: Timing
    therapy: bool = False
    evaluation: bool = False
    disciplines: tuple[str, ...] = ()
    typical_minutes: int | None = None
    notes: tuple[CodedNote, ...] = ()
    also: Phrases = Phrases()
    valid_until: date | None = None


class ModifierEntry(Cited):
    """Two characters after a code."""

    name: Words
    plain: Words
    affects: Literal["pay", "who", "rule", "info"]
    check: Words | None = None
    not_to_confuse: Words | None = None


class GroupEntry(Cited):
    """CO, PR, OA, PI, CR: who carries an adjustment."""

    name: Words
    plain: Words
    who: Literal["provider", "patient", "unclear", "plan-says-not-patient", "correction"]


Bucket = Literal[
    "cost-share",
    "price-cut",
    "missing-data",
    "eligibility",
    "authorization",
    "necessity",
    "limit",
    "bundled",
    "timely",
    "duplicate",
    "other-insurance",
    "not-covered",
    "network",
    "provider",
    "experimental",
    "documentation",
    "wrong-payer",
    "maintenance",
    "plan-of-care",
    "taken-back",
    "information",
    "payment-rule",
    "protection",
    "qmb",
    "surprise",
    "other",
]


class ReasonEntry(Cited):
    """An adjustment reason code (CARC) in our own words. `group`: the groups it usually comes with, most usual first."""

    name: Words
    plain: Words
    next: Words
    group: tuple[str, ...]
    bucket: Bucket
    therapy: bool = False


class RemarkEntry(Cited):
    """A remark code (RARC) in our own words. `protects`: it frees the patient. `alert`: for information only."""

    name: Words
    plain: Words
    next: Words | None = None
    bucket: Bucket
    alert: bool = False
    protects: bool = False
    patient_liable: bool = False
    therapy: bool = False


class PlainEntry(Cited):
    """A place of service, revenue code range or diagnosis in our own words."""

    name: Words
    plain: Words


class TermEntry(Cited):
    """A word that stands on these papers. `also`: what people and papers call it."""

    name: Words
    plain: Words
    example: Words | None = None
    also: Phrases = Phrases()


class DatedValue(Record):
    """A value from its first day on; null ends it."""

    since: date
    value: int | Decimal | str | None
    source: SourceId
    checked: date
    sure: Sure


class FactEntry(Record):
    """A figure or a rule that changes with time. A day before its first value, or after a null, has no answer."""

    what: Words
    unit: Literal["usd", "days", "months", "percent", "minutes", "hours", "text", "years", "phone", "url"]
    values: tuple[DatedValue, ...]

    @model_validator(mode="after")
    def _in_order(self) -> "FactEntry":
        days = [v.since for v in self.values]
        if days != sorted(set(days)):
            raise ValueError("values must start on different days, earliest first")
        return self


class TopicEntry(Record):
    """How people ask for a topic: phrasings that mean it, and phrasings that must not. {code} and the like are slots."""

    what: Text
    examples: Phrases
    never: Phrases = Phrases()
    ask_next: WordList = WordList()


class CueEntry(Record):
    """Words and short phrases that mean one thing in a question: numbers, ordinals, pointing words, danger."""

    what: Text
    phrases: Phrases
    value: str | None = None


class Plural(Record):
    """Two forms of one text; which one is chosen by the number in the blank `by`."""

    one: Text
    other: Text


class WordingEntry(Record):
    """One statement with named blanks, in every language: a text, or two forms chosen by a number."""

    en: Text | Plural
    es: Text | Plural
    by: str | None = None
    source: SourceId | None = None


class RefusalWords(Record):
    """How payers say in their own words why something was not paid. The key is a bucket. `never`: alike, and no such reason."""

    phrases: Phrases
    never: Phrases = Phrases()


class LabelEntry(Record):
    """The headings under which papers print a field. `never`: headings that look alike and mean something else."""

    field: Text
    headings: Phrases
    never: Phrases = Phrases()


class Contact(Cited):
    """Somebody who helps, with only what was verified of how to reach them."""

    name: Words
    does: Words
    phone: str | None = None
    tty: str | None = None
    url: str | None = None


class PlanRights(Cited):
    """The rights of one kind of plan. Days and sources are fact ids; words are wording keys.

    counted_from: the time to appeal starts on the day the person gets the notice, or on the notice's own date.
    filed: an appeal counts on the day it arrives, or on the day of its postmark; None where the rule does not say.
    """

    name: Words
    also: Phrases
    facts: dict[str, str] = {}
    counted_from: Literal["receipt", "notice"] | None = None
    filed: Literal["arrives", "mailed"] | None = None

    @model_validator(mode="after")
    def _starts(self) -> "PlanRights":
        if ("appeal" in self.facts) != (self.counted_from is not None):
            raise ValueError("a plan with a time to appeal says from when it is counted, and no other does")
        return self


FhirRole = Literal["amount", "network", "group", "reason", "remark", "joined", "ignored", "balance", "product", "info"]
FhirField = Literal[
    "billed",
    "discount",
    "allowed",
    "not_covered",
    "deductible",
    "copay",
    "coinsurance",
    "plan_paid",
    "other_paid",
    "patient_owes",
    "patient_paid",
    "account_paid",
    "note",
    "none",
    "in",
    "out",
    "out-of-pocket",
    "visits",
    "processed",
]
_FHIR_FIELDS: dict[FhirRole, frozenset[str]] = {
    "network": frozenset({"in", "out", "none"}),
    "balance": frozenset({"deductible", "out-of-pocket", "visits", "none"}),
    "info": frozenset({"processed"}),
    "amount": frozenset(FhirField.__args__) - {"in", "out", "out-of-pocket", "visits", "processed"},  # type: ignore[attr-defined]
}


class FhirMeaning(Record):
    """What a code of a FHIR code system means here. rank: of several amounts for one field the lowest rank counts.

    adds: amounts of the same rank are parts of one sum; else two different ones contradict each other.
    yields: a general code beside it that means something else is right.
    patient_paid: what the patient has paid, which is not what may be owed. note: kept in the payer's words. none: not ours.
    """

    field: FhirField
    rank: int = 1
    adds: bool = False
    yields: bool = False


class FhirCodes(Cited):
    """A FHIR code system, or several that share codes. An address that ends in * stands for all that begin like it.

    specific: its codes say more than a general code beside them. called: the name of a product's code set.
    """

    role: FhirRole
    systems: tuple[str, ...]
    specific: bool = False
    called: str | None = None
    codes: dict[str, FhirMeaning] = {}

    @model_validator(mode="after")
    def _fits_role(self) -> "FhirCodes":
        wrong = {m.field for m in self.codes.values()} - _FHIR_FIELDS.get(self.role, frozenset())
        if wrong:
            raise ValueError(f"a code of role {self.role} cannot be {', '.join(sorted(wrong))}")
        if any(code != code.lower() for code in self.codes):
            raise ValueError("codes are written in small letters")
        return self
