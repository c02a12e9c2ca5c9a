"""What one code means by itself, without a paper: for the command line, the code pages and the API."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from explainer.knowledge import schema
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import plain_key


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """One code in plain words. family: cpt, hcpcs, modifier, carc, rarc, group, place or revenue."""

    code: str
    family: str
    name: str
    plain: str
    entry: schema.Cited
    source: schema.Source
    text: str
    more: tuple[tuple[str, tuple[str, ...]], ...] = ()


Finder = Callable[[str, Knowledge], tuple[str, str, schema.Cited] | None]


def _procedure(code: str, knowledge: Knowledge) -> tuple[str, str, schema.Cited] | None:
    entry = knowledge.procedure(code)
    return (code.upper(), "cpt" if code[:1].isdigit() else "hcpcs", entry) if entry else None


def _key(code: str, knowledge: Knowledge) -> tuple[str, str, schema.Cited] | None:
    found = knowledge.remark_or_reason(code)
    if found is None:
        return None
    family, key = found
    if family == "rarc":
        return key, family, knowledge.remarks[key]
    return f"{plain_key(code)[:2]}-{key}", family, knowledge.reasons[key]


def _modifier(code: str, knowledge: Knowledge) -> tuple[str, str, schema.Cited] | None:
    entry = knowledge.modifiers.get(code.upper().lstrip("-"))
    return (code.upper().lstrip("-"), "modifier", entry) if entry else None


def _group(code: str, knowledge: Knowledge) -> tuple[str, str, schema.Cited] | None:
    entry = knowledge.groups.get(code.upper())
    return (code.upper(), "group", entry) if entry else None


def _revenue(code: str, knowledge: Knowledge) -> tuple[str, str, schema.Cited] | None:
    entry = knowledge.revenue.get(code.zfill(4)) if code.isdigit() and len(code) in (3, 4) else None
    return (code.zfill(4), "revenue", entry) if entry else None


def _place(code: str, knowledge: Knowledge) -> tuple[str, str, schema.Cited] | None:
    entry = knowledge.places.get(code.zfill(2)) if code.isdigit() and len(code) <= 2 else None
    return (code.zfill(2), "place", entry) if entry else None


def _diagnosis(code: str, knowledge: Knowledge) -> tuple[str, str, schema.Cited] | None:
    entry = knowledge.diagnoses.get(code.upper())
    return (code.upper(), "icd10", entry) if entry else None


_FINDERS: tuple[Finder, ...] = (_procedure, _key, _group, _modifier, _revenue, _diagnosis, _place)


def describe(code: str, knowledge: Knowledge, lang: Lang) -> CodeMeaning | None:
    """The code's meaning, or None: a code that content does not have has no meaning here."""
    # A code printed with its modifiers ("97110-GP") is explained by its first five signs.
    clean = code.strip() if "-" not in code or not knowledge.procedure(code.strip()[:5]) else code.strip()[:5]
    found = next((hit for find in _FINDERS if (hit := find(clean, knowledge))), None)
    if found is None:
        return None
    shown, family, entry = found
    name, plain = entry.name.in_(lang), entry.plain.in_(lang)  # type: ignore[attr-defined]
    source = knowledge.sources[entry.source]
    more = _more(entry, lang)
    text = "\n".join(
        [knowledge.say("code.card", lang, {"code": shown, "name": name, "plain": plain}), *_lines(more, knowledge, lang)]
    )
    return CodeMeaning(shown, family, name, plain, entry, source, text, more)


def _more(entry: schema.Cited, lang: Lang) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Further parts of an entry: (wording key of the heading, texts)."""
    out: list[tuple[str, tuple[str, ...]]] = []
    if isinstance(entry, schema.ProcedureEntry):
        out = [
            ("code.heading.examples", entry.examples.in_(lang)),
            ("code.heading.used-for", entry.used_for.in_(lang)),
            ("code.heading.documentation", entry.documentation.in_(lang)),
            ("code.heading.differs", tuple(f"{other}: {words.in_(lang)}" for other, words in entry.differs.items())),
            ("code.heading.notes", tuple(note.text.in_(lang) for note in entry.notes)),
        ]
    if isinstance(entry, schema.ReasonEntry | schema.RemarkEntry) and entry.next is not None:
        out = [("code.heading.next", (entry.next.in_(lang),))]
    return tuple((key, texts) for key, texts in out if texts)


def _lines(more: tuple[tuple[str, tuple[str, ...]], ...], knowledge: Knowledge, lang: Lang) -> list[str]:
    return [line for key, texts in more for line in (knowledge.say(key, lang), *(f"  - {text}" for text in texts))]


def code_json(meaning: CodeMeaning) -> dict[str, Any]:
    """A code's meaning as JSON, with its source."""
    out: dict[str, Any] = {
        "code": meaning.code,
        "known": True,
        "family": meaning.family,
        "name": meaning.name,
        "plain": meaning.plain,
        "text": meaning.text,
        "as_of": meaning.entry.as_of.isoformat(),
        "checked": meaning.entry.checked.isoformat(),
        "sure": meaning.entry.sure,
        "source": {
            "id": meaning.entry.source,
            "title": meaning.source.title,
            "url": meaning.source.url,
            "as_of": meaning.source.as_of.isoformat(),
        },
    }
    if isinstance(meaning.entry, schema.ProcedureEntry):
        out["timing"] = meaning.entry.timing.model_dump(exclude_none=True)
    for key, texts in meaning.more:
        out[key.rsplit(".", 1)[1].replace("-", "_")] = list(texts)
    return out
