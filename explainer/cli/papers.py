"""`explainer read` and `explainer explain`."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

import click

from explainer.case import check_case
from explainer.cli.desk import UNREADABLE, load_knowledge, print_json, print_text, read_any_size, read_file, today, trouble
from explainer.explained import case_json, explained_json
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.model.document import Document
from explainer.readers import Unreadable
from explainer.readers.export import document_json, streamed_json
from explainer.settings import Settings

if TYPE_CHECKING:
    from explainer.readers.x12 import Stream

FORMATS = ("auto", "text", "csv", "xlsx", "pdf", "image", "x12-835", "fhir-eob", "msn", "sbc", "bill")


def _read_all(files: Iterable[str], form: str, knowledge: Knowledge) -> Iterator[tuple[str, Document | Unreadable]]:
    for number, name in enumerate(files, 1):
        try:
            yield name, read_file(name, f"p{number}", form, knowledge, Settings()).document
        except Unreadable as error:
            yield name, error


def _report(name: str, error: Unreadable, knowledge: Knowledge, jsonl: bool, lang: Lang = "en") -> None:
    said = trouble(name, error, knowledge, lang)
    if jsonl:
        print_json(said)
    else:
        print_text(f"{name}: {said['error']['message']} {said['error']['try']}", err=True)


@click.command("read")
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(FORMATS), default="auto", show_default=True)
@click.option("--jsonl", is_flag=True, help="One JSON line per file.")
def read_papers(files: tuple[str, ...], form: str, jsonl: bool) -> None:
    """Only read papers: what stands on each line."""
    knowledge, failed = load_knowledge(), False
    for number, name in enumerate(files, 1):
        try:
            with read_any_size(name, f"p{number}", form, knowledge, Settings()) as found:
                _show(found, knowledge, jsonl)
        except Unreadable as error:
            failed = True
            _report(name, error, knowledge, jsonl)
    raise SystemExit(UNREADABLE if failed else 0)


def _show(found: "Document | Stream", knowledge: Knowledge, jsonl: bool) -> None:
    """A document at once; a stream as its claims come."""
    if isinstance(found, Document):
        if jsonl:
            print_json(document_json(found, knowledge, "en"))
        else:
            print_text(table(found))
    elif jsonl:
        for piece in streamed_json(found.head, found, found.closing, knowledge):
            click.echo(piece, nl=False)
    else:
        print_text(_title(found.head))
        for claim in found:
            for line in claim.lines:
                print_text("  ".join(cell.ljust(width) for cell, width in zip(_row(line), _WIDTHS, strict=True)).rstrip())


_HEADS = ("#", "date", "code", "units", "billed", "allowed", "plan paid", "may owe")
# Of the columns of a stream, whose rows are not all known before the first is printed.
_WIDTHS = (7, 10, 17, 5, 10, 10, 10, 10)


def _title(document: Document) -> str:
    return f"{document.file}  ({document.kind})  {document.payer or ''}".rstrip()


def table(document: Document) -> str:
    """A document as a table for people."""
    rows = [_HEADS, *(tuple(_row(line)) for line in document.lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEADS))]
    body = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([_title(document), *body, ""])


def _row(line: Any) -> Iterator[str]:
    a = line.amounts
    code = "-".join([line.code or (line.description or "")[:24], *line.modifiers])
    for value in (line.number, line.service_date, code, line.units, a.billed, a.allowed, a.plan_paid, a.patient_owes):
        yield "" if value is None else str(value)


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--jsonl", is_flag=True, help="JSON lines: one per document, then the case.")
@click.option("--html", "out", type=click.Path(dir_okay=False, writable=True), help="Write a page to this file.")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True)
@click.option("--each", is_flag=True, help="Treat every file as a case of its own.")
def explain(files: tuple[str, ...], jsonl: bool, out: str | None, lang: str, each: bool) -> None:
    """Read, check and explain papers. The files are one person's, unless --each."""
    knowledge, tongue = load_knowledge(), _lang(lang)
    groups = [[name] for name in files] if each else [list(files)]
    pages: list[str] = []
    failed = False
    for group in groups:
        documents: list[Document] = []
        for name, found in _read_all(group, "auto", knowledge):
            if isinstance(found, Unreadable):
                failed = True
                _report(name, found, knowledge, jsonl, tongue)
            else:
                documents.append(found)
        pages += _explain_case(tuple(documents), knowledge, tongue, jsonl)
    if out:
        _write_page(out, pages, knowledge, tongue)
    elif not jsonl:
        print_text("\n\n".join(pages))
    raise SystemExit(UNREADABLE if failed else 0)


def _lang(text: str) -> Lang:
    return "es" if text == "es" else "en"


def _explain_case(documents: tuple[Document, ...], knowledge: Knowledge, lang: Lang, jsonl: bool) -> list[str]:
    if not documents:
        return []
    rows, whole = explained(documents, knowledge, lang)
    if jsonl:
        for row in (*rows, whole):
            print_json(row)
    return told(rows, whole)


def explained(documents: tuple[Document, ...], knowledge: Knowledge, lang: Lang) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The contract's row of each paper, and that of the case they make together."""
    case = check_case(documents, knowledge, today())
    rows = [explained_json(d, document_json(d, knowledge, lang), case, knowledge, lang) for d in documents]
    return rows, case_json(case, knowledge, lang)


def told(rows: list[dict[str, Any]], whole: dict[str, Any]) -> list[str]:
    """The same as texts for people: one a paper, then what only shows across papers."""
    asks = [*_fits(whole["case"]["findings"]), *_asks(whole["case"]["findings"])]
    closing = [whole["case"]["summary"]] if len(rows) > 1 else []
    return [_page_text(row) for row in rows] + closing + (["\n".join(asks)] if asks else [])


def _page_text(row: dict[str, Any]) -> str:
    lines = [f"{line['line']}. {line['explanation']['text']}" for claim in row["claims"] for line in claim["lines"]]
    asks = _asks(row["findings"])
    return "\n".join([row["summary"], "", *lines, *([""] if asks else []), *asks])


# A patient cannot load Medicare's tables; that they are missing stands in the JSON and on the page.
_NO_TABLE = ("units.mue", "pair.ncci")


def _asks(findings: list[dict[str, Any]]) -> list[str]:
    """What is worth a question, a line each: also explained findings that suggest one."""
    told = [f for f in findings if f["verdict"] == "ask" or f["question"]]
    shown = [f for f in told if f["verdict"] != "not-checked" or f["id"] not in _NO_TABLE]
    return [f"? {f['text']} {f['question'] or ''}".rstrip() for f in shown]


def _fits(findings: list[dict[str, Any]]) -> list[str]:
    """What was compared across papers and fits, a line each."""
    return [f["text"] for f in findings if f["verdict"] == "ok"]


def _write_page(path: str, pages: list[str], knowledge: Knowledge, lang: Lang) -> None:
    body = "".join(f"<section><p>{escape(page).replace(chr(10), '<br>')}</p></section>" for page in pages if page)
    title = escape(knowledge.say("page.title", lang))
    head = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>'
    try:
        with click.open_file(path, "w", encoding="utf-8") as file:
            file.write(f"{head}<body><main><h1>{title}</h1>{body}</main></body></html>\n")
    except OSError as error:
        raise click.FileError(path, error.strerror) from error
