"""What an assistant can call. Each tool calls the same functions as the command line, and remembers nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from explainer.case import check_case
from explainer.cli.assistant.arguments import Arguments, Code, Day, Paper, Papers, Questions
from explainer.cli.assistant.files import Folders, uploads
from explainer.cli.assistant.units import Unclear, units_and_minutes
from explainer.cli.desk import today, trouble
from explainer.cli.papers import explained, table, told
from explainer.cli.talking import as_data, as_text
from explainer.codes import code_json, describe
from explainer.conversation.answer import Answer
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank
from explainer.model.document import Document
from explainer.readers import Unreadable, read
from explainer.readers.export import document_json
from explainer.settings import Settings

Json = dict[str, Any]
_FIELDS_NAMED, _FIELD_CHARS = 5, 60


@dataclass(frozen=True, slots=True)
class Result:
    """What a tool says: a text for people and the contract's data. wrong: nothing could be done, and the text says why."""

    text: str
    data: Json
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What the tools work with."""

    knowledge: Knowledge
    talker: Talker
    settings: Settings
    folders: Folders


class Wrong(ValueError):
    """A call that cannot be done. `code` is one of content's assistant.wrong.*; `values` fill its blanks."""

    def __init__(self, code: str, **values: Blank) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as it is offered. title and about are for the assistant, in English."""

    name: str
    title: str
    about: str
    takes: type[Arguments]
    call: Callable[[Any, Desk], Result]
    gives: tuple[str, ...]

    def schema(self) -> Json:
        """The JSON Schema of its arguments, with every part in its place: not all assistants follow references."""
        whole = self.takes.model_json_schema()
        parts = whole.pop("$defs", {})
        return {name: _inlined(node, parts) for name, node in whole.items() if name != "title"}


def _inlined(node: Any, parts: Mapping[str, Any]) -> Any:
    """A part of a schema without references, and without titles that only repeat a name."""
    if isinstance(node, list):
        return [_inlined(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        node = parts[node["$ref"].rpartition("/")[2]]
    return {name: _inlined(item, parts) for name, item in node.items() if name != "title" or isinstance(item, dict)}


def call(name: str, arguments: Mapping[str, object], desk: Desk) -> Result:
    """The result of one call. Whatever is wrong with it is said in plain words."""
    lang: Lang = "es" if arguments.get("lang") == "es" else "en"
    tool = TOOLS.get(name)
    try:
        if tool is None:
            raise Wrong("no-tool")
        return tool.call(_taken(tool, arguments), desk)
    except Unclear:
        return _refused(Wrong("unclear"), desk, lang)
    except Wrong as error:
        return _refused(error, desk, lang)


def _taken(tool: Tool, arguments: Mapping[str, object]) -> Arguments:
    try:
        return tool.takes.model_validate(arguments)
    except ValidationError as error:
        places = (".".join(map(str, fault["loc"])) for fault in error.errors(include_url=False, include_input=False))
        named = tuple(dict.fromkeys("".join(filter(str.isprintable, place))[:_FIELD_CHARS] for place in places))
        raise Wrong("arguments", fields=", ".join(named[:_FIELDS_NAMED])) from None


def _refused(error: Wrong, desk: Desk, lang: Lang) -> Result:
    text = desk.knowledge.say(f"assistant.wrong.{error.code}", lang, error.values)
    return Result(text, {"error": {"code": error.code, "message": text}}, wrong=True)


def _documents(papers: list[Paper], desk: Desk, lang: Lang) -> tuple[list[Document], dict[int, Json]]:
    """The papers that could be read, and the contract's error of each that could not, by its place."""
    limit = desk.settings.limits.documents_per_visit
    if len(papers) > limit:
        raise Wrong("too-many-documents", limit=limit)
    documents, errors = [], {}
    for at, (name, upload) in enumerate(uploads(papers, desk.folders, desk.settings.limits)):
        try:
            if isinstance(upload, Unreadable):
                raise upload
            documents.append(read(upload, desk.knowledge, desk.settings.limits).document)
        except Unreadable as error:
            errors[at] = trouble(name, error, desk.knowledge, lang)
    return documents, errors


def _in_order(rows: Iterable[Json], errors: Mapping[int, Json], count: int) -> list[Json]:
    """A row a paper, in the order given: what was read of it, or why nothing was."""
    read_rows = iter(rows)
    return [errors[at] if at in errors else next(read_rows) for at in range(count)]


def _troubles(errors: Mapping[int, Json]) -> list[str]:
    return [f"{e['file']}: {e['error']['message']} {e['error']['try']}" for e in errors.values()]


