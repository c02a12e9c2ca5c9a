"""The command line: `explainer`."""

import click

from explainer import __version__
from explainer.cli import assisting, batching, codes, edits, papers, serving, takeaway, talking


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="explainer")
def main() -> None:
    """Reads an Explanation of Benefits and says in plain words what it means. Nothing leaves this machine."""


for _command in (
    serving.serve,
    papers.read_papers,
    papers.explain,
    talking.ask,
    talking.chat,
    takeaway.handout,
    takeaway.letter,
    takeaway.calendar,
    batching.batch,
    assisting.mcp,
    codes.code,
    codes.knowledge,
    codes.prepare,
):
    main.add_command(_command)
codes.knowledge.add_command(edits.import_edits)
