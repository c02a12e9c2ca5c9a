"""Requests that never touch a disk, and a log that holds no word of anybody's paper."""

import logging
import time
import traceback
from io import BytesIO
from types import TracebackType
from typing import IO, Any

from flask import Flask, Request, Response, g, request
from jinja2 import StrictUndefined
from werkzeug.formparser import FormDataParser

_log = logging.getLogger("explainer.web")


class _StrictParser(FormDataParser):
    """Says that a form is broken instead of quietly giving an empty one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "silent": False})


class PrivateRequest(Request):
    """Uploads stay in memory; they are never spooled to a temporary file."""

    form_data_parser_class = _StrictParser

    def _get_file_stream(self, *_args: Any, **_kwargs: Any) -> IO[bytes]:
        return BytesIO()


class PrivateFlask(Flask):
    """Flask that logs where an error happened, never what it was about."""

    request_class = PrivateRequest
    jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}  # noqa: RUF012

    def log_exception(self, exc_info: Any) -> None:
        """The error's type and the place in our own code."""
        kind, _, trace = exc_info
        _log.error("failed exc=%s at=%s", kind.__name__ if kind else "?", place_of(trace))


def place_of(trace: TracebackType | None) -> str:
    """The last place in our own code, as file:line. Never what the error says: that may quote a paper."""
    ours = [f for f in traceback.extract_tb(trace) if "explainer" in f.filename] or traceback.extract_tb(trace)[-1:]
    return f"{ours[-1].filename.rsplit('/', 1)[-1]}:{ours[-1].lineno}" if ours else "?"


def install_log(app: Flask) -> None:
    """One line a request, of these fields only: method, route (never the address), status, milliseconds, bytes, code."""
    for noisy, level in (("werkzeug", logging.WARNING), ("waitress", logging.ERROR), ("flask-limiter", logging.ERROR)):
        logging.getLogger(noisy).setLevel(level)

    @app.before_request
    def _begin() -> None:
        g.began = time.monotonic()

    @app.after_request
    def _line(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else "-"
        took = int((time.monotonic() - g.get("began", time.monotonic())) * 1000)
        method = request.method if request.method in ("GET", "HEAD", "POST", "PATCH", "DELETE") else "other"
        fields = (method, rule, response.status_code, took, request.content_length or 0, g.get("trouble", "-"))
        _log.info("request method=%s route=%s status=%s ms=%s bytes=%s code=%s", *fields)
        return response
