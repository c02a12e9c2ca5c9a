"""`explainer serve`."""

from dataclasses import replace

import click

from explainer.settings import Settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the web page on this machine."""
    from explainer import web

    web.serve(replace(Settings(), host=host, port=port))
