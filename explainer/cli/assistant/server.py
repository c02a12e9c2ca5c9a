"""The tools over the Model Context Protocol, on standard input and output. The only module that knows its library."""

import io
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import sleep
from typing import Any

import anyio
from anyio import to_thread
from mcp import types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from explainer import __version__
from explainer.cli.assistant.tools import TOOLS, Desk, Result, Tool, call

Context = ServerRequestContext[Any]
_INSTRUCTIONS = (
    "Explains US health insurance papers (Explanation of Benefits and the like) on this machine, in English or Spanish. Use "
    "these tools instead of guessing: every figure they give stands on the paper or in a cited, dated source. Where they say "
    "that something is not known, say so too. They give no medical or legal advice. Nothing is kept between calls."
)
# At the end of input, calls that have come are finished first: how often to look, and how often nothing must be under way.
_LOOK, _QUIET = 0.05, 4


class LineTooLong(ValueError):
    """One message was longer than the limit, so where the next one begins cannot be told within it."""


@dataclass(slots=True)
class _Calls:
    """How many calls are under way."""

    open: int = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """One more, for as long as it takes."""
        self.open += 1
        try:
            yield
        finally:
            self.open -= 1

    def finish(self) -> None:
        """Waits until there is none. A call that was just sent may still be on its way, hence more than one look."""
        quiet = 0
        while quiet < _QUIET:
            sleep(_LOOK)
            quiet = 0 if self.open else quiet + 1


class _Lines(io.TextIOWrapper):
    """Standard input in lines of limited length."""

    limit = 0
    calls = _Calls()
    too_long = False

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        """The next line; "" at the end and where a line is longer than the limit."""
        line = super().readline(self.limit)
        self.too_long = len(line) >= self.limit and not line.endswith("\n")
        if not line or self.too_long:
            self.calls.finish()
        return "" if self.too_long else line


def _standard_input(limit: int, calls: _Calls) -> _Lines:
    """The wire, moved away from descriptor 0, so that no program we start can read from it."""
    wire, nothing = os.dup(0), os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    lines = _Lines(os.fdopen(wire, "rb"), encoding="utf-8", errors="replace")
    lines.limit, lines.calls = limit, calls
    return lines


@dataclass(frozen=True, slots=True)
class _Offer:
    """The tools, one call at a time: reading takes memory, and the box for pictures takes one paper after the other."""

    desk: Desk
    calls: _Calls
    one: anyio.CapacityLimiter

    async def tools(self, _context: Context, _page: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS.values()])

    async def call(self, _context: Context, asked: types.CallToolRequestParams) -> types.CallToolResult:
        arguments: Mapping[str, object] = asked.arguments or {}
        with self.calls.one():
            return _shown(await to_thread.run_sync(call, asked.name, arguments, self.desk, limiter=self.one))


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.about,
        input_schema=tool.schema(),
        output_schema={"type": "object", "required": list(tool.gives)},
        annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )


def _shown(result: Result) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(text=result.text)], structured_content=result.data, is_error=result.wrong
    )


async def _served(desk: Desk, lines: _Lines) -> None:
    offer = _Offer(desk, lines.calls, anyio.CapacityLimiter(1))
    server = Server[dict[str, Any]](
        "eob-explainer",
        version=__version__,
        title="EOB Explainer",
        instructions=_INSTRUCTIONS,
        on_list_tools=offer.tools,
        on_call_tool=offer.call,
    )
    async with stdio_server(stdin=anyio.wrap_file(lines)) as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def serve(desk: Desk) -> None:
    """Serves until standard input ends. Nothing is logged, since what the library logs may hold what was asked.

    Raises LineTooLong.
    """
    logging.disable()
    lines = _standard_input(desk.settings.limits.assistant_line, _Calls())
    anyio.run(_served, desk, lines)
    if lines.too_long:
        raise LineTooLong
