"""The text file that Medicare's own site gives people about themselves ("Blue Button"), and the health record that only looks
like it."""

import re
from dataclasses import replace

from explainer.model.document import Claim, Document, Problem
from explainer.model.source import Span
from explainer.readers.base import Reading, Unreadable, Upload
from explainer.readers.bluebutton.claims import ClaimMaker
from explainer.readers.bluebutton.entries import Entry, Section, sections_of
from explainer.readers.bluebutton.filed import FiledClaim, filed
from explainer.readers.labels import LabelBook
from explainer.readers.text import CleanText
from explainer.settings import Limits

_HEAD = 4_000
_MEDICARE = re.compile(r"\b(?:my)?medicare\.gov personal health information\b", re.I)
_CLAIM_LINES = re.compile(r"^[ \t]*claim lines for claim number:", re.I | re.M)
_VETERANS = re.compile(r"\bmy ?healthevet\b|produced by the va blue button\b", re.I)


def is_health_record(text: str) -> bool:
    """Whether a text is a Blue Button file of the Department of Veterans Affairs: a health record without claims."""
    return _VETERANS.search(text[:_HEAD]) is not None and not _CLAIM_LINES.search(text)


def refuse_health_record(book: LabelBook, upload: Upload, clean: CleanText, limits: Limits, format_: str) -> Reading:
    """Raises Unreadable("health-record")."""
    raise Unreadable("health-record")


def is_blue_button(text: str) -> bool:
    """Whether a text is Medicare's Blue Button file, or the claims copied out of one."""
    return not is_health_record(text) and (_MEDICARE.search(text[:_HEAD]) or _CLAIM_LINES.search(text)) is not None


def read_blue_button(book: LabelBook, upload: Upload, clean: CleanText, limits: Limits, format_: str) -> Reading:
    """The claims of Part A and Part B in the file. Raises Unreadable: no-claims, only-drug-claims,
    too-big.

    What people entered themselves is passed over. Drug claims of Part D hold no amounts; they are counted and named.
    """
    if clean.text.count("\n") > limits.csv_rows:
        raise Unreadable("too-big")
    sections = sections_of(clean.text)
    file = filed(sections)
    if not file.claims:
        raise Unreadable("only-drug-claims", count=file.drugs) if file.drugs else Unreadable("no-claims")
    maker = ClaimMaker(upload.paper)
    person = _person(sections)
    name = person.value.text if person else None
    claims = tuple(replace(maker.make(claim), patient=name) for claim in file.claims)
    problems = (*_about(clean, claims, file.drugs), *_without_amounts(upload.paper, file.claims, claims), *maker.problems)
    places = {"patient": person.span(upload.paper)} if person else {}
    return Reading(
        Document(upload.paper, upload.name, format_, "msn", clean.text, claims, "Medicare", problems=problems, places=places),
        problems,
    )


def _person(sections: list[Section]) -> Entry | None:
    entries = (e for section in sections if section.name == "demographic" for e in section.entries)
    return next((e for e in entries if e.key == "name" and e.value.text), None)


def _about(clean: CleanText, claims: tuple[Claim, ...], drugs: int) -> list[Problem]:
    found = [Problem("hidden-marks", {"count": clean.hidden})] if clean.hidden else []
    found += [Problem("encoding-guessed")] if clean.doubtful else []
    found += [Problem("drug-claims", {"count": drugs})] if drugs else []
    return found if any(c.lines for c in claims) else [*found, Problem("no-lines")]


def _without_amounts(paper: str, filed_: list[FiledClaim], claims: tuple[Claim, ...]) -> list[Problem]:
    """Claims for which the file says "* Not Available *" throughout: Medicare has not settled them, or the file hides it."""
    return [
        Problem("claim-without-amounts", claim=number, span=Span(paper, 1, source.start, source.end))
        for number, (source, claim) in enumerate(zip(filed_, claims, strict=True), 1)
        if not claim.totals.known() and not any(line.amounts.known() for line in claim.lines)
    ]
