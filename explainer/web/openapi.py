"""The OpenAPI description of the JSON interface. Its words are for programmers."""

from typing import Any

from explainer import __version__
from explainer.corrections import KINDS
from explainer.web.problems import STATUS

Node = dict[str, Any]
_ID: Node = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{64}$"}}
_LANG: Node = {"name": "lang", "in": "query", "schema": {"type": "string", "enum": ["en", "es"], "default": "en"}}


def _answer(schema: str, what: str) -> Node:
    return {"description": what, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}


def _problems(*statuses: int) -> Node:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(s): {"description": "What went wrong, and what to try", "content": content} for s in statuses}


def _object(required: list[str], **properties: Node) -> Node:
    return {"type": "object", "required": required, "properties": properties}


_TEXT: Node = {"type": "string"}
_LIST: Node = {"type": "array", "items": {"type": "object"}}
_SCHEMAS: Node = {
    "Document": _object(
        ["id", "kind", "claims"], id=_TEXT, kind=_TEXT, claims=_LIST, findings=_LIST, summary=_TEXT, warnings=_LIST
    ),
    "Answer": _object(
        ["topic", "text", "lines", "values", "sources", "suggestions", "lang"],
        topic=_TEXT,
        text=_TEXT,
        values={"type": "object"},
        lines={"type": "array", "items": {"type": "integer"}},
        sources=_LIST,
        suggestions={"type": "array", "items": _TEXT},
        lang=_TEXT,
        why={"type": "object"},
    ),
    "Code": _object(["code", "family", "name", "plain", "source"], code=_TEXT, family=_TEXT, name=_TEXT, plain=_TEXT),
    "Problem": _object(
        ["title", "status", "code"],
        title=_TEXT,
        status={"type": "integer"},
        code=_TEXT,
        detail=_TEXT,
        errors={"type": "object", "additionalProperties": _TEXT},
    ),
}
_FILE: Node = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "text": _TEXT}}
_SENT: Node = {"multipart/form-data": {"schema": _FILE}, "application/json": {"schema": _object(["text"], text=_TEXT)}}
_QUESTION: Node = {"type": "string", "maxLength": 2000}
_ASKED: Node = {"application/json": {"schema": _object(["question"], question=_QUESTION, lang=_TEXT, why={"type": "boolean"})}}
_VALUE: Node = {"type": ["string", "number", "null"]}
_MARKS: Node = {"type": ["array", "string", "null"], "items": _TEXT}
_FIELDS: Node = {name: _MARKS if kind == "modifiers" else _VALUE for name, kind in KINDS.items()}
_LINE: Node = {"name": "line", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
_FIXED: Node = {"application/json": {"schema": _object([], **_FIELDS, put_back={"type": "boolean"}, lang=_TEXT)}}
_MISSED: Node = {"application/json": {"schema": _object([], **_FIELDS, claim={"type": "integer"}, lang=_TEXT)}}


def description() -> Node:
    """OpenAPI 3.1."""
    documents = "/api/v1/documents"
    return {
        "openapi": "3.1.0",
        "info": {"title": "EOB Explainer", "version": __version__},
        "paths": {
            documents: {
                "post": _operation(
                    "Read a document", {"201": _answer("Document", "Read")}, (400, 403, 411, 413, 415, 422, 429, 503), body=_SENT
                )
            },
            f"{documents}/{{id}}": {
                "get": _operation("The document again", {"200": _answer("Document", "The document")}, (404, 503), (_ID, _LANG)),
                "delete": _operation("Delete it now", {"204": {"description": "It is not there"}}, (403, 503), (_ID,)),
            },
            f"{documents}/{{id}}/questions": {
                "post": _operation(
                    "Ask", {"200": _answer("Answer", "The answer")}, (400, 403, 404, 413, 415, 422, 429, 503), (_ID,), _ASKED
                ),
            },
            f"{documents}/{{id}}/lines": {
                "post": _operation(
                    "Add a line that was missed",
                    {"201": _answer("Document", "The document with it")},
                    (400, 403, 404, 409, 413, 415, 422, 429, 503),
                    (_ID,),
                    _MISSED,
                ),
            },
            f"{documents}/{{id}}/lines/{{line}}": {
                "patch": _operation(
                    "Correct a line, or put it back as it was read",
                    {"200": _answer("Document", "The document with it")},
                    (400, 403, 404, 409, 413, 415, 422, 429, 503),
                    (_ID, _LINE),
                    _FIXED,
                ),
                "delete": _operation(
                    "Take out a line that is not on the paper",
                    {"200": _answer("Document", "The document without it")},
                    (403, 404, 409, 503),
                    (_ID, _LINE, _LANG),
                ),
            },
            "/api/v1/codes/{code}": {
                "get": _operation(
                    "What a code means",
                    {"200": _answer("Code", "Its meaning")},
                    (404,),
                    ({**_ID, "name": "code", "schema": _TEXT}, _LANG),
                ),
            },
            "/healthz": {"get": _operation("Runs", {"200": {"description": "It runs"}}, ())},
            "/readyz": {"get": _operation("Can work", {"200": {"description": "It can"}, "503": {"description": "Not now"}}, ())},
        },
        "components": {"schemas": _SCHEMAS},
        "x-error-codes": dict(STATUS),
    }


def _operation(
    what: str, answers: Node, problems: tuple[int, ...], parameters: tuple[Node, ...] = (), body: Node | None = None
) -> Node:
    operation: Node = {"summary": what, "responses": {**answers, **_problems(*problems)}}
    if parameters:
        operation["parameters"] = list(parameters)
    if body:
        operation["requestBody"] = {"required": True, "content": body}
    return operation
