"""The box: whatever the child does, the answer is a plain refusal within its time, and nothing is left behind."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from explainer.readers import box
from explainer.readers.base import Unreadable
from explainer.readers.box.check import Garbage, checked
from explainer.readers.box.parent import TASKS, Task, run_task
from explainer.settings import MIB, BoxLimits

LIMITS = replace(BoxLimits(), wall=2, grace=0.3, memory=400 * MIB, memory_ocr=500 * MIB, cpu=1, cpu_ocr=2, wall_ocr=3)
HERE = str(Path(__file__).parent)
KNOWN = frozenset(("hidden-words",))


def fake(name: str, programs: bool = False) -> Task:
    return Task(f"box_fakes:{name}", frozenset(("pdf-password",)), KNOWN, programs, (HERE,))


def descendants() -> set[int]:
    found = subprocess.run(["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout.splitlines()
    return {int(line.split()[0]) for line in found if "box/child.py" in line and "box_fakes" in line}


def refused(task: Task, data: bytes = b"x", limits: BoxLimits = LIMITS) -> str:
    with pytest.raises(Unreadable) as error:
        run_task(task, data, limits)
    return error.value.code


@pytest.fixture(autouse=True)
def nothing_stays(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """No process and no file is left by any test here."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert not descendants()
    assert [p.name for p in folder.iterdir() if p.suffix != ".lock"] == []


def test_words_news_and_problems_come_through() -> None:
    news: list[tuple[int, int]] = []
    found = run_task(fake("works"), "Año".encode(), LIMITS, lambda done, total: news.append((done, total)))
    assert [w.text for p in found.pages for w in p.words] == ["Año"]
    assert (found.pages[0].rules[0].bottom, found.problems) == (3, (("hidden-words", {"count": 2}),))
    assert news == [(1, 2), (2, 2)]


def test_a_large_file_goes_in_whole() -> None:
    assert refused(fake("says_what_it_is_given"), b"[" * (8 * MIB)) == "box-failed"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("hangs", "box-slow"), ("spins", "box-slow"), ("ignores_term", "box-slow"), ("segfaults", "box-failed"),
        ("aborts", "box-failed"), ("floods", "box-failed"), ("floods_in_frames", "box-failed"), ("floods_news", "box-failed"),
        ("many_pages", "box-failed"), ("claims_a_long_answer", "box-failed"), ("says_nothing", "box-failed"),
        ("exits_oddly", "box-failed"), ("closes_and_stays", "box-failed"), ("allocates", "box-failed"),
        ("leaves_a_child", "box-slow"), ("leaves_a_child_and_waits", "box-slow"), ("there_is_no_such_function", "box-failed"),
    ],
)  # fmt: skip
def test_a_child_that_misbehaves_is_a_refusal_in_time(name: str, code: str) -> None:
    began = time.monotonic()
    assert refused(fake(name, programs="child" in name)) == code
    assert time.monotonic() - began < LIMITS.wall + 2


def test_a_killed_child_is_a_refusal() -> None:
    def kill() -> None:
        for _ in range(100):
            for pid in descendants():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, 9)
                return
            time.sleep(0.02)

    killer = threading.Thread(target=kill)
    killer.start()
    assert refused(fake("hangs")) == "box-failed"
    killer.join()


@pytest.mark.skipif("calls" not in box.fence_steps(), reason="this kernel has no call filter")
def test_no_program_can_be_started() -> None:
    assert refused(fake("leaves_a_child_and_waits")) == "box-failed"


