"""Every page is valid HTML, by the Nu checker where it is at hand (VNU_JAR names the file)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pictured import SlowReader
from playwright.sync_api import Page, expect

STABLE = ["/units?units=3", "/units?minutes=38", "/codes", "/codes/97110", "/es/terms/deductible", "/embed/codes/97110"]
JAR = Path(os.environ.get("VNU_JAR", Path(__file__).parent.parent / "vendor" / "vnu.jar"))


@pytest.fixture
def pages(page: Page, tmp_path: Path, reader: SlowReader) -> list[Path]:
    files = []
    for number, address in enumerate(["/", "/es/", *STABLE, "/terms", "/privacy", "/nowhere", "/desk", "/es/desk"]):
        files.append(tmp_path / f"{number}.html")
        files[-1].write_text(page.request.get(address).text(), "utf-8")
    page.goto("/")
    page.locator("button[name=example][value=denial]").click()
    page.locator("#q").fill("what do I owe?")
    page.locator(".ask button").click()
    expect(page.locator("article.turn")).to_have_count(1)
    taken = ["handout", "handout?both=1", "handout.html", "handout.html?both=1", "letters/appeal", "letters/estimate/letter.html"]
    shown = ["/visit", "/desk", "/es/desk", *(f"{base}/visit/{name}" for base in ("", "/es") for name in taken)]
    for number, address in enumerate(shown):
        files.append(tmp_path / f"visit-{number}.html")
        files[-1].write_text(page.request.get(address).text(), "utf-8")
    files.append(tmp_path / "deleted.html")
    token = page.locator("[name=csrf_token]").first.input_value()
    files[-1].write_text(page.request.post("/visit/delete", form={"csrf_token": token}).text(), "utf-8")
    files.append(tmp_path / "over.html")
    files[-1].write_text(page.request.get("/visit/over").text(), "utf-8")
    _send(page, b"%PDF-family", b"%PDF-two-pages")
    for name, address in (("pictured", "/visit"), ("fix", "/visit?fix=2-1"), ("new-line", "/visit?fix=1-0")):
        files.append(tmp_path / f"{name}.html")
        files[-1].write_text(page.request.get(address).text(), "utf-8")
    reader.go_on.clear()
    _send(page, b"%PDF-one held")
    files.append(tmp_path / "reading.html")
    files[-1].write_text(page.request.get("/visit/reading").text(), "utf-8")
    reader.go_on.set()
    return files


def _send(page: Page, *papers: bytes) -> None:
    page.goto("/")
    files = [{"name": f"{n}.pdf", "mimeType": "application/pdf", "buffer": data} for n, data in enumerate(papers)]
    page.locator("#file").set_input_files(files)  # type: ignore[arg-type]
    page.locator(".upload button").click()
    page.wait_for_url("**/visit/reading" if b"held" in papers[0] else "**/visit")


@pytest.mark.skipif(not JAR.is_file() or not shutil.which("java"), reason="no vnu.jar (VNU_JAR) or no java")
def test_valid_html(pages: list[Path]) -> None:
    run = subprocess.run(["java", "-jar", str(JAR), "--Werror", *map(str, pages)], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr[-3000:]
