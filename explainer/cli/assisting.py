"""`explainer mcp`."""

from importlib.util import find_spec
from pathlib import Path

import click

from explainer.cli.desk import UNREADABLE, load_knowledge, print_text
from explainer.knowledge.schema import Lang
from explainer.settings import Settings


@click.command()
@click.option(
    "--folder",
    "folders",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder whose files the assistant may name. May be given several times; without it no file is read.",
)
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True, help="Of messages about the start.")
def mcp(folders: tuple[Path, ...], lang: str) -> None:
    """Serve these tools to your own assistant (Model Context Protocol, on standard input and output)."""
    knowledge = load_knowledge()
    tongue: Lang = "es" if lang == "es" else "en"
    if find_spec("mcp") is None:
        print_text(knowledge.say("assistant.missing", tongue), err=True)
        raise SystemExit(2)
    from explainer.cli.assistant.files import Folders
    from explainer.cli.assistant.server import LineTooLong, serve
    from explainer.cli.assistant.tools import Desk
    from explainer.conversation.engine import Talker

    try:
        serve(Desk(knowledge, Talker(knowledge), Settings(), Folders(folders)))
    except LineTooLong as error:
        print_text(knowledge.say("assistant.line-too-long", tongue), err=True)
        raise SystemExit(UNREADABLE) from error
