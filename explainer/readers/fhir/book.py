"""What the codes of a FHIR file mean here, told from content/fhir by their system and code, never by their words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import FhirCodes, FhirMeaning, FhirRole
from explainer.readers.fhir.codings import Coding
from explainer.readers.labels import LabelBook, label_book

# Which of several product codes on one line is the line's own.
PRODUCTS = ("CPT", "HCPCS", "CDT", "NDC")


@dataclass(frozen=True, slots=True)
class CodeBook:
    """tables: role -> the systems of that role, whole addresses first. products: address -> name of the code set."""

    tables: Mapping[FhirRole, Mapping[str, FhirCodes]]
    products: Mapping[str, tuple[str, ...]]

    def entry(self, role: FhirRole, coding: Coding) -> FhirCodes | None:
        """The code system of that role a coding is from."""
        systems = self.tables.get(role, {})
        found = systems.get(coding.system)
        if found is not None:
            return found
        return next((e for start, e in systems.items() if start.endswith("*") and coding.system.startswith(start[:-1])), None)

    def meaning(self, role: FhirRole, coding: Coding) -> FhirMeaning | None:
        """What one code of that role means."""
        entry = self.entry(role, coding)
        return entry.codes.get(_key(coding.code)) if entry else None

    def first(self, role: FhirRole, listed: Iterable[Coding]) -> FhirMeaning | None:
        """What the first known one of several codes means."""
        return next((m for c in listed if (m := self.meaning(role, c))), None)

    def amount(self, listed: Sequence[Coding]) -> tuple[FhirMeaning, ...]:
        """What a category's codes mean: one meaning, none, or several that contradict each other.

        A specific code outweighs a general one, since payers file amounts under general codes that only roughly fit.
        """
        found = [(e.specific, m) for c in listed if (e := self.entry("amount", c)) and (m := self.meaning("amount", c))]
        general = [m for specific, m in found if not specific]
        best = [m for specific, m in found if specific and not (m.yields and general)] or general
        telling = [m for m in best if m.field != "none"] or best
        return tuple({m.field: m for m in telling}.values())

    def product(self, coding: Coding) -> tuple[str, ...]:
        """The names of the code sets that a system may be: CPT, HCPCS, CDT, NDC, revenue, place."""
        return self.products.get(coding.system, ())


def _key(code: str) -> str:
    return code.rstrip("/").rsplit("/", 1)[-1].lower()


@lru_cache(maxsize=4)
def code_book(knowledge: Knowledge) -> CodeBook:
    """The code systems of content/fhir, made ready once."""
    tables: dict[FhirRole, dict[str, FhirCodes]] = {}
    products: dict[str, tuple[str, ...]] = {}
    for entry in knowledge.fhir.values():
        for system in entry.systems:
            tables.setdefault(entry.role, {})[system] = entry
            if entry.called:
                products[system] = (*products.get(system, ()), entry.called)
    return CodeBook(tables, products)


@dataclass(frozen=True, slots=True)
class Books:
    """What a claim is read with: the codes' meanings, and for what has no code the headings of papers."""

    codes: CodeBook
    labels: LabelBook


def books(knowledge: Knowledge) -> Books:
    """Both, made ready once."""
    return Books(code_book(knowledge), label_book(knowledge))