@pytest.mark.skipif(not {"network", "calls"} & set(box.fence_steps()), reason="this kernel cannot cut the network")
@pytest.mark.parametrize("programs", [False, True])
def test_the_network_is_cut(programs: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert refused(fake("connects", programs), str(server.getsockname()[1]).encode()) == "box-failed"


@pytest.mark.skipif("files" not in box.fence_steps(), reason="this kernel has no Landlock")
def test_nothing_is_written_and_foreign_files_are_not_read(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    assert refused(fake("writes_outside"), str(store).encode()) == "box-failed"
    assert not store.exists()
    store.write_text("secret")
    assert refused(fake("reads_elsewhere"), str(store).encode()) == "box-failed"


def test_the_child_knows_nothing_of_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    limits = replace(LIMITS, word_chars=2000)
    seen = run_task(fake("looks_round"), b"x", limits).pages[0].words[0].text.split("\n")
    assert [s for s in seen if not s.startswith("/")] == ["LANG", "LC_CTYPE", "OMP_THREAD_LIMIT", "PATH"] or [
        s for s in seen if not s.startswith("/")
    ] == ["LANG", "OMP_THREAD_LIMIT", "PATH"]


def test_the_child_dies_with_its_parent() -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from test_box import fake, LIMITS, run_task; from dataclasses import replace\n"
        "run_task(fake('hangs'), b'', replace(LIMITS, wall=60))"
    )
    root = str(Path(HERE).parent.parent)
    parent = subprocess.Popen([sys.executable, "-c", code, root, HERE])
    try:
        for _ in range(200):
            if descendants():
                break
            time.sleep(0.05)
        assert descendants()
        time.sleep(0.5)
    finally:
        parent.kill()
        parent.wait()
    for _ in range(40):
        if not descendants():
            break
        time.sleep(0.05)
    assert not descendants()


def test_one_picture_job_at_a_time_and_the_others_are_told() -> None:
    first = threading.Thread(target=run_task, args=(fake("reads_words_slowly"), b"1.5", LIMITS))
    first.start()
    time.sleep(0.6)
    assert refused(fake("reads_words_slowly"), b"0", replace(LIMITS, wait_ocr=0.3)) == "box-busy"
    assert run_task(fake("works"), b"text passes", LIMITS).pages
    assert run_task(fake("reads_words_slowly"), b"0", LIMITS).pages
    first.join()


@pytest.mark.parametrize(("said", "code"), [("pdf-password", "pdf-password"), ("knowledge", "box-failed"), ("", "box-failed")])
def test_a_refusal_is_one_that_has_words(said: str, code: str) -> None:
    assert refused(fake("refuses"), said.encode()) == code


def header(**changes: Any) -> dict[str, Any]:
    page = {"size": [1, 612, 792], "words": [["a", 1, 1, 5, 5]], "rules": [], "cut": False, "hidden": 0}
    return {"pages": [{**page, **changes}], "pictures": [], "sheets": [], "problems": []}


GOOD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x03"


@pytest.mark.parametrize(
    ("said", "pngs"),
    [
        ([], []), ({}, []), (header(extra=1), []), (header(size=[1, 612]), []), (header(size=[1, -5, 792]), []),
        (header(size=[1, 1e308, 792]), []), (header(size=[True, 612, 792]), []), (header(size=[0, 612, 792]), []),
        (header(words=[["a", 1, 1, 5]]), []), (header(words=[["a", 1, 1, 5, 900]]), []), (header(words=[["a", 5, 1, 1, 5]]), []),
        (header(words=[["a", "1", 1, 5, 5]]), []), (header(words=[["", 1, 1, 5, 5]]), []),
        (header(words=[["a" * 201, 1, 1, 5, 5]]), []),
        (header(words=[["a", 1, 1, 5, 5, 1.5]]), []), (header(words=[["a", 1, 1, 5, 5]] * 20_001), []),
        (header(rules=[[1, 1, 5, 5]] * 6_001), []), (header(rules=[[1]]), []), (header(cut=1), []), (header(hidden=-1), []),
        ({**header(), "pages": header()["pages"] * 51}, []), ({**header(), "pages": header()["pages"] * 2}, []),
        ({**header(), "problems": [["made-up", {}]]}, []), ({**header(), "problems": [["hidden-words", {"count": 1.5}]]}, []),
        ({**header(), "problems": [["hidden-words", {"count": "x" * 81}]]}, []),
        ({**header(), "pictures": [[1, 2, 3]]}, []), ({**header(), "pictures": [[1, 2, 4]]}, [GOOD]),
        ({**header(), "pictures": [[1, 2, 3]]}, [b"GIF89a"]), ({**header(), "sheets": [["s", [[1]]]]}, []),
    ],
)  # fmt: skip
def test_what_the_child_says_is_checked(said: Any, pngs: list[bytes]) -> None:
    with pytest.raises(Garbage):
        checked(json.dumps(said).encode(), pngs, KNOWN, BoxLimits())


@pytest.mark.parametrize("body", [b"", b"{", b'{"pages": NaN}', b"[" * 100_000, b"\xff\xfe", b"9" * 10_000])
def test_bad_json_is_garbage(body: bytes) -> None:
    with pytest.raises(Garbage):
        checked(body, [], KNOWN, BoxLimits())


def test_what_is_right_passes_the_check() -> None:
    said = {**header(), "pictures": [[1, 2, 3]], "sheets": [["s", [["a", ""]]]], "problems": [["hidden-words", {"count": 2}]]}
    found = checked(json.dumps(said).encode(), [GOOD], KNOWN, BoxLimits())
    assert (found.pages[0].words[0].text, found.pictures[0].height, found.sheets[0].rows) == ("a", 3, (("a", ""),))


def test_every_refusal_and_problem_of_a_task_has_words(knowledge: Any) -> None:
    for task in TASKS.values():
        for code in (*task.refusals, "box-failed", "box-slow", "box-busy"):
            assert {f"read.{code}.message", f"read.{code}.try"} <= set(knowledge.wording), code
        for code in task.problems:
            assert f"problem.{code}" in knowledge.wording, code


def test_folders_of_a_killed_program_are_swept_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, young, other = (tmp_path / name for name in ("eob-box-old", "eob-box-young", "somebody-else"))
    for folder in (old, young, other):
        folder.mkdir()
        (folder / "page.png").write_bytes(b"x")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    (tmp_path / "eob-box-link").symlink_to(other)
    assert box.sweep() == 1
    assert {path.name for path in tmp_path.iterdir()} == {"eob-box-young", "somebody-else", "eob-box-link"}
    assert (other / "page.png").exists()
