"""`explainer handout`, `explainer letter` and `explainer calendar`: what to take along from papers."""

from collections.abc import Iterable
from typing import Any

import click

from explainer.case import Case, check_case
from explainer.cli.desk import UNREADABLE, load_knowledge, print_text, read_file, today, trouble
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LANGS, Lang
from explainer.readers import Unreadable
from explainer.settings import Settings
from explainer.takeaway.calendar import calendar_file, events
from explainer.takeaway.handout import handouts
from explainer.takeaway.html import handout_file, letter_file
from explainer.takeaway.letters import KINDS, letters
from explainer.takeaway.matter import left_out, matters
from explainer.takeaway.pdf import PAPERS, Paper
from explainer.takeaway.sheet import Sheet

NOTHING = 1
_OUT: Any = click.Path(dir_okay=False, writable=True)
_LANG = click.option("--lang", type=click.Choice(LANGS), default="en", show_default=True)


def _open(files: Iterable[str], knowledge: Knowledge, lang: Lang) -> Case:
    """The case of these files; what cannot be read, or is about no visit, ends the program with its reason."""
    documents = []
    for number, name in enumerate(files, 1):
        try:
            documents.append(read_file(name, f"p{number}", "auto", knowledge, Settings()).document)
        except Unreadable as error:
            said = trouble(name, error, knowledge, lang)["error"]
            print_text(f"{name}: {said['message']} {said['try']}", err=True)
            raise SystemExit(UNREADABLE) from error
    case = check_case(tuple(documents), knowledge, today())
    if not matters(case, knowledge, lang):
        print_text(knowledge.say("error.no-paper-yet.message", lang), err=True)
        raise SystemExit(NOTHING)
    return case


def _write(path: str, data: bytes) -> None:
    try:
        with click.open_file(path, "wb") as file:
            file.write(data)
    except OSError as error:
        raise click.FileError(path, error.strerror) from error


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--lang", type=click.Choice([*LANGS, "both"]), default="en", show_default=True)
@click.option("--pdf", type=_OUT, help="Write a PDF to this file.")
@click.option("--html", type=_OUT, help="Write a page to this file.")
@click.option("--paper", type=click.Choice(PAPERS), default="letter", show_default=True, help="Size of the PDF's pages.")
def handout(files: tuple[str, ...], lang: str, pdf: str | None, html: str | None, paper: Paper) -> None:
    """One page to take along: what happened, what it costs, what to ask, by when. The files are one person's papers."""
    knowledge = load_knowledge()
    spoken: tuple[Lang, ...] = LANGS if lang == "both" else ("es" if lang == "es" else "en",)
    case = _open(files, knowledge, spoken[0])
    people = tuple(zip(*(handouts(case, knowledge, tongue) for tongue in spoken), strict=True))
    if pdf:
        from explainer.takeaway.pdf import handout_pdf

        _write(pdf, handout_pdf(people, paper))
    if html:
        _write(html, handout_file(people).encode())
    if not pdf and not html:
        print_text("\n\n".join(_text(sheet) for sheets in people for sheet in sheets))
    _tell_left_out(case, knowledge, spoken[0])


def _tell_left_out(case: Case, knowledge: Knowledge, lang: Lang) -> None:
    if more := left_out(case):
        print_text(knowledge.say("handout.left-out", lang, {"count": more}), err=True)


def _text(sheet: Sheet) -> str:
    """A page as plain text."""
    lines = [sheet.title, *sheet.about]
    for part in sheet.parts:
        rows = [f"{label}: {value}" for label, value in part.rows]
        lines += ["", part.title.upper(), *rows, *part.texts, *(f"- {item}" for item in part.items)]
    return "\n".join(lines)


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("files", nargs=-1, required=True)
@_LANG
@click.option("--html", type=_OUT, help="Write a page to print to this file.")
def letter(kind: str, files: tuple[str, ...], lang: Lang, html: str | None) -> None:
    """A short letter, filled from the papers. With --lang es, a Spanish one stands before the English one to send."""
    knowledge = load_knowledge()
    case = _open(files, knowledge, lang)
    pairs = zip(matters(case, knowledge, lang), matters(case, knowledge, "en"), strict=True)
    written = tuple(one for spoken, english in pairs for one in letters(kind, spoken, english))
    if html:
        _write(html, letter_file(written).encode())
    else:
        print_text("\n\n".join(one.text for one in written))
    notes = dict.fromkeys(note for one in written if one.lang == lang for note in one.notes)
    print_text("\n".join(notes), err=True)
    _tell_left_out(case, knowledge, lang)


@click.command()
@click.argument("files", nargs=-1, required=True)
@_LANG
def calendar(files: tuple[str, ...], lang: Lang) -> None:
    """Last days to appeal or pay, as a calendar file (.ics) on standard output."""
    knowledge = load_knowledge()
    case = _open(files, knowledge, lang)
    found = events(matters(case, knowledge, lang))
    if not found:
        print_text(knowledge.say("calendar.none", lang), err=True)
        raise SystemExit(NOTHING)
    click.echo(calendar_file(found, case.today).encode(), nl=False)
