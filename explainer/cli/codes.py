"""`explainer code`, `explainer knowledge` and `explainer prepare`."""

import click

from explainer.cli.desk import load_knowledge, print_json, print_text
from explainer.codes import code_json, describe
from explainer.knowledge.edit_file import edition_faults
from explainer.knowledge.edits import edition_files
from explainer.knowledge.load import read_folder
from explainer.knowledge.stats import stats
from explainer.paths import cache_dir, data_dir, edit_folders


@click.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True)
def code(code: str, as_json: bool, lang: str) -> None:
    """Say what one code means: 97110, GP, CO-45, N130."""
    found = describe(code, load_knowledge(), "es" if lang == "es" else "en")
    if found is None:
        message = load_knowledge().say("code.no-entry", "es" if lang == "es" else "en", {"code": code})
        if as_json:
            print_json({"code": code, "known": False, "text": message})
        else:
            print_text(message, err=True)
        raise SystemExit(0 if as_json else 3)
    if as_json:
        print_json(code_json(found))
    else:
        print_text(found.text)


@click.group()
def knowledge() -> None:
    """Check and count what the program knows."""


@knowledge.command()
def check() -> None:
    """Validate all of content/; print every fault with its file and line."""
    from explainer.knowledge.check import cross_faults

    content = data_dir("content")
    families, faults = read_folder(content)
    tables = [fault for path in edition_files(edit_folders(content)) for fault in edition_faults(path)]
    every = [*faults, *(() if faults else cross_faults(families)), *tables]
    for fault in every:
        print_text(str(fault))
    if every:
        raise SystemExit(1)
    print_text(f"{sum(map(len, families.values()))} entries, no faults")


@knowledge.command("stats")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_stats(as_json: bool) -> None:
    """Count the entries of each family."""
    counted = stats(load_knowledge())
    if as_json:
        print_json(counted)
        return
    for family, count in counted["families"].items():
        print_text(f"{count:6}  {family}")
    for table in counted["edits"]:
        print_text(f"{table['rows']:6}  edits {table['name']}")


@click.command()
def prepare() -> None:
    """Compile the knowledge and train the question classifier, so that the first start is quick."""
    from explainer.conversation.engine import Talker

    Talker(load_knowledge())
    print_text(f"ready: {cache_dir()}")
