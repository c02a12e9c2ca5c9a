"""`explainer batch`: many papers of many people as tables."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import click

from explainer.batch import NAMES, Batch, Gap, Tables, TooManyRows, compared, csv_pieces, one_by_one, xlsx_file
from explainer.batch.gather import Part
from explainer.cli.desk import UNREADABLE, load_knowledge, print_text, read_any_size, today, trouble
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LANGS
from explainer.knowledge.wording import money
from explainer.model.document import Document
from explainer.readers import Unreadable
from explainer.settings import Settings

_OUT: Any = click.Path(dir_okay=False, writable=True)
NOTHING = 1


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--csv", "csv_out", type=_OUT, help="Write one table as CSV to this file.")
@click.option("--table", "name", type=click.Choice(NAMES), default="lines", show_default=True, help="Which goes into the CSV.")
@click.option("--xlsx", "xlsx_out", type=_OUT, help="Write all tables as a workbook to this file.")
@click.option("--lang", type=click.Choice(LANGS), default="en", show_default=True)
def batch(files: tuple[str, ...], csv_out: str | None, name: Any, xlsx_out: str | None, lang: Any) -> None:
    """Put papers of many people into tables, each patient's apart: lines, claims, what is worth asking, what was not read."""
    knowledge, settings = load_knowledge(), Settings()
    with ExitStack() as opened:
        found, failed = _gathered(files, knowledge, settings, opened, lang)
    tables = Tables(found, knowledge, lang)
    if csv_out:
        _write(csv_out, csv_pieces(tables.table(name)))
    if xlsx_out:
        _write(xlsx_out, _workbook(tables, settings))
    if not csv_out and not xlsx_out:
        print_text("\n".join(_shown(tables)))
    if found.left_out:
        print_text(knowledge.say("batch.left-out", lang, {"count": found.left_out}), err=True)
    raise SystemExit(UNREADABLE if failed else 0)


def _gathered(
    files: tuple[str, ...], knowledge: Knowledge, settings: Settings, opened: ExitStack, lang: Any
) -> tuple[Batch, bool]:
    """The batch, and whether a file could not be read at all; such a file is named on stderr too."""
    documents: list[Document] = []
    parts: list[Part] = []
    gaps: list[Gap] = []
    for number, name in enumerate(files, 1):
        try:
            paper = opened.enter_context(read_any_size(name, f"p{number}", "auto", knowledge, settings))
        except Unreadable as error:
            gaps.append(Gap(name, error.code, error.values))
            said = trouble(name, error, knowledge, lang)["error"]
            print_text(f"{name}: {said['message']} {said['try']}", err=True)
            continue
        if isinstance(paper, Document):
            documents.append(paper)
        else:
            parts.append((paper.head, paper))
    limits = settings.limits
    if not parts and sum(len(d.claims) for d in documents) <= limits.batch_compared:
        return compared(tuple(documents), gaps, knowledge, today()), bool(gaps)
    every = (*((d, d.claims) for d in documents), *parts)
    return one_by_one(every, gaps, knowledge, today(), limits.batch_claims_told), bool(gaps)


def _workbook(tables: Tables, settings: Settings) -> Iterator[bytes]:
    try:
        yield xlsx_file(tables, settings.limits.workbook_lines)
    except TooManyRows:
        print_text(tables.say("batch.too-many-rows"), err=True)
        raise SystemExit(NOTHING) from None


def _shown(tables: Tables) -> Iterator[str]:
    """For people: each patient with their claims."""
    at = None
    for row in tables.batch.rows:
        if row.patient != at:
            at = row.patient
            yield f"\n{tables.name(tables.batch.patients[at])}"
        owes = row.totals.patient_owes
        parts = (row.first, row.claim_id, row.provider, tables.status(row), "" if owes is None else money(owes, tables.lang))
        yield "  " + "  ".join(str(part) for part in parts if part)
        yield from (f"    ? {ask}" for ask in tables.asks(row))


def _write(path: str, pieces: Iterator[bytes]) -> None:
    first = next(pieces)
    try:
        with click.open_file(path, "wb") as file:
            file.write(first)
            for piece in pieces:
                file.write(piece)
    except OSError as error:
        raise click.FileError(path, error.strerror) from error
