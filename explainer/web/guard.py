"""What every request must pass, and what every answer carries."""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_wtf import CSRFProtect

from explainer.web.desk import desk
from explainer.web.problems import Trouble, size

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), display-capture=(), "
        "geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
# A page of this kind may stand in a frame of another site: it has no script, no form and no cookie, and nobody's data.
EMBEDDABLE = {
    **HEADERS,
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; object-src 'none'; "
        "frame-ancestors http: https:"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}  # fmt: skip
del EMBEDDABLE["X-Frame-Options"]
NO_STORE = "no-store"
HSTS = "max-age=31536000; includeSubDomains"
_SAFE = ("GET", "HEAD", "OPTIONS")
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
FORM_FIELDS = 100
_SMALL = (
    "talk.ask", "api.ask", "visits.end", "visits.person", "visits.remove", "fixes.fix", "reading.stop", "minutes.there",
    "api.correct", "api.missed",
)  # fmt: skip
_START_KEY = secrets.token_bytes(32)

csrf = CSRFProtect()


def caller() -> str:
    """The caller's address as nobody can read it back: the key dies with the process."""
    return hmac.new(_START_KEY, (request.remote_addr or "-").encode(), hashlib.sha256).hexdigest()


limiter = Limiter(key_func=caller, storage_uri="memory://", headers_enabled=False)


def install(app: Flask) -> None:
    """Checks before each request, in this order; headers after each."""
    app.before_request(_check)
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_dress)


def _check() -> None:
    if request.method in _SAFE:
        return
    _same_site()
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Trouble("wrong-type")
    _sized()
    _few_fields()
    if request.mimetype in _FORMS:
        try:
            _ = request.form
        except ValueError:
            raise Trouble("bad-form") from None


def _same_site() -> None:
    """Another site's page must not act here, with or without a token."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and (origin == "null" or urlsplit(origin).netloc != request.host)
    if foreign or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Trouble("cross-site")


def _sized() -> None:
    """A body must say how long it is, and may not be longer than its route allows."""
    limits = desk().settings.limits
    if request.content_length is None and "Transfer-Encoding" in request.headers:
        raise Trouble("no-length")
    asks = request.endpoint is not None and request.endpoint.endswith(".ask")
    small = request.endpoint is not None and request.endpoint.endswith(_SMALL)
    request.max_content_length = limits.question_body if small else limits.request
    request.max_form_memory_size = limits.question_body if small else 4 * limits.pasted_text
    if (request.content_length or 0) > request.max_content_length:
        raise Trouble("question-too-long" if asks else "request-too-big", limit=size(request.max_content_length))


def _few_fields() -> None:
    """Fields are counted before they are taken apart: the form parser counts only those of multipart bodies."""
    if request.mimetype == "application/x-www-form-urlencoded" and request.get_data().count(b"&") >= FORM_FIELDS:
        raise Trouble("request-too-big", limit=size(request.max_content_length or 0))


def _dress(response: Response) -> Response:
    for name, value in (EMBEDDABLE if g.get("embeddable") and response.status_code in (200, 404) else HEADERS).items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", NO_STORE)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    return response
