"""Papers out of a request, each within its limits."""

import secrets
from collections.abc import Iterable

from flask import request

from explainer.paths import data_dir
from explainer.readers import Upload
from explainer.settings import Limits
from explainer.web.problems import Trouble, size

EXAMPLES = ("therapy", "denial", "medicare")


def sent(limits: Limits) -> tuple[Upload, ...]:
    """What the form holds: an example, files, pasted text. Each paper gets an id of its own. Raises Trouble."""
    found = [*_example(), *_files(), *_text(limits)]
    if not found:
        raise Trouble("nothing-sent")
    return tuple(Upload(new_paper(), name, data, form) for name, data, form in found)


def new_paper() -> str:
    """An id that no other paper of a visit has, also when two tabs add papers at once."""
    return f"p{secrets.token_hex(4)}"


def _example() -> Iterable[tuple[str, bytes, str]]:
    name = request.form.get("example")
    if name in EXAMPLES:
        yield f"example-{name}.txt", (data_dir("content") / "examples" / f"{name}.txt").read_bytes(), "auto"


def _files() -> Iterable[tuple[str, bytes, str]]:
    for file in request.files.getlist("file"):
        data = file.stream.read()
        if file.filename or data:
            yield file.filename or "paper", data, "auto"


def _text(limits: Limits) -> Iterable[tuple[str, bytes, str]]:
    text = request.form.get("text", "")
    if len(text.encode("utf-8", "replace")) > limits.pasted_text:
        raise Trouble("text-too-long", limit=size(limits.pasted_text))
    if text.strip():
        yield "pasted-text.txt", text.encode("utf-8", "replace"), "auto"
