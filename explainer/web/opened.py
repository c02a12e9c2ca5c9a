"""What views of an open visit share: the visit itself, and files to take out of it."""

from collections.abc import Iterator

from flask import Response

from explainer.sessions import Visit
from explainer.web import cookies
from explainer.web.desk import desk
from explainer.web.problems import Trouble


def still_there(visit: Visit | None) -> Visit:
    """The visit. Raises Trouble where it is gone."""
    if visit is None:
        raise Trouble("visit-over")
    return visit


def open_visit() -> Visit:
    """The visit of this browser. Raises Trouble for none."""
    return still_there(desk().keeper.find(cookies.ticket()))


def download(data: str | bytes | Iterator[bytes], kind: str, name: str) -> Response:
    """A download. Its name tells nothing about a person or a paper."""
    return Response(data, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
