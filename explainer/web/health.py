"""Whether the program runs, and whether it can work."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from explainer.web.desk import desk

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """It runs; looks at nothing else."""
    return jsonify(status="ok")


@health.get("/readyz")
def ready() -> tuple[Response, int]:
    """It can keep visits; and which kinds of file it can read."""
    works = desk().keeper.ready()
    return jsonify(status="ok" if works else "store-busy", reads=desk().services.parts()), 200 if works else 503


@health.get("/favicon.ico")
def favicon() -> tuple[str, int]:
    """The pages name their own picture; browsers that ask here get nothing."""
    return "", 204
