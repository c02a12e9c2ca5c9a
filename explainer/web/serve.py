"""Serves the page with waitress, in memory only."""

import errno
import sys

from waitress.server import create_server

from explainer.knowledge.base import Knowledge
from explainer.knowledge.load import ContentError
from explainer.sessions import ShelfUnusable
from explainer.settings import MIB, Settings
from explainer.web.app import create_app
from explainer.web.bind import NotPrivate
from explainer.web.overlay import BadOverlay

_SLACK = 12 * MIB
THREADS = 16  # well over `callers_waiting`, the requests that may hold one while a paper is read
CONNECTIONS = 60


def _words(error: Exception, settings: Settings) -> str:
    """What went wrong, in a line. A port that is taken is the one thing that anybody may meet."""
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return Knowledge.load().say("serve.port-taken", "en", {"port": str(settings.port), "other": str(settings.port + 1)})
    if isinstance(error, BadOverlay):
        return Knowledge.load().say(error.key, "en", error.values)
    return str(error)


def serve(settings: Settings) -> None:
    """Serves until stopped. Prints the address; opens nothing. Exits with 2 and one line when it may not or cannot start.

    Requests and answers are held in memory: waitress would otherwise write large ones to a temporary file.
    """
    try:
        app = create_app(settings)
        server = create_server(
            app, host=settings.host, port=settings.port, threads=THREADS, connection_limit=CONNECTIONS, ident=None,
            max_request_body_size=settings.limits.request + _SLACK, inbuf_overflow=settings.limits.request + 2 * _SLACK,
            outbuf_overflow=settings.limits.request + 2 * _SLACK, channel_timeout=60, clear_untrusted_proxy_headers=True,
        )  # fmt: skip
    except (NotPrivate, ShelfUnusable, ContentError, BadOverlay, OSError) as error:
        print(_words(error, settings), file=sys.stderr)
        raise SystemExit(2) from None
    print(f"http://{server.effective_host}:{server.effective_port}", flush=True)
    server.run()
