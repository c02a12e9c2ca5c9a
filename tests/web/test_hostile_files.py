"""Hostile files sent to the program as it is started: each lands in a class that is fine for it, and harms nobody else."""

import json
import subprocess
import sys
from pathlib import Path

from shared_samples import samples

from bench.hostile import ASKED, Server, served
from explainer.paths import data_dir


def _made(folder: Path) -> Path:
    """The files, written anew by the samples' own script."""
    script = samples("attack", "make.py")
    subprocess.run([sys.executable, str(script), str(folder)], check=True, capture_output=True)
    return folder


def _answer(server: Server, paper: str) -> tuple[str, dict[str, object]]:
    """What is answered; its words may change when the same is asked again."""
    _, text, _ = server.ask("POST", f"{paper}/questions", json.dumps({"question": ASKED}).encode(), "application/json")
    answer = json.loads(text)
    return answer["topic"], answer["values"]


def test_every_hostile_file_lands_in_its_class(tmp_path: Path) -> None:
    folder = _made(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    good = json.dumps({"text": (data_dir("content") / "examples" / "therapy.txt").read_text("utf-8")}).encode()
    faults = []
    with served() as server:
        _, _, headers = server.ask("POST", "/api/v1/documents", good, "application/json")
        before = _answer(server, headers["Location"])
        for item in manifest["items"]:
            outcome = server.send(item, (folder / item["file"]).read_bytes())
            faults += [f"{item['file']}: {miss}" for miss in outcome.misses(item)]
            if _answer(server, headers["Location"]) != before:
                faults.append(f"{item['file']}: another paper's answer changed")
        left = [p for p in Path(f"/proc/{server.process.pid}/task").glob("*/children") if p.read_text("utf-8").strip()]
    assert faults == []
    assert left == []
    assert len(manifest["items"]) > 150
