"""The claims of a file: alone, in a bundle, in a list, one a line; and what else the file holds."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from explainer.readers.base import Unreadable
from explainer.readers.fhir.codings import codings
from explainer.readers.fhir.people import Directory
from explainer.readers.fhir.scan import Node, Scanner
from explainer.readers.fhir.tree import Look, View

WANTED = "ExplanationOfBenefit"
_HOLDER = "Bundle"
_SUMMARY = "estimate-summary"


@dataclass(slots=True)
class Found:
    """claims: in the order of the file. others: resources of other types. untyped: objects that are no resource."""

    claims: list[View] = field(default_factory=list)
    directory: Directory = field(default_factory=Directory)
    others: Counter[str] = field(default_factory=Counter)
    untyped: int = 0
    more: bool = False

    def take(self, view: View, full_url: str | None = None) -> None:
        """A resource, and all that a bundle holds."""
        kind = view.text("resourceType")
        if kind is None:
            self.untyped += 1
        elif kind.value == _HOLDER:
            self._open(view)
        else:
            self.directory.add(view, full_url)
            if kind.value == WANTED:
                self.claims.append(view)
            else:
                self.others[kind.value[:40]] += 1

    def _open(self, bundle: View) -> None:
        self.more |= any((r := link.text("relation")) is not None and r.value == "next" for link in bundle.many("link"))
        for entry in bundle.many("entry"):
            resource, url = entry.one("resource"), entry.text("fullUrl")
            if resource:
                self.take(resource, url.value if url else None)


def counted(claims: list[View]) -> list[View]:
    """Without the sums of other claims: an advance estimate comes with a summary of all of its parts."""
    parts = [view for view in claims if not _is_summary(view)]
    return parts or claims


def _is_summary(view: View) -> bool:
    return any(c.code == _SUMMARY for c in codings(view.one("type")))


def find(scanner: Scanner, look: Look) -> Found:
    """All of a text: one value, or one value a line. Raises Unreadable."""
    found = Found()
    for node in _values(scanner):
        for item in node.value if isinstance(node.value, tuple) else (node,):
            if not isinstance(item.value, Mapping):
                raise Unreadable("json-not-fhir")
            found.take(View(item, look))
    return found


def _values(scanner: Scanner) -> Iterator[Node]:
    while True:
        yield scanner.value(0)
        if scanner.finished():
            return
