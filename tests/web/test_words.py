"""Every word of the page is in content, nothing there is unused, and what is vendored is what it says."""

import hashlib
import re
from pathlib import Path

import pytest

from explainer.knowledge.base import Knowledge
from explainer.web.problems import STATUS

KEY = re.compile(r"""["'](web\.[a-z0-9._-]+)["']""")
ROW = re.compile(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", re.M)


def _used(root: Path) -> set[str]:
    files = [*(root / "templates").glob("*.html"), *(root / "explainer" / "web").glob("*.py")]
    return {key for file in files for key in KEY.findall(file.read_text("utf-8"))}


def test_every_word_exists_and_is_used(knowledge: Knowledge, root: Path) -> None:
    used, have = _used(root), {key for key in knowledge.wording if key.startswith("web.")}
    stems = {key for key in used if key.endswith(".")}
    assert {key for key in used - stems if key not in have} == set()
    built = tuple(stems | {"web.headline."})
    assert {key for key in have - used if not key.startswith(built)} == set()


def test_every_trouble_has_words_and_every_word_a_trouble(knowledge: Knowledge) -> None:
    said = {key.split(".")[1] for key in knowledge.wording if key.startswith("error.")}
    assert said == set(STATUS)
    assert all(f"error.{code}.{part}" in knowledge.wording for code in STATUS for part in ("message", "try"))


def test_templates_hold_no_sentence(root: Path) -> None:
    for file in (root / "templates").glob("*.html"):
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", file.read_text("utf-8"), flags=re.S)
        assert re.findall(r"[A-Za-z]{3,}", text) == [], file.name


def test_no_inline_script_or_style(root: Path) -> None:
    for file in (root / "templates").glob("*.html"):
        assert not re.search(r"""\sstyle=|\son[a-z]+=|<style|<script(?! src=)|\|\s*safe""", file.read_text("utf-8")), file.name


@pytest.mark.parametrize("folder", ["explainer/web/static/vendor", "explainer/takeaway/fonts", "tests/vendor"])
def test_vendored_files_are_what_they_say(root: Path, folder: str) -> None:
    rows = ROW.findall((root / folder / "VENDORED.md").read_text("utf-8"))
    assert rows
    for name, digest in rows:
        assert hashlib.sha256((root / folder / name).read_bytes()).hexdigest() == digest


def test_the_design_system_has_every_class_that_is_used(root: Path) -> None:
    """The vendored style holds only the rules that are used (tools/build_css): a new class must be named there too."""
    used = {name for file in (root / "templates").glob("*.html") for name in re.findall(r"usa-[a-z-]+", file.read_text("utf-8"))}
    style = (root / "explainer" / "web" / "static" / "vendor" / "uswds.css").read_text("utf-8")
    assert {name for name in used if f".{name}" not in style} == set()
