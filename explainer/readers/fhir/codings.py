"""Coded words: which system a code is from, and the payer's own words for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from explainer.model.source import Span
from explainer.readers.fhir.tree import View


@dataclass(frozen=True, slots=True)
class Coding:
    """A code, the system it is from ("" when none is named) in one spelling, and the words printed beside it."""

    system: str
    code: str
    words: str | None
    span: Span


def system_key(system: str) -> str:
    """A system's address without scheme, version and final slash, in small letters."""
    bare = system.strip().split("|", 1)[0].lower()
    for scheme in ("https://", "http://"):
        bare = bare.removeprefix(scheme)
    return bare.rstrip("/")


def _coding(view: View) -> Coding | None:
    code = view.text("code")
    if code is None:
        return None
    system, words = view.text("system"), view.text("display")
    return Coding(system_key(system.value) if system else "", code.value, words.value if words else None, view.span)


def codings(concept: View) -> list[Coding]:
    """The codings of a concept; an older version of the standard has one without a list."""
    listed = concept.many("coding") or ([concept] if "code" in concept.names else [])
    return [found for view in listed if (found := _coding(view))]


def words_of(concept: View) -> str | None:
    """The concept's text, else the words beside its first coding that has some."""
    text = concept.text("text")
    return text.value if text else next((c.words for c in codings(concept) if c.words), None)


def named(concept: View) -> str:
    """What to call a concept: its words, else its codes; "?" where it says nothing."""
    return words_of(concept) or ", ".join(_short(c.code) for c in codings(concept)) or "?"


def _short(code: str) -> str:
    return code.rstrip("/").rsplit("/", 1)[-1]


def all_codings(concepts: Iterable[View]) -> list[Coding]:
    """The codings of several concepts."""
    return [coding for concept in concepts for coding in codings(concept)]
