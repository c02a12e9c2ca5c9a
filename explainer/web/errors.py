"""Every trouble as a page of plain words, or as application/problem+json."""

import secrets

from flask import Flask, Response, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from explainer.knowledge.schema import Lang
from explainer.sessions import ShelfUnavailable
from explainer.web import cookies
from explainer.web.desk import lang
from explainer.web.fixes import WrongFix
from explainer.web.problems import Trouble, size
from explainer.web.render import say

_BY_STATUS = {
    404: "not-found",
    405: "wrong-method",
    411: "no-length",
    413: "request-too-big",
    415: "wrong-type",
    429: "too-many",
    500: "our-fault",
}
_RETRY_SECONDS = {429: "60", 503: "5"}


def install(app: Flask) -> None:
    """One handler for what we raise, one for what Flask raises, one for a store that cannot be used."""
    app.register_error_handler(Trouble, shown)
    app.register_error_handler(ShelfUnavailable, lambda _: shown(Trouble("store-busy")))
    app.register_error_handler(HTTPException, _http)


def shown(trouble: Trouble) -> Response:
    """The trouble in the caller's language and form."""
    g.trouble = trouble.code
    response = _problem(trouble) if request.path.startswith("/api/") else _page(trouble)
    response.status_code = trouble.status
    if trouble.status in _RETRY_SECONDS:
        response.headers["Retry-After"] = _RETRY_SECONDS[trouble.status]
    return response


def _http(error: HTTPException) -> Response:
    if isinstance(error, CSRFError):
        return shown(Trouble("form-too-old"))
    values = {"limit": size(request.max_content_length or 0)} if isinstance(error, RequestEntityTooLarge) else {}
    response = shown(Trouble(_BY_STATUS.get(error.code or 500, "bad-form"), **values))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _problem(trouble: Trouble) -> Response:
    tongue: Lang = "es" if request.args.get("lang") == "es" else "en"
    body: dict[str, object] = {
        "type": "about:blank", "title": say(f"{trouble.key}.message", tongue, **trouble.values), "status": trouble.status,
        "code": trouble.code, "detail": say(f"{trouble.key}.try", tongue, **trouble.values), "request_id": secrets.token_hex(8),
    }  # fmt: skip
    if isinstance(trouble, WrongFix):
        body["errors"] = {name: say(f"web.fix.wrong.{kind}", tongue) for name, kind in trouble.form.wrong.items()}
    response = jsonify(body)
    response.mimetype = "application/problem+json"
    return response


def _page(trouble: Trouble) -> Response:
    response = Response(render_template("error.html", trouble=trouble), mimetype="text/html")
    response.headers["Content-Language"] = lang()
    # Another site's link brings no cookie along, and must not end a visit.
    if trouble.code == "visit-over" and cookies.ticket() is not None:
        response.delete_cookie(cookies.name(), path="/", httponly=True, samesite="Strict")
    return response
