"""Which patient each claim of a batch is of. Two are one only where the name and the member's number say so."""

from collections.abc import Iterable

from explainer.batch.rows import Patient
from explainer.model.document import Claim, Document
from explainer.model.numbers import member_of, plain_number
from explainer.model.people import People, Person

Place = tuple[str, int]
"""A claim's paper, and its number on that paper, from 1."""


def patients_of(papers: Iterable[Document], people: People) -> tuple[tuple[Patient, ...], dict[Place, int]]:
    """The patients in the order met, and the patient of each claim.

    A desk sees many people: the same name under two member numbers is two patients. Claims without a name are never put
    together over papers.
    """
    claims = [((d.paper, n), d, c, _named(d, c, people)) for d in papers for n, c in enumerate(d.claims, 1)]
    numbers: dict[str, dict[str, str]] = {}
    for _, document, claim, person in claims:
        if person is not None and (member := member_of(document, claim)):
            numbers.setdefault(person.name, {}).setdefault(plain_number(member) or "", member)
    found: dict[tuple[str, str | None], int] = {}
    patients: list[Patient] = []
    whose: dict[Place, int] = {}
    for place, document, claim, person in claims:
        key, patient = _patient(document, claim, person, numbers, people)
        if key not in found:
            found[key] = len(patients)
            patients.append(patient)
        whose[place] = found[key]
    return tuple(patients), whose


def _patient(
    document: Document, claim: Claim, person: Person | None, numbers: dict[str, dict[str, str]], people: People
) -> tuple[tuple[str, str | None], Patient]:
    if person is None:
        return (document.paper, None), Patient(None, member_of(document, claim))
    known = numbers.get(person.name, {})
    mine = plain_number(member_of(document, claim)) or ""
    several, unsure = len(known) > 1, bool(person.number or people.perhaps(person))
    shown = known.get(mine) if several else next(iter(known.values()), None)
    return (person.name, mine if several else ""), Patient(person.own_name, shown, several or unsure)


def _named(document: Document, claim: Claim, people: People) -> Person | None:
    """Whose claim it is by its own paper: on a desk the only name of all is no reason."""
    known = claim.patient or people.named_on(document) or document.paper in people.numbered
    return people.of(document, claim) if known else None
