"""What a single file cannot show: names that point nowhere, and blanks that differ between languages."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from explainer.knowledge import schema
from explainer.knowledge.load import FAMILIES, Fault
from explainer.knowledge.wording import blanks

Families = Mapping[str, Mapping[str, Mapping[str, Any]]]


def cross_faults(families: Families) -> list[Fault]:
    """All faults between entries. The path of such a fault is its family."""
    looks = (_sources, _differs, _facts, _refusals, _blanks, _old_sources)
    return [fault for look in looks for fault in look(families)]


def _fault(family: str, key: str, message: str) -> Fault:
    return Fault(family, 1, f"{key}: {message}")


def _named_sources(body: Any) -> Iterator[str]:
    """Every value of a key `source`, however deep."""
    if isinstance(body, Mapping):
        for key, value in body.items():
            if key == "source" and isinstance(value, str):
                yield value
            else:
                yield from _named_sources(value)
    elif isinstance(body, list | tuple):
        for value in body:
            yield from _named_sources(value)


def _sources(families: Families) -> Iterator[Fault]:
    for family, entries in families.items():
        for key, body in entries.items():
            for source in _named_sources(body):
                if source not in families["source"]:
                    yield _fault(family, key, f"no source {source}")


def _differs(families: Families) -> Iterator[Fault]:
    known = {**families["cpt"], **families["hcpcs"]}
    for family in ("cpt", "hcpcs"):
        for key, body in families[family].items():
            for other in (*body.get("differs", {}), body.get("timing", {}).get("addon_to") or key):
                if other not in known:
                    yield _fault(family, key, f"points at {other}, which has no entry")


def _facts(families: Families) -> Iterator[Fault]:
    for key, body in families["rights"].items():
        for role, fact in body.get("facts", {}).items():
            if fact not in families["fact"]:
                yield _fault("rights", key, f"{role}: no fact {fact}")


def _refusals(families: Families) -> Iterator[Fault]:
    for key in families["refusal"]:
        if key not in get_args(schema.Bucket):
            yield _fault("refusal", key, "no such kind of reason")


def _blanks(families: Families) -> Iterator[Fault]:
    for key, body in families["wording"].items():
        entry = schema.WordingEntry.model_validate(body)
        names = [_names(text) for text in (entry.en, entry.es)]
        if len({frozenset.union(*n) for n in names}) > 1:
            yield _fault("wording", key, "the blanks of en and es differ")
        if (isinstance(entry.en, schema.Plural) or isinstance(entry.es, schema.Plural)) and entry.by is None:
            yield _fault("wording", key, "two forms but no `by`")


def _names(text: str | schema.Plural) -> list[frozenset[str]]:
    return [blanks(t) for t in ((text.one, text.other) if isinstance(text, schema.Plural) else (text,))]


def _old_sources(families: Families) -> Iterator[Fault]:
    for key, body in families["source"].items():
        source = schema.Source.model_validate(body)
        if source.checked < source.as_of:
            yield _fault("source", key, "checked before it held")


assert set(FAMILIES) >= {"source", "cpt", "hcpcs", "rights", "fact", "wording"}
