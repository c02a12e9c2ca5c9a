"""How long the person says they were there, for the ruler of units and minutes."""

from dataclasses import replace

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from explainer.web import cookies
from explainer.web.desk import desk, to
from explainer.web.opened import open_visit, still_there
from explainer.web.paper import prefix
from explainer.web.problems import Trouble
from explainer.web.render import visit_page
from explainer.web.ruler import MOST_MINUTES, fact_of, rulers

minutes = Blueprint("minutes", __name__)


@minutes.post("/visit/papers/<int:paper>/days/<int:day>")
def there(paper: int, day: int) -> Response | tuple[str, int]:
    """Keeps the minutes of that day (empty: forgets them), then shows its ruler."""
    typed = request.form.get("minutes", "").strip()
    visit = open_visit()
    document = visit.paper(paper)
    if document is None or day not in [ruler.number for ruler in rulers(document, {}, desk().services.knowledge)]:
        raise Trouble("not-found")
    if typed and not _is_minutes(typed):
        return visit_page(visit, Trouble("wrong-minutes", most=MOST_MINUTES), wrong_day=f"{paper}-{day}")
    told = {fact_of(document.paper, day): typed}
    changed = still_there(desk().keeper.change(cookies.ticket(), lambda held: replace(held, context=held.context.told(**told))))
    anchor = f"{prefix(paper, changed.papers)}minutes-{day}"
    return redirect(to("visits.show", at=f"{paper}-0", _anchor=anchor), 303)


def _is_minutes(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 5 and 1 <= int(typed) <= MOST_MINUTES
