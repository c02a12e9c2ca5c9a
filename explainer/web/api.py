"""The JSON interface. A document lives behind its id, which nobody can guess and which alone opens it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from explainer.codes import code_json
from explainer.conversation.answer import answer_json
from explainer.conversation.told_why import why_json
from explainer.conversation.tongue import spoken
from explainer.knowledge.schema import Lang
from explainer.readers import Upload
from explainer.sessions import Visit
from explainer.web.desk import desk
from explainer.web.fixes import NEW, fixed, typed_fields
from explainer.web.forms import new_paper, sent
from explainer.web.guard import csrf, limiter
from explainer.web.openapi import description
from explainer.web.problems import Trouble, size
from explainer.web.reading import now
from explainer.web.readings import begin
from explainer.web.talk import asked, step

api = Blueprint("api", __name__, url_prefix="/api/v1")
csrf.exempt(api)


def _rate() -> str:
    return desk().settings.rates.api


@api.post("/documents")
@limiter.limit(_rate)
def create() -> tuple[Response, int]:
    """Reads one document and keeps it under a new id."""
    uploads = _uploads()
    if len(uploads) > 1:
        raise Trouble("one-at-a-time")
    batch = now(uploads)
    if batch.trouble is not None or not batch.readings:
        raise batch.trouble or Trouble("nothing-sent")
    # No page of this interface shows the pictures, so they are not kept.
    ticket, visit = begin(desk().keeper, (replace(batch.readings[0], pictures=()),), desk().settings.limits)
    body, status = jsonify(_document(ticket, visit, _lang(request.values.get("lang")))), 201
    body.headers["Location"] = f"/api/v1/documents/{ticket}"
    return body, status


@api.get("/documents/<ticket>")
def show(ticket: str) -> Response:
    """The document with its explanations and findings."""
    visit = _there(desk().keeper.find(ticket))
    return jsonify(_document(ticket, visit, _lang(request.args.get("lang"))))


@api.delete("/documents/<ticket>")
def end(ticket: str) -> tuple[str, int]:
    """Deletes it now; the same answer whether or not it was there."""
    desk().keeper.end(ticket)
    return "", 204


@api.post("/documents/<ticket>/questions")
@limiter.limit(_rate)
def ask(ticket: str) -> Response:
    """One answer; the talk remembers earlier ones. With "why": true, also how it was found."""
    body = _json()
    question, chosen = body.get("question"), body.get("lang")
    if not isinstance(question, str):
        raise Trouble("no-question")
    words = asked(question)
    visit = _there(desk().keeper.change(ticket, lambda v: step(v, words, _lang(chosen) if chosen else _spoken(words, v))))
    answer = visit.exchanges[-1].answer
    why = why_json(answer, visit.papers, desk().services.knowledge) if body.get("why") is True else None
    return jsonify({**answer_json(answer), **({"why": why} if why else {})})


@api.patch("/documents/<ticket>/lines/<int:line>")
@limiter.limit(_rate)
def correct(ticket: str, line: int) -> Response:
    """Corrects values of a line; null is a value the paper does not print. "put_back": true takes all its corrections back."""
    body = _json()
    tongue, back = _lang(body.pop("lang", None)), body.pop("put_back", False) is True
    form = typed_fields(body)
    visit = _there(desk().keeper.change(ticket, lambda v: fixed(v, 1, line, "put-back" if back else "save", form)))
    return jsonify(_document(ticket, visit, tongue))


@api.post("/documents/<ticket>/lines")
@limiter.limit(_rate)
def missed(ticket: str) -> tuple[Response, int]:
    """Adds a line that was missed, at the end of a claim ("claim": its number, from 1)."""
    body = _json()
    tongue, claim = _lang(body.pop("lang", None)), str(body.pop("claim", 1))
    form = typed_fields(body)
    visit = _there(desk().keeper.change(ticket, lambda v: fixed(v, 1, NEW, "save", form, claim)))
    return jsonify(_document(ticket, visit, tongue)), 201


@api.delete("/documents/<ticket>/lines/<int:line>")
def take_out(ticket: str, line: int) -> Response:
    """Takes out a line that is not on the paper."""
    visit = _there(desk().keeper.change(ticket, lambda v: fixed(v, 1, line, "remove", {})))
    return jsonify(_document(ticket, visit, _lang(request.args.get("lang"))))


@api.get("/codes/<code>")
def code(code: str) -> Response:
    """What one code means by itself."""
    found = desk().services.code(code, _lang(request.args.get("lang"))) if len(code) <= 12 else None
    if found is None:
        raise Trouble("no-code")
    return jsonify(code_json(found))


@api.get("/openapi.json")
def openapi() -> Response:
    """This interface, described."""
    return jsonify(description())


def _uploads() -> tuple[Upload, ...]:
    limits = desk().settings.limits
    if request.mimetype == "application/json":
        text = _json().get("text")
        if not isinstance(text, str) or not text.strip():
            raise Trouble("nothing-sent")
        data = text.encode("utf-8", "replace")
        if len(data) > limits.pasted_text:
            raise Trouble("text-too-long", limit=size(limits.pasted_text))
        return (Upload(new_paper(), "text", data),)
    if request.mimetype in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return sent(limits)
    raise Trouble("wrong-type" if request.content_length else "nothing-sent")


def _json() -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise Trouble("wrong-type")
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        raise Trouble("bad-json") from None
    if not isinstance(body, dict):
        raise Trouble("bad-json")
    return body


def _spoken(words: str, visit: Visit) -> Lang:
    """The question's own language; that of the talk so far where its words do not tell."""
    return spoken(words, visit.exchanges[-1].answer.lang if visit.exchanges else "en", desk().services.knowledge)


def _lang(text: object) -> Lang:
    return "es" if text == "es" else "en"


def _document(ticket: str, visit: Visit, tongue: Lang) -> dict[str, Any]:
    services = desk().services
    return {"id": ticket, **services.explained(visit.papers[0], services.check(visit.papers), tongue)}


def _there(visit: Visit | None) -> Visit:
    if visit is None:
        raise Trouble("not-found")
    return visit
