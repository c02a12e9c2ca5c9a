"""What a statement of an answer rests on, ready to be shown: words of a paper, and dated facts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from explainer.case import Case
from explainer.conversation.reply import Cited, Support
from explainer.knowledge import schema
from explainer.knowledge.base import Knowledge
from explainer.model.document import Document, Places, ServiceLine
from explainer.model.source import Span

# Of a sum over many lines the first places are shown; a quote is cut where it gets long.
_MOST_PLACES, _QUOTE = 6, 80


@dataclass(frozen=True, slots=True)
class Fact:
    """A source that a statement rests on. entry: of which entry or fact of content ("carc:45"), "" for the source as a whole.

    as_of: a day it held. checked: when somebody last looked. sure: verified, secondary or unverified.
    """

    source: str
    entry: str
    as_of: date
    checked: date
    sure: schema.Sure


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a paper that a statement rests on: the paper's id, the page (from 1), the service line, what stands there.

    field: as which field it was read ("units", "patient_owes"), "" where it is not one field. corrected: the person corrected
    what was read there, so that the answer goes by the correction.
    """

    paper: str
    page: int
    line: int | None
    quote: str
    field: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Grounds:
    """The facts and places of one statement. more: places that are not listed."""

    facts: tuple[Fact, ...] = ()
    places: tuple[Place, ...] = ()
    more: int = 0


def grounds(support: Iterable[Support], case: Case, knowledge: Knowledge) -> Grounds:
    """What these supports say, each once."""
    some = tuple(support)
    facts = (_fact(s, case.today, knowledge) for s in some if isinstance(s, Cited))
    spans = tuple(dict.fromkeys(s for s in some if isinstance(s, Span)))
    places = tuple(dict.fromkeys(islice(_places(spans, case), _MOST_PLACES)))
    return Grounds(tuple(dict.fromkeys(f for f in facts if f)), places, max(0, len(spans) - _MOST_PLACES))


def _fact(cited: Cited, day: date, knowledge: Knowledge) -> Fact | None:
    """The source, dated as the entry is where it is that entry's own; None for the program's own words."""
    source = knowledge.sources.get(cited.source)
    if source is None or cited.source == "eob-explainer":
        return None
    family, _, key = cited.entry.partition(":")
    if family == "fact" and (held := knowledge.fact_on(key, day)) is not None and held.source == cited.source:
        return Fact(cited.source, cited.entry, held.since, held.checked, _sure(held.sure))
    entry = _entry(family, key, knowledge)
    dated = entry if entry is not None and entry.source == cited.source else source
    return Fact(cited.source, cited.entry, dated.as_of, dated.checked, dated.sure)


def _sure(text: str) -> schema.Sure:
    return "verified" if text == "verified" else "secondary" if text == "secondary" else "unverified"


def _entry(family: str, key: str, knowledge: Knowledge) -> schema.Cited | None:
    families = {
        "code": knowledge.procedures, "carc": knowledge.reasons, "rarc": knowledge.remarks, "modifier": knowledge.modifiers,
        "group": knowledge.groups, "term": knowledge.terms, "contact": knowledge.contacts,
    }  # fmt: skip
    found = families.get(family, {}).get(key)
    return found if isinstance(found, schema.Cited) else None


def _places(spans: Iterable[Span], case: Case) -> Iterator[Place]:
    papers = {document.paper: document for document in case.documents}
    for span in spans:
        document = papers.get(span.paper)
        if document is None:
            continue
        line = _line_at(span, document)
        field = _field_at(span, line.places if line else {}) or _field_of_claims(span, document)
        corrected = line is not None and (line.added or field in line.corrected)
        quote = _quote(document.text[span.start : span.end])
        yield Place(span.paper, span.page, line.number if line else None, quote, field, corrected)


def _line_at(span: Span, document: Document) -> ServiceLine | None:
    """The service line that a place is on."""
    around = [x for x in document.lines if x.source.page == span.page and x.source.start <= span.start < x.source.end]
    exact = (x for x in around or document.lines if x.source == span or span in x.places.values())
    return next(exact, next(iter(around), None))


def _field_at(span: Span, places: Places) -> str:
    return next((name.rpartition(".")[2] for name, place in places.items() if place == span), "")


def _field_of_claims(span: Span, document: Document) -> str:
    """Of a total or another field that is printed once for a claim or for the paper."""
    every = (document.places, *(claim.places for claim in document.claims))
    return next(filter(None, (_field_at(span, places) for places in every)), "")


def _quote(text: str) -> str:
    words = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * _QUOTE]).split())
    return words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1].rstrip()}…"
