"""Everything that can go wrong, as a closed list of codes. The words for each are in content, under `error.<code>`."""

from collections.abc import Mapping

from explainer.model.document import Scalar
from explainer.readers import Unreadable
from explainer.settings import KIB, MIB

STATUS: Mapping[str, int] = {
    "nothing-sent": 422,
    "bad-form": 400,
    "bad-json": 400,
    "form-too-old": 403,
    "cross-site": 403,
    "not-found": 404,
    "no-code": 404,
    "wrong-method": 405,
    "visit-over": 410,
    "no-length": 411,
    "request-too-big": 413,
    "text-too-long": 413,
    "question-too-long": 413,
    "no-question": 422,
    "one-at-a-time": 422,
    "too-many-papers": 409,
    "papers-too-big": 413,
    "too-many-rows": 413,
    "wrong-type": 415,
    "still-reading": 409,
    "no-line": 404,
    "no-paper-yet": 404,
    "no-last-day": 404,
    "wrong-value": 422,
    "wrong-minutes": 422,
    "too-many-edits": 409,
    "too-many": 429,
    "our-fault": 500,
    "store-busy": 503,
    "reading-busy": 503,
    "reading-too-long": 422,
}
UNREADABLE_STATUS = 422
_TOO_BIG = ("too-big", "too-long")


def size(limit: int) -> str:
    """A number of bytes as people say it: whole kB or MB."""
    return f"{limit // MIB} MB" if limit >= MIB else f"{limit // KIB} kB"


class Trouble(Exception):
    """A request that cannot be done, for a reason on the list."""

    def __init__(self, code: str, **values: Scalar) -> None:
        super().__init__(code)
        self.code, self.values = code, values
        self.status = STATUS[code]
        self.key = f"error.{code}"


class PaperTrouble(Trouble):
    """A paper that the readers refused."""

    def __init__(self, error: Unreadable) -> None:
        Exception.__init__(self, error.code)
        self.code, self.values = error.code, error.values
        self.status = 413 if error.code in _TOO_BIG else UNREADABLE_STATUS
        self.key = f"read.{error.code}"
