"""Correcting what was read: a value of a line, a line too many, a line that was missed; and putting it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from explainer.corrections import KINDS, Edit, WrongValue, changes, confirmed, next_line, parsed, put_back, typed, value_of
from explainer.model.document import Document, ServiceLine
from explainer.sessions import Visit
from explainer.web import cookies
from explainer.web.desk import desk, to
from explainer.web.opened import still_there
from explainer.web.paper import prefix
from explainer.web.problems import Trouble
from explainer.web.render import visit_page

fixes = Blueprint("fixes", __name__)
NEW = 0
# Asked for in a line that was missed; the rest can be corrected once it is there.
_NEEDED = ("service_date", "code", "description", "units", "billed", "plan_paid", "patient_owes")


@dataclass(frozen=True, slots=True)
class FixForm:
    """The form of one line: what stands in each field, and the kind of each field that was typed wrong. line 0: a new one."""

    paper: int
    line: int
    values: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    claim: int = 1


class WrongFix(Trouble):
    """Some of what was typed is no value; the form says which."""

    def __init__(self, form: FixForm) -> None:
        super().__init__("wrong-value", fields=", ".join(form.wrong))
        self.form = form


@fixes.post("/visit/papers/<int:paper>/lines/<int:line>")
def fix(paper: int, line: int) -> Response | tuple[str, int]:
    """Keeps the corrections of a line (line 0: adds one), then shows it."""
    form = {name: request.form[name] for name in KINDS if name in request.form}
    do, claim = request.form.get("do", "save"), request.form.get("claim", "1")
    try:
        visit = desk().keeper.change(cookies.ticket(), lambda held: fixed(held, paper, line, do, form, claim))
    except WrongFix as error:
        held = desk().keeper.find(cookies.ticket())
        return visit_page(still_there(held), error, form=error.form)
    papers = still_there(visit).papers
    shown = line or max(x.number for x in papers[paper - 1].lines)
    here = papers[paper - 1].line(shown) is not None
    anchor = f"{prefix(paper, papers)}line-{shown}" if here else f"paper-{paper}"
    return redirect(to("visits.show", at=f"{paper}-{shown}", _anchor=anchor), 303)


def fixed(visit: Visit, paper: int, line: int, do: str, form: Mapping[str, str], claim: str = "1") -> Visit:
    """The visit after one correction. do: save, confirm (all uncertain values are right), put-back, or remove.

    Raises WrongFix, and Trouble for a line that is not there.
    """
    document = visit.paper(paper)
    if document is None:
        raise Trouble("no-line")
    if line == NEW:
        return _with(visit, _new_line(visit, document, paper, form, claim))
    if do == "put-back":
        return replace(visit, edits=put_back(visit.edits, document.paper, line))
    found = document.line(line)
    if found is None:
        raise Trouble("no-line")
    if do == "remove":
        return _with(visit, (Edit(document.paper, line, "remove"),))
    made = confirmed(found, document.paper) if do == "confirm" else _changes(found, document, paper, form)
    return _with(visit, made)


def _with(visit: Visit, made: tuple[Edit, ...]) -> Visit:
    if len(visit.edits) + len(made) > desk().settings.limits.edits:
        raise Trouble("too-many-edits")
    return replace(visit, edits=(*visit.edits, *made))


def _changes(line: ServiceLine, document: Document, paper: int, form: Mapping[str, str]) -> tuple[Edit, ...]:
    if wrong := wrong_fields(form):
        raise WrongFix(FixForm(paper, line.number, {**form_of(line), **form}, wrong))
    return changes(line, document.paper, form)


def _new_line(visit: Visit, document: Document, paper: int, form: Mapping[str, str], claim: str) -> tuple[Edit, ...]:
    said = {name: text for name, text in form.items() if text.strip()}
    at = _claim_number(document, claim)
    wrong = wrong_fields(said) or ({} if said else {"code": "nothing"}) | ({} if at else {"claim": "claim"})
    if wrong:
        raise WrongFix(FixForm(paper, NEW, {**dict.fromkeys(_NEEDED, ""), **form}, wrong, at or 1))
    number = next_line(document, visit.edits)
    sets = (Edit(document.paper, number, "set", name, typed(parsed(name, text))) for name, text in said.items())
    return (Edit(document.paper, number, "add", text=str(at)), *sets)


def _claim_number(document: Document, claim: str) -> int:
    """The claim that a new line is to join, 0 where there is none of that number. A paper without claims gets its first."""
    number = int(claim) if claim.isascii() and claim.isdigit() and len(claim) < 4 else 0
    return number if number <= max(len(document.claims), 1) else 0


def wrong_fields(form: Mapping[str, str]) -> dict[str, str]:
    """The kind of value that each wrong field should hold."""
    wrong = {}
    for name, text in form.items():
        try:
            parsed(name, text)
        except WrongValue as error:
            wrong[name] = error.kind
    return wrong


def typed_fields(body: Mapping[str, object]) -> dict[str, str]:
    """Values of JSON as they would be typed; what is neither text, number, list of texts nor null is no value."""
    form = {}
    for name, value in body.items():
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            form[name] = " ".join(value)
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            form[name] = str(value)
        else:
            form[name] = "" if value is None else "\0"
    return form


def form_of(line: ServiceLine) -> dict[str, str]:
    """Every field of a line as it would be typed."""
    return {name: typed(value_of(line, name)) for name in KINDS}


def form_asked(visit: Visit, text: str) -> FixForm | None:
    """The form that the address asks for ("1-3": paper 1, line 3; "1-0": a new line), or None."""
    paper, _, line = text.partition("-")
    if not (paper.isascii() and paper.isdigit() and line.isascii() and line.isdigit() and len(text) < 12):
        return None
    document = visit.paper(int(paper))
    found = document.line(int(line)) if document else None
    if document is not None and int(line) == NEW:
        return FixForm(int(paper), NEW, dict.fromkeys(_NEEDED, ""), claim=max(len(document.claims), 1))
    return FixForm(int(paper), int(line), form_of(found)) if found else None
