"""`explainer ask` and `explainer chat`."""

import json
import sys
from collections.abc import Iterable
from typing import Any

import click

from explainer.case import Case, check_case
from explainer.cli.desk import UNREADABLE, load_knowledge, print_json, print_text, read_file, today, trouble
from explainer.conversation.answer import Answer, answer_json
from explainer.conversation.engine import Talker
from explainer.conversation.question import Context
from explainer.conversation.told_why import why_json, why_lines
from explainer.conversation.tongue import spoken
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.readers import Unreadable
from explainer.settings import Settings

_WHY = "Also say which words of the question, places on the paper and dated facts led to the answer."


def _open(files: Iterable[str], knowledge: Knowledge) -> Case:
    """The case of these files. Raises Unreadable for the first that cannot be read, with its name as note."""
    documents = [read_file(name, f"p{n}", "auto", knowledge, Settings()).document for n, name in enumerate(files, 1)]
    return check_case(tuple(documents), knowledge, today())


def _open_or_exit(files: Iterable[str], knowledge: Knowledge, lang: Lang) -> Case:
    names = list(files)
    try:
        return _open(names, knowledge)
    except Unreadable as error:
        said = trouble(names[0] if names else "-", error, knowledge, lang)["error"]
        print_text(f"{said['message']} {said['try']}", err=True)
        raise SystemExit(UNREADABLE) from error


def _lang(text: object) -> Lang:
    return "es" if text == "es" else "en"


def _tongue(words: str, chosen: object, running: Lang, knowledge: Knowledge) -> Lang:
    """The language that was chosen, else that of the words."""
    return spoken(words, running, knowledge) if chosen is None else _lang(chosen)


@click.command()
@click.argument("file")
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--why", is_flag=True, help=_WHY)
@click.option("--lang", type=click.Choice(["en", "es"]), help="The answer's language; without it, the question's.")
def ask(file: str, question: str, as_json: bool, why: bool, lang: str | None) -> None:
    """Answer one question about a paper."""
    knowledge = load_knowledge()
    tongue = _tongue(question, lang, "en", knowledge)
    case = _open_or_exit([file], knowledge, tongue)
    answer = Talker(knowledge).ask(question, tongue, case, Context()).answer
    if as_json:
        print_json(as_data(answer, case, knowledge, why))
    else:
        print_text(as_text(answer, case, knowledge, why))


def as_data(answer: Answer, case: Case, knowledge: Knowledge, why: bool) -> dict[str, Any]:
    """The contract's answer, with `why` if that is asked for."""
    return {**answer_json(answer), **({"why": why_json(answer, case.documents, knowledge)} if why else {})}


def as_text(answer: Answer, case: Case, knowledge: Knowledge, why: bool) -> str:
    """What a person reads."""
    return "\n".join((answer.text, *(("", *why_lines(answer, case.documents, knowledge)) if why else ())))


@click.command()
@click.argument("file", required=False)
@click.option("--jsonl", is_flag=True, help="Conversations as JSON lines on standard input.")
@click.option("--why", is_flag=True, help=_WHY)
@click.option("--lang", type=click.Choice(["en", "es"]), help="The answers' language; without it, each question's.")
def chat(file: str | None, jsonl: bool, why: bool, lang: str | None) -> None:
    """Talk about a paper in the terminal."""
    knowledge = load_knowledge()
    talker = Talker(knowledge)
    if jsonl:
        for row in sys.stdin:
            if row.strip():
                print_json(_conversation(row, talker, knowledge, why))
        return
    _talk(
        _open_or_exit([file], knowledge, _lang(lang)) if file else check_case((), knowledge, today()),
        talker,
        knowledge,
        lang,
        why,
    )


def _conversation(row: str, talker: Talker, knowledge: Knowledge, why: bool) -> dict[str, Any]:
    """The answers of one line of input. A paper that cannot be read is named beside the answers, given without it."""
    try:
        asked = json.loads(row)
        names, questions = [str(n) for n in asked.get("documents", [])], [str(q) for q in asked.get("questions", [])]
    except (ValueError, AttributeError, TypeError):
        return {"answers": [], "error": {"code": "bad-line"}}
    lang = _lang(asked.get("lang"))
    documents, errors = _read_all(names, knowledge, lang)
    case, answers, context = check_case(documents, knowledge, today()), [], Context()
    for question in questions:
        lang = _tongue(question, asked.get("lang"), lang, knowledge)
        turn = talker.ask(question, lang, case, context)
        answers.append(as_data(turn.answer, case, knowledge, why))
        context = turn.context
    return {"answers": answers, **(errors[0] if errors else {})}


def _read_all(names: list[str], knowledge: Knowledge, lang: Lang) -> tuple[tuple[Document, ...], list[dict[str, Any]]]:
    documents, errors = [], []
    for number, name in enumerate(names, 1):
        try:
            documents.append(read_file(name, f"p{number}", "auto", knowledge, Settings()).document)
        except Unreadable as error:
            errors.append(trouble(name, error, knowledge, lang))
    return tuple(documents), errors


def _talk(case: Case, talker: Talker, knowledge: Knowledge, chosen: str | None, why: bool) -> None:
    context, lang = Context(), _lang(chosen)
    print_text(knowledge.say("chat.start", lang))
    for words in iter(lambda: _prompt(), None):
        lang = _tongue(words, chosen, lang, knowledge)
        turn = talker.ask(words, lang, case, context)
        context = turn.context
        print_text(f"\n{as_text(turn.answer, case, knowledge, why)}\n")


_ENDS = ("", "quit", "exit", "bye", "q", "salir", "adiós", "adios")


def _prompt() -> str | None:
    """The next line, or None at the end of input, an empty line, or a word that ends programs."""
    try:
        words = input("> ").strip()
        return None if words.lower() in _ENDS else words
    except (EOFError, KeyboardInterrupt):
        return None
