"""The server over standard input and output: with the library's own client, and line by line."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from explainer.paths import data_dir
from explainer.settings import Settings

anyio = pytest.importorskip("anyio")
mcp = pytest.importorskip("mcp")
from mcp.client.stdio import StdioServerParameters, stdio_client  # noqa: E402

EXAMPLES = data_dir("content") / "examples"
COMMAND = [sys.executable, "-m", "explainer", "mcp", "--folder", str(EXAMPLES)]
HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}


def test_a_client_lists_the_tools_and_calls_each(root: Path) -> None:
    async def talk() -> dict[str, Any]:
        server = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=dict(os.environ), cwd=root)
        async with mcp.Client(stdio_client(server)) as client:
            offered = [tool.name for tool in (await client.list_tools()).tools]
            paper = [{"path": str(EXAMPLES / "therapy.txt")}]
            calls = {
                "read": {"documents": paper},
                "explain": {"documents": paper, "lang": "es"},
                "ask": {"documents": paper, "questions": ["What do I owe?"]},
                "code": {"code": "97110"},
                "units": {"services": [{"units": 2}]},
            }
            assert offered == list(calls)
            return {name: await client.call_tool(name, arguments) for name, arguments in calls.items()}

    # In a thread of its own: the one of the tests may still hold the loop of a browser's tests.
    with ThreadPoolExecutor(1) as pool:
        results = pool.submit(anyio.run, talk).result()
    assert not any(result.is_error for result in results.values())
    assert all(result.content[0].text for result in results.values())
    assert results["read"].structured_content["documents"][0]["claims"]
    assert results["ask"].structured_content["answers"][0]["topic"] == "money.owe"
    assert "$30.00" in results["ask"].content[0].text


class Wire:
    """The server as a process, spoken to in lines."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process

    def send(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def ask(self, number: int, method: str, **params: Any) -> dict[str, Any]:
        """One request, and the next line that comes, which must answer it."""
        self.send(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert (answer["jsonrpc"], answer["id"]) == ("2.0", number)
        return answer

    def end(self) -> tuple[bytes, bytes, int]:
        """What is left on both outputs once the input has ended, and the exit code."""
        out, err = self.process.communicate(timeout=60)
        return out, err, self.process.returncode


@pytest.fixture
def wire(root: Path) -> Iterator[Wire]:
    pipe, environment = subprocess.PIPE, {**os.environ, "PYTHONPATH": str(root)}
    wire = Wire(subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=pipe, cwd=root, env=environment))
    yield wire
    wire.process.kill()
    wire.process.communicate()


NOISE = {
    "words": b"not json",
    "empty": b"",
    "bytes": b"\xff\xfe\x00",
    "deep": b"[" * 3000,
    "no method": b'{"jsonrpc": "2.0", "id": 7}',
    "notification": b'{"jsonrpc": "2.0", "method": "notifications/nothing"}',
    "an answer": b'{"jsonrpc": "2.0", "id": 9, "result": {}}',
}
SECRET = "Casimira Testcase 555-01-2345"


def test_noise_is_passed_over_and_wrong_requests_are_answered_without_a_trace(wire: Wire) -> None:
    wire.ask(1, "initialize", **HELLO)
    for number, (name, noise) in enumerate(NOISE.items(), 2):
        wire.send(noise)
        assert "tools" in wire.ask(number, "tools/list")["result"], name
    assert "error" in wire.ask(20, "tools/run", secret=SECRET)
    assert "error" in wire.ask(21, "tools/call", name=5, arguments=SECRET)
    wrong = wire.ask(22, "tools/call", name="read", arguments={"documents": [{"text": [SECRET]}]})
    assert wrong["result"]["isError"] is True
    unread = wire.ask(23, "tools/call", name="read", arguments={"documents": [{"text": SECRET}, {"path": "/etc/passwd"}]})
    assert [d["error"]["code"] for d in unread["result"]["structuredContent"]["documents"]] == ["not-an-eob", "path-outside"]
    assert SECRET not in json.dumps([wrong, unread])
    assert wire.end() == (b"", b"", 0)


def test_what_came_before_the_end_is_still_answered(wire: Wire) -> None:
    wire.ask(1, "initialize", **HELLO)
    arguments = {"documents": [{"path": "therapy.txt"}], "questions": ["¿Cuánto debo?"], "lang": "es"}
    params = {"name": "ask", "arguments": arguments}
    wire.send(json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": params}).encode())
    out, _, code = wire.end()
    answer = json.loads(out)["result"]["structuredContent"]["answers"][0]
    assert (answer["lang"], answer["topic"], code) == ("es", "money.owe", 0)


def test_a_line_without_end_closes_the_connection(wire: Wire) -> None:
    assert wire.process.stdin is not None
    wire.ask(1, "initialize", **HELLO)
    with contextlib.suppress(BrokenPipeError):
        for _ in range(Settings().limits.assistant_line // 2**20 + 1):
            wire.process.stdin.write(b"x" * 2**20)
    out, err, code = wire.end()
    assert (out, code) == (b"", 3)
    assert len(err.splitlines()) == 1


def test_the_library_is_loaded_only_by_this_command(root: Path) -> None:
    program = "import sys; from explainer.cli import main; main(['code', 'GP'], standalone_mode=0); print('mcp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "False"
