"""What every view finds on its desk: settings, services, the keeper of visits; and how this request speaks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app, request, url_for

from explainer.knowledge.schema import Lang
from explainer.sessions import Keeper
from explainer.settings import Settings
from explainer.web.assets import Assets
from explainer.web.overlay import Overlay
from explainer.web.services import Services

if TYPE_CHECKING:
    from explainer.web.jobs import Pool

NAME = "explainer"


@dataclass(frozen=True, slots=True)
class Desk:
    """Made once when the program starts. `secure`: the page is only ever reached over TLS."""

    settings: Settings
    services: Services
    keeper: Keeper
    assets: Assets
    secure: bool
    pool: "Pool"
    overlay: Overlay | None = None


def desk() -> Desk:
    """The running program's."""
    return cast(Desk, current_app.extensions[NAME])


def lang() -> Lang:
    """The language of this request, told from its address alone."""
    return "es" if request.path == "/es" or request.path.startswith("/es/") else "en"


def to(endpoint: str, **values: object) -> str:
    """The address of a page in this request's language, with the query and anchor given."""
    return url_for(f"{lang()}.{endpoint}", **values)  # type: ignore[arg-type]


def same_place(other: Lang) -> str:
    """This page's address in another language. Pages that answer a form lead to the page the form is on."""
    path = request.path.removeprefix("/es") or "/"
    if request.method != "GET":
        path = "/visit" if path.startswith("/visit/") else "/"
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string and request.method == "GET" else ""
    return (f"/es{path}" if other == "es" else path) + query
