"""What became of a claim: paid, denied, cancelled, still open, or only an estimate."""

from collections.abc import Sequence

from explainer.model.document import Problem
from explainer.readers.fhir.codings import codings
from explainer.readers.fhir.lines import Line
from explainer.readers.fhir.tree import Said, View
from explainer.readers.status import told_status

_TAKEN_BACK = ("cancelled", "entered-in-error")
_OPEN = ("queued", "partial")


def standing_of(view: View, lines: Sequence[Line], paid: bool) -> tuple[str | None, list[Problem]]:
    """The claim's status, and what must be said of it. paid: whether the plan paid something on the claim as a whole."""
    state, use, outcome = (_word(view, name) for name in ("status", "use", "outcome"))
    if state and state.value in _TAKEN_BACK:
        return "reversed", [Problem("fhir-cancelled", span=state.span)]
    if use and use.value in ("predetermination", "preauthorization"):
        return "pending", [Problem(f"fhir-{use.value}", span=use.span)]
    if state and state.value == "draft":
        return "pending", [Problem("fhir-draft", span=state.span)]
    if outcome and outcome.value in _OPEN:
        return "pending", [Problem("fhir-open", span=outcome.span)]
    problems = [Problem("fhir-not-processed", span=outcome.span)] if outcome and outcome.value == "error" else []
    return (None if problems else _told(lines, paid)), problems


def _told(lines: Sequence[Line], paid: bool) -> str | None:
    """As the lines tell it. A hospital's payment may stand on the claim alone, over lines that say zero."""
    told = told_status([made.line for made in lines])
    return "partly-denied" if told == "denied" and paid else told


def _word(view: View, name: str) -> Said[str] | None:
    """A code that stands alone, or in an older version of the standard as a coded concept."""
    node = view.names.get(name)
    if node is not None and not isinstance(node.value, str):
        found = next(iter(codings(view.one(name))), None)
        return Said(found.code.lower(), found.span) if found else None
    said = view.text(name)
    return Said(said.value.lower(), said.span) if said else None
