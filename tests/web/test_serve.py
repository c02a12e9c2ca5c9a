"""The program as it is started: quick, private, and plain about why it will not start."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer.knowledge.base import Knowledge

START = "from explainer.settings import Settings; from explainer.web import serve; from pathlib import Path; import sys; "
RUN = START + "serve(Settings(host=sys.argv[1], port=int(sys.argv[2]), store=Path(sys.argv[3])))"


def _start(store: Path, host: str = "127.0.0.1", port: int = 0) -> subprocess.Popen[str]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", RUN, host, str(port), str(store)], **pipes)  # type: ignore[call-overload]


@pytest.fixture
def served(tmp_path: Path, knowledge: Knowledge, talker: object) -> Iterator[tuple[str, int]]:
    process = _start(tmp_path / "kept" / "visits.sqlite3")
    assert process.stdout is not None
    found = re.fullmatch(r"http://([\d.]+):(\d+)\n", process.stdout.readline())
    assert found is not None
    yield found[1], int(found[2])
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=10)
    assert out == ""
    assert "Traceback" not in err


def _raw(address: tuple[str, int], data: bytes) -> bytes:
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_page_over_the_wire(served: tuple[str, int]) -> None:
    with urllib.request.urlopen(f"http://{served[0]}:{served[1]}/") as answer:
        assert answer.status == 200
        assert answer.headers["Server"] is None
        assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("head", "body", "statuses"),
    [
        (b"Transfer-Encoding: chunked", b"5\r\nhello\r\n0\r\n\r\n", (b"400", b"403", b"411", b"422")),
        (b"Content-Length: 99999999999", b"", (b"413",)),
        (b"Content-Length: nonsense", b"", (b"400",)),
        (b"Content-Length: 5\r\nTransfer-Encoding: chunked", b"0\r\n\r\n", (b"400", b"403")),
    ],
)
def test_odd_requests(served: tuple[str, int], head: bytes, body: bytes, statuses: tuple[bytes, ...]) -> None:
    answer = _raw(served, b"POST /visits HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + head + b"\r\n\r\n" + body)
    assert answer.split(b" ")[1] in statuses
    assert b"Traceback" not in answer


@pytest.mark.skipif(os.environ.get("CI") != "true" and os.getloadavg()[0] > 2, reason="the machine is too busy to measure")
def test_starts_in_two_seconds(tmp_path: Path, knowledge: Knowledge, talker: object) -> None:
    began = time.monotonic()
    process = _start(tmp_path / "kept" / "visits.sqlite3")
    assert process.stdout is not None
    process.stdout.readline()
    took = time.monotonic() - began
    process.terminate()
    process.communicate(timeout=10)
    assert took < 3, "2 s is the aim; the third is for a slow machine"


@pytest.mark.parametrize(("host", "broken", "says"), [("0.0.0.0", False, "TLS proxy"), ("127.0.0.1", True, "visits.sqlite3")])
def test_says_in_one_line_why_it_does_not_start(tmp_path: Path, host: str, broken: bool, says: str) -> None:
    store = tmp_path / "kept" / "visits.sqlite3"
    store.parent.mkdir(mode=0o700)
    if broken:
        store.write_bytes(b"this is no database" * 100)
    out, err = (process := _start(store, host)).communicate(timeout=20)
    assert process.returncode == 2
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


def test_a_port_that_is_taken_is_said_in_words(tmp_path: Path, knowledge: Knowledge, talker: object) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        out, err = _start(tmp_path / "visits.sqlite3", port=port).communicate(timeout=30)
    assert (out, err.count("\n")) == ("", 1)
    assert f"port {port}" in err
    assert f"--port {port + 1}" in err
