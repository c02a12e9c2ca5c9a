"""Templates with the words of the page's language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import current_app, render_template, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank, clock, day, money
from explainer.sessions import Visit
from explainer.web import cookies
from explainer.web.desk import desk, lang, same_place, to
from explainer.web.offer import offer_of
from explainer.web.paper import prefix
from explainer.web.present import visit_view
from explainer.web.problems import Trouble
from explainer.web.sheet import strips


@dataclass(frozen=True, slots=True)
class Until:
    """at: seconds since 1970. clock: the time of day on this machine, in words. minutes: whole ones that are left."""

    at: int
    clock: str
    minutes: int


if TYPE_CHECKING:
    from explainer.web.fixes import FixForm
    from explainer.web.tabled import TableView


def say(key: str, tongue: Lang | None = None, /, **values: Blank) -> str:
    """The sentence of that key in the page's language, or in `tongue`."""
    return desk().services.knowledge.say(key, tongue or lang(), values)


def page(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    """A page and its status."""
    return render_template(template, **values), status


def visit_page(
    visit: Visit, trouble: Trouble | None = None, form: "FixForm | None" = None, wrong_day: str = ""
) -> tuple[str, int]:
    """The visit's page; with a trouble, its words on top and its status; with a form, that form open in its line.

    wrong_day: the day ("1-2": paper 1, its second) whose minutes were typed wrong.
    """
    services, job = desk().services, desk().pool.of(cookies.ticket())
    case = services.check(visit.papers)
    opened = f"{form.paper}-{form.line}" if form else wrong_day or request.args.get("at", "")
    view = visit_view(visit, case, services, lang(), _paper_number(opened))
    take = offer_of(visit, case, services.knowledge, lang())
    under_way = job is not None and not job.finished.is_set()
    shown = {"view": view, "take": take, "trouble": trouble, "form": form, "opened": opened, "under_way": under_way}
    wrong_anchor = f"{prefix(_paper_number(wrong_day), visit.papers)}minutes-{wrong_day.partition('-')[2]}" if wrong_day else ""
    return page("visit.html", trouble.status if trouble else 200, **shown, wrong_day=wrong_day, wrong_anchor=wrong_anchor)


def _paper_number(place: str) -> int:
    """The paper of a place such as "2-1" (paper 2, line 1), 0 where it names none."""
    number = place.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0


def stressed(text: str, part: str | None) -> Markup:
    """The text with one part of it (an amount) made strong."""
    whole = escape(text)
    return Markup(str(whole).replace(str(escape(part)), f"<strong>{escape(part)}</strong>", 1)) if part else whole  # noqa: S704


def start_page(trouble: Trouble | None = None, typed: str = "", ticket: str | None = None) -> tuple[str, int]:
    """The first page; with a trouble, what was typed is still there. ticket: of the open visit, if not the browser's."""
    open_visit = desk().keeper.find(ticket or cookies.ticket()) is not None
    return page("start.html", trouble.status if trouble else 200, trouble=trouble, typed=typed, open_visit=open_visit)


def desk_page(view: "TableView | None" = None, trouble: Trouble | None = None) -> tuple[str, int]:
    """The desk: the tables of a batch, or where to send one; with a trouble, its words on top and its status."""
    open_visit = desk().keeper.find(cookies.ticket()) is not None
    return page("desk.html", trouble.status if trouble else 200, view=view, trouble=trouble, open_visit=open_visit, typed="")


def globals_for_templates() -> dict[str, Any]:
    """What every template may use."""
    tongue = lang()
    shown: dict[str, Any] = {
        "t": say,
        "t_in": lambda key, tongue_: say(key, tongue_),
        "lang": tongue,
        "other": "en" if tongue == "es" else "es",
        "to": to,
        "same_place": same_place,
        "asset": desk().assets.url,
        "token": generate_csrf,
        "money": partial(_money, tongue),
        "day": partial(_day, tongue),
        "stressed": stressed,
        "strips": strips,
        "limits": desk().settings.limits,
        "times": desk().settings.times,
        "with_visit": cookies.ticket() is not None,
        "until": until,
        "overlay": desk().overlay,
        "address": address,
        "knows": current_app.extensions["explainer"].services.knowledge.wording.__contains__,
        "trouble": None,
    }
    return shown


def until() -> Until | None:
    """When what is kept for this browser ends; None where nothing is."""
    end = desk().keeper.until(cookies.ticket())
    if end is None:
        return None
    left = int((end - desk().keeper.now()).total_seconds())
    return Until(int(end.timestamp()), clock(end.astimezone(), lang()), max(left, 0) // 60)


def address(tongue: Lang, path: str | None = None) -> str:
    """The whole address of this page, or of the path, in that language: for links that must name it."""
    plain = (path or request.path).removeprefix("/es") or "/"
    return request.host_url.rstrip("/") + (f"/es{plain}" if tongue == "es" else plain)


def _money(tongue: Lang, value: Decimal) -> str:
    return money(value, tongue)


def _day(tongue: Lang, value: date) -> str:
    return day(value, tongue)
