"""`explainer knowledge import-edits`."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from explainer.cli.desk import UNREADABLE, load_knowledge, print_text, today
from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import Lang
from explainer.knowledge.wording import Blank
from explainer.paths import data_dir, edit_folders
from explainer.settings import Settings

if TYPE_CHECKING:
    from explainer.edit_import import EditsRefused, Loaded, Told
    from explainer.knowledge.edit_file import Kind, Setting


@click.command("import-edits")
@click.argument("files", nargs=-1, required=True, metavar="FILE.zip...")
@click.option("--kind", type=click.Choice(["mue", "ncci"]), help="What the file must be; its columns tell anyway.")
@click.option("--setting", type=click.Choice(["practitioner", "hospital", "dme"]), help="Whose claims it is for.")
@click.option("--quarter", metavar="2026Q4", help="The quarter, where the file does not say.")
@click.option("--all", "whole", is_flag=True, help="Keep every code, not only those of therapy and of the knowledge here.")
@click.option("--replace", is_flag=True, help="Take the place of another file for the same quarter.")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True)
def import_edits(
    files: tuple[str, ...], kind: str | None, setting: str | None, quarter: str | None, whole: bool, replace: bool, lang: str
) -> None:
    """Load CMS's quarterly files of billing edits (MUE, NCCI), as CMS gives them out: a zip each. Only numbers are kept."""
    from explainer.edit_import import EditsRefused, Told

    told = Told(cast("Kind | None", kind), cast("Setting | None", setting), _quarter(quarter), whole, replace)
    tongue: Lang = "es" if lang == "es" else "en"
    failed = False
    for name in files:
        knowledge = load_knowledge()
        try:
            _import(name, told, knowledge, tongue)
        except EditsRefused as error:
            failed = True
            _report(name, error, knowledge, tongue)
    raise SystemExit(UNREADABLE if failed else 0)


def _quarter(text: str | None) -> str | None:
    """A quarter as a person writes it. Raises click.BadParameter."""
    from explainer.edit_import.words import quarters_in

    found = quarters_in(text or "")
    if text is not None and len(found) != 1:
        raise click.BadParameter("write it like 2026Q4", param_hint="--quarter")
    return found.pop() if found else None


def _import(name: str, told: "Told", knowledge: Knowledge, lang: Lang) -> None:
    from explainer.edit_import import import_file

    folders = edit_folders(data_dir("content"))
    for loaded in import_file(Path(name), told, knowledge, folders, Settings().limits, today()):
        print_text(_said(loaded, knowledge, lang))
        if loaded.edition.part is not None:
            print_text(_parts(loaded, lang))


def _said(loaded: "Loaded", knowledge: Knowledge, lang: Lang) -> str:
    edition = loaded.edition
    counts: dict[str, Blank] = {"rows": edition.rows, "seen": loaded.seen, "first": edition.first, "last": edition.last}
    state = knowledge.say(f"edits.{loaded.state}", lang, {"name": edition.name, "path": str(loaded.path), **counts})
    return f"{state} {knowledge.say('edits.reaches', lang, counts)}"


def _parts(loaded: "Loaded", lang: Lang) -> str:
    """Which parts of the same table are not here; a part that comes later in this list of files is told as missing until then."""
    from explainer.edit_import import missing_parts

    knowledge, edition = load_knowledge(), loaded.edition
    missing = ", ".join(map(str, missing_parts(edition, knowledge.edits.editions)))
    values = {"part": str(edition.part), "missing": missing}
    return knowledge.say("edits.parts-missing" if missing else "edits.part", lang, values)


def _report(name: str, error: "EditsRefused", knowledge: Knowledge, lang: Lang) -> None:
    """One line that says why, and what to try."""
    said = (knowledge.say(f"edits.refused.{error.code}.{part}", lang, error.values) for part in ("message", "try"))
    print_text(f"{name}: {' '.join(said)}", err=True)
