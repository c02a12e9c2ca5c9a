"""The whole of content/ as typed entries, asked by key and by day."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from explainer.knowledge import schema
from explainer.knowledge.edits import Edits, load_edits
from explainer.knowledge.load import FAMILIES, fingerprint, load_raw
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank, WordingError, render
from explainer.model.document import plain_key
from explainer.paths import cache_dir, data_dir, edit_folders

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that holds on the day that was asked for."""

    id: str
    value: int | Decimal | str
    unit: str
    since: date
    source: str
    checked: date
    sure: str


class Knowledge:
    """Entries by family. Families are made into typed entries when first asked for."""

    def __init__(self, raw: Mapping[str, Mapping[str, Any]], version: str = "", edits: Edits | None = None) -> None:
        self._raw = raw
        self._version = version
        self.edits = edits or Edits()

    @cached_property
    def version(self) -> str:
        """Changes whenever the content does."""
        return self._version or hashlib.sha256(json.dumps(self._raw, sort_keys=True, default=str).encode()).hexdigest()

    @classmethod
    def load(cls, folder: Path | None = None, cache: Path | None = None) -> "Knowledge":
        """From content/ (or `folder`), with the billing edits that are loaded. Raises ContentError with all faults."""
        place = folder or data_dir("content")
        version = fingerprint(place)
        return cls(load_raw(place, cache or cache_dir(), version), version, load_edits(edit_folders(place)))

    def _family(self, name: str, model: type[T]) -> Mapping[str, T]:
        assert FAMILIES[name] is model
        return {key: model.model_validate(body) for key, body in self._raw[name].items()}

    @cached_property
    def sources(self) -> Mapping[str, schema.Source]:
        return self._family("source", schema.Source)

    @cached_property
    def procedures(self) -> Mapping[str, schema.ProcedureEntry]:
        """CPT and HCPCS codes."""
        return {**self._family("cpt", schema.ProcedureEntry), **self._family("hcpcs", schema.ProcedureEntry)}

    @cached_property
    def modifiers(self) -> Mapping[str, schema.ModifierEntry]:
        return self._family("modifier", schema.ModifierEntry)

    @cached_property
    def groups(self) -> Mapping[str, schema.GroupEntry]:
        return self._family("group", schema.GroupEntry)

    @cached_property
    def reasons(self) -> Mapping[str, schema.ReasonEntry]:
        """Adjustment reason codes (CARC), by number without the group."""
        return self._family("carc", schema.ReasonEntry)

    @cached_property
    def remarks(self) -> Mapping[str, schema.RemarkEntry]:
        """Remark codes (RARC)."""
        return self._family("rarc", schema.RemarkEntry)

    @cached_property
    def places(self) -> Mapping[str, schema.PlainEntry]:
        return self._family("place", schema.PlainEntry)

    @cached_property
    def revenue(self) -> Mapping[str, schema.PlainEntry]:
        return self._family("revenue", schema.PlainEntry)

    @cached_property
    def diagnoses(self) -> Mapping[str, schema.PlainEntry]:
        return self._family("icd10", schema.PlainEntry)

    @cached_property
    def terms(self) -> Mapping[str, schema.TermEntry]:
        return self._family("term", schema.TermEntry)

    @cached_property
    def facts(self) -> Mapping[str, schema.FactEntry]:
        return self._family("fact", schema.FactEntry)

    @cached_property
    def topics(self) -> Mapping[str, schema.TopicEntry]:
        return self._family("topic", schema.TopicEntry)

    @cached_property
    def cues(self) -> Mapping[str, schema.CueEntry]:
        return self._family("cue", schema.CueEntry)

    @cached_property
    def wording(self) -> Mapping[str, schema.WordingEntry]:
        return self._family("wording", schema.WordingEntry)

    @cached_property
    def labels(self) -> Mapping[str, schema.LabelEntry]:
        return self._family("label", schema.LabelEntry)

    @cached_property
    def contacts(self) -> Mapping[str, schema.Contact]:
        return self._family("contact", schema.Contact)

    @cached_property
    def rights(self) -> Mapping[str, schema.PlanRights]:
        return self._family("rights", schema.PlanRights)

    @cached_property
    def refusals(self) -> Mapping[str, schema.RefusalWords]:
        """Payers' own words for a refusal, by kind of reason (a bucket of the reason codes)."""
        return self._family("refusal", schema.RefusalWords)

    @cached_property
    def fhir(self) -> Mapping[str, schema.FhirCodes]:
        """Code systems of FHIR files."""
        return self._family("fhir", schema.FhirCodes)

    def procedure(self, code: str | None) -> schema.ProcedureEntry | None:
        """The entry of a procedure code, or None: a code without an entry has no meaning here."""
        return self.procedures.get(code.upper()) if code else None

    def fact_on(self, fact: str, day: date) -> Fact | None:
        """The fact's value on that day, or None where no value is known for it. Never the last known one.

        What is only remembered, and was read in no source, is no figure either.
        """
        entry = self.facts.get(fact)
        held = [v for v in entry.values if v.since <= day] if entry else []
        if entry is None or not held or held[-1].value is None or held[-1].sure == "unverified":
            return None
        last = held[-1]
        assert last.value is not None
        return Fact(fact, last.value, entry.unit, last.since, last.source, last.checked, last.sure)

    def say(self, key: str, lang: Lang, values: Mapping[str, Blank] | None = None) -> str:
        """The sentence `key` in that language. Raises WordingError when content has no such sentence."""
        entry = self.wording.get(key)
        if entry is None:
            raise WordingError(f"no wording for {key}")
        return render(entry, lang, values or {})

    def remark_or_reason(self, key: str) -> tuple[str, str] | None:
        """What a printed key is: ("carc", "45") for CO-45, CO45, co 45 or CARC-45; ("rarc", "N130") for a remark code.

        A bare number or any other key is the payer's own and is never looked up: None.
        """
        plain = plain_key(key)
        if plain.startswith("CARC") and plain[4:] in self.reasons:
            return "carc", plain[4:]
        if plain in self.remarks:
            return "rarc", plain
        if plain[:2] in self.groups and plain[2:] in self.reasons:
            return "carc", plain[2:]
        return None

    def counts(self, families: Iterable[str] = FAMILIES) -> dict[str, int]:
        """How many entries each family has."""
        return {family: len(self._raw[family]) for family in families}
