"""What a claim says beside its money: its number, its day, its diagnoses, its network, its notes."""

from collections.abc import Iterator, Sequence
from datetime import date

from explainer.model.document import Note
from explainer.readers.fhir.book import CodeBook
from explainer.readers.fhir.codings import codings
from explainer.readers.fhir.lines import Line
from explainer.readers.fhir.reasons import Reasons, networks
from explainer.readers.fhir.tree import Said, View

# The type of the identifier that is the claim's number, and a system whose identifier is shared by several claims.
_CLAIM_NUMBER = "uc"
_SHARED = "claim-group"
_SPEAKS = 4
# Of two claims that are related: an earlier one for the same services. "associated" ones are for others.
_PRIOR = "prior"


def claim_number(view: View) -> Said[str] | None:
    """The claim's number: the identifier said to be it, else the first that is the claim's alone, else the resource's id."""
    listed = view.many("identifier")
    typed = [i for i in listed if any(c.code.lower() == _CLAIM_NUMBER for c in codings(i.one("type")))]
    for identifier in (*typed, *listed):
        system, value = identifier.text("system"), identifier.text("value")
        if value and not (system and system.value.endswith(_SHARED)):
            return value
    return view.text("id")


def replaced_by_it(view: View) -> tuple[str, ...]:
    """The numbers or ids of the earlier claims for the same services that this one is related to as to prior ones."""
    prior = [r for r in view.many("related") if any(c.code.lower() == _PRIOR for c in codings(r.one("relationship")))]
    said = [
        (r.one("reference").text("value"), r.one("claim", "identifier").text("value"), r.one("claim").text("reference"))
        for r in prior
    ]
    return tuple(dict.fromkeys(found.value.rsplit("/", 1)[-1] for row in said for found in row if found))


def processed_on(view: View, book: CodeBook) -> Said[date] | None:
    """The day the payer processed the claim where that is coded, else the day the record was made."""
    for info in (*view.many("supportingInfo"), *view.many("information")):
        if book.first("info", codings(info.one("category"))):
            day = info.day("timingDate")
            if day:
                return day
    return view.day("created")


def diagnoses_of(view: View) -> tuple[str, ...]:
    """The ICD-10 codes, once each."""
    listed = [c for d in view.many("diagnosis") for c in codings(d.one("diagnosisCodeableConcept"))]
    return tuple(dict.fromkeys(c.code for c in listed if "icd-10" in c.system or "icd10" in c.system))


def network_of(view: View, book: CodeBook, reasons: Reasons, lines: Sequence[Line]) -> str | None:
    """in, out, or mixed where both are said."""
    said = reasons.network | {status for made in lines for status in made.reasons.network}
    for info in view.many("supportingInfo"):
        said |= networks(book, codings(info.one("code")))
    return "mixed" if len(said) > 1 else next(iter(said), None)


def process_notes(view: View, prefix: str) -> Iterator[Note]:
    """The payer's notes under their numbers, and what it says became of the claim."""
    for number, note in enumerate(view.many("processNote"), 1):
        text, key = note.text("text"), note.number("number")
        if text:
            yield Note(f"{prefix}{key.value if key else number}", text.value, text.span)
    said = view.text("disposition")
    if said and sum(c.isalpha() for c in said.value) >= _SPEAKS:
        yield Note(f"{prefix}disposition", said.value, said.span)