def _read(args: Papers, desk: Desk) -> Result:
    documents, errors = _documents(args.documents, desk, args.lang)
    rows = [document_json(d, desk.knowledge, args.lang) for d in documents]
    text = "\n\n".join([*_troubles(errors), *map(table, documents)])
    return Result(text, {"documents": _in_order(rows, errors, len(args.documents))}, wrong=not documents)


def _explain(args: Papers, desk: Desk) -> Result:
    documents, errors = _documents(args.documents, desk, args.lang)
    rows, whole = explained(tuple(documents), desk.knowledge, args.lang) if documents else ([], {})
    text = "\n\n".join([*_troubles(errors), *(told(rows, whole) if documents else ())])
    return Result(text, {"documents": _in_order(rows, errors, len(args.documents)), **whole}, wrong=not documents)


def _ask(args: Questions, desk: Desk) -> Result:
    questions = _asked(args.questions, desk.settings)
    documents, errors = _documents(args.documents, desk, args.lang)
    if errors and not documents:
        # An answer without any of the papers would sound as if it were about them.
        return Result("\n\n".join(_troubles(errors)), {"answers": [], "errors": list(errors.values())}, wrong=True)
    case, context = check_case(tuple(documents), desk.knowledge, today()), Context()
    answers: list[Answer] = []
    for question in questions:
        turn = desk.talker.ask(question, args.lang, case, context)
        answers.append(turn.answer)
        context = turn.context
    texts = [as_text(answer, case, desk.knowledge, args.why) for answer in answers]
    numbered = [f"{n}. {text}" for n, text in enumerate(texts, 1)] if len(texts) > 1 else texts
    data = [as_data(answer, case, desk.knowledge, args.why) for answer in answers]
    return Result("\n\n".join([*_troubles(errors), *numbered]), {"answers": data, "errors": list(errors.values())})


def _asked(questions: list[str], settings: Settings) -> list[str]:
    """The questions, trimmed. Raises Wrong."""
    limits = settings.limits
    trimmed = [q.encode("utf-8", "replace").decode().strip() for q in questions]
    if len(trimmed) > limits.assistant_questions:
        raise Wrong("too-many-questions", limit=limits.assistant_questions)
    if not all(trimmed):
        raise Wrong("no-question")
    if max(map(len, trimmed)) > limits.question_chars:
        raise Wrong("question-too-long", limit=limits.question_chars)
    return trimmed


def _code(args: Code, desk: Desk) -> Result:
    found = describe(args.code, desk.knowledge, args.lang)
    if found is not None:
        return Result(found.text, code_json(found))
    text = desk.knowledge.say("code.no-entry", args.lang, {"code": args.code})
    return Result(text, {"code": args.code, "known": False, "text": text})


def _units(args: Day, desk: Desk) -> Result:
    return Result(*units_and_minutes(args, desk.knowledge))


_PAPERS = "Papers may be EOBs, Medicare notices, bills, summaries of benefits, 835 or FHIR files: text, PDF, photo, spreadsheet."
TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "read", "Read health insurance papers",
            "Reads one person's papers and lists what is printed on each line, with its place; null is what is not printed, and "
            f"`uncertain` names what was read with doubt. {_PAPERS}",
            Papers, _read, ("documents",),
        ),
        Tool(
            "explain", "Explain health insurance papers",
            "Reads one person's papers and explains every line in plain words, with checks of the sums, of units against "
            "minutes, of repeats, and of bills against EOBs. A finding with verdict `ask` is a question to ask, never an "
            f"accusation. {_PAPERS}",
            Papers, _explain, ("documents", "case"),
        ),
        Tool(
            "ask", "Ask about health insurance papers",
            "Answers a patient's questions about their papers in plain words: what is owed and why, denials, appeals and "
            "deadlines, units and minutes, what a code or a word means. Each figure is from the paper or from a cited, dated "
            "source; what is not known is said. Nothing is remembered: send the papers and all questions so far with each call.",
            Questions, _ask, ("answers", "errors"),
        ),
        Tool(
            "code", "Look up a billing code",
            "What one code means in plain words, with its source: procedure codes (CPT, HCPCS), modifiers, reason codes (CO-45), "
            "remark codes (N130), places, revenue codes. A code without an entry has `known: false`.",
            Code, _code, ("code", "known"),
        ),
        Tool(
            "units", "Turn units into minutes and minutes into units",
            "For the timed (15-minute) therapy services of one day: how many minutes the units stand for, how many units the "
            "minutes make, or whether both fit, under Medicare's total-time (8-minute) rule and under the per-code rule.",
            Day, _units, ("timed_units", "minutes", "text"),
        ),
    )
}  # fmt: skip
