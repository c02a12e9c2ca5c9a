"""Who is named: references followed inside the file alone. No address is ever opened."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from explainer.readers.fhir.tree import Said, View


@dataclass(slots=True)
class Directory:
    """The resources of a file by the ways others refer to them."""

    known: dict[str, View] = field(default_factory=dict)

    def add(self, resource: View, full_url: str | None = None) -> None:
        """A resource under its type and id, and under its entry's address."""
        kind, name = resource.text("resourceType"), resource.text("id")
        if kind and name:
            self.known.setdefault(f"{kind.value}/{name.value}", resource)
        if full_url:
            self.known.setdefault(full_url, resource)

    def find(self, reference: View, inside: View) -> View | None:
        """What a reference points at: a contained resource, or another one of the file."""
        address = reference.text("reference")
        if address is None:
            return None
        if address.value.startswith("#"):
            wanted = address.value[1:]
            return next((c for c in inside.many("contained") if (n := c.text("id")) and n.value == wanted), None)
        return self.known.get(address.value) or self.known.get("/".join(address.value.split("/_history")[0].split("/")[-2:]))

    def name(self, reference: View, inside: View) -> Said[str] | None:
        """The name a reference shows, else the name of what it points at."""
        shown = reference.text("display")
        found = None if shown else self.find(reference, inside)
        return shown or (name_of(found) if found else None)


def name_of(resource: View) -> Said[str] | None:
    """The name of an organisation or a place; of a person as it is written, else given and family names."""
    for person in resource.any("name") if _is_person(resource) else ():
        written = person.text("text")
        if written:
            return written
        parts = [*_texts(person, "given"), *_family(person)]
        if parts:
            return Said(" ".join(parts), person.span)
    return None if _is_person(resource) else resource.text("name")


def _is_person(resource: View) -> bool:
    node = resource.names.get("name")
    return node is not None and not isinstance(node.value, str)


def _texts(person: View, name: str) -> Iterable[str]:
    node = person.names.get(name)
    listed = node.value if node is not None and isinstance(node.value, tuple) else ()
    return [" ".join(item.value.split()) for item in listed if isinstance(item.value, str)]


def _family(person: View) -> Iterable[str]:
    node = person.names.get("family")
    if node is not None and isinstance(node.value, tuple):
        return _texts(person, "family")
    written = person.text("family")
    return [written.value] if written else []


def payer_of(claim: View, directory: Directory) -> Said[str] | None:
    """Who pays: the insurer, else what the coverage calls it."""
    named = directory.name(claim.one("insurer"), claim)
    if named:
        return named
    for insurance in claim.any("insurance"):
        coverage = insurance.one("coverage")
        found = directory.find(coverage, claim)
        payor = next((directory.name(p, claim) for p in found.any("payor")), None) if found else None
        if payor or coverage.text("display"):
            return payor or coverage.text("display")
    return claim.one("insurer", "identifier").text("value")


def provider_of(claim: View, directory: Directory) -> Said[str] | None:
    """Who billed: the provider, in an older version of the standard the organisation, else the place that is named."""
    for element in ("provider", "organization", "facility"):
        found = directory.name(claim.one(element), claim)
        if found:
            return found
    return None


def patient_key(claim: View, directory: Directory) -> str | None:
    """What tells one patient from another: the name, else the reference."""
    reference = claim.one("patient")
    named = directory.name(reference, claim)
    address = reference.text("reference")
    return named.value.casefold() if named else address.value if address else None
