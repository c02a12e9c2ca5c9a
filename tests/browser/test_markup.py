"""Every page is valid HTML, by the Nu checker where it is at hand (VNU_JAR names the file)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

JAR = Path(os.environ.get("VNU_JAR", Path(__file__).parent.parent / "vendor" / "vnu.jar"))


@pytest.fixture
def pages(page: Page, tmp_path: Path) -> list[Path]:
    files = []
    for number, address in enumerate(["/", "/es/", "/units?units=3", "/codes/97110", "/terms", "/privacy", "/nowhere"]):
        files.append(tmp_path / f"{number}.html")
        files[-1].write_text(page.request.get(address).text(), "utf-8")
    page.goto("/")
    page.locator("button[name=example][value=denial]").click()
    page.locator("#q").fill("what do I owe?")
    page.locator(".ask button").click()
    expect(page.locator("article.turn")).to_have_count(1)
    files.append(tmp_path / "visit.html")
    files[-1].write_text(page.request.get("/visit").text(), "utf-8")
    return files


@pytest.mark.skipif(not JAR.is_file() or not shutil.which("java"), reason="no vnu.jar (VNU_JAR) or no java")
def test_valid_html(pages: list[Path]) -> None:
    run = subprocess.run(["java", "-jar", str(JAR), "--Werror", *map(str, pages)], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr[-3000:]
