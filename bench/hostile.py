"""Hostile files sent to a real server: in which class each lands, how long it takes, and how much memory it costs.

`python -m bench.hostile FOLDER` measures the files of a folder that has a manifest.json (name, class expected, bounds).
"""

import http.client
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REJECT, WARN, ACCEPT = "reject-4xx", "accept-with-warning", "accept"
ASKED = "what do I owe?"
_RUN = (
    "import sys; from dataclasses import replace; from pathlib import Path; from explainer.settings import Rates, Settings; "
    "from explainer.web import serve; often = Rates(*['1000000 per minute'] * 3); "
    "serve(replace(Settings(), port=0, rates=often, store=Path(sys.argv[1])))"
)
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_PATIENCE = 90


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server made of one file. `told` is every text that it answered with."""

    klass: str
    status: int
    seconds: float
    told: tuple[str, ...]
    code: str | None = None

    def misses(self, item: dict[str, Any]) -> list[str]:
        """Where the outcome is not what the manifest wants; times and memory are left to whoever measures."""
        found = []
        if self.klass not in (item["expect"], *item["also_ok"]):
            found.append(f"{self.klass} ({self.status} {self.code}), wanted {item['expect']}")
        if self.klass == REJECT and self.status not in item.get("status", [self.status]):
            found.append(f"status {self.status}, wanted one of {item.get('status')}")
        return found + [f"{bad!r} in an answer" for bad in item["never_in_output"] if any(bad in text for text in self.told)]


class Server:
    """The program as it is started, on a free port, with a store of its own."""

    def __init__(self, folder: Path) -> None:
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
        self.process = subprocess.Popen([sys.executable, "-c", _RUN, str(folder / "visits.sqlite3")], **pipes)
        assert self.process.stdout is not None
        address = self.process.stdout.readline().strip().removeprefix("http://")
        self.host, _, port = address.partition(":")
        self.port = int(port)

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "", more: dict[str, str] | None = None
    ) -> tuple[int, str, dict[str, str]]:
        """One request: the status, the body as text, and the headers."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=_PATIENCE)
        headers = {**({"Content-Type": kind} if kind else {}), **(more or {})}
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.getheaders())
        finally:
            connection.close()

    def send(self, item: dict[str, Any], data: bytes) -> Outcome:
        """One file of the manifest in the way it wants to be sent, through the JSON interface and, where accepted, the page."""
        body, kind = _body(item, data)
        started = time.perf_counter()
        status, text, _ = self.ask("POST", "/api/v1/documents", body, kind)
        seconds = time.perf_counter() - started
        answer = json.loads(text)
        if status != 201:
            return Outcome(REJECT if 400 <= status < 500 else f"status {status}", status, seconds, (text,), answer.get("code"))
        klass = WARN if answer["warnings"] else ACCEPT
        return Outcome(klass, status, seconds, (text, self._page(item, data)))

    def _page(self, item: dict[str, Any], data: bytes) -> str:
        """The page of a visit with that paper."""
        _, start, headers = self.ask("GET", "/")
        token, form = _TOKEN.search(start), headers.get("Set-Cookie", "").partition(";")[0]
        assert token is not None
        body, kind = _body(item, data, token[1])
        status, text, headers = self.ask("POST", "/visits", body, kind, {"Cookie": form})
        cookies = f"{form}; {headers.get('Set-Cookie', '').partition(';')[0]}"
        return self._followed(text, headers, cookies) if status == 303 else text

    def _followed(self, text: str, headers: dict[str, str], cookies: str) -> str:
        for _ in range(_PATIENCE):
            _, text, _ = self.ask("GET", headers.get("Location", "/visit"), more={"Cookie": cookies})
            if "data-progress" not in text:
                return text
            time.sleep(1)
        return text

    def stop(self) -> None:
        """Ends the program."""
        self.process.terminate()
        self.process.wait(timeout=20)


def _body(item: dict[str, Any], data: bytes, token: str = "") -> tuple[bytes, str]:
    if item["send"] == "raw":
        return data, item["content_type"]
    if item["send"] == "paste" and not token:
        return json.dumps({"text": data.decode("utf-8", "surrogateescape")}).encode("utf-8", "replace"), "application/json"
    mark = uuid.uuid4().hex
    name = item["upload_filename"].encode("utf-8", "replace").replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")
    part = b'name="text"' if item["send"] == "paste" else b'name="file"; filename="' + name + b'"'
    form = f'--{mark}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'.encode() if token else b""
    head = b"--" + mark.encode() + b"\r\nContent-Disposition: form-data; " + part + b"\r\n\r\n"
    return form + head + data + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


@contextmanager
def served() -> Iterator[Server]:
    """A server that ends with the block."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            yield server
        finally:
            server.stop()


class Watch:
    """The most memory (MiB) that the server, and any of its children, has held; looked at every few milliseconds."""

    def __init__(self, pid: int) -> None:
        self.pid, self.own, self.child, self._on = pid, 0.0, 0.0, True
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        mine = _words_of(self.pid)
        while self._on:
            self.own = max(self.own, _resident(self.pid, "VmRSS"))
            # A child that is not yet its own program still shows the server's memory.
            others = [pid for pid in _below(self.pid) if _words_of(pid) != mine]
            self.child = max([self.child, *(_resident(pid, "VmHWM") for pid in others)])
            time.sleep(0.02)

    def reset(self) -> float:
        """Starts anew; gives what the server holds now."""
        self.own = self.child = 0.0
        return _resident(self.pid, "VmRSS")

    def stop(self) -> None:
        """Looks no more."""
        self._on = False
        self._thread.join()


def _resident(pid: int, name: str) -> float:
    try:
        text = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0.0
    found = re.search(rf"{name}:\s+(\d+) kB", text)
    return int(found[1]) / 1024 if found else 0.0


def _words_of(pid: int) -> bytes:
    """The command line of a process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _below(pid: int) -> Iterator[int]:
    """All processes below that one, also of a thread's."""
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(word) for word in file.read_text("utf-8").split()]
        except OSError:
            continue
        for child in children:
            yield child
            yield from _below(child)


def main(folder: str) -> None:
    """Prints a row a file, and what is out of its bounds."""
    manifest = json.loads((Path(folder) / "manifest.json").read_text("utf-8"))
    bad = 0
    with served() as server:
        watch = Watch(server.process.pid)
        for item in manifest["items"]:
            before = watch.reset()
            outcome = server.send(item, (Path(folder) / item["file"]).read_bytes())
            faults = outcome.misses(item)
            faults += [f"{outcome.seconds:.1f} s > {item['max_seconds']}"] if outcome.seconds > item["max_seconds"] else []
            faults += [f"child {watch.child:.0f} MiB > {item['max_mib']}"] if watch.child > item["max_mib"] else []
            faults += [f"server grew by {watch.own - before:.0f} MiB"] if watch.own - before > 64 else []
            bad += bool(faults)
            shown = f"{outcome.seconds:6.2f} s  {watch.own - before:5.0f} +{watch.child:5.0f} MiB"
            print(f"{item['file']:34} {outcome.klass:20} {outcome.code or '':22} {shown}  {'; '.join(faults)}", flush=True)
        watch.stop()
    print(f"{len(manifest['items'])} files, {bad} out of class or bounds")


if __name__ == "__main__":
    main(sys.argv[1])
