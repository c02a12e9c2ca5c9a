"""The one cookie: the ticket to the visit, and nothing else."""

from flask import request
from werkzeug.wrappers import Response

from explainer.web.desk import desk

PLAIN, SAFE = "sid", "__Host-sid"


def name() -> str:
    """The cookie's name; the safe one is refused by browsers unless it is for this host alone and over TLS."""
    return SAFE if desk().secure else PLAIN


def ticket() -> str | None:
    """What the browser sent, if anything. To be believed only if it opens a visit."""
    return request.cookies.get(name())


def give(response: Response, new: str) -> Response:
    """Hands the ticket to the browser, until it is closed."""
    response.set_cookie(name(), new, secure=desk().secure, httponly=True, samesite="Strict", path="/")
    return response


def forget(response: Response) -> Response:
    """Tells the browser to forget the ticket."""
    response.delete_cookie(name(), secure=desk().secure, httponly=True, samesite="Strict", path="/")
    return response


def take_back(response: Response) -> Response:
    """Tells the browser to forget the ticket and all else of this page."""
    forget(response)
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return response
